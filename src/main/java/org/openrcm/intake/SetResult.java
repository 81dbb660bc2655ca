package org.openrcm.intake;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.remittance.SetOutcome;

/**
 * What came of a transaction set.
 *
 * @param transactionSet ISA13/GS06/ST02
 * @param remittance that it became, or that was there before it
 * @param reason why it was not loaded, in plain words
 */
record SetResult(
    String transactionSet,
    Kind kind,
    @Nullable UUID remittance,
    int claims,
    @Nullable String reason) {

  /** What came of it. */
  enum Kind {
    LOADED,
    DUPLICATE,
    NOT_LOADED;

    /** As pages say it. */
    public String label() {
      return switch (this) {
        case LOADED -> "Loaded";
        case DUPLICATE -> "Was there before";
        case NOT_LOADED -> "Not loaded";
      };
    }

    /** Which of the four meanings of colour it has. */
    public String meaning() {
      return switch (this) {
        case LOADED -> "good";
        case DUPLICATE -> "attention";
        case NOT_LOADED -> "wrong";
      };
    }
  }

  /** The sets of a file in its order: what the load says of them, and those it never saw. */
  static List<SetResult> of(List<SetLog.Begun> begun, List<SetOutcome> outcomes) {
    List<SetResult> results = new ArrayList<>();
    Iterator<SetOutcome> told = outcomes.iterator();
    SetOutcome next = told.hasNext() ? told.next() : null;
    for (SetLog.Begun set : begun) {
      if (next != null && next.transactionSet().equals(set.controls())) {
        results.add(of(next));
        next = told.hasNext() ? told.next() : null;
      } else {
        results.add(new SetResult(set.controls(), Kind.NOT_LOADED, null, 0, why(set.type())));
      }
    }
    while (next != null) {
      results.add(of(next));
      next = told.hasNext() ? told.next() : null;
    }
    return results;
  }

  private static SetResult of(SetOutcome outcome) {
    return new SetResult(
        outcome.transactionSet(),
        Kind.valueOf(outcome.outcome().name()),
        outcome.remittanceId(),
        outcome.claims(),
        outcome.reason());
  }

  private static String why(String type) {
    return type.equals("835")
        ? "It could not be read to its end, or no mapping describes its version."
        : "It is no 835 (remittance advice), and nothing else is read yet.";
  }

  /** The same set, known to have been loaded from this very file at an earlier try. */
  SetResult loaded(int loadedClaims) {
    return new SetResult(transactionSet, Kind.LOADED, remittance, loadedClaims, null);
  }
}
