package org.openrcm.report;

import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.web.Query;
import org.openrcm.web.Sent;

/**
 * Which figures and rows are shown, as sent with an address. No name of a patient is in it.
 *
 * @param by what aging is told apart by
 * @param clock from when aging counts
 * @param owes who is to pay; null for all
 * @param payer as the report has it, {@link #NONE} for claims that name none; empty for all
 * @param provider likewise
 * @param band code of an {@link AgeBand}; empty for all
 * @param month of the rows; null for those of the figure's whole time
 * @param denied only decisions that denied something
 * @param after where the part before ended; empty at the beginning
 */
record ReportFilter(
    By by,
    Clock clock,
    @Nullable Owes owes,
    String payer,
    String provider,
    String band,
    @Nullable YearMonth month,
    boolean denied,
    String after) {
  static final String NONE = "-";

  /** What aging is told apart by. */
  enum By {
    PAYER("Payer"),
    PROVIDER("Provider"),
    MONTH("Month of service");

    private final String label;

    By(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** From when aging counts. */
  enum Clock {
    SERVICE("From the service"),
    STATEMENT("From the first statement");

    private final String label;

    Clock(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Its day in {@code report_open}. */
    String column() {
      return this == SERVICE ? "day" : "billed_on";
    }
  }

  static ReportFilter of(Map<String, String> sent) {
    Clock clock = known(Clock.values(), Sent.value(sent, "clock"), Clock.SERVICE);
    String band = Sent.value(sent, "band");
    return new ReportFilter(
        known(By.values(), Sent.value(sent, "by"), By.PAYER),
        clock,
        clock == Clock.STATEMENT
            ? Owes.PATIENT
            : Arrays.stream(Owes.values())
                .filter(each -> each.code().equals(Sent.value(sent, "owes")))
                .findAny()
                .orElse(null),
        Sent.value(sent, "payer"),
        Sent.value(sent, "provider"),
        AgeBand.of(clock).stream().anyMatch(each -> each.code().equals(band)) ? band : "",
        month(Sent.value(sent, "month")),
        "yes".equals(Sent.value(sent, "denied")),
        Sent.value(sent, "after"));
  }

  private static <E extends Enum<E>> E known(E[] values, String code, E otherwise) {
    return Arrays.stream(values)
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(code))
        .findAny()
        .orElse(otherwise);
  }

  private static @Nullable YearMonth month(String text) {
    try {
      YearMonth month = YearMonth.parse(text);
      return month.getYear() > 0 && month.getYear() < 10_000 ? month : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Whether it leaves nothing out. */
  public boolean isAll() {
    return owes == null
        && (payer + provider + band).isEmpty()
        && month == null
        && !denied
        && clock == Clock.SERVICE;
  }

  AgeBand age() {
    return AgeBand.of(clock).stream()
        .filter(each -> each.code().equals(band))
        .findAny()
        .orElseThrow();
  }

  /** The same from another place. */
  ReportFilter after(String place) {
    return new ReportFilter(by, clock, owes, payer, provider, band, month, denied, place);
  }

  /**
   * The address of a list, from its beginning, with some values changed: name and value in turn.
   */
  public String address(String path, String... changes) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("by", by == By.PAYER ? "" : by.code());
    values.put("clock", clock == Clock.SERVICE ? "" : clock.code());
    values.put("owes", owes == null || clock == Clock.STATEMENT ? "" : owes.code());
    values.put("payer", payer);
    values.put("provider", provider);
    values.put("band", band);
    values.put("month", month == null ? "" : month.toString());
    values.put("denied", denied ? "yes" : "");
    for (int i = 0; i < changes.length; i += 2) {
      values.put(changes[i], changes[i + 1]);
    }
    return Query.address(path, values);
  }

  /** A filter that is set, as its parameter and in words. */
  record Chip(String name, String words) {}

  /** What leaves rows out. */
  public List<Chip> chips() {
    List<Chip> chips = new ArrayList<>();
    if (owes != null) {
      chips.add(
          clock == Clock.STATEMENT
              ? new Chip("clock", "Patients, from the first statement")
              : new Chip("owes", owes.label()));
    }
    if (!band.isEmpty()) {
      chips.add(new Chip("band", age().label()));
    }
    if (!payer.isEmpty()) {
      chips.add(new Chip("payer", "Payer: " + Words.payer(payer.equals(NONE) ? "" : payer)));
    }
    if (!provider.isEmpty()) {
      chips.add(
          new Chip(
              "provider", "Provider: " + Words.provider(provider.equals(NONE) ? "" : provider)));
    }
    if (month != null) {
      chips.add(new Chip("month", Months.words(month)));
    }
    if (denied) {
      chips.add(new Chip("denied", "Denied only"));
    }
    return chips;
  }

  /** The address of a list without a filter. */
  public String without(String path, Chip chip) {
    return address(path, chip.name(), "");
  }

  /** A key as addresses have it. */
  static String sent(String key) {
    return key.isEmpty() ? NONE : key;
  }

  /** Conditions on payer and provider, their values into the map. */
  String ofWhom(Map<String, Object> values) {
    StringBuilder where = new StringBuilder();
    for (String each : List.of("payer", "provider")) {
      String wanted = each.equals("payer") ? payer : provider;
      if (!wanted.isEmpty()) {
        where.append(" and ").append(each).append(" = :").append(each);
        values.put(each, wanted.equals(NONE) ? "" : wanted);
      }
    }
    return where.toString();
  }

  /** Conditions on a day: of the month, or of these months; their values into the map. */
  String ofDays(String day, Months usual, Map<String, Object> values) {
    Months wanted = month == null ? usual : new Months(month, month);
    values.put("from", wanted.firstDay());
    values.put("until", wanted.lastDay());
    return " and %1$s >= :from and %1$s <= :until".formatted(day);
  }
}
