package org.openrcm.payment;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Document;
import org.openrcm.ledger.Journal;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.Lines;
import org.openrcm.money.Money;
import org.springframework.stereotype.Component;

/**
 * What has become of a payment, refunds taken off.
 *
 * @param visits amounts by claim number, each above zero
 * @param credit not applied to a visit
 */
record Applied(Map<Long, Money> visits, Money credit) {
  static final Applied NOTHING = new Applied(Map.of(), Money.ZERO);

  public Money onVisits() {
    return visits.values().stream().reduce(Money.ZERO, Money::plus);
  }

  /** What of it is on a claim. */
  Money on(long claim) {
    return visits.getOrDefault(claim, Money.ZERO);
  }

  private static Applied of(Lines lines) {
    Map<Long, Money> visits = new LinkedHashMap<>();
    for (Line line : lines.toList()) {
      Long claim = line.at().claim();
      if (line.at().account() == AccountKind.PATIENT_RECEIVABLE && claim != null) {
        visits.merge(claim, line.amount().negated(), Money::plus);
      }
    }
    visits.values().removeIf(Money::isZero);
    return new Applied(visits, lines.on(AccountKind.UNAPPLIED_CREDIT).negated());
  }

  /** Reads it from the journal. */
  @Component
  static class Reader {
    private final Journal journal;
    private final PatientPaymentRows rows;

    Reader(Journal journal, PatientPaymentRows rows) {
      this.journal = journal;
      this.rows = rows;
    }

    Applied of(PatientPayment payment) {
      return of(List.of(payment)).getOrDefault(payment.number(), NOTHING);
    }

    /** By payment number. */
    Map<Long, Applied> of(Collection<PatientPayment> payments) {
      List<Refund> refunds = rows.refunds(payments.stream().map(PatientPayment::number).toList());
      Map<Document, Lines> posted =
          journal.posted(
              Stream.concat(
                      payments.stream().map(PatientPayment::document),
                      refunds.stream().map(Refund::document))
                  .toList());
      Map<Long, List<Refund>> given =
          refunds.stream().collect(Collectors.groupingBy(Refund::payment));
      Map<Long, Applied> applied = new HashMap<>();
      for (PatientPayment payment : payments) {
        Lines lines = new Lines().plus(posted.getOrDefault(payment.document(), new Lines()));
        for (Refund refund : given.getOrDefault(payment.number(), List.of())) {
          lines.plus(posted.getOrDefault(refund.document(), new Lines()));
        }
        applied.put(payment.number(), Applied.of(lines));
      }
      return applied;
    }
  }
}
