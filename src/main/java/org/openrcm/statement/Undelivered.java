package org.openrcm.statement;

/** Why an e-mail has not arrived. */
enum Undelivered {
  /** Also where it does not let us in, or lets us send nothing: what its operator has to mend. */
  SERVER("Our mail server could not be reached, or did not take it", false, false),
  /** Not let through for what we are, and not for whom it is to. */
  POLICY("A mail server did not let it through", false, false),
  LATER("The patient's mail server could not take it", false, true),
  ADDRESS("There is no such address", true, true),
  REFUSED("The patient's mail server refused it", true, true),
  /** Told by people of the office: most servers take e-mail first and send it back later. */
  CAME_BACK("It came back", true, true),
  PAPER_WANTED("The patient asked for paper meanwhile", true, false),
  SWITCHED_OFF("No mail server is set up any more", true, false);

  private final String words;
  private final boolean forGood;
  private final boolean ofAddress;

  Undelivered(String words, boolean forGood, boolean ofAddress) {
    this.words = words;
    this.forGood = forGood;
    this.ofAddress = ofAddress;
  }

  public String words() {
    return words;
  }

  /** Whether trying again makes no sense. */
  boolean isForGood() {
    return forGood;
  }

  /** Whether it is so of the address, so that the next bill would not arrive either. */
  public boolean isOfAddress() {
    return ofAddress;
  }
}
