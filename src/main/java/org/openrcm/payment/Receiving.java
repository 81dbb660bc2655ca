package org.openrcm.payment;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * A payment that is to be taken.
 *
 * @param account its number
 * @param visits claims that it is for, by number, in any order; empty: the oldest first
 * @param keepRest whether what is more than is owed stays as credit; otherwise it is refused
 * @param key of the sender's, one for each payment: sent again, it has no second effect
 */
public record Receiving(
    long account,
    Money amount,
    Method method,
    @Nullable String chequeNumber,
    List<Long> visits,
    boolean keepRest,
    String key) {

  Wish wish() {
    return Wish.of(
        key,
        account,
        amount.cents(),
        method,
        chequeNumber,
        visits.stream().sorted().toList(),
        keepRest);
  }
}
