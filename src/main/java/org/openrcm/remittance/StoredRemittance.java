package org.openrcm.remittance;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.openrcm.x12.SetEnd;

/**
 * A check as it was loaded.
 *
 * @param number in the order of loading
 * @param id {@link Identities#paymentId} of part 1
 * @param fileId of the file that it came in
 */
public record StoredRemittance(
    long number,
    UUID id,
    Instant loadedAt,
    UUID fileId,
    Remittance remittance,
    RemittanceHandler.Totals totals) {

  /**
   * What the payment is more (or less) than claim payments less provider adjustments; zero when the
   * check is in balance, null when that cannot be told because something could not be read.
   */
  public @Nullable Money difference() {
    Money amount = remittance.payment().amount();
    if (amount == null || totals.unread() > 0 || totals.end() == SetEnd.CUT_OFF) {
      return null;
    }
    return amount.minus(totals.paid().minus(totals.adjusted()));
  }
}
