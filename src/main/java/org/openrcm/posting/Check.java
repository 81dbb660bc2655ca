package org.openrcm.posting;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Line;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.StoredRemittance;

/**
 * A check as posting needs it.
 *
 * @param trace TRN02: what its cash and its unapplied money go by
 * @param payer {@link #payer(Remittance)}
 */
record Check(
    long number, UUID id, LocalDate day, String trace, String payer, @Nullable String payerName) {

  /**
   * By their days. What tells those of one day apart must be the same in all files that a check
   * comes in: its id is not, it is made of control numbers too.
   */
  static final Comparator<Check> BY_DAY =
      Comparator.comparing(Check::day)
          .thenComparing(Check::trace)
          .thenComparing(Check::payer)
          .thenComparing(Check::id);

  static Check of(StoredRemittance stored, LocalDate day) {
    Remittance remittance = stored.remittance();
    return new Check(
        stored.number(),
        stored.id(),
        day,
        remittance.trace().number(),
        payer(remittance),
        remittance.payer().name());
  }

  /** By which a payer is known from check to check: TRN03, or its name where none was sent. */
  static String payer(Remittance remittance) {
    String originator = remittance.trace().originator();
    String name = remittance.payer().name();
    return originator != null
        ? originator
        : name == null ? "(no name)" : name.toLowerCase(Locale.ROOT);
  }

  Line.At cash(long segment) {
    return new Line.At(AccountKind.CASH_CLEARING, null, null, null, null, trace, segment);
  }

  Line.At unapplied(@Nullable String code, long segment) {
    return new Line.At(AccountKind.UNAPPLIED_CREDIT, null, null, null, code, trace, segment);
  }
}
