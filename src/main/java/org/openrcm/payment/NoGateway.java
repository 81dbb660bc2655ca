package org.openrcm.payment;

import org.openrcm.money.Money;

/** A server on which card payments are not set up. */
final class NoGateway implements Gateway {

  @Override
  public Session open(Order order) {
    throw new Refused(Refused.Reason.NO_GATEWAY);
  }

  @Override
  public String refund(String key, String payment, Money amount) throws Failure {
    throw new Failure("NO_GATEWAY");
  }
}
