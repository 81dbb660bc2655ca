package org.openrcm.simulator;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.claim.Acceptance;
import org.openrcm.claim.AcknowledgementHandler;
import org.openrcm.claim.AcknowledgementReader;
import org.openrcm.claim.ClaimStatus;
import org.openrcm.claim.GroupAcknowledgement;
import org.openrcm.claim.InterchangeAcknowledgement;
import org.openrcm.claim.PartyStatus;
import org.openrcm.claim.SetAcknowledgement;
import org.openrcm.claim.StatusReport;
import org.openrcm.claim.Submission;
import org.openrcm.x12.Acknowledger;
import org.openrcm.x12.Finding;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.Segment;
import org.openrcm.x12.SegmentHandler;
import org.openrcm.x12.SetEnd;
import org.openrcm.x12.StreamingEngine;
import org.openrcm.x12.Syntax;

/**
 * Writes TA1 and 999 while a file is read, on the day of each interchange, and reads them back:
 * what they accept is what is decided later.
 */
final class Acknowledging implements SegmentHandler, FindingSink {
  private static final LocalDate CENTURY = LocalDate.of(2000, 1, 1);
  private static final int HOUR = 20;

  private final OutFiles files;
  private final String name;
  private final @Nullable LocalDate date;
  private final ScenarioChoice choice;
  private final StreamingEngine engine;
  private final SegmentHandler next;
  private final FindingSink findings;
  private final Acknowledger acknowledger;
  private final DayClock clock = new DayClock();
  private final ByteArrayOutputStream interchanges = new ByteArrayOutputStream();
  private final ByteArrayOutputStream groups = new ByteArrayOutputStream();
  private final Map<String, Integer> accepted = new HashMap<>();
  private LocalDate day = CENTURY;
  private String interchange = "";
  private int sets;
  private boolean turnedBack;
  private long control;

  /** Tells the day on which an interchange came, always at the same hour. */
  private static final class DayClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  /**
   * For one file.
   *
   * @param date on which it comes; null for the day that each interchange names (ISA09)
   * @param next gets the segments too
   * @param findings gets the findings too
   */
  Acknowledging(
      OutFiles files,
      String name,
      @Nullable LocalDate date,
      ScenarioChoice choice,
      long firstControl,
      StreamingEngine engine,
      SegmentHandler next,
      FindingSink findings) {
    this.files = files;
    this.name = name;
    this.date = date;
    this.choice = choice;
    this.control = firstControl;
    this.engine = engine;
    this.next = next;
    this.findings = findings;
    this.acknowledger = new Acknowledger(clock, this::nextControl, interchanges, groups);
  }

  private long nextControl() {
    return 1 + control++ % 999_999_999L;
  }

  @Override
  public void add(Finding finding) {
    acknowledger.add(finding);
    findings.add(finding);
  }

  @Override
  public void segment(Segment segment) {
    switch (segment.tag()) {
      case "ISA" -> {
        write();
        interchange = segment.text(13);
        day = date == null ? sent(segment) : date;
        clock.now = day.atTime(HOUR, 0).toInstant(ZoneOffset.UTC);
      }
      case "ST" -> {
        String set = segment.transactionSet();
        turnedBack = segment.is(1, "837") && choice.rejectsSet(set == null ? "" : set, sets++);
      }
      case "NM1" -> {
        if (turnedBack && segment.loop().id().equals("1000A")) {
          turnedBack = false;
          String why = "the receiver does not know this submitter";
          acknowledger.add(new Finding(Syntax.ELEMENT_CODE, segment.place().at("NM109"), why));
        }
      }
      default -> {
        // nothing to add
      }
    }
    acknowledger.segment(segment);
    next.segment(segment);
  }

  @Override
  public void endOfSet(SetEnd end) {
    acknowledger.endOfSet(end);
    next.endOfSet(end);
  }

  private static LocalDate sent(Segment isa) {
    try {
      String text = isa.text(9);
      return LocalDate.of(
          2000 + Integer.parseInt(text.substring(0, 2)),
          Integer.parseInt(text.substring(2, 4)),
          Integer.parseInt(text.substring(4, 6)));
    } catch (RuntimeException noDay) {
      return CENTURY;
    }
  }

  /** The file is over. */
  void end() {
    acknowledger.close();
    write();
  }

  private void write() {
    if (interchanges.size() > 0) {
      files.add(day, name + ".ta1", interchanges.toByteArray());
    }
    if (groups.size() > 0) {
      byte[] bytes = groups.toByteArray();
      files.add(day, name + ".999", bytes);
      FindingSink none = finding -> {};
      engine.read(
          new ByteArrayInputStream(bytes),
          name + ".999",
          new AcknowledgementReader(name, "", new Accepted(), none),
          none);
    }
    interchanges.reset();
    groups.reset();
  }

  /** Whether the 999 accepts this set; of sets with the same numbers, as many as it accepts. */
  boolean accepts(Submission submission) {
    int times = accepted.getOrDefault(set(submission), 0);
    return submission.source().occurrence() <= times;
  }

  /** {@code ISA13/GS06/ST02}. */
  static String set(Submission submission) {
    return submission.source().interchangeControl()
        + "/"
        + submission.source().groupControl()
        + "/"
        + submission.source().setControl();
  }

  /** Remembers which sets a 999 accepts. */
  private final class Accepted implements AcknowledgementHandler {
    @Override
    public void set(GroupAcknowledgement group, SetAcknowledgement set) {
      if (set.acceptance() == Acceptance.ACCEPTED) {
        accepted.merge(
            interchange + "/" + group.groupControl() + "/" + set.setControl(), 1, Integer::sum);
      }
    }

    @Override
    public void interchange(InterchangeAcknowledgement acknowledgement) {}

    @Override
    public void start(GroupAcknowledgement group) {}

    @Override
    public void end(GroupAcknowledgement group, GroupAcknowledgement.Result result) {}

    @Override
    public void start(StatusReport report) {}

    @Override
    public void party(StatusReport report, PartyStatus party) {}

    @Override
    public void claim(StatusReport report, ClaimStatus claim) {}

    @Override
    public void end(StatusReport report, Totals totals) {}
  }
}
