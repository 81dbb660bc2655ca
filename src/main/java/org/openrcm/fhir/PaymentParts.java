package org.openrcm.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.PaymentReconciliation;
import org.openrcm.billing.ContentId;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimGroup;
import org.openrcm.remittance.ProviderAdjustment;
import org.openrcm.remittance.Remittances;
import org.openrcm.remittance.StoredRemittance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Draws PaymentReconciliations: a part of a check each, of up to {@link
 * PaymentReconciliations#MOST_DETAILS} claims and, behind the last claim, provider adjustments.
 */
@Component
class PaymentParts {
  private final JdbcClient database;
  private final Remittances remittances;
  private final PostingStates postings;

  PaymentParts(JdbcClient database, Remittances remittances, PostingStates postings) {
    this.database = database;
    this.remittances = remittances;
    this.postings = postings;
  }

  private record Key(long remittance, int part) {
    /** How many details of the check stand in parts before this one. */
    int skipped() {
      return (part - 1) * PaymentReconciliations.MOST_DETAILS;
    }
  }

  private record Paid(
      Key key, UUID id, UUID patient, String patientControlNumber, int group, Money amount) {}

  /** The parts that these rows stand for; a handful of queries, however many there are. */
  List<Drawn> draw(List<Row> rows, Map<Long, StoredRemittance> checks, RemittanceResources mapper) {
    if (rows.isEmpty()) {
      return List.of();
    }
    List<Key> keys = rows.stream().map(row -> new Key(row.set(), row.ordinal())).toList();
    Set<Long> numbers = rows.stream().map(Row::set).collect(Collectors.toSet());
    Map<Key, List<Paid>> paid = paid(keys).stream().collect(Collectors.groupingBy(Paid::key));
    Map<Key, Money> before = before(keys);
    Map<Long, List<ProviderAdjustment>> adjustments = remittances.adjustments(numbers);
    Map<Long, Map<Integer, ClaimGroup>> groups = remittances.groups(numbers);
    Map<Long, PostingStates.Reached> states = postings.of(numbers);
    List<Drawn> drawn = new ArrayList<>();
    for (Row row : rows) {
      Key key = new Key(row.set(), row.ordinal());
      StoredRemittance check = Drawing.check(checks, row);
      List<Paid> claims = paid.getOrDefault(key, List.of());
      List<ProviderAdjustment> all = adjustments.getOrDefault(row.set(), List.of());
      List<PaymentReconciliations.Detail> details =
          details(key, claims, check, all, groups.getOrDefault(row.set(), Map.of()));
      boolean last = check.totals().claims() + all.size() <= key.skipped() + details.size();
      Money upTo = check.remittance().payment().amount();
      Money amount =
          last
              ? upTo == null ? null : upTo.minus(before.getOrDefault(key, Money.ZERO))
              : sum(details);
      PaymentReconciliation payment =
          mapper.payment(
              check.remittance(), details, amount, key.part(), last ? check.totals() : null);
      Instant changed = check.loadedAt();
      PostingStates.Reached posting = states.get(row.set());
      if (posting != null) {
        payment.addExtension(posting.state().extension());
        changed = posting.at().isAfter(changed) ? posting.at() : changed;
      }
      payment.getMeta().setLastUpdatedElement(Elements.instant(changed));
      Set<UUID> patients = claims.stream().map(Paid::patient).collect(Collectors.toSet());
      drawn.add(new Drawn(row, payment, patients));
    }
    return drawn;
  }

  private static List<PaymentReconciliations.Detail> details(
      Key key,
      List<Paid> claims,
      StoredRemittance check,
      List<ProviderAdjustment> adjustments,
      Map<Integer, ClaimGroup> groups) {
    List<PaymentReconciliations.Detail> details = new ArrayList<>();
    for (Paid claim : claims) {
      details.add(
          new PaymentReconciliations.Detail(
              ContentId.text(claim.id()),
              claim.patientControlNumber(),
              groups.getOrDefault(claim.group(), ClaimGroup.NONE),
              null,
              claim.amount()));
    }
    int from = Math.min(Math.max(0, key.skipped() - check.totals().claims()), adjustments.size());
    int room = PaymentReconciliations.MOST_DETAILS - details.size();
    int to = Math.min(from + room, adjustments.size());
    adjustments
        .subList(from, to)
        .forEach(one -> details.add(PaymentReconciliations.Detail.of(one)));
    return details;
  }

  private static Money sum(List<PaymentReconciliations.Detail> details) {
    return details.stream()
        .map(PaymentReconciliations.Detail::amount)
        .reduce(Money.ZERO, Money::plus);
  }

  private List<Paid> paid(Collection<Key> keys) {
    return database
        .sql(
            """
            select p.number, p.part, c.id, c.patient_id, c.patient_control_number,
              c.group_position, c.paid_cents
            from unnest(?::bigint[], ?::int[]) as p (number, part)
            cross join lateral (
              select * from claim_payment where remittance_number = p.number
              order by ordinal offset (p.part - 1) * ? limit ?) c
            order by p.number, p.part, c.ordinal
            """)
        .param(keys.stream().map(Key::remittance).toArray(Long[]::new))
        .param(keys.stream().map(Key::part).toArray(Integer[]::new))
        .param(PaymentReconciliations.MOST_DETAILS)
        .param(PaymentReconciliations.MOST_DETAILS)
        .query(
            (rows, index) ->
                new Paid(
                    new Key(rows.getLong(1), rows.getInt(2)),
                    rows.getObject(3, UUID.class),
                    rows.getObject(4, UUID.class),
                    rows.getString(5),
                    rows.getInt(6),
                    Money.ofCents(rows.getLong(7))))
        .list();
  }

  /** What the details in parts before come to. */
  private Map<Key, Money> before(Collection<Key> keys) {
    List<Key> later = keys.stream().filter(key -> key.part() > 1).toList();
    Map<Key, Money> sums = new HashMap<>();
    if (later.isEmpty()) {
      return sums;
    }
    database
        .sql(
            """
            select p.number, p.part,
              (select coalesce(sum(paid_cents), 0) from (
                select paid_cents from claim_payment where remittance_number = p.number
                order by ordinal limit (p.part - 1) * ?) paid)
              - (select coalesce(sum(amount_cents), 0) from (
                select amount_cents from provider_adjustment where remittance_number = p.number
                order by position limit greatest(0, (p.part - 1) * ? - r.claims)) adjusted)
            from unnest(?::bigint[], ?::int[]) as p (number, part)
            join remittance r on r.number = p.number
            """)
        .param(PaymentReconciliations.MOST_DETAILS)
        .param(PaymentReconciliations.MOST_DETAILS)
        .param(new HashSet<>(later).stream().map(Key::remittance).toArray(Long[]::new))
        .param(new HashSet<>(later).stream().map(Key::part).toArray(Integer[]::new))
        .query(
            rows -> {
              sums.put(new Key(rows.getLong(1), rows.getInt(2)), Money.ofCents(rows.getLong(3)));
            });
    return sums;
  }
}
