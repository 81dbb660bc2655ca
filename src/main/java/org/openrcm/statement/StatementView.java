package org.openrcm.statement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * A statement as the office looks at it: each amount with the entries of the journal that it is the
 * sum of, each line with the insurers' decisions that say it.
 *
 * @param account id of the account
 * @param checks by the id of a decision the check that it came with
 */
record StatementView(
    UUID id, UUID account, Content bill, int pages, Map<UUID, Check> checks, List<Story> visits) {

  /**
   * A check that decided on a claim.
   *
   * @param label number of the check
   * @param href where its claim is read as on paper
   */
  record Check(String label, String href) {}

  /** A visit, and how what is owed for it comes about. */
  record Story(Content.BilledVisit visit, List<Step> steps) {}

  /**
   * A step from what was charged to what is owed.
   *
   * @param note the group and reason of the patient's share; null for others
   * @param day of what an insurer paid; null for others
   * @param sum whether it is what the steps before it come to
   */
  record Step(
      String label,
      @Nullable String note,
      @Nullable LocalDate day,
      Money amount,
      List<Long> entries,
      boolean sum) {}

  /** Where a line's amounts stand. */
  record Place(String label, String href) {}

  static StatementView of(UUID id, UUID account, Content bill, int pages, Map<UUID, Check> checks) {
    Written write = new Written(Language.EN);
    return new StatementView(
        id,
        account,
        bill,
        pages,
        checks,
        bill.visits().stream().map(visit -> new Story(visit, steps(visit, write))).toList());
  }

  private static List<Step> steps(Content.BilledVisit visit, Written write) {
    List<Step> steps = new ArrayList<>();
    add(steps, "Charged", null, visit.charged());
    take(steps, "Plan discount", null, visit.discount());
    for (Content.Insurer insurer : visit.insurers()) {
      take(
          steps,
          insurer.name().isEmpty() ? "Insurer paid" : insurer.name() + " paid",
          insurer.day(),
          insurer.paid());
    }
    for (Content.Share share : visit.shares()) {
      steps.add(
          new Step(
              "Patient's: " + write.reason(visit, share).label(),
              share.code(),
              null,
              share.amount().amount(),
              share.amount().entries(),
              true));
    }
    take(steps, "Patient paid", null, visit.paid());
    take(steps, "Forgiven", null, visit.forgiven());
    take(steps, "Bad debt", null, visit.unbilled());
    steps.add(new Step("Owed", null, null, visit.owed(), List.of(), true));
    return steps;
  }

  private static void add(List<Step> steps, String label, @Nullable LocalDate day, Figure figure) {
    if (!figure.isZero()) {
      steps.add(new Step(label, null, day, figure.amount(), figure.entries(), false));
    }
  }

  private static void take(List<Step> steps, String label, @Nullable LocalDate day, Figure figure) {
    add(steps, label, day, new Figure(figure.amount().negated(), figure.entries()));
  }

  /** Where the insurers' decisions on a line stand: a check, and a line of it. */
  public List<Place> places(Content.Service line) {
    List<Place> places = new ArrayList<>();
    for (EobItem item : line.items()) {
      Check check = checks.get(item.eob());
      if (check != null) {
        places.add(
            new Place(
                check.label() + (item.sequence() == null ? "" : ", line " + item.sequence()),
                check.href()));
      }
    }
    return places;
  }
}
