package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openrcm.cli.CommandRun;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.ProviderAdjustment;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.RemittanceHandler;
import org.openrcm.remittance.RemittanceReader;
import org.openrcm.simulator.Generator;
import org.openrcm.simulator.Scenario;
import org.openrcm.simulator.SimulatedPayer;
import org.openrcm.x12.Finding;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.StreamingEngine;
import org.openrcm.x12.X12File;

/** A month of made-up claims of all three kinds and all checks that pay them, in one conversion. */
class JoinedSimulationTest {
  private static final int CLAIMS = 250;
  private static final String BLUE_BUTTON = "http://hl7.org/fhir/us/carin-bb/";
  private static final String ESTIMATE = "ExplanationOfBenefit.use (an estimate is no claim)";
  private static final String PERIOD = "ExplanationOfBenefit.billablePeriod.start";
  private static final String NETWORK =
      "ExplanationOfBenefit.adjudication (renderingnetworkstatus)";
  private static final Pattern JOINED = Pattern.compile("(\\d+) of (\\d+) claims paid were joined");
  private static final Pattern INCOMPLETE = Pattern.compile("(\\d+) of them meet no profile");
  private static final Pattern REASON = Pattern.compile("(?m)^  (\\S.*): (\\d+)$");

  @TempDir private static Path folder;

  /** What the payer does with the month; claims after another payer are of the usual one. */
  enum Run {
    USUAL(),
    UNUSUAL(
        Scenario.CROSSOVER,
        Scenario.SPLIT,
        Scenario.CORRECTED,
        Scenario.RECOVERED_LATER,
        Scenario.TAKEN_BACK,
        Scenario.FORWARD_BALANCE,
        Scenario.PREDETERMINATION,
        Scenario.BUNDLED,
        Scenario.PARTIAL,
        Scenario.LATE,
        Scenario.MISSING_INFORMATION,
        Scenario.NOT_COVERED,
        Scenario.DUPLICATE,
        Scenario.NOT_A_MEMBER,
        // twice, so that dental claims are among them
        Scenario.OUT_OF_NETWORK,
        Scenario.OUT_OF_NETWORK,
        Scenario.PAID_TO_PATIENT,
        Scenario.INTEREST,
        Scenario.UNKNOWN_CLAIM);

    private final List<Scenario> scenarios;

    Run(Scenario... scenarios) {
      this.scenarios = List.of(scenarios);
    }
  }

  /**
   * A month as it was converted.
   *
   * @param lines the resources in JSON, each once
   * @param paid the claims of the 835s, read without FHIR
   * @param scenarios what became of the claims
   */
  private record Month(
      CommandRun run, Set<String> lines, List<ClaimPayment> paid, Set<String> scenarios) {

    <T extends Resource> List<T> all(Class<T> type) {
      String mark = "\"resourceType\":\"" + type.getSimpleName() + "\"";
      return lines.stream()
          .filter(line -> line.startsWith(mark, 1))
          .map(line -> type.cast(FhirContext.forR4Cached().newJsonParser().parseResource(line)))
          .toList();
    }

    /** The claims that meet no profile of C4BB although their 837 is known, by what is missing. */
    Map<String, Integer> reasons() {
      Map<String, Integer> reasons = new TreeMap<>();
      Matcher matcher = REASON.matcher(run.errors());
      while (matcher.find()) {
        reasons.put(matcher.group(1), Integer.valueOf(matcher.group(2)));
      }
      return reasons;
    }

    int figure(Pattern pattern, int group) {
      Matcher matcher = pattern.matcher(run.errors());
      return matcher.find() ? Integer.parseInt(matcher.group(group)) : 0;
    }
  }

  private static final Map<Run, Month> MONTHS = new EnumMap<>(Run.class);

  @BeforeAll
  static void convertEachMonth() throws IOException {
    List<Path> claims =
        new Generator(new Generator.Settings(CLAIMS, 47, null, 1, LocalDate.of(2026, 6, 1)))
            .write(folder.resolve("claims"), () -> {});
    for (Run run : Run.values()) {
      MONTHS.put(run, month(claims, run));
    }
  }

  private static Month month(List<Path> claims, Run run) throws IOException {
    StreamingEngine engine = StreamingEngine.structural(Mappings.bundled());
    Path answers = folder.resolve(run.name());
    List<Finding> findings = new ArrayList<>();
    try (SimulatedPayer payer =
        new SimulatedPayer(answers, new SimulatedPayer.Settings(43, run.scenarios, null), engine)) {
      for (Path file : claims) {
        payer.answer(X12File.of(file), findings::add, () -> {});
      }
    }
    List<Path> remittances;
    try (Stream<Path> files = Files.walk(answers)) {
      remittances = files.filter(file -> file.toString().endsWith(".835")).sorted().toList();
    }
    Paid paid = new Paid();
    for (Path file : remittances) {
      engine.read(
          X12File.of(file),
          new RemittanceReader(file.getFileName().toString(), "", paid, findings::add),
          findings::add);
    }
    assertThat(findings).isEmpty();
    CommandRun converted =
        CommandRun.of(
            Stream.concat(
                    Stream.of("convert"),
                    Stream.concat(remittances.stream(), claims.stream()).map(Path::toString))
                .toArray(String[]::new));
    Set<String> scenarios = new TreeSet<>();
    List<String> intended = Files.readAllLines(answers.resolve("intended.tsv"));
    int column = List.of(intended.get(0).split("\t", -1)).indexOf("scenario");
    intended.stream().skip(1).forEach(row -> scenarios.add(row.split("\t", -1)[column]));
    Set<String> lines = new LinkedHashSet<>(converted.text().lines().toList());
    return new Month(converted, lines, paid.claims, scenarios);
  }

  private static final class Paid implements RemittanceHandler {
    private final List<ClaimPayment> claims = new ArrayList<>();

    @Override
    public void start(Remittance remittance) {}

    @Override
    public void claim(Remittance remittance, ClaimPayment claim) {
      claims.add(claim);
    }

    @Override
    public void adjustment(Remittance remittance, ProviderAdjustment adjustment) {}

    @Override
    public void end(Remittance remittance, Totals totals) {}
  }

  @Test
  void theMonthsHaveWhatTheyAreToShow() {
    for (Scenario scenario : Run.UNUSUAL.scenarios) {
      assertThat(MONTHS.get(Run.UNUSUAL).scenarios).contains(scenario.title());
    }
    for (Month month : MONTHS.values()) {
      assertThat(month.scenarios)
          .contains(Scenario.REPLACED.title(), Scenario.VOIDED.title())
          .contains(Scenario.PREDETERMINATION.title());
      assertThat(month.all(Claim.class)).hasSize(CLAIMS);
      assertThat(month.run.exitCode()).isZero();
    }
    assertThat(MONTHS.get(Run.USUAL).scenarios)
        .contains(Scenario.SECONDARY.title(), Scenario.CROSSOVER.title());
  }

  /**
   * Every resource that has an element, a code or a profile which none before it had; {@code
   * -Dopenrcm.validate=all} for the others too, which takes minutes.
   */
  @Test
  void everyResourceIsValid() throws IOException {
    assumeTrue(ProfileValidator.knowsBlueButton(), "the Blue Button package is not here");
    boolean all = "all".equals(System.getProperty("openrcm.validate"));
    Set<String> known = new HashSet<>();
    Set<String> lines = new LinkedHashSet<>();
    for (Month month : MONTHS.values()) {
      for (String line : month.lines) {
        Set<String> said = new HashSet<>();
        JsonNode resource = new ObjectMapper().readTree(line);
        say(resource.path("resourceType").asText(), resource, said);
        if (known.addAll(said) || all) {
          lines.add(line);
        }
      }
    }
    List<String> errors = new ArrayList<>();
    for (String line : lines) {
      for (String error : ProfileValidator.shared().errors(line)) {
        errors.add(error + " in " + line);
      }
    }
    assertThat(errors).isEmpty();
  }

  /** Each element by its path; of those that say what kind of thing it is, the value too. */
  private static void say(String path, JsonNode node, Set<String> said) {
    if (node.isObject()) {
      node.properties().forEach(field -> say(path + "." + field.getKey(), field.getValue(), said));
    } else if (node.isArray()) {
      node.forEach(each -> say(path, each, said));
    } else {
      boolean kind = path.matches(".*\\.(code|system|url|status|use|profile|outcome|valueCode)");
      said.add(kind ? path + " " + node.asText() : path);
    }
  }

  @ParameterizedTest
  @EnumSource(Run.class)
  void everyReferenceFindsItsResource(Run run) {
    Set<String> there = new HashSet<>();
    Set<String> named = new TreeSet<>();
    Pattern start = Pattern.compile("^\\{\"resourceType\":\"(\\w+)\",\"id\":\"([^\"]+)\"");
    Pattern reference = Pattern.compile("\"reference\":\"([^\"]+)\"");
    for (String line : MONTHS.get(run).lines) {
      Matcher own = start.matcher(line);
      assertThat(own.find()).isTrue();
      there.add(own.group(1) + "/" + own.group(2));
      reference.matcher(line).results().forEach(one -> named.add(one.group(1)));
    }
    assertThat(there).containsAll(named);
  }

  /** Oral is only where the payer says that the dentist is out of network. */
  @Test
  void eachProfileOccursWhereItsFactsAreStated() {
    Set<String> usual = profiles(MONTHS.get(Run.USUAL)).keySet();
    assertThat(usual)
        .containsExactlyInAnyOrder(
            "Professional-NonClinician", "Inpatient-Institutional", "Outpatient-Institutional", "");
    assertThat(profiles(MONTHS.get(Run.UNUSUAL)).keySet()).containsAll(usual).contains("Oral");
  }

  /** How many EOBs name which profile of C4BB; empty for our own. */
  private static Map<String, Integer> profiles(Month month) {
    Map<String, Integer> profiles = new TreeMap<>();
    for (ExplanationOfBenefit eob : month.all(ExplanationOfBenefit.class)) {
      profiles.merge(profile(eob), 1, Integer::sum);
    }
    return profiles;
  }

  private static String profile(ExplanationOfBenefit eob) {
    assertThat(eob.getMeta().getProfile()).hasSize(1);
    String profile = eob.getMeta().getProfile().get(0).getValue();
    if (!profile.startsWith(BLUE_BUTTON)) {
      assertThat(profile).isEqualTo(Systems.EOB_PROFILE);
      return "";
    }
    assertThat(profile).endsWith("|2.0.0");
    return profile.replaceAll(".*C4BB-ExplanationOfBenefit-|\\|.*", "");
  }

  /** Each reason is counted here from what the EOBs say, not from what the mapping found. */
  @ParameterizedTest
  @EnumSource(Run.class)
  void whatStaysWithOurOwnProfileIsAccountedFor(Run run) {
    Month month = MONTHS.get(run);
    Set<String> dental = new HashSet<>();
    for (Claim claim : month.all(Claim.class)) {
      if (claim.getType().getCodingFirstRep().getCode().equals("oral")) {
        dental.add("Claim/" + claim.getIdPart());
      }
    }
    int unknown = 0;
    int incomplete = 0;
    Map<String, Integer> reasons = new HashMap<>();
    for (ExplanationOfBenefit eob : month.all(ExplanationOfBenefit.class)) {
      if (!profile(eob).isEmpty()) {
        continue;
      }
      if (!eob.getClaim().hasReference()) {
        unknown++;
        continue;
      }
      incomplete++;
      Set<String> its = new HashSet<>();
      if (eob.getUse() == ExplanationOfBenefit.Use.PREDETERMINATION) {
        its.add(ESTIMATE);
      }
      if (dental.contains(eob.getClaim().getReference()) && !says(eob, "242")) {
        its.add(NETWORK);
      }
      if (!eob.getBillablePeriod().hasStart()) {
        its.add(PERIOD);
      }
      assertThat(its).as("reasons of " + eob.getIdPart()).isNotEmpty();
      its.forEach(reason -> reasons.merge(reason, 1, Integer::sum));
    }
    assertThat(month.reasons()).isEqualTo(reasons);
    assertThat(month.figure(JOINED, 2)).isEqualTo(month.paid.size());
    assertThat(month.figure(JOINED, 1)).isEqualTo(month.paid.size() - unknown);
    assertThat(month.figure(INCOMPLETE, 1)).isEqualTo(incomplete);
  }

  private static boolean says(ExplanationOfBenefit eob, String carc) {
    return Stream.concat(
            eob.getAdjudication().stream(),
            eob.getItem().stream().flatMap(item -> item.getAdjudication().stream()))
        .anyMatch(one -> carc.equals(one.getReason().getCodingFirstRep().getCode()));
  }

  /** Claim by claim (CLP01, CLP03, CLP04), and all together. */
  @ParameterizedTest
  @EnumSource(Run.class)
  void theMoneyOfTheEobsIsThatOfThe835s(Run run) {
    Month month = MONTHS.get(run);
    List<String> said = new ArrayList<>();
    Money sum = Money.ZERO;
    for (ClaimPayment claim : month.paid) {
      said.add(claim.patientControlNumber() + " " + claim.charged() + " " + claim.paid());
      sum = sum.plus(claim.paid());
    }
    List<String> shown = new ArrayList<>();
    Money total = Money.ZERO;
    for (ExplanationOfBenefit eob : month.all(ExplanationOfBenefit.class)) {
      Money paid = total(eob, "benefit");
      Money charged = total(eob, "submitted");
      shown.add(eob.getClaim().getIdentifier().getValue() + " " + charged + " " + paid);
      total = total.plus(paid);
    }
    assertThat(shown).containsExactlyInAnyOrderElementsOf(said);
    assertThat(total).isEqualTo(sum);
    assertThat(sum.cents()).isPositive();
  }

  private static Money total(ExplanationOfBenefit eob, String category) {
    return eob.getTotal().stream()
        .filter(one -> one.getCategory().getCodingFirstRep().getCode().equals(category))
        .map(one -> Money.of(one.getAmount().getValue().toPlainString()))
        .reduce(Money.ZERO, Money::plus);
  }
}
