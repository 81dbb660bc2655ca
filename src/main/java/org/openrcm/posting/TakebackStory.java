package org.openrcm.posting;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A takeback from its beginning: what checks say of it, beside the decisions on its claim.
 *
 * @param plot null when no step of it moved money
 */
record TakebackStory(Takeback takeback, List<Step> steps, @Nullable TakebackPlot plot) {

  /**
   * Something that happened.
   *
   * @param what in plain words
   * @param paid what a decision paid; null for others
   * @param change of the balance; null where it stays
   * @param balance after it
   * @param entry that posted it; null when none did
   * @param source the address of the segment that says it; null when its file is not known
   */
  record Step(
      LocalDate day,
      Origin.@Nullable Check check,
      @Nullable Claim claim,
      String what,
      @Nullable Long paid,
      @Nullable Long change,
      long balance,
      @Nullable Long entry,
      @Nullable String source) {}

  /** A claim by its page, its number and its patient. */
  record Claim(UUID id, String control, @Nullable String patient) {

    public String label() {
      return control.isEmpty() ? "(no number)" : control;
    }
  }

  /** Claims that it is about, each once. */
  public List<Claim> claims() {
    return steps.stream().map(Step::claim).filter(each -> each != null).distinct().toList();
  }
}
