package org.openrcm.remittance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.openrcm.billing.Values;
import org.openrcm.x12.Segment;

/** Reads the figures of TS2 and TS3, and of MIA and MOA with their remark codes. */
final class Figures {
  private final Values values;

  Figures(Values values) {
    this.values = values;
  }

  /** MIA: remark codes stand in MIA05 and MIA20 to MIA23, figures in the rest. */
  Outcome inpatient(Segment mia) {
    return outcome(mia, "MIA", 24, i -> i == 5 || (i >= 20 && i <= 23));
  }

  /** MOA: remark codes stand in MOA03 to MOA07, figures in the rest. */
  Outcome outpatient(Segment moa) {
    return outcome(moa, "MOA", 9, i -> i >= 3 && i <= 7);
  }

  private Outcome outcome(
      Segment segment, String tag, int last, java.util.function.IntPredicate isRemark) {
    List<Figure> figures = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (int i = 1; i <= last; i++) {
      if (isRemark.test(i)) {
        if (segment.has(i)) {
          remarks.add(segment.text(i));
        }
      } else {
        figure(segment, tag, i, figures);
      }
    }
    return new Outcome(List.copyOf(figures), List.copyOf(remarks));
  }

  /** Elements {@code first} to {@code last} as figures, without the empty ones. */
  List<Figure> figures(Segment segment, String tag, int first, int last) {
    List<Figure> figures = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      figure(segment, tag, i, figures);
    }
    return List.copyOf(figures);
  }

  private void figure(Segment segment, String tag, int element, List<Figure> into) {
    BigDecimal value = values.quantity(segment, element);
    if (value != null) {
      into.add(new Figure(tag + (element < 10 ? "0" : "") + element, value));
    }
  }
}
