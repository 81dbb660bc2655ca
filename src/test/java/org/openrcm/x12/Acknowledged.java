package org.openrcm.x12;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** What the acknowledger answered to an X12 text, and what was found of the text. */
public record Acknowledged(
    String interchanges, String implementations, List<Finding> findings, long leftOut) {
  private static final Mappings MAPPINGS = Mappings.bundled();
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-03-02T12:00:00Z"), ZoneOffset.UTC);

  /** A professional claim file without a fault: one set of two claims of made-up people. */
  static final String CLAIMS =
      """
      ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260301*0830*^*00501*000000077*0*T*:~
      GS*HC*SNDR*RCVR*20260301*0830*5*X*005010X222A1~
      ST*837*0021*005010X222A1~
      BHT*0019*00*B1*20260301*0830*CH~
      NM1*41*2*MADE UP BILLING*****46*SUB1~
      PER*IC*DESK*TE*5550100000~
      NM1*40*2*EXAMPLE PLAN*****46*PLAN1~
      HL*1**20*1~
      NM1*85*2*EXAMPLE CLINIC*****XX*1234567893~
      N3*1 EXAMPLE STREET~
      N4*ANYTOWN*OH*432150001~
      REF*EI*000000001~
      HL*2*1*22*0~
      SBR*P*18*******CI~
      NM1*IL*1*DOE*PAT****MI*M0001~
      N3*2 EXAMPLE STREET~
      N4*ANYTOWN*OH*43215~
      DMG*D8*19800102*F~
      NM1*PR*2*EXAMPLE PLAN*****PI*PLAN1~
      CLM*PCN-1*100***11:B:1*Y*A*Y*Y~
      HI*ABK:J209~
      LX*1~
      SV1*HC:99213*100*UN*1***1~
      DTP*472*D8*20260227~
      CLM*PCN-2*50***11:B:1*Y*A*Y*Y~
      HI*ABK:J209~
      LX*1~
      SV1*HC:99212*50*UN*1***1~
      DTP*472*D8*20260227~
      SE*28*0021~
      GE*1*5~
      IEA*1*000000077~
      """;

  /**
   * The claims with one thing changed, wherever it stands; SE01 counts what is there then, unless
   * the change is in SE. A return sign stands for a new line.
   */
  static String changed(String from, String to) {
    String old = from.replace("⏎", "\n");
    if (!CLAIMS.contains(old)) {
      throw new IllegalArgumentException(from + " is not in the file");
    }
    String changed = CLAIMS.replace(old, to.replace("⏎", "\n"));
    if (from.contains("SE*")) {
      return changed;
    }
    int end = changed.indexOf("GE*") < 0 ? changed.indexOf("IEA*") : changed.indexOf("GE*");
    String set = changed.substring(changed.indexOf("ST*"), end);
    long segments = set.chars().filter(c -> c == '~').count();
    return changed.replace("SE*28*", "SE*" + segments + "*");
  }

  static Acknowledged of(String text) {
    return of(text, (segment, found) -> {});
  }

  /** The same, with a reader that finds something of its own. */
  static Acknowledged of(String text, BiConsumer<Segment, FindingSink> reader) {
    return of(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), reader);
  }

  static Acknowledged of(Path file) throws IOException {
    try (InputStream in = X12File.of(file).open()) {
      return of(in, (segment, found) -> {});
    }
  }

  private static Acknowledged of(InputStream in, BiConsumer<Segment, FindingSink> reader) {
    ByteArrayOutputStream interchanges = new ByteArrayOutputStream();
    ByteArrayOutputStream implementations = new ByteArrayOutputStream();
    List<Finding> findings = new ArrayList<>();
    AtomicLong controls = new AtomicLong(900);
    Acknowledger acknowledger =
        new Acknowledger(NOON, controls::incrementAndGet, interchanges, implementations);
    FindingSink sink =
        finding -> {
          findings.add(finding);
          acknowledger.add(finding);
        };
    try (acknowledger) {
      StreamingEngine.checking(MAPPINGS)
          .read(in, "test.x12", new Readers(reader, acknowledger, sink), sink);
    }
    return new Acknowledged(
        interchanges.toString(StandardCharsets.UTF_8),
        implementations.toString(StandardCharsets.UTF_8),
        findings,
        acknowledger.leftOut());
  }

  /** A reader before the acknowledger, as where both see a file. */
  private record Readers(
      BiConsumer<Segment, FindingSink> reader, Acknowledger acknowledger, FindingSink sink)
      implements SegmentHandler {

    @Override
    public void segment(Segment segment) {
      reader.accept(segment, sink);
      acknowledger.segment(segment);
    }

    @Override
    public void endOfSet(SetEnd end) {
      acknowledger.endOfSet(end);
    }
  }

  /** What our own mappings find of both answers. */
  List<Finding> findingsOfAnswers() {
    List<Finding> found = new ArrayList<>();
    for (String answer : List.of(interchanges, implementations)) {
      if (!answer.isEmpty()) {
        StreamingEngine.checking(MAPPINGS)
            .read(
                new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)),
                "answer",
                segment -> {},
                found::add);
      }
    }
    return found;
  }

  /** The segments of the 999s that say something, without terminators. */
  List<String> lines() {
    return implementations
        .lines()
        .map(line -> line.substring(0, line.length() - 1))
        .filter(line -> line.matches("(AK|IK|CTX).*"))
        .toList();
  }

  /** TA104 and TA105 of each TA1. */
  List<String> notes() {
    return interchanges
        .lines()
        .filter(line -> line.startsWith("TA1"))
        .map(line -> line.substring(line.length() - 6, line.length() - 1))
        .toList();
  }
}
