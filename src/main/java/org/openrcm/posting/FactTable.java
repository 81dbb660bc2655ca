package org.openrcm.posting;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * Facts behind an exception, beside each other.
 *
 * @param title what they are
 * @param heads of the columns, that of the labels first
 */
record FactTable(String title, List<String> heads, List<Row> rows) {

  /**
   * One thing that they say.
   *
   * @param label what it is, with its address where it is something of its own
   * @param differs whether what should be the same is not
   */
  record Row(String label, @Nullable String link, List<Cell> cells, boolean differs) {

    static Row of(String label, Cell... cells) {
      return new Row(label, null, List.of(cells), false);
    }

    Row differing(boolean differs) {
      return new Row(label, link, cells, differs);
    }
  }

  /**
   * What one of them says of it.
   *
   * @param source address of the segment that says so
   */
  record Cell(String text, @Nullable Money amount, @Nullable String source) {
    static final Cell NONE = new Cell("", null, null);

    static Cell of(@Nullable String text) {
      return text == null ? NONE : new Cell(text, null, null);
    }

    static Cell of(@Nullable Money amount, @Nullable String source) {
      return amount == null ? NONE : new Cell("", amount, source);
    }
  }
}
