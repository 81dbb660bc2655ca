package org.openrcm.fhir;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.jspecify.annotations.Nullable;
import org.openrcm.remittance.ServicePayment.Procedure;

/** Procedure codes (C003) in FHIR's code systems; codes only, their descriptors are licensed. */
final class Procedures {
  private Procedures() {}

  static CodeableConcept concept(Procedure procedure) {
    if (procedure.code().isEmpty()) {
      return Elements.absent(new CodeableConcept());
    }
    String system = system(procedure.qualifier(), procedure.code());
    CodeableConcept concept =
        Elements.concept(
            system == null ? Systems.x12(235) + "/" + procedure.qualifier() : system,
            procedure.code());
    if (procedure.description() != null) {
      concept.setText(procedure.description());
    }
    return concept;
  }

  static CodeableConcept modifier(Procedure procedure, String modifier) {
    boolean level2 = Character.isLetter(modifier.charAt(0));
    return Elements.concept(
        procedure.qualifier().equals("HC") && !level2 ? Systems.CPT : Systems.HCPCS, modifier);
  }

  private static @Nullable String system(String qualifier, String code) {
    return switch (qualifier) {
      case "HC" -> Character.isDigit(code.charAt(0)) ? Systems.CPT : Systems.HCPCS;
      case "AD" -> Systems.CDT;
      case "HP" -> Systems.HIPPS;
      case "N4" -> Systems.NDC;
      case "NU" -> Systems.REVENUE;
      default -> null;
    };
  }
}
