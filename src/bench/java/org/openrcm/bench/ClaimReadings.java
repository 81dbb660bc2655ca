package org.openrcm.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import org.openrcm.claim.Claim;
import org.openrcm.claim.ClaimHandler;
import org.openrcm.claim.ClaimReader;
import org.openrcm.claim.Submission;
import org.openrcm.x12.Acknowledger;
import org.openrcm.x12.Finding;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.Segment;
import org.openrcm.x12.SegmentHandler;
import org.openrcm.x12.SetEnd;
import org.openrcm.x12.StreamingEngine;
import org.openrcm.x12.X12File;

/** OpenRCM's own ways of reading 837s. */
final class ClaimReadings {
  private ClaimReadings() {}

  /** Every segment in its loop. */
  static Contender.Reading segments() {
    return segments(StreamingEngine.structural(Mappings.bundled()));
  }

  /** Every segment in its loop, and every element held against the mapping. */
  static Contender.Reading checkedSegments() {
    return segments(StreamingEngine.checking(Mappings.bundled()));
  }

  private static Contender.Reading segments(StreamingEngine engine) {
    return file -> {
      long[] claims = {0};
      read(engine, file, segment -> claims[0] += segment.key().equals("2300.CLM") ? 1 : 0);
      return claims[0];
    };
  }

  /** Every claim as a record, balanced. */
  static Contender.Reading records() {
    StreamingEngine engine = StreamingEngine.structural(Mappings.bundled());
    return file -> {
      ClaimCount count = new ClaimCount();
      read(engine, file, new ClaimReader(file.toString(), "", count, ClaimReadings::refuse));
      return count.claims;
    };
  }

  /** What {@code acknowledge} does: checked reading, and a TA1 and 999 written. */
  static Contender.Reading acknowledge() {
    StreamingEngine engine = StreamingEngine.checking(Mappings.bundled());
    return file -> {
      long[] claims = {0};
      long[] control = {0};
      try (Acknowledger acknowledger =
          new Acknowledger(
              Clock.systemUTC(),
              () -> ++control[0],
              OutputStream.nullOutputStream(),
              OutputStream.nullOutputStream())) {
        engine.read(
            X12File.of(file),
            new SegmentHandler() {
              @Override
              public void segment(Segment segment) {
                claims[0] += segment.key().equals("2300.CLM") ? 1 : 0;
                acknowledger.segment(segment);
              }

              @Override
              public void endOfSet(SetEnd end) {
                acknowledger.endOfSet(end);
              }
            },
            acknowledger);
      }
      return claims[0];
    };
  }

  private static void read(StreamingEngine engine, Path file, SegmentHandler handler)
      throws IOException {
    engine.read(X12File.of(file), handler, ClaimReadings::refuse);
  }

  /** The generated file is clean: a finding is an error, in the generator or in the reader. */
  private static void refuse(Finding finding) {
    throw new IllegalStateException(finding.toString());
  }

  private static final class ClaimCount implements ClaimHandler {
    long claims;

    @Override
    public void start(Submission submission) {}

    @Override
    public void claim(Submission submission, Claim claim) {
      claims++;
    }

    @Override
    public void end(Submission submission, Totals totals) {}
  }
}
