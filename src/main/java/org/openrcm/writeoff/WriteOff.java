package org.openrcm.writeoff;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.Document;
import org.openrcm.ledger.Source;
import org.openrcm.money.Money;

/**
 * What is to be given up of an account, or was.
 *
 * @param account its number
 * @param note why, for who approves it
 * @param decided null while it waits, {@code undone} null while it was not undone
 * @param refund what the patient had paid for these visits, for the refund desk to look at; zero
 *     otherwise
 * @param given what it gives up now: less than its amount once an insurer has paid some of it, or
 *     nothing while it is not approved
 */
public record WriteOff(
    long number,
    UUID id,
    long account,
    Kind kind,
    String note,
    By proposed,
    State state,
    @Nullable By decided,
    @Nullable By undone,
    Money refund,
    Money given,
    List<Part> visits) {

  /** Who did something, and when; the id is null of what is no person. */
  public record By(String name, @Nullable UUID id, Instant at) {}

  /** How it stands. */
  public enum State {
    PROPOSED("Waits for approval", "attention"),
    APPROVED("Approved", "good"),
    REFUSED("Refused", "neutral"),
    UNDONE("Undone", "neutral");

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

  /**
   * Of one visit.
   *
   * @param place of its document, from 1
   * @param claim its number
   */
  public record Part(int place, long claim, Money amount) {}

  /** Whether it stands, but gives up less than was approved. */
  public boolean givesLess() {
    return state == State.APPROVED && !given.equals(amount());
  }

  public Money amount() {
    return visits.stream().map(Part::amount).reduce(Money.ZERO, Money::plus);
  }

  /** By claim number, in the order of the visits. */
  Map<Long, Money> amounts() {
    Map<Long, Money> amounts = new LinkedHashMap<>();
    visits.forEach(part -> amounts.put(part.claim(), part.amount()));
    return amounts;
  }

  Document document(Part part) {
    return new Document(Source.WRITE_OFF, number, part.place());
  }
}
