package org.openrcm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openrcm.claim.Claim;
import org.openrcm.claim.ClaimHandler;
import org.openrcm.claim.ClaimKind;
import org.openrcm.claim.ClaimReader;
import org.openrcm.claim.Submission;
import org.openrcm.money.Money;
import org.openrcm.remittance.Adjudication;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Remittance;
import org.openrcm.x12.Finding;
import org.openrcm.x12.X12File;

class SimulatorTest {
  private static final LocalDate JUNE = LocalDate.of(2026, 6, 1);

  @TempDir private Path folder;

  private List<Path> generated(int claims, @Nullable ClaimKind kind, int practices)
      throws IOException {
    Generator.Settings settings = new Generator.Settings(claims, 7, kind, practices, JUNE);
    return new Generator(settings).write(folder.resolve("claims"), () -> {});
  }

  private Answered answered(List<Path> files, Scenario... scenarios) throws IOException {
    Path out = folder.resolve("answers");
    SimulatedPayer.Settings settings = new SimulatedPayer.Settings(11, List.of(scenarios), null);
    try (SimulatedPayer payer = new SimulatedPayer(out, settings, Answered.ENGINE)) {
      for (Path file : files) {
        payer.answer(X12File.of(file), finding -> {}, () -> {});
      }
    }
    return Answered.in(out);
  }

  /** The claims of files, which must be without a finding. */
  private static List<Claim> read(List<Path> files) throws IOException {
    List<Claim> claims = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    ClaimHandler keep =
        new ClaimHandler() {
          @Override
          public void start(Submission submission) {}

          @Override
          public void claim(Submission submission, Claim claim) {
            claims.add(claim);
          }

          @Override
          public void end(Submission submission, Totals totals) {}
        };
    for (Path file : files) {
      ClaimReader reader = new ClaimReader(file.getFileName().toString(), "", keep, findings::add);
      Answered.ENGINE.read(X12File.of(file), reader, findings::add);
    }
    assertThat(findings).isEmpty();
    return claims;
  }

  private static Map<String, byte[]> bytes(Path folder) throws IOException {
    Map<String, byte[]> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return bytes;
  }

  @ParameterizedTest
  @EnumSource(ClaimKind.class)
  void generatedClaimsOfEachKindAreReadWithoutAFinding(ClaimKind kind) throws IOException {
    List<Claim> claims = read(generated(1_500, kind, 2));
    assertThat(claims).hasSize(1_500).allSatisfy(claim -> assertThat(claim.lines()).isNotEmpty());
    Set<String> numbers = new HashSet<>();
    claims.forEach(claim -> numbers.add(claim.patientControlNumber()));
    assertThat(numbers).as("each has a number of its own").hasSize(1_500);
    assertThat(claims).anyMatch(Claim::isReplacement).anyMatch(Claim::isVoid);
    assertThat(claims).anyMatch(claim -> claim.patient() != null);
    boolean dental = kind == ClaimKind.DENTAL;
    assertThat(claims.stream().anyMatch(Claim::isPredetermination)).isEqualTo(dental);
    assertThat(claims.stream().anyMatch(claim -> Pricing.earlierPayer(claim) != null))
        .isEqualTo(!dental);
  }

  @Test
  void whatReplacesOrVoidsNamesAnEarlierClaimByItsPayersNumber() throws IOException {
    Map<String, Claim> before = new HashMap<>();
    int corrections = 0;
    for (Claim claim : read(generated(3_000, ClaimKind.PROFESSIONAL, 1))) {
      String prior = claim.priorClaimNumber();
      if (prior != null) {
        corrections++;
        assertThat(before).containsKey(prior);
        Claim original = before.remove(prior);
        assertThat(claim.patientControlNumber()).startsWith(original.patientControlNumber());
      }
      String payer = claim.subscriber().payer().person().id();
      before.put(Payer.claimNumber(payer, claim.patientControlNumber()), claim);
    }
    assertThat(corrections).isGreaterThan(20);
  }

  @Test
  void everyProviderNumberPassesItsCheckDigitAndIsNobodys() throws IOException {
    Pattern number = Pattern.compile("\\*XX\\*(\\d+)");
    Set<String> numbers = new HashSet<>();
    for (Path file : generated(300, null, 5)) {
      Matcher matcher = number.matcher(Files.readString(file));
      while (matcher.find()) {
        numbers.add(matcher.group(1));
      }
    }
    assertThat(numbers).hasSizeGreaterThan(30);
    assertThat(numbers).allMatch(Npi::isValid).allMatch(npi -> npi.startsWith("2"));
    // the example of the identifier's own standard
    assertThat(Npi.isValid("1234567893")).isTrue();
    assertThat(Npi.isValid("1234567890")).isFalse();
  }

  @Test
  void patientsAreOfAnAgeThatFitsTheirVisit() throws IOException {
    for (Claim claim : read(generated(1_000, ClaimKind.PROFESSIONAL, 1))) {
      LocalDate born = claim.treated().demographics().birthDate();
      LocalDate seen = claim.lines().get(0).period("472").start();
      int age = java.time.Period.between(born, seen).getYears();
      String code = claim.lines().get(0).procedure().code();
      if (code.equals("99396")) {
        assertThat(age).isBetween(40, 64);
      }
      if (claim.subscriber().membership().filingIndicator().equals("MB")) {
        assertThat(age).isGreaterThanOrEqualTo(65);
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    List<Path> files = generated(400, null, 2);
    answered(files);
    Map<String, byte[]> first = bytes(folder);
    List<Path> again = generated(400, null, 2);
    answered(again);
    Map<String, byte[]> second = bytes(folder);
    assertThat(second.keySet()).isEqualTo(first.keySet());
    second.forEach((name, content) -> assertThat(content).as(name).isEqualTo(first.get(name)));

    Generator.Settings other = new Generator.Settings(400, 8, null, 2, JUNE);
    List<Path> others = new Generator(other).write(folder.resolve("other"), () -> {});
    for (Path file : others) {
      byte[] same = first.get("claims/" + file.getFileName());
      assertThat(Files.readAllBytes(file)).isNotEqualTo(same);
    }
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void eachScenarioEndsAsIntended(Scenario scenario) throws IOException {
    Answered answered = answered(generated(240, null, 1), scenario);
    answered.isAsIntended();
    if (scenario == Scenario.IMBALANCE) {
      assertThat(answered.findings)
          .hasSize(answered.of(scenario).size())
          .allMatch(finding -> finding.rule() == Adjudication.SERVICE_BALANCE);
    } else {
      assertThat(answered.findings).isEmpty();
    }
    if (scenario != Scenario.NO_ORIGINAL) {
      assertThat(answered.of(scenario)).as("claims of this scenario").isNotEmpty();
    }
    assertThat(answered.intended).filteredOn(row -> !row.get("set").isEmpty()).hasSize(240);
  }

  @Test
  void aMonthOfTenThousandClaimsReconcilesToTheCent() throws IOException {
    List<Path> files = generated(10_000, null, 2);
    Answered answered = answered(files);
    answered.isAsIntended();
    assertThat(answered.findings).isEmpty();
    assertThat(answered.intended.stream().filter(row -> !row.get("set").isEmpty())).hasSize(10_000);
    Set<String> states = new HashSet<>();
    answered.intended.forEach(row -> states.add(row.get("state")));
    for (ClaimState state : ClaimState.values()) {
      assertThat(states).contains(state.title());
    }
    assertThat(answered.checks).allSatisfy(check -> assertThat(isPayable(check)).isTrue());
    Set<String> traces = new HashSet<>();
    answered.checks.forEach(check -> traces.add(check.trace().number()));
    assertThat(traces).hasSameSizeAs(answered.checks);
  }

  private static boolean isPayable(Remittance check) {
    return check.payment().amount() != null && !check.payment().amount().isNegative();
  }

  @Test
  void aSplitClaimComesOnTwoChecks() throws IOException {
    Answered answered = answered(generated(100, ClaimKind.PROFESSIONAL, 1), Scenario.SPLIT);
    for (Map<String, String> row : answered.of(Scenario.SPLIT)) {
      String claim = row.get("patientControlNumber");
      assertThat(answered.traces.get(claim)).hasSize(2);
      Money charged =
          answered.payments.stream()
              .filter(payment -> payment.patientControlNumber().equals(claim))
              .map(ClaimPayment::charged)
              .reduce(Money.ZERO, Money::plus);
      assertThat(charged).isEqualTo(Money.of(row.get("charged")));
    }
  }

  @Test
  void aCorrectionComesAfterAReversalThatComesAfterThePayment() throws IOException {
    Answered answered = answered(generated(100, null, 1), Scenario.CORRECTED);
    for (Map<String, String> row : answered.of(Scenario.CORRECTED)) {
      assertThat(answered.statuses.get(row.get("patientControlNumber")))
          .containsExactly("1", "22", "1");
    }
    for (Map<String, String> row : answered.intended) {
      if (row.get("state").equals("replaced")) {
        assertThat(answered.statuses.get(row.get("patientControlNumber")))
            .containsExactly("1", "22", "1");
      }
      if (row.get("state").equals("voided")) {
        assertThat(answered.statuses.get(row.get("patientControlNumber")))
            .containsExactly("1", "22");
      }
    }
  }

  @Test
  void aReversalIsTheExactOppositeOfWhatItTakesBack() throws IOException {
    Answered answered = answered(generated(150, null, 1), Scenario.CORRECTED);
    Map<String, ClaimPayment> before = new HashMap<>();
    int reversals = 0;
    for (ClaimPayment payment : answered.payments) {
      if (!payment.isReversal()) {
        before.put(payment.payerClaimControlNumber(), payment);
        continue;
      }
      reversals++;
      ClaimPayment original = before.get(payment.payerClaimControlNumber());
      assertThat(payment.charged()).isEqualTo(original.charged().negated());
      assertThat(payment.paid()).isEqualTo(original.paid().negated());
      assertThat(payment.adjustedToPatient()).isEqualTo(original.adjustedToPatient().negated());
      for (int i = 0; i < payment.lines().size(); i++) {
        assertThat(payment.lines().get(i).paid())
            .isEqualTo(original.lines().get(i).paid().negated());
        assertThat(payment.lines().get(i).adjustments())
            .extracting(each -> each.group() + each.carc())
            .isEqualTo(
                original.lines().get(i).adjustments().stream()
                    .map(each -> each.group() + each.carc())
                    .toList());
      }
    }
    assertThat(reversals).isGreaterThan(100);
  }

  @Test
  void aForwardBalanceBringsOneCheckToZeroAndIsTakenOffTheNext() throws IOException {
    Answered answered = answered(generated(100, null, 1), Scenario.FORWARD_BALANCE);
    List<Money> carried = answered.adjustments.get("FB");
    assertThat(carried).anyMatch(Money::isNegative);
    assertThat(answered.checks)
        .anyMatch(
            check -> check.payment().amount().isZero() && check.payment().method().equals("NON"));
    // whatever is carried on comes back, but for what the last checks of a payer leave open
    for (Money amount : carried) {
      if (!amount.isNegative()) {
        assertThat(carried).contains(amount.negated());
      }
    }
  }

  @Test
  void whatIsRecoveredLaterIsGivenBackAtFirst() throws IOException {
    Answered answered = answered(generated(60, null, 1), Scenario.RECOVERED_LATER);
    List<Money> recovered = answered.adjustments.get("WO");
    assertThat(recovered).anyMatch(Money::isNegative);
    assertThat(answered.sum("WO")).isEqualTo(Money.ZERO);
  }

  @Test
  void aCorrectionOfAClaimThatThePayerDoesNotHaveIsDenied() throws IOException {
    Path file = generated(400, ClaimKind.PROFESSIONAL, 1).get(0);
    String text = Files.readString(file);
    Files.writeString(file, text.replace("REF*F8*", "REF*F8*9"));
    Answered answered = answered(List.of(file));
    answered.isAsIntended();
    assertThat(answered.of(Scenario.NO_ORIGINAL))
        .isNotEmpty()
        .allMatch(row -> row.get("state").equals("denied"));
  }

  @Test
  void aSetWithAnErrorIsRejectedAndNeverPaid() throws IOException {
    Path file = generated(60, ClaimKind.PROFESSIONAL, 1).get(0);
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("\\*MI\\*", "*XX*"));
    Answered answered = answered(List.of(file));
    answered.isAsIntended();
    assertThat(answered.intended)
        .filteredOn(row -> row.get("state").equals("rejected-by-999"))
        .hasSize(25);
  }

  @Test
  void anInterestIsPaidByTheCheckAndNotByTheClaim() throws IOException {
    Answered answered = answered(generated(60, null, 1), Scenario.INTEREST);
    assertThat(answered.sum("L6").isNegative()).isTrue();
    Money told =
        answered.payments.stream()
            .flatMap(payment -> payment.amounts().stream())
            .filter(amount -> amount.qualifier().equals("I"))
            .map(amount -> amount.amount())
            .reduce(Money.ZERO, Money::plus);
    assertThat(told).isEqualTo(answered.sum("L6").negated());
  }

  @Test
  void aClaimHandedOnNamesTheNextPayer() throws IOException {
    Answered answered = answered(generated(60, ClaimKind.PROFESSIONAL, 1), Scenario.CROSSOVER);
    assertThat(answered.payments)
        .filteredOn(payment -> payment.status().equals("19"))
        .isNotEmpty()
        .allMatch(payment -> payment.person("TT") != null);
  }

  @Test
  void anEstimatePaysNothing() throws IOException {
    Answered answered = answered(generated(200, ClaimKind.DENTAL, 1), Scenario.PREDETERMINATION);
    assertThat(answered.payments)
        .filteredOn(ClaimPayment::isPredetermination)
        .isNotEmpty()
        .allMatch(payment -> payment.paid().isZero());
  }

  @Test
  void anotherDateMovesAllAnswers() throws IOException {
    Path out = folder.resolve("later");
    LocalDate date = LocalDate.of(2027, 1, 4);
    SimulatedPayer.Settings settings = new SimulatedPayer.Settings(1, List.of(), date);
    try (SimulatedPayer payer = new SimulatedPayer(out, settings, Answered.ENGINE)) {
      for (Path file : generated(30, null, 1)) {
        payer.answer(X12File.of(file), finding -> {}, () -> {});
      }
    }
    try (Stream<Path> days = Files.list(out).filter(Files::isDirectory)) {
      assertThat(days.map(day -> LocalDate.parse(day.getFileName().toString())))
          .isNotEmpty()
          .allMatch(day -> !day.isBefore(date));
    }
  }
}
