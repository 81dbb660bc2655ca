package org.openrcm.fhir;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.PaymentReconciliation;
import org.hl7.fhir.r4.model.PaymentReconciliation.DetailsComponent;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;
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
  /** Details in one resource; the 835 guide asks for no more claims than this in one set. */
  static final int MOST_DETAILS = 10_000;

  private static final CodeableConcept PAYMENT = Elements.concept(Systems.PAYMENT_TYPE, "payment");

  private final Elements elements;

  PaymentReconciliations(Elements elements) {
    this.elements = elements;
  }

  /** One line of a check: exactly one of claim and adjustment is there. */
  record Detail(
      @Nullable String claimId,
      @Nullable String patientControlNumber,
      @Nullable ProviderAdjustment adjustment,
      Money amount) {

    static Detail of(String claimId, ClaimPayment claim) {
      return new Detail(claimId, claim.patientControlNumber(), null, claim.paid());
    }

    static Detail of(ProviderAdjustment adjustment) {
      return new Detail(null, null, adjustment, adjustment.amount().negated());
    }
  }

  static String id(Remittance remittance, int part) {
    return ContentId.of("payment", key(remittance), part);
  }

  /** What tells this transaction set from any other, wherever it is read. */
  static String key(Remittance remittance) {
    Remittance.Source source = remittance.source();
    return String.join(
        "\u0000",
        source.sender(),
        source.interchangeControl(),
        source.groupControl(),
        source.setControl(),
        String.valueOf(remittance.payer().name()),
        remittance.trace().number(),
        String.valueOf(remittance.trace().originator()),
        Integer.toString(source.occurrence()));
  }

  /**
   * A part of a check.
   *
   * @param amount what this part comes to; null when BPR02 cannot be read
   * @param part from 1
   * @param totals of the whole check in its last part, null in those before
   */
  PaymentReconciliation of(
      Remittance remittance,
      List<Detail> details,
      @Nullable Money amount,
      int part,
      @Nullable Totals totals) {
    PaymentReconciliation payment = new PaymentReconciliation();
    Source.stamp(payment, id(remittance, part), remittance.source(), 2, Systems.PAYMENT_PROFILE);
    extensions(remittance, part, totals, payment);
    Remittance.Trace trace = remittance.trace();
    payment.setStatus(PaymentReconciliation.PaymentReconciliationStatus.ACTIVE);
    payment.setCreatedElement(
        elements.dateTime(
            remittance.productionDate() == null
                ? remittance.payment().date()
                : remittance.productionDate()));
    payment.setPaymentIssuer(
        Elements.reference("Organization", Parties.payerId(remittance)));
    boolean whole = totals == null || (totals.end() == SetEnd.CLOSED && totals.unread() == 0);
    payment.setOutcome(
        whole
            ? Enumerations.RemittanceOutcome.COMPLETE
            : Enumerations.RemittanceOutcome.PARTIAL);
    payment.setPaymentDateElement(elements.date(remittance.payment().date()));
    payment.setPaymentAmount(
        amount == null
            ? Elements.absent(new org.hl7.fhir.r4.model.Money())
            : Elements.money(amount));
    if (!trace.number().isEmpty()) {
      payment.setPaymentIdentifier(Elements.identifier(null, trace.number()));
    }
    for (Detail detail : details) {
      detail(remittance, detail, payment.addDetail());
    }
    return payment;
  }

  private static void extensions(
      Remittance remittance, int part, @Nullable Totals totals, PaymentReconciliation payment) {
    String method = remittance.payment().method();
    if (!method.isEmpty()) {
      payment.addExtension(
          Systems.PAYMENT_METHOD_EXTENSION, Elements.coding(Systems.x12(591), method));
    }
    if (part > 1 || totals == null) {
      payment.addExtension(Systems.PART_EXTENSION, new IntegerType(part));
    }
    remittance
        .unmapped()
        .forEach(
            segment ->
                payment.addExtension(
                    Systems.UNMAPPED_EXTENSION, new StringType(segment.text())));
  }

  private static void detail(Remittance remittance, Detail from, DetailsComponent detail) {
    String payee = Parties.payeeId(remittance);
    ProviderAdjustment adjustment = from.adjustment();
    if (adjustment == null) {
      detail.setType(PAYMENT);
      detail.setRequest(
          new org.hl7.fhir.r4.model.Reference()
              .setType("Claim")
              .setIdentifier(
                  Elements.identifier(null, String.valueOf(from.patientControlNumber()))));
      detail.setResponse(
          Elements.reference("ClaimResponse", String.valueOf(from.claimId())));
    } else {
      if (adjustment.reference() != null) {
        detail.setIdentifier(Elements.identifier(null, adjustment.reference()));
      }
      detail.setType(
          Elements.concept(Systems.PAYMENT_TYPE, "adjustment")
              .addCoding(Elements.coding(Systems.PROVIDER_ADJUSTMENT, adjustment.reason())));
    }
    detail.setPayee(Elements.reference("Organization", payee));
    detail.setAmount(Elements.money(from.amount()));
  }
}
