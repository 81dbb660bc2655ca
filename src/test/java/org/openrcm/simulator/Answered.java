package org.openrcm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.openrcm.claim.Acceptance;
import org.openrcm.claim.AcknowledgementHandler;
import org.openrcm.claim.AcknowledgementReader;
import org.openrcm.claim.ClaimStatus;
import org.openrcm.claim.GroupAcknowledgement;
import org.openrcm.claim.InterchangeAcknowledgement;
import org.openrcm.claim.PartyStatus;
import org.openrcm.claim.SetAcknowledgement;
import org.openrcm.claim.StatusReport;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.ProviderAdjustment;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.RemittanceHandler;
import org.openrcm.remittance.RemittanceReader;
import org.openrcm.x12.Finding;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.StreamingEngine;
import org.openrcm.x12.X12File;

/** What came back from the simulated payer, read with the ordinary readers, day by day. */
final class Answered implements RemittanceHandler, AcknowledgementHandler {
  static final StreamingEngine ENGINE = StreamingEngine.checking(Mappings.bundled());

  /** What is meant: the rows of {@code intended.tsv} by column. */
  final List<Map<String, String>> intended = new ArrayList<>();

  /** By CLP01: CLP04, PR, and the CLP02s in the order of the days. */
  final Map<String, Money> paid = new HashMap<>();

  final Map<String, Money> patientOwes = new HashMap<>();
  final Map<String, List<String>> statuses = new LinkedHashMap<>();
  final Map<String, Set<String>> traces = new HashMap<>();

  /** By PLB03-1: the amounts. */
  final Map<String, List<Money>> adjustments = new HashMap<>();

  final List<ClaimPayment> payments = new ArrayList<>();
  final List<Remittance> checks = new ArrayList<>();
  final List<Finding> findings = new ArrayList<>();
  final Set<String> accepted = new HashSet<>();
  final Set<String> rejected = new HashSet<>();
  final Set<String> acceptedSets = new HashSet<>();
  Money bpr = Money.ZERO;
  Money paidOnChecks = Money.ZERO;
  Money adjustedOnChecks = Money.ZERO;

  static Answered in(Path folder) throws IOException {
    Answered answered = new Answered();
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      answered.read(file);
    }
    return answered;
  }

  private void read(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (name.equals("intended.tsv")) {
      List<String> lines = Files.readAllLines(file);
      List<String> columns = List.of(lines.get(0).split("\t", -1));
      for (String line : lines.subList(1, lines.size())) {
        List<String> fields = List.of(line.split("\t", -1));
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
          row.put(columns.get(i), fields.get(i));
        }
        intended.add(row);
      }
    } else if (name.endsWith(".835")) {
      RemittanceReader reader = new RemittanceReader(name, "", this, findings::add);
      ENGINE.read(X12File.of(file), reader, findings::add);
    } else if (!name.endsWith(".tsv")) {
      AcknowledgementReader reader = new AcknowledgementReader(name, "", this, findings::add);
      ENGINE.read(X12File.of(file), reader, findings::add);
    }
  }

  /** Holds what was read against what was meant, claim by claim and check by check. */
  void isAsIntended() {
    Map<String, Money> meant = new HashMap<>();
    Map<String, Money> meantToOwe = new HashMap<>();
    for (Map<String, String> row : intended) {
      meant.merge(row.get("answeredAs"), Money.of(row.get("paid")), Money::plus);
      meantToOwe.merge(row.get("answeredAs"), Money.of(row.get("patientOwes")), Money::plus);
      acknowledgedAsMeant(row);
    }
    assertThat(meant.keySet()).containsAll(paid.keySet());
    meant.forEach(
        (claim, money) ->
            assertThat(paid.getOrDefault(claim, Money.ZERO)).as(claim).isEqualTo(money));
    meantToOwe.forEach(
        (claim, money) ->
            assertThat(patientOwes.getOrDefault(claim, Money.ZERO)).as(claim).isEqualTo(money));
    assertThat(bpr).isEqualTo(paidOnChecks.minus(adjustedOnChecks));
    assertThat(sum("L6").negated()).isEqualTo(sumOf("interest"));
    assertThat(sum("WO")).isEqualTo(sumOf("takenBack"));
  }

  private void acknowledgedAsMeant(Map<String, String> row) {
    String claim = row.get("patientControlNumber");
    switch (row.get("state")) {
      case "rejected-by-999" -> {
        assertThat(acceptedSets).doesNotContain(row.get("set").split("/")[1]);
        assertThat(accepted).doesNotContain(claim);
      }
      case "rejected-by-277ca" -> assertThat(rejected).contains(claim);
      case "unknown" -> assertThat(row.get("set")).isEmpty();
      default -> {
        assertThat(acceptedSets).contains(row.get("set").split("/")[1]);
        assertThat(accepted).contains(claim);
        assertThat(rejected).doesNotContain(claim);
      }
    }
  }

  Money sum(String plb) {
    return adjustments.getOrDefault(plb, List.of()).stream().reduce(Money.ZERO, Money::plus);
  }

  Money sumOf(String column) {
    return intended.stream().map(row -> Money.of(row.get(column))).reduce(Money.ZERO, Money::plus);
  }

  List<Map<String, String>> of(Scenario scenario) {
    return intended.stream().filter(row -> row.get("scenario").equals(scenario.title())).toList();
  }

  @Override
  public void start(Remittance remittance) {
    checks.add(remittance);
    bpr = bpr.plus(remittance.payment().amount());
  }

  @Override
  public void claim(Remittance remittance, ClaimPayment claim) {
    String number = claim.patientControlNumber();
    payments.add(claim);
    paid.merge(number, claim.paid(), Money::plus);
    patientOwes.merge(number, claim.adjustedToPatient(), Money::plus);
    statuses.computeIfAbsent(number, unused -> new ArrayList<>()).add(claim.status());
    traces.computeIfAbsent(number, unused -> new HashSet<>()).add(remittance.trace().number());
    paidOnChecks = paidOnChecks.plus(claim.paid());
  }

  @Override
  public void adjustment(Remittance remittance, ProviderAdjustment adjustment) {
    adjustments
        .computeIfAbsent(adjustment.reason(), unused -> new ArrayList<>())
        .add(adjustment.amount());
    adjustedOnChecks = adjustedOnChecks.plus(adjustment.amount());
  }

  @Override
  public void end(Remittance remittance, RemittanceHandler.Totals totals) {}

  @Override
  public void interchange(InterchangeAcknowledgement acknowledgement) {
    assertThat(acknowledgement.code()).isEqualTo("A");
  }

  @Override
  public void start(GroupAcknowledgement group) {}

  @Override
  public void set(GroupAcknowledgement group, SetAcknowledgement set) {
    if (set.acceptance() == Acceptance.ACCEPTED) {
      acceptedSets.add(group.groupControl());
    }
  }

  @Override
  public void end(GroupAcknowledgement group, GroupAcknowledgement.Result result) {}

  @Override
  public void start(StatusReport report) {}

  @Override
  public void party(StatusReport report, PartyStatus party) {}

  @Override
  public void claim(StatusReport report, ClaimStatus claim) {
    boolean isAccepted = claim.acceptance() == Acceptance.ACCEPTED;
    (isAccepted ? accepted : rejected).add(claim.patientControlNumber());
  }

  @Override
  public void end(StatusReport report, AcknowledgementHandler.Totals totals) {}
}
