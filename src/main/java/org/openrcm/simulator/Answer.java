package org.openrcm.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * One CLP about a claim.
 *
 * @param week how many payment cycles after the first
 * @param alone whether it stands on a check of its own
 * @param answers CLP01: the number of the claim that it is about
 * @param number CLP07
 * @param prior REF*F8: the payer's number of the decision that this one corrects
 * @param status CLP02
 * @param remarks of the claim as a whole (MOA, MIA)
 * @param interest AMT*I, paid by a PLB
 */
record Answer(
    int week,
    boolean alone,
    String answers,
    String number,
    @Nullable String prior,
    String status,
    List<Ruling> rulings,
    List<String> remarks,
    Money interest) {

  static Answer of(int week, String answers, String number, String status, List<Ruling> rulings) {
    return new Answer(week, false, answers, number, null, status, rulings, List.of(), Money.ZERO);
  }

  Answer remarked(String remark) {
    return new Answer(
        week, alone, answers, number, prior, status, rulings, List.of(remark), interest);
  }

  Answer withInterest(Money its) {
    return new Answer(week, alone, answers, number, prior, status, rulings, remarks, its);
  }

  Answer correcting(String itsPrior) {
    return new Answer(week, alone, answers, number, itsPrior, status, rulings, remarks, interest);
  }

  Answer standingAlone() {
    return new Answer(week, true, answers, number, prior, status, rulings, remarks, interest);
  }

  /** About the claim of this number, in place of the payer's earlier decision. */
  Answer underNumber(String first, String itsPrior) {
    return new Answer(week, alone, first, number, itsPrior, status, rulings, remarks, interest);
  }

  /** The opposite of this one, so many cycles later. */
  Answer reversal(int itsWeek) {
    return of(itsWeek, answers, number, "22", rulings.stream().map(Ruling::reversed).toList());
  }

  boolean isReversal() {
    return status.equals("22");
  }
}
