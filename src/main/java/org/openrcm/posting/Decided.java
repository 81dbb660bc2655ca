package org.openrcm.posting;

import java.util.Comparator;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.Document;
import org.openrcm.remittance.ClaimKey;
import org.openrcm.remittance.ClaimPayment;

/**
 * A claim payment as posting needs it.
 *
 * @param claim the number of the claim that it is for; null when it is for none that is here
 * @param byPerson whether somebody chose that claim
 * @param held whether somebody left it out
 * @param asSent whether somebody decided that it is to be applied although it looks wrong
 * @param writtenOff what of its denials somebody gave up
 */
record Decided(
    ClaimKey key,
    UUID id,
    ClaimPayment payment,
    Check check,
    @Nullable Long claim,
    boolean byPerson,
    boolean held,
    boolean asSent,
    Set<Refusal> writtenOff) {

  /** As payers made them, whatever the order in which they came. */
  static final Comparator<Decided> BY_DAY =
      Comparator.comparing(Decided::check, Check.BY_DAY)
          .thenComparing(decided -> decided.key().ordinal());

  Document document() {
    return Document.payment(key.remittanceNumber(), key.ordinal());
  }
}
