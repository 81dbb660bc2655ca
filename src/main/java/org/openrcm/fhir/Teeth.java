package org.openrcm.fhir;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.openrcm.claim.ServiceLine;

/** Where in the mouth (SV304, TOO): teeth by the universal numbering, areas, surfaces. */
final class Teeth {
  private static final String SURFACES = "MOIDBFL";

  private Teeth() {}

  /** Teeth in their order, then areas. */
  static List<CodeableConcept> sites(ServiceLine.Dental dental, Elements elements) {
    List<CodeableConcept> sites = new ArrayList<>();
    for (ServiceLine.Tooth tooth : dental.teeth()) {
      sites.add(elements.code(Systems.TOOTH, tooth.number()));
    }
    for (String area : dental.areas()) {
      sites.add(elements.code(Systems.MOUTH_AREA, area));
    }
    return sites;
  }

  /** Sites after the first, for which an item has no place. */
  static List<Info> further(List<CodeableConcept> sites, Elements elements) {
    List<Info> further = new ArrayList<>();
    for (int i = 1; i < sites.size(); i++) {
      further.add(
          Info.code(
              elements.code(Systems.C4BB_SUPPORTING_INFO, "additionalbodysite"), sites.get(i)));
    }
    return further;
  }

  /** Surfaces of all teeth, each once; FHIR cannot say whose they are where there are several. */
  static List<CodeableConcept> surfaces(ServiceLine.Dental dental, Elements elements) {
    List<CodeableConcept> surfaces = new ArrayList<>();
    for (ServiceLine.Tooth tooth : dental.teeth()) {
      for (String surface : tooth.surfaces()) {
        boolean known = surface.length() == 1 && SURFACES.contains(surface);
        CodeableConcept concept =
            elements.code(known ? Systems.C4BB_SURFACE : Systems.x12(1369), surface);
        if (!surfaces.contains(concept)) {
          surfaces.add(concept);
        }
      }
    }
    return surfaces;
  }
}
