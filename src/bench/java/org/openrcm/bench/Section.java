package org.openrcm.bench;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.openrcm.collections.QueueBench;
import org.openrcm.report.ReportBench;
import org.openrcm.seal.SealBench;
import org.openrcm.statement.PortalBench;
import org.openrcm.statement.StatementBench;

/**
 * A part of the document with figures.
 *
 * @param title as in the document's markers, and on the command line
 * @param libraries artifacts whose versions count
 */
record Section(String title, Bench bench, List<String> libraries) {

  /** What a bench finds it puts into the figures. */
  @FunctionalInterface
  interface Bench {
    void measure(Size size, Figures figures) throws Exception;
  }

  private static final List<String> READERS =
      List.of(
          "hapi-fhir-structures-r4",
          "smooks-core",
          "smooks-edi-cartridge",
          "daffodil-core_2.12",
          "edireader",
          "staedi",
          "x12-parser");
  private static final List<String> SERVER =
      List.of(Machine.POSTGRESQL, "postgresql", "HikariCP", "spring-boot", "hapi-fhir-server");
  private static final List<String> PAPER =
      List.of(Machine.POSTGRESQL, "postgresql", "spring-boot", "openhtmltopdf-pdfbox");

  private static final Section START = new Section("start", StartBench::measure, SERVER);
  private static final Section STATEMENTS =
      new Section("statements", StatementBench::measure, PAPER);

  /** In the order in which they are measured. */
  static final List<Section> ALL =
      List.of(
          new Section("835", ReadingBench::ofRemittances, READERS),
          new Section("837", ReadingBench::ofClaims, READERS),
          START,
          new Section("load", LoadBench::measure, SERVER),
          new Section("fhir", FhirBench::measure, SERVER),
          new Section("posting", PostingBench::measure, SERVER),
          STATEMENTS,
          new Section("portal", PortalBench::measure, SERVER),
          new Section("reports", ReportBench::measure, SERVER),
          new Section("queue", QueueBench::measure, SERVER),
          new Section("seal", SealBench::measure, SERVER));

  static Optional<Section> titled(String title) {
    return ALL.stream().filter(section -> section.title.equals(title)).findFirst();
  }

  /** Options of its virtual machine. */
  List<String> options() {
    return equals(STATEMENTS) ? List.of("-Xmx1g") : List.of();
  }

  /** Why it cannot be measured here. */
  Optional<String> lacks() {
    return equals(START) && !Files.exists(StartBench.JAR)
        ? Optional.of("there is no " + StartBench.JAR + ": mvn package makes it")
        : Optional.empty();
  }
}
