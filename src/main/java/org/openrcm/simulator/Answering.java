package org.openrcm.simulator;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.claim.Claim;
import org.openrcm.claim.ClaimHandler;
import org.openrcm.claim.Submission;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.x12.X12File;
import org.openrcm.x12.X12Writer;

/** The second reading of a file: each claim is acknowledged, decided and put on its checks. */
final class Answering implements ClaimHandler, Closeable {
  private static final LocalDate WITHOUT_A_DAY = LocalDate.of(2026, 6, 1);

  private final SimulatedPayer payer;
  private final X12File file;
  private final Checks checks;
  private final Survey survey;
  private final Acknowledging acknowledged;
  private final Runnable eachClaim;
  private final long seed;

  /** The claims that a later one corrects, by the payer's number, until it comes. */
  private final Map<String, Paid> originals = new LinkedHashMap<>();

  private int sets;
  private boolean rejected;
  private String set = "";
  private LocalDate received = WITHOUT_A_DAY;
  private @Nullable X12Writer statusFile;
  private @Nullable StatusWriter status;

  /** A claim that was decided, with what was written down of it. */
  private record Paid(Claim claim, Payer payer, Answer answer, Intended.Row row, LocalDate day) {}

  Answering(
      SimulatedPayer payer,
      X12File file,
      Checks checks,
      Survey survey,
      Acknowledging acknowledged,
      Runnable eachClaim) {
    this.payer = payer;
    this.file = file;
    this.checks = checks;
    this.survey = survey;
    this.acknowledged = acknowledged;
    this.eachClaim = eachClaim;
    this.seed = payer.settings().seed();
  }

  @Override
  public void start(Submission submission) {
    LocalDate asked = payer.settings().date();
    LocalDate sent = submission.date();
    received = asked != null ? asked : sent == null ? WITHOUT_A_DAY : sent;
    set = Acknowledging.set(submission);
    int ordinal = sets++;
    rejected = !acknowledged.accepts(submission);
    StatusWriter.Totals totals = survey.totals(ordinal);
    if (!rejected && totals.accepted() + totals.rejected() > 0) {
      beginStatus(submission, ordinal, totals);
    }
  }

  private void beginStatus(Submission submission, int ordinal, StatusWriter.Totals totals) {
    LocalDate day = received.plusDays(1);
    LocalDateTime at = day.atTime(5, 30);
    long control = 1L + Dice.of(seed, "status", set, ordinal).below(999_999_999);
    try {
      X12Writer out =
          new X12Writer(new BufferedOutputStream(payer.files().open(day, file.name() + ".277")));
      String from = sender(submission);
      String to = submission.source().sender();
      out.beginInterchange(
          new X12Writer.Interchange("ZZ", from, "ZZ", to, at, control, false, "P"));
      out.beginGroup("HN", from, to.isEmpty() ? "SUBMITTER" : to, at, control, StatusWriter.GUIDE);
      out.beginSet("277", "0001", StatusWriter.GUIDE);
      StatusWriter writer = new StatusWriter(out, submission, received, day);
      writer.begin(totals, at, "CA%09d".formatted(control));
      statusFile = out;
      status = writer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sender(Submission submission) {
    String id = submission.receiver() == null ? null : submission.receiver().person().id();
    return Payer.plain(id == null ? "CLAIMDESK" : id);
  }

  @Override
  public void claim(Submission submission, Claim claim) {
    Payer its = payerOf(claim);
    String number = Payer.claimNumber(its.id(), claim.patientControlNumber());
    if (rejected) {
      unanswered(claim, its, Scenario.SET_REJECTED, ClaimState.REJECTED_BY_999, "");
    } else if (payer.choice().rejects(claim)) {
      acknowledge(claim, Refusals.rejection(seed, claim), number);
      unanswered(claim, its, Scenario.CLAIM_REJECTED, ClaimState.REJECTED_BY_277CA, "");
    } else {
      acknowledge(claim, null, number);
      decide(claim, its, number);
    }
    eachClaim.run();
  }

  private static Payer payerOf(Claim claim) {
    String id = claim.subscriber().payer().person().id();
    String name = claim.subscriber().payer().person().lastName();
    String known = id == null ? name == null ? "UNKNOWN" : name : id;
    return Payer.of(known, name == null ? known : name);
  }

  private void acknowledge(Claim claim, Refusals.@Nullable Rejection rejection, String number) {
    StatusWriter writer = status;
    if (writer != null) {
      writer.claim(claim, rejection, number);
    }
  }

  private void unanswered(
      Claim claim, Payer its, Scenario scenario, ClaimState state, String number) {
    Decision none = new Decision(scenario, state, List.of(), List.of());
    payer.intend(row(claim, its, none, claim.patientControlNumber(), number));
  }

  private Intended.Row row(
      Claim claim, Payer its, Decision decision, String answeredAs, String number) {
    return new Intended.Row(
        claim.patientControlNumber(),
        answeredAs,
        set,
        decision.scenario(),
        decision.state(),
        its.id(),
        number,
        claim.charged(),
        decision.paid(),
        decision.interest(),
        decision.takenBack(),
        decision.patientOwes());
  }

  private void decide(Claim claim, Payer its, String number) {
    boolean isCorrected = survey.isCorrected(number);
    Scenario asked = payer.choice().of(claim, isCorrected);
    if (asked == Scenario.REPLACED || asked == Scenario.VOIDED) {
      String prior = claim.priorClaimNumber();
      Paid original = prior == null ? null : originals.remove(prior);
      if (original != null) {
        correct(claim, its, number, original, asked);
        return;
      }
      asked = Scenario.NO_ORIGINAL;
    }
    Decision decision = payer.adjudicator().decide(claim, its, asked);
    for (Answer answer : decision.answers()) {
      pay(claim, its, answer, Checks.payday(its, received, answer.week()));
    }
    for (Decision.TakeBack takeBack : decision.takeBacks()) {
      LocalDate day = Checks.payday(its, received, takeBack.week());
      checks.adjust(claim, its, day, "WO", takeBack.reference(), takeBack.amount());
    }
    Intended.Row row = row(claim, its, decision, claim.patientControlNumber(), number);
    if (isCorrected && decision.answers().size() == 1) {
      LocalDate day = Checks.payday(its, received, 0);
      originals.put(number, new Paid(claim, its, decision.answers().get(0), row, day));
    } else {
      payer.intend(row);
    }
    if (decision.scenario() == Scenario.UNKNOWN_CLAIM) {
      stranger(claim, its);
    }
  }

  private void pay(Claim claim, Payer its, Answer answer, LocalDate day) {
    ClaimPayment payment = PaymentMaker.payment(claim, answer, received);
    checks.pay(claim, its, day, payment, answer.alone());
    if (!answer.interest().isZero()) {
      checks.adjust(claim, its, day, "L6", answer.number(), answer.interest().negated());
    }
  }

  /** The original is taken back; what replaces it is paid under the original's number. */
  private void correct(Claim claim, Payer its, String number, Paid original, Scenario asked) {
    LocalDate day = Checks.payday(its, received, 1);
    LocalDate later = day.isBefore(original.day()) ? original.day() : day;
    Answer reversal = original.answer().reversal(1);
    pay(original.claim(), original.payer(), reversal, later);
    boolean replaced = asked == Scenario.REPLACED;
    payer.intend(original.row().undone(replaced ? ClaimState.REPLACED : ClaimState.VOIDED));
    Decision decision = payer.adjudicator().decide(claim, its, asked);
    String first = original.answer().answers();
    for (Answer answer : decision.answers()) {
      pay(claim, its, answer.underNumber(first, original.answer().number()), later);
    }
    payer.intend(
        row(claim, its, decision, replaced ? first : claim.patientControlNumber(), number));
  }

  /** A claim that nobody sent, on the same check. */
  private void stranger(Claim claim, Payer its) {
    Dice dice = Dice.of(seed, "stranger", claim.patientControlNumber());
    String number = "ZZ" + dice.digits(8);
    Money charged = Money.ofCents(100L * dice.between(60, 400));
    Money allowed = Money.ofCents(its.allowed(charged.cents(), "STRANGER"));
    Ruling ruling =
        Ruling.of(
            null,
            charged,
            allowed,
            List.of(Ruling.adjustment("CO", "45", charged.minus(allowed).cents())),
            List.of());
    Answer answer = Answer.of(0, number, Payer.claimNumber(its.id(), number), "1", List.of(ruling));
    ClaimPayment payment = PaymentMaker.stranger(claim, answer, received, dice);
    checks.pay(claim, its, Checks.payday(its, received, 0), payment, false);
    payer.intend(
        new Intended.Row(
            number,
            number,
            "",
            Scenario.UNKNOWN_CLAIM,
            ClaimState.UNKNOWN,
            its.id(),
            answer.number(),
            charged,
            allowed,
            Money.ZERO,
            Money.ZERO,
            Money.ZERO));
  }

  @Override
  public void end(Submission submission, Totals totals) {
    X12Writer out = statusFile;
    statusFile = null;
    status = null;
    if (out == null) {
      return;
    }
    out.endSet();
    out.endGroup();
    out.endInterchange();
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes down the claims whose correction never came. */
  @Override
  public void close() throws IOException {
    X12Writer out = statusFile;
    if (out != null) {
      out.close();
    }
    originals.values().forEach(paid -> payer.intend(paid.row()));
    originals.clear();
  }
}
