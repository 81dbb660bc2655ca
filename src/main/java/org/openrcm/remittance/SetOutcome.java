package org.openrcm.remittance;

import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of a transaction set that was to be loaded.
 *
 * @param transactionSet {@code ISA13/GS06/ST02}, as in findings
 * @param remittanceId of the remittance that it became, or that was there before it; null when it
 *     was not loaded
 * @param claims how many were loaded
 * @param reason why it was passed over or not loaded, in plain words; null when it was loaded
 */
public record SetOutcome(
    String transactionSet,
    Outcome outcome,
    @Nullable UUID remittanceId,
    int claims,
    @Nullable String reason) {

  /** How it went. */
  public enum Outcome {
    LOADED,
    /** It was there before; nothing was written. */
    DUPLICATE,
    /** The database cannot keep a value of it; nothing was written. */
    NOT_LOADED
  }

  /**
   * Whether a set was not loaded because the database cannot keep a value of it, now or later: too
   * long for an index, out of range.
   */
  public static boolean isRefusedValue(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused && refused.getSQLState() != null) {
        return refused.getSQLState().startsWith("22") || refused.getSQLState().startsWith("54");
      }
    }
    return false;
  }
}
