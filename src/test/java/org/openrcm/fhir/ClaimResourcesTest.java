package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrcm.cli.CommandRun;
import org.openrcm.x12.Corpus;

/** What an 837 becomes in FHIR: valid, whole, and by FHIR's own codes. */
class ClaimResourcesTest {
  private static final Path FOLDER = Path.of("src/test/resources/fhir");
  private static final Path STORIES = Path.of("src/test/resources/cases-837");
  private static final FhirContext R4 = FhirContext.forR4Cached();

  /** Segments that count and order, which FHIR tells by its structure. */
  private static final Set<String> STRUCTURE = Set.of("ISA", "GS", "ST", "SE", "GE", "IEA", "HL");

  /** Qualifiers that FHIR tells by a code system, type or profile. */
  private static final Set<String> QUALIFIERS =
      Set.of("0019", "PXC", "ABK", "ABF", "ABJ", "APR", "ABN", "BBR", "BBQ", "RD8", "472", "434");

  static List<Path> ours() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder : List.of(FOLDER, STORIES)) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> all = Files.walk(folder)) {
          all.filter(file -> file.toString().endsWith(".837")).sorted().forEach(files::add);
        }
      }
    }
    return files;
  }

  static List<Path> received() {
    return Corpus.entries().stream()
        .filter(entry -> entry.sets().startsWith("837 005010X22"))
        .filter(entry -> entry.validity().endsWith("envelope ok"))
        .map(Corpus.Entry::file)
        .toList();
  }

  private static List<String> lines(Path file) {
    return CommandRun.over(file, "convert").text().lines().toList();
  }

  private static Claim claim(String kind, String number) {
    return all(Claim.class, kind).stream()
        .filter(claim -> claim.getIdentifierFirstRep().getValue().equals(number))
        .findFirst()
        .orElseThrow();
  }

  private static <T extends Resource> List<T> all(Class<T> type, String kind) {
    return lines(FOLDER.resolve(kind + ".837")).stream()
        .map(line -> (Resource) R4.newJsonParser().parseResource(line))
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  @Test
  void everyResourceOfOurClaimsIsValid() throws IOException {
    assertValid(ours());
  }

  @Test
  void everyResourceOfTheCorpusClaimsIsValid() {
    assumeTrue(Corpus.isThere(), Corpus.ABSENT);
    assertValid(received());
  }

  private static void assertValid(List<Path> files) {
    assumeTrue(ProfileValidator.knowsBlueButton(), "the Blue Button package is not here");
    assertThat(files).isNotEmpty();
    Map<String, String> distinct = new LinkedHashMap<>();
    for (Path file : files) {
      for (String json : lines(file)) {
        distinct.putIfAbsent(shape(json), file.getFileName() + " " + json);
      }
    }
    List<String> errors = new ArrayList<>();
    for (String resource : distinct.values()) {
      for (String error :
          ProfileValidator.shared().errors(resource.substring(resource.indexOf('{')))) {
        errors.add(error + " in " + resource);
      }
    }
    assertThat(errors).isEmpty();
  }

  private static String shape(String json) {
    return json.replaceAll("urn:sha256:[^\"]*", "source").replaceAll("[0-9a-f]{32}", "id");
  }

  /** Whatever an element says stands somewhere among the resources. */
  @ParameterizedTest
  @MethodSource("ours")
  void nothingThatAClaimSaysIsLost(Path file) throws IOException {
    String fhir = plain(String.join("\n", lines(file)));
    String x12 = Files.readString(file, StandardCharsets.ISO_8859_1);
    List<String> lost = new ArrayList<>();
    for (String segment : x12.split("~\\s*")) {
      String[] elements = segment.split("\\*");
      if (STRUCTURE.contains(elements[0])) {
        continue;
      }
      for (int i = 1; i < elements.length; i++) {
        for (String value : elements[i].split("[:^]")) {
          for (String part : parts(value)) {
            if (part.length() > 2 && !fhir.contains(plain(part))) {
              lost.add(value + " of " + segment);
            }
          }
        }
      }
    }
    assertThat(lost).isEmpty();
  }

  /** Spans are two days; amounts have cents in FHIR. */
  private static List<String> parts(String value) {
    if (value.matches("[0-9]{8}-[0-9]{8}")) {
      return List.of(value.split("-"));
    }
    if (value.matches("[0-9]{12}")) {
      return List.of(value.substring(0, 8), value.substring(8));
    }
    if (QUALIFIERS.contains(value)) {
      return List.of();
    }
    return value.matches("[0-9]*[.][0-9]+")
        ? List.of(new BigDecimal(value).stripTrailingZeros().toPlainString())
        : List.of(value.strip());
  }

  /** Without dots, dashes and colons, by which X12 and FHIR write codes, days and times apart. */
  private static String plain(String text) {
    return text.replaceAll("[-.:T]", "").replace("\\\"", "\"");
  }

  @Test
  void aClaimSaysWhatWasBilledToWhomAndForWhat() {
    Claim claim = claim("professional", "LFP-3001");
    assertThat(claim.getUse()).isEqualTo(Claim.Use.CLAIM);
    assertThat(claim.getType().getCodingFirstRep().getCode()).isEqualTo("professional");
    assertThat(claim.getTotal().getValue()).isEqualByComparingTo("255.00");
    assertThat(claim.getDiagnosis())
        .extracting(one -> one.getDiagnosisCodeableConcept().getCodingFirstRep().getCode())
        .containsExactly("J03.90", "R50.9");
    assertThat(claim.getInsuranceFirstRep().getFocal()).isTrue();
    assertThat(claim.getInsuranceFirstRep().getPreAuthRef().get(0).getValue()).isEqualTo("PA5531");
    assertThat(claim.getCareTeam())
        .extracting(one -> one.getRole().getCodingFirstRep().getCode())
        .containsExactly("referring", "rendering");
    Claim.ItemComponent first = claim.getItem().get(0);
    assertThat(first.getDiagnosisSequence())
        .extracting(one -> one.getValue())
        .containsExactly(1, 2);
    assertThat(first.getCareTeamSequence()).extracting(one -> one.getValue()).containsExactly(1, 2);
    Claim.ItemComponent second = claim.getItem().get(1);
    assertThat(second.getUnitPrice().getValue()).isEqualByComparingTo("45.00");
    assertThat(second.getDetailFirstRep().getProductOrService().getCodingFirstRep().getSystem())
        .isEqualTo(Systems.NDC);
  }

  @Test
  void aReplacementNamesThePayersNumberOfTheClaimBefore() {
    Claim claim = claim("professional", "LFP-3002");
    assertThat(claim.getRelatedFirstRep().getRelationship().getCodingFirstRep().getCode())
        .isEqualTo("prior");
    assertThat(claim.getRelatedFirstRep().getReference().getValue()).isEqualTo("BF26000009999");
    assertThat(claim.getAccident().getDateElement().getValueAsString()).isEqualTo("2026-03-08");
  }

  @Test
  void anEarlierPayersDecisionIsAClaimResponseOfItsOwn() {
    Claim claim = claim("professional", "LFP-3002");
    List<ClaimResponse> responses = all(ClaimResponse.class, "professional");
    assertThat(responses).hasSize(1);
    ClaimResponse response = responses.get(0);
    assertThat(claim.getInsurance().get(1).getClaimResponse().getReference())
        .isEqualTo("ClaimResponse/" + response.getIdPart());
    assertThat(response.getCreatedElement().getValueAsString()).isEqualTo("2026-03-20");
    assertThat(response.getItemFirstRep().getAdjudication())
        .filteredOn(one -> one.hasAmount())
        .extracting(one -> one.getAmount().getValue().toPlainString())
        .containsExactly("60.00", "40.00", "20.00");
  }

  @Test
  void aDependentIsCoveredThroughTheSubscriber() {
    Claim claim = claim("professional", "LFP-3002");
    Coverage coverage =
        all(Coverage.class, "professional").stream()
            .filter(
                one ->
                    claim
                        .getInsuranceFirstRep()
                        .getCoverage()
                        .getReference()
                        .endsWith(one.getIdPart()))
            .findFirst()
            .orElseThrow();
    assertThat(coverage.getRelationship().getCodingFirstRep().getCode()).isEqualTo("child");
    assertThat(coverage.getSubscriber().getReference()).startsWith("RelatedPerson/");
    assertThat(coverage.getSubscriberId()).isEqualTo("BFH100200777");
  }

  @Test
  void aStayHasItsAdmissionProceduresAndWhatWasPresent() {
    Claim claim = claim("institutional", "HG-4001");
    assertThat(claim.getSubType().getCodingFirstRep().getCode()).isEqualTo("inpatient");
    assertThat(claim.getProcedureFirstRep().getDateElement().getValueAsString())
        .isEqualTo("2026-03-03");
    assertThat(claim.getDiagnosisFirstRep().getOnAdmission().getCodingFirstRep().getCode())
        .isEqualTo("Y");
    assertThat(claim.getSupportingInfo())
        .extracting(one -> one.getCategory().getCodingFirstRep().getCode())
        .contains("typeofbill", "admissionperiod", "admtype", "pointoforigin", "discharge-status")
        .contains("drg", "occurrence", "value", "condition", "medicalrecordnumber");
    assertThat(claim("institutional", "HG-4002").getSubType().getCodingFirstRep().getCode())
        .isEqualTo("outpatient");
  }

  @Test
  void teethAndTheirSurfacesAreSites() {
    Claim.ItemComponent item = claim("dental", "QD-5001").getItemFirstRep();
    assertThat(item.getBodySite().getCodingFirstRep().getCode()).isEqualTo("12");
    assertThat(item.getSubSite())
        .extracting(one -> one.getCodingFirstRep().getCode())
        .containsExactly("M", "O", "D");
  }

  @Test
  void aPriceIsToldOnlyWhereItIsExact() {
    assertThat(Claims.unitPrice(new BigDecimal("10.00"), new BigDecimal("3"))).isNull();
    assertThat(Claims.unitPrice(new BigDecimal("10.00"), new BigDecimal("0"))).isNull();
    assertThat(Claims.unitPrice(new BigDecimal("10.00"), new BigDecimal("4")))
        .isEqualByComparingTo("2.50");
  }
}
