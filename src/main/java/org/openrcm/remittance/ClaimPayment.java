package org.openrcm.remittance;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Contact;
import org.openrcm.billing.Dated;
import org.openrcm.billing.Person;
import org.openrcm.billing.Quantity;
import org.openrcm.billing.Reference;
import org.openrcm.billing.Unmapped;
import org.openrcm.money.Money;

/**
 * One claim as adjudicated: loop 2100 with its service lines.
 *
 * @param group the group (LX) it stands in
 * @param patientControlNumber CLP01: the number the provider gave the claim (CLM01)
 * @param status CLP02: processed as primary, denied, reversal ...
 * @param charged CLP03
 * @param paid CLP04
 * @param patientResponsibility CLP05 as sent, null when not sent; the adjustments are the truth
 * @param filingIndicator CLP06: kind of plan
 * @param payerClaimControlNumber CLP07
 * @param facilityType CLP08: place of service, or first two digits of the type of bill
 * @param frequency CLP09
 * @param drg CLP11
 * @param drgWeight CLP12
 * @param dischargeFraction CLP13
 * @param adjustments CAS of the claim itself; lines have their own
 * @param people NM1 in their order
 * @param inpatient MIA
 * @param outpatient MOA
 * @param ordinal its place among the claims of the transaction set, from 1
 * @param segment number of its CLP in the transaction set
 * @param byteOffset of its CLP in the file, -1 when not known
 * @param byteLength from its CLP to the end of its last segment
 */
public record ClaimPayment(
    ClaimGroup group,
    String patientControlNumber,
    String status,
    Money charged,
    Money paid,
    @Nullable Money patientResponsibility,
    @Nullable String filingIndicator,
    @Nullable String payerClaimControlNumber,
    @Nullable String facilityType,
    @Nullable String frequency,
    @Nullable String drg,
    @Nullable BigDecimal drgWeight,
    @Nullable BigDecimal dischargeFraction,
    List<Adjustment> adjustments,
    List<Person> people,
    @Nullable Outcome inpatient,
    @Nullable Outcome outpatient,
    List<Reference> references,
    List<Dated> dates,
    List<Contact> contacts,
    List<Amount> amounts,
    List<Quantity> quantities,
    List<ServicePayment> lines,
    List<Unmapped> unmapped,
    int ordinal,
    long segment,
    long byteOffset,
    long byteLength) {

  /** CLP02 22: takes back an earlier payment of the same claim. */
  public boolean isReversal() {
    return status.equals("22");
  }

  /** CLP02 25: says what would be paid, pays nothing. */
  public boolean isPredetermination() {
    return status.equals("25");
  }

  /** The first person in this role (NM101), or null. */
  public @Nullable Person person(String entity) {
    for (Person person : people) {
      if (person.entity().equals(entity)) {
        return person;
      }
    }
    return null;
  }

  /** What the patient owes by the adjustments of claim and lines (group PR). */
  public Money adjustedToPatient() {
    long cents = patientCents(adjustments);
    for (int i = 0; i < lines.size(); i++) {
      cents = Math.addExact(cents, patientCents(lines.get(i).adjustments()));
    }
    return Money.ofCents(cents);
  }

  private static long patientCents(List<Adjustment> adjustments) {
    long cents = 0;
    for (int i = 0; i < adjustments.size(); i++) {
      Adjustment adjustment = adjustments.get(i);
      if (adjustment.isPatientResponsibility()) {
        cents = Math.addExact(cents, adjustment.amount().cents());
      }
    }
    return cents;
  }
}
