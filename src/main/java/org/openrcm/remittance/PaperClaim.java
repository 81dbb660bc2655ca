package org.openrcm.remittance;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Dated;
import org.openrcm.billing.Person;
import org.openrcm.billing.Procedure;
import org.openrcm.money.Money;

/**
 * A claim as the page of its check shows it.
 *
 * @param others other payers, in words
 * @param notes adjustments and remarks on the claim as a whole
 * @param source where its CLP is in the file
 */
record PaperClaim(
    int ordinal,
    String control,
    String patient,
    @Nullable String payerNumber,
    String status,
    @Nullable String drg,
    @Nullable LocalDate first,
    @Nullable LocalDate last,
    List<String> others,
    List<Line> lines,
    List<Note> notes,
    Money charged,
    Money paid,
    Money toPatient,
    boolean reversal,
    String source) {

  private static final int WHOLE = 1000;

  /** A service line. */
  record Line(
      String service,
      @Nullable LocalDate day,
      @Nullable String billedAs,
      Money charged,
      Money paid,
      Money toPatient,
      List<Note> notes,
      String source) {}

  /** A code and what it means; remarks have no amount and no segment of their own. */
  record Note(
      String code, @Nullable Money amount, @Nullable String words, @Nullable String source) {}

  static PaperClaim of(StoredClaim stored, UUID file, Wording wording) {
    ClaimPayment claim = stored.claim();
    Person patient = claim.person("QC");
    List<Note> notes = new ArrayList<>(adjustments(claim.adjustments(), claim, file, wording));
    remarks(claim.inpatient(), wording, notes);
    remarks(claim.outpatient(), wording, notes);
    LocalDate last = date(claim, "233");
    LocalDate first = date(claim, "232");
    return new PaperClaim(
        claim.ordinal(),
        claim.patientControlNumber(),
        patient == null ? "" : Wording.name(patient),
        claim.payerClaimControlNumber(),
        wording.status(claim),
        claim.drg(),
        first,
        last == null || last.equals(first) ? null : last,
        others(claim),
        claim.lines().stream().map(line -> line(line, claim, file, wording)).toList(),
        notes,
        claim.charged(),
        claim.paid(),
        claim.adjustedToPatient(),
        claim.isReversal(),
        Wording.source(file, claim.byteOffset(), claim.segment()));
  }

  private static Line line(ServicePayment line, ClaimPayment claim, UUID file, Wording wording) {
    List<Note> notes = new ArrayList<>(adjustments(line.adjustments(), claim, file, wording));
    for (ServicePayment.Remark remark : line.remarks()) {
      notes.add(new Note(remark.code(), null, wording.remark(remark), null));
    }
    Procedure billed = line.submittedProcedure();
    return new Line(
        Wording.service(line),
        line.dates().isEmpty() ? null : line.dates().get(0).date(),
        billed == null ? null : billed.code(),
        line.charged(),
        line.paid(),
        Wording.toPatient(line.adjustments()),
        notes,
        Wording.source(file, claim.byteOffset(), line.segment()));
  }

  private static List<Note> adjustments(
      List<Adjustment> adjustments, ClaimPayment claim, UUID file, Wording wording) {
    return adjustments.stream()
        .map(
            adjustment ->
                new Note(
                    adjustment.group() + "-" + adjustment.carc(),
                    adjustment.amount(),
                    wording.adjustment(adjustment),
                    Wording.source(file, claim.byteOffset(), adjustment.segment())))
        .toList();
  }

  private static void remarks(@Nullable Outcome outcome, Wording wording, List<Note> into) {
    if (outcome != null) {
      outcome.remarks().forEach(code -> into.add(new Note(code, null, wording.remark(code), null)));
    }
  }

  private static List<String> others(ClaimPayment claim) {
    List<String> others = new ArrayList<>(2);
    Person next = claim.person("TT");
    if (next != null && next.lastName() != null) {
      others.add("Sent on to " + next.lastName());
    }
    Person before = claim.person("PR");
    if (before != null && before.lastName() != null) {
      others.add("Another payer comes first: " + before.lastName());
    }
    return others;
  }

  private static @Nullable LocalDate date(ClaimPayment claim, String qualifier) {
    return claim.dates().stream()
        .filter(dated -> dated.qualifier().equals(qualifier))
        .map(Dated::date)
        .findFirst()
        .orElse(null);
  }

  /** What neither the insurer paid nor the patient owes. */
  public Money discount() {
    return charged.minus(paid).minus(toPatient);
  }

  /** Whether the three shares can be drawn as parts of the charge. */
  public boolean isDivisible() {
    return charged.cents() > 0
        && !paid.isNegative()
        && !toPatient.isNegative()
        && !discount().isNegative();
  }

  /** The insurer's share of the charge in thousandths. */
  public int paidShare() {
    return share(paid.cents());
  }

  /** The insurer's and the patient's share of the charge in thousandths. */
  public int owedShare() {
    return share(paid.cents() + toPatient.cents());
  }

  private int share(long cents) {
    return (int) Math.min(WHOLE, cents * WHOLE / Math.max(1, charged.cents()));
  }
}
