package org.openrcm.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openrcm.money.Money;

/** Amounts by where they are posted: a document's lines while they are put together or compared. */
public final class Lines {
  private final Map<Line.At, Long> cents = new LinkedHashMap<>();

  /**
   * Adds an amount; what comes to zero is no line.
   *
   * @throws ArithmeticException when a sum is beyond the range of cents
   */
  public Lines add(Line.At at, Money amount) {
    if (!amount.isZero()) {
      long sum = Math.addExact(cents.getOrDefault(at, 0L), amount.cents());
      if (sum == 0) {
        cents.remove(at);
      } else {
        cents.put(at, sum);
      }
    }
    return this;
  }

  /** Moves an amount: debit to one place, credit to the other. */
  public Lines move(Money amount, Line.At debit, Line.At credit) {
    return add(debit, amount).add(credit, amount.negated());
  }

  /** Adds all of these. */
  public Lines plus(Lines others) {
    others.cents.forEach((at, amount) -> add(at, Money.ofCents(amount)));
    return this;
  }

  /** Takes all of these away. */
  public Lines minus(Lines others) {
    others.cents.forEach((at, amount) -> add(at, Money.ofCents(Math.negateExact(amount))));
    return this;
  }

  /** The same on the other side. */
  public Lines negated() {
    return new Lines().minus(this);
  }

  public boolean isEmpty() {
    return cents.isEmpty();
  }

  public List<Line> toList() {
    List<Line> lines = new ArrayList<>(cents.size());
    cents.forEach((at, amount) -> lines.add(new Line(at, Money.ofCents(amount))));
    return lines;
  }

  /** What of these is on an account. */
  public Money on(AccountKind account) {
    long sum = 0;
    for (Map.Entry<Line.At, Long> line : cents.entrySet()) {
      if (line.getKey().account() == account) {
        sum = Math.addExact(sum, line.getValue());
      }
    }
    return Money.ofCents(sum);
  }
}
