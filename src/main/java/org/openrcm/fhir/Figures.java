package org.openrcm.fhir;

import java.math.BigDecimal;
import org.hl7.fhir.r4.model.Quantity;

/** Figures of the summary segments (MIA, MOA, TS2, TS3) with their units. */
final class Figures {
  private Figures() {}

  /** Days, a bare number (a rate, weight or count), or else money in the check's currency. */
  static Quantity quantity(RemittanceView check, String designator, BigDecimal value) {
    Quantity quantity = Elements.quantity(value);
    switch (designator) {
      case "MIA01", "MIA03", "MIA15", "TS207", "TS210", "TS212", "TS213", "TS214" ->
          quantity.setUnit("d").setSystem(Systems.UCUM).setCode("d");
      case "CLP12", "CLP13", "MOA01", "TS211", "TS216", "TS323" -> {
        // no unit
      }
      default -> {
        if (check.currency() != null) {
          String currency = check.currency().getValue();
          quantity.setUnit(currency).setSystem(Systems.CURRENCY).setCode(currency);
        }
      }
    }
    return quantity;
  }
}
