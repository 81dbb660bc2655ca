package org.openrcm.x12;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers what an engine reads: a TA1 for each interchange and a 999 (005010X231A1) for each
 * functional group in it, written while the file is read, in memory that does not grow with it.
 *
 * <p>It takes the engine's segments and its findings, and findings of readers too where they come
 * through the same sink. It decides as a clearinghouse does:
 *
 * <ul>
 *   <li>Findings of level 1 and 2 count; balancing and what comes after it are no matter of a 999,
 *       nor is what is only information.
 *   <li>A transaction set with an error is rejected (IK5 {@code R}), with nothing but warnings it
 *       is accepted with errors ({@code E}), else accepted ({@code A}).
 *   <li>A group is accepted in part (AK9 {@code P}) when some of its sets are rejected, and
 *       rejected when all of them are, or when its own trailer, control number or count cannot be
 *       trusted.
 *   <li>An interchange is rejected (TA1 {@code R}) when its end is lost, its control numbers or
 *       counts differ, it stands twice in the file, or something in it belongs to no group; it gets
 *       no 999 then. Where only ISA has values that it should not have, it is accepted with errors.
 *   <li>Acknowledgements are not acknowledged: groups of 999 get no 999, interchanges of nothing
 *       else no TA1. Bytes outside any interchange have no sender who could be answered.
 * </ul>
 *
 * <p>Of each set the first {@value AcknowledgedSet#MOST_SEGMENTS} segments in error are told and of
 * each segment the first {@value AcknowledgedSet#MOST_ELEMENTS} elements; {@link #leftOut} counts
 * the others. A segment without a proper tag cannot be told. No value of an element is repeated but
 * CLM01, or TRN02 of a payment, by which the sender finds the claim.
 */
public final class Acknowledger implements SegmentHandler, FindingSink, Closeable {
  static final String GUIDE = "005010X231A1";

  private static final int REMEMBERED = 100_000;
  private static final int MOST_AT_ONCE = 10_000;
  private static final int COUNTING_LEVELS = 2;

  private final Clock clock;
  private final LongSupplier controls;
  private final OutputStream interchanges;
  private final OutputStream implementations;
  private final Set<String> seen = new HashSet<>();
  private final List<Finding> pending = new ArrayList<>();
  private final List<Finding> ofSet = new ArrayList<>();

  private @Nullable AcknowledgedInterchange interchange;
  private @Nullable AcknowledgedGroup group;
  private @Nullable AcknowledgedSet set;
  private AcknowledgedSet.@Nullable Unit unit;
  private boolean duplicate;
  private boolean fileEnded;
  private long leftOut;

  /**
   * An acknowledger of one file.
   *
   * @param clock tells the time of the acknowledgements
   * @param controls gives each interchange and each group that is written its control number, from
   *     1 to 999999999
   * @param interchanges gets the TA1s, each in an interchange of its own
   * @param implementations gets the 999s, an interchange for each that was read
   */
  public Acknowledger(
      Clock clock, LongSupplier controls, OutputStream interchanges, OutputStream implementations) {
    this.clock = clock;
    this.controls = controls;
    this.interchanges = interchanges;
    this.implementations = implementations;
  }

  /** How many errors stand in no 999 because they were too many, or had no tag to name. */
  public long leftOut() {
    return leftOut;
  }

  @Override
  public void add(Finding finding) {
    if (finding.severity() == Severity.INFORMATION || finding.rule().level() > COUNTING_LEVELS) {
      return;
    }
    if (pending.size() < MOST_AT_ONCE) {
      pending.add(finding);
    } else {
      leftOut++;
    }
  }

  @Override
  public void segment(Segment segment) {
    if (!segment.isWhole()) {
      content(segment);
      return;
    }
    switch (segment.tag) {
      case Tags.ISA -> open(segment);
      case Tags.GS -> openGroup(segment);
      case Tags.ST -> openSet(segment);
      case Tags.GE -> {
        flush(segment, null);
        closeGroup(segment);
      }
      case Tags.IEA -> {
        flush(segment, null);
        closeGroup(null);
        closeInterchange();
      }
      default -> content(segment);
    }
  }

  private void content(Segment segment) {
    if (segment.tag == Tags.TA1 && set == null && interchange != null) {
      interchange.acknowledges();
    }
    AcknowledgedSet.Unit before = unit;
    Slot slot = segment.slot;
    if (slot != null && segment.opensLoop) {
      enter(slot, segment);
    } else if (slot != null && slot.key().equals("Transaction.TRN")) {
      unit = new AcknowledgedSet.Unit("TRN02", segment.text(2), segment.number());
    }
    if (!pending.isEmpty()) {
      flush(segment, before);
    }
  }

  private void enter(Slot slot, Segment segment) {
    if (slot.key().equals("2300.CLM")) {
      unit = new AcknowledgedSet.Unit("CLM01", segment.text(1), segment.number());
    } else if (unit != null && unit.element().equals("CLM01") && !isOfClaim(slot.loop())) {
      unit = null;
    }
  }

  private static boolean isOfClaim(Loop loop) {
    for (Loop outer = loop; outer != null; outer = outer.parent()) {
      if (outer.id().equals("2300")) {
        return true;
      }
    }
    return false;
  }

  private void open(Segment isa) {
    flushBefore(isa);
    closeGroup(null);
    closeInterchange();
    AcknowledgedInterchange opened =
        new AcknowledgedInterchange(isa, LocalDateTime.now(clock), controls);
    interchange = opened;
    IsaChecks.check(isa, opened);
    String id = isa.text(5) + "/" + isa.text(6) + "/" + isa.text(13);
    duplicate = seen.size() < REMEMBERED ? !seen.add(id) : seen.contains(id);
    if (duplicate) {
      opened.note("025", Severity.ERROR);
    }
    flush(isa, null);
  }

  private void openGroup(Segment gs) {
    flushBefore(gs);
    closeGroup(null);
    AcknowledgedInterchange current = interchange;
    if (current != null && gs.is(1, "FA")) {
      current.acknowledges();
    } else if (current != null) {
      group = current.group(gs);
    }
    flush(gs, null);
  }

  private void openSet(Segment st) {
    flushBefore(st);
    AcknowledgedGroup current = group;
    AcknowledgedInterchange answer = interchange;
    if (current != null && answer != null) {
      set = current.begin(st, answer.text());
    }
    unit = null;
    flush(st, null);
  }

  @Override
  public void endOfSet(SetEnd end) {
    flush(null, unit);
    AcknowledgedSet ended = set;
    set = null;
    unit = null;
    if (ended != null && group != null) {
      group.end(ended);
      leftOut += ended.leftOut();
    }
  }

  private void closeGroup(@Nullable Segment ge) {
    AcknowledgedGroup ended = group;
    group = null;
    if (ended != null) {
      if (ge != null) {
        ended.included(ge);
      }
      ended.end();
    }
  }

  private void closeInterchange() {
    AcknowledgedInterchange ended = interchange;
    interchange = null;
    if (ended == null) {
      return;
    }
    try {
      ended.end(interchanges, implementations);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives what was found before a segment opens something to what is open before it. */
  private void flushBefore(Segment opening) {
    List<Finding> after = new ArrayList<>();
    for (Finding finding : pending) {
      if (finding.place().byteOffset() == opening.byteOffset()
          && finding.rule() != Syntax.ENVELOPE_NOT_CLOSED) {
        after.add(finding);
      }
    }
    pending.removeAll(new HashSet<>(after));
    flush(null, unit);
    pending.addAll(after);
  }

  private void flush(@Nullable Segment segment, AcknowledgedSet.@Nullable Unit before) {
    if (pending.isEmpty()) {
      return;
    }
    AcknowledgedSet open = set;
    for (Finding finding : pending) {
      if (finding.place().transactionSet() == null || open == null || isCut(finding)) {
        envelope(finding);
      }
      if (open != null
          && finding.place().transactionSet() != null
          && !(duplicate && finding.rule() == Syntax.REPEATED_SET)) {
        ofSet.add(finding);
      }
    }
    pending.clear();
    AcknowledgedInterchange current = interchange;
    if (open != null && current != null && !ofSet.isEmpty()) {
      open.add(ofSet, segment, before, unit, current.text());
    }
    ofSet.clear();
  }

  private static boolean isCut(Finding finding) {
    return finding.rule() == Syntax.TRUNCATED || finding.rule() == Syntax.UNREADABLE;
  }

  private void envelope(Finding finding) {
    AcknowledgedInterchange current = interchange;
    if (current == null || (current.isAcknowledgement() && isInSet(finding))) {
      return;
    }
    String ofGroup = AcknowledgementCodes.ofGroup(finding);
    if (ofGroup != null) {
      if (group != null) {
        group.add(finding, ofGroup);
      }
      return;
    }
    String note = AcknowledgementCodes.ofInterchange(finding, fileEnded);
    if (note != null) {
      current.note(note, finding.severity());
    }
  }

  private static boolean isInSet(Finding finding) {
    return finding.place().transactionSet() != null && !isCut(finding);
  }

  /** The file is over: answers what was still open. */
  @Override
  public void close() {
    fileEnded = true;
    flush(null, unit);
    closeGroup(null);
    closeInterchange();
  }
}
