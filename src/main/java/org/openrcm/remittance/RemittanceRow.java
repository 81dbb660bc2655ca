package org.openrcm.remittance;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A check as lists show it.
 *
 * @param amountCents null when it cannot be read
 * @param offCents what it is more than claims and adjustments come to; null when that cannot be
 *     told
 */
record RemittanceRow(
    long number,
    UUID id,
    UUID fileId,
    String file,
    @Nullable LocalDate date,
    @Nullable String payer,
    @Nullable String payee,
    String trace,
    String method,
    @Nullable Long amountCents,
    int claims,
    int unread,
    @Nullable Long offCents) {

  /** {@code good}, {@code wrong} or {@code attention}. */
  public String tone() {
    return offCents == null ? "attention" : offCents == 0 ? "good" : "wrong";
  }

  /** In words. */
  public String balance() {
    return offCents == null ? "In part" : offCents == 0 ? "Balanced" : "Off";
  }
}
