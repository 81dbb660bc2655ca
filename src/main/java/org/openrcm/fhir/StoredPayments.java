package org.openrcm.fhir;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.openrcm.audit.Actor;
import org.openrcm.fhir.PaymentNotices.Place;
import org.openrcm.identity.Practice;
import org.openrcm.identity.Practices;
import org.openrcm.payment.Receipt;
import org.openrcm.payment.Receipts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What patients paid, as the database has it. */
@Component
class StoredPayments {
  /** SQL for when payment {@code n} was taken, or an entry of it was posted. */
  static final String CHANGED =
      """
      greatest(n.taken_at, (
        select max(b.posted_at) from (
          select 'PATIENT_PAYMENT' as source, n.number as number
          union all
          select 'REFUND', f.number from patient_refund f where f.payment_number = n.number) d
        join journal_entry e on e.source_number = d.number and e.source = d.source
        join journal_batch b on b.practice_id = e.practice_id and b.number = e.batch))""";

  /**
   * SQL for the last statement {@code s} that the account had been sent before payment {@code n}.
   */
  static final String STATEMENT_BEFORE =
      """
      select s.id from statement s
      where s.account_number = n.account_number and s.issued_at <= n.taken_at
      order by s.number desc limit 1""";

  private final JdbcClient database;
  private final Receipts receipts;
  private final Practices practices;

  StoredPayments(JdbcClient database, Receipts receipts, Practices practices) {
    this.database = database;
    this.receipts = receipts;
    this.practices = practices;
  }

  /** The notices of these rows; a handful of queries, however many there are. */
  void draw(List<Row> rows, Map<String, Drawn> into) {
    if (rows.isEmpty()) {
      return;
    }
    Set<Long> numbers = rows.stream().map(Row::set).collect(Collectors.toSet());
    Map<Long, Receipt> paid = receipts.numbered(numbers);
    Map<Long, Place> places = places(numbers);
    Map<Long, Set<UUID>> patients = patients(paid.values());
    String practice = practices.find(Actor.currentPractice()).map(Practice::name).orElse("");
    for (Row row : rows) {
      Receipt receipt = paid.get(row.set());
      Place place = places.get(row.set());
      if (receipt != null && place != null) {
        into.put(
            row.reference(),
            new Drawn(
                row,
                PaymentNotices.of(receipt, place, practice),
                patients.getOrDefault(receipt.payment().account(), Set.of())));
      }
    }
  }

  private Map<Long, Place> places(Collection<Long> numbers) {
    Map<Long, Place> places = new HashMap<>();
    database
        .sql(
            """
            select n.number, a.id as account_id, (%s) as statement_id, %s as changed
            from patient_payment n
            join account a on a.practice_id = n.practice_id and a.number = n.account_number
            where n.number = any(?)
            """
                .formatted(STATEMENT_BEFORE, CHANGED))
        .param(numbers.toArray(Long[]::new))
        .query(
            row -> {
              places.put(
                  row.getLong("number"),
                  new Place(
                      Objects.requireNonNull(row.getObject("account_id", UUID.class)),
                      row.getObject("statement_id", UUID.class),
                      Objects.requireNonNull(row.getObject("changed", OffsetDateTime.class))
                          .toInstant()));
            });
    return places;
  }

  /** Those who are treated on an account, by its number. */
  private Map<Long, Set<UUID>> patients(Collection<Receipt> paid) {
    Map<Long, Set<UUID>> patients = new HashMap<>();
    database
        .sql(
            """
            select distinct account_number, patient_id from account_claim
            where account_number = any(?)
            """)
        .param(paid.stream().map(one -> one.payment().account()).distinct().toArray(Long[]::new))
        .query(
            row -> {
              patients
                  .computeIfAbsent(row.getLong(1), number -> new HashSet<>())
                  .add(row.getObject(2, UUID.class));
            });
    return patients;
  }
}
