package org.openrcm.account;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.web.Query;

/**
 * Which accounts a list shows, and in which order, as sent with its address. No name is in it.
 *
 * @param q number of a claim on the account; empty for all
 * @param patient id of a {@link org.openrcm.audit.PatientSearches search}; empty for all
 * @param owed one of {@link Owed} in lower case; empty for all
 * @param sort one of {@link #SORTS}, - being downwards
 * @param after number of the account that the part before ended with; empty at the beginning
 */
record AccountFilter(String q, String patient, String owed, String sort, String after) {

  private static final String NAME = "name";
  private static final String INSURER = "insurer";
  private static final String PATIENT = "patient";
  private static final List<String> SORTS =
      List.of(NAME, "-name", "service", "-service", INSURER, "-insurer", PATIENT, "-patient");
  private static final String TO_THE_END = "\uffff";
  private static final int DIGITS = 18;

  /** What is owed on an account, and by whom. */
  enum Owed {
    PATIENT("Patient owes", "patient_cents > 0"),
    INSURER("Insurer owes", "insurance_cents > 0"),
    CREDIT("Credit", "(patient_cents < 0 or insurance_cents < 0)");

    private final String label;
    private final String condition;

    Owed(String label, String condition) {
      this.label = label;
      this.condition = condition;
    }

    public String label() {
      return label;
    }

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static AccountFilter of(Map<String, String> sent) {
    String sort = value(sent, "sort");
    String owed = value(sent, "owed");
    String after = value(sent, "after");
    return new AccountFilter(
        value(sent, "q"),
        value(sent, PATIENT),
        Arrays.stream(Owed.values()).anyMatch(each -> each.code().equals(owed)) ? owed : "",
        SORTS.contains(sort) ? sort : NAME,
        after.matches("\\d{1," + DIGITS + "}") ? after : "");
  }

  private static String value(Map<String, String> sent, String name) {
    return Clean.text(sent.getOrDefault(name, ""));
  }

  /** A search that is not there finds nobody. */
  @Nullable UUID patientSearch() {
    if (patient.isEmpty()) {
      return null;
    }
    try {
      return UUID.fromString(patient);
    } catch (IllegalArgumentException e) {
      return new UUID(0, 0);
    }
  }

  /** Whether it leaves nothing out. */
  public boolean isAll() {
    return (q + patient + owed).isEmpty();
  }

  /** What {@code aria-sort} says of a column. */
  public @Nullable String direction(String column) {
    return !sortName().equals(column) ? null : isDownwards() ? "descending" : "ascending";
  }

  /** The sort that a click on a column's head asks for: names from A, all else from the most. */
  public String turned(String column) {
    String first = column.equals(NAME) ? NAME : "-" + column;
    String second = column.equals(NAME) ? "-name" : column;
    return sort.equals(first) ? second : first;
  }

  /** The list's address with one value changed, from its beginning. */
  public String address(String name, String value) {
    return Query.address("/accounts", values(name, value));
  }

  /** The address of the same rows as CSV. */
  public String csv() {
    return "/accounts.csv?" + Query.of(values("", ""));
  }

  private Map<String, String> values(String name, String value) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("q", q);
    values.put("patient", patient);
    values.put("owed", owed);
    values.put("sort", sort.equals(NAME) ? "" : sort);
    if (!name.isEmpty()) {
      values.put(name, value);
    }
    return values;
  }

  /** Whether what is owed must be known of all accounts, and not only of those that are shown. */
  boolean needsAmounts() {
    return !owed.isEmpty() || sortName().equals(INSURER) || sortName().equals(PATIENT);
  }

  /**
   * The conditions as SQL, their values into the map.
   *
   * @param words of the patient who is looked for
   */
  String where(Map<String, Object> values, List<String> words) {
    StringBuilder where = new StringBuilder("where true");
    if (!q.isEmpty()) {
      where.append(
          " and number in (select account_number from account_claim where control in (:q))");
      values.put("q", List.of(q, q.toUpperCase(Locale.ROOT)));
    }
    for (int i = 0; i < words.size(); i++) {
      where.append(
          """
           and number in (select account_number from account_word
            where word >= :word%1$d and word < :end%1$d)
          """
              .formatted(i));
      values.put("word" + i, words.get(i));
      values.put("end" + i, words.get(i) + TO_THE_END);
    }
    for (Owed each : Owed.values()) {
      if (each.code().equals(owed)) {
        where.append(" and ").append(each.condition);
      }
    }
    return where.toString();
  }

  private boolean isDownwards() {
    return sort.startsWith("-");
  }

  private String sortName() {
    return isDownwards() ? sort.substring(1) : sort;
  }

  private String column() {
    return switch (sortName()) {
      case "service" -> "seen_on";
      case INSURER -> "insurance_cents";
      case PATIENT -> "patient_cents";
      default -> "sort_name";
    };
  }

  String order() {
    String way = isDownwards() ? " desc" : "";
    return "order by " + column() + way + ", number" + way;
  }

  /** What comes after the part before, as SQL. */
  String beyond(Map<String, Object> values) {
    if (after.isEmpty()) {
      return "";
    }
    values.put("after", Long.parseLong(after));
    String from =
        needsAmounts() && column().endsWith("_cents")
            ? "coalesce((select %s from owing where account_number = :after), 0)"
            : "(select %s from account where number = :after)";
    return " and (%s, number) %s (%s, :after)"
        .formatted(column(), isDownwards() ? "<" : ">", from.formatted(column()));
  }
}
