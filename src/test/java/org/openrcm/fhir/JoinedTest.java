package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrcm.billing.AdjustmentCrosswalk;
import org.openrcm.cli.CommandRun;

/** Claims as billed and the remittances that answer them, converted in one run. */
class JoinedTest {
  private static final Path FOLDER = Path.of("src/test/resources/fhir");
  private static final FhirContext R4 = FhirContext.forR4Cached();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, List<String>> CONVERTED = new HashMap<>();

  private static List<String> converted(String kind) {
    return CONVERTED.computeIfAbsent(
        kind, any -> convert(FOLDER.resolve(kind + ".835"), FOLDER.resolve(kind + ".837")));
  }

  private static List<String> convert(Path... files) {
    return run(files).text().lines().toList();
  }

  private static CommandRun run(Path... files) {
    return CommandRun.of(
        Stream.concat(Stream.of("convert"), Stream.of(files).map(Path::toString))
            .toArray(String[]::new));
  }

  private static <T extends Resource> List<T> all(Class<T> type, List<String> lines) {
    return lines.stream()
        .map(line -> (Resource) R4.newJsonParser().parseResource(line))
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private static ExplanationOfBenefit eob(String kind, String number) {
    return all(ExplanationOfBenefit.class, converted(kind)).stream()
        .filter(eob -> eob.getClaim().getIdentifier().getValue().equals(number))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"professional", "institutional", "dental"})
  void everyResourceIsValid(String kind) {
    assumeTrue(ProfileValidator.knowsBlueButton(), "the Blue Button package is not here");
    List<String> errors = new ArrayList<>();
    for (String line : converted(kind)) {
      for (String error : ProfileValidator.shared().errors(line)) {
        errors.add(error + " in " + line);
      }
    }
    assertThat(errors).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"professional", "institutional", "dental"})
  void everyReferenceFindsItsResource(String kind) throws IOException {
    Set<String> there =
        new HashSet<>(
            converted(kind).stream()
                .map(line -> (Resource) R4.newJsonParser().parseResource(line))
                .map(resource -> resource.fhirType() + "/" + resource.getIdPart())
                .toList());
    for (String line : converted(kind)) {
      for (JsonNode reference : JSON.readTree(line).findValues("reference")) {
        if (reference.isTextual()) {
          assertThat(there).contains(reference.asText());
        }
      }
    }
  }

  @Test
  void eachKindOfClaimMeetsTheProfileOfItsKind() {
    assertThat(profile(eob("professional", "LFP-3001")))
        .endsWith("Professional-NonClinician|2.0.0");
    assertThat(profile(eob("institutional", "HG-4001"))).endsWith("Inpatient-Institutional|2.0.0");
    assertThat(profile(eob("institutional", "HG-4002"))).endsWith("Outpatient-Institutional|2.0.0");
    assertThat(profile(eob("dental", "QD-5001"))).endsWith("Oral|2.0.0");
  }

  private static String profile(ExplanationOfBenefit eob) {
    return eob.getMeta().getProfile().get(0).getValue();
  }

  @Test
  void anAnswerToAClaimOfNobodyKeepsOurOwnProfileAndItsReasonIsToldWithoutPatientData() {
    assertThat(profile(eob("professional", "NOBODYS-1"))).isEqualTo(Systems.EOB_PROFILE);
    CommandRun run = run(FOLDER.resolve("professional.837"), FOLDER.resolve("professional.835"));
    assertThat(run.errors())
        .contains("2 of 3 claims paid were joined with the claim billed")
        .doesNotContain("for want of")
        .doesNotContain("LFP-3001")
        .doesNotContain("MARLOCK");
  }

  @Test
  void whatAProfileLacksIsCountedByElement(@TempDir Path folder) throws IOException {
    String claims = Files.readString(FOLDER.resolve("professional.837"));
    Path changed =
        Files.writeString(
            folder.resolve("undiagnosed.837"),
            claims.replace("HI*ABK:J0390*ABF:R509~\n", "").replace("***11:B:1*Y", "****Y"));
    CommandRun run = run(FOLDER.resolve("professional.835"), changed);
    assertThat(run.errors())
        .contains("1 of them meet no profile of CARIN Blue Button, for want of:")
        .contains("  ExplanationOfBenefit.diagnosis: 1");
    ExplanationOfBenefit eob = all(ExplanationOfBenefit.class, run.text().lines().toList()).get(0);
    assertThat(profile(eob)).isEqualTo(Systems.EOB_PROFILE);
    assertThat(eob.getClaim().getReference()).startsWith("Claim/");
  }

  /** A price by contract does not say that the plan has the dentist in its network. */
  @Test
  void aDentalClaimWhoseNetworkNobodyTellsKeepsOurOwnProfile(@TempDir Path folder)
      throws IOException {
    String answer = Files.readString(FOLDER.resolve("dental.835"));
    Path changed =
        Files.writeString(
            folder.resolve("silent.835"),
            answer
                .replaceAll("CAS\\*PR\\*2\\*35\\*\\*242(\\*\\d+)~", "CAS*PR*2*35~CAS*CO*45$1~")
                .replace("*280*130*", "*280*70*")
                .replace("SE*23*", "SE*25*"));
    CommandRun run = run(FOLDER.resolve("dental.837"), changed);
    assertThat(run.errors())
        .contains("  ExplanationOfBenefit.adjudication (renderingnetworkstatus): 1");
    ExplanationOfBenefit eob = all(ExplanationOfBenefit.class, run.text().lines().toList()).get(0);
    assertThat(profile(eob)).isEqualTo(Systems.EOB_PROFILE);
  }

  @Test
  void theOrderOfTheFilesDoesNotMatter() {
    Path claims = FOLDER.resolve("professional.837");
    Path remits = FOLDER.resolve("professional.835");
    assertThat(convert(claims, remits)).isEqualTo(convert(remits, claims));
  }

  @Test
  void claimAndAnswerAreOfOnePatientWhereThe835SaysNothingElse() {
    List<String> lines = converted("dental");
    Claim claim = all(Claim.class, lines).get(0);
    ClaimResponse response = all(ClaimResponse.class, lines).get(0);
    ExplanationOfBenefit eob = all(ExplanationOfBenefit.class, lines).get(0);
    assertThat(all(Patient.class, lines).stream().map(Resource::getIdPart).distinct()).hasSize(1);
    assertThat(response.getPatient().getReference()).isEqualTo(claim.getPatient().getReference());
    assertThat(eob.getPatient().getReference()).isEqualTo(claim.getPatient().getReference());
    assertThat(eob.getClaim().getReference()).isEqualTo("Claim/" + claim.getIdPart());
    assertThat(all(Coverage.class, lines).stream().map(Resource::getIdPart).distinct()).hasSize(1);
  }

  @Test
  void aPatientWhomThePayerCorrectsIsLinkedToTheOneBilled() {
    List<String> lines = converted("professional");
    String billed = eob("professional", "LFP-3002").getPatient().getReference();
    List<Patient> linked = all(Patient.class, lines).stream().filter(Patient::hasLink).toList();
    assertThat(linked).hasSize(1);
    assertThat(linked.get(0).getLinkFirstRep().getOther().getReference()).isEqualTo(billed);
    assertThat(linked.get(0).getNameFirstRep().getGivenAsSingleString()).isEqualTo("LILLIAN");
  }

  /** F3; the guide's own constraint looks in the wrong place and finds nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"professional", "institutional", "dental"})
  void oneCoverageIsFocal(String kind) {
    for (ExplanationOfBenefit eob : all(ExplanationOfBenefit.class, converted(kind))) {
      assertThat(eob.getInsurance()).filteredOn(one -> one.getFocal()).hasSize(1);
    }
  }

  /** F8: each total is what lines and claim say of its category. */
  @ParameterizedTest
  @ValueSource(strings = {"professional", "institutional", "dental"})
  void totalsAreTheSumsOfTheirCategory(String kind) {
    for (ExplanationOfBenefit eob : all(ExplanationOfBenefit.class, converted(kind))) {
      Map<String, BigDecimal> sums = new TreeMap<>();
      eob.getAdjudication().forEach(one -> add(one, sums));
      // what is taken off the claim as a whole is taken off what its lines are paid
      BigDecimal off =
          eob.getItem().isEmpty() || profile(eob).contains("Inpatient")
              ? BigDecimal.ZERO
              : eob.getAdjudication().stream()
                  .filter(one -> one.hasExtension(Systems.ADJUSTMENT_GROUP_EXTENSION))
                  .map(one -> one.getAmount().getValue())
                  .reduce(BigDecimal.ZERO, BigDecimal::add);
      sums.merge("benefit", off.negate(), BigDecimal::add);
      eob.getItem().forEach(item -> item.getAdjudication().forEach(one -> add(one, sums)));
      for (var total : eob.getTotal()) {
        String category = total.getCategory().getCodingFirstRep().getCode();
        if (category.equals("submitted") && eob.getItem().isEmpty()) {
          continue;
        }
        assertThat(sums.getOrDefault(category, BigDecimal.ZERO))
            .as(eob.getClaim().getIdentifier().getValue() + " " + category)
            .isEqualByComparingTo(total.getAmount().getValue());
      }
    }
  }

  private static void add(
      ExplanationOfBenefit.AdjudicationComponent one, Map<String, BigDecimal> sums) {
    if (!one.hasAmount()) {
      return;
    }
    BigDecimal amount = one.getAmount().getValue();
    String category = one.getCategory().getCodingFirstRep().getCode();
    var group = one.getExtensionByUrl(Systems.ADJUSTMENT_GROUP_EXTENSION);
    String carc = one.getReason().getCodingFirstRep().getCode();
    if (category.equals("adjustmentreason")) {
      category =
          AdjustmentCrosswalk.load("adjudication-category")
              .find(group.getValue().primitiveValue(), carc, null);
    }
    sums.merge(category, amount, BigDecimal::add);
    if (group != null && group.getValue().primitiveValue().equals("PR")) {
      sums.merge("memberliability", amount, BigDecimal::add);
    }
  }

  /** F1 and F2: what the profiles ask for, each as the damage that breaks it. */
  static Map<String, Map.Entry<ExplanationOfBenefit, Consumer<ObjectNode>>> damages() {
    var damages =
        new LinkedHashMap<String, Map.Entry<ExplanationOfBenefit, Consumer<ObjectNode>>>();
    var prof = eob("professional", "LFP-3001");
    var in = eob("institutional", "HG-4001");
    var out = eob("institutional", "HG-4002");
    var oral = eob("dental", "QD-5001");
    for (String path :
        List.of(
            "meta/lastUpdated",
            "identifier",
            "billablePeriod",
            "type",
            "patient",
            "insurer",
            "provider",
            "outcome",
            "insurance",
            "item",
            "total",
            "diagnosis",
            "item/0/locationCodeableConcept",
            "item/0/servicedDate",
            "careTeam/0/role",
            "diagnosis/0/type")) {
      damages.put("professional without " + path, Map.entry(prof, eob -> remove(eob, path)));
    }
    damages.put(
        "professional line without payment status",
        Map.entry(prof, eob -> withoutStatus((ArrayNode) eob.at("/item/0/adjudication"))));
    for (String path : List.of("subType", "supportingInfo", "diagnosis", "item/0/revenue")) {
      damages.put("inpatient without " + path, Map.entry(in, eob -> remove(eob, path)));
    }
    damages.put(
        "inpatient without payment status",
        Map.entry(in, eob -> withoutStatus((ArrayNode) eob.get("adjudication"))));
    damages.put(
        "outpatient without a day", Map.entry(out, eob -> remove(eob, "item/0/servicedDate")));
    damages.put("outpatient without subtype", Map.entry(out, eob -> remove(eob, "subType")));
    damages.put(
        "amounts with the lines and with the claim",
        Map.entry(
            out,
            eob ->
                ((ArrayNode) eob.get("adjudication"))
                    .add(eob.at("/item/0/adjudication/0").deepCopy())));
    damages.put(
        "amounts nowhere",
        Map.entry(
            out,
            eob -> eob.get("item").forEach(item -> ((ObjectNode) item).remove("adjudication"))));
    damages.put(
        "oral without network status",
        Map.entry(oral, eob -> withoutStatus((ArrayNode) eob.get("adjudication"))));
    damages.put(
        "oral without place",
        Map.entry(oral, eob -> remove(eob, "item/0/locationCodeableConcept")));
    return damages;
  }

  static Set<String> damageNames() {
    return damages().keySet();
  }

  @ParameterizedTest
  @MethodSource("damageNames")
  void anEobThatLacksWhatItsProfileAsksForIsNotValid(String damage) throws IOException {
    assumeTrue(ProfileValidator.knowsBlueButton(), "the Blue Button package is not here");
    var one = damages().get(damage);
    ObjectNode eob =
        (ObjectNode)
            JSON.readTree(new String(FhirJson.bytes(one.getKey()), StandardCharsets.UTF_8));
    one.getValue().accept(eob);
    assertThat(ProfileValidator.shared().errors(eob.toString())).isNotEmpty();
  }

  private static void remove(ObjectNode from, String path) {
    int last = path.lastIndexOf('/');
    JsonNode parent = last < 0 ? from : from.at("/" + path.substring(0, last));
    assertThat(((ObjectNode) parent).remove(path.substring(last + 1))).as(path).isNotNull();
  }

  private static void withoutStatus(ArrayNode adjudications) {
    int before = adjudications.size();
    for (int i = adjudications.size() - 1; i >= 0; i--) {
      if (adjudications.get(i).toString().matches(".*(benefitpayment|renderingnetwork)status.*")) {
        adjudications.remove(i);
      }
    }
    assertThat(adjudications.size()).isLessThan(before);
  }
}
