package org.openrcm.claim;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.openrcm.web.Query;
import org.openrcm.web.Sent;

/**
 * Which claims a list shows, and in which order, as sent with its address.
 *
 * @param q the number that the provider or the payer gave a claim; empty for all
 * @param patient id of a {@link org.openrcm.audit.PatientSearches search} for a patient; empty for
 *     all
 * @param submission id of the submission that they came in; empty for all
 * @param payer name as it stands in the claims; empty for all
 * @param kind {@link ClaimKind} in lower case; empty for all
 * @param state {@link ClaimState} in lower case, or {@code refused} for both that never were
 *     received; empty for all
 * @param from first day of service as sent; empty for no bound
 * @param until last day of service as sent; empty for no bound
 * @param least smallest charge in dollars as sent; empty for no bound
 * @param most largest charge in dollars as sent; empty for no bound
 * @param sort one of {@link #SORTS}, - being downwards
 * @param after where the part before ended; empty at the beginning
 */
record ClaimFilter(
    String q,
    String patient,
    String submission,
    String payer,
    String kind,
    String state,
    String from,
    String until,
    String least,
    String most,
    String sort,
    String after) {

  private static final String REFUSED = "refused";
  private static final String LATEST = "-read";

  /** Names of sorts, with their columns. */
  private static final Map<String, String> COLUMNS =
      Map.of("read", "number", "day", "service_from", "charged", "charged_cents");

  private static final List<String> SORTS =
      List.of("read", LATEST, "day", "-day", "charged", "-charged");
  private static final String NO_AMOUNT = "Enter an amount like 120.50.";
  private static final String TO_THE_END = "\uffff";

  static ClaimFilter of(Map<String, String> sent) {
    String sort = Sent.value(sent, "sort");
    return new ClaimFilter(
        Sent.value(sent, "q"),
        Sent.value(sent, "patient"),
        Sent.value(sent, "submission"),
        Sent.value(sent, "payer"),
        Sent.value(sent, "kind"),
        Sent.value(sent, "state"),
        Sent.value(sent, "from"),
        Sent.value(sent, "until"),
        Sent.value(sent, "least"),
        Sent.value(sent, "most"),
        SORTS.contains(sort) ? sort : LATEST,
        Sent.value(sent, "after"));
  }

  /** What of it cannot be used, by field, in words. */
  public Map<String, String> troubles() {
    Map<String, String> troubles = new LinkedHashMap<>();
    Sent.checkDay("from", from, troubles);
    Sent.checkDay("until", until, troubles);
    if (!least.isEmpty() && money(least) == null) {
      troubles.put("least", NO_AMOUNT);
    }
    if (!most.isEmpty() && money(most) == null) {
      troubles.put("most", NO_AMOUNT);
    }
    return troubles;
  }

  private static @Nullable Money money(String text) {
    try {
      return Money.of(text.replace(",", "").replace("$", ""));
    } catch (NumberFormatException | ArithmeticException e) {
      return null;
    }
  }

  @Nullable UUID patientSearch() {
    return patient.isEmpty() ? null : id(patient);
  }

  /** An id as sent; what is none is that of nothing. */
  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return new UUID(0, 0);
    }
  }

  /** Whether it leaves nothing out. */
  public boolean isAll() {
    return (q + patient + submission + payer + kind + state + from + until + least + most)
        .isEmpty();
  }

  /** What {@code aria-sort} says of a column. */
  public @Nullable String direction(String column) {
    return !sortName().equals(column) ? null : isDownwards() ? "descending" : "ascending";
  }

  /** The sort that a click on a column's head asks for. */
  public String turned(String column) {
    return sort.equals("-" + column) ? column : "-" + column;
  }

  /** The list's address with one value changed, from its beginning. */
  public String address(String name, String value) {
    return Query.address("/claims", values(name, value));
  }

  /** The address of the same rows as CSV. */
  public String csv() {
    return "/claims.csv?" + Query.of(values("", ""));
  }

  /** As a saved view keeps it. */
  public String query() {
    return Query.of(values("", ""));
  }

  private Map<String, String> values(String name, String value) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("q", q);
    values.put("patient", patient);
    values.put("submission", submission);
    values.put("payer", payer);
    values.put("kind", kind);
    values.put("state", state);
    values.put("from", from);
    values.put("until", until);
    values.put("least", least);
    values.put("most", most);
    values.put("sort", sort.equals(LATEST) ? "" : sort);
    if (!name.isEmpty()) {
      values.put(name, value);
    }
    return values;
  }

  /**
   * The conditions as SQL, their values into the map.
   *
   * @param words of the patient who is looked for
   */
  String where(Map<String, Object> values, List<String> words) {
    StringBuilder where = new StringBuilder("where true");
    if (!q.isEmpty()) {
      // by = alone: under row-level security no other comparison of texts reaches an index
      where.append(
          """
           and number in (select number from claim where patient_control_number in (:q)
            union select number from claim where payer_claim_number in (:q))
          """);
      values.put("q", List.of(q, q.toUpperCase(Locale.ROOT)));
    }
    for (int i = 0; i < words.size(); i++) {
      where.append(
          """
           and patient_id in (select patient_id from billed_word
            where word >= :word%1$d and word < :end%1$d)
          """
              .formatted(i));
      values.put("word" + i, words.get(i));
      values.put("end" + i, words.get(i) + TO_THE_END);
    }
    if (!submission.isEmpty()) {
      where.append(
          " and submission_number = (select number from submission where id = :submission)");
      values.put("submission", id(submission));
    }
    equal(where, values, "payer_name", payer);
    equal(where, values, "kind", named(ClaimKind.values(), kind));
    if (state.equals(REFUSED)) {
      where.append(" and state in ('REJECTED', 'REJECTED_BY_999')");
    } else {
      equal(where, values, "state", named(ClaimState.values(), state));
    }
    bound(where, values, "service_from >= :from", "from", Sent.day(from));
    bound(where, values, "service_from <= :until", "until", Sent.day(until));
    bound(where, values, "charged_cents >= :least", "least", cents(least));
    bound(where, values, "charged_cents <= :most", "most", cents(most));
    return where.toString();
  }

  private static @Nullable Long cents(String text) {
    Money money = text.isEmpty() ? null : money(text);
    return money == null ? null : money.cents();
  }

  /** The constant of this name in any case; empty when there is none. */
  private static String named(Enum<?>[] constants, String name) {
    return Arrays.stream(constants)
        .map(Enum::name)
        .filter(each -> each.equalsIgnoreCase(name))
        .findFirst()
        .orElse("");
  }

  private static void equal(
      StringBuilder where, Map<String, Object> values, String column, String value) {
    if (!value.isEmpty()) {
      where.append(" and ").append(column).append(" = :").append(column);
      values.put(column, value);
    }
  }

  private static void bound(
      StringBuilder where,
      Map<String, Object> values,
      String condition,
      String name,
      @Nullable Object value) {
    if (value != null) {
      where.append(" and ").append(condition);
      values.put(name, value);
    }
  }

  private boolean isDownwards() {
    return sort.startsWith("-");
  }

  private String sortName() {
    return isDownwards() ? sort.substring(1) : sort;
  }

  private String column() {
    return COLUMNS.getOrDefault(sortName(), "number");
  }

  String order() {
    // nulls are greatest: the same index serves both directions
    String way = isDownwards() ? " desc" : "";
    return "order by " + (column().equals("number") ? "" : column() + way + ", ") + "number" + way;
  }

  /** What comes after the part before, as SQL; a place that is none is passed over. */
  String beyond(Map<String, Object> values) {
    int at = after.indexOf('_');
    if (at < 0) {
      return "";
    }
    try {
      values.put("number", Long.parseLong(after.substring(at + 1)));
      String key = after.substring(0, at);
      String column = column();
      if (column.equals("number")) {
        return isDownwards() ? " and number < :number" : " and number > :number";
      }
      if (key.isEmpty()) {
        return isDownwards()
            ? " and (" + column + " is not null or number < :number)"
            : " and " + column + " is null and number > :number";
      }
      values.put("key", sortName().equals("day") ? LocalDate.parse(key) : Long.valueOf(key));
      return isDownwards()
          ? " and (" + column + ", number) < (:key, :number)"
          : " and ((" + column + ", number) > (:key, :number) or " + column + " is null)";
    } catch (NumberFormatException | DateTimeParseException e) {
      return "";
    }
  }

  /** What to send as {@code after} to go on behind a row. */
  String key(ClaimRow row) {
    Object key =
        switch (sortName()) {
          case "day" -> row.from();
          case "charged" -> row.chargedCents();
          default -> null;
        };
    return (key == null ? "" : key) + "_" + row.number();
  }
}
