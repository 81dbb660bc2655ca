package org.openrcm.posting;

/** How the checks of a payer are posted. */
public enum Mode {
  REVIEW("Review each", "Somebody opens each check and posts it."),
  ONE_CLICK("One click", "Checks that balance can be posted from the list, all at once."),
  AUTOMATIC("Automatic", "Checks that balance post by themselves as they come.");

  private final String label;
  private final String words;

  Mode(String label, String words) {
    this.label = label;
    this.words = words;
  }

  public String label() {
    return label;
  }

  public String words() {
    return words;
  }
}
