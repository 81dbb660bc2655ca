package org.openrcm.fhir;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Money;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.AdjustmentCrosswalk;
import org.openrcm.billing.Amount;
import org.openrcm.billing.CodeList;
import org.openrcm.billing.Quantity;
import org.openrcm.remittance.ServicePayment;

/**
 * One adjudication of a claim or line, before it takes the shape of an EOB's or a ClaimResponse's.
 *
 * @param category its kind: an amount category of HL7 or C4BB, or C4BB's {@code adjustmentreason}
 * @param reason CARC or RARC, if that is why
 * @param value a number of units
 * @param group the CAS group code, which FHIR has no place for
 */
record Decision(
    CodeableConcept category,
    @Nullable CodeableConcept reason,
    @Nullable Money amount,
    @Nullable DecimalType value,
    @Nullable Extension group) {

  static final CodeableConcept SUBMITTED = hl7("submitted");
  static final CodeableConcept BENEFIT = hl7("benefit");
  static final CodeableConcept MEMBER_LIABILITY = c4bb("memberliability");
  private static final CodeableConcept ELIGIBLE = hl7("eligible");
  private static final CodeableConcept TAX = hl7("tax");
  private static final CodeableConcept PAID_BY_PATIENT = c4bb("paidbypatient");
  static final CodeableConcept ALLOWED_UNITS = discriminator("allowedunits");
  static final CodeableConcept REMARK = discriminator("adjustmentreason");
  private static final CodeableConcept REJECTED = discriminator("rejectreason");

  private static final AdjustmentCrosswalk CROSSWALK =
      AdjustmentCrosswalk.load("adjudication-category");
  private static final CodeList GROUPS = CodeList.load("claim-adjustment-group");
  private static final Map<String, CodeableConcept> CATEGORIES = new ConcurrentHashMap<>();

  static {
    CATEGORIES.put("deductible", hl7("deductible"));
    CATEGORIES.put("copay", hl7("copay"));
  }

  private static CodeableConcept hl7(String code) {
    return Elements.concept(Systems.HL7_ADJUDICATION, code);
  }

  private static CodeableConcept c4bb(String code) {
    return Elements.concept(Systems.C4BB_ADJUDICATION, code);
  }

  private static CodeableConcept discriminator(String code) {
    return Elements.concept(Systems.C4BB_DISCRIMINATOR, code);
  }

  static boolean isGroup(String code) {
    return GROUPS.row(code, null).isPresent();
  }

  /** The category that the crosswalk gives a CAS triplet. */
  static String categoryCode(Adjustment adjustment) {
    return CROSSWALK.find(adjustment.group(), adjustment.carc(), null);
  }

  /** The concept of a category of the crosswalk, which has about ten. */
  static CodeableConcept category(String code) {
    CodeableConcept known = CATEGORIES.get(code);
    return known != null ? known : CATEGORIES.computeIfAbsent(code, Decision::c4bb);
  }

  /** What a line was charged, paid and why the rest was not: SVC, AMT, QTY, CAS and LQ. */
  static List<Decision> of(ServicePayment line, RemittanceView check) {
    List<Decision> decisions = new ArrayList<>(4 + line.adjustments().size());
    decisions.add(amount(SUBMITTED, check.money(line.charged())));
    decisions.add(amount(BENEFIT, check.money(line.paid())));
    BigDecimal units = line.unitsPaid();
    if (units != null) {
      decisions.add(new Decision(ALLOWED_UNITS, null, null, new DecimalType(units), null));
    }
    amounts(line.amounts(), "B6", check.amounts(), decisions);
    for (Quantity quantity : line.quantities()) {
      CodeableConcept kind = check.elements().code(Systems.x12(673), quantity.qualifier());
      decisions.add(new Decision(kind, null, null, new DecimalType(quantity.value()), null));
    }
    adjustments(line.adjustments(), check.amounts(), decisions);
    for (ServicePayment.Remark remark : line.remarks()) {
      decisions.add(remark(remark, check.elements()));
    }
    return decisions;
  }

  static void adjustments(List<Adjustment> adjustments, Amounts in, List<Decision> into) {
    Elements elements = in.elements();
    for (Adjustment adjustment : adjustments) {
      BigDecimal units = adjustment.quantity();
      into.add(
          new Decision(
              category(categoryCode(adjustment)),
              elements.code(Systems.CARC, adjustment.carc()),
              in.money(adjustment.amount()),
              units == null ? null : new DecimalType(units),
              elements.group(adjustment.group())));
    }
  }

  /**
   * AMT: the allowed amount, tax and what the patient paid have categories; others keep their own
   * code.
   *
   * @param eligible the qualifier of the allowed amount here
   */
  static void amounts(List<Amount> amounts, String eligible, Amounts in, List<Decision> into) {
    for (Amount amount : amounts) {
      String qualifier = amount.qualifier();
      CodeableConcept category =
          switch (qualifier) {
            case "T" -> TAX;
            case "F5" -> PAID_BY_PATIENT;
            default ->
                qualifier.equals(eligible)
                    ? ELIGIBLE
                    : in.elements().code(Systems.x12(522), qualifier);
          };
      into.add(amount(category, in.money(amount.amount())));
    }
  }

  static Decision amount(CodeableConcept category, Money amount) {
    return new Decision(category, null, amount, null, null);
  }

  /** A RARC of MIA or MOA. */
  static Decision remark(String code, Elements elements) {
    return new Decision(REMARK, elements.code(Systems.RARC, code), null, null, null);
  }

  private static Decision remark(ServicePayment.Remark remark, Elements elements) {
    return switch (remark.list()) {
      case "HE" -> remark(remark.code(), elements);
      case "RX" ->
          new Decision(REJECTED, elements.code(Systems.NCPDP, remark.code()), null, null, null);
      default -> {
        String list = Systems.x12(1270) + "/" + remark.list();
        yield new Decision(REMARK, elements.code(list, remark.code()), null, null, null);
      }
    };
  }

  void toEob(ExplanationOfBenefit.AdjudicationComponent to) {
    to.setCategory(category);
    if (reason != null) {
      to.setReason(reason);
    }
    if (amount != null) {
      to.setAmount(amount);
    }
    if (value != null) {
      to.setValueElement(value);
    }
    if (group != null) {
      to.addExtension(group);
    }
  }

  void toClaimResponse(ClaimResponse.AdjudicationComponent to) {
    to.setCategory(category);
    if (reason != null) {
      to.setReason(reason);
    }
    if (amount != null) {
      to.setAmount(amount);
    }
    if (value != null) {
      to.setValueElement(value);
    }
    if (group != null) {
      to.addExtension(group);
    }
  }
}
