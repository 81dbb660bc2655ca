package org.openrcm.claim;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Quantity;
import org.openrcm.billing.Unmapped;
import org.openrcm.money.Money;

/**
 * One claim as billed: loop 2300 with its lines, and the loops that it hangs below.
 *
 * @param billing 2000A
 * @param subscriber 2000B
 * @param patient 2000C, null when the subscriber is the patient
 * @param patientControlNumber CLM01: comes back as CLP01
 * @param charged CLM02
 * @param facilityType CLM05-1: place of service, or first two digits of the type of bill
 * @param facilityQualifier CLM05-2: {@code B} place of service, {@code A} type of bill
 * @param frequency CLM05-3: {@code 1} original, {@code 7} replacement, {@code 8} void
 * @param terms CLM06 on
 * @param admission CL1, of institutional claims
 * @param periods DTP
 * @param attachments PWK
 * @param amounts AMT: {@code F5} the patient paid
 * @param references REF: {@code F8} payer's number of the claim that this one replaces or voids
 * @param notes NTE
 * @param details segments that nothing reckons with
 * @param codes HI, in order
 * @param quantities QTY
 * @param providers 2310: referring {@code DN}, rendering {@code 82}, facility {@code 77}, attending
 *     {@code 71} ...
 * @param otherCoverages 2320
 * @param ordinal its place among the claims of the transaction set, from 1
 * @param segment number of its CLM in the transaction set
 * @param byteOffset of its CLM in the file, -1 when not known
 * @param byteLength from its CLM to the end of its last segment
 */
public record Claim(
    Billing billing,
    Subscriber subscriber,
    @Nullable Patient patient,
    String patientControlNumber,
    Money charged,
    @Nullable String facilityType,
    @Nullable String facilityQualifier,
    @Nullable String frequency,
    Terms terms,
    @Nullable Admission admission,
    List<Period> periods,
    List<Attachment> attachments,
    List<Amount> amounts,
    List<ClaimReference> references,
    List<Note> notes,
    List<Detail> details,
    List<HealthCode> codes,
    List<Quantity> quantities,
    List<Named> providers,
    List<OtherCoverage> otherCoverages,
    List<ServiceLine> lines,
    List<Unmapped> unmapped,
    int ordinal,
    long segment,
    long byteOffset,
    long byteLength) {

  /**
   * What the provider and the patient agreed to.
   *
   * @param signatureOnFile CLM06
   * @param assignment CLM07: {@code A}, {@code B}, {@code C}
   * @param benefitsAssigned CLM08
   * @param release CLM09
   * @param signatureSource CLM10
   * @param causes CLM11-1 to 3: {@code AA} automobile, {@code EM} employment, {@code OA} other
   *     accident
   * @param causeState CLM11-4
   * @param causeCountry CLM11-5
   * @param program CLM12
   * @param reason CLM19: {@code PB} predetermination of benefits
   * @param delayReason CLM20
   */
  public record Terms(
      @Nullable String signatureOnFile,
      @Nullable String assignment,
      @Nullable String benefitsAssigned,
      @Nullable String release,
      @Nullable String signatureSource,
      List<String> causes,
      @Nullable String causeState,
      @Nullable String causeCountry,
      @Nullable String program,
      @Nullable String reason,
      @Nullable String delayReason) {}

  /** CL1: type, source (point of origin) and patient status (discharge), codes of NUBC. */
  public record Admission(
      @Nullable String type, @Nullable String source, @Nullable String patientStatus) {}

  /** CLM05-3 7: takes the place of a claim that was sent before. */
  public boolean isReplacement() {
    return "7".equals(frequency);
  }

  /** CLM05-3 8: takes back a claim that was sent before. */
  public boolean isVoid() {
    return "8".equals(frequency);
  }

  /** CLM19: asks what would be paid. */
  public boolean isPredetermination() {
    return "PB".equals(terms.reason());
  }

  /** REF*F8, or null. */
  public @Nullable String priorClaimNumber() {
    return reference("F8");
  }

  /** The first REF02 of this qualifier, or null. */
  public @Nullable String reference(String qualifier) {
    return ClaimReference.first(references, qualifier);
  }

  /** Who was treated: the patient named apart, otherwise the subscriber. */
  public Named treated() {
    return patient == null ? subscriber.person() : patient.person();
  }

  /** The first provider in this role (NM101), or null. */
  public @Nullable Named provider(String entity) {
    for (Named provider : providers) {
      if (provider.person().entity().equals(entity)) {
        return provider;
      }
    }
    return null;
  }

  /** The first DTP of this qualifier, or null. */
  public @Nullable Period period(String qualifier) {
    for (Period period : periods) {
      if (period.qualifier().equals(qualifier)) {
        return period;
      }
    }
    return null;
  }
}
