package org.openrcm.fhir;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Extension;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Procedure;

/** Procedure codes (C003) in FHIR's code systems; codes only, their descriptors are licensed. */
final class Procedures {
  private Procedures() {}

  static CodeableConcept concept(Procedure procedure, Elements elements) {
    if (procedure.code().isEmpty()) {
      return Elements.absent(new CodeableConcept());
    }
    String system = system(procedure.qualifier(), procedure.code());
    return procedure.description() == null
        ? elements.code(system, procedure.code())
        : Elements.concept(system, procedure.code()).setText(procedure.description());
  }

  static CodeableConcept modifier(Procedure procedure, String modifier, Elements elements) {
    boolean level2 = modifier.isEmpty() || Character.isLetter(modifier.charAt(0));
    return elements.code(
        procedure.qualifier().equals("HC") && !level2 ? Systems.CPT : Systems.HCPCS, modifier);
  }

  /** SVC06 with its modifiers. */
  static Extension submitted(Procedure procedure, Elements elements) {
    Extension submitted = new Extension(Systems.SUBMITTED_PROCEDURE_EXTENSION);
    submitted.addExtension("code", concept(procedure, elements));
    for (String modifier : procedure.modifiers()) {
      submitted.addExtension("modifier", modifier(procedure, modifier, elements));
    }
    return submitted;
  }

  private static String system(String qualifier, String code) {
    String system = wellKnown(qualifier, code);
    return system == null ? Systems.x12(235) + "/" + qualifier : system;
  }

  private static @Nullable String wellKnown(String qualifier, String code) {
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
