package org.openrcm.contact;

/**
 * As what somebody collects: it decides which laws bind (15 USC 1692a(6)). Regulation F is the
 * floor for all of them.
 */
public enum CollectorRole {
  /** A practice that collects what its own patients owe. */
  FIRST_PARTY("F", "Our own patients' bills"),
  /** A billing office that took the accounts before they were in default. */
  PRE_DEFAULT_SERVICER("S", "Bills of others, taken on before they were in default"),
  /** A debt collector. */
  THIRD_PARTY("T", "Debts of others, taken on in default");

  private final String code;
  private final String label;

  CollectorRole(String code, String label) {
    this.code = code;
    this.label = label;
  }

  /** As rules have it. */
  public String code() {
    return code;
  }

  public String label() {
    return label;
  }
}
