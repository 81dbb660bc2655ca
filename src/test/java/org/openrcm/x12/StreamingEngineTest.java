package org.openrcm.x12;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the bytes look like makes no difference to what the streaming engine reads. */
class StreamingEngineTest {
  private static final String FILE = Corpus.text("everything");
  private static final String OTHER = Corpus.text("deductible");

  /** Delimiters, and what stands behind each terminator. */
  record Dress(char element, char repetition, char component, char terminator, String behind) {
    /** The text, written with {@code *^:~} and line feeds, in this dress. */
    String on(String text) {
      StringBuilder out = new StringBuilder(text.length());
      for (char c : text.toCharArray()) {
        switch (c) {
          case '*' -> out.append(element);
          case '^' -> out.append(repetition);
          case ':' -> out.append(component);
          case '~' -> out.append(terminator);
          case '\n' -> out.append(behind);
          default -> out.append(c);
        }
      }
      return out.toString();
    }
  }

  @Provide
  Arbitrary<Dress> dresses() {
    // every byte that no text of the file has, and that is no letter, digit or blank; 0 is nothing
    List<Character> free = new ArrayList<>();
    for (char c = 1; c < 256; c++) {
      boolean taken = FILE.indexOf(c) >= 0 && "*^:~\n".indexOf(c) < 0;
      if (!taken && c != ' ' && !Character.isLetterOrDigit(c)) {
        free.add(c);
      }
    }
    return Arbitraries.shuffle(free)
        .flatMap(
            four ->
                Arbitraries.of("", "\n", "\r\n", "\n\n", " \t\n")
                    .map(
                        behind ->
                            new Dress(four.get(0), four.get(1), four.get(2), four.get(3), behind)))
        .filter(dress -> blanksAreBehindTerminators(dress));
  }

  /** A line feed that delimits elements is not blank space behind a terminator too. */
  private static boolean blanksAreBehindTerminators(Dress dress) {
    String delimiters = "" + dress.element + dress.repetition + dress.component;
    return delimiters.chars().noneMatch(c -> "\t\n\u000b\f\r".indexOf(c) >= 0);
  }

  @Property(tries = 300)
  void anyLegalDelimitersParseAlike(@ForAll("dresses") Dress dress) {
    Transcript expected = Transcript.of(FILE);
    Transcript actual = Transcript.of(dress.on(FILE));
    assertThat(expected.found()).isEmpty();
    assertThat(actual.findings).isEmpty();
    assertThat(content(actual, dress)).isEqualTo(content(expected, null));
  }

  /** Lines without ISA11 and ISA16, which are the delimiters themselves. */
  private static List<String> content(Transcript transcript, Dress dress) {
    char repetition = dress == null ? '^' : dress.repetition;
    char component = dress == null ? ':' : dress.component;
    return transcript.lines.stream()
        .map(
            line ->
                line.contains(".ISA ")
                    ? line.replace("|" + repetition + "|", "|").replace("|" + component, "")
                    : line)
        .toList();
  }

  @Property(tries = 60)
  void interchangesOfOneFileHaveTheirOwnDelimiters(
      @ForAll("dresses") Dress one, @ForAll("dresses") Dress two) {
    Transcript both = Transcript.of(one.on(FILE) + two.on(OTHER) + FILE);
    assertThat(both.findings).extracting(Finding::rule).containsOnly(Syntax.REPEATED_SET);
    assertThat(sets(both.lines, "000001012"))
        .isEqualTo(twice(sets(Transcript.of(FILE).lines, "000001012")));
    assertThat(sets(both.lines, "000001002"))
        .isEqualTo(sets(Transcript.of(OTHER).lines, "000001002"));
  }

  private static List<String> sets(List<String> lines, String interchange) {
    return lines.stream()
        .map(line -> line.replaceFirst("^\\d+ ", ""))
        .filter(line -> line.contains(" " + interchange + "/"))
        .toList();
  }

  private static List<String> twice(List<String> lines) {
    List<String> twice = new ArrayList<>(lines);
    twice.addAll(lines);
    return twice;
  }

  @Property(tries = 40)
  void piecesOfAnySizeGiveTheSame(@ForAll("pieces") List<Integer> pieces) {
    Transcript whole = Transcript.of(FILE + OTHER);
    Transcript inPieces = Transcript.of(new Pieces(Corpus.bytes(FILE + OTHER), pieces));
    assertThat(inPieces.lines).isEqualTo(whole.lines);
    assertThat(inPieces.findings).isEqualTo(whole.findings);
  }

  @Provide
  Arbitrary<List<Integer>> pieces() {
    return Arbitraries.integers().between(1, 7).list().ofMinSize(1).ofMaxSize(20);
  }

  /** A stream that gives so many bytes at a time, over and over. */
  private static final class Pieces extends ByteArrayInputStream {
    private final List<Integer> sizes;
    private int turn;

    Pieces(byte[] bytes, List<Integer> sizes) {
      super(bytes);
      this.sizes = sizes;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      return super.read(into, offset, Math.min(length, sizes.get(turn++ % sizes.size())));
    }
  }

  @Property(tries = 60)
  void segmentsAcrossTheReadersBuffersAreWholeAndInTheirPlace(
      @ForAll("paddings") int padding, @ForAll("pieceSizes") int piece) {
    // blanks before the file shift where the reader's buffer ends
    String text = " ".repeat(padding) + OTHER.repeat(150);
    byte[] bytes = Corpus.bytes(text);
    List<String> raw = new ArrayList<>();
    StreamingEngine.structural(Transcript.MAPPINGS)
        .read(
            new Pieces(bytes, List.of(piece)),
            "remit.835",
            segment -> {
              int at = (int) segment.byteOffset();
              String there =
                  new String(bytes, at, segment.byteLength(), StandardCharsets.ISO_8859_1);
              assertThat(segment.raw()).isEqualTo(there);
              assertThat(bytes[at + segment.byteLength()]).isEqualTo((byte) '~');
              assertThat(segment.numberInFile()).isEqualTo(raw.size() + 1);
              raw.add(there);
            },
            finding -> assertThat(finding.rule()).isEqualTo(Syntax.REPEATED_SET));
    assertThat(String.join("~\n", raw) + "~\n").isEqualTo(text.stripLeading());
  }

  @Provide
  Arbitrary<Integer> paddings() {
    return Arbitraries.integers().between(0, 1200);
  }

  @Provide
  Arbitrary<Integer> pieceSizes() {
    return Arbitraries.of(1, 7, 4096, 65_536, 1 << 20);
  }

  /** Found by {@code FuzzTest}: ISA16 stands behind the last separator of its segment. */
  @Example
  void aComponentSeparatorOfCharacterZeroIsReadAsItsSymbol() {
    Transcript read = Transcript.of(FILE.replace(":~", "\0~"));
    assertThat(read.lines.get(0)).endsWith("|\u2400");
    assertThat(String.join("", read.lines)).doesNotContain("\0");
  }

  @Example
  void aByteOrderMarkBlanksAndGzipMakeNoDifference() throws IOException {
    List<String> expected = Transcript.of(FILE).lines;
    assertThat(Transcript.of("\u00ef\u00bb\u00bf" + FILE).lines).isEqualTo(expected);
    assertThat(Transcript.of(" \r\n\t" + FILE + "\n\n").lines).isEqualTo(expected);
    assertThat(Transcript.of("\u00ef\u00bb\u00bf\r\n" + FILE).found()).isEmpty();
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(Corpus.bytes(FILE));
    }
    Path file = Files.createTempFile("remit", ".gz");
    try {
      Files.write(file, zipped.toByteArray());
      Transcript unzipped = Transcript.of(StreamingEngine.checking(Transcript.MAPPINGS), file);
      assertThat(unzipped.lines).isEqualTo(expected);
      assertThat(unzipped.findings).isEmpty();
    } finally {
      Files.delete(file);
    }
  }

  @Example
  void everySegmentKnowsItsNumberAndItsBytes() {
    List<String> numbers = new ArrayList<>();
    StreamingEngine.structural(Transcript.MAPPINGS)
        .read(
            new ByteArrayInputStream(Corpus.bytes(FILE + OTHER)),
            "remit.835",
            segment -> {
              if (segment.tag().equals("SE")) {
                numbers.add(segment.text(1) + " is " + segment.number());
              }
            },
            finding -> {});
    assertThat(numbers).containsExactly("253 is 253", "14 is 14", "39 is 39");
  }

  @Example
  void theLetterUInTheFieldOfTheRepetitionSeparatorIsNone() {
    String old = Corpus.changed(OTHER, "*^*00501*", "*U*00401*");
    Transcript transcript = Transcript.of(old);
    assertThat(transcript.found()).isEmpty();
    assertThat(delimiters(old).repetition()).isZero();
    assertThat(delimiters(OTHER).repetition()).isEqualTo((byte) '^');
    assertThat(delimiters(Corpus.changed(OTHER, "*^*00501*", "*U*00501*")).repetition()).isZero();
  }

  private static Delimiters delimiters(String text) {
    List<Delimiters> seen = new ArrayList<>();
    StreamingEngine.structural(Transcript.MAPPINGS)
        .read(
            new ByteArrayInputStream(Corpus.bytes(text)),
            "remit.835",
            segment -> seen.add(segment.delimiters()),
            finding -> {});
    return seen.get(0);
  }

  @Example
  void namesInUtf8AndInLatin1AreReadAsTheyWereWritten() {
    String name = "NU\u00d1EZ-\u00c5GREN";
    for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
      String bytes = new String(name.getBytes(charset), StandardCharsets.ISO_8859_1);
      String text = Corpus.changed(OTHER, "CLP*LFP-1010*", "CLP*" + bytes + "*");
      Transcript transcript = Transcript.of(text);
      assertThat(transcript.found()).isEmpty();
      assertThat(transcript.lines).anyMatch(line -> line.contains("2100.CLP " + name + "|1|210"));
    }
  }

  @Example
  void aSegmentOfFiveGigabytesIsPassedOverInLittleMemory() {
    String start = OTHER.substring(0, OTHER.indexOf("LX*1~")) + "LX*1*";
    Repeated file =
        new Repeated(
            start, "A", 5L << 30, OTHER.substring(OTHER.indexOf("~\nCLP*LFP-1010")) + FILE);
    long allocated = Repeated.allocated();
    Transcript transcript = Transcript.of(file);
    assertThat(Repeated.allocated() - allocated).isLessThan(16L << 20);
    assertThat(transcript.found())
        .containsExactly(
            "segment-too-long: remit.835 set 000001002/1002/0001 segment 14 LX loop 1000B byte "
                + (start.length() - 5),
            "missing-segment: remit.835 set 000001002/1002/0001 segment 15 CLP loop 2000 byte "
                + (file.length() - FILE.length() - OTHER.length() + OTHER.indexOf("CLP*LFP-1010")));
    assertThat(sets(transcript.lines, "000001012"))
        .isEqualTo(sets(Transcript.of(FILE).lines, "000001012"));
  }

  @Example
  void aGigabyteWithoutATerminatorDoesNotSwallowWhatComesBehind() {
    String start = OTHER.substring(0, OTHER.indexOf("LX*1~")) + "LX*1*";
    Transcript transcript = Transcript.of(new Repeated(start, "A*", 1L << 30, FILE));
    assertThat(transcript.found().get(0)).startsWith("segment-too-long: ");
    assertThat(sets(transcript.lines, "000001012"))
        .isEqualTo(sets(Transcript.of(FILE).lines, "000001012"));
  }

  @Example
  void theEndOfALongFileIsFoundInItsPlace() {
    String text = OTHER.repeat(150) + OTHER.replace("GE*1*1002~\nIEA*1*000001002~\n", "");
    Transcript transcript = Transcript.of(text);
    assertThat(transcript.found().stream().filter(f -> !f.startsWith("repeated-set")))
        .containsExactly(
            "envelope-not-closed: remit.835 segment "
                + (150 * 43 + 41)
                + " SE loop Group byte "
                + text.lastIndexOf("SE*39"),
            "envelope-not-closed: remit.835 segment "
                + (150 * 43 + 41)
                + " SE loop Interchange byte "
                + text.lastIndexOf("SE*39"));
  }
}
