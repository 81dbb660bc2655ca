package org.openrcm.x12;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hands each transaction set to the reader of its kind, so that a file may hold several kinds. What
 * stands outside of transaction sets (ISA, TA1, GS, GE, IEA) goes to every reader; a set that no
 * reader is for is a finding, and nobody gets it.
 */
public final class SetRouter implements SegmentHandler {
  private final Map<String, SegmentHandler> readers;
  private final List<SegmentHandler> all;
  private final FindingSink findings;
  private @Nullable SegmentHandler current;
  private boolean inSet;

  /**
   * A router.
   *
   * @param readers by transaction set (ST01), such as {@code 835}; one may serve several
   */
  public SetRouter(Map<String, SegmentHandler> readers, FindingSink findings) {
    this.readers = Map.copyOf(readers);
    Set<SegmentHandler> distinct = new LinkedHashSet<>(readers.values());
    this.all = List.copyOf(distinct);
    this.findings = findings;
  }

  @Override
  public void segment(Segment segment) {
    if (!inSet && segment.key().equals("Transaction.ST")) {
      inSet = true;
      current = readers.get(segment.text(1));
      if (current == null) {
        findings.add(
            Syntax.OTHER_SET,
            segment.place().at("ST01"),
            "transaction sets of this kind are not read here; this one is passed over");
      }
    }
    if (!inSet) {
      all.forEach(reader -> reader.segment(segment));
    } else if (current != null) {
      current.segment(segment);
    }
  }

  @Override
  public void endOfSet(SetEnd end) {
    if (current != null) {
      current.endOfSet(end);
    }
    current = null;
    inSet = false;
  }
}
