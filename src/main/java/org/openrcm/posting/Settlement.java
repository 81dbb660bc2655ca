package org.openrcm.posting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Document;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.Lines;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimKey;

/**
 * What the claims of one number (CLM01) and all that payers decided of them come to: for each
 * document the lines it is to have, for each claim payment what becomes of it. A pure function of
 * its facts, the same whatever the order in which they came.
 */
final class Settlement {
  private final List<Bill> bills;
  private final Map<Long, Bill> byNumber = new HashMap<>();
  private final @Nullable Bill carrier;
  private final Map<Document, Lines> targets = new LinkedHashMap<>();
  private final Map<ClaimKey, Outcome> outcomes = new HashMap<>();
  private final List<Exceptional> exceptional = new ArrayList<>();

  /**
   * What became of a claim payment.
   *
   * @param why it is not applied; null when it is
   * @param reversed whether it was taken back since
   * @param rank of the payer who decided
   */
  record Outcome(@Nullable Trouble why, boolean reversed, int rank) {
    static final String APPLIED = "APPLIED";
    static final String REVERSED = "REVERSED";

    String code() {
      return why != null ? why.name() : reversed ? REVERSED : APPLIED;
    }
  }

  /** Something for the exceptions list, with what is at stake. */
  record Exceptional(Trouble type, Document document, Money amount) {}

  private Settlement(List<Bill> bills) {
    this.bills = bills;
    bills.forEach(bill -> byNumber.put(bill.number(), bill));
    this.carrier = carrier(bills);
  }

  /**
   * Settles a family.
   *
   * @param payments all that are for any of the claims, or of their number and for no claim
   * @param posted whether a check, by its number, is posted
   */
  static Settlement of(List<Bill> bills, List<Decided> payments, LongPredicate posted) {
    Settlement settlement = new Settlement(bills);
    bills.forEach(settlement::charge);
    Map<Bill, List<Decided>> homes = new LinkedHashMap<>();
    for (Decided payment : payments.stream().sorted(Decided.BY_DAY).toList()) {
      settlement.targets.put(payment.document(), new Lines());
      if (posted.test(payment.check().number())) {
        Bill home = settlement.home(payment);
        Trouble trouble = Doubts.about(payment, home);
        if (trouble != null || home == null) {
          settlement.unapplied(payment, Objects.requireNonNull(trouble));
        } else {
          homes.computeIfAbsent(home, key -> new ArrayList<>()).add(payment);
        }
      }
    }
    homes.forEach(settlement::apply);
    return settlement;
  }

  Map<Document, Lines> targets() {
    return targets;
  }

  /** Of a payment of a posted check. */
  @Nullable Outcome outcome(ClaimKey key) {
    return outcomes.get(key);
  }

  List<Exceptional> exceptional() {
    return exceptional;
  }

  /**
   * The claim that a payment is applied to, or would be: the one that carries the charges. What was
   * decided of a claim that carried them until its place was taken stays with that.
   */
  @Nullable Bill home(Decided payment) {
    Bill bill = payment.claim() == null ? null : byNumber.get(payment.claim());
    if (bill == null || carrier == null) {
      return bill;
    }
    return bill.takenOver() && carriedOnce(bill) ? bill : carrier;
  }

  /** Whether it carried the charges when it was sent: not where one to an earlier payer was. */
  private boolean carriedOnce(Bill bill) {
    return bills.stream()
        .filter(earlier -> earlier.charging() && Bill.BY_SENDING.compare(earlier, bill) < 0)
        .noneMatch(earlier -> goesBefore(earlier, bill));
  }

  /** What of a claim is on an account, over all documents. */
  Money on(AccountKind account, long claim) {
    long sum = 0;
    for (Lines lines : targets.values()) {
      for (Line line : lines.toList()) {
        if (line.at().account() == account && Objects.equals(line.at().claim(), claim)) {
          sum = Math.addExact(sum, line.amount().cents());
        }
      }
    }
    return Money.ofCents(sum);
  }

  /**
   * The one claim of a number that carries its charges: not one that was refused while another was
   * not, not one to the second payer while there is one to the first; then the latest.
   */
  private static @Nullable Bill carrier(List<Bill> bills) {
    Bill best = null;
    for (Bill bill : bills) {
      if (bill.mayCarry() && (best == null || goesBefore(bill, best))) {
        best = bill;
      }
    }
    return best;
  }

  private static boolean goesBefore(Bill bill, Bill other) {
    if (bill.refused() != other.refused()) {
      return other.refused();
    }
    if (bill.rank() != other.rank()) {
      return bill.rank() < other.rank();
    }
    return Bill.BY_SENDING.compare(bill, other) > 0;
  }

  private void charge(Bill bill) {
    Lines lines = new Lines();
    targets.put(Document.claim(bill.number()), lines);
    if (!bill.equals(carrier)) {
      return;
    }
    if (Doubts.isOutOfRange(bill)) {
      exceptional.add(
          new Exceptional(Trouble.AMOUNT_TOO_LARGE, Document.claim(bill.number()), bill.charged()));
      return;
    }
    Money rest = bill.charged();
    for (Bill.BilledLine line : bill.lines()) {
      charge(lines, bill, line.charged(), line.number(), line.segment());
      rest = rest.minus(line.charged());
    }
    charge(lines, bill, rest, null, bill.segment());
  }

  private static void charge(
      Lines lines, Bill bill, Money amount, @Nullable Integer line, long segment) {
    Line.At owing =
        bill.selfPay()
            ? new Line.At(
                AccountKind.PATIENT_RECEIVABLE,
                bill.number(),
                null,
                line,
                Bill.SELF_PAY,
                null,
                segment)
            : new Line.At(
                AccountKind.INSURANCE_RECEIVABLE,
                bill.number(),
                bill.rank(),
                line,
                null,
                null,
                segment);
    lines.move(
        amount,
        owing,
        new Line.At(AccountKind.REVENUE, bill.number(), null, line, null, null, segment));
  }

  private void unapplied(Decided payment, Trouble why) {
    Money paid = payment.payment().paid();
    long segment = payment.payment().segment();
    target(payment)
        .move(paid, payment.check().cash(segment), payment.check().unapplied(null, segment));
    outcomes.put(payment.key(), new Outcome(why, false, 0));
    note(why, payment, Doubts.atStake(payment, why));
  }

  private Lines target(Decided payment) {
    return Objects.requireNonNull(targets.get(payment.document()));
  }

  private void note(Trouble type, Decided payment, Money amount) {
    exceptional.add(
        new Exceptional(type, payment.document(), amount.isNegative() ? amount.negated() : amount));
  }

  /** Applies what was decided of one claim: what was taken back, then what stands. */
  private void apply(Bill bill, List<Decided> payments) {
    Reversing reversing = Reversing.of(payments);
    reversing
        .pairs()
        .forEach(
            (decision, reversal) -> {
              Application applied = Application.of(decision, bill, bills);
              applied(decision, applied, true);
              applied(reversal, applied.reversedBy(reversal), false);
            });
    Map<Integer, Long> decided = new HashMap<>();
    for (Decided reversal : reversing.unpaired()) {
      if (reversal.asSent()) {
        Decided meant = reversing.meant(reversal);
        Application application = Application.of(meant == null ? reversal : meant, bill, bills);
        standing(
            meant == null ? application : application.takenBackBy(reversal), reversal, decided);
      } else {
        unapplied(
            reversal,
            reversing.hasDecisionBefore(reversal)
                ? Trouble.REVERSAL_DIFFERS
                : Trouble.REVERSAL_WITHOUT_PAYMENT);
      }
    }
    for (Decided decision : reversing.standing()) {
      Application application = Application.of(decision, bill, bills);
      long before = decided.getOrDefault(application.rank(), 0L);
      long charged = decision.payment().charged().cents();
      boolean first = before == 0;
      if (first || decision.asSent() || before + charged <= bill.charged().cents()) {
        if (first && charged > bill.charged().cents()) {
          note(Trouble.CHARGE_DIFFERS, decision, Doubts.atStake(decision, Trouble.CHARGE_DIFFERS));
        }
        standing(application, decision, decided);
      } else {
        unapplied(decision, Trouble.SECOND_DECISION);
      }
    }
  }

  private void standing(Application application, Decided payment, Map<Integer, Long> decided) {
    applied(payment, application, false);
    decided.merge(application.rank(), payment.payment().charged().cents(), Long::sum);
    if (!application.ofEarlierPayer().isZero()) {
      note(Trouble.EARLIER_PAYER_NOT_POSTED, payment, application.ofEarlierPayer());
    }
    if (!application.protectedShare().isZero()) {
      note(Trouble.QMB_COST_SHARE, payment, application.protectedShare());
    }
  }

  private void applied(Decided payment, Application application, boolean reversed) {
    target(payment).plus(application.lines());
    outcomes.put(payment.key(), new Outcome(null, reversed, application.rank()));
  }
}
