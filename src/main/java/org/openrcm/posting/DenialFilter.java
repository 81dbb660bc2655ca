package org.openrcm.posting;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.web.Query;
import org.openrcm.web.Sent;

/**
 * Which denials a list shows, and in which order, as sent with its address.
 *
 * @param view "items" to see each; empty for sums by reason and payer unless one is chosen
 * @param code such as {@code CO-29}; empty for all
 * @param payer as {@link Check#payer} has it; empty for all
 * @param kind {@code denied} or {@code reduced}, empty for both of them; {@code written-off}
 * @param deadline {@code passed}, {@code soon} or {@code later}; empty for all
 * @param sort one of {@link #SORTS}, - being downwards
 * @param after where the part before ended; empty at the beginning
 */
record DenialFilter(
    String view,
    String code,
    String payer,
    String kind,
    String deadline,
    String sort,
    String after) {
  static final int SOON_DAYS = 14;

  private static final String MOST = "-money";
  private static final List<String> SORTS = List.of(MOST, "money", "deadline", "-deadline");
  private static final String WRITTEN_OFF = "written-off";
  private static final List<String> KINDS = List.of("denied", "reduced", WRITTEN_OFF);
  private static final List<String> DEADLINES = List.of("passed", "soon", "later");
  private static final String ITEMS = "items";

  static DenialFilter of(Map<String, String> sent) {
    return new DenialFilter(
        known(sent, "view", List.of(ITEMS)),
        Sent.value(sent, "code"),
        Sent.value(sent, "payer"),
        known(sent, "kind", KINDS),
        known(sent, "deadline", DEADLINES),
        SORTS.contains(Sent.value(sent, "sort")) ? Sent.value(sent, "sort") : MOST,
        Sent.value(sent, "after"));
  }

  private static String known(Map<String, String> sent, String name, List<String> values) {
    String value = Sent.value(sent, name);
    return values.contains(value) ? value : "";
  }

  /** Whether it shows each denial. */
  public boolean isOfItems() {
    return !(view + code + payer).isEmpty();
  }

  /** Whether it leaves nothing out. */
  public boolean isAll() {
    return (code + payer + kind + deadline).isEmpty();
  }

  /** The list's address with one value changed, from its beginning. */
  public String address(String name, String value) {
    return address("/denials", name, value);
  }

  /** The address of the denials of one reason and payer. */
  public String items(String ofCode, String ofPayer) {
    return new DenialFilter("", ofCode, ofPayer, kind, deadline, sort, "").address("", "");
  }

  /** The address of the sums. */
  public String sums() {
    return new DenialFilter("", "", "", kind, deadline, MOST, "").address("", "");
  }

  /** Whether it shows what was given up, not what is to be worked. */
  public boolean isOfWrittenOff() {
    return kind.equals(WRITTEN_OFF);
  }

  /** Whether it shows reductions alone, which nobody writes off. */
  public boolean isOfReductions() {
    return kind.equals("reduced");
  }

  /** Where what was chosen of it is sent to be written off, or not any more. */
  public String decision() {
    return address(isOfWrittenOff() ? "/denials/undo-write-off" : "/denials/write-off", "", "");
  }

  /** Where it is sent that they are not to be written off after all. */
  String undo(List<String> denials) {
    return address("/denials/undo-write-off", "denial", String.join(",", denials));
  }

  /** The address of the same rows as CSV. */
  public String csv() {
    return address("/denials.csv", "", "");
  }

  private String address(String path, String name, String value) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("view", view);
    values.put("code", code);
    values.put("payer", payer);
    values.put("kind", kind);
    values.put("deadline", deadline);
    values.put("sort", sort.equals(MOST) ? "" : sort);
    if (!name.isEmpty()) {
      values.put(name, value);
    }
    return Query.address(path, values);
  }

  /** What {@code aria-sort} says of a column. */
  public @Nullable String direction(String column) {
    return sort.equals(column) ? "ascending" : sort.equals("-" + column) ? "descending" : null;
  }

  /** The sort that a click on a column's head asks for: most money, or what is due first. */
  public String turned(String column) {
    String first = column.equals("money") ? MOST : column;
    return sort.equals(first) ? (first.startsWith("-") ? column : "-" + column) : first;
  }

  /** The accounts it looks at, as SQL has them. */
  String accounts() {
    return switch (kind) {
      case "denied" -> "('DENIED_PENDING_REVIEW')";
      case "reduced" -> "('PAYER_REDUCTION')";
      case WRITTEN_OFF -> "('DENIAL_WRITE_OFF')";
      default -> "('DENIED_PENDING_REVIEW', 'PAYER_REDUCTION')";
    };
  }

  /** Conditions on {@code found}, their values into the map. */
  String where(Map<String, Object> values, LocalDate today) {
    StringBuilder where = new StringBuilder("where true");
    if (!payer.isEmpty()) {
      where.append(" and payer = :payer");
      values.put("payer", payer);
    }
    if (!deadline.isEmpty()) {
      where.append(
          switch (deadline) {
            case "passed" -> " and deadline < :today";
            case "soon" -> " and deadline >= :today and deadline <= :soon";
            default -> " and deadline > :soon";
          });
      values.put("today", today);
      values.put("soon", today.plusDays(SOON_DAYS));
    }
    return where.toString();
  }

  String order() {
    String way = isDownwards() ? " desc" : "";
    return " order by %1$s%2$s, entry%2$s, line%2$s".formatted(column(), way);
  }

  private boolean isDownwards() {
    return sort.startsWith("-");
  }

  private String column() {
    return sort.endsWith("money") ? "cents" : "deadline";
  }

  /** Where the next part begins. */
  String key(Denial row) {
    return (column().equals("cents") ? Long.toString(row.cents()) : row.deadline().toString())
        + "_"
        + row.entry()
        + "_"
        + row.line();
  }

  /** Only what comes after the part before; a place that is none is the beginning. */
  String beyond(Map<String, Object> values) {
    String[] parts = after.split("_", -1);
    try {
      if (parts.length == 3) {
        Object first =
            column().equals("cents") ? Long.valueOf(parts[0]) : LocalDate.parse(parts[0]);
        values.put("lastEntry", Long.valueOf(parts[1]));
        values.put("lastLine", Long.valueOf(parts[2]));
        values.put("last", first);
        return " and (%s, entry, line) %s (:last, :lastEntry, :lastLine)"
            .formatted(column(), isDownwards() ? "<" : ">");
      }
    } catch (NumberFormatException | DateTimeParseException e) {
      // somebody changed the address: from the beginning
    }
    return "";
  }
}
