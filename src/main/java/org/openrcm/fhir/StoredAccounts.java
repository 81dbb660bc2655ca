package org.openrcm.fhir;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openrcm.account.Portrait;
import org.openrcm.account.Portraits;
import org.openrcm.fhir.AccountPatients.Treated;
import org.openrcm.fhir.PatientAccounts.Owed;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Balances;
import org.openrcm.money.Money;
import org.springframework.stereotype.Component;

/** Accounts as the database has them, with what is owed on them now. */
@Component
class StoredAccounts {
  private final AccountPatients patients;
  private final Portraits portraits;
  private final Balances balances;

  StoredAccounts(AccountPatients patients, Portraits portraits, Balances balances) {
    this.patients = patients;
    this.portraits = portraits;
    this.balances = balances;
  }

  /** The accounts of these rows; a handful of queries, however many there are. */
  void draw(List<Row> rows, Map<String, Drawn> into) {
    if (rows.isEmpty()) {
      return;
    }
    List<Long> numbers = rows.stream().map(Row::set).toList();
    Map<Long, Portrait> drawn = portraits.of(numbers);
    Map<Long, Map<Long, Owed>> owed = owed(drawn.values());
    Map<Long, Treated> treated = patients.of(numbers);
    for (Row row : rows) {
      Portrait portrait = drawn.get(row.set());
      if (portrait != null) {
        Treated its = treated.getOrDefault(row.set(), Treated.NOBODY);
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
}
