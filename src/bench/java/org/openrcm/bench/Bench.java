package org.openrcm.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads generated 835s and 837s, each of 20 MB and of 200 MB, in every way there is, and prints
 * Markdown tables of the speeds and of the heaps that sufficed; {@code quick} leaves out the long
 * files, {@code 835} or {@code 837} the other document.
 */
public final class Bench {
  private static final Path FOLDER = Path.of("target", "bench");
  private static final Duration LONGEST_PASS_OF_200_MB = Duration.ofSeconds(60);
  private static final Pattern JARS =
      Pattern.compile(
          "(edireader|staedi|x12-parser|smooks-core|smooks-edi-cartridge|daffodil-core_2\\.12"
              + "|hapi-fhir-structures-r4)-(\\d[^/\\\\]*)\\.jar");

  private final boolean quick;
  private final Timing timing;
  private final HeapSearch heaps = new HeapSearch(FOLDER);

  private Bench(boolean quick) {
    this.quick = quick;
    this.timing =
        new Timing(FOLDER, Duration.ofSeconds(quick ? 2 : 12), Duration.ofSeconds(quick ? 2 : 4));
  }

  public static void main(String[] args) throws Exception {
    Files.createDirectories(FOLDER);
    long start = System.nanoTime();
    System.out.println(machine());
    List<String> asked = List.of(args);
    Bench bench = new Bench(asked.contains("quick"));
    for (Document document : Document.values()) {
      boolean another = asked.contains("835") || asked.contains("837");
      if (!another || asked.contains(document.set())) {
        bench.run(document);
      }
    }
    System.out.printf(
        Locale.ROOT, "%nMeasured in %d s.%n", (System.nanoTime() - start) / 1_000_000_000);
    System.exit(0);
  }

  private void run(Document document) throws Exception {
    Sample shorter = Sample.generated(document, FOLDER, 20);
    List<Timing.Speed> speeds = timing.of(document.contenders(), shorter);
    print(shorter, speeds, List.of());
    if (quick) {
      return;
    }
    Sample longer = Sample.generated(document, FOLDER, 200);
    List<Contender> fast = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (Timing.Speed speed : speeds) {
      double seconds = longer.bytes() / speed.megabytesPerSecond() / 1e6;
      if (seconds <= LONGEST_PASS_OF_200_MB.toSeconds()) {
        fast.add(speed.contender());
      } else {
        left.add(
            String.format(Locale.ROOT, "%s (%.0f s a pass)", speed.contender().name(), seconds));
      }
    }
    print(
        longer,
        new Timing(FOLDER, Duration.ofMinutes(2), Duration.ofSeconds(2)).of(fast, longer),
        left);
  }

  private void print(Sample sample, List<Timing.Speed> speeds, List<String> left) throws Exception {
    System.out.printf(
        Locale.ROOT,
        "%n### %s, %.0f MB: %,d claims, %,d segments%n%n",
        sample.document().set(),
        sample.bytes() / 1e6,
        sample.claims(),
        sample.segments());
    System.out.println(
        "| | MB/s | claims/s | heap that sufficed | of the scan | x EDIReader | x imsweb | x HAPI | read |");
    System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|---|");
    List<OptionalInt> sufficed = heaps.of(speeds);
    for (int i = 0; i < speeds.size(); i++) {
      System.out.println(row(speeds.get(i), sufficed.get(i), sample, speeds));
    }
    if (!left.isEmpty()) {
      System.out.println("\nToo slow for this file: " + String.join(", ", left) + ".");
    }
  }

  private static String row(
      Timing.Speed speed, OptionalInt heap, Sample whole, List<Timing.Speed> speeds) {
    Contender contender = speed.contender();
    boolean part = speed.sample().bytes() < whole.bytes();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %s | %s | %s | %s%.1f MB, median of %d |",
        contender.name(),
        figure(speed.megabytesPerSecond()),
        contender.counts() == Contender.Counts.CLAIMS
            ? String.format(Locale.ROOT, "%,.0f", speed.claimsPerSecond())
            : "-",
        heap.isPresent() ? heap.getAsInt() + " MB" : "over 2048 MB",
        times(speed, Contenders.SCAN, speeds),
        times(speed, Contenders.EDI_READER, speeds),
        times(speed, Contenders.IMSWEB, speeds),
        times(speed, Contenders.HAPI, speeds),
        part ? "the first " : "",
        speed.sample().bytes() / 1e6,
        speed.passes());
  }

  /** How many times as fast as the one named; a fraction where it is slower. */
  private static String times(Timing.Speed speed, String yardstick, List<Timing.Speed> speeds) {
    for (Timing.Speed other : speeds) {
      if (other.contender().name().equals(yardstick)) {
        double ratio = speed.megabytesPerSecond() / other.megabytesPerSecond();
        return ratio < 0.95 ? "1/" + figure(1 / ratio) : figure(ratio);
      }
    }
    return "-";
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, value < 1 ? "%.2f" : value < 10 ? "%.1f" : "%,.0f", value);
  }

  private static String machine() {
    StringBuilder line = new StringBuilder();
    line.append(Runtime.getRuntime().availableProcessors())
        .append(" cores, JDK ")
        .append(Runtime.version())
        .append(", load at the start ")
        .append(
            String.format(
                Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    Matcher jars = JARS.matcher(System.getProperty("java.class.path"));
    while (jars.find()) {
      line.append(", ").append(jars.group(1)).append(' ').append(jars.group(2));
    }
    return line.append('.').toString();
  }
}
