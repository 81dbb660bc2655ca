package org.openrcm.claim;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A claim as its page shows it.
 *
 * @param first the first day of its services, null when it tells none
 * @param last the last day, null when it is the first
 * @param lines with what payers decided about each
 * @param whole what payers decided about the claim, and not about a line of it
 * @param payments checks that speak of it, the earliest first
 * @param timeline what happened, the latest first
 * @param related claims that it replaces or voids, that do so to it, or that share its number
 * @param source where its CLM is in the file
 */
record ClaimPage(
    StoredBill bill,
    String patient,
    @Nullable String payer,
    String provider,
    @Nullable LocalDate first,
    @Nullable LocalDate last,
    List<Line> lines,
    List<Answer> whole,
    List<Payment> payments,
    List<Moment> timeline,
    List<Related> related,
    String source) {

  /** A service line as billed. */
  record Line(
      String number,
      String service,
      @Nullable LocalDate day,
      Money charged,
      List<Answer> answers,
      String source) {}

  /**
   * What one check says of a line, or of the claim.
   *
   * @param remittance of the check, as its page's address has it
   * @param trace the check's number
   */
  record Answer(
      UUID remittance,
      String trace,
      Money paid,
      @Nullable Money toPatient,
      List<Reason> reasons,
      String source) {}

  /** Why something was not paid as billed. */
  record Reason(String code, @Nullable Money amount, @Nullable String words) {}

  /** A check that speaks of the claim. */
  record Payment(
      UUID remittance,
      String trace,
      @Nullable LocalDate day,
      String status,
      Money paid,
      UUID claimPayment,
      int ordinal) {

    /** The page of its check, at the claim. */
    public String address() {
      return "/remittances/%s?after=%d#claim-%d".formatted(remittance, ordinal - 1, ordinal);
    }
  }

  /**
   * Something that happened.
   *
   * @param set the transaction set that tells of it, such as {@code 277CA}
   * @param source where it stands in its file; null when that is not known
   */
  record Moment(
      LocalDate day,
      String set,
      String label,
      String meaning,
      @Nullable String code,
      @Nullable String words,
      @Nullable Money amount,
      String file,
      @Nullable String source) {}

  /** A claim that belongs with this one. */
  record Related(
      UUID id, String control, String how, ClaimState state, long chargedCents, LocalDate sent) {}

  public Claim claim() {
    return bill.claim();
  }

  public ClaimState state() {
    return bill.state();
  }

  /** What kind of bill it is, in words. */
  public String kind() {
    String kind =
        switch (bill.submission().kind()) {
          case PROFESSIONAL -> "Professional claim";
          case INSTITUTIONAL -> "Institutional claim";
          case DENTAL -> "Dental claim";
        };
    return claim().isReplacement()
        ? kind + ", replaces another"
        : claim().isVoid()
            ? kind + ", voids another"
            : claim().isPredetermination() ? kind + ", asks what would be paid" : kind;
  }

  /** The address of a segment's place in a file; the segment is not before the byte. */
  static String source(UUID file, long byteOffset, long segment) {
    return "/files/%s/raw?at=%d&segment=%d#s%d"
        .formatted(file, Math.max(0, byteOffset), segment, segment);
  }

  /** Reads claims for their pages. */
  @Component
  static class Reader {
    private final Claims claims;
    private final ClaimAnswers answers;
    private final ClaimTimeline timeline;
    private final JdbcClient sql;
    private final AuditTrail audit;

    Reader(
        Claims claims,
        ClaimAnswers answers,
        ClaimTimeline timeline,
        JdbcClient sql,
        AuditTrail audit) {
      this.claims = claims;
      this.answers = answers;
      this.timeline = timeline;
      this.sql = sql;
      this.audit = audit;
    }

    /**
     * A claim, recorded as seen.
     *
     * @throws NoSuchClaim when the practice has none of this id; on record
     */
    @Transactional
    public ClaimPage read(UUID id) {
      StoredBill bill = claims.find(id).orElseThrow(() -> NoSuchClaim.denied(audit, id));
      audit.record(Action.VIEW, Subject.of(Claims.SUBJECT, id), List.of(bill.patientId()));
      Claim claim = bill.claim();
      List<ClaimEvent> events = timeline.events(bill.number());
      ClaimAnswers.Found found = answers.of(bill, events);
      ClaimRows.Days days = ClaimRows.Days.of(claim);
      return new ClaimPage(
          bill,
          ClaimRows.name(claim.treated().person()),
          claim.subscriber().payer().person().lastName(),
          ClaimRows.name(claim.billing().provider().person()),
          days.first(),
          days.last() == null || days.last().equals(days.first()) ? null : days.last(),
          found.lines(),
          found.whole(),
          found.payments(),
          timeline.of(bill, events),
          related(bill),
          source(bill.fileId(), claim.byteOffset(), claim.segment()));
    }

    private List<Related> related(StoredBill bill) {
      Claim claim = bill.claim();
      String prior = claim.priorClaimNumber();
      return sql.sql(
              """
              select id, patient_control_number, frequency, state, charged_cents,
                coalesce(submitted_on, state_since) as sent,
                case when payer_claim_number = :prior then 'prior'
                  when prior_claim_number = :payer then 'successor' else 'same' end as how
              from claim where number <> :number and number in (
                select number from claim where patient_control_number = :control
                union select number from claim where payer_claim_number = :prior
                union select number from claim where prior_claim_number = :payer)
              order by number limit 50
              """)
          .param("number", bill.number())
          .param("control", claim.patientControlNumber())
          .param("prior", prior)
          .param("payer", bill.payerClaimNumber())
          .query(
              (row, index) ->
                  new Related(
                      Claims.uuid(row, "id"),
                      row.getString("patient_control_number"),
                      how(row.getString("how"), row.getString("frequency"), claim),
                      ClaimState.valueOf(row.getString("state")),
                      row.getLong("charged_cents"),
                      row.getObject("sent", LocalDate.class)))
          .list();
    }

    private static String how(String link, @Nullable String frequency, Claim claim) {
      return switch (link) {
        case "prior" -> claim.isVoid() ? "Voided by this one" : "Replaced by this one";
        case "successor" -> "8".equals(frequency) ? "Voids this one" : "Replaces this one";
        default -> "Has the same number";
      };
    }
  }
}
