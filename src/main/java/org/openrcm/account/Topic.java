package org.openrcm.account;

/**
 * What is said, and corrected, as one: a street of one day and a city of another are no address.
 */
enum Topic {
  NAME("Name"),
  BIRTH_DATE("Birth date"),
  SEX("Sex"),
  ADDRESS("Address"),
  PHONE("Phone"),
  GUARANTOR("Guarantor"),
  /** No claim says it. */
  CONTACT("How to reach them");

  private final String label;

  Topic(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  boolean isOfClaims() {
    return this != CONTACT;
  }
}
