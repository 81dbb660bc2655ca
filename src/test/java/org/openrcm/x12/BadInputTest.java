package org.openrcm.x12;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with a file is said with its place, and what is good in it comes out. */
class BadInputTest {
  private static final String BEFORE = Corpus.text("denial");
  private static final String FILE = Corpus.text("deductible");
  private static final String AFTER = Corpus.text("interest");
  private static final String SET = " set 000001002/1002/0001";

  /** Reads {@code bad} alone, having seen that it takes nothing from good sets around it. */
  private static Transcript read(String bad) {
    Transcript between = Transcript.of(BEFORE + bad + AFTER);
    assertThat(sets(between)).startsWith(sets(Transcript.of(BEFORE)));
    assertThat(sets(between)).endsWith(sets(Transcript.of(AFTER)));
    return Transcript.of(bad);
  }

  /** Segments of transaction sets without their number in the file. */
  private static String sets(Transcript transcript) {
    return transcript.lines.stream()
        .map(line -> line.replaceFirst("^\\d+ ", ""))
        .filter(line -> !line.matches("(?s)\\d+ null .*"))
        .collect(Collectors.joining("\n"));
  }

  /** The finding of a rule at the segment that starts with these bytes. */
  private static String at(String text, String segment, String rule, String where) {
    assertThat(text).containsOnlyOnce(segment);
    return rule + ": remit.835" + where + " byte " + text.indexOf(segment);
  }

  private static String change(String from, String to) {
    return Corpus.changed(FILE, from, to);
  }

  @Test
  void theFilesThatAreSpoiltHereAreGood() {
    assertThat(read(FILE).found()).isEmpty();
    assertThat(Transcript.of(BEFORE).found()).isEmpty();
    assertThat(Transcript.of(AFTER).found()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SE*39*0001, SE*38*0001, envelope-count, set, segment 39 SE loop Transaction SE01",
    "SE*39*0001, SE*39*0002, control-number, set, segment 39 SE loop Transaction SE02",
    "GE*1*1002, GE*2*1002, envelope-count, '', segment 42 GE loop Group GE01",
    "GE*1*1002, GE*1*1003, control-number, '', segment 42 GE loop Group GE02",
    "IEA*1*000001002, IEA*7*000001002, envelope-count, '', segment 43 IEA loop Interchange IEA01",
    "IEA*1*000001002, IEA*1*000001003, control-number, '', segment 43 IEA loop Interchange IEA02"
  })
  void aWrongCountOrControlNumberIsFoundAtItsElement(
      String right, String wrong, String rule, String set, String where) {
    String bad = change(right, wrong);
    String place = (set.isEmpty() ? " " : SET + " ") + where;
    assertThat(read(bad).found()).containsExactly(at(bad, wrong, rule, place));
  }

  @Test
  void aMissingSeIsFoundWhereTheGroupCloses() {
    String bad = change("SE*39*0001~\n", "");
    Transcript transcript = read(bad);
    assertThat(transcript.lines).contains("set ends NOT_CLOSED");
    assertThat(transcript.found())
        .containsExactly(
            at(bad, "GE*1", "envelope-not-closed", SET + " segment 39 GE loop Transaction"),
            at(bad, "GE*1", "missing-segment", SET + " segment 39 GE loop Transaction"));
  }

  @Test
  void aMissingGeIsFoundWhereTheInterchangeCloses() {
    String bad = change("GE*1*1002~\n", "");
    assertThat(read(bad).found())
        .containsExactly(at(bad, "IEA*1", "envelope-not-closed", " segment 42 IEA loop Group"));
  }

  @Test
  void aMissingIeaIsFoundAtTheEndOrWhereTheNextInterchangeStarts() {
    String bad = change("IEA*1*000001002~\n", "");
    assertThat(read(bad).found())
        .containsExactly(at(bad, "GE*1", "envelope-not-closed", " segment 42 GE loop Interchange"));
    assertThat(Transcript.of(bad + AFTER).found())
        .containsExactly(
            "envelope-not-closed: remit.835 segment 43 ISA loop Interchange byte " + bad.length());
  }

  @Test
  void aMissingGsIsFoundAtItsFirstSet() {
    String bad = FILE.replaceFirst("GS\\*.*~\n", "");
    Transcript transcript = read(bad);
    assertThat(transcript.found())
        .contains(at(bad, "ST*835", "envelope-not-opened", " segment 2 ST loop Interchange"));
    assertThat(transcript.lines).contains("set ends CLOSED");
  }

  @Test
  void anUnknownSegmentIsKeptWhereItStands() {
    String bad =
        change("DTM*050*20260305~", "DTM*050*20260305~\nZZZ*1*whatever~").replace("SE*39", "SE*40");
    Transcript transcript = read(bad);
    assertThat(transcript.found())
        .containsExactly(at(bad, "ZZZ*1", "unknown-segment", SET + " segment 18 ZZZ loop 2100"));
    assertThat(transcript.lines)
        .contains(
            "20 18 000001002/1002/0001 Interchange/Group/Transaction/Loop2000/Loop2100"
                + " unmapped ZZZ 1|whatever");
  }

  @Test
  void aKnownSegmentInAWrongLoopIsKeptWhereItStands() {
    String bad = change("LX*1~", "LX*1~\nSVC*HC:99214*210*0**1~").replace("SE*39", "SE*40");
    int odd = bad.indexOf("SVC*");
    assertThat(read(bad).found())
        .containsExactly(
            "missing-segment: remit.835" + SET + " segment 15 SVC loop 2100 byte " + odd,
            at(bad, "CLP*LFP-1010", "missing-segment", SET + " segment 16 CLP loop 2100"));
  }

  @Test
  void aKnownTagWithAnUnknownQualifierIsKeptWhereItStands() {
    String bad =
        change(
            "NM1*QC*1*FERNWICK*ODRAN****MI*BFH100200417~\nDTM*050*20260305",
            "NM1*QX*1*FERNWICK~\nDTM*050*20260305");
    assertThat(read(bad).found())
        .containsExactly(
            at(bad, "NM1*QX", "unexpected-segment", SET + " segment 16 NM1 loop 2100"),
            at(bad, "CLP*LFP-1011", "missing-segment", SET + " segment 24 CLP loop 2100"));
  }

  @Test
  void aMissingLxIsFoundAndItsClaimsAreInTheirLoops() {
    String bad = change("LX*1~\n", "").replace("SE*39", "SE*38");
    Transcript transcript = read(bad);
    assertThat(transcript.found())
        .containsExactly(
            at(bad, "CLP*LFP-1010", "missing-segment", SET + " segment 14 CLP loop 2000"));
    assertThat(transcript.lines.get(15)).contains("Loop2000/Loop2100 opened by 2100.CLP");
  }

  @Test
  void aMissingPayerIsFoundWhereThePayeeStarts() {
    int from = FILE.indexOf("N1*PR");
    int to = FILE.indexOf("N1*PE");
    String bad = FILE.substring(0, from) + FILE.substring(to).replace("SE*39", "SE*34");
    assertThat(read(bad).found())
        .containsExactly(at(bad, "SE*34", "missing-loop", SET + " segment 34 SE loop Transaction"));
  }

  @ParameterizedTest
  @CsvSource({
    "CLP*LFP-1010*1*210, CLP*LFP-1010*1*21O, element-type, segment 15 CLP loop 2100 CLP03",
    "CLP*LFP-1010*1*210, CLP*LFP-1010*1*, missing-element, segment 15 CLP loop 2100 CLP03",
    "CLP*LFP-1010*1*, CLP*LFP-1010*99*, element-code, segment 15 CLP loop 2100 CLP02",
    "CLP*LFP-1010*1*210*0*132.5*12*, CLP*LFP-1010*1*210*0*132.5*12@*, element-type, segment 15 CLP"
        + " loop 2100 CLP06",
    "DTM*050*20260305, DTM*050*20261305, element-type, segment 17 DTM loop 2100 DTM02",
    "SVC*HC:99214*, SVC*HC:*, missing-element, segment 18 SVC loop 2110 SVC01-2",
    "SVC*HC:99214*, SVC*HC:99214:A*, element-length, segment 18 SVC loop 2110 SVC01-3",
    "SVC*HC:99214*, SVC*H?:99214*, element-type, segment 18 SVC loop 2110 SVC01-1",
    "CAS*CO*45*77.5~, CAS*CO*45*77.5*1*1*1*1*1*1*1*1*1*1*1*1*1*1*1*1*9~, "
        + "too-many-elements, segment 20 CAS loop 2110",
    "SVC*HC:99214*, SVC*HC:99214:1:2:3:4:5:6:7*, too-many-elements, segment 18 SVC loop 2110 SVC01"
  })
  void aBadElementIsFoundByItsDesignator(String right, String wrong, String rule, String where) {
    String bad = change(right, wrong);
    assertThat(read(bad).found())
        .contains(rule + ": remit.835" + SET + " " + where + " byte " + bad.indexOf(wrong));
  }

  @Test
  void anElementSeparatorTooManyAndALoopTooManyAreFound() {
    String bad = change("REF*6R*1010L1~", "REF*6R*1010L1~\nREF*6R*1010L2~\nREF*6R*1010L3~");
    assertThat(read(bad.replace("SE*39", "SE*41")).found())
        .containsExactly(
            at(bad, "REF*6R*1010L2", "too-many-repeats", SET + " segment 23 REF loop 2110"));
  }

  @Test
  void aSegmentOutOfOrderIsAWarningAndStaysInItsLoop() {
    String bad = change("CAS*PR*1*132.5~\nREF*6R*1010L1~", "REF*6R*1010L1~\nCAS*PR*1*132.5~");
    Transcript transcript = read(bad);
    assertThat(transcript.found())
        .containsExactly(
            at(bad, "CAS*PR*1*132.5", "segment-order", SET + " segment 22 CAS loop 2110"));
    assertThat(transcript.findings.get(0).severity()).isEqualTo(Severity.WARNING);
    assertThat(transcript.lines).anyMatch(line -> line.endsWith("2110.CAS PR|1|132.5"));
  }

  @Test
  void aSegmentWithoutATagIsFound() {
    String bad = change("LX*1~", "LX*1~~").replace("SE*39", "SE*40");
    assertThat(read(bad).found())
        .containsExactly(
            "empty-segment: remit.835"
                + SET
                + " segment 15 loop 2000 byte "
                + (bad.indexOf("LX*1~~") + 5));
  }

  @Test
  void aSetThatComesTwiceIsFound() {
    String set = FILE.substring(FILE.indexOf("ST*"), FILE.indexOf("GE*"));
    String bad = change(set, set + set).replace("GE*1", "GE*2");
    assertThat(read(bad).found())
        .containsExactly(
            "repeated-set: remit.835"
                + SET
                + " segment 1 ST loop Transaction byte "
                + bad.lastIndexOf("ST*835"));
  }

  @Test
  void anotherTransactionSetIsKeptUnread() {
    String bad = change("ST*835*", "ST*837*");
    Transcript transcript = read(bad);
    assertThat(transcript.found())
        .containsExactly(at(bad, "ST*837", "no-mapping", SET + " segment 1 ST loop Transaction"));
    assertThat(transcript.lines).filteredOn(line -> line.contains(" unmapped ")).hasSize(38);
  }

  @ParameterizedTest
  @CsvSource({"005010X221, nearest-mapping", "004010X091A1, no-mapping", "'', no-mapping"})
  void anotherVersionIsReadByTheNearestMappingOrNotAtAll(String version, String rule) {
    String bad = change("005010X221A1", version);
    assertThat(read(bad).found())
        .contains(at(bad, "ST*835", rule, SET + " segment 1 ST loop Transaction"));
  }

  @Test
  void junkBetweenInterchangesIsPassedOver() {
    String bad = FILE + "-- page 2 --\n" + Corpus.text("institutional-mia");
    assertThat(read(bad).found())
        .containsExactly("outside-interchange: remit.835 byte " + bad.indexOf("-- page"));
  }

  @Test
  void aFileWithoutAnyInterchangeSaysSo() {
    String none = "no-interchange: remit.835 byte 0";
    assertThat(Transcript.of("").found()).containsExactly(none);
    assertThat(Transcript.of(" \r\n\t").found()).containsExactly(none);
    assertThat(Transcript.of("ISA").found()).contains(none);
    assertThat(Transcript.of("not X12 at all").found())
        .containsExactly("outside-interchange: remit.835 byte 0", none);
    assertThat(Transcript.of(FILE.substring(FILE.indexOf("GS*"))).found()).contains(none);
    byte[] junk = new byte[3_000_000];
    new Random(7).nextBytes(junk);
    Transcript transcript = Transcript.of(new String(junk, StandardCharsets.ISO_8859_1));
    assertThat(transcript.found()).containsExactly("outside-interchange: remit.835 byte 0", none);
  }

  @Test
  void anIsaAloneIsAnInterchangeThatIsNotClosed() {
    assertThat(read(FILE.substring(0, 106)).found())
        .containsExactly("envelope-not-closed: remit.835 segment 1 ISA loop Interchange byte 0");
  }

  @Test
  void anIsaOfAnotherLengthIsReadAllTheSame() {
    String bad = change("*ZZ*BFERN          *", "*ZZ*BFERN*");
    Transcript transcript = read(bad);
    assertThat(transcript.found())
        .containsExactly("isa-length: remit.835 segment 1 ISA loop Interchange byte 0");
    assertThat(transcript.lines).contains("set ends CLOSED");
  }

  @Test
  void aFileCutAnywhereGivesWhatWasWholeAndSaysWhereItEnds() {
    List<String> whole = Transcript.of(FILE).lines;
    for (int length = 106; length < FILE.stripTrailing().length(); length++) {
      String bad = FILE.substring(0, length);
      Transcript transcript = Transcript.of(bad);
      assertThat(transcript.findings).as("cut at byte %s", length).isNotEmpty();
      List<String> sent =
          transcript.lines.stream()
              .filter(
                  line ->
                      !line.contains(" broken ")
                          && !line.contains(".IEA ")
                          && !line.startsWith("set ends"))
              .toList();
      assertThat(whole).as("cut at byte %s", length).containsAll(sent);
      int end = bad.stripTrailing().lastIndexOf('~') + 1;
      if (!bad.substring(end).isBlank() && !bad.startsWith("IEA*1*", end + 1)) {
        int segment = end + 1;
        assertThat(transcript.found())
            .as("cut at byte %s", length)
            .hasSize(1)
            .allMatch(f -> f.startsWith("truncated") && f.endsWith("byte " + segment));
      }
    }
  }

  @Test
  void aFileCutInTheMiddleDoesNotSwallowTheOneBehindIt() {
    for (int length = 110; length < FILE.length(); length += 7) {
      read(FILE.substring(0, length));
    }
    String cut = FILE.substring(0, FILE.indexOf("CAS*PR*1*132.5") + 9);
    assertThat(Transcript.of(cut + AFTER).found())
        .containsExactly(
            at(cut, "CAS*PR", "truncated", SET + " segment 21 CAS loop 2110"),
            "envelope-not-closed: remit.835 segment 24 ISA loop Interchange byte " + cut.length());
  }

  @Test
  void aTerminatorThatIsNoneDoesNotSwallowTheNextInterchange() {
    read(change(":~\nGS", ":!\nGS"));
  }

  @Test
  void damagedGzipGivesWhatCameBeforeTheDamage(@TempDir Path folder) throws IOException {
    String text = BEFORE + Corpus.text("everything");
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(Corpus.bytes(text));
    }
    byte[] bytes = zipped.toByteArray();
    Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length - 300));
    bytes[bytes.length - 6] ^= 0x55;
    Path wrong = Files.write(folder.resolve("wrong.gz"), bytes);
    Transcript ofCut = Transcript.of(StreamingEngine.structural(Transcript.MAPPINGS), cut);
    assertThat(ofCut.found())
        .last()
        .asString()
        .startsWith("unreadable: cut.gz set 000001012/1012/0001");
    assertThat(ofCut.lines).contains("set ends CLOSED").last().isEqualTo("set ends CUT_OFF");
    Transcript ofWrong = Transcript.of(StreamingEngine.structural(Transcript.MAPPINGS), wrong);
    assertThat(ofWrong.found()).last().asString().startsWith("unreadable: wrong.gz");
    assertThat(sets(ofWrong)).isEqualTo(sets(Transcript.of(text)));
  }
}
