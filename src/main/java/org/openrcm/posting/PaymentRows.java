package org.openrcm.posting;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.Lines;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps beside each claim payment what posting it does, or did. */
@Component
class PaymentRows {
  private final JdbcClient sql;

  PaymentRows(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * What becomes of a claim payment.
   *
   * @param claim that it is applied to, or would be
   * @param before receivables of the claim without its check; null when it is posted: then they
   *     stay as they were before that
   */
  record Standing(
      ClaimKey key,
      String family,
      @Nullable Long claim,
      @Nullable Integer rank,
      String outcome,
      Amounts amounts,
      @Nullable Owed before,
      Owed after) {

    static Standing of(
        String family, Decided payment, boolean posted, Settlement now, Settlement then) {
      Bill bill = then.home(payment);
      Long claim = bill == null ? null : Long.valueOf(bill.number());
      Settlement.Outcome outcome = Objects.requireNonNull(then.outcome(payment.key()));
      return new Standing(
          payment.key(),
          family,
          claim,
          outcome.why() == null ? outcome.rank() : null,
          outcome.code(),
          Amounts.of(
              Objects.requireNonNull(then.targets().get(payment.document())), outcome.rank()),
          posted ? null : Owed.of(now, claim),
          Owed.of(then, claim));
    }
  }

  /** Receivables of a claim. */
  record Owed(Money insurance, Money patient) {
    static Owed of(Settlement settlement, @Nullable Long claim) {
      return claim == null
          ? new Owed(Money.ZERO, Money.ZERO)
          : new Owed(
              settlement.on(AccountKind.INSURANCE_RECEIVABLE, claim),
              settlement.on(AccountKind.PATIENT_RECEIVABLE, claim));
    }
  }

  /** What a payment brings to each account. */
  record Amounts(
      Money paid,
      Money contractual,
      Money denied,
      Money reduced,
      Money patient,
      Money nextPayer,
      Money unapplied) {

    static Amounts of(Lines lines, int rank) {
      Money next = Money.ZERO;
      for (Line line : lines.toList()) {
        Integer its = line.at().rank();
        if (its != null && its > rank) {
          next = next.plus(line.amount());
        }
      }
      return new Amounts(
          lines.on(AccountKind.CASH_CLEARING),
          lines.on(AccountKind.CONTRACTUAL_ADJUSTMENT),
          lines.on(AccountKind.DENIED_PENDING_REVIEW).plus(lines.on(AccountKind.DENIAL_WRITE_OFF)),
          lines.on(AccountKind.PAYER_REDUCTION),
          lines.on(AccountKind.PATIENT_RECEIVABLE),
          next,
          lines.on(AccountKind.UNAPPLIED_CREDIT).negated());
    }
  }

  void write(List<Standing> standings) {
    if (standings.isEmpty()) {
      return;
    }
    sql.sql(
            """
            update payment_posting p set family = n.family, claim_number = n.claim, rank = n.rank,
              outcome = n.outcome, paid_cents = n.paid, contractual_cents = n.contractual,
              denied_cents = n.denied, reduced_cents = n.reduced, patient_cents = n.patient,
              next_payer_cents = n.next_payer, unapplied_cents = n.unapplied,
              insurance_before_cents = coalesce(n.insurance_before, p.insurance_before_cents),
              insurance_after_cents = n.insurance_after,
              patient_before_cents = coalesce(n.patient_before, p.patient_before_cents),
              patient_after_cents = n.patient_after
            from unnest(?::bigint[], ?::int[], ?::text[], ?::bigint[], ?::smallint[], ?::text[],
                ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
              as n (remittance, ordinal, family, claim, rank, outcome, paid, contractual, denied,
                reduced, patient, next_payer, unapplied, insurance_before, insurance_after,
                patient_before, patient_after)
            where p.remittance_number = n.remittance and p.ordinal = n.ordinal
            """)
        .param(each(standings, one -> one.key().remittanceNumber(), Long[]::new))
        .param(each(standings, one -> one.key().ordinal(), Integer[]::new))
        .param(each(standings, Standing::family, String[]::new))
        .param(each(standings, Standing::claim, Long[]::new))
        .param(each(standings, Standing::rank, Integer[]::new))
        .param(each(standings, Standing::outcome, String[]::new))
        .param(cents(standings, one -> one.amounts().paid()))
        .param(cents(standings, one -> one.amounts().contractual()))
        .param(cents(standings, one -> one.amounts().denied()))
        .param(cents(standings, one -> one.amounts().reduced()))
        .param(cents(standings, one -> one.amounts().patient()))
        .param(cents(standings, one -> one.amounts().nextPayer()))
        .param(cents(standings, one -> one.amounts().unapplied()))
        .param(cents(standings, one -> one.before() == null ? null : one.before().insurance()))
        .param(cents(standings, one -> one.after().insurance()))
        .param(cents(standings, one -> one.before() == null ? null : one.before().patient()))
        .param(cents(standings, one -> one.after().patient()))
        .update();
  }

  private static Long[] cents(List<Standing> standings, Function<Standing, @Nullable Money> of) {
    return each(
        standings,
        one -> {
          Money amount = of.apply(one);
          return amount == null ? null : Long.valueOf(amount.cents());
        },
        Long[]::new);
  }

  private static <V> V[] each(
      List<Standing> standings,
      Function<Standing, @Nullable V> value,
      java.util.function.IntFunction<V[]> array) {
    return standings.stream().map(value).toArray(array);
  }
}
