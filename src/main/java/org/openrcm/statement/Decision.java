package org.openrcm.statement;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Person;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.StoredClaim;

/**
 * What an insurer decided of a visit, or took back of what it had decided.
 *
 * @param standing whether it stands: it takes nothing back, and was not taken back
 * @param rank 1 is the primary insurer
 * @param day of the check
 * @param paid by the journal
 * @param eob id of the claim payment (the ExplanationOfBenefit of the same id)
 * @param share what it left to the patient: adjustments of group PR
 * @param plan CLP06: kind of plan, {@code MC} is Medicaid
 * @param remarks RARCs of the claim and its lines
 * @param member the patient's number with the insurer, or the subscriber's
 */
record Decision(
    boolean standing,
    int rank,
    String payer,
    LocalDate day,
    Money paid,
    UUID eob,
    Money share,
    @Nullable String plan,
    Set<String> remarks,
    @Nullable String member) {

  /**
   * Of a payment that is applied.
   *
   * @param reversed whether it was taken back since
   */
  static Decision of(
      StoredClaim stored, boolean reversed, int rank, Money paid, String payer, LocalDate day) {
    ClaimPayment claim = stored.claim();
    return new Decision(
        !reversed && !claim.isReversal(),
        rank,
        payer,
        day,
        paid,
        stored.id(),
        claim.adjustedToPatient(),
        claim.filingIndicator(),
        remarks(claim),
        member(claim));
  }

  private static Set<String> remarks(ClaimPayment claim) {
    Set<String> codes = new LinkedHashSet<>();
    if (claim.inpatient() != null) {
      codes.addAll(claim.inpatient().remarks());
    }
    if (claim.outpatient() != null) {
      codes.addAll(claim.outpatient().remarks());
    }
    claim.lines().stream()
        .flatMap(line -> line.remarks().stream())
        .filter(remark -> remark.list().equals("HE"))
        .forEach(remark -> codes.add(remark.code()));
    return codes;
  }

  private static @Nullable String member(ClaimPayment claim) {
    for (String role : List.of("QC", "IL")) {
      Person person = claim.person(role);
      if (person != null && person.id() != null) {
        return person.id();
      }
    }
    return null;
  }
}
