package org.openrcm.posting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.Document;
import org.openrcm.ledger.Source;
import org.openrcm.money.Money;

/**
 * An exception as it is kept, and which ways there are to be done with it.
 *
 * @param payer name, where there is one
 * @param closedBy who closed it; null when its cause is gone
 * @param adjustment reason of the provider adjustment that it is about; null for other documents
 * @param reference of that adjustment
 */
record Matter(
    UUID id,
    Trouble type,
    Document document,
    Money amount,
    @Nullable String payer,
    Instant opened,
    State state,
    @Nullable UUID ownerId,
    @Nullable String ownerName,
    @Nullable Instant closed,
    @Nullable String closedBy,
    @Nullable String note,
    @Nullable String adjustment,
    @Nullable String reference) {

  static final String SELECT =
      """
      select x.*, a.reason as adjustment, a.reference from posting_exception x
      left join provider_adjustment a on x.source = 'PROVIDER_ADJUSTMENT'
        and a.remittance_number = x.source_number and a.position = x.source_place
      where x.id = ?
      """;

  /** Where it is in its life. */
  enum State {
    OPEN("Open", "attention"),
    CLOSED("Closed", "neutral"),
    SOLVED("Solved", "good");

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

  static Matter of(ResultSet row, int index) throws SQLException {
    OffsetDateTime closed = row.getObject("closed_at", OffsetDateTime.class);
    return new Matter(
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        Trouble.valueOf(row.getString("type")),
        new Document(
            Source.valueOf(row.getString("source")),
            row.getLong("source_number"),
            row.getInt("source_place")),
        Money.ofCents(row.getLong("amount_cents")),
        row.getString("payer"),
        row.getObject("opened_at", OffsetDateTime.class).toInstant(),
        State.valueOf(row.getString("state")),
        row.getObject("owner_id", UUID.class),
        row.getString("owner_name"),
        closed == null ? null : closed.toInstant(),
        row.getString("closed_by"),
        row.getString("note"),
        row.getString("adjustment"),
        row.getString("reference"));
  }

  public boolean isOpen() {
    return state == State.OPEN;
  }

  public boolean isPayment() {
    return document.source() == Source.PAYMENT;
  }

  /** Whether it is about money that the payer took back under a number (WO). */
  public boolean isTakeback() {
    return "WO".equals(adjustment) && reference != null;
  }

  /** The number of that money; empty where there is none. */
  String number() {
    return Objects.requireNonNullElse(reference, "");
  }

  /** Whether choosing a claim solves it: a balance carried forward is for no claim. */
  public boolean isSolvedByClaim() {
    return type.isSolvedByClaim() && (isPayment() || isTakeback());
  }

  public boolean isSolvedAsSent() {
    return type.isSolvedAsSent();
  }

  public boolean isSolvedByTakingIn() {
    return type == Trouble.HELD_BACK;
  }

  /** Whether somebody who read it can close it. */
  public boolean isClosedByReading() {
    return type.isClosedByReading() || (type.isSolvedByClaim() && !isSolvedByClaim());
  }
}
