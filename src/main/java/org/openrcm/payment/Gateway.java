package org.openrcm.payment;

import java.util.UUID;
import org.openrcm.money.Money;

/**
 * The company that charges cards. The payer types the card's number on its page; what comes of it
 * is told by signed events ({@link Webhooks}). What is asked twice with one key is done once.
 */
interface Gateway {

  /**
   * A page where a card is charged.
   *
   * @param id by which the gateway knows it
   */
  record Session(String id, String url) {}

  /**
   * What the page is for.
   *
   * @param checkout our id of it: the key, and what events name
   * @param practice that the money is for; events name it
   */
  record Order(UUID checkout, UUID practice, Money amount, String successUrl, String cancelUrl) {}

  /** Opens a page. */
  Session open(Order order) throws Failure;

  /**
   * Gives a payment back, or a part of it.
   *
   * @return the gateway's id of the refund
   * @throws Declined when it never will
   */
  String refund(String key, String payment, Money amount) throws Failure, Declined;

  /** The gateway cannot be reached, or does not know what to do now. */
  final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String what) {
      super(what);
    }
  }

  /** The gateway refuses, for good. */
  final class Declined extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Declined(String what) {
      super(what);
    }
  }
}
