package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.StructureDefinition.ExtensionContextType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrcm.account.FlagKind;
import org.openrcm.billing.CodeList;
import org.openrcm.collections.Eligibility;
import org.openrcm.contact.Channel;
import org.openrcm.contact.NoticeKind;
import org.openrcm.contact.Outcome;
import org.openrcm.contact.Purpose;
import org.openrcm.letter.Stage;
import org.openrcm.posting.Trouble;
import org.openrcm.x12.Corpus;

/** Our profiles are sound, say what they promise, and hold for every resource that is put out. */
class ProfilesTest {
  private static final Path FOLDER = Path.of("fhir-profiles");
  private static final Path CASES = Path.of("src/test/resources/cases");
  private static final Path MIGRATION =
      Path.of("src/main/resources/db/migration/V25__collections_in_fhir.sql");
  private static final FhirContext R4 = FhirContext.forR4Cached();
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Path> conformanceResources() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("conformanceResources")
  void everyProfileIsAValidConformanceResource(Path file) throws IOException {
    JsonNode json = JSON.readTree(Files.readString(file));
    assertThat(file.getFileName())
        .hasToString(json.get("resourceType").asText() + "-" + json.get("id").asText() + ".json");
    assertThat(json.get("url").asText())
        .isEqualTo(
            Systems.OURS + json.get("resourceType").asText() + "/" + json.get("id").asText());
    for (JsonNode context : json.path("context")) {
      // the validator would fetch FHIR's own package from the network to look these up;
      // everyExtensionStandsWhereFhirHasAnElement does that in its stead
      ((ObjectNode) context).put("type", ExtensionContextType.FHIRPATH.toCode());
    }
    assertThat(ProfileValidator.shared().errors(json.toString())).isEmpty();
  }

  @Test
  void everyExtensionStandsWhereFhirHasAnElement() throws IOException {
    DefaultProfileValidationSupport base = new DefaultProfileValidationSupport(R4);
    for (Path file : conformanceResources()) {
      if (!file.getFileName().toString().startsWith("StructureDefinition-")) {
        continue;
      }
      StructureDefinition profile =
          R4.newJsonParser().parseResource(StructureDefinition.class, Files.readString(file));
      for (var context : profile.getContext()) {
        String path = context.getExpression();
        StructureDefinition type =
            (StructureDefinition) base.fetchStructureDefinition(path.split("\\.")[0]);
        assertThat(type.getSnapshot().getElement())
            .as(file + " " + path)
            .extracting(ElementDefinition::getPath)
            .contains(path);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "adjustment-group, claim-adjustment-group",
    "claim-status, claim-status",
    "provider-adjustment-reason, provider-adjustment-reason"
  })
  void codeSystemsHaveTheCodesAndWordsOfTheRules(String id, String rules) throws IOException {
    CodeSystem system =
        R4.newJsonParser()
            .parseResource(
                CodeSystem.class, Files.readString(FOLDER.resolve("CodeSystem-" + id + ".json")));
    CodeList list = CodeList.load(rules);
    Map<String, String> words = new TreeMap<>();
    for (CodeList.Row row : list.rows()) {
      words.put(row.code(), list.words(row.code(), null).orElseThrow());
    }
    Map<String, String> ours =
        system.getConcept().stream()
            .collect(
                Collectors.toMap(concept -> concept.getCode(), concept -> concept.getDisplay()));
    assertThat(ours).isEqualTo(words);
    assertThat(system.getCount()).isEqualTo(words.size());
  }

  @Test
  void exceptionsHaveTheCodesAndWordsOfTheirPages() throws IOException {
    CodeSystem system =
        R4.newJsonParser()
            .parseResource(
                CodeSystem.class,
                Files.readString(FOLDER.resolve("CodeSystem-posting-exception.json")));
    assertThat(system.getConcept())
        .extracting(one -> one.getCode() + ": " + one.getDisplay() + ". " + one.getDefinition())
        .isEqualTo(
            Stream.of(Trouble.values())
                .map(one -> one.slug() + ": " + one.label() + ". " + one.words())
                .toList());
    assertThat(system.getCount()).isEqualTo(Trouble.values().length);
  }

  private static Map<String, List<String>> namesOfTheQueueAndItsContacts() {
    return Map.of(
        "collection-reason", said(Eligibility.values(), Eligibility::label, Eligibility::words),
        "contact-channel", said(Channel.values(), Channel::label, one -> null),
        "contact-outcome", said(Outcome.values(), Outcome::label, one -> null),
        "contact-purpose", said(Purpose.values(), Purpose::label, one -> null),
        "letter-stage", said(Stage.values(), Stage::label, one -> null),
        "account-flag", said(FlagKind.values(), FlagKind::label, FlagKind::words));
  }

  private static <E extends Enum<E>> List<String> said(
      E[] all, Function<E, String> label, Function<E, String> words) {
    return Stream.of(all)
        .map(one -> slug(one) + ": " + label.apply(one) + ". " + words.apply(one))
        .toList();
  }

  private static String slug(Enum<?> name) {
    return CollectionTasks.slug(name.name());
  }

  private static CodeSystem codeSystem(String id) throws IOException {
    String text = Files.readString(FOLDER.resolve("CodeSystem-" + id + ".json"));
    return R4.newJsonParser().parseResource(CodeSystem.class, text);
  }

  private static List<String> concepts(CodeSystem system) {
    return system.getConcept().stream()
        .map(one -> one.getCode() + ": " + one.getDisplay() + ". " + one.getDefinition())
        .toList();
  }

  @Test
  void collectionsAndContactsHaveTheCodesAndWordsOfTheirPages() throws IOException {
    for (Map.Entry<String, List<String>> each : namesOfTheQueueAndItsContacts().entrySet()) {
      CodeSystem system = codeSystem(each.getKey());
      assertThat(concepts(system)).as(each.getKey()).isEqualTo(each.getValue());
      assertThat(system.getCount()).as(each.getKey()).isEqualTo(each.getValue().size());
    }
    // of the notices those that forbid something
    assertThat(said(NoticeKind.values(), NoticeKind::label, NoticeKind::words))
        .containsAll(concepts(codeSystem("contact-notice")));
    String view = Files.readString(MIGRATION);
    assertThat(view.substring(view.indexOf("from contact_notice")))
        .contains(
            Stream.of(NoticeKind.values())
                .filter(ProfilesTest::isOfNotices)
                .map(kind -> "'" + kind + "'")
                .toList());
  }

  private static boolean isOfNotices(NoticeKind kind) {
    try {
      return codeSystem("contact-notice").getConcept().stream()
          .anyMatch(one -> one.getCode().equals(slug(kind)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyResourceOfCasesAndSamplesIsValid() {
    assertValid(Corpus.ours());
  }

  @Test
  void everyResourceOfTheCorpusIsValid() {
    assumeTrue(Corpus.isThere(), Corpus.ABSENT);
    assertValid(Corpus.received());
  }

  @Test
  void codesOfNoListAreKeptAndTheResourcesStayValid(@TempDir Path folder) throws IOException {
    String text = Corpus.text("everything");
    text = Corpus.changed(text, "CAS*OA*109*95", "CAS*XX*109*95");
    text = Corpus.changed(text, "CLP*EVERY-10*23*", "CLP*EVERY-10*99*");
    text = Corpus.changed(text, "PLB*890000709*20261231*CT:", "PLB*890000709*20261231*Q9:");
    text = Corpus.changed(text, "CUR*PR*USD", "CUR*PR*QQQ*.5");
    text = Corpus.changed(text, "DTM*233*20260606", "DTM*233*20260506");
    Path file = folder.resolve("odd.835");
    Files.write(file, Corpus.bytes(text));
    List<String> resources = Remitted.json(file);
    assertThat(String.join("\n", resources))
        .contains("\"CAS*XX\"", "\"code\":\"99\"", "\"code\":\"Q9\"", "\".5\"", "\"20260506\"")
        .contains("\"amount\":{\"value\":12.50}");
    assertThat(
            errors(
                resources.stream()
                    .filter(
                        json ->
                            json.contains("CAS*XX")
                                || json.contains("20260506")
                                || json.contains("\"PaymentReconciliation\""))
                    .toList()))
        .isEmpty();
  }

  private static void assertValid(List<Path> files) {
    Map<String, String> distinct = new LinkedHashMap<>();
    for (Path file : files) {
      for (String json : Remitted.json(file)) {
        distinct.putIfAbsent(shape(json), file + " " + json);
      }
    }
    assertThat(distinct).hasSizeGreaterThan(files.size());
    assertThat(errors(distinct.values())).isEmpty();
  }

  /** What two resources have in common that differ only in ids and in where they come from. */
  private static String shape(String json) {
    return json.replaceAll("urn:sha256:[^\"]*", "source")
        .replaceAll("\"valueString\":\"[0-9]+-[0-9]+\"", "bytes")
        .replaceAll("[0-9a-f]{32}", "id");
  }

  private static List<String> errors(Collection<String> resources) {
    ProfileValidator validator = ProfileValidator.shared();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<List<String>>> found = new ArrayList<>();
      for (String resource : resources) {
        String json = resource.substring(resource.indexOf('{'));
        found.add(
            threads.submit(
                () ->
                    validator.errors(json).stream()
                        .map(error -> resource.substring(0, resource.indexOf('{')) + error)
                        .toList()));
      }
      List<String> errors = new ArrayList<>();
      for (Future<List<String>> one : found) {
        errors.addAll(one.get());
      }
      return errors;
    } catch (Exception e) {
      throw new AssertionError("validating broke off", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** What the profile of the EOB promises, each as the damage that breaks it. */
  static Map<String, Consumer<ObjectNode>> damages() {
    Map<String, Consumer<ObjectNode>> damages = new LinkedHashMap<>();
    for (String promised :
        List.of(
            "meta.source",
            "extension",
            "identifier.0.type",
            "identifier.0.value",
            "status",
            "type",
            "use",
            "patient",
            "created",
            "insurer",
            "provider",
            "payee",
            "claim",
            "claim.identifier",
            "claimResponse",
            "outcome",
            "insurance",
            "insurance.0.focal",
            "item.0.adjudication",
            "item.0.adjudication.0",
            "item.0.adjudication.1",
            "total",
            "total.0",
            "total.1",
            "payment",
            "payment.type",
            "payment.amount")) {
      damages.put("without " + promised, eob -> remove(eob, promised));
    }
    damages.put("without memberliability", ProfilesTest::withoutMemberLiability);
    damages.put("an adjustment without its group", eob -> adjustment(eob).remove("extension"));
    damages.put("an adjustment without its amount", eob -> adjustment(eob).remove("amount"));
    damages.put(
        "a group that is none",
        eob -> ((ObjectNode) adjustment(eob).at("/extension/0")).put("valueCode", "XX"));
    damages.put("cancelled and no reversal", eob -> eob.put("status", "cancelled"));
    damages.put("an estimate by its use only", eob -> eob.put("use", "predetermination"));
    damages.put(
        "a reversal that is active",
        eob -> ((ObjectNode) eob.at("/extension/0/valueCoding")).put("code", "22"));
    damages.put(
        "a status of no list",
        eob -> ((ObjectNode) eob.at("/extension/0/valueCoding")).put("code", "99"));
    damages.put(
        "two focal coverages",
        eob -> ((ArrayNode) eob.get("insurance")).add(eob.at("/insurance/0").deepCopy()));
    return damages;
  }

  static Set<String> damageNames() {
    return damages().keySet();
  }

  @ParameterizedTest
  @MethodSource("damageNames")
  void anEobThatBreaksAPromiseIsNotValid(String damage) throws IOException {
    ObjectNode eob = (ObjectNode) JSON.readTree(exampleEob());
    assertThat(ProfileValidator.shared().errors(eob.toString())).isEmpty();
    damages().get(damage).accept(eob);
    assertThat(ProfileValidator.shared().errors(eob.toString())).isNotEmpty();
  }

  private static String exampleEob() {
    Path file = CASES.resolve("coinsurance-and-copay/remit.835");
    return first("ExplanationOfBenefit", file);
  }

  private static void remove(ObjectNode from, String path) {
    int last = path.lastIndexOf('.');
    JsonNode parent = last < 0 ? from : from.at("/" + path.substring(0, last).replace('.', '/'));
    String name = path.substring(last + 1);
    JsonNode removed =
        parent.isArray()
            ? ((ArrayNode) parent).remove(Integer.parseInt(name))
            : ((ObjectNode) parent).remove(name);
    assertThat(removed).as(path).isNotNull();
  }

  private static void withoutMemberLiability(ObjectNode eob) {
    ArrayNode totals = (ArrayNode) eob.get("total");
    assertThat(totals.remove(totals.size() - 1).toString()).contains("memberliability");
  }

  /** The first adjudication that has a CARC. */
  private static ObjectNode adjustment(ObjectNode eob) {
    for (JsonNode adjudication : eob.at("/item/0/adjudication")) {
      if (adjudication.toString().contains(Systems.CARC)) {
        return (ObjectNode) adjudication;
      }
    }
    throw new AssertionError("the example has no adjustment");
  }

  /** With {@code -Dopenrcm.rewrite=true} the examples are written anew. */
  @ParameterizedTest
  @CsvSource({
    "ExplanationOfBenefit, coinsurance-and-copay/remit.835",
    "ClaimResponse, coinsurance-and-copay/remit.835",
    "PaymentReconciliation, takeback-and-forward-balance/remit-2.835"
  })
  void examplesAreWhatTheMappingMakesOfACase(String type, String story) throws IOException {
    IParser parser = R4.newJsonParser().setPrettyPrint(true);
    Resource made = (Resource) parser.parseResource(first(type, CASES.resolve(story)));
    String text = parser.encodeResourceToString(made) + "\n";
    Path example = FOLDER.resolve("examples").resolve(type + "-" + story.split("/")[0] + ".json");
    if (Boolean.getBoolean("openrcm.rewrite")) {
      Files.createDirectories(example.getParent());
      Files.writeString(example, text);
    }
    assertThat(Files.readString(example)).isEqualTo(text);
  }

  private static String first(String type, Path file) {
    return Remitted.json(file).stream()
        .filter(json -> json.startsWith("{\"resourceType\":\"" + type + "\""))
        .findFirst()
        .orElseThrow();
  }
}
