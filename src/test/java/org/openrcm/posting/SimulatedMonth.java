package org.openrcm.posting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openrcm.money.Money;
import org.openrcm.simulator.Generator;
import org.openrcm.simulator.Scenario;
import org.openrcm.simulator.SimulatedPayer;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.StreamingEngine;
import org.openrcm.x12.X12File;

/**
 * Claims of a month and all that simulated payers answer: a believable mix to one half of them,
 * every scenario as often as any to the other.
 *
 * @param files claims first, then answers day by day
 * @param intended what payers mean claims to end as
 * @param checks what each check pays, in cents by its number
 */
public record SimulatedMonth(List<Path> files, List<Intended> intended, Map<String, Long> checks) {
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 6, 1);
  private static final StreamingEngine ENGINE = StreamingEngine.structural(Mappings.bundled());

  /** A row of {@code intended.tsv}; amounts in cents. */
  public record Intended(
      String claim,
      String scenario,
      String state,
      String payerClaimNumber,
      long charged,
      long paid,
      long takenBack,
      long patientOwes) {

    public boolean isOf(Scenario its) {
      return scenario.equals(its.title());
    }
  }

  static SimulatedMonth make(Path folder, int claims, long seed) throws IOException {
    return make(folder, claims, seed, FIRST_DAY);
  }

  /** The same of a month that begins on this day. */
  public static SimulatedMonth make(Path folder, int claims, long seed, LocalDate firstDay)
      throws IOException {
    List<Path> sent =
        new Generator(new Generator.Settings(claims, seed, null, 2, firstDay))
            .write(folder, () -> {});
    List<Path> files = new ArrayList<>(sent);
    List<Intended> intended = new ArrayList<>();
    Map<String, Long> checks = new TreeMap<>();
    int half = sent.size() / 2;
    answer(folder.resolve("mix"), seed, List.of(), sent.subList(0, half), files, intended, checks);
    answer(
        folder.resolve("each"),
        seed,
        List.of(Scenario.values()),
        sent.subList(half, sent.size()),
        files,
        intended,
        checks);
    return new SimulatedMonth(List.copyOf(files), List.copyOf(intended), checks);
  }

  private static void answer(
      Path folder,
      long seed,
      List<Scenario> scenarios,
      List<Path> sent,
      List<Path> files,
      List<Intended> intended,
      Map<String, Long> checks)
      throws IOException {
    try (SimulatedPayer payer =
        new SimulatedPayer(folder, new SimulatedPayer.Settings(seed, scenarios, null), ENGINE)) {
      for (Path file : sent) {
        payer.answer(X12File.of(file), finding -> {}, () -> {});
      }
    }
    try (Stream<Path> found = Files.walk(folder)) {
      found
          .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".tsv"))
          .sorted()
          .forEach(files::add);
    }
    for (Row row : rows(folder.resolve("intended.tsv"))) {
      intended.add(
          new Intended(
              row.word("patientControlNumber"),
              row.word("scenario"),
              row.word("state"),
              row.word("payerClaimControlNumber"),
              row.cents("charged"),
              row.cents("paid"),
              row.cents("takenBack"),
              row.cents("patientOwes")));
    }
    for (Row row : rows(folder.resolve("checks.tsv"))) {
      checks.put(row.word("trace"), row.cents("amount"));
    }
  }

  private record Row(List<String> head, List<String> words) {
    String word(String column) {
      return words.get(head.indexOf(column));
    }

    long cents(String column) {
      return Money.of(word(column)).cents();
    }
  }

  private static List<Row> rows(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> head = List.of(lines.get(0).split("\t"));
    return lines.stream()
        .skip(1)
        .map(line -> new Row(head, List.of(line.split("\t", -1))))
        .toList();
  }
}
