package org.openrcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrcm.cli.CommandRun;
import org.openrcm.x12.Corpus;

/** Over files that others made, and our own: nothing is lost, and what is wrong is found. */
class CorpusTest {
  private static final Pattern INTERCHANGE = Pattern.compile("ISA[^A-Za-z0-9]");

  /** Well-formed envelopes around content that breaks the guide; each was looked at by hand. */
  private static final Set<String> FAULTY_CONTENT =
      Set.of(
          // BPR16 missing or no day, PER*BL missing, HC*code where a composite is due
          "LinuxForHealth__x12/835_005010X221A1__cob-contractural-adjustment.835",
          "LinuxForHealth__x12/835_005010X221A1__managed-care.835",
          "LinuxForHealth__x12/835_005010X221A1__secondary-payment.835",
          "LinuxForHealth__x12/835_005010X221A1__tertiary-payment.835",
          "LinuxForHealth__x12/demo-file__demo.835",
          // a negative BPR02 with BPR04 NON, a claim off by a cent
          "moov-io__x12/example_5010_835__sample1.txt",
          // the same control numbers 156 times
          "tastypackets__x12-parser/profee-multiple.edi");

  private static final Pattern CLAIMS_OR_ACKNOWLEDGEMENTS =
      Pattern.compile("(837|999) 005010|277 005010X214");

  /** A TA1 alone, in an interchange that says it has no group: nothing is wrong with that. */
  private static final String ACKNOWLEDGEMENT =
      "xlate__staedi/embedded/ElementTypeTest_java__L26.edi";

  static List<Path> wellFormed() {
    return Stream.concat(Corpus.received().stream(), Corpus.ours().stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("wellFormed")
  void everyPaymentClaimLineAndAdjustmentComesOut(Path file) throws IOException {
    RemittanceCounts in = RemittanceCounts.ofX12(Files.readAllBytes(file));
    CommandRun run = CommandRun.over(file, "convert");
    assertThat(in.payments()).isPositive();
    assertThat(RemittanceCounts.ofFhir(RemittanceCounts.resources(run.text()))).isEqualTo(in);
  }

  @ParameterizedTest
  @MethodSource("wellFormed")
  void claimsComeOutInTheOrderOfTheFile(Path file) throws IOException {
    List<String> in =
        RemittanceCounts.segments(Files.readAllBytes(file)).stream()
            .filter(segment -> segment[0].equals("CLP"))
            .map(segment -> segment[1])
            .toList();
    List<Resource> resources = RemittanceCounts.resources(CommandRun.over(file, "convert").text());
    assertThat(resources)
        .filteredOn(resource -> resource instanceof ExplanationOfBenefit)
        .extracting(eob -> ((ExplanationOfBenefit) eob).getClaim().getIdentifier().getValue())
        .isEqualTo(in);
  }

  @Test
  void theCorpusHasTheRemittancesThatWeThinkItHas() {
    assumeTrue(Corpus.isThere(), Corpus.ABSENT);
    assertThat(Corpus.entries()).hasSize(271);
    assertThat(Corpus.entries().stream().filter(Corpus.Entry::isWellFormed835))
        .hasSizeGreaterThan(45);
  }

  @Test
  void noFileOfAnyKindMakesACommandFail() throws IOException {
    assumeTrue(Corpus.isThere(), Corpus.ABSENT);
    for (Corpus.Entry entry : Corpus.entries()) {
      Set<Integer> expected = expectedCodes(entry);
      assertThatCode(
              () -> {
                for (String command : List.of("validate", "convert", "show")) {
                  CommandRun run = CommandRun.over(entry.file(), command);
                  assertThat(run.exitCode()).as("exit code of %s", command).isIn(expected);
                  assertThat(run.errors()).doesNotContain("\tat ", "Exception");
                }
              })
          .as("%s", entry)
          .doesNotThrowAnyException();
    }
  }

  /**
   * By the index and the bytes alone: 2 without an interchange, 0 for what has no fault. What is to
   * be found in a claim or an acknowledgement, {@link org.openrcm.x12.ClaimCorpusTest} says.
   */
  private static Set<Integer> expectedCodes(Corpus.Entry entry) throws IOException {
    String text = Files.readString(entry.file(), StandardCharsets.ISO_8859_1);
    if (!INTERCHANGE.matcher(text).find()) {
      return Set.of(2);
    }
    if (CLAIMS_OR_ACKNOWLEDGEMENTS.matcher(entry.sets()).find()) {
      return Set.of(0, 1);
    }
    boolean clean =
        (entry.isWellFormed835() && !FAULTY_CONTENT.contains(entry.path()))
            || entry.path().equals(ACKNOWLEDGEMENT);
    return Set.of(clean ? 0 : 1);
  }

  /** Segment numbers and offsets were counted by hand in the files. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          azoner__pyx12/embedded/bad_header_looping.edi|envelope-count|SE|SE01|72|1484
          azoner__pyx12/embedded/bad_header_looping.edi|no-mapping|ST||1|165
          azoner__pyx12/embedded/trailer_errors.edi|envelope-count|SE|SE01|59|1551
          azoner__pyx12/embedded/trailer_errors.edi|control-number|GE|GE02|121|3035
          azoner__pyx12/embedded/trailer_errors.edi|envelope-count|IEA|IEA01|122|3045
          azoner__pyx12/embedded/trailer_errors.edi|control-number|IEA|IEA02|122|3045
          azoner__pyx12/embedded/837miss.edi|no-mapping|ST||1|158
          azoner__pyx12/embedded/837miss.edi|envelope-not-closed|ST||1|158
          azoner__pyx12/embedded/fail_no_IEA.edi|envelope-not-closed|GE||5|190
          apimeister__x12-types/embedded/parse_x12_rs__L8.edi|control-number|IEA|IEA02|97|2760
          imsweb__x12-parser/x12_multiple_gs.txt|envelope-count|IEA|IEA01|110|3394
          imsweb__x12-parser/x12_multiple_gs.txt|envelope-count|SE|SE01|34|2270
          xlate__staedi/invalid997_min.edi|control-number|GE|GE02|7|240
          LinuxForHealth__x12/271_005010X279A1__subscriber-health-benefit-check-error.271\
          |control-number|SE|SE02|8|346
          UHIN__x12-parser-library/TA1.edi|isa-length|ISA||1|0
          kputnam__stupidedi/004010__X091A1_HP835__case__1.edi|isa-length|ISA||1|0
          kputnam__stupidedi/004010__X091A1_HP835__case__1.edi|element-length|GS|GS02|2|122
          kputnam__stupidedi/fragments/005010__X221_HP835__case__3a.edi|outside-interchange||||0
          kputnam__stupidedi/fragments/005010__X221_HP835__case__3a.edi\
          |envelope-count|SE|SE01|41|1622
          kputnam__stupidedi/fragments/005010__X221_HP835__case__3a.edi\
          |remittance-balance|BPR|BPR02|2|657
          moov-io__x12/example_5010_835__sample1.txt|claim-balance|CLP|CLP04|16|600
          keironstoddart__edi-835-parser/fragments/blue_cross_nc_sample.txt|no-interchange||||0
          imsweb__x12-parser/fragments/x12_no_isa_line.txt|no-interchange||||0
          """)
  void aFaultIsFoundWhereItIs(
      String path, String code, String tag, String element, Integer segment, long offset)
      throws IOException {
    assumeTrue(Corpus.isThere(), Corpus.ABSENT);
    CommandRun run = CommandRun.over(Corpus.FOLDER.resolve(path), "validate", "--json");
    ObjectMapper json = new ObjectMapper();
    boolean found = false;
    for (String line : run.text().lines().toList()) {
      JsonNode finding = json.readTree(line);
      found |=
          finding.path("code").asText().equals(code)
              && same(finding.path("tag"), tag)
              && same(finding.path("element"), element)
              && (segment == null || finding.path("segment").asInt() == segment)
              && finding.path("byteOffset").asLong() == offset;
    }
    assertThat(found).as(run.text()).isTrue();
  }

  private static boolean same(JsonNode node, String expected) {
    return expected == null ? node.isMissingNode() : node.asText().equals(expected);
  }
}
