package org.openrcm.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Reads a generated document in every way there is, each in a process of its own, and searches the
 * heaps that suffice; a second, ten times longer file is read by all who are fast enough for it.
 */
final class ReadingBench {
  private static final Path FOLDER = Path.of("target", "bench");
  private static final Duration LONGEST_PASS = Duration.ofSeconds(60);

  /** Of records: the part of the scan, and how many times EDIReader and imsweb. */
  private static final double AIM_OF_SCAN = 1.0 / 6;

  private static final double AIM_EDI_READER = 4;
  private static final double AIM_IMSWEB = 80;

  /** Of convert: how many times HAPI's encoder. */
  private static final double AIM_HAPI = 5;

  private static final int AIM_HEAP_MEGABYTES = 128;

  private final Figures figures;
  private final HeapSearch heaps = new HeapSearch(FOLDER);

  private ReadingBench(Figures figures) {
    this.figures = figures;
  }

  static void ofRemittances(Size size, Figures figures) throws Exception {
    ReadingBench bench = new ReadingBench(figures);
    List<Timing.Speed> speeds = bench.shorter(Document.REMITTANCE, size);
    if (size == Size.FULL) {
      bench.longer(Sample.generated(Document.REMITTANCE, FOLDER, 200), speeds);
    }
  }

  static void ofClaims(Size size, Figures figures) throws Exception {
    new ReadingBench(figures).shorter(Document.CLAIMS, size);
  }

  private List<Timing.Speed> shorter(Document document, Size size) throws Exception {
    Sample sample = Sample.generated(document, FOLDER, size.of(20, 2));
    List<Timing.Speed> speeds =
        new Timing(
                FOLDER, Duration.ofSeconds(size.of(12, 1)), Duration.ofMillis(size.of(4_000, 500)))
            .of(document.contenders(), sample);
    print(sample, speeds);
    return speeds;
  }

  private void longer(Sample sample, List<Timing.Speed> before) throws Exception {
    List<Contender> fast = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (Timing.Speed speed : before) {
      double seconds = sample.bytes() / speed.megabytesPerSecond() / 1e6;
      if (seconds <= LONGEST_PASS.toSeconds()) {
        fast.add(speed.contender());
      } else {
        left.add("%s (%.0f s a pass)".formatted(speed.contender().name(), seconds));
      }
    }
    print(
        sample, new Timing(FOLDER, Duration.ofMinutes(2), Duration.ofSeconds(2)).of(fast, sample));
    if (!left.isEmpty()) {
      figures.say("Too slow for this file: " + String.join(", ", left) + ".");
    }
  }

  private void print(Sample sample, List<Timing.Speed> speeds) throws Exception {
    figures.heading(
        String.format(
            Locale.ROOT,
            "%.0f MB: %,d claims, %,d segments",
            sample.bytes() / 1e6,
            sample.claims(),
            sample.segments()));
    Table table =
        new Table(
            "",
            "MB/s",
            "claims/s",
            "heap that sufficed",
            Yardstick.SCAN.label,
            Yardstick.EDI_READER.label,
            Yardstick.IMSWEB.label,
            Yardstick.HAPI.label,
            "read");
    List<OptionalInt> sufficed = heaps.of(speeds);
    for (int i = 0; i < speeds.size(); i++) {
      row(table, speeds.get(i), sufficed.get(i), sample, speeds);
    }
    figures.table(table);
    figures.say(aims(speeds, sufficed));
  }

  private static void row(
      Table table, Timing.Speed speed, OptionalInt heap, Sample whole, List<Timing.Speed> speeds) {
    boolean part = speed.sample().bytes() < whole.bytes();
    table.row(
        speed.contender().name(),
        Figure.rate(speed.megabytesPerSecond()),
        speed.contender().counts() == Contender.Counts.CLAIMS
            ? Figure.rate(speed.claimsPerSecond())
            : "-",
        heap.isPresent() ? heap.getAsInt() + " MB" : "over 2048 MB",
        Yardstick.SCAN.beside(speed, speeds).map(Figure::times).orElse("-"),
        Yardstick.EDI_READER.beside(speed, speeds).map(Figure::times).orElse("-"),
        Yardstick.IMSWEB.beside(speed, speeds).map(Figure::times).orElse("-"),
        Yardstick.HAPI.beside(speed, speeds).map(Figure::times).orElse("-"),
        String.format(
            Locale.ROOT,
            "%s%.1f MB, median of %d",
            part ? "the first " : "",
            speed.sample().bytes() / 1e6,
            speed.passes()));
  }

  /** What speeds are held beside: the limit, and peers. */
  private enum Yardstick {
    SCAN(Contenders.SCAN, "of the scan"),
    EDI_READER(Contenders.EDI_READER, "x EDIReader"),
    IMSWEB(Contenders.IMSWEB, "x imsweb"),
    HAPI(Contenders.HAPI, "x HAPI");

    private final String name;
    private final String label;

    Yardstick(String name, String label) {
      this.name = name;
      this.label = label;
    }

    /** How many times as fast; empty where the yardstick does not read this. */
    Optional<Double> beside(Timing.Speed speed, List<Timing.Speed> speeds) {
      return named(name, speeds)
          .map(other -> speed.megabytesPerSecond() / other.megabytesPerSecond());
    }

    /** The same in words, with what was wanted. */
    Optional<String> aim(Timing.Speed speed, double wanted, List<Timing.Speed> speeds) {
      return beside(speed, speeds)
          .map(
              ratio ->
                  "%s %s (%s)"
                      .formatted(
                          Figure.times(ratio),
                          label,
                          Figure.aim(
                              wanted < 1
                                  ? "1/" + Math.round(1 / wanted)
                                  : String.valueOf(Math.round(wanted)),
                              ratio >= wanted)));
    }
  }

  private static Optional<Timing.Speed> named(String name, List<Timing.Speed> speeds) {
    return speeds.stream().filter(speed -> speed.contender().name().equals(name)).findFirst();
  }

  private static String aims(List<Timing.Speed> speeds, List<OptionalInt> heaps) {
    List<String> said = new ArrayList<>();
    Timing.Speed records = named(Contenders.RECORDS, speeds).orElseThrow();
    said.add("To records: " + String.join(", ", ofRecords(records, speeds)) + ".");
    named(Contenders.CONVERT, speeds)
        .flatMap(convert -> ofConvert(convert, speeds))
        .ifPresent(said::add);
    int most = 0;
    for (int i = 0; i < heaps.size(); i++) {
      if (speeds.get(i).contender().name().startsWith(Contenders.OURS)) {
        most = Math.max(most, heaps.get(i).orElse(Integer.MAX_VALUE));
      }
    }
    said.add(
        "Heap that sufficed all of ours: %s (%s)."
            .formatted(
                most == Integer.MAX_VALUE ? "none" : most + " MB",
                Figure.aim(AIM_HEAP_MEGABYTES + " MB", most <= AIM_HEAP_MEGABYTES)));
    return String.join(" ", said);
  }

  private static List<String> ofRecords(Timing.Speed records, List<Timing.Speed> speeds) {
    return Stream.of(
            Yardstick.SCAN.aim(records, AIM_OF_SCAN, speeds),
            Yardstick.EDI_READER.aim(records, AIM_EDI_READER, speeds),
            Yardstick.IMSWEB.aim(records, AIM_IMSWEB, speeds))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<String> ofConvert(Timing.Speed convert, List<Timing.Speed> speeds) {
    int cores = Runtime.getRuntime().availableProcessors();
    return Yardstick.HAPI
        .beside(convert, speeds)
        .map(
            ratio ->
                "Convert, on %d cores: %s, for each of them %s."
                    .formatted(
                        cores,
                        Yardstick.HAPI.aim(convert, AIM_HAPI, speeds).orElseThrow(),
                        Figure.times(ratio / cores)));
  }
}
