package org.openrcm.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openrcm.claim.Claim;
import org.openrcm.money.Money;

/** How the payer refuses: {@code simulator/decisions.tsv} and {@code simulator/rejections.tsv}. */
final class Refusals {
  private static final Map<String, Refusal> LINES = new HashMap<>();

  private static final List<Rejection> REJECTIONS =
      Table.rows("rejections").stream()
          .map(row -> new Rejection(row.get(0), row.get(1), row.get(2)))
          .toList();

  static {
    for (List<String> row : Table.rows("decisions")) {
      String remarks = row.get(3);
      LINES.put(
          row.get(0),
          new Refusal(
              row.get(1),
              row.get(2),
              remarks.isEmpty() ? List.of() : List.of(remarks.split(" ", -1))));
    }
  }

  private Refusals() {}

  private record Refusal(String group, String carc, List<String> remarks) {}

  /** STC01: category, status, and whom it is about (empty: nobody). */
  record Rejection(String category, String status, String entity) {}

  /** The line, or the stay, with nothing paid. */
  static Ruling denied(Ruling priced, Scenario scenario, Dice dice) {
    Refusal refusal = LINES.get(scenario.title());
    if (refusal == null) {
      throw new IllegalStateException("simulator/decisions.tsv lacks " + scenario.title());
    }
    long cents = priced.charged().cents();
    return Ruling.of(
        priced.line(),
        priced.charged(),
        Money.ZERO,
        cents == 0 ? List.of() : List.of(Ruling.adjustment(refusal.group, refusal.carc, cents)),
        refusal.remarks.isEmpty() ? List.of() : List.of(dice.oneOf(refusal.remarks)));
  }

  /** Why the 277CA turns a claim back. */
  static Rejection rejection(long seed, Claim claim) {
    return Dice.of(seed, "rejection", claim.patientControlNumber()).oneOf(REJECTIONS);
  }
}
