package org.openrcm.payment;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * An agreement to pay what is owed in parts, without interest.
 *
 * @param account its number
 * @param paid since it was made, as far as it is for the plan
 * @param state worked out from payments, as of the day it was read
 */
public record Plan(
    long number,
    UUID id,
    long account,
    Money total,
    LocalDate madeOn,
    String madeBy,
    List<Instalment> instalments,
    Money paid,
    State state) {

  /** The most that a plan may have without finance charge disclosures (12 CFR 1026.2(a)(17)). */
  public static final int MOST_INSTALMENTS = 4;

  /** How it goes. */
  public enum State {
    /** Nothing was due yet. */
    ACTIVE("Active", "neutral"),
    /** All that was due is paid. */
    KEPT("Kept", "good"),
    /** Less is paid than was due before today. */
    BEHIND("Behind", "attention"),
    /** All of it is paid, or nothing was owed any more: what is owed later is not its. */
    DONE("Done", "good"),
    CANCELLED("Cancelled", "neutral");

    private final String label;
    private final String meaning;

    State(String label, String meaning) {
      this.label = label;
      this.meaning = meaning;
    }

    public String label() {
      return label;
    }

    public String meaning() {
      return meaning;
    }

    /** Whether it is still being paid. */
    public boolean isRunning() {
      return this == ACTIVE || this == KEPT || this == BEHIND;
    }
  }

  /**
   * One part.
   *
   * @param place from 1
   * @param paid payments count for the oldest part first
   */
  public record Instalment(int place, LocalDate dueOn, Money amount, Money paid) {

    public Money left() {
      return amount.minus(paid);
    }

    public boolean isPaid() {
      return left().cents() <= 0;
    }
  }

  /** The row of a plan. */
  record Terms(
      long number,
      UUID id,
      long account,
      Money total,
      int instalments,
      LocalDate firstDue,
      LocalDate madeOn,
      String madeBy,
      boolean cancelled) {}

  /**
   * A plan as it stands.
   *
   * @param paid on the account since it was made
   * @param owed on the account now; nothing if nothing was owed at any time since it was made
   */
  static Plan of(Terms terms, Money paid, Money owed, LocalDate today) {
    Money toward = Amounts.least(paid, terms.total());
    List<Instalment> instalments =
        instalments(terms.total(), terms.instalments(), terms.firstDue(), toward);
    return new Plan(
        terms.number(),
        terms.id(),
        terms.account(),
        terms.total(),
        terms.madeOn(),
        terms.madeBy(),
        instalments,
        toward,
        terms.cancelled() ? State.CANCELLED : state(instalments, owed, today));
  }

  private static State state(List<Instalment> instalments, Money owed, LocalDate today) {
    if (owed.cents() <= 0 || instalments.stream().allMatch(Instalment::isPaid)) {
      return State.DONE;
    }
    boolean behind =
        instalments.stream().anyMatch(each -> each.dueOn().isBefore(today) && !each.isPaid());
    if (behind) {
      return State.BEHIND;
    }
    return instalments.get(0).isPaid() ? State.KEPT : State.ACTIVE;
  }

  /**
   * Equal parts to the cent, what is left over on the first; each a month after the one before, on
   * the last day of a month that is too short.
   */
  public static List<Instalment> instalments(
      Money total, int count, LocalDate firstDue, Money paid) {
    long each = total.cents() / count;
    long first = total.cents() - each * (count - 1);
    List<Instalment> instalments = new ArrayList<>();
    Money rest = paid;
    for (int i = 0; i < count; i++) {
      Money amount = Money.ofCents(i == 0 ? first : each);
      Money part = Amounts.least(amount, rest);
      rest = rest.minus(part);
      instalments.add(new Instalment(i + 1, firstDue.plusMonths(i), amount, part));
    }
    return List.copyOf(instalments);
  }

  /** The part that is to be paid next; null when all are. */
  public @Nullable Instalment next() {
    return instalments.stream().filter(each -> !each.isPaid()).findFirst().orElse(null);
  }

  /** What is not paid of what was due before a day. */
  public Money behind(LocalDate today) {
    return instalments.stream()
        .filter(each -> each.dueOn().isBefore(today))
        .map(Instalment::left)
        .reduce(Money.ZERO, Money::plus);
  }
}
