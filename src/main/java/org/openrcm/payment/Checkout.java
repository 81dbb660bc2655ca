package org.openrcm.payment;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * A card payment on the gateway's page, as far as it is.
 *
 * @param account its number
 * @param visits claims that the payer names, by number; empty: the oldest first
 * @param url of the page; null until the gateway answered
 * @param declined whether the gateway told of a card that it did not take
 */
public record Checkout(
    UUID id,
    long account,
    Money amount,
    List<Long> visits,
    String successUrl,
    String cancelUrl,
    @Nullable String url,
    State state,
    boolean declined) {

  /** What came of it. Once paid it stays paid, whatever is told later. */
  public enum State {
    OPEN,
    EXPIRED,
    PAID
  }

  /** By which its payment is taken once. */
  static String key(UUID id) {
    return "checkout-" + id;
  }
}
