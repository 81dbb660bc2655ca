package org.openrcm.fhir;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.openrcm.claim.HealthCode;

/** Diagnoses and institutional procedures of HI, in FHIR's code systems and spelling. */
final class Diagnoses {
  private Diagnoses() {}

  /** ICD-10-CM, or ICD-9-CM; X12 leaves out the dot that both have. */
  static CodeableConcept diagnosis(HealthCode code, Elements elements) {
    boolean icd10 = code.qualifier().startsWith("A");
    int dot = !icd10 && code.code().startsWith("E") ? 4 : 3;
    return elements.code(icd10 ? Systems.ICD_10 : Systems.ICD_9, dotted(code.code(), dot));
  }

  private static String dotted(String code, int dot) {
    return code.length() <= dot || code.indexOf('.') >= 0
        ? code
        : code.substring(0, dot) + "." + code.substring(dot);
  }

  static CodeableConcept type(HealthCode code, boolean institutional, Elements elements) {
    return switch (code.qualifier()) {
      case "ABK", "BK" -> elements.code(Systems.DIAGNOSIS_TYPE, "principal");
      case "ABJ", "BJ" -> elements.code(Systems.DIAGNOSIS_TYPE, "admitting");
      case "APR", "PR" -> elements.code(Systems.C4BB_DIAGNOSIS, "patientreasonforvisit");
      case "ABN", "BN" -> elements.code(Systems.C4BB_DIAGNOSIS, "externalcauseofinjury");
      default -> elements.code(Systems.C4BB_DIAGNOSIS, institutional ? "other" : "secondary");
    };
  }

  /** Whether C4BB's profile for this kind of claim knows this type of diagnosis. */
  static boolean isBlueButton(HealthCode code, boolean inpatient) {
    return switch (code.qualifier()) {
      case "ABJ", "BJ" -> inpatient;
      case "APR", "PR" -> !inpatient;
      default -> true;
    };
  }

  static CodeableConcept onAdmission(String indicator, BilledView view) {
    return view.elements().code(Systems.NUBC + "PresentOnAdmissionIndicator", indicator);
  }

  /** ICD-10-PCS, ICD-9-CM, or the codes of advanced billing concepts. */
  static CodeableConcept procedure(HealthCode code, Elements elements) {
    return switch (code.qualifier()) {
      case "BBR", "BBQ" -> elements.code(Systems.ICD_10_PROCEDURES, code.code());
      case "BR", "BQ" -> elements.code(Systems.ICD_9_PROCEDURES, dotted(code.code(), 2));
      default -> elements.code(Systems.x12(1270) + "/" + code.qualifier(), code.code());
    };
  }

  static CodeableConcept procedureType(HealthCode code, Elements elements) {
    boolean principal = code.qualifier().equals("BBR") || code.qualifier().equals("BR");
    return elements.code(Systems.C4BB_PROCEDURE, principal ? "principal" : "other");
  }
}
