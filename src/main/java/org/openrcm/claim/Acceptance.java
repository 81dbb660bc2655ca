package org.openrcm.claim;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.CodeList;

/** What an acknowledgement says of what was sent, in one word. */
public enum Acceptance {
  ACCEPTED,
  REJECTED,
  /** Neither: it tells of something on the way, or says nothing that can be relied on. */
  UNDECIDED;

  private static final String LIST = "claim-status-category";
  private static final String COLUMN = "decision";

  /** IK501, AK901 or TA104; a group taken in part ({@code P}) is undecided. */
  public static Acceptance ofCode(String code) {
    return switch (code) {
      case "A", "E" -> ACCEPTED;
      case "R", "M", "W", "X" -> REJECTED;
      default -> UNDECIDED;
    };
  }

  /**
   * A category of the 277CA (STC01-1), by the dated list {@code claim-status-category}.
   *
   * @param on the day that the status holds (STC02); null for the newest row
   */
  public static Acceptance ofCategory(String category, @Nullable LocalDate on) {
    CodeList list = CodeList.load(LIST);
    // a day that cannot be right does not take a decision back
    String decision =
        list.row(category, on)
            .or(() -> list.row(category, null))
            .map(row -> row.more().getOrDefault(COLUMN, ""))
            .orElse("");
    return switch (decision) {
      case "accepted" -> ACCEPTED;
      case "rejected" -> REJECTED;
      default -> UNDECIDED;
    };
  }
}
