package org.openrcm.fhir;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.openrcm.remittance.AdjudicationCategory;
import org.openrcm.remittance.Adjustment;
import org.openrcm.remittance.Amount;
import org.openrcm.remittance.ServicePayment;

/**
 * One adjudication of a claim or line, before it takes the shape of an EOB's or a ClaimResponse's.
 *
 * @param category its kind: an amount category of HL7 or C4BB, or {@code remark}
 * @param reason CARC or RARC, if that is why
 * @param value a number of units
 * @param group the CAS group code, which FHIR has no place for
 */
record Decision(
    CodeableConcept category,
    @Nullable CodeableConcept reason,
    @Nullable Money amount,
    @Nullable BigDecimal value,
    @Nullable String group) {

  static final CodeableConcept SUBMITTED = Elements.concept(Systems.HL7_ADJUDICATION, "submitted");
  static final CodeableConcept BENEFIT = Elements.concept(Systems.HL7_ADJUDICATION, "benefit");
  static final CodeableConcept ELIGIBLE = Elements.concept(Systems.HL7_ADJUDICATION, "eligible");
  static final CodeableConcept MEMBER_LIABILITY =
      Elements.concept(Systems.C4BB_ADJUDICATION, "memberliability");
  private static final CodeableConcept ALLOWED_UNITS =
      Elements.concept(Systems.C4BB_DISCRIMINATOR, "allowedunits");
  private static final CodeableConcept REMARK = Elements.concept(Systems.REMITTANCE, "remark");

  private static final AdjudicationCategory CROSSWALK = AdjudicationCategory.load();
  private static final Map<String, CodeableConcept> CATEGORIES = categories();

  private static Map<String, CodeableConcept> categories() {
    Map<String, CodeableConcept> made = new HashMap<>();
    for (String hl7 : List.of("deductible", "copay")) {
      made.put(hl7, Elements.concept(Systems.HL7_ADJUDICATION, hl7));
    }
    return made;
  }

  /** The category that the crosswalk gives a CAS triplet. */
  static String categoryCode(Adjustment adjustment) {
    return CROSSWALK.category(adjustment.group(), adjustment.carc(), null);
  }

  static CodeableConcept category(String code) {
    CodeableConcept hl7 = CATEGORIES.get(code);
    return hl7 != null ? hl7 : Elements.concept(Systems.C4BB_ADJUDICATION, code);
  }

  /** What a line was charged, paid and why the rest was not: SVC, AMT, CAS and LQ. */
  static List<Decision> of(ServicePayment line) {
    List<Decision> decisions = new ArrayList<>();
    decisions.add(amount(SUBMITTED, line.charged()));
    decisions.add(amount(BENEFIT, line.paid()));
    if (line.unitsPaid() != null) {
      decisions.add(new Decision(ALLOWED_UNITS, null, null, line.unitsPaid(), null));
    }
    amounts(line.amounts(), "B6", decisions);
    line.quantities()
        .forEach(
            quantity ->
                decisions.add(
                    new Decision(
                        Elements.concept(Systems.x12(673), quantity.qualifier()),
                        null,
                        null,
                        quantity.value(),
                        null)));
    adjustments(line.adjustments(), decisions);
    for (ServicePayment.Remark remark : line.remarks()) {
      decisions.add(
          remark(remark.list().equals("HE") ? Systems.RARC : Systems.x12(1270), remark.code()));
    }
    return decisions;
  }

  static void adjustments(List<Adjustment> adjustments, List<Decision> into) {
    for (Adjustment adjustment : adjustments) {
      into.add(
          new Decision(
              category(categoryCode(adjustment)),
              Elements.concept(Systems.CARC, adjustment.carc()),
              adjustment.amount(),
              adjustment.quantity(),
              adjustment.group()));
    }
  }

  /** AMT: {@code eligible} is the qualifier of the allowed amount; others keep their own code. */
  static void amounts(List<Amount> amounts, String eligible, List<Decision> into) {
    for (Amount amount : amounts) {
      CodeableConcept category =
          amount.qualifier().equals(eligible)
              ? ELIGIBLE
              : Elements.concept(Systems.x12(522), amount.qualifier());
      into.add(amount(category, amount.amount()));
    }
  }

  static Decision amount(CodeableConcept category, Money amount) {
    return new Decision(category, null, amount, null, null);
  }

  static Decision remark(String system, String code) {
    return new Decision(REMARK, Elements.concept(system, code), null, null, null);
  }

  void toEob(ExplanationOfBenefit.AdjudicationComponent to) {
    to.setCategory(category);
    if (reason != null) {
      to.setReason(reason);
    }
    if (amount != null) {
      to.setAmount(Elements.money(amount));
    }
    if (value != null) {
      to.setValue(value);
    }
    if (group != null) {
      to.addExtension(Systems.ADJUSTMENT_GROUP_EXTENSION, new CodeType(group));
    }
  }

  void toClaimResponse(ClaimResponse.AdjudicationComponent to) {
    to.setCategory(category);
    if (reason != null) {
      to.setReason(reason);
    }
    if (amount != null) {
      to.setAmount(Elements.money(amount));
    }
    if (value != null) {
      to.setValue(value);
    }
    if (group != null) {
      to.addExtension(Systems.ADJUSTMENT_GROUP_EXTENSION, new CodeType(group));
    }
  }
}
