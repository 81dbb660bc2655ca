package org.openrcm.statement;

import org.jspecify.annotations.Nullable;

/**
 * When somebody answers, in the office's own words.
 *
 * @param text empty while the office has not said it
 * @param language of the words, which may be another one than that of the page around them
 */
public record Hours(String text, Language language) {

  static Hours of(String english, @Nullable String spanish, Language language) {
    return language == Language.ES && spanish != null
        ? new Hours(spanish, Language.ES)
        : new Hours(english, Language.EN);
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** What a page in this language says of the words: its {@code lang}; null for its own. */
  public @Nullable String tagIn(Language page) {
    return page == language ? null : language.tag();
  }
}
