package org.openrcm.writeoff;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.billing.WriteOffLimits;
import org.openrcm.ledger.Entry;
import org.openrcm.ledger.Journal;
import org.openrcm.ledger.Lines;
import org.openrcm.money.Money;
import org.openrcm.payment.OpenVisit;
import org.openrcm.payment.PatientBalances;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives money up: one person proposes, another approves. All of it holds the journal's lock, so
 * that what is owed is what is owed now, and two who approve have one effect.
 */
@Component
public class WriteOffs {
  static final String SUBJECT = "WriteOff";

  private final Journal journal;
  private final WriteOffRows rows;
  private final PatientBalances balances;
  private final Accounts accounts;
  private final AuditTrail audit;
  private final Clock clock;

  WriteOffs(
      Journal journal,
      WriteOffRows rows,
      PatientBalances balances,
      Accounts accounts,
      AuditTrail audit,
      Clock clock) {
    this.journal = journal;
    this.rows = rows;
    this.balances = balances;
    this.accounts = accounts;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What somebody wishes to give up.
   *
   * @param visits amounts by claim number, each above zero
   * @param key of the sender's, one for each wish: sent again, it has no second effect
   */
  public record Proposal(
      long account, Kind kind, Map<Long, Money> visits, String note, String key) {}

  /**
   * Proposes it; a small balance is given up at once.
   *
   * @return the write-off; that of before when it was sent before
   * @throws Refused when it breaks a rule
   */
  @Transactional
  public WriteOff propose(Proposal wish) {
    journal.lock();
    WriteOff before = rows.ofKey(wish.key()).orElse(null);
    if (before != null) {
      if (!isOf(before, wish)) {
        throw new Refused(Refused.Reason.SENT_BEFORE);
      }
      return before;
    }
    check(wish);
    List<WriteOff.Part> parts = new ArrayList<>();
    wish.visits()
        .forEach((claim, amount) -> parts.add(new WriteOff.Part(parts.size() + 1, claim, amount)));
    WriteOff proposed =
        new WriteOff(
            rows.next(),
            UUID.randomUUID(),
            wish.account(),
            wish.kind(),
            wish.note(),
            by(),
            WriteOff.State.PROPOSED,
            null,
            null,
            Money.ZERO,
            Money.ZERO,
            parts);
    rows.insert(proposed, wish.key());
    record(Action.ADD, proposed);
    if (wish.kind() == Kind.SMALL_BALANCE) {
      post(proposed);
    }
    return rows.find(proposed.id()).orElseThrow();
  }

  private static boolean isOf(WriteOff before, Proposal wish) {
    return before.account() == wish.account()
        && before.kind() == wish.kind()
        && before.note().equals(wish.note())
        && before.amounts().equals(wish.visits());
  }

  /**
   * Whether it may be proposed now; {@link #propose} asks the same.
   *
   * @throws Refused when it breaks a rule
   */
  @Transactional
  public void check(Proposal wish) {
    if (wish.visits().isEmpty()
        || wish.visits().values().stream().anyMatch(amount -> amount.cents() <= 0)) {
      throw new Refused(Refused.Reason.NO_VISIT);
    }
    if (wish.note().isBlank()) {
      throw new Refused(Refused.Reason.NO_REASON);
    }
    List<OpenVisit> open = balances.of(wish.account()).toPay();
    checkOwed(open, wish.visits());
    if (wish.kind() == Kind.SMALL_BALANCE) {
      checkSmall(open, wish.visits());
    }
    if (rows.waits(List.copyOf(wish.visits().keySet()))) {
      throw new Refused(Refused.Reason.WAITS_ALREADY);
    }
  }

  private static void checkOwed(List<OpenVisit> open, Map<Long, Money> visits) {
    visits.forEach(
        (claim, amount) -> {
          if (open.stream()
              .noneMatch(each -> each.claim() == claim && each.owed().compareTo(amount) >= 0)) {
            throw new Refused(Refused.Reason.MORE_THAN_OWED);
          }
        });
  }

  /** All that is owed, or a large balance could be given up in many small parts. */
  private void checkSmall(List<OpenVisit> open, Map<Long, Money> visits) {
    Money owed = open.stream().map(OpenVisit::owed).reduce(Money.ZERO, Money::plus);
    if (owed.compareTo(small()) > 0) {
      throw new Refused(Refused.Reason.NOT_SMALL);
    }
    Money given = visits.values().stream().reduce(Money.ZERO, Money::plus);
    if (!given.equals(owed)) {
      throw new Refused(Refused.Reason.SMALL_IS_ALL);
    }
  }

  /** What an account may owe in all today to be a small balance. */
  Money small() {
    return WriteOffLimits.small(today());
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
  }

  private WriteOff.By by() {
    Actor actor = Actor.current();
    return new WriteOff.By(
        actor.name(), actor.id(), clock.instant().truncatedTo(ChronoUnit.MICROS));
  }

  /**
   * Approves what somebody else proposed, and posts it. Approved again it has no second effect.
   *
   * @throws Refused when it breaks a rule
   */
  @Transactional
  public WriteOff approve(UUID id) {
    journal.lock();
    WriteOff proposed = require(id);
    if (proposed.state() == WriteOff.State.APPROVED) {
      return proposed;
    }
    Refused.Reason reason = whyNotApprove(proposed);
    if (reason != null) {
      throw new Refused(reason);
    }
    checkOwed(balances.of(proposed.account()).toPay(), proposed.amounts());
    post(proposed);
    record(Action.CHANGE, proposed);
    return rows.find(id).orElseThrow();
  }

  /** Why the current person cannot approve it; null when they can. */
  Refused.@Nullable Reason whyNotApprove(WriteOff one) {
    Actor actor = Actor.current();
    if (one.state() != WriteOff.State.PROPOSED) {
      return Refused.Reason.DECIDED;
    }
    if (actor.id() == null) {
      return Refused.Reason.NO_PERSON;
    }
    if (actor.id().equals(one.proposed().id())) {
      return Refused.Reason.SAME_PERSON;
    }
    return mayDecide(one) ? null : Refused.Reason.ABOVE_LIMIT;
  }

  private boolean mayDecide(WriteOff one) {
    return one.amount().compareTo(WriteOffLimits.approval(Actor.current().roles(), today())) <= 0;
  }

  private void post(WriteOff one) {
    List<Entry> entries = new ArrayList<>();
    for (WriteOff.Part part : one.visits()) {
      Lines lines = one.kind().given(part.claim(), part.amount());
      entries.add(new Entry(one.document(part), today(), lines.toList()));
    }
    journal.post("WRITTEN_OFF", one.id(), entries);
    rows.decided(one, WriteOff.State.APPROVED, by(), refund(one));
  }

  /**
   * A patient whom help was granted gets back what they paid beyond what they then owe, from five
   * dollars on (26 CFR 1.501(r)-6(c)(6)(i)(C)(2)): how much that is the desk has to find out.
   */
  private Money refund(WriteOff one) {
    if (one.kind() != Kind.CHARITY) {
      return Money.ZERO;
    }
    Money paid = rows.paid(one.visits().stream().map(WriteOff.Part::claim).toList());
    return paid.compareTo(WriteOffLimits.refund(today())) >= 0 ? paid : Money.ZERO;
  }

  /**
   * Refuses what was proposed; who proposed it takes it back so. Again it has no second effect.
   *
   * @throws Refused when it was approved
   */
  @Transactional
  public WriteOff refuse(UUID id) {
    journal.lock();
    WriteOff proposed = require(id);
    if (proposed.state() == WriteOff.State.REFUSED) {
      return proposed;
    }
    if (proposed.state() != WriteOff.State.PROPOSED) {
      throw new Refused(Refused.Reason.DECIDED);
    }
    boolean own =
        proposed.proposed().id() != null && proposed.proposed().id().equals(Actor.current().id());
    if (!own && !mayDecide(proposed)) {
      throw new Refused(Refused.Reason.ABOVE_LIMIT);
    }
    rows.decided(proposed, WriteOff.State.REFUSED, by(), Money.ZERO);
    record(Action.CHANGE, proposed);
    return rows.find(id).orElseThrow();
  }

  /**
   * Posts the opposite, so that all of it is owed again: it was a mistake, or somebody pays after
   * all. Undone again it has no second effect.
   *
   * @throws Refused when it was not approved, or is above what one may approve
   */
  @Transactional
  public WriteOff undo(UUID id) {
    journal.lock();
    WriteOff approved = require(id);
    if (approved.state() == WriteOff.State.UNDONE) {
      return approved;
    }
    if (approved.state() != WriteOff.State.APPROVED) {
      throw new Refused(Refused.Reason.NOT_APPROVED);
    }
    if (!mayDecide(approved)) {
      throw new Refused(Refused.Reason.ABOVE_LIMIT);
    }
    // first: what is undone is not fitted to what is owed any more
    rows.undone(approved, by());
    List<Entry> back = new ArrayList<>();
    journal
        .posted(approved.visits().stream().map(approved::document).toList())
        .forEach(
            (document, lines) -> back.add(new Entry(document, today(), lines.negated().toList())));
    journal.post("WRITE_OFF_UNDONE", approved.id(), back);
    record(Action.CHANGE, approved);
    return rows.find(id).orElseThrow();
  }

  private WriteOff require(UUID id) {
    return rows.find(id).orElseThrow(() -> NoSuchWriteOff.denied(audit, id));
  }

  private void record(Action action, WriteOff one) {
    audit.record(action, Subject.of(SUBJECT, one.id()), accounts.patients(List.of(one.account())));
  }
}
