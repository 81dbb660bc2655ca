package org.openrcm.claim;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * What payers decided about a claim: decisions that stand, with those that were reversed taken
 * away.
 *
 * @param standing in the order of their days
 * @param reversed whether any was reversed
 * @param last the day of the last decision or reversal, null when there is none
 * @param paid by all decisions and reversals
 */
record Decisions(
    List<ClaimEvent> standing, boolean reversed, @Nullable LocalDate last, Money paid) {

  /** CLP02: processed, and passed on to the next payer, who decides in turn (rules X7). */
  private static final Set<String> PASSED_ON = Set.of("19", "20", "21");

  /** Of events in the order of their days. */
  static Decisions of(List<ClaimEvent> events) {
    List<ClaimEvent> standing = new ArrayList<>();
    List<ClaimEvent> reversals = new ArrayList<>();
    LocalDate last = null;
    Money paid = Money.ZERO;
    for (ClaimEvent event : events) {
      if (!event.kind().isDecision() && event.kind() != ClaimEvent.Kind.REVERSED) {
        continue;
      }
      last = event.on();
      paid = event.amount() == null ? paid : paid.plus(event.amount());
      if (event.kind().isDecision()) {
        standing.add(event);
      } else {
        reversals.add(event);
      }
    }
    reversals.forEach(reversal -> takeBack(reversal, standing));
    return new Decisions(List.copyOf(standing), !reversals.isEmpty(), last, paid);
  }

  /** The decision of the same amount, otherwise the first one. */
  private static void takeBack(ClaimEvent reversal, List<ClaimEvent> standing) {
    Money amount = reversal.amount();
    for (ClaimEvent decision : standing) {
      if (amount != null && amount.negated().equals(decision.amount())) {
        standing.remove(decision);
        return;
      }
    }
    if (!standing.isEmpty()) {
      standing.remove(0);
    }
  }

  /** What the patient owes by the decisions that stand. */
  Money owed() {
    Money owed = Money.ZERO;
    for (ClaimEvent decision : standing) {
      owed = decision.owed() == null ? owed : owed.plus(decision.owed());
    }
    return owed;
  }

  /** The state that follows; the one before where nothing was decided. */
  ClaimState after(ClaimState before) {
    if (standing.isEmpty()) {
      return reversed ? before.reversed() : before;
    }
    if (PASSED_ON.contains(standing.get(standing.size() - 1).code())) {
      return before.forwarded();
    }
    boolean denied = standing.stream().anyMatch(each -> each.kind() != ClaimEvent.Kind.PAID);
    boolean paidFor = standing.stream().anyMatch(each -> each.kind() != ClaimEvent.Kind.DENIED);
    return !denied ? before.paid() : paidFor ? before.partlyPaid() : before.denied();
  }
}
