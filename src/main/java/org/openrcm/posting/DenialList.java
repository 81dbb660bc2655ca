package org.openrcm.posting;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.billing.CodeList;
import org.openrcm.remittance.ClaimKey;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Outcome;
import org.openrcm.remittance.Remittances;
import org.openrcm.remittance.ServicePayment;
import org.openrcm.remittance.StoredClaim;
import org.openrcm.web.Chart;
import org.openrcm.web.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lists denials and payers' own reductions as the journal has them, on record for each patient who
 * is shown. All of them together are what the two accounts come to; those that were written off,
 * what a third does.
 */
@Component
class DenialList {
  static final String SUBJECT = "Denial";

  private static final int AT_ONCE = 1000;
  private static final int SUMS = 500;
  private static final int BARS = 10;
  private static final CodeList REMARKS = CodeList.load("remittance-advice-remark");

  /**
   * What documents have on the accounts: what was undone has come to nothing. A decision that was
   * taken back stands on them twice, once with each sign, and neither is a denial.
   */
  private static final String FOUND =
      """
      with net as (
        select l.account, e.source_number as remittance, e.source_place as ordinal,
          l.claim_number, l.service_line, l.code, l.segment,
          sum(l.amount_cents)::bigint as cents, max(array[l.entry, l.line::bigint]) as last
        from journal_line l join journal_entry e on e.number = l.entry
        where l.account in %s and e.source = 'PAYMENT'%s
        group by 1, 2, 3, 4, 5, 6, 7 having sum(l.amount_cents) <> 0
      ), told as (
        select n.*, p.outcome = 'REVERSED' as taken_back, cp.status = '22' as reversal,
          cp.byte_offset, cp.filing_indicator, sum(n.cents) over (
            partition by n.remittance, n.ordinal, n.claim_number, n.account, n.code) as all_cents
        from net n
        join claim_payment cp on cp.remittance_number = n.remittance and cp.ordinal = n.ordinal
        left join payment_posting p
          on p.remittance_number = n.remittance and p.ordinal = n.ordinal
      ), found as (
        select cp.account, cp.last[1] as entry, cp.last[2]::int as line, cp.cents, cp.code,
          cp.remittance, cp.ordinal, cp.reversal, cp.claim_number, cp.service_line, q.payer,
          r.payer_name, r.id as check, r.trace_number as trace, q.day as decided,
          w.until as deadline, r.file_id as file, cp.byte_offset, cp.segment
        from told cp
        join remittance r on r.number = cp.remittance
        join remittance_posting q on q.remittance_number = cp.remittance
        %s
        where cp.taken_back is not true and not (cp.reversal and exists (
          select from told o where o.taken_back and o.claim_number = cp.claim_number
            and o.account = cp.account and o.code = cp.code and o.all_cents = -cp.all_cents))
      )
      """;

  private static final String ITEMS =
      """
      select f.*, c.id as claim, c.patient_control_number as control, c.patient_id,
        c.patient_name as patient, c.service_from as service, w.written_off_by,
        (w.written_off_at at time zone :zone)::date as written_off_on, w.note
      from found f join claim c on c.number = f.claim_number
      left join denial_write_off w on f.account = 'DENIAL_WRITE_OFF'
        and w.remittance_number = f.remittance and w.ordinal = f.ordinal
        and w.claim_number = f.claim_number and w.segment = f.segment and w.code = f.code
      """;

  private final JdbcClient sql;
  private final Remittances remittances;
  private final AuditTrail audit;
  private final Clock clock;

  DenialList(JdbcClient sql, Remittances remittances, AuditTrail audit, Clock clock) {
    this.sql = sql;
    this.remittances = remittances;
    this.audit = audit;
    this.clock = clock;
  }

  /** How many there are and what they come to. */
  record Total(long count, long cents) {}

  /**
   * What denials of a reason and a payer come to.
   *
   * @param due the next deadline that has not passed; null when all have
   * @param passed how many can be appealed no more
   */
  record Sum(
      String code,
      String payer,
      @Nullable String payerName,
      String account,
      long count,
      long cents,
      @Nullable LocalDate due,
      long passed) {

    public String kind() {
      return Denial.kind(account);
    }

    public String words() {
      return Denial.words(code, null);
    }

    public String nextStep() {
      return Denial.step(Denial.carc(code), null);
    }
  }

  /** Sums, the most money first, and a chart of them by reason; null when there are none. */
  record Summary(List<Sum> sums, Total total, @Nullable Chart bars, LocalDate today) {

    public String left(LocalDate due) {
      return Denial.left(due.toEpochDay() - today.toEpochDay());
    }

    public String meaning(LocalDate due) {
      return Denial.meaning(due.toEpochDay() - today.toEpochDay());
    }
  }

  /** Denials that were found; {@code total} is of all of them. */
  record Found(Slice<Denial.Shown> rows, Total total) {}

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
  }

  private static String found(DenialFilter filter, Map<String, Object> values) {
    values.putAll(AppealDeadlines.values());
    boolean ofCode = !filter.code().isEmpty();
    if (ofCode) {
      values.put("code", filter.code());
    }
    return FOUND.formatted(
        filter.accounts(), ofCode ? " and l.code = :code" : "", AppealDeadlines.JOIN);
  }

  /** What the denials come to by reason and payer; {@code sent} is the search for the record. */
  @Transactional
  public Summary summary(DenialFilter filter, String sent) {
    audit.record(Action.QUERY, Subject.search(SUBJECT, sent));
    return summary(filter);
  }

  private Summary summary(DenialFilter filter) {
    LocalDate today = today();
    Map<String, Object> values = new HashMap<>();
    String found = found(filter, values) + "%s" + filter.where(values, today);
    values.put("today", today);
    values.put("limit", SUMS);
    List<Sum> sums =
        sql.sql(
                found.formatted(
                        """
                        select code, payer, max(payer_name) as payer_name,
                          account, count(*) as count,
                          sum(cents)::bigint as cents,
                          min(deadline) filter (where deadline >= :today) as due,
                          count(*) filter (where deadline < :today) as passed from found
                        """)
                    + " group by code, payer, account order by sum(cents) desc, code, payer"
                    + " limit :limit")
            .params(values)
            .query(Sum.class)
            .list();
    return new Summary(
        sums, total(found, values), filter.isOfWrittenOff() ? null : bars(sums), today);
  }

  private Total total(String found, Map<String, Object> values) {
    return sql.sql(
            found.formatted(
                "select count(*) as count, coalesce(sum(cents), 0)::bigint as cents from found "))
        .params(values)
        .query(Total.class)
        .single();
  }

  /** Of the reasons with the most money. */
  private static @Nullable Chart bars(List<Sum> sums) {
    Map<String, long[]> reasons = new LinkedHashMap<>();
    for (Sum sum : sums) {
      int series = sum.account().equals("PAYER_REDUCTION") ? 1 : 0;
      reasons.computeIfAbsent(sum.code(), code -> new long[2])[series] += sum.cents();
    }
    List<String> most =
        reasons.entrySet().stream()
            .sorted((a, b) -> Long.compare(all(b.getValue()), all(a.getValue())))
            .limit(BARS)
            .map(Map.Entry::getKey)
            .toList();
    return most.isEmpty()
        ? null
        : new Chart(
            true,
            most,
            List.of(
                new Chart.Series("Denied", "wrong", values(reasons, most, 0)),
                new Chart.Series("Reduced by payer", "attention", values(reasons, most, 1))));
  }

  private static long all(long[] cents) {
    return Math.addExact(cents[0], cents[1]);
  }

  private static List<Long> values(Map<String, long[]> reasons, List<String> labels, int at) {
    return labels.stream().map(code -> reasons.getOrDefault(code, new long[2])[at]).toList();
  }

  /** A part of the denials that the filter finds. */
  @Transactional
  public Found items(DenialFilter filter, String sent, int limit) {
    Map<String, Object> values = new HashMap<>();
    String found = found(filter, values) + "%s" + filter.where(values, today());
    Map<String, Object> all = Map.copyOf(values);
    List<Denial> rows = rows(found + filter.beyond(values), filter, values, limit + 1);
    Slice<Denial> slice = Slice.of(rows, limit, filter::key);
    audit.record(Action.QUERY, Subject.search(SUBJECT, sent), patients(slice.rows()));
    return new Found(new Slice<>(shown(slice.rows()), slice.next()), total(found, all));
  }

  private List<Denial> rows(
      String found, DenialFilter filter, Map<String, Object> values, @Nullable Integer limit) {
    values.put("limit", limit == null ? Integer.MAX_VALUE : limit);
    values.put("zone", ZoneId.systemDefault().getId());
    return sql.sql(found.formatted(ITEMS) + filter.order() + " limit :limit")
        .params(values)
        .query(Denial.class)
        .list();
  }

  private static Set<UUID> patients(List<Denial> rows) {
    Set<UUID> patients = new HashSet<>();
    rows.forEach(row -> patients.add(row.patientId()));
    return patients;
  }

  private List<Denial.Shown> shown(List<Denial> rows) {
    Map<ClaimKey, ClaimPayment> payments = new HashMap<>();
    Set<ClaimKey> keys = new LinkedHashSet<>();
    rows.forEach(row -> keys.add(row.key()));
    for (StoredClaim stored : remittances.claims(keys)) {
      payments.put(stored.key(), stored.claim());
    }
    LocalDate today = today();
    List<Denial.Shown> shown = new ArrayList<>(rows.size());
    for (Denial row : rows) {
      shown.add(new Denial.Shown(row, remarks(row, payments.get(row.key())), today));
    }
    return shown;
  }

  /** Remarks of the service line that the adjustment belongs to, then of the claim as a whole. */
  private static List<Denial.Remark> remarks(Denial row, @Nullable ClaimPayment payment) {
    if (payment == null) {
      return List.of();
    }
    Set<String> codes = new LinkedHashSet<>();
    ServicePayment of = null;
    for (ServicePayment line : payment.lines()) {
      of = line.segment() <= row.segment() ? line : of;
    }
    if (of != null) {
      of.remarks().stream()
          .filter(remark -> remark.list().equals("HE"))
          .forEach(remark -> codes.add(remark.code()));
    }
    for (Outcome outcome : new @Nullable Outcome[] {payment.inpatient(), payment.outpatient()}) {
      if (outcome != null) {
        codes.addAll(outcome.remarks());
      }
    }
    return codes.stream()
        .map(
            code ->
                new Denial.Remark(
                    code,
                    REMARKS
                        .words(code, row.decided())
                        .or(() -> REMARKS.words(code, null))
                        .orElse(null)))
        .toList();
  }

  /** Gives all denials; that they were copied out is on record for each patient. */
  @Transactional
  public void copy(DenialFilter filter, String sent, Consumer<Denial.Shown> each) {
    Map<String, Object> values = new HashMap<>();
    String found = found(filter, values) + "%s" + filter.where(values, today());
    List<Denial> rows = rows(found, filter, values, null);
    audit.record(Action.COPY, Subject.search(SUBJECT, sent), patients(rows));
    for (int from = 0; from < rows.size(); from += AT_ONCE) {
      shown(rows.subList(from, Math.min(rows.size(), from + AT_ONCE))).forEach(each);
    }
  }

  /** Gives all sums; that they were copied out is on record. */
  @Transactional
  public void copySums(DenialFilter filter, String sent, Consumer<Sum> each) {
    audit.record(Action.COPY, Subject.search(SUBJECT, sent));
    summary(filter).sums().forEach(each);
  }

  /** The name that a payer's latest check gives it; the payer itself when there is none. */
  @Transactional
  public String payerName(String payer) {
    return sql.sql(
            """
            select r.payer_name from remittance_posting p
            join remittance r on r.number = p.remittance_number
            where p.payer = ? and r.payer_name is not null order by r.number desc limit 1
            """)
        .param(payer)
        .query(String.class)
        .optional()
        .orElse(payer);
  }
}
