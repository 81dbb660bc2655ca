package org.openrcm.writeoff;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Document;
import org.openrcm.ledger.EntriesPosted;
import org.openrcm.ledger.Entry;
import org.openrcm.ledger.Journal;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.Lines;
import org.openrcm.money.Money;
import org.openrcm.payment.SameVisit;
import org.openrcm.payment.SentClaims;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Fits what is given up to what is left of a visit, whatever is posted for it. */
@Component
class Fitting {
  private static final String HAS_APPROVED =
      """
      exists (
        select from write_off where account_number = a.account_number and state = 'APPROVED')
      """;

  private final Journal journal;
  private final WriteOffRows rows;
  private final SentClaims claims;
  private final Clock clock;

  Fitting(Journal journal, WriteOffRows rows, SentClaims claims, Clock clock) {
    this.journal = journal;
    this.rows = rows;
    this.claims = claims;
    this.clock = clock;
  }

  /**
   * Gives up no more of a visit than is left of it: when an insurer pays some of it after all, that
   * much is not given up any more. It grows again, up to what was approved, when more is left: an
   * insurer takes money back, or a payment of the patient's is voided. A claim that takes the place
   * of another is still the same visit: what was given up goes with it.
   */
  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  public void entriesPosted(EntriesPosted event) {
    List<Long> accounts = claims.touched(event, HAS_APPROVED);
    if (accounts.isEmpty()) {
      return;
    }
    List<WriteOffRows.Standing> standing = rows.standing(accounts);
    Map<Document, Map<Long, Money>> before = new HashMap<>();
    journal
        .posted(standing.stream().map(WriteOffRows.Standing::document).toList())
        .forEach((document, lines) -> before.put(document, given(lines)));
    List<SentClaims.Sent> sent = claims.of(accounts);
    SameVisit visits = SameVisit.of(sent);
    Map<Long, Money> left = new HashMap<>();
    sent.forEach(claim -> left.put(claim.number(), claim.owed()));
    for (WriteOffRows.Standing one : standing) {
      before
          .getOrDefault(one.document(), Map.of())
          .forEach(
              (claim, amount) -> {
                visits.join(one.claim(), claim);
                left.merge(claim, amount, Money::plus);
              });
    }
    Map<Long, Money> inAll = new HashMap<>();
    left.forEach((claim, amount) -> inAll.merge(visits.key(claim), amount, Money::plus));
    List<Entry> entries = new ArrayList<>();
    for (WriteOffRows.Standing one : standing) {
      Long visit = visits.key(one.claim());
      Map<Long, Money> now = before.getOrDefault(one.document(), Map.of());
      Lines lines = new Lines();
      Money rest = one.amount();
      for (Long claim : visits.of(one.claim())) {
        Money most = left.getOrDefault(claim, Money.ZERO);
        // what another claim of the visit is paid too much is not owed for this one
        Money all = inAll.getOrDefault(visit, Money.ZERO);
        Money given =
            Money.ofCents(Math.max(0, Math.min(rest.cents(), Math.min(most.cents(), all.cents()))));
        rest = rest.minus(given);
        left.put(claim, most.minus(given));
        inAll.put(visit, all.minus(given));
        lines.plus(one.kind().given(claim, given.minus(now.getOrDefault(claim, Money.ZERO))));
      }
      if (!lines.isEmpty()) {
        entries.add(
            new Entry(
                one.document(),
                LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault()),
                lines.toList()));
      }
    }
    journal.post("WRITE_OFF_FITTED", null, entries);
  }

  /** What lines of a write-off take off the patient's share, by claim. */
  private static Map<Long, Money> given(Lines lines) {
    Map<Long, Money> given = new HashMap<>();
    for (Line line : lines.toList()) {
      if (line.at().account() == AccountKind.PATIENT_RECEIVABLE) {
        given.merge(
            Objects.requireNonNull(line.at().claim()), line.amount().negated(), Money::plus);
      }
    }
    return given;
  }
}
