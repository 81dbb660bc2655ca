package org.openrcm.collections;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;

/**
 * An account as the queue has it.
 *
 * @param number of the account, {@code account} its id
 * @param reasons why it is not in the queue; empty when it is
 * @param owed that may be asked for
 * @param askedOn when the patient was first asked
 * @param queue in which it is; 0 for none
 * @param score null before it was worked out
 * @param assigned the name of the one collector that it is for; null for any
 * @param lease by which it is held; null while nobody holds it
 */
record Entry(
    long number,
    UUID account,
    String name,
    State state,
    List<Reason> reasons,
    Money owed,
    @Nullable LocalDate askedOn,
    String language,
    long queue,
    @Nullable Score score,
    @Nullable LocalDate snoozedUntil,
    @Nullable UUID assignedTo,
    @Nullable String assigned,
    @Nullable Lease lease) {

  /** Where it stands. */
  enum State {
    OUT("Not in the queue", "neutral"),
    WAITING("Waits", "attention"),
    SNOOZED("Laid aside", "neutral"),
    HELD("Being worked", "good");

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
}
