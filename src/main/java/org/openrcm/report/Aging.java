package org.openrcm.report;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.openrcm.web.Chart;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What is owed, by whom, and for how long. */
@Component
@Order(1)
class Aging implements Figure.Reader {
  private static final Heading HEADING =
      new Heading(
          "aging",
          "Owed, by age",
          "What is open of each claim, put together by how long it has been.");

  private final JdbcClient sql;

  Aging(JdbcClient sql) {
    this.sql = sql;
  }

  @Override
  public Heading heading() {
    return HEADING;
  }

  /** What a key has in each band, and all keys together by who is to pay. */
  private record Sums(Map<String, long[]> keys, Map<Owes, long[]> owes) {}

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public Figure read(ReportFilter filter, Moment moment) {
    List<AgeBand> bands = AgeBand.of(filter.clock());
    Sums sums = sums(filter, moment, bands);
    long[] all = new long[bands.size()];
    sums.owes().values().forEach(each -> Arrays.setAll(all, at -> all[at] + each[at]));
    long total = LongStream.of(all).sum();
    long old = total == 0 ? 0 : total - all[0] - all[1] - all[2] - unbilled(filter, all);
    String from =
        filter.clock() == ReportFilter.Clock.SERVICE
            ? "the day of its first service"
            : "the day of the first statement that it was on";
    return new Figure(
        new Figure.Said(
            Words.dollars(total),
            total == 0 ? "Nothing is owed" : Words.dollars(old) + " of it for more than 90 days",
            reckoned(sums, total)),
        "What is open of each claim by the journal: insurance receivable, denied to be reviewed,"
            + " and patient receivable. Its age is today less "
            + from
            + ".",
        total == 0 && sums.keys().isEmpty() ? null : chart(sums, bands),
        table(filter, sums.keys(), bands, all),
        List.of(new Figure.Source("Open claims", filter.address("/reports/open"))));
  }

  private static long unbilled(ReportFilter filter, long[] all) {
    return filter.clock() == ReportFilter.Clock.STATEMENT ? all[all.length - 1] : 0;
  }

  private static String reckoned(Sums sums, long total) {
    StringBuilder words = new StringBuilder();
    sums.owes()
        .forEach(
            (owes, each) ->
                words
                    .append(words.isEmpty() ? "" : " + ")
                    .append(owes.label())
                    .append(' ')
                    .append(Words.dollars(LongStream.of(each).sum())));
    return words.isEmpty() ? "" : words + " = " + Words.dollars(total);
  }

  private Sums sums(ReportFilter filter, Moment moment, List<AgeBand> bands) {
    Map<String, Object> values = new HashMap<>();
    StringBuilder where = new StringBuilder(filter.ofWhom(values));
    if (filter.owes() != null) {
      where.append(" and owes = :owes");
      values.put("owes", filter.owes().name());
    }
    values.put("clock", filter.clock().name());
    // a month before this day is whole in the oldest band
    values.put("edge", moment.today().minusDays(AgeBand.OLDEST_DAYS).withDayOfMonth(1));
    StringBuilder band = new StringBuilder("case");
    for (int at = bands.size() - 1; at >= 0; at--) {
      band.append(" when %s then %d".formatted(bands.get(at).condition("day", moment.today()), at));
    }
    Sums sums = new Sums(new HashMap<>(), new EnumMap<>(Owes.class));
    sql.sql(
            """
            select owes, %1$s as key, %2$s end as band, sum(cents)::bigint as cents
            from report_open_total
            where clock = :clock and grain = 'DAY' and day >= :edge and day < 'infinity'%3$s
            group by 1, 2, 3
            union all
            select owes, %1$s as key, %2$s end as band, sum(cents)::bigint as cents
            from report_open_total
            where clock = :clock and grain = 'MONTH' and (day < :edge or day = 'infinity')%3$s
            group by 1, 2, 3
            """
                .formatted(key(filter.by()), band, where))
        .params(values)
        .query(
            row -> {
              int at = row.getInt("band");
              long cents = row.getLong("cents");
              for (long[] each :
                  List.of(
                      sums.keys()
                          .computeIfAbsent(row.getString("key"), key -> new long[bands.size()]),
                      sums.owes()
                          .computeIfAbsent(
                              Owes.valueOf(row.getString("owes")),
                              owes -> new long[bands.size()]))) {
                each[at] = Math.addExact(each[at], cents);
              }
            });
    return sums;
  }

  private static String key(ReportFilter.By by) {
    return switch (by) {
      case PAYER -> "payer";
      case PROVIDER -> "provider";
      case MONTH -> "case when day = 'infinity' then '' else to_char(day, 'YYYY-MM') end";
    };
  }

  private static Chart chart(Sums sums, List<AgeBand> bands) {
    List<Chart.Series> series = new ArrayList<>();
    sums.owes()
        .forEach(
            (owes, each) ->
                series.add(
                    new Chart.Series(
                        owes.label(), owes.meaning(), LongStream.of(each).boxed().toList())));
    return new Chart(true, bands.stream().map(AgeBand::label).toList(), series);
  }

  private static Table table(
      ReportFilter filter, Map<String, long[]> keys, List<AgeBand> bands, long[] all) {
    List<String> columns = new ArrayList<>();
    columns.add(head(filter));
    bands.forEach(band -> columns.add(band.label()));
    columns.add("Total");
    Comparator<Map.Entry<String, long[]>> byMoney =
        Comparator.comparing(each -> -LongStream.of(each.getValue()).sum());
    Comparator<Map.Entry<String, long[]>> order =
        filter.by() == ReportFilter.By.MONTH
            ? Map.Entry.<String, long[]>comparingByKey().reversed()
            : byMoney.thenComparing(Map.Entry.comparingByKey());
    List<Table.Row> rows = new ArrayList<>();
    keys.entrySet().stream()
        .sorted(order)
        .forEach(each -> rows.add(row(filter, each.getKey(), each.getValue(), bands)));
    if (!rows.isEmpty()) {
      List<Table.Cell> cells = cells(filter, null, all, bands);
      cells.add(0, Table.Cell.of("All"));
      rows.add(new Table.Row(cells, true));
    }
    return new Table(columns, rows);
  }

  private static String head(ReportFilter filter) {
    return filter.by() == ReportFilter.By.MONTH && filter.clock() == ReportFilter.Clock.STATEMENT
        ? "Month of the first statement"
        : filter.by().label();
  }

  private static Table.Row row(ReportFilter filter, String key, long[] cents, List<AgeBand> bands) {
    List<Table.Cell> cells = cells(filter, key, cents, bands);
    String words =
        switch (filter.by()) {
          case PAYER -> Words.payer(key);
          case PROVIDER -> Words.provider(key);
          case MONTH ->
              key.isEmpty() ? AgeBand.UNBILLED.label() : Months.words(YearMonth.parse(key));
        };
    String narrowed =
        filter.by() == ReportFilter.By.MONTH
            ? rowsOf(filter, key, "")
            : filter.address("/reports", filter.by().code(), ReportFilter.sent(key));
    cells.add(0, Table.Cell.of(words).to(narrowed));
    return new Table.Row(cells, false);
  }

  private static List<Table.Cell> cells(
      ReportFilter filter, @Nullable String key, long[] cents, List<AgeBand> bands) {
    List<Table.Cell> cells = new ArrayList<>();
    for (int at = 0; at < cents.length; at++) {
      Table.Cell cell = Table.Cell.cents(cents[at]);
      cells.add(cents[at] == 0 ? cell : cell.to(rowsOf(filter, key, bands.get(at).code())));
    }
    cells.add(Table.Cell.cents(LongStream.of(cents).sum()).to(rowsOf(filter, key, "")));
    return cells;
  }

  /** Of a key, or of all of them. */
  private static String rowsOf(ReportFilter filter, @Nullable String key, String band) {
    if (key == null) {
      return filter.address("/reports/open", "band", band);
    }
    if (filter.by() != ReportFilter.By.MONTH) {
      return filter.address(
          "/reports/open", filter.by().code(), ReportFilter.sent(key), "band", band);
    }
    return key.isEmpty()
        ? filter.address("/reports/open", "band", AgeBand.UNBILLED.code())
        : filter.address("/reports/open", "month", key, "band", band);
  }
}
