package org.openrcm.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.Segment;
import org.openrcm.x12.SegmentHandler;
import org.openrcm.x12.StreamingEngine;

class RawSegmentsTest {
  private static final StreamingEngine ENGINE = StreamingEngine.structural(Mappings.bundled());

  static List<Path> files() throws IOException {
    try (Stream<Path> cases = Files.walk(Path.of("src/test/resources/cases"));
        Stream<Path> samples = Files.list(Path.of("samples"))) {
      return Stream.concat(cases, samples).filter(p -> p.toString().endsWith(".835")).toList();
    }
  }

  /** What a segment is known by, from either reader. */
  private record Known(long offset, long length, long number, String set, String text) {
    static Known of(Segment segment) {
      return new Known(
          segment.byteOffset(),
          segment.byteLength(),
          segment.number(),
          String.valueOf(segment.transactionSet()),
          segment.raw());
    }

    static Known of(RawSegment segment) {
      return new Known(
          segment.byteOffset(),
          segment.length(),
          segment.number(),
          String.valueOf(segment.transactionSet()),
          segment.text());
    }
  }

  private static List<RawSegment> cut(byte[] bytes, Mark mark) throws IOException {
    byte[] rest = Arrays.copyOfRange(bytes, (int) mark.byteOffset(), bytes.length);
    RawSegments segments = new RawSegments(new ByteArrayInputStream(rest), mark);
    List<RawSegment> all = new ArrayList<>();
    for (RawSegment next = segments.next(); next != null; next = segments.next()) {
      all.add(next);
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("files")
  void segmentsAreThoseOfTheReaderFromAnyMarkOn(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<Known> read = new ArrayList<>();
    List<Mark> marks = new ArrayList<>();
    SegmentHandler handler =
        segment -> {
          read.add(Known.of(segment));
          marks.add(Mark.at(segment));
        };
    ENGINE.read(new ByteArrayInputStream(bytes), "x", handler, finding -> {});
    assertThat(cut(bytes, Mark.START).stream().map(Known::of)).isEqualTo(read);
    for (int i = 0; i < marks.size(); i += 7) {
      assertThat(cut(bytes, marks.get(i)).stream().map(Known::of))
          .as("from segment %d", i)
          .isEqualTo(read.subList(i, read.size()));
    }
  }

  @Test
  void elementsAreNamedAsFindingsNameThem() throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of("samples/family-practice.835"));
    RawSegment claim =
        cut(bytes, Mark.START).stream()
            .filter(segment -> segment.text().startsWith("CLP"))
            .findFirst()
            .orElseThrow();
    List<RawSegment.Element> elements = claim.elements();
    assertThat(elements.get(0).designator()).isEqualTo("CLP");
    assertThat(elements.get(3).designator()).isEqualTo("CLP03");
    StringBuilder again = new StringBuilder();
    elements.forEach(element -> again.append(element.separator()).append(element.text()));
    assertThat(again).hasToString(claim.text());
  }

  @Test
  void whatIsNotX12HasNoSegments() throws IOException {
    byte[] bytes = "%PDF-1.7 not X12 at all".getBytes(StandardCharsets.US_ASCII);
    assertThat(cut(bytes, Mark.START)).isEmpty();
    assertThat(cut(new byte[0], Mark.START)).isEmpty();
  }

  @Test
  void aVeryLongSegmentIsShownInPart() throws IOException {
    String isa = Files.readString(Path.of("samples/family-practice.835")).substring(0, 106);
    byte[] bytes =
        (isa + "NTE*" + "x".repeat(100_000) + "~IEA*0*1~").getBytes(StandardCharsets.US_ASCII);
    List<RawSegment> segments = cut(bytes, Mark.START);
    assertThat(segments).hasSize(3);
    assertThat(segments.get(1).text()).hasSize(RawSegments.SHOWN);
    assertThat(segments.get(1).length()).isEqualTo(100_004);
    assertThat(segments.get(1).isShortened()).isTrue();
    assertThat(segments.get(2).text()).startsWith("IEA");
  }
}
