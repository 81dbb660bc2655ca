package org.openrcm.contact;

/** Where a number or an e-mail address reaches somebody. */
public enum Place {
  HOME("Home"),
  MOBILE("Mobile"),
  WORK("Work"),
  OTHER("Elsewhere"),
  /** Nobody said it: taken for the person's own. */
  UNKNOWN("Not known");

  private final String label;

  Place(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
