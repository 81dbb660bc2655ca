package org.openrcm.payment;

/** How money comes or goes. */
public enum Method {
  CASH("Cash"),
  CHEQUE("Check"),
  CARD("Card");

  private final String label;

  Method(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /** Whether it is taken at the desk, without the gateway. */
  public boolean isAtDesk() {
    return this != CARD;
  }

  /** As addresses and forms have it. */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
