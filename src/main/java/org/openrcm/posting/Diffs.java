package org.openrcm.posting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Person;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimKey;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.NoSuchRemittance;
import org.openrcm.remittance.ProviderAdjustment;
import org.openrcm.remittance.Remittances;
import org.openrcm.remittance.StoredClaim;
import org.openrcm.remittance.StoredRemittance;
import org.openrcm.remittance.Wording;
import org.openrcm.web.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads what posting a check changes: worked out beforehand, so that it opens at once. */
@Component
class Diffs {
  private static final int ROWS = 50;
  private final JdbcClient sql;
  private final Remittances remittances;
  private final Planned.Reader plans;
  private final AuditTrail audit;

  Diffs(JdbcClient sql, Remittances remittances, Planned.Reader plans, AuditTrail audit) {
    this.sql = sql;
    this.remittances = remittances;
    this.plans = plans;
    this.audit = audit;
  }

  /** Which claims of a check to show. */
  enum Only {
    ALL("true"),
    EXCEPTIONS("outcome not in ('APPLIED', 'REVERSED')"),
    DENIALS("denied_cents + reduced_cents <> 0"),
    REVERSALS("p.paid_cents < 0");

    private final String where;

    Only(String where) {
      this.where = where;
    }

    /** The condition in SQL on a payment's posting, {@code p}. */
    String where() {
      return where;
    }

    static Only of(String text) {
      for (Only only : values()) {
        if (only.name().equalsIgnoreCase(text)) {
          return only;
        }
      }
      return ALL;
    }
  }

  /**
   * A check with the claims behind one of them, recorded as seen for each of their patients.
   *
   * @throws NoSuchRemittance when the practice has none of this id; on record
   */
  @Transactional
  Diff read(UUID id, int after, Only only) {
    StoredRemittance stored =
        remittances.find(id).orElseThrow(() -> NoSuchRemittance.denied(audit, id));
    Map<Integer, Planned> planned = plans.of(stored.number(), after, ROWS + 1, only);
    List<ClaimKey> keys =
        planned.keySet().stream()
            .sorted()
            .map(ordinal -> new ClaimKey(stored.number(), ordinal))
            .toList();
    Slice<StoredClaim> slice =
        Slice.of(remittances.claims(keys), ROWS, claim -> Integer.toString(claim.key().ordinal()));
    audit.record(
        Action.VIEW,
        Subject.of("Remittance", id),
        slice.rows().stream().map(StoredClaim::patientId).toList());
    Wording wording = Wording.of(stored.remittance());
    Map<Integer, Long> entries = entries(keys);
    LocalDate day = day(stored.number());
    List<Diff.Row> rows =
        slice.rows().stream()
            .map(
                claim ->
                    row(
                        claim,
                        Objects.requireNonNull(planned.get(claim.key().ordinal())),
                        stored.fileId(),
                        notes(claim.claim(), day, stored.fileId(), wording),
                        entries.get(claim.key().ordinal())))
            .toList();
    List<Diff.Apart> apart = apart(stored, wording);
    return sql.sql(
            """
            select p.*, m.mode, (select count(*) from remittance r
                join remittance_posting o on o.remittance_number = r.number
                where r.file_id = ? and o.state = 'POSTED') as of_file
            from remittance_posting p left join payer_mode m on m.payer = p.payer
            where p.remittance_number = ?
            """)
        .param(stored.fileId())
        .param(stored.number())
        .query(
            (row, index) ->
                new Diff(
                    stored,
                    Wording.name(stored.remittance().payer()),
                    day,
                    Diff.State.valueOf(row.getString("state")),
                    mode(row.getString("mode")),
                    note(row),
                    Money.ofCents(row.getLong("difference_cents")),
                    instant(row.getObject("posted_at", OffsetDateTime.class)),
                    row.getString("posted_by"),
                    sums(stored.number()),
                    apart,
                    new Slice<>(rows, slice.next()),
                    progress(stored.number()),
                    row.getInt("of_file")))
        .single();
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  static Mode mode(@Nullable String mode) {
    return mode == null ? Mode.REVIEW : Mode.valueOf(mode);
  }

  private static @Nullable String note(ResultSet row) throws SQLException {
    if (!row.getBoolean("postable")) {
      return Trouble.AMOUNT_TOO_LARGE.words();
    }
    if (!row.getBoolean("whole")) {
      return Trouble.INCOMPLETE.words() + " What is missing stays as unapplied credit.";
    }
    Money off = Money.ofCents(row.getLong("difference_cents"));
    if (!off.isZero()) {
      return "The payment is %s %s than claims and adjustments come to. Posted all the same, the"
              .formatted(off.isNegative() ? off.negated() : off, off.isNegative() ? "less" : "more")
          + " difference stays as unapplied credit.";
    }
    return row.getInt("unbalanced") == 0
        ? null
        : "Charge less adjustments is not what was paid at %d claims or lines."
            .formatted(row.getInt("unbalanced"));
  }

  private Diff.@Nullable Progress progress(long number) {
    return sql.sql("select done, total from posting_progress where remittance_number = ?")
        .param(number)
        .query(Diff.Progress.class)
        .optional()
        .orElse(null);
  }

  private static Money money(ResultSet row, String column) throws SQLException {
    return Money.ofCents(row.getLong(column));
  }

  private static Diff.Row row(
      StoredClaim stored, Planned planned, UUID file, List<Diff.Note> notes, @Nullable Long entry) {
    ClaimPayment claim = stored.claim();
    Person patient = claim.person("QC");
    return new Diff.Row(
        claim.ordinal(),
        claim.patientControlNumber(),
        patient == null ? "" : Wording.shortName(patient),
        claim.charged(),
        claim.paid(),
        planned.contractual(),
        planned.refused(),
        planned.patient(),
        planned.nextPayer(),
        planned.insuranceBefore(),
        planned.insuranceAfter(),
        planned.patientBefore(),
        planned.patientAfter(),
        trouble(planned.outcome()),
        claim.isReversal(),
        Settlement.Outcome.REVERSED.equals(planned.outcome()),
        planned.held(),
        planned.claimId(),
        notes,
        Wording.source(file, claim.byteOffset(), claim.segment()),
        entry);
  }

  private static @Nullable Trouble trouble(@Nullable String outcome) {
    return outcome == null
            || outcome.equals(Settlement.Outcome.APPLIED)
            || outcome.equals(Settlement.Outcome.REVERSED)
        ? null
        : Trouble.valueOf(outcome);
  }

  /** The adjustments that refuse something, in words. */
  private static List<Diff.Note> notes(
      ClaimPayment claim, LocalDate day, UUID file, Wording wording) {
    List<Diff.Note> notes = new ArrayList<>();
    List<Adjustment> all = new ArrayList<>(claim.adjustments());
    claim.lines().forEach(line -> all.addAll(line.adjustments()));
    for (Adjustment each : all) {
      Meaning meaning = Meaning.of(each, day);
      if (meaning == Meaning.DENIAL || meaning == Meaning.REDUCTION) {
        notes.add(
            new Diff.Note(
                each.group() + "-" + each.carc(),
                wording.adjustment(each),
                each.amount(),
                Wording.source(file, claim.byteOffset(), each.segment())));
      }
    }
    return notes;
  }

  private LocalDate day(long number) {
    return sql.sql("select day from remittance_posting where remittance_number = ?")
        .param(number)
        .query(LocalDate.class)
        .single();
  }

  /** The first entry of each of these claim payments. */
  private Map<Integer, Long> entries(List<ClaimKey> keys) {
    Map<Integer, Long> entries = new HashMap<>();
    sql.sql(
            """
            select e.source_place, min(e.number) as number
            from unnest(?::bigint[], ?::int[]) as k (number, place)
            join journal_entry e on e.source_number = k.number and e.source = 'PAYMENT'
              and e.source_place = k.place
            group by e.source_place
            """)
        .param(keys.stream().map(ClaimKey::remittanceNumber).toArray(Long[]::new))
        .param(keys.stream().map(ClaimKey::ordinal).toArray(Integer[]::new))
        .query(
            row -> {
              entries.put(row.getInt("source_place"), row.getLong("number"));
            });
    return entries;
  }

  private List<Diff.Apart> apart(StoredRemittance stored, Wording wording) {
    List<Diff.Apart> apart = new ArrayList<>();
    List<StoredClaim> first = remittances.claims(stored.number(), 0, 1);
    long start = first.isEmpty() ? 0 : first.get(0).claim().byteOffset();
    for (ProviderAdjustment each :
        remittances
            .adjustments(List.of(stored.number()))
            .getOrDefault(stored.number(), List.of())) {
      apart.add(
          new Diff.Apart(
              each.reason(),
              wording.providerAdjustment(each),
              each.amount().negated(),
              Wording.source(stored.fileId(), start, each.segment())));
    }
    return apart;
  }

  private Diff.Sums sums(long number) {
    return sql.sql(
            """
            select count(*) as claims,
              count(*) filter (where outcome in ('APPLIED', 'REVERSED')) as applied,
              count(*) filter (where outcome not in ('APPLIED', 'REVERSED')) as exceptional,
              count(*) filter (where denied_cents + reduced_cents <> 0) as denied,
              count(*) filter (where paid_cents < 0) as reversals,
              coalesce(sum(paid_cents), 0)::bigint as paid,
              coalesce(sum(contractual_cents), 0)::bigint as contractual,
              coalesce(sum(denied_cents + reduced_cents), 0)::bigint as refused,
              coalesce(sum(patient_cents), 0)::bigint as patient,
              coalesce(sum(next_payer_cents), 0)::bigint as next_payer,
              coalesce(sum(unapplied_cents), 0)::bigint as unapplied
            from payment_posting where remittance_number = ?
            """)
        .param(number)
        .query(
            (row, index) ->
                new Diff.Sums(
                    row.getLong("claims"),
                    row.getLong("applied"),
                    row.getLong("exceptional"),
                    row.getLong("denied"),
                    row.getLong("reversals"),
                    money(row, "paid"),
                    money(row, "contractual"),
                    money(row, "refused"),
                    money(row, "patient"),
                    money(row, "next_payer"),
                    money(row, "unapplied")))
        .single();
  }
}
