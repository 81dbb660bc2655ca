package org.openrcm.fhir;

import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * One piece of supporting information, before it takes the shape of a Claim's or an EOB's.
 *
 * @param timing a day or period
 * @param value text, a quantity or a reference
 */
record Info(
    CodeableConcept category,
    @Nullable CodeableConcept code,
    @Nullable Type timing,
    @Nullable Type value) {

  static Info code(CodeableConcept category, CodeableConcept code) {
    return new Info(category, code, null, null);
  }

  static Info value(CodeableConcept category, Type value) {
    return new Info(category, null, null, value);
  }

  /** Adds it to a Claim, and answers its sequence. */
  int addTo(Claim claim) {
    Claim.SupportingInformationComponent info = claim.addSupportingInfo();
    int sequence = claim.getSupportingInfo().size();
    info.setSequence(sequence).setCategory(category);
    if (code != null) {
      info.setCode(code);
    }
    if (timing != null) {
      info.setTiming(timing);
    }
    if (value != null) {
      info.setValue(value);
    }
    return sequence;
  }

  /** Adds it to an EOB, and answers its sequence. */
  int addTo(ExplanationOfBenefit eob) {
    ExplanationOfBenefit.SupportingInformationComponent info = eob.addSupportingInfo();
    int sequence = eob.getSupportingInfo().size();
    info.setSequence(sequence).setCategory(category);
    if (code != null) {
      info.setCode(code);
    }
    if (timing != null) {
      info.setTiming(timing);
    }
    if (value != null) {
      info.setValue(value);
    }
    return sequence;
  }
}
