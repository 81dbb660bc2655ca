package org.openrcm.report;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A list that is shown in parts, and copied out whole. */
interface Listing {

  /**
   * A part of it.
   *
   * @param next what to send as {@code after} for the next part; null when this is the last
   * @param patients those who are shown
   */
  record Part(Table table, @Nullable String next, Set<UUID> patients) {}

  /** As its address has it, such as {@code open}. */
  String name();

  String title();

  /** What is in it and what is not, in a sentence. */
  String words();

  /**
   * The part after {@link ReportFilter#after}.
   *
   * @param limit of rows, where it is not a figure's table, which is given whole
   */
  Part part(ReportFilter filter, Moment moment, int limit);
}
