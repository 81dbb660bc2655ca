package org.openrcm.remittance;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.money.Money;
import org.openrcm.web.Slice;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A check as its page shows it, with a part of its claims.
 *
 * @param method how it is paid, in words
 * @param off what the payment is more than claims and adjustments come to; null when that cannot be
 *     told
 * @param provider money apart from claims, each with the amount by which it changes the payment
 * @param source where its first segments are in the file
 */
record PaperCheck(
    StoredRemittance stored,
    String payer,
    String payerAddress,
    String payee,
    @Nullable LocalDate day,
    String method,
    @Nullable Money off,
    Slice<PaperClaim> claims,
    List<PaperClaim.Note> provider,
    String source) {

  public Remittance remittance() {
    return stored.remittance();
  }

  public RemittanceHandler.Totals totals() {
    return stored.totals();
  }

  /** How the sums are, in a word. */
  public String balance() {
    return off == null ? "In part" : off.isZero() ? "Balanced" : "Off by " + off;
  }

  /** {@code good}, {@code wrong} or {@code attention}. */
  public String tone() {
    return off == null ? "attention" : off.isZero() ? "good" : "wrong";
  }

  /** How the sums are, in a sentence. */
  public String sentence() {
    if (totals().unread() > 0) {
      return "%d of its claims or adjustments could not be read. The sums are not the whole."
          .formatted(totals().unread());
    }
    if (remittance().payment().amount() == null) {
      return "The payment's amount cannot be read.";
    }
    if (off == null) {
      return "The file ends before the check does. The sums are not the whole.";
    }
    return off.isZero()
        ? "The payment is what the claims and adjustments come to."
        : "The payment is not what the claims and adjustments come to.";
  }

  /** Reads checks for their pages. */
  @Component
  static class Reader {
    private static final int CLAIMS = 50;

    private final Remittances remittances;
    private final AuditTrail audit;

    Reader(Remittances remittances, AuditTrail audit) {
      this.remittances = remittances;
      this.audit = audit;
    }

    /**
     * A check with the claims after one of them, recorded as seen for each of their patients.
     *
     * @throws NoSuchRemittance when the practice has none of this id; on record
     */
    @Transactional
    public PaperCheck read(UUID id, int after) {
      StoredRemittance stored =
          remittances.find(id).orElseThrow(() -> NoSuchRemittance.denied(audit, id));
      List<StoredClaim> claims = remittances.claims(stored.number(), after, CLAIMS + 1);
      Slice<StoredClaim> slice =
          Slice.of(claims, CLAIMS, claim -> Integer.toString(claim.key().ordinal()));
      audit.record(
          Action.VIEW,
          Subject.of("Remittance", id),
          slice.rows().stream().map(StoredClaim::patientId).toList());
      return paper(stored, slice);
    }

    private PaperCheck paper(StoredRemittance stored, Slice<StoredClaim> claims) {
      Remittance remittance = stored.remittance();
      Wording wording = Wording.of(remittance);
      UUID file = stored.fileId();
      List<StoredClaim> first = remittances.claims(stored.number(), 0, 1);
      long start = first.isEmpty() ? 0 : first.get(0).claim().byteOffset();
      List<PaperClaim.Note> provider =
          remittances
              .adjustments(List.of(stored.number()))
              .getOrDefault(stored.number(), List.of())
              .stream()
              .map(
                  adjustment ->
                      new PaperClaim.Note(
                          adjustment.reason(),
                          adjustment.amount().negated(),
                          wording.providerAdjustment(adjustment),
                          Wording.source(file, start, adjustment.segment())))
              .toList();
      return new PaperCheck(
          stored,
          Wording.name(remittance.payer()),
          Wording.address(remittance.payer()),
          Wording.name(remittance.payee()) + Wording.number(remittance.payee()),
          Wording.day(remittance),
          wording.method(remittance.payment().method()),
          stored.difference(),
          new Slice<>(
              claims.rows().stream().map(claim -> PaperClaim.of(claim, file, wording)).toList(),
              claims.next()),
          provider,
          "/files/%s/raw?at=%d".formatted(file, Math.max(0, start)));
    }
  }
}
