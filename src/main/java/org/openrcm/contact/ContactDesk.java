package org.openrcm.contact;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.AccountPage;
import org.openrcm.account.Accounts;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people of the office see and do about how an account's payer is reached; on record. */
@Component
class ContactDesk {
  private final AccountPage.Reader pages;
  private final Accounts accounts;
  private final Contacts contacts;
  private final DecisionRows decisions;
  private final Gathering gathering;
  private final Notices notices;
  private final Settings settings;
  private final ValidationClocks clocks;
  private final org.openrcm.statement.Contacts letterhead;
  private final AuditTrail audit;
  private final Clock clock;

  ContactDesk(
      AccountPage.Reader pages,
      Accounts accounts,
      Contacts contacts,
      DecisionRows decisions,
      Gathering gathering,
      Notices notices,
      Settings settings,
      ValidationClocks clocks,
      org.openrcm.statement.Contacts letterhead,
      AuditTrail audit,
      Clock clock) {
    this.pages = pages;
    this.accounts = accounts;
    this.contacts = contacts;
    this.decisions = decisions;
    this.gathering = gathering;
    this.notices = notices;
    this.settings = settings;
    this.clocks = clocks;
    this.letterhead = letterhead;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * The page of an account's contacts.
   *
   * @param decisions whether who is to pay may be asked for it now, by channel
   * @param steps what may be done beyond asking, and why not
   * @param validation the clock of the validation notice; null where the law asks for none
   * @param points numbers and e-mail addresses
   * @param known what holds; {@code lifted} what does not any more
   * @param home the practice's zone, in which moments are typed
   */
  record View(
      AccountPage account,
      Map<Channel, Decision> decisions,
      Map<Step, List<Ruling>> steps,
      ValidationClocks.@Nullable Period validation,
      List<Known.Point> points,
      List<Notice> known,
      List<Notice> lifted,
      List<Contact> log,
      Scripts.Said script,
      Instant now,
      ZoneId home) {

    /** A moment as the practice's clock shows it. */
    public String when(Instant moment) {
      return Times.shown(moment, List.of(home), now);
    }

    public String shown(String address) {
      return Addresses.shown(address);
    }
  }

  @Transactional
  public View view(String id) {
    AccountPage account = pages.head(id);
    long number = pages.number(id, Action.VIEW);
    Map<Channel, Decision> decided = contacts.decide(number);
    Known known = Objects.requireNonNull(gathering.of(List.of(number)).get(number));
    List<Notice> told = notices.of(List.of(number));
    Setting setting = settings.current();
    return new View(
        account,
        decided,
        contacts.steps(number),
        clocks.of(number).orElse(null),
        known.points(),
        told.stream().filter(notice -> notice.lifted() == null).toList(),
        told.stream().filter(notice -> notice.lifted() != null).toList(),
        contacts.of(number),
        script(setting, known.facts(), account.value("LANGUAGE")),
        clock.instant(),
        ZoneId.of(setting.zone()));
  }

  private Scripts.Said script(Setting setting, Facts facts, String language) {
    org.openrcm.statement.Contact practice = letterhead.current();
    return Scripts.of(
        setting, facts, language, practice.name(), practice.phone(), Actor.current().name());
  }

  ZoneId home() {
    return ZoneId.of(settings.current().zone());
  }

  Instant now() {
    return clock.instant();
  }

  /** A decision as it was stored, with the facts that it rests on. */
  record Past(AccountPage account, DecisionRows.Stored stored, ZoneId home) {

    public Facts facts() {
      return stored.facts();
    }

    public Decision decision() {
      return stored.decision();
    }

    /** Whether it would be the same decision if it were made again from what was stored. */
    public boolean isSame() {
      Verdict again = stored.again();
      return again.allowed() == decision().allowed()
          && Objects.equals(again.nextAllowed(), decision().nextAllowed())
          && again.rulings().equals(decision().rulings());
    }

    public String when(Instant moment) {
      return Times.shown(moment, List.of(home), Instant.EPOCH);
    }
  }

  @Transactional
  public Past decision(String id, UUID decision) {
    AccountPage account = pages.head(id);
    long number = pages.number(id, Action.VIEW);
    DecisionRows.Stored stored = decisions.find(number, decision).orElseThrow(NothingNoted::new);
    audit.record(
        Action.VIEW, Subject.of("ContactDecision", decision), accounts.patients(List.of(number)));
    return new Past(account, stored, home());
  }

  @Transactional
  public Contact log(String id, Contacted what, String key) {
    long account = pages.number(id, Action.ADD);
    Contact contact = contacts.log(account, what, key);
    audit.record(
        Action.ADD, Subject.of("Contact", contact.id()), accounts.patients(List.of(account)));
    return contact;
  }

  @Transactional
  public UUID note(String id, Told told, String name, String note) {
    long account = pages.number(id, Action.ADD);
    UUID notice = notices.note(account, told, name, note);
    audit.record(
        Action.ADD, Subject.of("ContactNotice", notice), accounts.patients(List.of(account)));
    return notice;
  }

  /**
   * Takes off what was noted.
   *
   * @return whether it held
   */
  @Transactional
  public boolean lift(String id, UUID notice) {
    long account = pages.number(id, Action.CHANGE);
    boolean lifted = notices.lift(account, notice);
    if (lifted) {
      audit.record(
          Action.CHANGE, Subject.of("ContactNotice", notice), accounts.patients(List.of(account)));
    }
    return lifted;
  }
}
