package org.openrcm.contact;

/** Who began it. */
public enum Direction {
  OUT("By us"),
  IN("By them");

  private final String label;

  Direction(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
