package org.openrcm.posting;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.web.Query;
import org.openrcm.web.Sent;

/**
 * Which exceptions a list shows, and in which order, as sent with its address.
 *
 * @param type {@link Trouble#slug}; empty for all
 * @param payer name as it stands in remittances; empty for all
 * @param owner {@code mine} or {@code nobody}; empty for all
 * @param state {@code closed} or {@code solved}; empty for those that are open
 * @param sort one of {@link #SORTS}, - being downwards
 * @param after where the part before ended; empty at the beginning
 */
record ExceptionFilter(
    String type, String payer, String owner, String state, String sort, String after) {

  static final List<String> OWNERS = List.of("", "mine", "nobody");
  static final List<String> STATES = List.of("", "closed", "solved");

  private static final String LARGEST = "-money";
  private static final List<String> SORTS = List.of(LARGEST, "money", "-age", "age");
  private static final String MINE = "mine";

  static ExceptionFilter of(Map<String, String> sent) {
    return new ExceptionFilter(
        Sent.value(sent, "type"),
        Sent.value(sent, "payer"),
        one(OWNERS, Sent.value(sent, "owner")),
        one(STATES, Sent.value(sent, "state")),
        SORTS.contains(Sent.value(sent, "sort")) ? Sent.value(sent, "sort") : LARGEST,
        Sent.value(sent, "after"));
  }

  private static String one(List<String> known, String value) {
    return known.contains(value) ? value : "";
  }

  /** Of a query as {@link #query} makes it. */
  static ExceptionFilter ofQuery(String query) {
    Map<String, String> values =
        Arrays.stream(query.split("&", -1))
            .filter(pair -> pair.indexOf('=') > 0)
            .collect(
                Collectors.toMap(
                    pair -> pair.substring(0, pair.indexOf('=')),
                    pair -> decoded(pair.substring(pair.indexOf('=') + 1)),
                    (one, other) -> one));
    return of(values);
  }

  private static String decoded(String value) {
    try {
      return java.net.URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** The type that it asks for; none when it asks for all, or for one that there is not. */
  Optional<Trouble> trouble() {
    return Arrays.stream(Trouble.values()).filter(each -> each.slug().equals(type)).findFirst();
  }

  /** Whether it leaves nothing that is open out. */
  public boolean isAll() {
    return (type + payer + owner + state).isEmpty();
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
    return Query.address("/exceptions", values(name, value));
  }

  /** The address of the same rows as CSV. */
  public String csv() {
    return "/exceptions.csv?" + query();
  }

  /** As the page of an exception keeps it, to lead back. */
  public String query() {
    return Query.of(values("", ""));
  }

  private Map<String, String> values(String name, String value) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("type", type);
    values.put("payer", payer);
    values.put("owner", owner);
    values.put("state", state);
    values.put("sort", sort.equals(LARGEST) ? "" : sort);
    if (!name.isEmpty()) {
      values.put(name, value);
    }
    return values;
  }

  /**
   * The conditions as SQL, their values into the map.
   *
   * @param ofAllTypes whether it is for the figures by type
   */
  String where(Map<String, Object> values, boolean ofAllTypes) {
    StringBuilder where = new StringBuilder("where state = :state");
    values.put("state", state.isEmpty() ? "OPEN" : state.toUpperCase(Locale.ROOT));
    if (!type.isEmpty() && !ofAllTypes) {
      where.append(" and type = :type");
      values.put("type", trouble().map(Trouble::name).orElse(""));
    }
    if (!payer.isEmpty()) {
      where.append(" and payer = :payer");
      values.put("payer", payer);
    }
    UUID me = Actor.current().id();
    if (owner.equals(MINE) && me != null) {
      where.append(" and owner_id = :me");
      values.put("me", me);
    } else if (!owner.isEmpty()) {
      where.append(" and owner_id is null");
    }
    return where.toString();
  }

  private boolean isDownwards() {
    return sort.startsWith("-");
  }

  private String sortName() {
    return isDownwards() ? sort.substring(1) : sort;
  }

  private boolean isByAge() {
    return sortName().equals("age");
  }

  /** Great age is an early beginning. */
  private boolean isAscending() {
    return isByAge() == isDownwards();
  }

  private String column() {
    return isByAge() ? "opened_at" : "amount_cents";
  }

  String order() {
    String way = isAscending() ? "" : " desc";
    return "order by " + column() + way + ", id" + way;
  }

  /** What comes after the part before, as SQL; a place that is none is passed over. */
  String beyond(Map<String, Object> values) {
    int at = after.lastIndexOf('_');
    if (at < 0) {
      return "";
    }
    try {
      String key = after.substring(0, at);
      Object from =
          isByAge()
              ? OffsetDateTime.ofInstant(Instant.parse(key), ZoneOffset.UTC)
              : (Object) Long.valueOf(key);
      values.put("id", UUID.fromString(after.substring(at + 1)));
      values.put("key", from);
      return " and (" + column() + ", id) " + (isAscending() ? ">" : "<") + " (:key, :id)";
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return "";
    }
  }

  /** What to send as {@code after} to go on behind a row. */
  String key(ExceptionRow row) {
    return (isByAge() ? row.opened().toString() : Long.toString(row.cents())) + "_" + row.id();
  }
}
