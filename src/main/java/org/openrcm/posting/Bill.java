package org.openrcm.posting;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Procedure;
import org.openrcm.claim.Claim;
import org.openrcm.claim.OtherCoverage;
import org.openrcm.claim.Period;
import org.openrcm.claim.ServiceLine;
import org.openrcm.claim.StoredBill;
import org.openrcm.money.Money;

/**
 * A claim as posting needs it.
 *
 * @param rank of the payer billed, from SBR01: 1 primary, 2 secondary ...
 * @param takenOver another claim took its place, or took it back
 * @param charging whether it may carry charges at all: no void request, no estimate
 * @param selfPay no insurer pays for it (SBR09 09 and no other coverage): it is the patient's
 * @param others ranks of the other coverages that it names (2320)
 * @param day of its first service; of sending where it tells none
 */
record Bill(
    long number,
    UUID id,
    String control,
    int rank,
    boolean takenOver,
    boolean charging,
    boolean refused,
    LocalDate sent,
    LocalDate day,
    Money charged,
    List<BilledLine> lines,
    boolean selfPay,
    Set<Integer> others,
    @Nullable String memberId,
    @Nullable String lastName,
    long segment) {

  /** The code of what is charged to a patient without insurance. */
  static final String SELF_PAY = "SELF";

  private static final String RANKS = "PSTABCDEFGH";

  /** A claim that is sent later goes before one that is sent earlier. */
  static final Comparator<Bill> BY_SENDING =
      Comparator.comparing(Bill::sent).thenComparing(Bill::id);

  /**
   * A service as billed.
   *
   * @param number LX01
   * @param control REF*6R
   * @param segment of its charge
   */
  record BilledLine(
      int number,
      @Nullable Procedure procedure,
      @Nullable String revenueCode,
      Money charged,
      @Nullable String control,
      @Nullable LocalDate day,
      long segment) {}

  static Bill of(StoredBill stored) {
    Claim claim = stored.claim();
    List<BilledLine> lines = new ArrayList<>(claim.lines().size());
    LocalDate day = null;
    for (int i = 0; i < claim.lines().size(); i++) {
      BilledLine line = line(claim.lines().get(i), i + 1);
      lines.add(line);
      if (line.day() != null && (day == null || line.day().isBefore(day))) {
        day = line.day();
      }
    }
    LocalDate sent = stored.submission().date();
    if (sent == null) {
      sent = stored.loadedAt().atZone(java.time.ZoneOffset.UTC).toLocalDate();
    }
    if (day == null) {
      Period statement = claim.period("434");
      day = statement == null || statement.start() == null ? sent : statement.start();
    }
    Set<Integer> others = new TreeSet<>();
    for (OtherCoverage other : claim.otherCoverages()) {
      others.add(rank(other.membership().sequence()));
    }
    return new Bill(
        stored.number(),
        stored.id(),
        claim.patientControlNumber(),
        rank(claim.subscriber().membership().sequence()),
        stored.state().isTakenOver(),
        !claim.isVoid() && !claim.isPredetermination(),
        stored.state().isRefused(),
        sent,
        day,
        claim.charged(),
        lines,
        others.isEmpty() && "09".equals(claim.subscriber().membership().filingIndicator()),
        others,
        claim.subscriber().person().person().id(),
        claim.treated().person().lastName(),
        claim.segment());
  }

  private static BilledLine line(ServiceLine line, int place) {
    Period service = line.period("472");
    return new BilledLine(
        number(line.number(), place),
        line.procedure(),
        line.revenueCode(),
        line.charged(),
        line.controlNumber(),
        service == null ? null : service.start(),
        // SV1, SV2 or SV3, with the charge, comes right behind LX
        line.segment() + 1);
  }

  private static int number(String lx, int place) {
    return lx.matches("[0-9]{1,6}") ? Integer.parseInt(lx) : place;
  }

  /** SBR01: P, S, T, then A to H; what says nothing is the primary. */
  static int rank(@Nullable String sequence) {
    int at = sequence == null || sequence.length() != 1 ? -1 : RANKS.indexOf(sequence.charAt(0));
    return at < 0 ? 1 : at + 1;
  }

  boolean mayCarry() {
    return charging && !takenOver;
  }
}
