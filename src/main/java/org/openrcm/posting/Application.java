package org.openrcm.posting;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.CodeList;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.Lines;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Outcome;
import org.openrcm.remittance.ServicePayment;

/**
 * A claim payment applied to a claim: its lines. Money to cash, each adjustment to the account that
 * its {@link Meaning} names, all of it off what this payer owes.
 */
final class Application {
  private static final CodeList PROTECTIONS = CodeList.load("patient-protection");

  private final Decided payment;
  private final Bill bill;
  private final Route route;
  private final List<@Nullable Integer> lineNumbers;
  private final Lines lines;
  private Money ofEarlierPayer = Money.ZERO;
  private Money protectedShare = Money.ZERO;

  /**
   * Where the parts of a decision go.
   *
   * @param rank of the payer who decided
   * @param next whose turn it is for the patient's share; null when it is the patient's
   * @param protectedPatient the patient must not be billed for it (QMB)
   * @param writtenOff whether a denial, of this line, was given up
   * @param day on which meanings are looked up
   */
  private record Route(
      int rank,
      @Nullable Integer next,
      boolean protectedPatient,
      BiPredicate<@Nullable Integer, Adjustment> writtenOff,
      LocalDate day) {

    Route with(BiPredicate<@Nullable Integer, Adjustment> others) {
      return new Route(rank, next, protectedPatient, others, day);
    }
  }

  private Application(
      Decided payment, Bill bill, Route route, List<@Nullable Integer> lineNumbers) {
    this(payment, bill, route, lineNumbers, new Lines());
    post();
  }

  private Application(
      Decided payment, Bill bill, Route route, List<@Nullable Integer> lineNumbers, Lines lines) {
    this.payment = payment;
    this.bill = bill;
    this.route = route;
    this.lineNumbers = lineNumbers;
    this.lines = lines;
  }

  /**
   * Applies it.
   *
   * @param family all claims of its number: one to a later payer is a sign that there is one
   */
  static Application of(Decided payment, Bill bill, List<Bill> family) {
    ClaimPayment claim = payment.payment();
    int rank =
        switch (claim.status()) {
          case "1", "19" -> 1;
          case "2", "20" -> 2;
          case "3", "21" -> 3;
          default -> bill.rank();
        };
    boolean isProtected = isProtected(payment);
    Integer next = next(claim, rank, bill, family);
    if (isProtected && next == null) {
      next = rank + 1;
    }
    return new Application(
        payment,
        bill,
        new Route(
            rank,
            next,
            isProtected,
            (line, each) ->
                payment
                    .writtenOff()
                    .contains(new Refusal(bill.number(), each.segment(), code(each))),
            payment.check().day()),
        LineMatching.match(claim, bill));
  }

  /** The exact opposite, with the segments of the reversal. */
  Application reversedBy(Decided reversal) {
    boolean plain =
        refused(AccountKind.DENIAL_WRITE_OFF).isEmpty() && isLineByLine(reversal.payment());
    return plain
        ? new Application(reversal, bill, route, lineNumbers)
        : new Application(reversal, bill, route, lineNumbers, opposite(reversal));
  }

  /** Whether a reversal has the lines of the decision in their order. */
  private boolean isLineByLine(ClaimPayment reversal) {
    List<ServicePayment> ours = payment.payment().lines();
    List<ServicePayment> theirs = reversal.lines();
    boolean same = ours.size() == theirs.size();
    for (int i = 0; same && i < ours.size(); i++) {
      same =
          ours.get(i).procedure().code().equals(theirs.get(i).procedure().code())
              && ours.get(i).paid().equals(theirs.get(i).paid().negated())
              && ours.get(i).charged().equals(theirs.get(i).charged().negated())
              && amounts(ours.get(i)).equals(amounts(theirs.get(i)).negated());
    }
    return same;
  }

  private static Money amounts(ServicePayment line) {
    return line.adjustments().stream().map(Adjustment::amount).reduce(Money.ZERO, Money::plus);
  }

  /**
   * The opposite of its lines. A reversal may have them in another order, or an adjustment of all
   * of them at once; and which of the denials were written off only the decision tells.
   */
  private Lines opposite(Decided reversal) {
    Lines opposite = new Lines();
    long segment = reversal.payment().segment();
    for (Line line : lines.toList()) {
      Line.At at = line.at();
      opposite.add(
          at.account() == AccountKind.CASH_CLEARING
              ? reversal.check().cash(segment)
              : new Line.At(
                  at.account(),
                  at.claim(),
                  at.rank(),
                  at.serviceLine(),
                  at.code(),
                  at.reference(),
                  segment),
          line.amount().negated());
    }
    return opposite;
  }

  /**
   * A reversal that is not the opposite, as it was sent: it does not say of itself by which payer,
   * and to whom the patient's share had gone. What it takes back of a line's denials is what was
   * written off of them, or not; of the claim as a whole, where all of that reason was.
   */
  Application takenBackBy(Decided reversal) {
    Set<Reason> off = refused(AccountKind.DENIAL_WRITE_OFF);
    Set<Reason> open = refused(AccountKind.DENIED_PENDING_REVIEW);
    Set<String> codes = codes(off);
    codes.removeAll(codes(open));
    off.removeAll(open);
    return new Application(
        reversal,
        bill,
        route.with(
            (line, each) ->
                line == null
                    ? codes.contains(code(each))
                    : off.contains(new Reason(line, code(each)))),
        LineMatching.match(reversal.payment(), bill));
  }

  /** A reason for which a line, or the claim as a whole, was refused. */
  private record Reason(@Nullable Integer line, @Nullable String code) {}

  private Set<Reason> refused(AccountKind account) {
    Set<Reason> refused = new HashSet<>();
    for (Line line : lines.toList()) {
      if (line.at().account() == account) {
        refused.add(new Reason(line.at().serviceLine(), line.at().code()));
      }
    }
    return refused;
  }

  private static Set<String> codes(Set<Reason> refused) {
    Set<String> codes = new HashSet<>();
    for (Reason each : refused) {
      if (each.code() != null) {
        codes.add(each.code());
      }
    }
    return codes;
  }

  private static @Nullable Integer next(
      ClaimPayment claim, int rank, Bill bill, List<Bill> family) {
    Integer next = null;
    for (Integer other : bill.others()) {
      next = earlier(next, other, rank);
    }
    for (Bill other : family) {
      if (other.charging() && !other.refused()) {
        next = earlier(next, other.rank(), rank);
      }
    }
    boolean passedOn =
        switch (claim.status()) {
          case "19", "20", "21" -> true;
          default -> claim.person("TT") != null;
        };
    return next == null && passedOn ? Integer.valueOf(rank + 1) : next;
  }

  private static @Nullable Integer earlier(@Nullable Integer next, int other, int rank) {
    return other > rank && (next == null || other < next) ? Integer.valueOf(other) : next;
  }

  private static boolean isProtected(Decided payment) {
    ClaimPayment claim = payment.payment();
    LocalDate day = payment.check().day();
    return names(claim.inpatient(), day)
        || names(claim.outpatient(), day)
        || claim.lines().stream()
            .flatMap(line -> line.remarks().stream())
            .anyMatch(remark -> remark.list().equals("HE") && isQmb(remark.code(), day));
  }

  private static boolean names(@Nullable Outcome outcome, LocalDate day) {
    return outcome != null && outcome.remarks().stream().anyMatch(code -> isQmb(code, day));
  }

  private static boolean isQmb(String code, LocalDate day) {
    return PROTECTIONS.words(code, day).filter("QMB"::equals).isPresent();
  }

  int rank() {
    return route.rank();
  }

  Lines lines() {
    return lines;
  }

  /** What it counts as done by an earlier payer, of whose decision nothing is known here. */
  Money ofEarlierPayer() {
    return ofEarlierPayer;
  }

  /** The patient's share that must not be the patient's. */
  Money protectedShare() {
    return protectedShare;
  }

  private void post() {
    ClaimPayment claim = payment.payment();
    lines.add(payment.check().cash(claim.segment()), claim.paid());
    Money rest = claim.paid();
    for (int i = 0; i < claim.lines().size(); i++) {
      ServicePayment line = claim.lines().get(i);
      Integer number = lineNumbers.get(i);
      lines.add(receivable(number, line.segment()), line.paid().negated());
      rest = rest.minus(line.paid());
      for (Adjustment adjustment : line.adjustments()) {
        adjust(adjustment, number, line.segment());
      }
    }
    lines.add(receivable(null, claim.segment()), rest.negated());
    for (Adjustment adjustment : claim.adjustments()) {
      adjust(adjustment, null, claim.segment());
    }
  }

  private Line.At receivable(@Nullable Integer line, long segment) {
    return new Line.At(
        AccountKind.INSURANCE_RECEIVABLE, bill.number(), route.rank(), line, null, null, segment);
  }

  /**
   * One adjustment.
   *
   * @param segment of the service line or claim, by which the receivable is known
   */
  private void adjust(Adjustment adjustment, @Nullable Integer line, long segment) {
    Line.At to = account(adjustment, line);
    if (to != null) {
      lines.move(adjustment.amount(), to, receivable(line, segment));
    }
  }

  private Line.@Nullable At account(Adjustment adjustment, @Nullable Integer line) {
    return switch (Meaning.of(adjustment, route.day())) {
      case CONTRACTUAL -> at(AccountKind.CONTRACTUAL_ADJUSTMENT, null, line, adjustment);
      case DENIAL ->
          at(
              route.writtenOff().test(line, adjustment)
                  ? AccountKind.DENIAL_WRITE_OFF
                  : AccountKind.DENIED_PENDING_REVIEW,
              null,
              line,
              adjustment);
      case REDUCTION -> at(AccountKind.PAYER_REDUCTION, null, line, adjustment);
      case INTEREST ->
          new Line.At(
              AccountKind.INTEREST_INCOME,
              null,
              null,
              null,
              code(adjustment),
              null,
              adjustment.segment());
      case PATIENT -> {
        if (route.protectedPatient()) {
          protectedShare = protectedShare.plus(adjustment.amount());
        }
        yield route.next() == null
            ? at(AccountKind.PATIENT_RECEIVABLE, null, line, adjustment)
            : at(AccountKind.INSURANCE_RECEIVABLE, route.next(), line, adjustment);
      }
      case EARLIER_PAYER -> {
        if (bill.rank() == 1 || bill.rank() != route.rank()) {
          yield null;
        }
        ofEarlierPayer = ofEarlierPayer.plus(adjustment.amount());
        yield at(AccountKind.INSURANCE_RECEIVABLE, route.rank() - 1, line, adjustment);
      }
    };
  }

  private Line.At at(
      AccountKind account, @Nullable Integer rank, @Nullable Integer line, Adjustment adjustment) {
    return new Line.At(
        account, bill.number(), rank, line, code(adjustment), null, adjustment.segment());
  }

  private static String code(Adjustment adjustment) {
    return adjustment.group() + "-" + adjustment.carc();
  }
}
