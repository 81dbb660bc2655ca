package org.openrcm.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openrcm.web.Chart;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What each of some months came to: in numbers that can be added up, the first of which is 0 where
 * there was nothing.
 *
 * @param <T> what the numbers are
 */
final class ByMonth<T> {
  private final Months months;
  private final int width;
  private final Function<long[], T> meaning;
  private final NavigableMap<YearMonth, long[]> numbers = new TreeMap<>();

  /** A month, and what it came to. */
  record Month<T>(YearMonth month, T sums) {}

  /**
   * One colour of the chart.
   *
   * @param meaning as {@link Chart.Series} has it
   */
  record Bar<T>(String label, String meaning, ToLongFunction<T> value) {}

  private ByMonth(Months months, int width, Function<long[], T> meaning) {
    this.months = months;
    this.width = width;
    this.meaning = meaning;
  }

  /**
   * Reads it.
   *
   * @param query gives the first day of each month that has something, and its numbers
   * @param width how many numbers
   */
  static <T> ByMonth<T> read(
      JdbcClient.StatementSpec query, Months months, int width, Function<long[], T> meaning) {
    ByMonth<T> read = new ByMonth<>(months, width, meaning);
    query.query(
        row -> {
          read.add(row);
        });
    return read;
  }

  /**
   * Reads it from a table of totals, as far as the filter's payer and provider go.
   *
   * @param columns the numbers
   */
  static <T> ByMonth<T> totals(
      JdbcClient sql,
      String table,
      List<String> columns,
      ReportFilter filter,
      Months months,
      Function<long[], T> meaning) {
    Map<String, Object> values = new HashMap<>();
    String where = filter.ofWhom(values);
    values.put("from", months.firstDay());
    values.put("until", months.last().atDay(1));
    String sums =
        columns.stream().map("sum(%s)"::formatted).collect(Collectors.joining(", ", "month, ", ""));
    return read(
        sql.sql(
                "select %s from %s where month >= :from and month <= :until%s group by month"
                    .formatted(sums, table, where))
            .params(values),
        months,
        columns.size(),
        meaning);
  }

  private void add(ResultSet row) throws SQLException {
    long[] each = new long[width];
    for (int at = 0; at < width; at++) {
      each[at] = row.getLong(at + 2);
    }
    LocalDate month = Objects.requireNonNull(row.getObject(1, LocalDate.class));
    numbers.put(YearMonth.from(month), each);
  }

  private long[] of(YearMonth month) {
    return numbers.getOrDefault(month, new long[width]);
  }

  /** All months together. */
  T together() {
    return together(months);
  }

  /** Some of them together. */
  T together(Months some) {
    long[] sums = new long[width];
    for (YearMonth month : some.list()) {
      long[] each = of(month);
      Arrays.setAll(sums, at -> Math.addExact(sums[at], each[at]));
    }
    return meaning.apply(sums);
  }

  /** From the first month that has something to the last of all. */
  private List<YearMonth> shown() {
    return numbers.isEmpty() ? List.of() : new Months(numbers.firstKey(), months.last()).list();
  }

  /**
   * From the first month that has something; null when none has.
   *
   * @param money whether the bars are cents
   */
  @Nullable Chart chart(boolean money, List<Bar<T>> bars) {
    List<YearMonth> shown = shown();
    return shown.isEmpty()
        ? null
        : new Chart(
            money,
            shown.stream().map(Months::words).toList(),
            bars.stream().map(bar -> series(bar, shown)).toList());
  }

  private Chart.Series series(Bar<T> bar, List<YearMonth> shown) {
    return new Chart.Series(
        bar.label(),
        bar.meaning(),
        shown.stream().map(month -> bar.value().applyAsLong(meaning.apply(of(month)))).toList());
  }

  /**
   * The months that have something, the latest first.
   *
   * @param head of the column of months
   * @param address of a month's rows
   */
  Table table(
      String head, Function<YearMonth, String> address, List<Table.Column<Month<T>>> columns) {
    List<Table.Column<Month<T>>> all = new ArrayList<>();
    all.add(
        Table.column(
            head,
            each -> Table.Cell.of(Months.words(each.month())).to(address.apply(each.month()))));
    all.addAll(columns);
    List<Month<T>> rows = new ArrayList<>();
    for (YearMonth month : shown()) {
      if (of(month)[0] != 0) {
        rows.add(new Month<>(month, meaning.apply(of(month))));
      }
    }
    Collections.reverse(rows);
    return Table.of(rows, all);
  }
}
