package org.openrcm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openrcm.audit.Actor;
import org.openrcm.simulator.Generator;
import org.openrcm.simulator.SimulatedPayer;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.StreamingEngine;
import org.openrcm.x12.X12File;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A month of made-up claims and all that comes back for them: 837, TA1, 999, 277CA, 835. {@code
 * -Dopenrcm.month.claims=10000} for more of them.
 */
@ServerTest
class SimulatedMonthTest {
  private static final int CLAIMS = Integer.getInteger("openrcm.month.claims", 4_000);
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 6, 1);

  /** What the server calls a state that the simulator intends; an estimate decides nothing. */
  private static final Map<String, String> STATES =
      Map.of(
          "rejected-by-999", "REJECTED_BY_999",
          "rejected-by-277ca", "REJECTED",
          "accepted-by-277ca", "ACCEPTED",
          "predetermined", "ACCEPTED",
          "paid", "PAID",
          "partly-paid", "PARTLY_PAID",
          "denied", "DENIED",
          "forwarded", "FORWARDED",
          "replaced", "REPLACED",
          "voided", "VOIDED");

  @Autowired private TestUsers users;
  @Autowired private JdbcClient sql;
  @Autowired private TransactionTemplate transaction;
  @TempDir private Path folder;

  @Test
  void everyClaimEndsInTheStateThatThePayerIntended() throws Exception {
    List<Path> claims =
        new Generator(new Generator.Settings(CLAIMS, 2026, null, 1, FIRST_DAY))
            .write(folder, () -> {});
    Path answers = folder.resolve("answers");
    StreamingEngine engine = StreamingEngine.structural(Mappings.bundled());
    try (SimulatedPayer payer =
        new SimulatedPayer(answers, new SimulatedPayer.Settings(2026, List.of(), null), engine)) {
      for (Path file : claims) {
        payer.answer(X12File.of(file), finding -> {}, () -> {});
      }
    }
    UUID practice = users.practice("A whole month");
    TestFiles files = new TestFiles(users, practice);
    List<String> notRead = new ArrayList<>();
    for (Path file : Stream.concat(claims.stream(), inOrder(answers)).toList()) {
      UUID id = files.load(folder.relativize(file).toString(), Files.readAllBytes(file));
      if (!files.state(id).equals("LOADED")) {
        notRead.add(file.getFileName() + " " + files.state(id));
      }
    }
    assertThat(notRead).isEmpty();
    Map<String, String> intended = intended(answers.resolve("intended.tsv"));
    assertThat(intended).hasSize(CLAIMS);
    assertThat(differences(states(practice), intended)).isEmpty();
  }

  private static List<String> differences(
      Map<String, String> states, Map<String, String> intended) {
    List<String> differences = new ArrayList<>();
    intended.forEach(
        (claim, state) -> {
          String is = states.get(claim);
          if (!state.equals(is)) {
            differences.add(claim + " is " + is + ", intended " + state);
          }
        });
    states.keySet().stream()
        .filter(claim -> !intended.containsKey(claim))
        .forEach(claim -> differences.add(claim + " was never sent"));
    return differences;
  }

  /** Day by day, and within a day acknowledgements before payments. */
  private static Stream<Path> inOrder(Path answers) {
    try (Stream<Path> found = Files.walk(answers)) {
      Predicate<Path> isX12 = file -> !file.toString().endsWith(".tsv");
      return found.filter(Files::isRegularFile).filter(isX12).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** State, paid and owed of every claim that was sent, by its number. */
  private static Map<String, String> intended(Path oracle) throws IOException {
    List<String> lines = Files.readAllLines(oracle);
    List<String> head = List.of(lines.get(0).split("\t"));
    Map<String, String> intended = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split("\t", -1);
      String state = row[head.indexOf("state")];
      if (!state.equals("unknown")) {
        intended.put(
            row[head.indexOf("patientControlNumber")],
            STATES.get(state)
                + " paid "
                + row[head.indexOf("paid")]
                + " owed "
                // nobody owes what is only estimated
                + (state.equals("predetermined") ? "0.00" : row[head.indexOf("patientOwes")]));
      }
    }
    return intended;
  }

  private Map<String, String> states(UUID practice) throws Exception {
    return Actor.job("test", practice)
        .call(
            () ->
                transaction.execute(
                    status -> {
                      Map<String, String> states = new TreeMap<>();
                      sql.sql(
                              """
                              select patient_control_number, state, paid_cents / 100.0,
                                owed_cents / 100.0 from claim
                              """)
                          .query(
                              row -> {
                                states.put(
                                    row.getString(1),
                                    "%s paid %.2f owed %.2f"
                                        .formatted(
                                            row.getString(2),
                                            row.getBigDecimal(3),
                                            row.getBigDecimal(4)));
                              });
                      return states;
                    }));
  }
}
