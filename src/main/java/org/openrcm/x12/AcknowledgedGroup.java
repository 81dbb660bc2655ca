package org.openrcm.x12;

import java.util.LinkedHashSet;
import java.util.Set;

/** One 999, written while the functional group that it answers is read. */
final class AcknowledgedGroup {
  private static final String SET = "0001";
  private static final int MOST_CODES = 5;
  private static final int LONGEST_COUNT = 6;

  private final X12Writer out;
  private final Set<String> codes = new LinkedHashSet<>();
  private int received;
  private int unsupported;
  private int erroneous;
  private int rejected;
  private boolean unusable;
  private long included = -1;

  AcknowledgedGroup(X12Writer out, Segment gs, AcknowledgedText text) {
    this.out = out;
    out.beginSet("999", SET, Acknowledger.GUIDE);
    out.tag("AK1").text(text.of(gs.text(1), 2));
    out.text(Long.toString(AcknowledgedText.number(gs.text(6), 9)));
    out.text(text.of(gs.text(8), 12));
  }

  /** A finding about the group as a whole. */
  void add(Finding finding, String code) {
    codes.add(code);
    unusable |= finding.severity() == Severity.ERROR;
  }

  /** GE01, as it was sent. */
  void included(Segment ge) {
    included = AcknowledgedText.number(ge.text(1), LONGEST_COUNT);
  }

  AcknowledgedSet begin(Segment st, AcknowledgedText text) {
    return new AcknowledgedSet(out, st, text);
  }

  void end(AcknowledgedSet set) {
    received++;
    unsupported += set.isUnsupported() ? 1 : 0;
    switch (set.end()) {
      case "R" -> rejected++;
      case "E" -> erroneous++;
      default -> {}
    }
  }

  /** AK9, SE and GE. */
  void end() {
    if (received > 0 && unsupported == received) {
      codes.add("2");
    }
    String code;
    if (unusable || (received > 0 && rejected == received)) {
      code = "R";
    } else if (rejected > 0) {
      code = "P";
    } else {
      code = erroneous > 0 || !codes.isEmpty() ? "E" : "A";
    }
    out.tag("AK9").text(code);
    out.text(Long.toString(included < 0 ? received : included)).text(Integer.toString(received));
    out.text(Integer.toString(unusable ? 0 : received - rejected));
    codes.stream().limit(MOST_CODES).forEach(out::text);
    out.endSet();
    out.endGroup();
  }
}
