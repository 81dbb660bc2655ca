package org.openrcm.claim;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Envelopes;
import org.openrcm.billing.SetSource;
import org.openrcm.billing.Values;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.Segment;
import org.openrcm.x12.SegmentHandler;
import org.openrcm.x12.SetEnd;

/**
 * Turns TA1, 999 (005010X231) and 277CA (005010X214) into records, one set or one claim at a time,
 * in memory that does not grow with the file. Passes over all other transaction sets without a
 * word.
 *
 * <p>A reader is for one file: it counts how often the file repeats a transaction set.
 */
public final class AcknowledgementReader implements SegmentHandler {
  private static final int CENTURY = 2000;
  private static final String STATUS_GUIDE = "005010X214";

  private final AcknowledgementHandler handler;
  private final Values values;
  private final FindingSink findings;
  private final Envelopes envelopes;

  private @Nullable GroupAssembler group;
  private @Nullable StatusAssembler report;

  /**
   * A reader of one file.
   *
   * @param file its name
   * @param fileHash SHA-256 of its bytes as received, in hexadecimal; empty when not known
   */
  public AcknowledgementReader(
      String file, String fileHash, AcknowledgementHandler handler, FindingSink findings) {
    this.envelopes = new Envelopes(file, fileHash);
    this.handler = handler;
    this.findings = findings;
    this.values = new Values(findings);
  }

  /** Whether it reads a transaction set of this ST01 and guide (ST03 or GS08). */
  public static boolean reads(String set, String guide) {
    return set.equals("999") || (set.equals("277") && guide.startsWith(STATUS_GUIDE));
  }

  @Override
  public void segment(Segment segment) {
    GroupAssembler inGroup = group;
    StatusAssembler inReport = report;
    if (inGroup != null) {
      inGroup.add(segment);
    } else if (inReport != null) {
      inReport.add(segment);
    } else {
      outside(segment);
    }
  }

  private void outside(Segment segment) {
    switch (segment.key()) {
      case "Interchange.TA1" -> handler.interchange(interchange(segment));
      case "Transaction.ST" -> begin(segment);
      default -> envelopes.follow(segment);
    }
  }

  private InterchangeAcknowledgement interchange(Segment ta1) {
    return new InterchangeAcknowledgement(
        envelopes.interchange(),
        ta1.text(1),
        shortDay(ta1, 2),
        time(ta1, 3),
        ta1.text(4),
        ta1.text(5),
        ta1.number(),
        ta1.byteOffset());
  }

  private void begin(Segment st) {
    if (!reads(st.text(1), envelopes.guide(st))) {
      return;
    }
    SetSource source = envelopes.begin(st);
    if (st.is(1, "999")) {
      group = new GroupAssembler(source, st, handler, findings);
    } else {
      report = new StatusAssembler(source, values, handler, findings);
    }
  }

  @Override
  public void endOfSet(SetEnd end) {
    GroupAssembler endedGroup = group;
    StatusAssembler endedReport = report;
    group = null;
    report = null;
    if (endedGroup != null) {
      endedGroup.end(end);
    }
    if (endedReport != null) {
      endedReport.end(end);
    }
  }

  /** YYMMDD of this century, or null. */
  private static @Nullable LocalDate shortDay(Segment segment, int element) {
    long day = segment.length(element) == 6 ? segment.scaled(element, 0) : -1;
    try {
      return day < 0
          ? null
          : LocalDate.of(CENTURY + (int) day / 10_000, (int) day / 100 % 100, (int) day % 100);
    } catch (DateTimeException notInTheCalendar) {
      return null;
    }
  }

  /** HHMM, HHMMSS or HHMMSSDD, or null when it is no time; parts of a second are left out. */
  static @Nullable LocalTime time(Segment segment, int element) {
    String text = segment.text(element);
    if (!text.matches("[0-9]{4}([0-9]{2}){0,2}")) {
      return null;
    }
    int second = text.length() > 4 ? Integer.parseInt(text.substring(4, 6)) : 0;
    try {
      return LocalTime.of(
          Integer.parseInt(text.substring(0, 2)), Integer.parseInt(text.substring(2, 4)), second);
    } catch (DateTimeException noTimeOfDay) {
      return null;
    }
  }
}
