package org.openrcm.payment;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.openrcm.web.Query;
import org.openrcm.web.Sent;

/**
 * Which payments a list shows, the latest first, as sent with its address. No name is in it.
 *
 * @param q number of a payment, with PP- or without, or of a cheque; empty for all
 * @param method one of {@link Method} in lower case; empty for all
 * @param state one of {@link PaymentState} in lower case; empty for all
 * @param from first day as sent, {@code until} last day; empty for no bound
 * @param after number of the payment that the part before ended with; empty at the beginning
 */
record PaymentFilter(
    String q, String method, String state, String from, String until, String after) {

  private static final int DIGITS = 18;

  static PaymentFilter of(Map<String, String> sent) {
    String method = value(sent, "method");
    String state = value(sent, "state");
    String after = value(sent, "after");
    return new PaymentFilter(
        value(sent, "q"),
        Arrays.stream(Method.values()).anyMatch(each -> each.code().equals(method)) ? method : "",
        Arrays.stream(PaymentState.values()).anyMatch(each -> each.code().equals(state))
            ? state
            : "",
        value(sent, "from"),
        value(sent, "until"),
        after.matches("\\d{1," + DIGITS + "}") ? after : "");
  }

  private static String value(Map<String, String> sent, String name) {
    // PostgreSQL knows no character 0
    return sent.getOrDefault(name, "").replace("\0", "").strip();
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
    return (q + method + state + from + until).isEmpty();
  }

  /** The list's address with one value changed, from its beginning. */
  public String address(String name, String value) {
    return Query.address("/payments", values(name, value));
  }

  /** The address of the same rows as CSV. */
  public String csv() {
    return "/payments.csv?" + Query.of(values("", ""));
  }

  private Map<String, String> values(String name, String value) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("q", q);
    values.put("method", method);
    values.put("state", state);
    values.put("from", from);
    values.put("until", until);
    if (!name.isEmpty()) {
      values.put(name, value);
    }
    return values;
  }

  /** The conditions as SQL, their values into the map. */
  String where(Map<String, Object> values) {
    StringBuilder where = new StringBuilder("where true");
    if (!q.isEmpty()) {
      String number = q.toUpperCase(Locale.ROOT).replaceFirst("^PP-", "");
      where.append(" and (cheque_number = :q or number = :number)");
      values.put("q", q);
      values.put("number", number.matches("\\d{1,18}") ? Long.parseLong(number) : -1);
    }
    if (!method.isEmpty()) {
      where.append(" and method = :method");
      values.put("method", method.toUpperCase(Locale.ROOT));
    }
    for (PaymentState each : PaymentState.values()) {
      if (each.code().equals(state)) {
        where.append(" and ").append(each.condition());
      }
    }
    LocalDate first = Sent.day(from);
    if (first != null) {
      where.append(" and received_on >= :from");
      values.put("from", first);
    }
    LocalDate last = Sent.day(until);
    if (last != null) {
      where.append(" and received_on <= :until");
      values.put("until", last);
    }
    return where.toString();
  }

  /** What comes after the part before, as SQL. */
  String beyond(Map<String, Object> values) {
    if (after.isEmpty()) {
      return "";
    }
    values.put("after", Long.parseLong(after));
    return " and number < :after";
  }
}
