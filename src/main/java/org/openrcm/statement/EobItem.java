package org.openrcm.statement;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.remittance.ServicePayment;
import org.openrcm.remittance.StoredClaim;

/**
 * Where an insurer's decision stands.
 *
 * @param eob id of the claim payment (the ExplanationOfBenefit of the same id)
 * @param sequence of its item: 1 for the first SVC; null for what is of the claim as a whole
 */
public record EobItem(UUID eob, @Nullable Integer sequence) {

  /** The item that a segment of the transaction set belongs to: SVC, and what follows it. */
  static EobItem at(StoredClaim eob, long segment) {
    List<ServicePayment> lines = eob.claim().lines();
    int sequence = 0;
    while (sequence < lines.size() && lines.get(sequence).segment() <= segment) {
      sequence++;
    }
    return new EobItem(eob.id(), sequence == 0 ? null : sequence);
  }
}
