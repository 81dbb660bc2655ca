package org.openrcm.x12;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the elements of an ISA, for the note that a TA1 gives (TA105). */
final class IsaChecks {
  private static final Set<String> PARTIES =
      Set.of("01", "14", "20", "27", "28", "29", "30", "33", "ZZ");

  /** What each element may hold, and the note when it holds something else. */
  private static final Map<Integer, Codes> CODES =
      Map.of(
          1, new Codes("010", Set.of("00", "03")),
          3, new Codes("012", Set.of("00", "01")),
          5, new Codes("005", PARTIES),
          7, new Codes("007", PARTIES),
          14, new Codes("019", Set.of("0", "1")),
          15, new Codes("020", Set.of("P", "T")));

  private static final Pattern DAY =
      Pattern.compile("[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])");
  private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3])[0-5][0-9]");

  private record Codes(String note, Set<String> values) {}

  private IsaChecks() {}

  /** Notes what is wrong: what says who it is or which it is rejects the interchange. */
  static void check(Segment isa, AcknowledgedInterchange into) {
    if (!isa.text(12).matches("[0-9]{5}")) {
      into.note("017", Severity.ERROR);
    }
    if (!isa.text(13).matches("[0-9]{9}")) {
      into.note("018", Severity.ERROR);
    }
    if (isa.text(6).isBlank()) {
      into.note("006", Severity.ERROR);
    }
    if (isa.text(8).isBlank()) {
      into.note("008", Severity.ERROR);
    }
    for (int element : new int[] {1, 3, 5, 7}) {
      codes(isa, element, into);
    }
    if (!DAY.matcher(isa.text(9)).matches()) {
      into.note("014", Severity.WARNING);
    }
    if (!TIME.matcher(isa.text(10)).matches()) {
      into.note("015", Severity.WARNING);
    }
    if (isa.text(12).compareTo("00402") >= 0 && isa.delimiters().repetition() == 0) {
      into.note("016", Severity.WARNING);
    }
    codes(isa, 14, into);
    codes(isa, 15, into);
  }

  private static void codes(Segment isa, int element, AcknowledgedInterchange into) {
    Codes codes = CODES.get(element);
    if (codes != null && !codes.values().contains(isa.text(element))) {
      into.note(codes.note(), Severity.WARNING);
    }
  }
}
