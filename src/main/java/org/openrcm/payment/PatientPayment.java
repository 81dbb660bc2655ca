package org.openrcm.payment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.Document;
import org.openrcm.money.Money;

/**
 * Something that a patient paid.
 *
 * @param account its number
 * @param chequeNumber as written on it; null where it has none
 * @param gatewayReference the gateway's id of a card payment
 */
public record PatientPayment(
    long number,
    UUID id,
    long account,
    Money amount,
    Method method,
    @Nullable String chequeNumber,
    LocalDate receivedOn,
    Instant takenAt,
    String takenBy,
    @Nullable String gatewayReference,
    @Nullable Instant voidedAt,
    @Nullable String voidedBy) {

  /** By which its money is followed in the books, and people know it. */
  public String reference() {
    return "PP-" + number;
  }

  public boolean isVoided() {
    return voidedAt != null;
  }

  Document document() {
    return Document.patientPayment(number);
  }
}
