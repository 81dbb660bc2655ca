package org.openrcm.contact;

/**
 * What may be done beyond asking for money: extraordinary collection actions of hospitals (26 CFR
 * 1.501(r)-6(b)), whoever takes them.
 */
public enum Step {
  SALE("Sell the debt"),
  CREDIT_REPORT("Report it to a credit bureau"),
  DEFER_CARE("Put off or refuse care for it"),
  LIEN("Put a lien on property"),
  ATTACHMENT("Attach or seize property"),
  SUIT("Sue, or say that it may come to it"),
  GARNISHMENT("Garnish wages");

  private final String label;

  Step(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
