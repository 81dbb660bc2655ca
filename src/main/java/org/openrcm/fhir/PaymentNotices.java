package org.openrcm.fhir;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.PaymentNotice;
import org.hl7.fhir.r4.model.PaymentNotice.PaymentNoticeStatus;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.ContentId;
import org.openrcm.payment.Method;
import org.openrcm.payment.PatientPayment;
import org.openrcm.payment.Receipt;

/** Something that a patient paid, and what has become of it. */
final class PaymentNotices {
  private static final CodeableConcept NUMBER =
      Elements.concept(Systems.PATIENT_BILL, "payment-number");
  private static final Amounts AMOUNTS = Amounts.in(null, new Elements());

  private PaymentNotices() {}

  /**
   * Where a payment belongs.
   *
   * @param account its id
   * @param statement the id of the last statement that the account was sent before; null if none
   * @param changed when it was taken, or an entry of it was posted, whichever is later
   */
  record Place(UUID account, @Nullable UUID statement, Instant changed) {}

  /**
   * A notice.
   *
   * @param practice the name of whom it was paid to
   */
  static PaymentNotice of(Receipt receipt, Place place, String practice) {
    PatientPayment payment = receipt.payment();
    PaymentNotice notice = new PaymentNotice();
    notice.setId(ContentId.text(payment.id()));
    notice.getMeta().addProfile(Systems.NOTICE_PROFILE);
    notice.getMeta().setLastUpdatedElement(Elements.instant(place.changed()));
    notice.addExtension(become(receipt, place));
    notice.addIdentifier(Elements.identifier(null, payment.reference()).setType(NUMBER));
    notice.setStatus(
        payment.isVoided() ? PaymentNoticeStatus.CANCELLED : PaymentNoticeStatus.ACTIVE);
    notice.setRequest(
        place.statement() == null
            ? account(place)
            : Elements.reference("Invoice", ContentId.text(place.statement())));
    DateTimeType taken = new DateTimeType();
    taken.setValue(Date.from(payment.takenAt()), TemporalPrecisionEnum.MILLI);
    taken.setTimeZoneZulu(true);
    notice.setCreatedElement(taken);
    // a patient's payment is no PaymentReconciliation, which FHIR asks for: it is told by its
    // number
    notice.setPayment(
        new Reference()
            .setIdentifier(Elements.identifier(null, payment.reference()).setType(NUMBER)));
    notice.setPaymentDateElement(new DateType(payment.receivedOn().toString()));
    Reference to = practice(practice, notice);
    notice.setPayee(to);
    notice.setRecipient(to);
    notice.setAmount(AMOUNTS.money(payment.amount()));
    if (!payment.isVoided()) {
      notice.setPaymentStatus(Elements.concept(Systems.PAYMENT_STATUS, "paid"));
    }
    return notice;
  }

  private static Reference account(Place place) {
    return Elements.reference("Account", ContentId.text(place.account()));
  }

  static Reference practice(String name, DomainResource into) {
    Organization practice = new Organization();
    practice.setId("practice");
    practice.setName(name);
    return BillParties.contain(practice, into);
  }

  /** What it is for: visits, credit and what was given back are its amount, unless it is voided. */
  private static Extension become(Receipt receipt, Place place) {
    Extension become = new Extension(Systems.PATIENT_PAYMENT_EXTENSION);
    become.addExtension("account", account(place));
    become.addExtension(
        "method", Elements.coding(Systems.PATIENT_BILL, code(receipt.payment().method())));
    for (Receipt.Visit visit : receipt.visits()) {
      Extension part = new Extension("visit");
      Reference claim = Elements.reference("Claim", ContentId.text(visit.id()));
      if (!visit.control().isEmpty()) {
        claim.setIdentifier(PatientAccounts.control(visit.control()));
      }
      part.addExtension("claim", claim);
      part.addExtension("amount", AMOUNTS.money(visit.paid()));
      become.addExtension(part);
    }
    become.addExtension("credit", AMOUNTS.money(receipt.credit()));
    become.addExtension("refunded", AMOUNTS.money(receipt.refunded()));
    return become;
  }

  private static String code(Method method) {
    return switch (method) {
      case CASH -> "cash";
      case CHEQUE -> "check";
      case CARD -> "card";
    };
  }
}
