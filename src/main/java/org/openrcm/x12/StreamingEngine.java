package org.openrcm.x12;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * The engine that reads by default: one pass over the bytes, in memory that does not grow with the
 * file. It reads on after what it cannot place, so that one bad transaction set costs only itself.
 */
public final class StreamingEngine implements Engine {
  private final Mappings mappings;
  private final boolean checkElements;

  private StreamingEngine(Mappings mappings, boolean checkElements) {
    this.mappings = mappings;
    this.checkElements = checkElements;
  }

  /** Reads and checks everything: structure, and each element's presence, length, type, code. */
  public static StreamingEngine checking(Mappings mappings) {
    return new StreamingEngine(mappings, true);
  }

  /** Reads and checks structure only. */
  public static StreamingEngine structural(Mappings mappings) {
    return new StreamingEngine(mappings, false);
  }

  @Override
  public void read(X12File file, SegmentHandler handler, FindingSink findings) throws IOException {
    try (InputStream in = file.open()) {
      read(in, file.name(), handler, findings);
    }
  }

  /** Reads a stream to its end; {@code name} is what findings call it. */
  public void read(InputStream in, String name, SegmentHandler handler, FindingSink findings) {
    Segment segment = new Segment();
    segment.file = name;
    SegmentReader reader = new SegmentReader(in, segment);
    EnvelopeReader envelope =
        new EnvelopeReader(mappings, segment, handler, findings, checkElements);
    boolean any = false;
    boolean readable = false;
    try {
      SegmentReader.Found found = reader.nextInterchange();
      while (found != SegmentReader.Found.END) {
        any |= found == SegmentReader.Found.ISA || found == SegmentReader.Found.ODD_ISA;
        envelope.accept(found);
        found = envelope.isOpen() ? reader.next() : reader.nextInterchange();
      }
      readable = true;
    } catch (ZipException | EOFException e) {
      findings.add(Syntax.UNREADABLE, segment.place(), "the compressed file is damaged here");
    } catch (IOException e) {
      findings.add(Syntax.UNREADABLE, segment.place(), "the file cannot be read further");
    }
    envelope.end(readable);
    if (!any) {
      findings.add(
          Syntax.NO_INTERCHANGE,
          new Place(name, null, 0, null, null, null, 0),
          "no interchange starts in this file: an X12 file starts with ISA");
    }
  }
}
