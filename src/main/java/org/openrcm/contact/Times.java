package org.openrcm.contact;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Moments as the person's clock shows them. */
public final class Times {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mm a", Locale.US);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE, MMM d,", Locale.US);
  private static final DateTimeFormatter YEAR =
      DateTimeFormatter.ofPattern("MMM d, yyyy,", Locale.US);

  private Times() {}

  /**
   * Such as {@code 8:00 PM (Phoenix)} or {@code Mon, Mar 9, 11:00 AM (New York), 8:00 AM (Los
   * Angeles)}.
   *
   * @param now whose day is not named
   */
  public static String shown(Instant moment, Collection<ZoneId> zones, Instant now) {
    Map<String, List<String>> places =
        zones.stream()
            .sorted(
                (one, other) ->
                    other.getRules().getOffset(moment).getTotalSeconds()
                        - one.getRules().getOffset(moment).getTotalSeconds())
            .collect(
                Collectors.groupingBy(
                    zone -> time(moment, zone, now),
                    LinkedHashMap::new,
                    Collectors.mapping(Times::place, Collectors.toList())));
    return places.entrySet().stream()
        .map(each -> each.getKey() + " (" + String.join(", ", each.getValue()) + ")")
        .collect(Collectors.joining(", "));
  }

  private static String time(Instant moment, ZoneId zone, Instant now) {
    ZonedDateTime there = moment.atZone(zone);
    LocalDate today = now.atZone(zone).toLocalDate();
    if (there.toLocalDate().equals(today)) {
      return TIME.format(there);
    }
    DateTimeFormatter day = there.getYear() == today.getYear() ? DAY : YEAR;
    return day.format(there) + " " + TIME.format(there);
  }

  /** The city of a zone. */
  private static String place(ZoneId zone) {
    return zone.getId().substring(zone.getId().lastIndexOf('/') + 1).replace('_', ' ');
  }
}
