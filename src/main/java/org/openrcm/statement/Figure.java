package org.openrcm.statement;

import java.util.ArrayList;
import java.util.List;
import org.openrcm.money.Money;

/**
 * An amount, and the entries of the journal that it is the sum of.
 *
 * @param entries their numbers, each once
 */
record Figure(Money amount, List<Long> entries) {
  static final Figure NONE = new Figure(Money.ZERO, List.of());

  Figure plus(Money more, long entry) {
    List<Long> all = new ArrayList<>(entries);
    if (!all.contains(entry)) {
      all.add(entry);
    }
    return new Figure(amount.plus(more), all);
  }

  boolean isZero() {
    return amount.isZero();
  }
}
