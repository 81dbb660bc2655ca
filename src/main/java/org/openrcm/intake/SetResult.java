package org.openrcm.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of a transaction set.
 *
 * @param transactionSet ISA13/GS06/ST02
 * @param type ST01, such as {@code 837}, or {@code TA1}
 * @param remittance that it became, or that was there before it
 * @param submission that it became, or that was there before it, or that it answers
 * @param reason why it was not loaded, or what it says, in plain words
 */
record SetResult(
    String transactionSet,
    String type,
    Kind kind,
    @Nullable UUID remittance,
    @Nullable UUID submission,
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

  /** Whether there is a list of claims to look at. */
  public boolean isOfClaims() {
    return type.equals("837") && submission != null;
  }

  /**
   * The sets of a file in its order: what the loads say of them, and those they never saw. What
   * stands in no set (TA1) comes last.
   *
   * @param told those of one kind in the order of the file
   */
  static List<SetResult> of(List<SetLog.Begun> begun, List<SetResult> told) {
    Map<String, Deque<SetResult>> waiting = new LinkedHashMap<>();
    told.forEach(
        result ->
            waiting
                .computeIfAbsent(result.transactionSet(), key -> new ArrayDeque<>())
                .add(result));
    List<SetResult> results = new ArrayList<>();
    for (SetLog.Begun set : begun) {
      SetResult result = waiting.getOrDefault(set.controls(), new ArrayDeque<>()).poll();
      results.add(
          result == null
              ? new SetResult(
                  set.controls(), set.type(), Kind.NOT_LOADED, null, null, 0, why(set.type()))
              : result.ofType(set.type()));
    }
    waiting.values().forEach(rest -> rest.forEach(each -> results.add(each.ofType("TA1"))));
    return results;
  }

  private SetResult ofType(String known) {
    return type.isEmpty()
        ? new SetResult(transactionSet, known, kind, remittance, submission, claims, reason)
        : this;
  }

  private static String why(String type) {
    return switch (type) {
      case "835", "837", "999", "277" ->
          "It could not be read to its end, or no mapping describes its version.";
      default -> "It is none of the kinds that are read: 835, 837, 999, 277CA.";
    };
  }

  /** The same set, known to have been loaded from this very file at an earlier try. */
  SetResult loaded(int loadedClaims) {
    return new SetResult(
        transactionSet, type, Kind.LOADED, remittance, submission, loadedClaims, null);
  }
}
