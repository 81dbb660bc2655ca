package org.openrcm.fhir;

import java.util.List;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The profiles of CARIN Blue Button (C4BB) 2.0.0: a resource names one only where it meets it. What
 * is missing is named by the path of the element in FHIR.
 */
final class BlueButton {
  private static final String PROFILE = "http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-";
  private static final String VERSION = "|2.0.0";
  private static final int MOST_ADDRESS_LINES = 4;

  private BlueButton() {}

  /**
   * Says when the resource's facts were stated, and names the profile of its type where it meets
   * it.
   *
   * @param asOf null when not known; no profile is met then
   */
  static <T extends Resource> T declare(T resource, @Nullable InstantType asOf) {
    if (asOf != null) {
      resource.getMeta().setLastUpdatedElement(asOf);
    }
    String profile = resource.fhirType();
    boolean known =
        switch (profile) {
          case "Patient", "Coverage", "Organization", "Practitioner", "RelatedPerson" -> true;
          default -> false;
        };
    if (known && missing(resource) == null) {
      resource.getMeta().addProfile(profile(profile));
    }
    return resource;
  }

  static String profile(String name) {
    return PROFILE + name + VERSION;
  }

  /** The first element that the resource lacks for the profile of its type; null for none. */
  static @Nullable String missing(Resource resource) {
    if (!resource.getMeta().hasLastUpdated()) {
      return resource.fhirType() + ".meta.lastUpdated";
    }
    if (resource instanceof Patient patient) {
      return missing(patient);
    }
    if (resource instanceof Coverage coverage) {
      return missing(coverage);
    }
    if (resource instanceof Organization organization) {
      return missing(organization);
    }
    return resource instanceof Practitioner practitioner ? missing(practitioner) : null;
  }

  private static @Nullable String missing(Patient patient) {
    if (patient.getIdentifier().stream().noneMatch(one -> isOfType(one, "MB"))) {
      return "Patient.identifier (member number)";
    }
    if (patient.getIdentifier().stream().anyMatch(one -> !one.hasSystem() || !one.hasValue())) {
      return "Patient.identifier.system";
    }
    if (!isNamed(patient.getName())) {
      return "Patient.name";
    }
    return patient.hasGender() ? null : "Patient.gender";
  }

  private static @Nullable String missing(Coverage coverage) {
    if (!coverage.hasSubscriberId()) {
      return "Coverage.subscriberId";
    }
    if (!coverage.hasRelationship()) {
      return "Coverage.relationship";
    }
    return coverage.getPayor().size() == 1 && coverage.getPayorFirstRep().hasReference()
        ? null
        : "Coverage.payor";
  }

  private static @Nullable String missing(Organization organization) {
    if (organization.getName() == null) {
      return "Organization.name";
    }
    if (organization.getIdentifier().stream().filter(one -> isOfType(one, "NPI")).count() > 1) {
      return "Organization.identifier (one NPI)";
    }
    return organization.getAddress().stream()
            .anyMatch(address -> address.getLine().size() > MOST_ADDRESS_LINES)
        ? "Organization.address.line (four at most)"
        : null;
  }

  private static @Nullable String missing(Practitioner practitioner) {
    List<Identifier> identifiers = practitioner.getIdentifier();
    if (identifiers.stream().noneMatch(one -> isOfType(one, "NPI") || isOfType(one, "TAX"))) {
      return "Practitioner.identifier (NPI or tax number)";
    }
    if (identifiers.stream().filter(one -> isOfType(one, "NPI")).count() > 1) {
      return "Practitioner.identifier (one NPI)";
    }
    return practitioner.getNameFirstRep().hasFamily() ? null : "Practitioner.name.family";
  }

  private static boolean isNamed(List<HumanName> names) {
    return names.stream().anyMatch(name -> name.hasFamily() || name.hasGiven());
  }

  private static boolean isOfType(Identifier identifier, String code) {
    return identifier.getType().getCoding().stream().anyMatch(one -> code.equals(one.getCode()));
  }
}
