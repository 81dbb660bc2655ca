package org.openrcm.x12;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Over claims and acknowledgments that others made: nothing is lost, and where our verdict differs
 * from that of another validator, a row of {@code disagreements.tsv} says who is right, and why.
 */
class ClaimCorpusTest {
  private static final Path DISAGREEMENTS = Path.of("src/test/resources/corpus/disagreements.tsv");
  private static final List<String> SETS =
      List.of("837 005010X22", "837 005010X29", "999 005010", "277 005010X214", "TA1");

  /** What one file gave. */
  private static final class Reading implements SegmentHandler, FindingSink {
    final List<Finding> findings = new ArrayList<>();
    final List<String> unplaced = new ArrayList<>();
    long segments;
    long claims;
    BigDecimal charged = BigDecimal.ZERO;

    @Override
    public void segment(Segment segment) {
      segments++;
      if (segment.slot() == null) {
        unplaced.add(segment.tag());
      }
      if (segment.key().equals("2300.CLM")) {
        claims++;
        charged = charged.add(BigDecimal.valueOf(segment.scaled(2, 2), 2));
      }
    }

    @Override
    public void add(Finding finding) {
      findings.add(finding);
    }

    boolean hasError() {
      return findings.stream().anyMatch(f -> f.severity() == Severity.ERROR);
    }

    Verdict verdict() {
      return hasError() ? Verdict.INVALID : Verdict.VALID;
    }
  }

  /** What a validator says of a file. */
  private enum Verdict {
    VALID,
    INVALID,
    NONE;

    static Verdict of(String told) {
      String said = told.replace("\"", "");
      if (said.startsWith("valid")) {
        return VALID;
      }
      return said.startsWith("invalid") || said.startsWith("rejects") ? INVALID : NONE;
    }
  }

  @BeforeEach
  void needsTheCorpus() {
    assumeTrue(Corpus.isThere(), Corpus.ABSENT);
  }

  private static List<Corpus.Entry> wellFormed() {
    return Corpus.entries().stream()
        .filter(entry -> SETS.stream().anyMatch(set -> entry.sets().startsWith(set)))
        .filter(entry -> entry.validity().endsWith("envelope ok"))
        .toList();
  }

  private static Reading read(Corpus.Entry entry) throws IOException {
    Reading reading = new Reading();
    StreamingEngine.checking(Transcript.MAPPINGS).read(X12File.of(entry.file()), reading, reading);
    return reading;
  }

  @Test
  void theCorpusHasTheFilesThatWeThinkItHas() {
    Map<String, Long> files =
        wellFormed().stream()
            .collect(
                Collectors.groupingBy(
                    entry -> entry.sets().replaceFirst("(?<=X\\d{3})A\\d|( x\\d+)$", ""),
                    TreeMap::new,
                    Collectors.counting()));
    assertThat(files)
        .containsKeys(
            "837 005010X222",
            "837 005010X223",
            "837 005010X224",
            "837 005010X291",
            "837 005010X292",
            "837 005010X298",
            "999 005010X231",
            "277 005010X214",
            "TA1");
    assertThat(wellFormed()).hasSizeGreaterThan(85);
  }

  @Test
  void everySegmentAndEveryClaimOfAFileComesOut() throws IOException {
    SoftAssertions each = new SoftAssertions();
    for (Corpus.Entry entry : wellFormed()) {
      Reading reading = read(entry);
      PlainSplit split = new PlainSplit(Files.readAllBytes(entry.file()));
      each.assertThat(reading.segments).as("segments of " + entry).isEqualTo(split.segments.size());
      each.assertThat(reading.claims).as("claims of " + entry).isEqualTo(split.count("CLM"));
      each.assertThat(reading.charged)
          .as("charges of " + entry)
          .isEqualByComparingTo(split.sum("CLM", 2));
      if (!reading.hasError()) {
        each.assertThat(reading.unplaced).as("unplaced segments of " + entry).isEmpty();
      }
    }
    each.assertAll();
  }

  @Test
  void noSegmentWithoutAPlaceGoesWithoutAFinding() throws IOException {
    SoftAssertions each = new SoftAssertions();
    for (Corpus.Entry entry : wellFormed()) {
      Reading reading = read(entry);
      each.assertThat(reading.findings)
          .filteredOn(
              finding ->
                  finding.rule() == Syntax.UNEXPECTED_SEGMENT
                      || finding.rule() == Syntax.UNKNOWN_SEGMENT)
          .extracting(finding -> String.valueOf(finding.place().segment()))
          .as(entry.path())
          .isEqualTo(reading.unplaced);
    }
    each.assertAll();
  }

  @Test
  void whereOthersJudgeOtherwiseItIsWrittenDownWhoIsRight() throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (Corpus.Entry entry : wellFormed()) {
      Verdict ours = read(entry).verdict();
      List<Verdict> others = List.of(Verdict.of(entry.pyx12()), Verdict.of(entry.linuxForHealth()));
      boolean allAgree = others.stream().allMatch(v -> v == Verdict.NONE || v == ours);
      if (!allAgree) {
        found.put(
            entry.path(), Stream.concat(Stream.of(ours), others.stream()).toList().toString());
      }
    }
    Map<String, String> written = new TreeMap<>();
    for (String[] row : disagreements()) {
      written.put(row[0], List.of(row[1], row[2], row[3]).toString());
    }
    assertThat(found).isEqualTo(written);
  }

  @Test
  void everyRowOfDisagreementsSaysWhoIsRightAndWhy() throws IOException {
    List<String[]> rows = disagreements();
    assertThat(new TreeSet<>(rows.stream().map(row -> row[0]).toList())).hasSameSizeAs(rows);
    for (String[] row : rows) {
      assertThat(row).as(row[0]).hasSize(6);
      assertThat(row[4]).as(row[0]).isIn("we", "pyx12", "linuxforhealth");
      assertThat(row[5]).as(row[0]).hasSizeGreaterThan(20);
    }
  }

  /** Path, our verdict, pyx12's, linuxforhealth's, who is right, why. */
  private static List<String[]> disagreements() throws IOException {
    try (Stream<String> lines = Files.lines(DISAGREEMENTS, StandardCharsets.UTF_8)) {
      return lines.skip(1).filter(line -> !line.isBlank()).map(line -> line.split("\t")).toList();
    }
  }
}
