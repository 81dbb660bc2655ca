package org.openrcm.account;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What can be chosen of, with the words for it. */
final class Choices {
  static final Map<String, String> SEX = of("F", "Female", "M", "Male", "U", "Not known");
  static final Map<String, String> LANGUAGE = of("en", "English", "es", "Spanish");
  static final Map<String, String> CHANNEL =
      of(
          "MAIL",
          "Mail",
          "EMAIL",
          "E-mail",
          "TEXT",
          "Text message",
          "PHONE",
          "Phone",
          "PORTAL",
          "Portal");
  static final Map<String, String> YES_OR_NO = of("true", "Yes", "false", "No");
  static final Map<String, String> RELATIONSHIP = relationships();

  private Choices() {}

  static Map<String, String> of(String... pairs) {
    Map<String, String> choices = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      choices.put(pairs[i], pairs[i + 1]);
    }
    return Collections.unmodifiableMap(choices);
  }

  private static Map<String, String> relationships() {
    Map<String, String> choices = new LinkedHashMap<>();
    Arrays.stream(Relationship.values()).forEach(each -> choices.put(each.name(), each.label()));
    return Collections.unmodifiableMap(choices);
  }
}
