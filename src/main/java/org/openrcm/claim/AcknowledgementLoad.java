package org.openrcm.claim;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.SetSource;
import org.openrcm.remittance.SetOutcome;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts the acknowledgements of one file into the database while they are read, and moves the claims
 * that they speak of. The same one again adds nothing. One that answers something that was never
 * sent from here is kept all the same.
 */
public final class AcknowledgementLoad implements AcknowledgementHandler {
  private static final int CLAIMS_AT_ONCE = 500;
  private static final int ERRORS_KEPT = 10_000;

  private final UUID fileId;
  private final AcknowledgementWriter writer;
  private final ClaimEvents events;
  private final ClaimStates states;
  private final Clock clock;
  private final TransactionTemplate transaction;
  private final List<SubmissionOutcome> outcomes = new ArrayList<>();

  private final List<SetAcknowledgement> sets = new ArrayList<>();
  private final List<ClaimEvents.Arrived> waiting = new ArrayList<>();
  private final Set<String> controls = new HashSet<>();
  private final List<PartyStatus> refusing = new ArrayList<>();
  private @Nullable LocalDate sent;
  private @Nullable String batch;
  private int errors;

  AcknowledgementLoad(
      UUID fileId,
      AcknowledgementWriter writer,
      ClaimEvents events,
      ClaimStates states,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.fileId = fileId;
    this.writer = writer;
    this.events = events;
    this.states = states;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** The day on which the group or interchange that is read was made (GS04, ISA09). */
  public void sentOn(@Nullable LocalDate day) {
    sent = day;
  }

  private LocalDate day(@Nullable LocalDate told) {
    LocalDate day = told == null ? sent : told;
    return day == null ? LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault()) : day;
  }

  /** What came of each acknowledgement that was read so far, in the order of the file. */
  public List<SubmissionOutcome> outcomes() {
    return List.copyOf(outcomes);
  }

  @Override
  public void interchange(InterchangeAcknowledgement ta1) {
    UUID id =
        ClaimEvents.Arrived.id(
            "TA1",
            ta1.source().sender(),
            ta1.interchangeControl(),
            ta1.date(),
            ta1.time(),
            ta1.code(),
            ta1.note());
    AcknowledgementWriter.Row row =
        new AcknowledgementWriter.Row(
            id,
            "TA1",
            null,
            ta1.interchangeControl(),
            null,
            null,
            ta1.code(),
            List.of(ta1.note()),
            day(null),
            ta1.segment(),
            ta1.byteOffset());
    transaction.executeWithoutResult(
        status -> {
          states.lock();
          List<AcknowledgementWriter.Answered> answered = writer.answered(row);
          boolean fresh = writer.write(fileId, row, answered);
          states.answered(AcknowledgementWriter.numbers(answered));
          outcomes.add(
              outcome(ta1.source().interchangeControl() + " TA1", fresh, answered, row, 0));
        });
  }

  @Override
  public void start(GroupAcknowledgement group) {
    sets.clear();
    waiting.clear();
    controls.clear();
    errors = 0;
  }

  @Override
  public void set(GroupAcknowledgement group, SetAcknowledgement set) {
    // what is wrong with a claim becomes its event; the rest of a long list is not kept in memory
    for (SetAcknowledgement.SegmentError error : set.errors()) {
      String control = error.patientControlNumber();
      if (control != null && !control.isEmpty() && errors < ERRORS_KEPT) {
        errors++;
        waiting.add(error(group, set, error, control));
      }
    }
    sets.add(
        new SetAcknowledgement(
            set.set(),
            set.setControl(),
            set.guide(),
            set.code(),
            set.codes(),
            List.of(),
            set.moreErrors(),
            set.segment(),
            set.byteOffset()));
  }

  private ClaimEvents.Arrived error(
      GroupAcknowledgement group,
      SetAcknowledgement set,
      SetAcknowledgement.SegmentError error,
      String control) {
    return new ClaimEvents.Arrived(
        ClaimEvents.Arrived.id("999", key(group.source()), set.setControl(), error.segment()),
        ClaimEvent.Kind.ERROR,
        day(null),
        control,
        null,
        error.tag() + (error.code() == null ? "" : ":" + error.code()),
        null,
        null,
        null,
        null,
        null,
        error.segment(),
        error.byteOffset());
  }

  private static String key(SetSource source) {
    return String.join(
        "\u0000",
        source.sender(),
        source.interchangeControl(),
        source.groupControl(),
        source.setControl(),
        Integer.toString(source.occurrence()));
  }

  private static String set(SetSource source) {
    return source.interchangeControl() + "/" + source.groupControl() + "/" + source.setControl();
  }

  @Override
  public void end(GroupAcknowledgement group, GroupAcknowledgement.Result result) {
    List<AcknowledgementWriter.Row> rows = new ArrayList<>();
    for (SetAcknowledgement each : sets) {
      rows.add(row(group, each.setControl(), each.code(), each.codes(), each.segment(), each));
    }
    if (rows.isEmpty()) {
      rows.add(row(group, null, result.code(), result.errors(), group.segment(), null));
    }
    transaction.executeWithoutResult(status -> write(group, rows));
  }

  private AcknowledgementWriter.Row row(
      GroupAcknowledgement group,
      @Nullable String setControl,
      String code,
      List<String> codes,
      long segment,
      @Nullable SetAcknowledgement set) {
    return new AcknowledgementWriter.Row(
        ClaimEvents.Arrived.id(
            "999", key(group.source()), group.groupControl(), setControl, code, segment),
        "999",
        set(group.source()),
        null,
        group.groupControl(),
        setControl,
        code,
        codes,
        day(null),
        segment,
        set == null ? group.byteOffset() : set.byteOffset());
  }

  private void write(GroupAcknowledgement group, List<AcknowledgementWriter.Row> rows) {
    states.lock();
    boolean fresh = false;
    List<AcknowledgementWriter.Answered> all = new ArrayList<>();
    for (AcknowledgementWriter.Row row : rows) {
      List<AcknowledgementWriter.Answered> answered = writer.answered(row);
      fresh |= writer.write(fileId, row, answered);
      all.addAll(answered);
    }
    flush();
    states.answered(AcknowledgementWriter.numbers(all));
    states.settle(controls);
    outcomes.add(outcome(set(group.source()), fresh, all, rows.get(0), 0));
  }

  private void flush() {
    waiting.forEach(event -> controls.add(event.patientControlNumber()));
    events.write(fileId, waiting);
    waiting.clear();
  }

  @Override
  public void start(StatusReport report) {
    waiting.clear();
    controls.clear();
    refusing.clear();
    batch = null;
  }

  @Override
  public void party(StatusReport report, PartyStatus party) {
    if (party.level() == PartyStatus.Level.SUBMITTER) {
      batch = party.trace();
      if (party.acceptance() == Acceptance.REJECTED) {
        refusing.add(party);
      }
    }
  }

  @Override
  public void claim(StatusReport report, ClaimStatus claim) {
    if (!claim.patientControlNumber().isEmpty()) {
      waiting.add(event(report, claim));
    }
    if (waiting.size() >= CLAIMS_AT_ONCE) {
      transaction.executeWithoutResult(status -> flush());
    }
  }

  private ClaimEvents.Arrived event(StatusReport report, ClaimStatus claim) {
    Status first = claim.statuses().isEmpty() ? null : claim.statuses().get(0);
    return new ClaimEvents.Arrived(
        ClaimEvents.Arrived.id("277CA", key(report.source()), claim.ordinal()),
        kind(claim),
        day(first == null || first.date() == null ? report.date() : first.date()),
        claim.patientControlNumber(),
        claim.payerClaimControlNumber(),
        first == null ? "" : code(first),
        null,
        null,
        null,
        null,
        null,
        claim.segment(),
        claim.byteOffset());
  }

  private static ClaimEvent.Kind kind(ClaimStatus claim) {
    return switch (claim.acceptance()) {
      case REJECTED -> ClaimEvent.Kind.REJECTED;
      case ACCEPTED -> ClaimEvent.Kind.ACCEPTED;
      case UNDECIDED ->
          claim.statuses().stream()
                  .flatMap(status -> status.codes().stream())
                  .anyMatch(code -> code.category().equals("A0"))
              ? ClaimEvent.Kind.FORWARDED
              : ClaimEvent.Kind.STATUS;
    };
  }

  /** STC01, components with a colon between them. */
  private static String code(Status status) {
    if (status.codes().isEmpty()) {
      return "";
    }
    Status.Code code = status.codes().get(0);
    return code.category() + ":" + code.code() + (code.entity() == null ? "" : ":" + code.entity());
  }

  @Override
  public void end(StatusReport report, Totals totals) {
    AcknowledgementWriter.Row row =
        new AcknowledgementWriter.Row(
            ClaimEvents.Arrived.id("277CA", key(report.source()), report.reference()),
            "277CA",
            set(report.source()),
            null,
            null,
            null,
            null,
            List.of(totals.accepted() + " accepted", totals.rejected() + " rejected"),
            day(report.date()),
            1,
            -1);
    transaction.executeWithoutResult(
        status -> {
          states.lock();
          List<AcknowledgementWriter.Answered> answered = writer.ofBatch(batch);
          if (totals.claims() == 0 && !refusing.isEmpty()) {
            answered.forEach(each -> refuse(report, each));
          }
          boolean fresh = writer.write(fileId, row, answered);
          flush();
          states.settle(controls);
          writer.record(row.id(), fileId);
          outcomes.add(outcome(set(report.source()), fresh, answered, row, totals.claims()));
        });
  }

  /** The whole batch was refused, without a word on its claims. */
  private void refuse(StatusReport report, AcknowledgementWriter.Answered submission) {
    PartyStatus party = Objects.requireNonNull(refusing.get(0));
    for (String control : writer.controlNumbers(submission.number())) {
      waiting.add(
          new ClaimEvents.Arrived(
              ClaimEvents.Arrived.id("277CA", key(report.source()), submission.id(), control),
              ClaimEvent.Kind.REJECTED,
              day(report.date()),
              control,
              null,
              party.statuses().isEmpty() ? "" : code(party.statuses().get(0)),
              null,
              null,
              null,
              null,
              submission.number(),
              party.segment(),
              party.byteOffset()));
    }
  }

  private static SubmissionOutcome outcome(
      String transactionSet,
      boolean fresh,
      List<AcknowledgementWriter.Answered> answered,
      AcknowledgementWriter.Row row,
      int claims) {
    UUID submission = answered.size() == 1 ? answered.get(0).id() : null;
    return new SubmissionOutcome(
        transactionSet,
        fresh ? SetOutcome.Outcome.LOADED : SetOutcome.Outcome.DUPLICATE,
        submission,
        claims,
        fresh ? AcknowledgementWriter.words(row, answered) : "It is there already.");
  }
}
