package org.openrcm.remittance;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.web.Sent;

/**
 * Which remittances a list shows, and in which order, as sent with its address.
 *
 * @param payer name as it stands in the remittances; empty for all
 * @param from first payment date as sent; empty for no bound
 * @param until last payment date as sent; empty for no bound
 * @param q a check's number, a claim's number at the payer, or the number that the provider gave a
 *     claim; empty for all
 * @param state {@code balanced}, {@code off} or {@code part}; empty for all
 * @param sort {@code date}, {@code -date}, {@code amount} or {@code -amount}, - being downwards
 * @param after where the part before ended; empty at the beginning
 */
record RemittanceFilter(
    String payer, String from, String until, String q, String state, String sort, String after) {

  private static final String NEWEST = "-date";
  private static final List<String> SORTS = List.of("date", NEWEST, "amount", "-amount");

  /** In SQL: whether the sums can be told at all, and whether they are right. */
  private static final String WHOLE =
      "unread = 0 and set_end <> 'CUT_OFF' and amount_cents is not null";

  private static final String OFF = "amount_cents <> paid_cents - adjusted_cents";

  static RemittanceFilter of(Map<String, String> sent) {
    String sort = Sent.value(sent, "sort");
    return new RemittanceFilter(
        Sent.value(sent, "payer"),
        Sent.value(sent, "from"),
        Sent.value(sent, "until"),
        Sent.value(sent, "q"),
        Sent.value(sent, "state"),
        SORTS.contains(sort) ? sort : NEWEST,
        Sent.value(sent, "after"));
  }

  /** What of it cannot be used, by field, in words. */
  public Map<String, String> troubles() {
    Map<String, String> troubles = new LinkedHashMap<>();
    Sent.checkDay("from", from, troubles);
    Sent.checkDay("until", until, troubles);
    return troubles;
  }

  /** Whether it leaves nothing out. */
  public boolean isAll() {
    return (payer + from + until + q + state).isEmpty();
  }

  public boolean isByDate() {
    return sort.endsWith("date");
  }

  public boolean isDownwards() {
    return sort.startsWith("-");
  }

  /** What {@code aria-sort} says of a column. */
  public @Nullable String direction(String column) {
    return !sort.endsWith(column) ? null : isDownwards() ? "descending" : "ascending";
  }

  /** The sort that a click on a column's head asks for. */
  public String turned(String column) {
    return sort.equals("-" + column) ? column : "-" + column;
  }

  /** The conditions as SQL, their values into the map. */
  String where(Map<String, Object> values) {
    StringBuilder where = new StringBuilder("where true");
    if (!payer.isEmpty()) {
      where.append(" and payer_name = :payer");
      values.put("payer", payer);
    }
    LocalDate first = Sent.day(from);
    if (first != null) {
      where.append(" and payment_date >= :from");
      values.put("from", first);
    }
    LocalDate last = Sent.day(until);
    if (last != null) {
      where.append(" and payment_date <= :until");
      values.put("until", last);
    }
    if (!q.isEmpty()) {
      // by = alone: under row-level security no other comparison of texts reaches an index
      where.append(
          """
           and number in (
            select number from remittance where trace_number in (:q) and trace_number <> ''
            union select remittance_number from claim_payment where patient_control_number in (:q)
            union select remittance_number from claim_payment
              where payer_claim_control_number in (:q))
          """);
      values.put("q", spellings());
    }
    switch (state) {
      case "balanced" -> where.append(" and " + WHOLE + " and not " + OFF);
      case "off" -> where.append(" and " + WHOLE + " and " + OFF);
      case "part" -> where.append(" and not (" + WHOLE + ")");
      default -> {
        // all
      }
    }
    return where.toString();
  }

  /** What is looked for as it was typed, and in capitals as payers write. */
  List<String> spellings() {
    return List.of(q, q.toUpperCase(Locale.ROOT));
  }

  private String column() {
    return isByDate() ? "payment_date" : "amount_cents";
  }

  String order() {
    // nulls are greatest: the same index serves both directions
    String way = isDownwards() ? " desc" : "";
    return "order by " + column() + way + ", number" + way;
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
      if (key.isEmpty()) {
        return isDownwards()
            ? " and (" + column + " is not null or number < :number)"
            : " and " + column + " is null and number > :number";
      }
      values.put("key", isByDate() ? LocalDate.parse(key) : (Object) Long.parseLong(key));
      return isDownwards()
          ? " and (" + column + ", number) < (:key, :number)"
          : " and ((" + column + ", number) > (:key, :number) or " + column + " is null)";
    } catch (NumberFormatException | DateTimeParseException e) {
      return "";
    }
  }

  /** What to send as {@code after} to go on behind a row. */
  String key(RemittanceRow row) {
    Object key = isByDate() ? row.date() : row.amountCents();
    return (key == null ? "" : key) + "_" + row.number();
  }
}
