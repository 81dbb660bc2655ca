package org.openrcm.payment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.Document;
import org.openrcm.money.Money;

/**
 * Something that a patient gets back.
 *
 * @param payment number of the payment that it is of
 * @param method CARD: through the gateway; CHEQUE: the office writes one
 */
public record Refund(
    long number,
    UUID id,
    long payment,
    Money amount,
    Method method,
    LocalDate madeOn,
    Instant madeAt,
    String madeBy,
    State state,
    @Nullable String gatewayReference) {

  /** How far it is. */
  public enum State {
    /** The books have it; the gateway is to be told. */
    SENDING("Being sent", "attention"),
    DONE("Given back", "good"),
    /** The gateway did not take it: the entries were taken back. */
    FAILED("Failed", "wrong");

    private final String label;
    private final String meaning;

    State(String label, String meaning) {
      this.label = label;
      this.meaning = meaning;
    }

    public String label() {
      return label;
    }

    public String meaning() {
      return meaning;
    }
  }

  public String reference() {
    return "RF-" + number;
  }

  Document document() {
    return Document.refund(number);
  }
}
