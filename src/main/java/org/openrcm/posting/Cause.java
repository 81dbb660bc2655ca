package org.openrcm.posting;

/** Why a batch of entries was posted. */
public enum Cause {
  CLAIMS_BILLED("Claims billed"),
  CHECK_POSTED("Check posted"),
  CHECK_UNDONE("Posting undone"),
  DECIDED("Decided by hand");

  private final String label;

  Cause(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
