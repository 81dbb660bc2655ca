package org.openrcm.audit;

/** What was done, or tried (ASTM E2147-18 7.1.6; 45 CFR 170.210(e)). */
public enum Action {
  ADD("Added"),
  CHANGE("Changed"),
  DELETE("Deleted"),
  /** One thing was looked at. */
  VIEW("Looked at"),
  /** Things were looked for; with nothing found there is a row all the same. */
  QUERY("Searched"),
  PRINT("Printed"),
  /** Data left as a file: a download, a CSV. */
  COPY("Copied out"),
  /** Somebody was written to. */
  SEND("Sent"),
  SIGN_IN("Signed in"),
  SIGN_OUT("Signed out"),
  /** Rights were given or taken, a practice was switched to. */
  PRIVILEGE("Rights changed");

  private final String word;

  Action(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** The word for an action as the record has it; of one that is no longer known, itself. */
  public static String word(String name) {
    for (Action known : values()) {
      if (known.name().equals(name)) {
        return known.word;
      }
    }
    return name;
  }
}
