package org.openrcm.cli;

import org.jspecify.annotations.Nullable;
import org.openrcm.x12.Segment;
import org.openrcm.x12.SegmentHandler;
import org.openrcm.x12.SetEnd;

/** Gives each transaction set to the reader of its kind, and the envelope to both. */
final class BySet implements SegmentHandler {
  private final SegmentHandler claims;
  private final SegmentHandler remittances;
  private @Nullable SegmentHandler open;

  /** Gives 837s to {@code claims} and all others to {@code remittances}. */
  BySet(SegmentHandler claims, SegmentHandler remittances) {
    this.claims = claims;
    this.remittances = remittances;
  }

  @Override
  public void segment(Segment segment) {
    if (open == null && segment.key().equals("Transaction.ST")) {
      open = segment.is(1, "837") ? claims : remittances;
    }
    if (open != null) {
      open.segment(segment);
      return;
    }
    claims.segment(segment);
    remittances.segment(segment);
  }

  @Override
  public void endOfSet(SetEnd end) {
    if (open != null) {
      open.endOfSet(end);
      open = null;
    }
  }
}
