package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import ca.uhn.fhir.context.RuntimePrimitiveDatatypeXhtmlHl7OrgDefinition;
import ca.uhn.fhir.parser.DataFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.*;
import org.junit.jupiter.api.Test;

/** Holds our writer to HAPI's encoder, byte for byte. */
class FhirJsonTest {
  private static final FhirContext HAPI = FhirContext.forR4Cached();
  private static final Path PACKAGES = Path.of("..", "shared", "fhir-packages");

  private static void assertAsHapi(Resource resource) {
    String ours = new String(FhirJson.bytes(resource), StandardCharsets.UTF_8);
    assertThat(ours).isEqualTo(HAPI.newJsonParser().encodeResourceToString(resource));
  }

  @Test
  void idAndMetaAreWrittenAsHapiWritesThem() {
    Patient patient = new Patient();
    patient.setId("http://example.org/fhir/Patient/p-1/_history/7");
    patient.getIdElement().addExtension("urn:ext", new StringType("on the id"));
    patient.getMeta().addProfile("urn:profile").setSource("urn:sha256:00#0001-12");
    patient.getMeta().setLastUpdatedElement(new InstantType("2023-11-14T22:13:20.123Z"));
    patient.getMeta().addTag("urn:tags", "t", "Tag").addSecurity("urn:sec", "s", "");
    patient.getMeta().addTag().setDisplay("neither code nor system: left out");
    assertAsHapi(patient);
    assertThat(new String(FhirJson.bytes(patient), StandardCharsets.UTF_8))
        .contains("\"versionId\":\"7\"", "\"_id\":{", "\"source\":\"urn:sha256:00#0001-12\"")
        .doesNotContain("left out");
    assertThat(patient.getMeta().getTag()).hasSize(2);
    assertThat(patient.getMeta().hasVersionId()).isFalse();
    patient.setMeta(null);
    assertAsHapi(patient);
  }

  @Test
  void primitivesKeepScalePrecisionAndTheirExtensions() {
    Observation observation = new Observation();
    observation.setStatus(Observation.ObservationStatus.FINAL);
    observation.getStatusElement().setId("s1");
    observation.getStatusElement().addExtension("urn:why", new BooleanType(true));
    observation.setEffective(new DateTimeType("2024-02"));
    observation.setIssuedElement(new InstantType("2024-02-03T04:05:06.789-05:00"));
    observation.setValue(
        new Quantity().setValue(new BigDecimal("120.00")).setUnit("mg\u00e9\n\"\\"));
    observation.addComponent().setValue(new StringType("\u20ac \ud83d\ude00 \u2028 \u0001\u007f"));
    observation.addComponent().setValue(new IntegerType("+5"));
    observation.addComponent().setValue(new Quantity().setValueElement(new DecimalType("1.0E+3")));
    observation.addComponent().setDataAbsentReason(new CodeableConcept());
    assertAsHapi(observation);
    Binary binary = new Binary();
    binary.setContentType("text/plain").setData(new byte[] {0, 1, 2, (byte) 0xff, 62, 63});
    assertAsHapi(binary);
  }

  @Test
  void extensionsInListsOfPrimitivesStandBesideTheirValue() {
    Patient patient = new Patient();
    HumanName name = patient.addName();
    name.addGiven("Ada");
    name.addGivenElement().addExtension("urn:masked", new CodeType("masked"));
    name.addGivenElement().setId("only-an-id");
    name.addGiven(" ");
    name.addGiven("Zo\u00eb");
    name.getGiven().get(4).addExtension().setUrl("urn:bare");
    patient.addName().addGivenElement().setId("id-without-extension");
    patient.getBirthDateElement().addExtension("urn:absent", new CodeType("unknown"));
    assertAsHapi(patient);
  }

  @Test
  void extensionsAndModifierExtensionsAreWrittenOnEveryLevel() {
    ExplanationOfBenefit eob = new ExplanationOfBenefit();
    eob.addModifierExtension(
        new Extension("urn:modifier", new Reference("Patient/1").setDisplay("x")));
    eob.addModifierExtension().setUrl("urn:bare-modifier");
    eob.addExtension().setUrl("urn:bare");
    Extension nested = eob.addExtension().setUrl("urn:outer");
    nested.setId("outer");
    nested.addExtension("urn:inner", new Period().setStartElement(new DateTimeType("2024")));
    nested.addExtension().setUrl("urn:deep").addExtension("urn:deepest", new IdType("abc"));
    StringType absent = new StringType();
    absent.addExtension("urn:absent", new CodeType("unknown"));
    absent.setId("not-written");
    eob.addExtension("urn:primitive-with-extension", absent);
    eob.addExtension(
        "urn:enum",
        new Enumeration<>(
            new Enumerations.AdministrativeGenderEnumFactory(),
            Enumerations.AdministrativeGender.OTHER));
    eob.addExtension("urn:money", new Money().setValue(new BigDecimal("-0.10")).setCurrency("USD"));
    eob.addExtension("urn:simple", new SimpleQuantity().setValue(1));
    eob.addItem().setSequence(1).addModifierExtension(new Extension("urn:m", new UriType("urn:v")));
    eob.getItemFirstRep().addAdjudication().addExtension("urn:group", new CodeType("PR"));
    eob.getItemFirstRep().getSequenceElement().addExtension("urn:s", new PositiveIntType(3));
    eob.getItemFirstRep().setId("item-1");
    eob.getItemFirstRep().setServiced(new Period().setEndElement(new DateTimeType("2024-01-02")));
    assertAsHapi(eob);
  }

  @Test
  void referencesLoseTheirVersionAndTakeTheIdOfTheResourceTheyHold() {
    Patient target = new Patient();
    target.setId("Patient/77/_history/2");
    for (String text :
        List.of(
            "Patient/1",
            "Patient/1/_history/3",
            "http://example.org/fhir/Patient/1/_history/3",
            "http://example.org/Patient",
            "urn:uuid:00000000-0000-0000-0000-000000000001",
            "#",
            "1",
            "Patient?identifier=urn:x|1",
            "a/b/c/d",
            "#none",
            "Patient/a.b",
            "Patient/1/")) {
      Coverage coverage = new Coverage();
      coverage.setBeneficiary(new Reference(text).setDisplay("D"));
      coverage.addPayor(new Reference(text)).addPayor(new Reference());
      coverage.addExtension("urn:who", new Reference(text));
      assertAsHapi(coverage);
    }
    Coverage coverage = new Coverage();
    coverage.setBeneficiary(new Reference(target));
    coverage.addPayor((Reference) new Reference("1").setResource(target));
    assertAsHapi(coverage);
  }

  @Test
  void containedResourcesAndNarrativesAreWritten() {
    Organization payer = new Organization();
    payer.setId("payer");
    payer.setName("Made-up Mutual").getMeta().setVersionId("4").addProfile("urn:p");
    ClaimResponse response = new ClaimResponse();
    response.setId("r1");
    response.addContained(payer);
    response.setInsurer(new Reference("#payer"));
    response.setRequestor(new Reference(payer));
    response.getText().setStatus(Narrative.NarrativeStatus.GENERATED);
    response
        .getText()
        .setDivAsString("<div xmlns=\"http://www.w3.org/1999/xhtml\">a &lt; b \u00e9</div>");
    byte[] ours = FhirJson.bytes(response);
    assertThat(new String(ours, StandardCharsets.UTF_8))
        .isEqualTo(HAPI.newJsonParser().encodeResourceToString(response));
  }

  @Test
  void bundlesAndParametersCarryWholeResources() {
    Bundle bundle = new Bundle();
    bundle.setType(Bundle.BundleType.TRANSACTION).setTotal(2);
    Patient patient = new Patient();
    patient.setActive(true);
    bundle.addEntry().setFullUrl("urn:uuid:1").setResource(patient).getRequest().setUrl("Patient");
    bundle.addEntry().setResource(new Coverage().setBeneficiary(new Reference(patient)));
    bundle.addEntry().setResource(new Organization());
    bundle.addEntry().setFullUrl("urn:uuid:2").setResource(new Organization());
    assertAsHapi(bundle);
    Parameters parameters = new Parameters();
    parameters.addParameter().setName("p").setResource(bundle);
    parameters.addParameter().setName("v").setValue(new DateType("2024-05"));
    assertAsHapi(parameters);
  }

  @Test
  void emptyElementsAreLeftOut() {
    ExplanationOfBenefit eob = new ExplanationOfBenefit();
    assertAsHapi(eob);
    eob.addItem().addAdjudication().getCategory().addCoding();
    eob.getType().addCoding().setCode("");
    eob.addIdentifier().setValue(" ");
    eob.addIdentifier().setValue("x");
    assertAsHapi(eob);
  }

  @Test
  void whatIsNotSupportedIsRefusedAndWritesNothing() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Patient withoutId = new Patient();
    withoutId.addContained(new Organization().setName("N"));
    Patient ambiguous = new Patient();
    ambiguous.addExtension("urn:both", new StringType("v"));
    ambiguous.getExtension().get(0).addExtension("urn:in", new StringType("w"));
    Resource custom = new Patient() {};
    Coverage adrift = new Coverage();
    adrift.setBeneficiary(new Reference(new Patient().setActive(true)));
    for (Resource refused : List.of(withoutId, ambiguous, custom, adrift)) {
      assertThatThrownBy(() -> FhirJson.write(refused, out))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching(".*(Patient|Coverage|FhirJsonTest).*");
    }
    assertThat(out.size()).isZero();
    FhirJson.writeLine(new Patient().setActive(true), out);
    assertThat(out).hasToString("{\"resourceType\":\"Patient\",\"active\":true}\n");
  }

  @Test
  void everyChildOfEveryClassHasHapisNameAndPlace() {
    HAPI.getResourceTypes().forEach(HAPI::getResourceDefinition);
    List<Class<?>> seen = new ArrayList<>();
    for (BaseRuntimeElementDefinition<?> each : HAPI.getElementDefinitions()) {
      if (each instanceof BaseRuntimeElementCompositeDefinition<?> composite) {
        seen.add(composite.getImplementingClass());
        assertSameShape(composite);
      }
    }
    for (String name : HAPI.getResourceTypes()) {
      assertSameShape(HAPI.getResourceDefinition(name));
    }
    assertThat(seen).hasSizeGreaterThan(500);
  }

  private static void assertSameShape(BaseRuntimeElementCompositeDefinition<?> hapis) {
    List<BaseRuntimeChildDefinition> children =
        hapis.getChildrenAndExtension().stream()
            .filter(child -> !child.getElementName().equals("id"))
            .toList();
    JsonShape.Slot[] slots = JsonShape.of(hapis.getImplementingClass()).slots(false);
    assertThat(Arrays.stream(slots).map(slot -> slot.name).toList())
        .as(hapis.getImplementingClass().getName())
        .isEqualTo(children.stream().map(BaseRuntimeChildDefinition::getElementName).toList());
    for (int i = 0; i < slots.length; i++) {
      assertThat(slots[i].repeats).isEqualTo(children.get(i).isMultipleCardinality());
      if (slots[i].role == JsonShape.Role.MODIFIER_EXTENSION) {
        assertThat(slots[i - 1].role).isEqualTo(JsonShape.Role.EXTENSION);
      }
      if (children.get(i) instanceof RuntimeChildChoiceDefinition choice
          && slots[i].role == JsonShape.Role.VALUE) {
        for (Class<? extends IBase> type : choice.getValidChildTypes()) {
          String name = choice.getChildNameByDatatype(type);
          if (name != null
              && type.isAnnotationPresent(ca.uhn.fhir.model.api.annotation.DatatypeDef.class)) {
            assertThat(slots[i].form(type).name().getValue()).isEqualTo(name);
          }
        }
      }
    }
  }

  @Test
  void everyExampleOfThePackagesIsWrittenAsHapiWritesIt() throws IOException {
    assumeTrue(Files.isDirectory(PACKAGES), () -> "no packages to compare with in " + PACKAGES);
    int compared = 0;
    try (Stream<Path> files = Files.list(PACKAGES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".tgz")).toList()) {
        compared += compareAll(file);
      }
    }
    assertThat(compared).isGreaterThan(500);
  }

  private static int compareAll(Path file) throws IOException {
    int compared = 0;
    try (InputStream in = Files.newInputStream(file);
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (!entry.getName().matches("package/(example/)?[A-Z][^/]*\\.json")) {
          continue;
        }
        String json = new String(tar.readAllBytes(), StandardCharsets.UTF_8);
        Resource resource;
        try {
          resource = (Resource) HAPI.newJsonParser().parseResource(json);
        } catch (DataFormatException notHapis) {
          continue;
        }
        assertAsHapi(resource);
        compared++;
      }
    }
    return compared;
  }

  @Property(tries = 2000)
  void anyResourceIsWrittenAsHapiWritesIt(@ForAll long seed) {
    assertAsHapi(new RandomResource(seed).any());
  }

  @Test
  void manyThreadsWriteAtOnce() {
    List<Resource> resources =
        IntStream.range(0, 50).mapToObj(seed -> new RandomResource(seed).any()).toList();
    List<String> expected =
        resources.stream().map(HAPI.newJsonParser()::encodeResourceToString).toList();
    IntStream.range(0, 2000)
        .parallel()
        .forEach(
            i ->
                assertThat(
                        new String(FhirJson.bytes(resources.get(i % 50)), StandardCharsets.UTF_8))
                    .isEqualTo(expected.get(i % 50)));
  }

  /** Fills a resource at random from HAPI's own definitions: any child, any type, any depth. */
  private static final class RandomResource {
    private static final List<String> TYPES =
        List.of(
            "ExplanationOfBenefit",
            "ClaimResponse",
            "PaymentReconciliation",
            "Patient",
            "Organization",
            "Coverage",
            "Practitioner",
            "Provenance");
    private static final List<String> TEXTS =
        List.of("a", "", " ", "two words", "\u00fc\u20ac\ud83d\ude00", "q\"b\\s\n\t\u0002", "</x>");
    private static final List<String> LINKS =
        List.of(
            "Patient/1",
            "Claim/9/_history/2",
            "Claim/a.b",
            "http://e.org/f/Patient/5",
            "urn:oid:1.2");
    private final Random random;

    RandomResource(long seed) {
      random = new Random(seed);
    }

    Resource any() {
      var definition = HAPI.getResourceDefinition(oneOf(TYPES));
      Resource resource = (Resource) definition.newInstance();
      if (random.nextBoolean()) {
        resource.setId(oneOf(List.of("i", "Patient/i/_history/3", "urn:uuid:7", "#l")));
      }
      fill(definition, resource, 0);
      if (random.nextInt(4) == 0) {
        Organization contained = new Organization();
        contained.setId("c");
        fill(HAPI.getResourceDefinition("Organization"), contained, 1);
        ((DomainResource) resource).addContained(contained);
      }
      return resource;
    }

    private <T> T oneOf(List<T> all) {
      return all.get(random.nextInt(all.size()));
    }

    private void fill(
        BaseRuntimeElementCompositeDefinition<?> definition, IBase target, int depth) {
      for (BaseRuntimeChildDefinition child : definition.getChildren()) {
        String name = child.getElementName();
        int odds = name.endsWith("xtension") ? 8 : depth + 2;
        if (name.equals("id") || name.equals("contained") || random.nextInt(odds) != 0) {
          continue;
        }
        int times = child.isMultipleCardinality() ? 1 + random.nextInt(3) : 1;
        List<String> names = new ArrayList<>(child.getValidChildNames());
        names.sort(null);
        String chosen = oneOf(names);
        for (int i = 0; i < times; i++) {
          IBase value =
              name.endsWith("xtension") ? extension(depth + 1) : value(child, chosen, depth + 1);
          child.getMutator().addValue(target, value);
        }
      }
      if (target instanceof Element element && random.nextInt(12) == 0) {
        element.setId(oneOf(TEXTS));
      }
    }

    private Extension extension(int depth) {
      Extension extension = new Extension(oneOf(List.of("urn:a", "http://e.org/b")));
      switch (random.nextInt(depth > 5 ? 2 : 4)) {
        case 0 -> {}
        case 1 -> extension.setValue(decorated(new StringType(oneOf(TEXTS)), depth));
        case 2 -> extension.addExtension(extension(depth + 1));
        default -> {
          var definition = HAPI.getRuntimeChildUndeclaredExtensionDefinition();
          String name =
              oneOf(
                  List.of(
                      "valueCoding",
                      "valueReference",
                      "valueMeta",
                      "valueMoney",
                      "valueDecimal",
                      "valueBase64Binary",
                      "valueId",
                      "valueUrl",
                      "valueAge"));
          extension.setValue((Type) value(definition, name, depth + 1));
        }
      }
      return extension;
    }

    private IBase value(BaseRuntimeChildDefinition child, String name, int depth) {
      BaseRuntimeElementDefinition<?> definition = child.getChildByName(name);
      Object argument = child.getInstanceConstructorArguments();
      IBase value = argument == null ? definition.newInstance() : definition.newInstance(argument);
      if (value instanceof PrimitiveType<?> primitive) {
        fillPrimitive(primitive, child);
        return decorated(primitive, depth);
      } else if (definition instanceof RuntimePrimitiveDatatypeXhtmlHl7OrgDefinition) {
        ((org.hl7.fhir.utilities.xhtml.XhtmlNode) value).setValueAsString("<div>n&amp;m</div>");
      } else if (depth < 7) {
        fill((BaseRuntimeElementCompositeDefinition<?>) definition, value, depth);
        if (value instanceof Reference reference && random.nextInt(3) > 0) {
          reference.setReference(oneOf(LINKS));
        }
      }
      return value;
    }

    private <T extends PrimitiveType<?>> T decorated(T primitive, int depth) {
      if (random.nextInt(10) == 0) {
        primitive.addExtension(extension(depth + 1));
      }
      if (random.nextInt(10) == 0) {
        primitive.setId(oneOf(TEXTS));
      }
      return primitive;
    }

    private void fillPrimitive(PrimitiveType<?> primitive, BaseRuntimeChildDefinition child) {
      if (random.nextInt(8) == 0) {
        return;
      }
      if (primitive instanceof BaseDateTimeType date) {
        date.setTimeZone(TimeZone.getTimeZone(oneOf(List.of("UTC", "America/New_York"))));
        date.setValue(Date.from(Instant.ofEpochMilli(1_500_000_000_000L + random.nextInt())));
      } else if (primitive instanceof DecimalType decimal) {
        decimal.setValue(new BigDecimal(random.nextInt()).movePointLeft(random.nextInt(9)));
      } else if (primitive instanceof IntegerType integer) {
        integer.setValue(1 + random.nextInt(1 << 20));
      } else if (primitive instanceof BooleanType bool) {
        bool.setValue(random.nextBoolean());
      } else if (primitive instanceof Base64BinaryType binary) {
        byte[] bytes = new byte[random.nextInt(5)];
        random.nextBytes(bytes);
        binary.setValue(bytes);
      } else if (primitive instanceof Enumeration<?>) {
        var bound = (ca.uhn.fhir.context.RuntimeChildPrimitiveEnumerationDatatypeDefinition) child;
        fillCode(primitive, bound.getBoundEnumType().getEnumConstants());
      } else {
        primitive.setValueAsString(oneOf(TEXTS));
      }
    }

    @SuppressWarnings("unchecked")
    private void fillCode(PrimitiveType<?> code, Enum<?>[] constants) {
      // The last constant is HAPI's NULL, which stands for no value at all.
      ((Enumeration<Enum<?>>) code).setValue(constants[random.nextInt(constants.length - 1)]);
    }
  }
}
