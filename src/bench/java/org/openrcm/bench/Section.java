package org.openrcm.bench;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.openrcm.collections.QueueBench;
import org.openrcm.report.ReportBench;
import org.openrcm.seal.SealBench;
import org.openrcm.statement.PortalBench;
import org.openrcm.statement.StatementBench;

/** A part of the document with figures, in the order in which they are measured. */
enum Section {
  READING_835("835", ReadingBench::ofRemittances, Libraries.OF_READING),
  READING_837("837", ReadingBench::ofClaims, Libraries.OF_READING),
  START("start", StartBench::measure, Libraries.OF_THE_SERVER),
  LOAD("load", LoadBench::measure, Libraries.OF_THE_SERVER),
  FHIR("fhir", FhirBench::measure, Libraries.OF_THE_SERVER),
  POSTING("posting", PostingBench::measure, Libraries.OF_THE_SERVER),
  STATEMENTS("statements", StatementBench::measure, Libraries.OF_PAPER),
  PORTAL("portal", PortalBench::measure, Libraries.OF_THE_SERVER),
  REPORTS("reports", ReportBench::measure, Libraries.OF_THE_SERVER),
  QUEUE("queue", QueueBench::measure, Libraries.OF_THE_SERVER),
  SEAL("seal", SealBench::measure, Libraries.OF_THE_SERVER);

  /** What a bench finds it puts into the figures. */
  @FunctionalInterface
  private interface Bench {
    void measure(Size size, Figures figures) throws Exception;
  }

  private static final class Libraries {
    static final List<String> OF_READING =
        List.of(
            "hapi-fhir-structures-r4",
            "smooks-core",
            "smooks-edi-cartridge",
            "daffodil-core_2.12",
            "edireader",
            "staedi",
            "x12-parser");
    static final List<String> OF_THE_SERVER =
        List.of(Machine.POSTGRESQL, "postgresql", "HikariCP", "spring-boot", "hapi-fhir-server");
    static final List<String> OF_PAPER =
        List.of(Machine.POSTGRESQL, "postgresql", "spring-boot", "openhtmltopdf-pdfbox");
  }

  private final String title;
  private final Bench bench;
  private final List<String> libraries;

  Section(String title, Bench bench, List<String> libraries) {
    this.title = title;
    this.bench = bench;
    this.libraries = libraries;
  }

  static Optional<Section> titled(String title) {
    return Arrays.stream(values()).filter(section -> section.title.equals(title)).findFirst();
  }

  /** As in the document's markers, and on the command line. */
  String title() {
    return title;
  }

  void measure(Size size, Figures figures) throws Exception {
    bench.measure(size, figures);
  }

  /** Artifacts whose versions count. */
  List<String> libraries() {
    return libraries;
  }

  /** Options of its virtual machine. */
  List<String> options() {
    return this == STATEMENTS ? List.of("-Xmx1g") : List.of();
  }

  /** Why it cannot be measured here. */
  Optional<String> lacks() {
    return this == START && !Files.exists(StartBench.JAR)
        ? Optional.of("there is no " + StartBench.JAR + ": mvn package makes it")
        : Optional.empty();
  }
}
