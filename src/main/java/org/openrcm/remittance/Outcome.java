package org.openrcm.remittance;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an inpatient (MIA) or any other claim (MOA) was adjudicated as a whole.
 *
 * @param figures amounts and days by their designators ({@code MIA01}, {@code MOA02}, ...)
 * @param remarks remark codes (MIA05, MIA20 to MIA23; MOA03 to MOA07)
 */
public record Outcome(List<Figure> figures, List<String> remarks) {

  /** The figure of this designator, or null. */
  public @Nullable BigDecimal figure(String designator) {
    for (Figure figure : figures) {
      if (figure.designator().equals(designator)) {
        return figure.value();
      }
    }
    return null;
  }
}
