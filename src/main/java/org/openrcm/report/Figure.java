package org.openrcm.report;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.web.Chart;

/**
 * A figure of the report with all that makes it believable.
 *
 * @param formula in plain words
 * @param chart null when there is nothing to draw
 * @param table what the chart is drawn from, and more
 * @param sources the rows behind it
 */
record Figure(Said said, String formula, @Nullable Chart chart, Table table, List<Source> sources) {
  static final String NONE = "–";

  /**
   * The figure itself.
   *
   * @param value as it is shown; "–" where there is none
   * @param note what it is of, in a few words
   * @param reckoned the formula with its numbers; empty where there is no figure
   */
  record Said(String value, String note, String reckoned) {

    static Said nothing(String why) {
      return new Said(NONE, why, "");
    }
  }

  /** Where rows behind a figure are. */
  record Source(String words, String address) {}

  /** Reads a figure; its table is a list of its own. */
  interface Reader extends Listing {
    Figure read(ReportFilter filter, Moment moment);

    @Override
    default Part part(ReportFilter filter, Moment moment, int limit) {
      return new Part(read(filter, moment).table(), null, Set.of());
    }
  }
}
