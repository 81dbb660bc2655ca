package org.openrcm.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.openrcm.web.Format;

/**
 * Rows as the page, CSV and XLSX show them.
 *
 * @param columns their heads
 */
record Table(List<String> columns, List<Row> rows) {

  /**
   * A row.
   *
   * @param total whether it is the sum of those before it
   */
  record Row(List<Cell> cells, boolean total) {}

  /**
   * One value.
   *
   * @param value a text, a day, an amount, a count, or a {@link BigDecimal} for what is none of
   *     them, with the digits that are shown; null where there is none
   * @param address where it leads; null for nowhere
   */
  record Cell(@Nullable Object value, @Nullable String address) {

    static Cell of(@Nullable Object value) {
      return new Cell(value, null);
    }

    static Cell cents(long cents) {
      return of(Money.ofCents(cents));
    }

    Cell to(String where) {
      return new Cell(value, where);
    }

    /** As CSS has it. */
    public String kind() {
      return value instanceof Money
          ? "money"
          : value instanceof Number ? "num" : value instanceof LocalDate ? "when" : "text";
    }

    public String words(Format format) {
      if (value instanceof Money money) {
        return format.money(money);
      }
      if (value instanceof LocalDate day) {
        return format.day(day);
      }
      if (value instanceof Long count) {
        return format.count(count);
      }
      return value == null ? "" : value.toString();
    }
  }

  /** A column: its head, and what it shows of each row's matter. */
  record Column<R>(String head, Function<R, Cell> cell) {}

  static <R> Column<R> column(String head, Function<R, Cell> cell) {
    return new Column<>(head, cell);
  }

  /** A row for each matter, without a sum. */
  static <R> Table of(List<R> matters, List<Column<R>> columns) {
    return new Table(
        columns.stream().map(Column::head).toList(),
        matters.stream()
            .map(each -> columns.stream().map(column -> column.cell().apply(each)).toList())
            .map(cells -> new Row(cells, false))
            .toList());
  }

  /** How a column's values look: those of its first row that has one. */
  public String kind(int column) {
    return rows.stream()
        .map(row -> row.cells().get(column))
        .filter(cell -> cell.value() != null)
        .map(Cell::kind)
        .findFirst()
        .orElse("text");
  }

  /** A part in percent, to a tenth; null of nothing. */
  static @Nullable BigDecimal percent(long part, long whole) {
    return whole == 0
        ? null
        : BigDecimal.valueOf(part)
            .multiply(BigDecimal.valueOf(100))
            .divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP);
  }
}
