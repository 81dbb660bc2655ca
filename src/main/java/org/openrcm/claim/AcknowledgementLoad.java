package org.openrcm.claim;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
  private final AcknowledgementRows rows;
  private final TransactionTemplate transaction;
  private final List<SubmissionOutcome> outcomes = new ArrayList<>();

  private final List<SetAcknowledgement> sets = new ArrayList<>();
  private final List<ClaimEvents.Arrived> waiting = new ArrayList<>();
  private final Set<String> controls = new HashSet<>();
  private final List<PartyStatus> refusing = new ArrayList<>();
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
    this.rows = new AcknowledgementRows(clock);
    this.transaction = new TransactionTemplate(transactions);
  }

  /** The day on which the group or interchange that is read was made (GS04, ISA09). */
  public void sentOn(@Nullable LocalDate day) {
    rows.sentOn(day);
  }

  /** What came of each acknowledgement that was read so far, in the order of the file. */
  public List<SubmissionOutcome> outcomes() {
    return List.copyOf(outcomes);
  }

  @Override
  public void interchange(InterchangeAcknowledgement ta1) {
    AcknowledgementWriter.Row row = rows.of(ta1);
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
        waiting.add(rows.error(group, set, error, control));
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

  @Override
  public void end(GroupAcknowledgement group, GroupAcknowledgement.Result result) {
    List<AcknowledgementWriter.Row> all =
        sets.isEmpty()
            ? List.of(rows.of(group, result))
            : sets.stream().map(each -> rows.of(group, each)).toList();
    transaction.executeWithoutResult(status -> write(group, all));
  }

  private void write(GroupAcknowledgement group, List<AcknowledgementWriter.Row> all) {
    states.lock();
    boolean fresh = false;
    List<AcknowledgementWriter.Answered> submissions = new ArrayList<>();
    for (AcknowledgementWriter.Row row : all) {
      List<AcknowledgementWriter.Answered> answered = writer.answered(row);
      fresh |= writer.write(fileId, row, answered);
      submissions.addAll(answered);
    }
    flush();
    states.answered(AcknowledgementWriter.numbers(submissions));
    states.settle(controls);
    outcomes.add(outcome(group.source().set(), fresh, submissions, all.get(0), 0));
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
      waiting.add(rows.told(report, claim));
    }
    if (waiting.size() >= CLAIMS_AT_ONCE) {
      transaction.executeWithoutResult(status -> flush());
    }
  }

  @Override
  public void end(StatusReport report, Totals totals) {
    AcknowledgementWriter.Row row = rows.of(report, totals);
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
          outcomes.add(outcome(report.source().set(), fresh, answered, row, totals.claims()));
        });
  }

  /** The whole batch was refused, without a word on its claims. */
  private void refuse(StatusReport report, AcknowledgementWriter.Answered submission) {
    PartyStatus party = Objects.requireNonNull(refusing.get(0));
    for (String control : writer.controlNumbers(submission.number())) {
      waiting.add(rows.refused(report, party, submission, control));
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
