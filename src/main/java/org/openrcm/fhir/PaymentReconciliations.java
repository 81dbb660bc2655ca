package org.openrcm.fhir;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.PaymentReconciliation;
import org.hl7.fhir.r4.model.PaymentReconciliation.DetailsComponent;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.CodeList;
import org.openrcm.billing.Unmapped;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimGroup;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Identities;
import org.openrcm.remittance.ProviderAdjustment;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.RemittanceHandler.Totals;
import org.openrcm.x12.SetEnd;

/**
 * A check (BPR, TRN) as PaymentReconciliation: a detail for each claim and for each provider
 * adjustment (PLB), whose amounts add up to the payment.
 *
 * <p>A check with more details than {@link #MOST_DETAILS} continues in further parts, so that no
 * resource grows without bound; the parts' payment amounts add up to BPR02.
 */
final class PaymentReconciliations {
  /** Details in one resource. */
  static final int MOST_DETAILS = Identities.DETAILS_IN_PAYMENT;

  private static final CodeableConcept PAYMENT = Elements.concept(Systems.PAYMENT_TYPE, "payment");
  private static final CodeList REASONS = CodeList.load("provider-adjustment-reason");

  private PaymentReconciliations() {}

  /** One line of a check: exactly one of claim and adjustment is there. */
  record Detail(
      @Nullable String claimId,
      @Nullable String patientControlNumber,
      ClaimGroup group,
      @Nullable ProviderAdjustment adjustment,
      Money amount) {

    static Detail of(String claimId, ClaimPayment claim) {
      return new Detail(claimId, claim.patientControlNumber(), claim.group(), null, claim.paid());
    }

    static Detail of(ProviderAdjustment adjustment) {
      return new Detail(null, null, ClaimGroup.NONE, adjustment, adjustment.amount().negated());
    }
  }

  /**
   * A part of a check.
   *
   * @param amount what this part comes to; null when BPR02 cannot be read
   * @param part from 1
   * @param totals of the whole check in its last part, null in those before
   */
  static PaymentReconciliation of(
      RemittanceView check,
      List<Detail> details,
      @Nullable Money amount,
      int part,
      @Nullable Totals totals) {
    Remittance remittance = check.remittance();
    Elements elements = check.elements();
    PaymentReconciliation payment = new PaymentReconciliation();
    Source.stamp(
        payment, Identities.paymentId(remittance, part), check, 2, Systems.PAYMENT_PROFILE);
    instructions(remittance.payment(), payment);
    references(remittance, payment);
    if (part > 1 || totals == null) {
      payment.addExtension(Systems.PART_EXTENSION, new PositiveIntType(part));
    }
    details.stream()
        .map(Detail::group)
        .distinct()
        .filter(ClaimGroups::hasTotals)
        .forEach(group -> payment.addExtension(ClaimGroups.totals(group, check)));
    if (part == 1) {
      unmapped(remittance.unmapped(), payment);
    }
    if (totals != null) {
      unmapped(totals.unmapped(), payment);
    }
    payment.setStatus(PaymentReconciliation.PaymentReconciliationStatus.ACTIVE);
    payment.setCreatedElement(
        elements.dateTime(
            remittance.productionDate() == null
                ? remittance.payment().date()
                : remittance.productionDate()));
    payment.setPaymentIssuer(check.payer());
    payment.setRequestor(check.payee());
    boolean whole = totals == null || (totals.end() == SetEnd.CLOSED && totals.unread() == 0);
    payment.setOutcome(
        whole ? Enumerations.RemittanceOutcome.COMPLETE : Enumerations.RemittanceOutcome.PARTIAL);
    payment.setPaymentDateElement(elements.date(remittance.payment().date()));
    payment.setPaymentAmount(
        amount == null ? Elements.absent(new org.hl7.fhir.r4.model.Money()) : check.money(amount));
    if (check.trace() != null) {
      payment.setPaymentIdentifier(check.trace());
    }
    for (Detail detail : details) {
      detail(check, detail, payment.addDetail());
    }
    return payment;
  }

  /** BPR01, BPR03, BPR04, BPR05. Numbers of banks and accounts are left out on purpose. */
  private static void unmapped(List<Unmapped> segments, PaymentReconciliation payment) {
    for (Unmapped segment : segments) {
      payment.addExtension(Source.unmapped(segment.text()));
    }
  }

  private static void instructions(Remittance.Payment from, PaymentReconciliation payment) {
    instruction(305, from.handling(), payment);
    instruction(478, from.creditDebit(), payment);
    instruction(591, from.method(), payment);
    instruction(812, from.format(), payment);
  }

  private static void instruction(
      int dataElement, @Nullable String code, PaymentReconciliation payment) {
    if (code != null && !code.isEmpty()) {
      payment.addExtension(
          Systems.PAYMENT_INSTRUCTION_EXTENSION, Elements.coding(Systems.x12(dataElement), code));
    }
  }

  /** REF*EV, REF*F2, BPR11, TRN04 and CUR03. */
  private static void references(Remittance remittance, PaymentReconciliation payment) {
    reference(Systems.x12(128), "EV", remittance.receiverId(), payment);
    reference(Systems.x12(128), "F2", remittance.versionId(), payment);
    reference(Systems.REMITTANCE, "BPR11", remittance.payment().originatorSupplement(), payment);
    reference(Systems.REMITTANCE, "TRN04", remittance.trace().supplement(), payment);
    Remittance.Currency currency = remittance.currency();
    if (currency != null && currency.rate() != null) {
      payment.addExtension(Systems.EXCHANGE_RATE_EXTENSION, new StringType(currency.rate()));
    }
  }

  private static void reference(
      String system, String type, @Nullable String value, PaymentReconciliation payment) {
    if (value != null) {
      payment.addExtension(
          Systems.REFERENCE_EXTENSION,
          Elements.identifier(null, value).setType(Elements.concept(system, type)));
    }
  }

  private static void detail(RemittanceView check, Detail from, DetailsComponent detail) {
    ProviderAdjustment adjustment = from.adjustment();
    if (adjustment == null) {
      if (ClaimGroups.hasTotals(from.group())) {
        detail.addExtension(
            Systems.CLAIM_GROUP_NUMBER_EXTENSION, new StringType(from.group().number()));
      }
      detail.setType(PAYMENT);
      detail.setRequest(
          new Reference()
              .setType("Claim")
              .setIdentifier(
                  Elements.identifier(null, String.valueOf(from.patientControlNumber()))));
      detail.setResponse(Elements.reference("ClaimResponse", String.valueOf(from.claimId())));
    } else {
      adjustment(check, adjustment, detail);
    }
    detail.setPayee(check.payee());
    detail.setAmount(check.money(from.amount()));
  }

  /** PLB: whose it is, of which fiscal year, why, and the number it is followed by. */
  private static void adjustment(
      RemittanceView check, ProviderAdjustment adjustment, DetailsComponent detail) {
    if (!adjustment.provider().isEmpty()) {
      detail.addExtension(
          Systems.ADJUSTED_PROVIDER_EXTENSION, Elements.identifier(null, adjustment.provider()));
    }
    if (adjustment.fiscalPeriodEnd() != null) {
      detail.addExtension(
          Systems.FISCAL_PERIOD_EXTENSION, check.elements().date(adjustment.fiscalPeriodEnd()));
    }
    if (adjustment.reference() != null) {
      detail.setIdentifier(Elements.identifier(null, adjustment.reference()));
    }
    boolean known = REASONS.row(adjustment.reason(), null).isPresent();
    detail.setType(
        Elements.concept(Systems.PAYMENT_TYPE, "adjustment")
            .addCoding(
                Elements.coding(
                    known ? Systems.PROVIDER_ADJUSTMENT : Systems.x12(426), adjustment.reason())));
  }
}
