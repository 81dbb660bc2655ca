package org.openrcm.account;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What somebody typed to correct an account.
 *
 * @param version of the account, as it was when the form was opened
 * @param values of each field; empty for nothing
 * @param follow topics that claims are to tell again
 */
record AccountForm(long version, Map<Field, String> values, Set<Topic> follow) {
  private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
  private static final Pattern ZIP = Pattern.compile("\\d{5}(-?\\d{4})?");
  private static final int OLDEST = 1850;

  /** As the account is now. */
  static AccountForm of(State state) {
    Map<Field, String> values = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      String value = state.value(field);
      values.put(field, value == null ? "" : value);
    }
    return new AccountForm(state.version(), values, Set.of());
  }

  static AccountForm of(Map<String, String> sent) {
    Map<Field, String> values = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      String value = Clean.text(sent.getOrDefault(field.column(), ""));
      values.put(field, field == Field.PAPER ? String.valueOf(!value.isEmpty()) : value);
    }
    values.computeIfPresent(Field.STATE, (key, value) -> value.toUpperCase(Locale.ROOT));
    values.computeIfPresent(Field.GUARANTOR_STATE, (key, value) -> value.toUpperCase(Locale.ROOT));
    Set<Topic> follow = EnumSet.noneOf(Topic.class);
    Arrays.stream(Topic.values())
        .filter(topic -> topic.isOfClaims() && sent.containsKey("follow_" + topic.name()))
        .forEach(follow::add);
    return new AccountForm(version(sent), values, follow);
  }

  /** Of the account, as the page had it; one that is no number is that of none. */
  static long version(Map<String, String> sent) {
    String version = sent.getOrDefault("version", "");
    return version.matches("\\d{1,18}") ? Long.parseLong(version) : -1;
  }

  /** What stands in a field of the form. */
  public String value(String column) {
    return text(Field.valueOf(column.toUpperCase(Locale.ROOT)));
  }

  private String text(Field field) {
    return values.getOrDefault(field, "");
  }

  public boolean follows(String topic) {
    return follow.contains(Topic.valueOf(topic));
  }

  /** A field that is to be something else than it is. */
  record Difference(String column, String label, String typed, String now) {}

  /** Where it says something else than the account. */
  List<Difference> differences(State state) {
    List<Difference> differences = new ArrayList<>();
    AccountForm is = of(state);
    for (Field field : Field.values()) {
      if (!text(field).equals(is.text(field))) {
        differences.add(new Difference(field.column(), field.label(), text(field), is.text(field)));
      }
    }
    return differences;
  }

  /** What of it cannot be used, by field, in words. */
  Map<String, String> troubles(Clock clock) {
    Map<String, String> troubles = new LinkedHashMap<>();
    values.forEach(
        (field, value) -> {
          if (value.length() > field.longest()) {
            troubles.put(field.column(), "Use " + field.longest() + " characters or fewer here.");
          }
        });
    if (text(Field.LAST_NAME).isEmpty()) {
      troubles.put(Field.LAST_NAME.column(), "Enter a last name.");
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
    born(Field.BIRTH_DATE, today, troubles);
    born(Field.GUARANTOR_BIRTH_DATE, today, troubles);
    chosen(Field.SEX, Choices.SEX, true, troubles);
    chosen(Field.LANGUAGE, Choices.LANGUAGE, false, troubles);
    chosen(Field.CHANNEL, Choices.CHANNEL, false, troubles);
    place(Field.STATE, Field.POSTAL_CODE, Field.COUNTRY, troubles);
    place(Field.GUARANTOR_STATE, Field.GUARANTOR_POSTAL_CODE, Field.GUARANTOR_COUNTRY, troubles);
    reachable(troubles);
    guarantor(troubles);
    return troubles;
  }

  private void born(Field field, LocalDate today, Map<String, String> troubles) {
    String typed = text(field);
    if (typed.isEmpty()) {
      return;
    }
    try {
      LocalDate day = LocalDate.parse(typed);
      if (day.isAfter(today)) {
        troubles.put(field.column(), "Enter a day that is not in the future.");
      } else if (day.getYear() < OLDEST) {
        troubles.put(field.column(), "Enter a day after " + OLDEST + ".");
      }
    } catch (DateTimeParseException e) {
      troubles.put(field.column(), "Enter a day like 1980-03-31.");
    }
  }

  private void chosen(
      Field field, Map<String, String> choices, boolean optional, Map<String, String> troubles) {
    String value = text(field);
    if (!choices.containsKey(value) && !(optional && value.isEmpty())) {
      troubles.put(field.column(), "Choose one of the list.");
    }
  }

  /** Within the United States the state has two letters and the ZIP code five or nine digits. */
  private void place(Field state, Field code, Field country, Map<String, String> troubles) {
    String where = text(country);
    if (!where.isEmpty() && !where.toUpperCase(Locale.ROOT).startsWith("US")) {
      return;
    }
    if (!text(state).isEmpty() && !text(state).matches("[A-Z]{2}")) {
      troubles.put(state.column(), "Enter the two letters of the state, such as VT.");
    }
    if (!text(code).isEmpty() && !ZIP.matcher(text(code)).matches()) {
      troubles.put(code.column(), "Enter five or nine digits, such as 05999 or 05999-0001.");
    }
  }

  private void reachable(Map<String, String> troubles) {
    String email = text(Field.EMAIL);
    String channel = text(Field.CHANNEL);
    if (!email.isEmpty() && !EMAIL.matcher(email).matches()) {
      troubles.put(Field.EMAIL.column(), "Enter an e-mail address, such as ana@example.org.");
    } else if (email.isEmpty() && channel.equals("EMAIL")) {
      troubles.put(Field.EMAIL.column(), "Enter the address that e-mail is to go to.");
    }
    if (text(Field.PHONE).isEmpty() && (channel.equals("TEXT") || channel.equals("PHONE"))) {
      troubles.put(Field.PHONE.column(), "Enter the number that is to be called or texted.");
    }
  }

  private void guarantor(Map<String, String> troubles) {
    boolean named = !text(Field.GUARANTOR_LAST_NAME).isEmpty();
    boolean described =
        Field.of(Topic.GUARANTOR).stream().anyMatch(field -> !text(field).isEmpty());
    if (described && !named) {
      troubles.put(
          Field.GUARANTOR_LAST_NAME.column(),
          "Enter the guarantor's last name, or empty all of the guarantor's fields.");
    }
    if (named) {
      chosen(Field.GUARANTOR_RELATIONSHIP, Choices.RELATIONSHIP, false, troubles);
    }
  }
}
