package org.openrcm.collections;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.account.AccountsTouched;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Flags;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.contact.Channel;
import org.openrcm.contact.Contact;
import org.openrcm.contact.Contacted;
import org.openrcm.contact.Contacts;
import org.openrcm.contact.Direction;
import org.openrcm.contact.Outcome;
import org.openrcm.contact.Party;
import org.openrcm.contact.Purpose;
import org.openrcm.identity.Staff;
import org.openrcm.payment.Amounts;
import org.openrcm.payment.CardNumbers;
import org.openrcm.payment.OpenVisit;
import org.openrcm.payment.PatientBalances;
import org.openrcm.payment.Plan;
import org.openrcm.payment.Plans;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Does what a collector noted of the account that they hold: the contact, what was agreed on, and
 * when the account is looked at again, all of it or nothing.
 */
@Component
class Working {
  private static final int LONGEST_NOTE = 1000;

  /** How long an account can rest at most. */
  private static final int REST_DAYS = 90;

  private final Leases leases;
  private final Assignments assignments;
  private final Steps steps;
  private final Drafts drafts;
  private final Contacts contacts;
  private final Promises promises;
  private final Plans plans;
  private final Flags flags;
  private final PatientBalances balances;
  private final Staff staff;
  private final Accounts accounts;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Working(
      Leases leases,
      Assignments assignments,
      Steps steps,
      Drafts drafts,
      Contacts contacts,
      Promises promises,
      Plans plans,
      Flags flags,
      PatientBalances balances,
      Staff staff,
      Accounts accounts,
      AuditTrail audit,
      ApplicationEventPublisher events,
      Clock clock) {
    this.leases = leases;
    this.assignments = assignments;
    this.steps = steps;
    this.drafts = drafts;
    this.contacts = contacts;
    this.promises = promises;
    this.plans = plans;
    this.flags = flags;
    this.balances = balances;
    this.staff = staff;
    this.accounts = accounts;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param step its number, by which it can be undone; null when there is nothing to undo
   * @param stays whether the collector still holds the account
   */
  record Done(long account, String words, @Nullable Long step, boolean stays) {}

  /** What is made of a form, beyond giving the account up. */
  private record Made(String words, @Nullable UUID about, @Nullable LocalDate rest) {}

  /**
   * Does it.
   *
   * @param key of the form: sent again, it has no second effect
   * @throws Refused when it breaks a rule of ours, or the account is not held any more
   * @throws org.openrcm.payment.Refused when it breaks one of payments and plans
   * @throws org.openrcm.contact.Refused when it breaks one of the log of contacts
   */
  @Transactional
  public Done save(UUID lease, WorkForm form, String key) {
    if (!key.matches("[0-9a-f-]{36}")) {
      throw new Refused(Refused.Reason.NO_KEY);
    }
    Optional<Step> before = steps.byKey(key);
    if (before.isPresent()) {
      return new Done(before.get().account(), "That was noted before.", null, false);
    }
    Act act = form.act();
    if (act == null) {
      throw new Refused(Refused.Reason.NO_ACT);
    }
    Lease held = leases.require(lease);
    checkNote(act, form.value("note"));
    Made made = make(act, held.number(), form, key);
    Contact contact = log(act, held.number(), form, key);
    boolean stays = act == Act.NOTE;
    long step = steps.add(held.number(), act.kind(), lease, made.words(), made.about(), key);
    events.publishEvent(new AccountsTouched(List.of(held.number())));
    if (!stays) {
      give(act, held, form, made);
    }
    drafts.drop(held.number());
    String forbidden =
        contact != null && contact.wasForbidden()
            ? " It is on record that a rule forbade the call."
            : "";
    boolean undo = made.about() != null || act == Act.SNOOZE || act == Act.TRANSFER;
    return new Done(held.number(), act.label() + ": noted." + forbidden, undo ? step : null, stays);
  }

  private static void checkNote(Act act, String note) {
    if (note.length() > LONGEST_NOTE) {
      throw new Refused(Refused.Reason.NOTE_TOO_LONG);
    }
    if (CardNumbers.isIn(note)) {
      throw new Refused(Refused.Reason.CARD_NUMBER);
    }
    if (note.isEmpty() && (act == Act.NOTE || act == Act.HOLD)) {
      throw new Refused(Refused.Reason.NOTE_NEEDED);
    }
  }

  private Made make(Act act, long account, WorkForm form, String key) {
    String note = form.value("note");
    return switch (act) {
      case PROMISE -> {
        Promise promise =
            promises.make(account, Amounts.typed(form.value("amount")), form.day("day"), key);
        yield new Made(
            "$%s by %s. %s".formatted(promise.amount(), promise.dueOn(), note).strip(),
            promise.id(),
            null);
      }
      case PLAN -> {
        Plan plan = plan(account, form, key);
        yield new Made(
            "$%s in %d parts. %s".formatted(plan.total(), plan.instalments().size(), note).strip(),
            plan.id(),
            null);
      }
      case DISPUTE -> {
        Long visit = visit(account, form.value("visit"));
        UUID flag = flag(account, visit, FlagKind.DISPUTE, null, note, "Told on the phone");
        yield new Made(note, flag, visit == null ? null : rest(act, form));
      }
      case ASSISTANCE ->
          new Made(
              note,
              flag(account, null, FlagKind.ASSISTANCE, null, note, "Asked for on the phone"),
              null);
      case HOLD ->
          new Made(
              note,
              flag(
                  account,
                  null,
                  FlagKind.HOLD,
                  form.value("until").isEmpty() ? null : later(form.day("until")),
                  note,
                  ""),
              null);
      case NOTE, SKIP, TRANSFER -> new Made(note, null, null);
      case SNOOZE -> {
        LocalDate until = restUntil(form.day("until"));
        yield new Made("Until %s. %s".formatted(until, note).strip(), null, until);
      }
      default -> new Made(note, null, rest(act, form));
    };
  }

  private LocalDate today() {
    return LocalDate.now(clock);
  }

  private LocalDate later(LocalDate day) {
    if (day.isBefore(today())) {
      throw new Refused(Refused.Reason.NOT_IN_THE_PAST);
    }
    return day;
  }

  /** As typed, or as many days as it rests usually. */
  private LocalDate rest(Act act, WorkForm form) {
    return form.value("rest").isEmpty()
        ? today().plusDays(act.rest())
        : restUntil(form.day("rest"));
  }

  /** The day itself, if an account may rest until its morning. */
  private LocalDate restUntil(LocalDate day) {
    if (!day.isAfter(today())) {
      throw new Refused(Refused.Reason.SNOOZE_NOT_LATER);
    }
    if (day.isAfter(today().plusDays(REST_DAYS))) {
      throw new Refused(Refused.Reason.SNOOZE_TOO_FAR);
    }
    return day;
  }

  private Plan plan(long account, WorkForm form, String key) {
    String count = form.value("instalments");
    return plans.make(
        account,
        Amounts.typed(form.value("amount")),
        count.matches("\\d{1,4}") ? Integer.parseInt(count) : 0,
        form.day("first"),
        key);
  }

  /** The number of the visit with this id; null for the account as a whole. */
  private @Nullable Long visit(long account, String id) {
    if (id.isEmpty()) {
      return null;
    }
    return balances.of(account).visits().stream()
        .filter(each -> each.id().toString().equals(id))
        .map(OpenVisit::claim)
        .findFirst()
        .orElseThrow(() -> new Refused(Refused.Reason.NO_SUCH_VISIT));
  }

  private UUID flag(
      long account,
      @Nullable Long visit,
      FlagKind kind,
      @Nullable LocalDate until,
      String note,
      String otherwise) {
    UUID flag = flags.raise(account, visit, kind, until, note.isEmpty() ? otherwise : note);
    record(Action.ADD, "AccountFlag", flag, account);
    return flag;
  }

  private void record(Action action, String type, UUID id, long account) {
    audit.record(action, Subject.of(type, id), accounts.patients(List.of(account)));
  }

  /** Puts the call on the log; null when it is about none. */
  private @Nullable Contact log(Act act, long account, WorkForm form, String key) {
    Outcome outcome = act.outcome();
    if (outcome == null) {
      return null;
    }
    boolean inbound = act.isTalk() && form.isInbound();
    String number = form.value("number");
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Contact contact =
        contacts.log(
            account,
            new Contacted(
                Channel.CALL,
                inbound ? Direction.IN : Direction.OUT,
                outcome,
                Purpose.COLLECT,
                Party.PAYER,
                number.isEmpty() ? null : number,
                now,
                form.value("note")),
            key);
    record(Action.ADD, "Contact", contact.id(), account);
    return contact;
  }

  private void give(Act act, Lease held, WorkForm form, Made made) {
    switch (act) {
      case SKIP -> leases.skipped(held);
      case TRANSFER -> assignments.transferred(held, QueuePages.colleague(staff, form.value("to")));
      default -> leases.finished(held, made.rest());
    }
  }

  /**
   * Undoes a step of the current collector's: what it made is taken back, what they said to whom
   * stays on the log.
   *
   * @throws Refused when it is not theirs, or cannot be undone
   */
  @Transactional
  public void undo(long account, long number) {
    Step step =
        steps.of(account).stream()
            .filter(each -> each.number() == number)
            .filter(each -> Objects.equals(each.staff(), Actor.current().id()))
            .findFirst()
            .orElseThrow(() -> new Refused(Refused.Reason.NOTHING_TO_UNDO));
    UUID about = step.about();
    switch (step.kind()) {
      case PROMISED -> promises.withdraw(account, Objects.requireNonNull(about));
      case PLANNED -> plans.cancel(Objects.requireNonNull(about));
      case DISPUTED, HELP_ASKED, HELD -> {
        if (about != null && flags.lower(account, about)) {
          record(Action.CHANGE, "AccountFlag", about, account);
        }
      }
      case SNOOZED, CONTACTED -> assignments.wake(account);
      case TRANSFERRED -> assignments.reassign(account, null);
      default -> throw new Refused(Refused.Reason.NOTHING_TO_UNDO);
    }
    steps.add(account, Step.Kind.UNDONE, null, step.kind().label());
    events.publishEvent(new AccountsTouched(List.of(account)));
  }
}
