package org.openrcm.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.IssueSeverity;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.utilities.npm.NpmPackage;

/**
 * HAPI's validator over our own profiles and, where they are present, CARIN Blue Button, US Core
 * and IHE BALP, with no network.
 *
 * <p>Code systems that cannot be had here (CPT, ICD-10, NUBC and the like) are information, not
 * errors. Without the packages the same goes for Blue Button's own code systems, and for their
 * profiles: a resource that declares one is held to ours alone. Made once per JVM: the first use
 * takes seconds. For each resource the validator reads the list of all registered object
 * identifiers again, of 1.5 MB, which took longer than all it asks of the resource: {@code
 * oidregistry.csv} among the tests' resources stands before it on the class path, and has those
 * that we write.
 */
public final class ProfileValidator {
  private static final Path OURS = Path.of("fhir-profiles");
  private static final Path PACKAGES = Path.of("..", "shared", "fhir-packages");
  private static final List<String> USED =
      List.of("hl7.fhir.us.carin-bb-2.0.0.tgz", "hl7.fhir.us.core-3.1.1.tgz");
  private static final Set<String> CONFORMANCE =
      Set.of("StructureDefinition", "CodeSystem", "ValueSet");

  private final FhirValidator validator;

  // HAPI deprecates the support in favour of nothing that can be set to information.
  @SuppressWarnings("deprecation")
  ProfileValidator(Path ours, Path packages) {
    FhirEndpoints.letHapiReadAndWriteXml();
    FhirContext context = FhirContext.forR4Cached();
    PrePopulatedValidationSupport loaded = new PrePopulatedValidationSupport(context);
    addPackages(context, packages, loaded);
    addFolder(context, ours, loaded);
    UnknownCodeSystemWarningValidationSupport unknown =
        new UnknownCodeSystemWarningValidationSupport(context);
    unknown.setNonExistentCodeSystemSeverity(IssueSeverity.INFORMATION);
    ValidationSupportChain chain =
        new ValidationSupportChain(
            loaded,
            new DefaultProfileValidationSupport(context),
            new CommonCodeSystemsTerminologyService(context),
            new InMemoryTerminologyServerValidationSupport(context),
            new SnapshotGeneratingValidationSupport(context),
            unknown);
    FhirInstanceValidator module = new FhirInstanceValidator(chain);
    module.setErrorForUnknownProfiles(areThere(packages));
    validator = context.newValidator().registerValidatorModule(module);
  }

  /** The validator over the project's profiles and the packages, made at the first call. */
  public static ProfileValidator shared() {
    return Shared.VALIDATOR;
  }

  /** Whether Blue Button's profiles are at hand, so that a resource may be held to them. */
  public static boolean knowsBlueButton() {
    return areThere(PACKAGES);
  }

  private static boolean areThere(Path packages) {
    return USED.stream().allMatch(name -> Files.isRegularFile(packages.resolve(name)));
  }

  /**
   * Whether IHE's Basic Audit Log Patterns are at hand, so that an AuditEvent may be held to them.
   */
  static boolean knowsBalp() {
    return !balp(PACKAGES).isEmpty();
  }

  /** The package of the patterns, of whichever version. */
  private static List<String> balp(Path packages) {
    String[] names =
        packages.toFile().list((folder, name) -> name.matches("ihe\\.iti\\.balp.*\\.tgz"));
    return names == null ? List.of() : List.of(names);
  }

  /** The errors of a resource, as it is written by {@link FhirJson}; none if it is valid. */
  public List<String> errors(Resource resource) {
    return errors(new String(FhirJson.bytes(resource), StandardCharsets.UTF_8));
  }

  /** The errors of a resource in JSON, each with its place; none if it is valid. */
  public List<String> errors(String json) {
    ValidationResult result = validator.validateWithResult(json);
    return result.getMessages().stream()
        .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
        .map(ProfileValidator::text)
        .toList();
  }

  private static String text(SingleValidationMessage message) {
    String place = message.getLocationString();
    String where = place == null ? "" : " " + place;
    return message.getSeverity() + where + ": " + message.getMessage();
  }

  private static void addPackages(
      FhirContext context, Path packages, PrePopulatedValidationSupport loaded) {
    for (String name : Stream.concat(USED.stream(), balp(packages).stream()).toList()) {
      Path file = packages.resolve(name);
      if (!Files.isRegularFile(file)) {
        continue;
      }
      try (InputStream in = Files.newInputStream(file)) {
        NpmPackage npm = NpmPackage.fromPackage(in);
        for (String resource : npm.listResources(CONFORMANCE)) {
          try (InputStream json = npm.load("package", resource)) {
            Resource read = (Resource) context.newJsonParser().parseResource(json);
            if (!isEmptyStub(read)) {
              loaded.addResource(read);
            }
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("not readable: " + name, e);
      }
    }
  }

  /** A code system that says it has codes and holds none: with it no code would be of it. */
  private static boolean isEmptyStub(Resource resource) {
    return resource instanceof CodeSystem system
        && system.getContent() == CodeSystem.CodeSystemContentMode.NOTPRESENT;
  }

  private static void addFolder(
      FhirContext context, Path folder, PrePopulatedValidationSupport loaded) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        Resource resource =
            (Resource) context.newJsonParser().parseResource(Files.readString(file));
        if (CONFORMANCE.contains(resource.fhirType())) {
          loaded.addResource(resource);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("not readable: " + folder, e);
    }
  }

  private static final class Shared {
    private static final ProfileValidator VALIDATOR = new ProfileValidator(OURS, PACKAGES);
  }
}
