package org.openrcm.fhir;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.openrcm.account.Portrait;
import org.openrcm.account.Portraits;
import org.openrcm.fhir.PatientAccounts.Owed;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Balances;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Accounts as the database has them, with what is owed on them now. */
@Component
class StoredAccounts {
  private final JdbcClient database;
  private final Portraits portraits;
  private final Balances balances;

  StoredAccounts(JdbcClient database, Portraits portraits, Balances balances) {
    this.database = database;
    this.portraits = portraits;
    this.balances = balances;
  }

  /**
   * Those who are treated on an account, by the ids of their Patients.
   *
   * @param all as claims and payments for them name them
   * @param here those of them that can be read here
   */
  private record Treated(Set<UUID> all, Set<UUID> here) {
    Treated() {
      this(new HashSet<>(), new TreeSet<>());
    }
  }

  /** The accounts of these rows; a handful of queries, however many there are. */
  void draw(List<Row> rows, Map<String, Drawn> into) {
    if (rows.isEmpty()) {
      return;
    }
    List<Long> numbers = rows.stream().map(Row::set).toList();
    Map<Long, Portrait> drawn = portraits.of(numbers);
    Map<Long, Map<Long, Owed>> owed = owed(drawn.values());
    Map<Long, Treated> treated = treated(numbers);
    for (Row row : rows) {
      Portrait portrait = drawn.get(row.set());
      if (portrait != null) {
        Treated its = treated.getOrDefault(row.set(), new Treated());
        into.put(
            row.reference(),
            new Drawn(
                row,
                PatientAccounts.of(portrait, owed.getOrDefault(row.set(), Map.of()), its.here()),
                its.all()));
      }
    }
  }

  /** By account, then by claim. */
  private Map<Long, Map<Long, Owed>> owed(Collection<Portrait> accounts) {
    Map<Long, Long> accountOf = new HashMap<>();
    accounts.forEach(
        account ->
            account.claims().forEach(claim -> accountOf.put(claim.number(), account.number())));
    Map<Long, Map<Long, Owed>> owed = new HashMap<>();
    balances
        .claims(accountOf.keySet(), null)
        .forEach(
            (claim, open) -> {
              Money insurance = sum(open, AccountKind.INSURANCE_RECEIVABLE);
              Money patient = sum(open, AccountKind.PATIENT_RECEIVABLE);
              if (!insurance.isZero() || !patient.isZero()) {
                owed.computeIfAbsent(accountOf.getOrDefault(claim, 0L), key -> new HashMap<>())
                    .put(claim, Owed.of(insurance, patient));
              }
            });
    return owed;
  }

  private static Money sum(List<Balances.OfClaim> open, AccountKind account) {
    return open.stream()
        .filter(one -> one.account() == account)
        .map(Balances.OfClaim::balance)
        .reduce(Money.ZERO, Money::plus);
  }

  private Map<Long, Treated> treated(Collection<Long> accounts) {
    Map<Long, Treated> treated = new HashMap<>();
    database
        .sql(
            """
            select t.account_number, t.patient_id, n.id is not null from (
              select account_number, patient_id from account_claim
              where account_number = any(:accounts)
              union
              select a.account_number, c.patient_id from account_claim a
              join payment_posting p
                on p.claim_number = a.claim_number and p.outcome in ('APPLIED', 'REVERSED')
              join claim_payment c
                on c.remittance_number = p.remittance_number and c.ordinal = p.ordinal
              where a.account_number = any(:accounts)) t
            left join named n on n.kind = 'Patient' and n.id = t.patient_id
            """)
        .param("accounts", accounts.toArray(Long[]::new))
        .query(
            row -> {
              UUID patient = row.getObject(2, UUID.class);
              Treated its = treated.computeIfAbsent(row.getLong(1), number -> new Treated());
              its.all().add(patient);
              if (row.getBoolean(3)) {
                its.here().add(patient);
              }
            });
    return treated;
  }
}
