package org.openrcm.collections;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.openrcm.money.Money;

/**
 * What a patient said they would pay, and by when.
 *
 * @param account its number
 * @param dueOn the last day on which it is kept
 * @param paid on the account since it was made, by that day; what was given back is taken off
 * @param late paid after that day
 * @param state worked out from payments, as of the day it was read
 */
public record Promise(
    long number,
    UUID id,
    long account,
    Money amount,
    LocalDate dueOn,
    LocalDate madeOn,
    Instant madeAt,
    String madeBy,
    Money paid,
    Money late,
    State state) {

  /** How it went. */
  public enum State {
    OPEN("Open", "neutral"),
    KEPT("Kept", "good"),
    BROKEN("Not kept", "wrong"),
    WITHDRAWN("Withdrawn", "neutral");

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
  }

  /** Whether what was promised has come by now, if not by its day. */
  public boolean isPaidLate() {
    return paid.plus(late).compareTo(amount) >= 0;
  }

  /**
   * How it stands on a day: paid is kept, also before its day; after it nothing counts any more.
   */
  static State state(
      Money amount, Money paid, LocalDate dueOn, boolean withdrawn, LocalDate today) {
    if (withdrawn) {
      return State.WITHDRAWN;
    }
    if (paid.compareTo(amount) >= 0) {
      return State.KEPT;
    }
    return today.isAfter(dueOn) ? State.BROKEN : State.OPEN;
  }
}
