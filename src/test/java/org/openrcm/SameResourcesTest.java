package org.openrcm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.PaymentReconciliation;
import org.openrcm.cli.CommandRun;

/** The same remittance gives the same resources: in every run, with whatever delimiters. */
class SameResourcesTest {
  private static final Path EVERYTHING = CasesTest.CASES.resolve("everything/remit.835");
  private static final String FILE_HASH = "urn:sha256:[0-9a-f]{64}";
  private static String usual = "";

  /**
   * Delimiters and what stands between segments.
   *
   * @param bytes element, repetition, component, terminator
   */
  record Dialect(List<Character> bytes, String lineEnd) {
    String rewrite(String x12) {
      StringBuilder text = new StringBuilder(x12.length());
      for (int i = 0; i < x12.length(); i++) {
        char c = x12.charAt(i);
        switch (c) {
          case '*' -> text.append(bytes.get(0));
          case '^' -> text.append(bytes.get(1));
          case ':' -> text.append(bytes.get(2));
          case '~' -> text.append(bytes.get(3)).append(lineEnd);
          case '\n' -> {
            // the line end is of the dialect
          }
          default -> text.append(c);
        }
      }
      return text.toString();
    }
  }

  @Provide
  Arbitrary<Dialect> dialects() throws IOException {
    String data = Files.readString(EVERYTHING).replaceAll("[*^:~\n]", "");
    List<Character> free =
        IntStream.range(1, 127)
            .filter(c -> !Character.isLetterOrDigit(c) && c != ' ' && data.indexOf(c) < 0)
            .mapToObj(c -> (char) c)
            .toList();
    return Combinators.combine(
            Arbitraries.of(free).list().ofSize(4).uniqueElements(),
            Arbitraries.of("", "\n", "\r\n"))
        .as(Dialect::new)
        .filter(dialect -> dialect.lineEnd().isEmpty() || !hasLineEnd(dialect.bytes()));
  }

  private static boolean hasLineEnd(List<Character> delimiters) {
    return delimiters.contains('\n') || delimiters.contains('\r');
  }

  @Property(tries = 100)
  void anyLegalDelimitersGiveIdenticalResources(@ForAll("dialects") Dialect dialect)
      throws IOException {
    Path folder = Files.createTempDirectory("openrcm-dialect");
    Path file = folder.resolve("remit.835");
    try {
      String x12 = dialect.rewrite(Files.readString(EVERYTHING));
      Files.writeString(file, x12, StandardCharsets.ISO_8859_1);
      CommandRun run = CommandRun.over(file, "convert");
      assertThat(run.errors()).isEmpty();
      assertThat(resources(run)).isEqualTo(usual());
    } finally {
      Files.delete(file);
      Files.delete(folder);
    }
  }

  private static synchronized String usual() {
    if (usual.isEmpty()) {
      usual = resources(CommandRun.over(EVERYTHING, "convert"));
    }
    return usual;
  }

  private static String resources(CommandRun run) {
    assertThat(run.exitCode()).isZero();
    return run.text().replaceAll(FILE_HASH, "urn:sha256:");
  }

  @Example
  void twoRunsOverSeveralFilesGiveIdenticalBytes() throws IOException {
    for (String format : List.of("ndjson", "bundle")) {
      String[] command =
          Stream.concat(
                  Stream.of("convert", "--provenance", "--format", format),
                  CasesTest.remittances().stream().map(Path::toString))
              .toArray(String[]::new);
      byte[] once = CommandRun.of(command).output();
      assertThat(once).hasSizeGreaterThan(100_000);
      assertThat(CommandRun.of(command).output()).isEqualTo(once);
    }
  }

  @Example
  void twoRunsIntoFoldersGiveIdenticalFiles() throws IOException {
    Path folder = Files.createTempDirectory("openrcm-twice");
    try {
      for (String format : List.of("ndjson", "bundle")) {
        List<TreeMap<String, String>> runs = new ArrayList<>();
        for (String name : List.of("one", "two")) {
          Path out = folder.resolve(format + "-" + name);
          CommandRun.of(
              "convert",
              "--format",
              format,
              "-o",
              out.toString(),
              EVERYTHING.toString(),
              "samples/hospital.835");
          runs.add(contents(out));
        }
        assertThat(runs.get(0)).isNotEmpty().isEqualTo(runs.get(1));
      }
    } finally {
      delete(folder);
    }
  }

  private static TreeMap<String, String> contents(Path folder) throws IOException {
    TreeMap<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return contents;
  }

  @Example
  void threadsThatRunUnevenlyDoNotChangeTheOrder() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("openrcm-order");
    try {
      int claims = 3_000;
      Path file = MadeUpRemittance.write(folder, claims, 0);
      String calm = CommandRun.over(file, "convert").text();
      for (int seed = 0; seed < 3; seed++) {
        assertThat(disturbed(seed, file)).isEqualTo(calm);
      }
      assertThat(RemittanceCounts.resources(calm))
          .filteredOn(resource -> resource instanceof ExplanationOfBenefit)
          .extracting(eob -> ((ExplanationOfBenefit) eob).getClaim().getIdentifier().getValue())
          .isEqualTo(IntStream.rangeClosed(1, claims).mapToObj(i -> "LFP-" + i).toList());
    } finally {
      delete(folder);
    }
  }

  /** While others take the cores away, now and then. */
  private static String disturbed(int seed, Path file) throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    List<Thread> others =
        IntStream.range(0, Runtime.getRuntime().availableProcessors() * 2)
            .mapToObj(thread -> new SplittableRandom(seed * 100L + thread))
            .map(random -> new Thread(() -> disturb(random, done)))
            .toList();
    others.forEach(Thread::start);
    try {
      return CommandRun.over(file, "convert").text();
    } finally {
      done.set(true);
      for (Thread other : others) {
        other.join();
      }
    }
  }

  private static void disturb(SplittableRandom random, AtomicBoolean done) {
    while (!done.get()) {
      long until = System.nanoTime() + random.nextLong(3_000_000);
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      LockSupport.parkNanos(random.nextLong(2_000_000));
    }
  }

  @Example
  void thePartsOfALongPaymentAddUpToIt() throws IOException {
    Path folder = Files.createTempDirectory("openrcm-long");
    try {
      int claims = 20_150;
      int adjustments = 7;
      Path file = MadeUpRemittance.write(folder, claims, adjustments);
      CommandRun run = CommandRun.over(file, "convert");
      assertThat(run.errors()).isEmpty();
      List<PaymentReconciliation> parts =
          run.text()
              .lines()
              .filter(line -> line.startsWith("{\"resourceType\":\"PaymentReconciliation\""))
              .flatMap(line -> RemittanceCounts.resources(line).stream())
              .map(PaymentReconciliation.class::cast)
              .toList();
      assertThat(parts).hasSize(3);
      assertThat(parts)
          .allSatisfy(
              part -> {
                assertThat(part.getDetail()).hasSizeLessThanOrEqualTo(10_000);
                assertThat(part.getPaymentAmount().getValue())
                    .isEqualByComparingTo(
                        part.getDetail().stream()
                            .map(detail -> detail.getAmount().getValue())
                            .reduce(BigDecimal.ZERO, BigDecimal::add));
              });
      assertThat(
              parts.stream()
                  .map(part -> part.getPaymentAmount().getValue())
                  .reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo(MadeUpRemittance.payment(claims, adjustments));
      assertThat(parts.stream().mapToInt(part -> part.getDetail().size()).sum())
          .isEqualTo(claims + adjustments);
      assertThat(parts.stream().map(part -> part.getIdPart()).distinct()).hasSize(3);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
