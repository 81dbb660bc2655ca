package org.openrcm.contact;

import java.util.Locale;

/** By which way somebody is reached. There is no other: no social media, no postcards (C14). */
public enum Channel {
  CALL("Call"),
  TEXT("Text"),
  EMAIL("E-mail"),
  MAIL("Letter"),
  /** On the patient's own page, which they open when they like. */
  PORTAL("Own page");

  private final String label;

  Channel(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /** Whether it goes to a phone number. */
  public boolean isByPhone() {
    return this == CALL || this == TEXT;
  }

  /** As forms have it. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }
}
