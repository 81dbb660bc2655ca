package org.openrcm.claim;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Person;
import org.openrcm.billing.Quantity;
import org.openrcm.billing.Reference;

/**
 * What a 277CA says of a whole batch (2000B) or of all claims of one provider (2000C).
 *
 * @param level whose status it is
 * @param party 2100B or 2100C NM1
 * @param trace 2200B TRN02: BHT03 of the 837 that is answered; 2200C TRN02: the provider's number
 * @param statuses STC
 * @param references REF of a provider
 * @param quantities QTY: {@code 90} or {@code QA} accepted claims, {@code AA} or {@code QC}
 *     rejected
 * @param amounts AMT: {@code YU} charged on accepted claims, {@code YY} on rejected ones
 * @param segment number of its HL in the transaction set
 * @param byteOffset of its HL in the file, -1 when not known
 */
public record PartyStatus(
    Level level,
    @Nullable Person party,
    @Nullable String trace,
    List<Status> statuses,
    List<Reference> references,
    List<Quantity> quantities,
    List<Amount> amounts,
    long segment,
    long byteOffset) {

  /** Which level of the report. */
  public enum Level {
    /** 2000B: who submitted the claims. */
    SUBMITTER,
    /** 2000C: who billed them. */
    PROVIDER
  }

  public Acceptance acceptance() {
    return Status.acceptance(statuses);
  }
}
