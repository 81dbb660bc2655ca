package org.openrcm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The borders between the modules, and the names that the house does not use. */
class ModulesTest {
  private static final String ROOT = "org.openrcm";
  private static final String[] EXACT_MODULES = {
    "money",
    "x12",
    "billing",
    "claim",
    "remittance",
    "ledger",
    "posting",
    "payment",
    "statement",
    "portal",
    "writeoff",
    "collections",
    "report",
    "fhir"
  };
  private static final Set<String> INEXACT = Set.of("double", "float", "Double", "Float");

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void modulesHaveNoCyclesAndUseOnlyWhatOthersMakePublic() {
    ApplicationModules modules = ApplicationModules.of(ROOT);
    assertThat(modules.stream().map(module -> module.getIdentifier().toString()))
        .contains(
            "money", "x12", "remittance", "fhir", "cli", "audit", "identity", "intake", "web");
    modules.verify();
  }

  @Test
  void smooksAndDaffodilStopAtX12() {
    onlyIn("x12", "org.smooks..", "org.apache.daffodil..", "io.smooks..");
  }

  @Test
  void hapiStopsAtFhir() {
    onlyIn("fhir", "ca.uhn..", "org.hl7..");
  }

  @Test
  void picocliStopsAtTheCommandLine() {
    onlyIn("cli", "picocli..");
  }

  @Test
  void otherLibrariesStopWhereTheyAreNeeded() {
    onlyIn("identity", "org.springframework.security..", "com.eatthepath..", "io.nayuki..");
    onlyIn("intake", "com.github.luben..");
    onlyIn("statement", "com.openhtmltopdf..", "org.apache.pdfbox..");
    onlyIn("statement", "jakarta.mail..", "org.eclipse.angus..", "org.springframework.mail..");
    onlyIn("server", "io.zonky..", "org.flywaydb..");
    onlyIn("web", "org.dhatim..");
  }

  private static void onlyIn(String module, String... libraries) {
    noClasses()
        .that()
        .resideOutsideOfPackage(in(module))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .check(OURS);
    assertThat(OURS.stream().filter(type -> type.getPackageName().equals(ROOT + "." + module)))
        .as("%s uses the library that is its own", module)
        .anyMatch(
            type ->
                type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(
                        dependency ->
                            JavaClass.Predicates.resideInAnyPackage(libraries)
                                .test(dependency.getTargetClass())));
  }

  @Test
  void moneyStandsOnNothing() {
    standsOnlyOn("money");
    noClasses()
        .that()
        .resideInAPackage(in("money"))
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideOutsideOfPackages(
                in("money"), "java..", "org.jspecify.annotations"))
        .check(OURS);
  }

  @Test
  void x12StandsOnNothingOfOurs() {
    standsOnlyOn("x12");
  }

  @Test
  void theGroundStandsOnNothingAbove() {
    standsOnlyOn("web", "money");
    standsOnlyOn("audit", "web", "money");
    standsOnlyOn("identity", "vault", "audit", "web");
    standsOnlyOn("jobs", "audit");
  }

  @Test
  void remittanceKnowsNothingOfFilesReceived() {
    standsOnlyOn("remittance", "billing", "x12", "money", "vault", "audit", "web");
  }

  @Test
  void theVaultKnowsNothingOfWhatItKeeps() {
    standsOnlyOn("vault", "audit");
  }

  @Test
  void whatBillsAndPaymentsShareKnowsNeither() {
    standsOnlyOn("billing", "x12", "money");
  }

  @Test
  void claimsKnowWhatCameBackButNotTheirFiles() {
    standsOnlyOn("claim", "remittance", "billing", "x12", "money", "vault", "audit", "web");
  }

  @Test
  void theLedgerKnowsNothingOfWhatIsPosted() {
    standsOnlyOn("ledger", "money", "audit");
  }

  @Test
  void postingKnowsNothingOfFilesReceived() {
    standsOnlyOn(
        "posting",
        "ledger",
        "account",
        "claim",
        "remittance",
        "billing",
        "x12",
        "money",
        "jobs",
        "audit",
        "web");
  }

  @Test
  void theSimulatorNeedsNoDatabase() {
    standsOnlyOn("simulator", "claim", "remittance", "billing", "x12", "money");
  }

  @Test
  void intakeKnowsNothingOfFhir() {
    standsOnlyOn(
        "intake",
        "jobs",
        "claim",
        "remittance",
        "billing",
        "x12",
        "money",
        "vault",
        "identity",
        "audit",
        "web");
  }

  @Test
  void accountsKnowNothingOfClaimsAndPayments() {
    standsOnlyOn("account", "ledger", "money", "identity", "audit", "web");
  }

  @Test
  void patientsPaymentsKnowNothingOfInsurers() {
    standsOnlyOn("payment", "account", "ledger", "money", "jobs", "identity", "audit", "web");
  }

  @Test
  void writeOffsStandOnWhatPatientsOwe() {
    standsOnlyOn("writeoff", "payment", "account", "billing", "ledger", "money", "audit", "web");
  }

  @Test
  void theReportStandsOnTheBooksAndKnowsNoFiles() {
    standsOnlyOn("report", "statement", "ledger", "money", "jobs", "audit", "web");
  }

  @Test
  void contactsKnowNothingOfQueuesAndInsurers() {
    standsOnlyOn(
        "contact", "statement", "payment", "account", "money", "jobs", "identity", "audit", "web");
  }

  @Test
  void complianceKnowsNothingOfMoney() {
    standsOnlyOn(
        "compliance",
        "contact",
        "statement",
        "account",
        "billing",
        "jobs",
        "identity",
        "audit",
        "web");
  }

  @Test
  void lettersKnowNothingOfQueues() {
    standsOnlyOn(
        "letter",
        "contact",
        "statement",
        "payment",
        "account",
        "money",
        "jobs",
        "identity",
        "audit",
        "web");
  }

  @Test
  void patientsPagesKnowNothingOfInsurersFiles() {
    standsOnlyOn(
        "portal", "statement", "payment", "account", "ledger", "money", "identity", "audit", "web");
  }

  @Test
  void fhirKnowsNothingOfTheCommandLine() {
    standsOnlyOn(
        "fhir",
        "statement",
        "payment",
        "posting",
        "account",
        "ledger",
        "claim",
        "remittance",
        "billing",
        "x12",
        "money",
        "identity",
        "vault",
        "audit",
        "web");
  }

  @Test
  void nothingStandsOnTheServerButTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackages(in("server"), in("cli"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(in("server"))
        .check(OURS);
  }

  @Test
  void theAuditRecordIsNeverChanged() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        assertThat(Files.readString(source))
            .as(source.toString())
            .doesNotContainPattern("(?i)(update|delete\\s+from|truncate)\\s+audit_event");
      }
    }
  }

  private static void standsOnlyOn(String module, String... others) {
    String[] allowed =
        Stream.concat(Stream.of(module), Stream.of(others))
            .map(ModulesTest::in)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(in(module))
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage(ROOT + "..")
                .and(JavaClass.Predicates.resideOutsideOfPackages(allowed)))
        .check(OURS);
  }

  @Test
  void namesSayWhatSomethingIsAndNotWhatKindOfClass() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Dto|DTO|Entity|Constants)(\\$.*)?")
        .orShould()
        .haveNameMatching(".*[.$](Abstract|Base|Default)(\\p{Lu}\\w*)?(\\$.*)?")
        .check(OURS);
  }

  @Test
  void packagesAreRoomsAndNotDrawers() {
    noClasses()
        .should()
        .resideInAnyPackage(
            "..common..",
            "..config..",
            "..util..",
            "..utils..",
            "..service..",
            "..model..",
            "..dto..",
            "..impl..")
        .check(OURS);
    classes()
        .should()
        .haveNameMatching("org\\.openrcm\\.[a-z0-9]+\\.[^.]+")
        .because("packages are flat")
        .check(OURS);
  }

  /**
   * A single implementation needs no interface. A functional interface is fair with one or none: a
   * lambda implements it, which leaves no class behind.
   */
  @Test
  void noInterfaceHasOnlyOneImplementation() {
    classes()
        .that()
        .areInterfaces()
        .and()
        .areNotAnnotations()
        .and()
        // Spring Data writes what implements these
        .areNotAssignableTo("org.springframework.data.repository.Repository")
        .and(
            DescribedPredicate.describe(
                "have several methods to implement",
                (JavaClass type) ->
                    type.getAllMethods().stream()
                            .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
                            .count()
                        > 1))
        .should(
            check(
                "have more than one implementation",
                (type, broken) -> {
                  List<String> implementations =
                      type.getAllSubclasses().stream()
                          .filter(subclass -> !subclass.isInterface())
                          .map(JavaClass::getSimpleName)
                          .toList();
                  if (implementations.size() < 2) {
                    broken.add(type.getName() + " has only " + implementations);
                  }
                }))
        .check(OURS);
  }

  @Test
  void amountsAreNeverBinaryFractions() {
    String[] exact = Stream.of(EXACT_MODULES).map(ModulesTest::in).toArray(String[]::new);
    classes()
        .that()
        .resideInAnyPackage(exact)
        .and()
        // is told where on a page to print, and that of no amount
        .doNotHaveFullyQualifiedName("org.openrcm.statement.NoticePrinter")
        .should(
            check(
                "neither hold nor pass double or float",
                (type, broken) -> {
                  for (JavaField field : type.getFields()) {
                    if (isInexact(field.getRawType())) {
                      broken.add(field.getFullName());
                    }
                  }
                  for (JavaCodeUnit unit : type.getCodeUnits()) {
                    if (isInexact(unit.getRawReturnType())
                        || unit.getRawParameterTypes().stream().anyMatch(ModulesTest::isInexact)) {
                      broken.add(unit.getFullName());
                    }
                    unit.getMethodCallsFromSelf().stream()
                        .filter(
                            call ->
                                isInexact(call.getTarget().getRawReturnType())
                                    || isInexact(call.getTargetOwner()))
                        .forEach(call -> broken.add(call.getDescription()));
                  }
                }))
        .check(OURS);
  }

  private static boolean isInexact(JavaClass type) {
    return INEXACT.contains(type.getBaseComponentType().getSimpleName());
  }

  @Test
  void onlyTheCommandLineAndTheServersStartSpeakToStandardStreams() {
    noClasses()
        .that()
        .resideOutsideOfPackages(in("cli"), in("server"))
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .check(OURS);
  }

  @Test
  void everyPackageIsNullMarkedAndSaysWhatItIs() {
    Set<JavaPackage> packages =
        OURS.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
    assertThat(packages).hasSizeGreaterThanOrEqualTo(5);
    assertThat(packages)
        .allSatisfy(
            room ->
                assertThat(room.tryGetPackageInfo())
                    .as("package-info of %s", room.getName())
                    .hasValueSatisfying(
                        info -> assertThat(info.isAnnotatedWith(NullMarked.class)).isTrue()));
  }

  /** What a class does against a rule. */
  private interface Inspection {
    void inspect(JavaClass type, List<String> broken);
  }

  private static ArchCondition<JavaClass> check(String description, Inspection inspection) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        List<String> broken = new ArrayList<>();
        inspection.inspect(type, broken);
        broken.forEach(message -> events.add(SimpleConditionEvent.violated(type, message)));
      }
    };
  }

  private static String in(String module) {
    return ROOT + "." + module;
  }
}
