package org.openrcm.simulator;

import java.util.List;
import org.openrcm.money.Money;

/**
 * All that the payer says about one claim, over time.
 *
 * @param scenario what was done with it, which may be another than was asked for where the claim
 *     does not allow that
 * @param answers in the order of the days on which they come
 * @param takeBacks what is taken off later checks, or given to them where it is negative
 */
record Decision(
    Scenario scenario, ClaimState state, List<Answer> answers, List<TakeBack> takeBacks) {

  /** PLB WO. */
  record TakeBack(int week, String reference, Money amount) {}

  /** The same under another name. */
  Decision as(Scenario itsScenario) {
    return new Decision(itsScenario, state, answers, takeBacks);
  }

  Money paid() {
    Money sum = Money.ZERO;
    for (Answer answer : answers) {
      sum = sum.plus(Ruling.paid(answer.rulings()));
    }
    return sum;
  }

  /** What takebacks come to together. */
  Money takenBack() {
    Money sum = Money.ZERO;
    for (TakeBack takeBack : takeBacks) {
      sum = sum.plus(takeBack.amount());
    }
    return sum;
  }

  Money interest() {
    Money sum = Money.ZERO;
    for (Answer answer : answers) {
      sum = sum.plus(answer.interest());
    }
    return sum;
  }

  Money patientOwes() {
    Money sum = Money.ZERO;
    for (Answer answer : answers) {
      sum = sum.plus(Ruling.patientOwes(answer.rulings()));
    }
    return sum;
  }
}
