package org.openrcm.claim;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Person;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.Reference;
import org.openrcm.money.Money;

/**
 * What a 277CA says of one claim: loop 2200D with its lines, and the patient above it.
 *
 * @param provider 2100C NM1 of the provider it hangs below
 * @param patient 2100D NM1
 * @param patientControlNumber 2200D TRN02: CLM01 as it was sent; empty when it is missing
 * @param statuses STC
 * @param payerClaimControlNumber REF*1K
 * @param clearinghouseTrace REF*D9
 * @param billType REF*BLT
 * @param service DTP*472
 * @param lines 2220D
 * @param ordinal its place among the claims of the report, from 1
 * @param segment number of its TRN in the transaction set; of its HL when TRN is missing
 * @param byteOffset of that segment in the file, -1 when not known
 */
public record ClaimStatus(
    @Nullable Person provider,
    @Nullable Person patient,
    String patientControlNumber,
    List<Status> statuses,
    @Nullable String payerClaimControlNumber,
    @Nullable String clearinghouseTrace,
    @Nullable String billType,
    @Nullable Period service,
    List<Line> lines,
    int ordinal,
    long segment,
    long byteOffset) {

  /**
   * 2220D: what is said of one service line.
   *
   * @param procedure SVC01, or for a line with a revenue code alone that one
   * @param charged SVC02
   * @param revenueCode SVC04
   * @param quantity SVC07
   * @param statuses STC
   * @param controlNumber REF*FJ: REF*6R of the line as it was sent
   * @param prescription REF*XZ
   * @param references other REFs
   * @param service DTP*472
   * @param segment number of its SVC in the transaction set
   * @param byteOffset of its SVC in the file, -1 when not known
   */
  public record Line(
      @Nullable Procedure procedure,
      @Nullable Money charged,
      @Nullable String revenueCode,
      @Nullable BigDecimal quantity,
      List<Status> statuses,
      @Nullable String controlNumber,
      @Nullable String prescription,
      List<Reference> references,
      @Nullable Period service,
      long segment,
      long byteOffset) {}

  /** Rejected when a status of the claim says so, else accepted when one does (X33). */
  public Acceptance acceptance() {
    return Status.acceptance(statuses);
  }
}
