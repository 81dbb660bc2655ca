package org.openrcm.statement;

import java.time.LocalDate;
import java.util.UUID;
import org.openrcm.money.Money;
import org.openrcm.remittance.StoredClaim;

/**
 * What an insurer decided of a visit.
 *
 * @param day of the check
 * @param paid by the journal: zero of one that was taken back
 * @param eob the 835 claim (the ExplanationOfBenefit of the same id)
 */
record Decision(int rank, String payer, LocalDate day, Money paid, StoredClaim eob) {

  UUID id() {
    return eob.id();
  }
}
