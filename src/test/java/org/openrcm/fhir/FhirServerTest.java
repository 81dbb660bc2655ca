package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.SearchParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestUsers;
import org.openrcm.remittance.SetOutcome;
import org.springframework.beans.factory.annotation.Autowired;

/** What the server gives is what {@code convert} makes of the same files, and valid FHIR. */
@ServerTest
class FhirServerTest {
  private static final Path FAMILY_PRACTICE = Path.of("samples/family-practice.835");
  private static final Pattern TYPE_AND_ID =
      Pattern.compile("\\{\"resourceType\":\"(\\w+)\",\"id\":\"(\\w+)\"");
  private static final Pattern NEXT = Pattern.compile("\"relation\":\"next\",\"url\":\"([^\"]+)\"");

  @Autowired private TestUsers users;
  @Autowired private FhirPractices practices;

  static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("samples", "src/test/resources/cases")) {
      try (Stream<Path> all = Files.walk(Path.of(folder))) {
        all.filter(file -> file.toString().endsWith(".835")).sorted().forEach(files::add);
      }
    }
    return files;
  }

  private static Map<String, String> converted(Path file) {
    Map<String, String> resources = new LinkedHashMap<>();
    for (String json : Remitted.json(file)) {
      Matcher start = TYPE_AND_ID.matcher(json);
      assertThat(start.lookingAt()).isTrue();
      if (!start.group(1).equals("Provenance")) {
        resources.put(start.group(1) + "/" + start.group(2), json);
      }
    }
    return resources;
  }

  private static String withoutLoadingTime(String json) {
    assertThat(json).contains("\"meta\":{\"lastUpdated\":\"");
    return json.replaceFirst("\"lastUpdated\":\"[^\"]*\",", "");
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyResourceOfAFileIsReadAsConvertWritesIt(Path file) {
    UUID practice = users.practice("Larkfield");
    List<SetOutcome> outcomes = practices.load(practice, file);
    assertThat(outcomes)
        .isNotEmpty()
        .allMatch(outcome -> outcome.outcome() == SetOutcome.Outcome.LOADED);
    TestApi program = users.api(practice, "system/*.rs");
    Map<String, String> expected = converted(file);
    expected.forEach(
        (reference, json) -> {
          HttpResponse<String> answer = program.get("/fhir/" + reference);
          assertThat(answer.statusCode()).as(reference).isEqualTo(200);
          assertThat(withoutLoadingTime(answer.body())).isEqualTo(json);
        });
    assertThat(allFound(program, 7)).containsExactlyInAnyOrderElementsOf(expected.keySet());
  }

  /** What system/* means: all types but the audit record. */
  private static List<String> typesOfAll() {
    return SearchFields.types().stream().filter(type -> !type.equals(AuditEvents.TYPE)).toList();
  }

  /** Every resource that searches without parameters give, page by page. */
  private static List<String> allFound(TestApi program, int count) {
    List<String> found = new ArrayList<>();
    for (String type : typesOfAll()) {
      String path = "/fhir/" + type + "?_count=" + count;
      while (path != null) {
        HttpResponse<String> answer = program.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Matcher each = TYPE_AND_ID.matcher(answer.body());
        while (each.find()) {
          if (!each.group(1).equals("Bundle")) {
            found.add(each.group(1) + "/" + each.group(2));
          }
        }
        path = next(answer.body());
      }
    }
    return found;
  }

  private static String next(String bundle) {
    Matcher next = NEXT.matcher(bundle);
    return next.find() ? next.group(1) : null;
  }

  private IGenericClient client(UUID practice) {
    FhirContext context = FhirContext.forR4Cached();
    context.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.ONCE);
    IGenericClient client =
        context.newRestfulGenericClient(users.address().resolve("/fhir").toString());
    client.registerInterceptor(
        new BearerTokenAuthInterceptor(users.token(practice, "system/*.rs")));
    return client;
  }

  @Test
  void hapisClientReadsSearchesAndFollowsAllPagesWhileFilesAreLoaded(@TempDir Path folder)
      throws IOException {
    UUID practice = users.practice("Larkfield");
    practices.load(practice, FAMILY_PRACTICE);
    IGenericClient client = client(practice);
    Bundle page =
        client
            .search()
            .forResource(ExplanationOfBenefit.class)
            .include(ExplanationOfBenefit.INCLUDE_PATIENT)
            .count(3)
            .returnBundle(Bundle.class)
            .execute();
    Set<String> expected = new TreeSet<>(converted(FAMILY_PRACTICE).keySet());
    expected.removeIf(reference -> !reference.startsWith("ExplanationOfBenefit/"));
    List<String> found = new ArrayList<>();
    boolean loaded = false;
    while (true) {
      for (Bundle.BundleEntryComponent entry : page.getEntry()) {
        Resource resource = entry.getResource();
        if (resource instanceof ExplanationOfBenefit eob) {
          found.add("ExplanationOfBenefit/" + eob.getIdElement().getIdPart());
          String patient = eob.getPatient().getReference();
          assertThat(page.getEntry()).anyMatch(other -> other.getFullUrl().endsWith("/" + patient));
          assertThat(
                  json(
                      client
                          .read()
                          .resource(ExplanationOfBenefit.class)
                          .withId(eob.getIdElement().getIdPart())
                          .execute()))
              .isEqualTo(json(eob));
        } else {
          assertThat(resource).isInstanceOf(Patient.class);
          assertThat(entry.getSearch().getMode()).isEqualTo(Bundle.SearchEntryMode.INCLUDE);
        }
      }
      if (page.getLink(Bundle.LINK_NEXT) == null) {
        break;
      }
      if (!loaded) {
        practices.load(practice, Path.of("samples/hospital.835"));
        loaded = true;
      }
      page = client.loadPage().next(page).execute();
    }
    assertThat(loaded).isTrue();
    assertThat(found).doesNotHaveDuplicates();
    assertThat(found.subList(0, expected.size())).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(found).hasSizeGreaterThan(expected.size());
  }

  private static String json(Resource resource) {
    return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource);
  }

  @Test
  void everyAnswerIsValid() {
    UUID practice = users.practice("Larkfield");
    practices.load(practice, Path.of("src/test/resources/cases/everything/remit.835"));
    TestApi program = users.api(practice, "system/*.rs");
    for (String type : typesOfAll()) {
      HttpResponse<String> answer = program.get("/fhir/" + type + "?_include=*&_total=accurate");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(ProfileValidator.shared().errors(answer.body())).as(type).isEmpty();
    }
    for (String wrong :
        List.of("Patient?mood=blue", "Patient/1", "Nothing/1", "Patient/1/_history")) {
      HttpResponse<String> answer = program.get("/fhir/" + wrong);
      assertThat(answer.statusCode()).as(wrong).isBetween(400, 404);
      assertThat(answer.body()).startsWith("{\"resourceType\":\"OperationOutcome\"");
      assertThat(ProfileValidator.shared().errors(answer.body())).as(wrong).isEmpty();
    }
    assertThat(ProfileValidator.shared().errors(program.get("/fhir/metadata").body())).isEmpty();
  }

  @Test
  void otherFormsSayTheSame() {
    UUID practice = users.practice("Larkfield");
    practices.load(practice, FAMILY_PRACTICE);
    TestApi program = users.api(practice, "system/*.rs");
    FhirContext context = FhirContext.forR4Cached();
    String path = "/fhir/ExplanationOfBenefit?_count=2";
    Bundle plain = context.newJsonParser().parseResource(Bundle.class, program.get(path).body());
    for (String form :
        List.of("&_format=xml", "&_pretty=true", "&_format=application/fhir%2Bxml")) {
      HttpResponse<String> answer = program.get(path + form);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      Bundle other =
          (Bundle)
              (answer.body().startsWith("<")
                      ? context.newXmlParser()
                      : context.newJsonParser().setPrettyPrint(true))
                  .parseResource(answer.body());
      assertThat(other.getEntry()).hasSize(2);
      for (int i = 0; i < 2; i++) {
        assertThat(
                other
                    .getEntry()
                    .get(i)
                    .getResource()
                    .equalsDeep(plain.getEntry().get(i).getResource()))
            .isTrue();
      }
      assertThat(other.getLink("next").getUrl()).contains(form.substring(1, form.indexOf('=')));
    }
    String cut = program.get(path + "&_elements=status").body();
    assertThat(cut).contains("SUBSETTED").contains("\"status\"").doesNotContain("\"item\"");
    HttpResponse<String> zipped =
        program.send(program.request(path).header("Accept-Encoding", "gzip"));
    assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
  }

  @Test
  void theCapabilityStatementIsTrue() {
    UUID practice = users.practice("Larkfield");
    practices.load(practice, FAMILY_PRACTICE);
    TestApi program = users.api(practice, "system/*.rs", "system/AuditEvent.rs");
    Map<String, SearchParameter> standard = standardParameters();
    CapabilityStatement statement =
        client(practice).capabilities().ofType(CapabilityStatement.class).execute();
    Map<String, String> values = new HashMap<>();
    values.put("DATE", "ge2000-01-01");
    values.put("REFERENCE", "0123456789abcdef0123456789abcdef");
    values.put("TOKEN", "anything");
    values.put("STRING", "anything");
    assertThat(statement.getRestFirstRep().getResource())
        .extracting(CapabilityStatementRestResourceComponent::getType)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(SearchFields.types().stream(), Stream.of("Binary")).toList());
    for (var resource : statement.getRestFirstRep().getResource()) {
      for (var parameter : resource.getSearchParam()) {
        boolean byNumber =
            List.of("claim", "owner").contains(parameter.getName())
                || (resource.getType() + "." + parameter.getName()).equals("ClaimResponse.request");
        String name = parameter.getName() + (byNumber ? ":identifier" : "");
        String query = name + "=" + values.get(parameter.getType().name());
        HttpResponse<String> answer = program.get("/fhir/" + resource.getType() + "?" + query);
        assertThat(answer.statusCode()).as(resource.getType() + "?" + query).isEqualTo(200);
        if (parameter.getDefinition().startsWith("http://hl7.org/")) {
          SearchParameter is = standard.get(parameter.getDefinition());
          assertThat(is).as(parameter.getDefinition()).isNotNull();
          assertThat(is.getCode()).isEqualTo(parameter.getName());
          assertThat(is.getType().name()).isEqualTo(parameter.getType().name());
          assertThat(is.getBase())
              .extracting(CodeType::getValue)
              .containsAnyOf(resource.getType(), "Resource");
        }
      }
      resource
          .getSearchInclude()
          .forEach(
              include ->
                  assertThat(
                          program
                              .get("/fhir/" + resource.getType() + "?_include=" + include)
                              .statusCode())
                      .as(include.getValue())
                      .isEqualTo(200));
    }
    assertThat(statement.getSoftware().getVersion()).isNotBlank();
  }

  private static Map<String, SearchParameter> standardParameters() {
    Map<String, SearchParameter> parameters = new HashMap<>();
    List<SearchParameter> all =
        new DefaultProfileValidationSupport(FhirContext.forR4Cached()).fetchAllSearchParameters();
    all.forEach(parameter -> parameters.put(parameter.getUrl(), parameter));
    return parameters;
  }

  @Test
  void theSmartConfigurationNamesTheTokenEndpoint() {
    HttpResponse<String> answer = users.anonymous().get("/fhir/.well-known/smart-configuration");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"token_endpoint\":\"" + users.address() + "/oauth2/token\"")
        .contains("\"client_credentials\"")
        .contains("system/ExplanationOfBenefit.rs");
  }
}
