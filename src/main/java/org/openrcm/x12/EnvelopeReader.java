package org.openrcm.x12;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows ISA, GS, ST, SE, GE and IEA: opens and closes the three levels, counts and compares
 * control numbers, and gives what is inside a transaction set to the matcher of its mapping.
 */
final class EnvelopeReader {
  private static final int REMEMBERED_SETS = 100_000;

  private final MappingChoice choice;
  private final Envelope envelope;
  private final Segment segment;
  private final SegmentHandler handler;
  private final FindingSink findings;
  private final @Nullable ElementChecks checks;
  private final Set<String> setsSeen = new HashSet<>();

  private boolean interchangeOpen;
  private boolean groupOpen;
  private boolean setOpen;
  private @Nullable Matcher matcher;
  private boolean lastSegmentCut;

  /** Whether what is open ends without its trailers, as it does in a file that was cut. */
  private boolean abrupt;

  private String interchangeControl = "";
  private String groupControl = "";
  private String setControl = "";
  private String guide = "";
  private long groups;
  private long sets;

  EnvelopeReader(
      Mappings mappings,
      Segment segment,
      SegmentHandler handler,
      FindingSink findings,
      boolean checkElements) {
    this.choice = new MappingChoice(mappings, findings);
    this.envelope = mappings.envelope();
    this.segment = segment;
    this.handler = handler;
    this.findings = findings;
    this.checks = checkElements ? new ElementChecks(findings) : null;
  }

  /** Whether an interchange is open, so that its delimiters hold. */
  boolean isOpen() {
    return interchangeOpen;
  }

  void accept(SegmentReader.Found found) {
    if (found == SegmentReader.Found.JUNK) {
      segment.loop = Loop.NONE;
      findings.add(
          Syntax.OUTSIDE_INTERCHANGE,
          new Place(segment.file, null, 0, null, null, null, segment.byteOffset),
          "bytes before the next ISA or the end of the file belong to no interchange");
      return;
    }
    segment.numberInFile++;
    segment.slot = null;
    segment.opensLoop = false;
    if (found == SegmentReader.Found.SEGMENT) {
      segment();
      return;
    }
    switch (found) {
      case ISA -> interchange(true);
      case ODD_ISA -> interchange(false);
      case TOO_LONG -> tooLong();
      case BROKEN_OFF -> {
        cutOff("another interchange starts in the middle of this segment");
        lastSegmentCut = false;
      }
      default -> cutOff("the file ends in the middle of this segment");
    }
  }

  /** The stream is over; {@code readable} is false when it could not be read to its end. */
  void end(boolean readable) {
    lastSegmentCut |= !readable;
    abrupt = true;
    if (interchangeOpen) {
      closeGroup();
      if (!lastSegmentCut) {
        notClosed(envelope.interchange, "the file ends before IEA closes the interchange");
      }
      interchangeOpen = false;
    }
  }

  private void segment() {
    if (setOpen) {
      segment.numberInSet++;
    }
    switch (segment.tag) {
      case Tags.ST -> set();
      case Tags.SE -> endSet();
      case Tags.GS -> group();
      case Tags.GE -> endGroup();
      case Tags.IEA -> endInterchange();
      default -> content();
    }
  }

  private void content() {
    if (segment.tagEnd() == segment.start) {
      segment.loop = currentLoop();
      findings.add(Syntax.EMPTY_SEGMENT, segment.place(), "a segment without a tag");
    } else if (setOpen) {
      Matcher current = matcher;
      if (current == null) {
        segment.loop = envelope.unknown;
      } else {
        current.place(segment);
      }
    } else if (segment.tag == Tags.TA1 && !groupOpen) {
      stand(envelope.ta1);
    } else {
      segment.loop = currentLoop();
      findings.add(
          Syntax.ENVELOPE_NOT_OPENED,
          segment.place(),
          "stands outside any transaction set: ST is missing before it");
    }
    deliver();
  }

  private void interchange(boolean fixedLength) {
    if (interchangeOpen) {
      abrupt = true;
      closeGroup();
      abrupt = false;
      outside();
      notClosed(envelope.interchange, "a new ISA before IEA closed the interchange");
    }
    segment.numberInSet = 0;
    segment.transactionSet = null;
    interchangeOpen = true;
    groups = 0;
    interchangeControl = segment.text(13);
    groupControl = "";
    stand(envelope.isa);
    if (!fixedLength) {
      findings.add(
          Syntax.ISA_LENGTH,
          segment.place(),
          "ISA is " + (segment.byteLength() + 1) + " bytes long and should be 106");
    }
    deliver();
  }

  private void group() {
    closeGroup();
    outside();
    groupOpen = true;
    groups++;
    sets = 0;
    groupControl = segment.text(6);
    guide = segment.text(8);
    stand(envelope.gs);
    deliver();
  }

  private void set() {
    closeSet();
    segment.numberInSet = 1;
    if (!groupOpen) {
      groupOpen = true;
      groups++;
      groupControl = "";
      guide = "";
      outside();
      findings.add(Syntax.ENVELOPE_NOT_OPENED, segment.place(), "GS is missing before this ST");
      segment.numberInSet = 1;
    }
    sets++;
    setOpen = true;
    setControl = segment.text(2);
    segment.transactionSet = interchangeControl + "/" + groupControl + "/" + setControl;
    stand(envelope.st);
    String set = segment.transactionSet;
    if (setsSeen.size() < REMEMBERED_SETS && !setsSeen.add(set)) {
      findings.add(
          Syntax.REPEATED_SET,
          segment.place(),
          "this file had a set with the same three control numbers before");
    }
    matcher = choice.of(segment, guide);
    deliver();
  }

  private void endSet() {
    if (!setOpen) {
      segment.loop = currentLoop();
      findings.add(Syntax.ENVELOPE_NOT_OPENED, segment.place(), "SE closes no transaction set");
      deliver();
      return;
    }
    if (matcher != null) {
      matcher.place(segment);
    } else {
      stand(envelope.se);
    }
    count(1, segment.numberInSet, "segments in the set, ST and SE included");
    control(2, setControl, "ST02");
    deliver();
    finishSet(SetEnd.CLOSED);
  }

  private void endGroup() {
    closeSet();
    if (!groupOpen) {
      outside();
      segment.loop = currentLoop();
      findings.add(Syntax.ENVELOPE_NOT_OPENED, segment.place(), "GE closes no group");
      deliver();
      return;
    }
    outside();
    stand(envelope.ge);
    count(1, sets, "transaction sets in the group");
    control(2, groupControl, "GS06");
    deliver();
    groupOpen = false;
  }

  private void endInterchange() {
    closeGroup();
    outside();
    stand(envelope.iea);
    count(1, groups, "groups in the interchange");
    control(2, interchangeControl, "ISA13");
    deliver();
    interchangeOpen = false;
  }

  private void cutOff(String why) {
    if (segment.tag == Tags.IEA && segment.elements() >= 2) {
      segment();
      findings.add(
          Syntax.TRUNCATED, segment.place(), "the last segment has no terminator after it");
      return;
    }
    lastSegmentCut = true;
    if (setOpen) {
      segment.numberInSet++;
    }
    segment.loop = currentLoop();
    findings.add(Syntax.TRUNCATED, segment.place(), why);
    deliverBroken();
    closeGroup();
  }

  private void tooLong() {
    if (setOpen) {
      segment.numberInSet++;
    }
    segment.loop = currentLoop();
    findings.add(
        Syntax.SEGMENT_TOO_LONG,
        segment.place(),
        "longer than " + SegmentReader.LONGEST + " bytes: its content is passed over");
    deliverBroken();
  }

  private void deliverBroken() {
    segment.whole = false;
    handler.segment(segment);
    segment.whole = true;
  }

  /** A set that is still open where it cannot be. */
  private void closeSet() {
    if (!setOpen) {
      return;
    }
    if (!lastSegmentCut) {
      Loop open = matcher == null ? envelope.unknown : matcher.mapping().transaction();
      notClosed(open, "the transaction set is not closed by SE before this");
    }
    finishSet(lastSegmentCut || abrupt ? SetEnd.CUT_OFF : SetEnd.NOT_CLOSED);
  }

  private void finishSet(SetEnd end) {
    if (matcher != null) {
      matcher.end(segment.place(), end);
    }
    setOpen = false;
    handler.endOfSet(end);
  }

  private void closeGroup() {
    closeSet();
    if (groupOpen) {
      groupOpen = false;
      if (!lastSegmentCut) {
        outside();
        notClosed(envelope.group, "the group is not closed by GE before this");
      }
    }
  }

  private void outside() {
    segment.numberInSet = 0;
    segment.transactionSet = null;
  }

  private void notClosed(Loop open, String message) {
    segment.loop = open;
    findings.add(Syntax.ENVELOPE_NOT_CLOSED, segment.place(), message);
  }

  private void stand(Slot slot) {
    segment.slot = slot;
    segment.loop = slot.loop();
    segment.opensLoop = slot.isTrigger();
  }

  private Loop currentLoop() {
    if (setOpen) {
      return matcher == null ? envelope.unknown : matcher.currentLoop();
    }
    return groupOpen ? envelope.group : envelope.interchange;
  }

  private void count(int element, long counted, String what) {
    if (segment.scaled(element, 0) != counted) {
      findings.add(
          Syntax.ENVELOPE_COUNT,
          segment.place().at(segment.tag() + "0" + element),
          "counted " + counted + " " + what);
    }
  }

  private void control(int element, String expected, String where) {
    if (!segment.text(element).equals(expected)) {
      findings.add(
          Syntax.CONTROL_NUMBER,
          segment.place().at(segment.tag() + "0" + element),
          "differs from " + where);
    }
  }

  private void deliver() {
    if (checks != null) {
      checks.check(segment);
    }
    handler.segment(segment);
  }
}
