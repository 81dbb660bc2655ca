package org.openrcm.payment;

import java.util.Locale;
import java.util.ResourceBundle;

/** Why nothing is done; nothing is changed then. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** The rules that a wish can break, in words for who asked. */
  public enum Reason {
    NOT_AN_AMOUNT("Enter an amount like 25 or 1,200.00."),
    NOT_ABOVE_ZERO("Enter an amount above zero."),
    TOO_LARGE("At most $100,000.00 can be taken at once. Check the amount."),
    MORE_THAN_OWED(
        "This is more than is owed. Take less, or choose to keep the rest as credit on the account."),
    STAYED(
        "What is left is for a visit that is disputed, or that a court protects: it is paid only when"
            + " the payer names it. Choose the visit, take less, or keep the rest as credit."),
    NO_SUCH_VISIT("A visit that was chosen is not on this account, or nothing is owed for it now."),
    SENT_BEFORE(
        "This form was sent before with something else in it. Look at what was done, and begin"
            + " anew."),
    NO_KEY("Reload the page and try again: this form was not sent whole."),
    CARD_NUMBER(
        "This looks like a card's number, which must not be kept here. Cards are charged on the"
            + " gateway's page."),
    NOT_AT_DESK("Cards are charged on the gateway's page."),
    NOT_TODAY("Only what was taken today can be voided. Refund it instead."),
    CARD_IS_REFUNDED("A card payment cannot be voided. Refund it instead."),
    REFUNDED_ALREADY("Some of it was given back, so it cannot be voided. Refund the rest."),
    VOIDED("This payment was voided: there is nothing to give back."),
    MORE_THAN_PAID("This is more than is left of the payment."),
    NOTHING_TO_APPLY(
        "There is no credit that could be applied, or no visit that it could pay for."),
    NO_GATEWAY("Card payments are not set up on this server."),
    GATEWAY_SILENT("The card page cannot be reached now. Nothing was charged; try again."),
    TOO_MANY_INSTALMENTS(
        "A plan has at most four instalments: with a fifth it is credit under the Truth in Lending"
            + " Act (Regulation Z), which needs disclosures of its own."),
    NO_INSTALMENTS("Choose two, three or four instalments."),
    FIRST_DUE_TOO_EARLY("The first instalment cannot be due before today."),
    FIRST_DUE_TOO_LATE("The first instalment is due within 30 days."),
    PLAN_ABOVE_OWED("A plan cannot be for more than is owed."),
    TOO_LITTLE("This is too little to be paid in parts: each instalment is at least $1.00."),
    PLAN_RUNS("There is a plan already. Cancel it first.");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** For people of the office. */
    public String words() {
      return words;
    }

    /** For patients, in their language: {@code messages/payment*.properties}. */
    public String words(Locale locale) {
      return ResourceBundle.getBundle(
              "messages.payment",
              locale,
              ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
          .getString("refused." + name());
    }
  }

  public Refused(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  public String words() {
    return reason.words();
  }

  /** For patients, in their language. */
  public String words(Locale locale) {
    return reason.words(locale);
  }
}
