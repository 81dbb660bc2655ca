package org.openrcm.statement;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What statements and the patient's pages are written in. */
public enum Language {
  EN(Locale.US),
  ES(Locale.forLanguageTag("es-US"));

  private final Locale locale;

  Language(Locale locale) {
    this.locale = locale;
  }

  /** The language of a tag such as {@code es} or {@code es-MX}; English of all others. */
  public static Language of(@Nullable String tag) {
    return tag != null && Locale.forLanguageTag(tag).getLanguage().equals("es") ? ES : EN;
  }

  /** As HTML, PDF and the account have it: {@code en} or {@code es}. */
  public String tag() {
    return locale.getLanguage();
  }

  public Locale locale() {
    return locale;
  }
}
