package org.openrcm.fhir;

import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/** Whom an 837 names and an answer to it refers to. */
final class JoinedParties {
  private JoinedParties() {}

  /**
   * Patients, subscribers, coverages, payers and providers; places and roles stay with the bill.
   */
  static List<Resource> named(Joined joined) {
    return joined.people().values().stream()
        .filter(
            resource ->
                switch (resource.fhirType()) {
                  case "Location", "PractitionerRole" -> false;
                  default -> true;
                })
        .toList();
  }
}
