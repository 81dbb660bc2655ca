package org.openrcm.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.ContentId;

/**
 * What one parameter of a search was given: values between commas, any of which may hold.
 *
 * @param parameter its name, without a modifier
 * @param modifier what stood behind the name and a colon; null without
 * @param escaped the values, with FHIR's backslashes
 * @param serverBase where this server's resources live: absolute references start with it
 * @param mark by what a number is found that the database has closed
 */
record SearchValues(
    String parameter,
    @Nullable String modifier,
    List<String> escaped,
    String serverBase,
    UnaryOperator<String> mark) {
  private static final int MOST = 1000;

  /**
   * A code or number that is searched for.
   *
   * @param system null for any, empty for none
   * @param code empty for any of the system
   */
  record Token(@Nullable String system, String code) {}

  static SearchValues of(
      String parameter,
      @Nullable String modifier,
      String value,
      String serverBase,
      UnaryOperator<String> mark) {
    List<String> values = split(value, ',');
    values.removeIf(String::isBlank);
    if (values.isEmpty()) {
      throw Refusal.unreadable(parameter, "has no value");
    }
    if (values.size() > MOST) {
      throw Refusal.unreadable(parameter, "has more than " + MOST + " values");
    }
    if (value.indexOf('\u0000') >= 0) {
      throw Refusal.unreadable(parameter, "has a character that no text can hold");
    }
    return new SearchValues(parameter, modifier, List.copyOf(values), serverBase, mark);
  }

  List<Token> tokens() {
    noModifier();
    List<Token> tokens = new ArrayList<>(escaped.size());
    for (String value : escaped) {
      List<String> parts = split(value, '|');
      if (parts.size() > 2 || parts.stream().allMatch(String::isEmpty)) {
        throw Refusal.unreadable(parameter, "is no code, system|code, system| or |code");
      }
      tokens.add(
          parts.size() == 1
              ? new Token(null, unescaped(parts.get(0)))
              : new Token(unescaped(parts.get(0)), unescaped(parts.get(1))));
    }
    return tokens;
  }

  /** What stands behind a parameter with the modifier :identifier, which it must have. */
  SearchValues identifiers() {
    if (!"identifier".equals(modifier)) {
      throw Refusal.unsupported(
          "Parameter " + parameter + " is supported with the modifier :identifier only");
    }
    return new SearchValues(parameter, null, escaped, serverBase, mark);
  }

  List<String> strings() {
    noModifier();
    return escaped.stream().map(SearchValues::unescaped).toList();
  }

  List<DateRange> dates() {
    noModifier();
    return escaped.stream()
        .map(
            value ->
                DateRange.parse(unescaped(value))
                    .orElseThrow(
                        () ->
                            Refusal.unreadable(
                                parameter,
                                "is no date: a prefix such as ge, then a year, month, day or time,"
                                    + " as in ge2026-02-01")))
        .toList();
  }

  /** Ids of resources here; what is no id of ours names nothing, and is left out. */
  List<UUID> ids() {
    noModifier();
    return ids(escaped.stream().map(SearchValues::unescaped).toList());
  }

  /**
   * References to resources of a type: an id, {@code Type/id} or an absolute URL of this server.
   * What refers to anything else is left out.
   */
  List<UUID> references(String type) {
    if (modifier != null && !modifier.equals(type)) {
      throw Refusal.unsupported(
          "Parameter " + parameter + " takes references to " + type + " and no modifier but that");
    }
    String absolute = serverBase + "/" + type + "/";
    String relative = type + "/";
    return ids(
        escaped.stream()
            .map(SearchValues::unescaped)
            .map(
                value ->
                    value.startsWith(absolute)
                        ? value.substring(absolute.length())
                        : value.startsWith(relative) ? value.substring(relative.length()) : value)
            .toList());
  }

  private static List<UUID> ids(List<String> texts) {
    List<UUID> ids = new ArrayList<>();
    for (String text : texts) {
      UUID id = id(text);
      if (id != null) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** The id of a resource of ours as the database keeps it, null if no resource can have it. */
  static @Nullable UUID id(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        return null;
      }
    }
    return text.length() == 32 ? ContentId.uuid(text) : null;
  }

  private void noModifier() {
    if (modifier != null) {
      throw Refusal.unsupported("Parameter " + parameter + " is supported without modifiers only");
    }
  }

  /** The parts between separators that no backslash stands before; escapes stay. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == separator) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() && ",|$\\".indexOf(text.charAt(i + 1)) >= 0) {
        i++;
        c = text.charAt(i);
      }
      plain.append(c);
    }
    return plain.toString();
  }

  /** Members of the staff by the number that a resource gives of each. */
  List<UUID> staff() {
    List<UUID> ids = new ArrayList<>();
    for (Token token : identifiers().tokens()) {
      if (token.system() == null || token.system().equals(ExceptionTasks.URI)) {
        UUID id = id(token.code().replace(ExceptionTasks.UUID_URI, "").replace("-", ""));
        if (id != null) {
          ids.add(id);
        }
      }
    }
    return ids;
  }
}
