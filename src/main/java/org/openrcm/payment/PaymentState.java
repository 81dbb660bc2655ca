package org.openrcm.payment;

import java.util.Locale;
import org.openrcm.money.Money;

/** What has become of a payment, in a word. */
public enum PaymentState {
  APPLIED("Applied", "good", "voided_at is null and refunded_cents = 0 and credit_cents = 0"),
  CREDIT("Credit left", "attention", "voided_at is null and credit_cents > 0"),
  REFUNDED("Refunded", "neutral", "voided_at is null and refunded_cents > 0"),
  VOIDED("Voided", "neutral", "voided_at is not null");

  private final String label;
  private final String meaning;
  private final String condition;

  PaymentState(String label, String meaning, String condition) {
    this.label = label;
    this.meaning = meaning;
    this.condition = condition;
  }

  static PaymentState of(boolean voided, Money amount, Money left, Money credit) {
    return voided
        ? VOIDED
        : credit.cents() > 0 ? CREDIT : left.compareTo(amount) < 0 ? REFUNDED : APPLIED;
  }

  public String label() {
    return label;
  }

  public String meaning() {
    return meaning;
  }

  /** As addresses have it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In SQL. */
  String condition() {
    return condition;
  }
}
