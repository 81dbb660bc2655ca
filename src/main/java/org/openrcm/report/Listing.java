package org.openrcm.report;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.web.Slice;

/** A list that is shown in parts, and copied out whole. */
interface Listing {

  /**
   * What stands over it.
   *
   * @param name as its address has it, such as {@code open}
   * @param words what is in it and what is not, in a sentence
   */
  record Heading(String name, String title, String words) {}

  /**
   * A part of it.
   *
   * @param next what to send as {@code after} for the next part; null when this is the last
   * @param patients those who are shown
   */
  record Part(Table table, @Nullable String next, Set<UUID> patients) {

    static <R> Part of(Slice<R> slice, Set<UUID> patients, List<Table.Column<R>> columns) {
      return new Part(Table.of(slice.rows(), columns), slice.next(), patients);
    }
  }

  Heading heading();

  /**
   * The part after {@link ReportFilter#after}.
   *
   * @param limit of rows, where it is not a figure's table, which is given whole
   */
  Part part(ReportFilter filter, Moment moment, int limit);
}
