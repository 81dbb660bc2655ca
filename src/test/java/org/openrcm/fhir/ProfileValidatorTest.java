package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileValidatorTest {
  private static final String BLUE_BUTTON_COVERAGE =
      "http://hl7.org/fhir/us/carin-bb/StructureDefinition/C4BB-Coverage";

  @Test
  void aResourceWithoutItsMandatoryElementsHasErrors() {
    assertThat(ProfileValidator.shared().errors(new Coverage().setDependent("1")))
        .anyMatch(error -> error.contains("Coverage.status"))
        .anyMatch(error -> error.contains("Coverage.beneficiary"));
    assertThat(ProfileValidator.shared().errors(new Patient().setActive(true))).isEmpty();
  }

  @Test
  void aProfileFromOurFolderIsEnforced(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("profiles"));
    Files.writeString(
        folder.resolve("profiles/named-organization.json"),
        """
        {"resourceType":"StructureDefinition","url":"urn:openrcm:test:named-organization",
         "name":"NamedOrganization","status":"draft","kind":"resource","abstract":false,
         "type":"Organization","derivation":"constraint",
         "baseDefinition":"http://hl7.org/fhir/StructureDefinition/Organization",
         "differential":{"element":[
           {"id":"Organization.name","path":"Organization.name","min":1}]}}
        """);
    ProfileValidator validator = new ProfileValidator(folder, folder.resolve("no-packages"));
    Organization organization = new Organization().setActive(true);
    organization.addIdentifier().setSystem("urn:x").setValue("1");
    organization.getMeta().addProfile("urn:openrcm:test:named-organization");
    assertThat(validator.errors(organization))
        .singleElement()
        .asString()
        .contains("Organization.name");
    organization.setName("Made-up Clinic");
    assertThat(validator.errors(organization)).isEmpty();
  }

  @Test
  void blueButtonProfilesAreEnforcedWhereThePackageIsPresent() {
    assumeTrue(ProfileValidator.knowsBlueButton(), "the Blue Button package is not here");
    Coverage coverage = new Coverage().setStatus(Coverage.CoverageStatus.ACTIVE);
    coverage.setBeneficiary(new Reference("Patient/1")).addPayor(new Reference("Organization/1"));
    coverage.getMeta().addProfile(BLUE_BUTTON_COVERAGE);
    assertThat(ProfileValidator.shared().errors(coverage))
        .anyMatch(error -> error.contains("Coverage.subscriberId"));
    coverage.setSubscriberId("S1");
    coverage
        .getRelationship()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/subscriber-relationship")
        .setCode("self");
    assertThat(ProfileValidator.shared().errors(coverage))
        .noneMatch(error -> error.contains("subscriberId"));
  }
}
