package org.openrcm.fhir;

import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.jspecify.annotations.Nullable;

/** Parts that providers play (NM101 of loops 2310 and 2420), as roles of a care team. */
final class CareTeam {
  private static final Set<String> PROFESSIONAL =
      Set.of("primary", "supervisor", "rendering", "purchasedservice", "referring");
  private static final Set<String> INSTITUTIONAL =
      Set.of("primary", "attending", "referring", "operating", "otheroperating");

  private CareTeam() {}

  /** The role by C4BB's or HL7's code, or by X12's own where they have none. */
  static CodeableConcept role(String entity, Elements elements) {
    String code = code(entity);
    if (code == null) {
      return elements.code(Systems.x12(98), entity);
    }
    return switch (code) {
      case "primary", "supervisor", "assist" -> elements.code(Systems.CARE_TEAM, code);
      default -> elements.code(Systems.C4BB_CARE_TEAM, code);
    };
  }

  /**
   * Whether C4BB's profile knows the role. Its institutional profiles want an organisation with a
   * taxonomy as the one who renders, which an 837 has as the billing provider: nobody else is one.
   */
  static boolean isBlueButton(String entity, boolean institutional) {
    String code = code(entity);
    return code != null && (institutional ? INSTITUTIONAL : PROFESSIONAL).contains(code);
  }

  private static @Nullable String code(String entity) {
    return switch (entity) {
      case "82" -> "rendering";
      case "DN" -> "referring";
      case "P3" -> "primary";
      case "71" -> "attending";
      case "72" -> "operating";
      case "ZZ" -> "otheroperating";
      case "QB" -> "purchasedservice";
      case "DQ" -> "supervisor";
      case "DD" -> "assist";
      default -> null;
    };
  }
}
