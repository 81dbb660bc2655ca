package org.openrcm.x12;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Writes down all that an engine tells, as lines that can be compared and read. */
final class Transcript implements SegmentHandler, FindingSink {
  static final Mappings MAPPINGS = Mappings.bundled();

  /** Stands for the component separator, so that delimiters make no difference. */
  private static final String COMPONENT = "\u001f";

  final List<String> lines = new ArrayList<>();
  final List<Finding> findings = new ArrayList<>();

  static Transcript of(Engine engine, Path file) throws IOException {
    Transcript transcript = new Transcript();
    engine.read(X12File.of(file), transcript, transcript);
    return transcript;
  }

  /** What the checking engine says of a file named {@code remit.835}. */
  static Transcript of(String text) {
    return of(new ByteArrayInputStream(Corpus.bytes(text)));
  }

  static Transcript of(InputStream in) {
    Transcript transcript = new Transcript();
    StreamingEngine.checking(MAPPINGS).read(in, "remit.835", transcript, transcript);
    return transcript;
  }

  @Override
  public void segment(Segment segment) {
    lines.add(
        segment.numberInFile()
            + " "
            + segment.number()
            + " "
            + segment.transactionSet()
            + " "
            + segment.loop().path()
            + (segment.opensLoop() ? " opened by " : " ")
            + (segment.slot() == null ? "unmapped " + segment.tag() : segment.key())
            + (segment.isWhole() ? " " : " broken ")
            + elements(segment));
  }

  private static String elements(Segment segment) {
    int last = segment.elements();
    while (last > 0 && segment.isEmpty(last)) {
      last--;
    }
    StringJoiner texts = new StringJoiner("|");
    for (int i = 1; i <= last; i++) {
      texts.add(element(segment, i));
    }
    return texts.toString();
  }

  private static String element(Segment segment, int element) {
    Slot slot = segment.slot();
    boolean composite =
        slot != null
            && element <= slot.type().elements().size()
            && slot.type().elements().get(element - 1).isComposite();
    if (!composite) {
      return segment.text(element);
    }
    String separator = Character.toString(segment.delimiters().component() & 0xff);
    return segment.text(element).replace(separator, COMPONENT);
  }

  @Override
  public void endOfSet(SetEnd end) {
    lines.add("set ends " + end);
  }

  @Override
  public void add(Finding finding) {
    findings.add(finding);
  }

  /** Findings as {@code code: place}. */
  List<String> found() {
    return findings.stream().map(f -> f.code() + ": " + f.place()).toList();
  }
}
