package org.openrcm.compliance;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Notes what was told of patients, and gives the accounting of it. All of it is on record. */
@Component
class Disclosures {
  static final String SUBJECT = "Disclosure";
  static final String REQUEST = "AccountingRequest";

  private final DisclosureRows rows;
  private final RoutineDisclosures routine;
  private final Accounts accounts;
  private final AuditTrail audit;
  private final JdbcClient sql;
  private final Clock clock;

  Disclosures(
      DisclosureRows rows,
      RoutineDisclosures routine,
      Accounts accounts,
      AuditTrail audit,
      JdbcClient sql,
      Clock clock) {
    this.rows = rows;
    this.routine = routine;
    this.accounts = accounts;
    this.audit = audit;
    this.sql = sql;
    this.clock = clock;
  }

  /**
   * What the page of an account shows.
   *
   * @param now the accounting that would be given today
   * @param free the requests that cost nothing, by id
   * @param sent what left the practice for payment, the latest first
   */
  record View(
      String patient,
      @Nullable LocalDate born,
      LocalDate today,
      Accounting now,
      List<Disclosure> all,
      List<AccountingRequest> requests,
      Set<UUID> free,
      List<RoutineDisclosures.Row> sent) {}

  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
  }

  /** All of an account, on record. */
  @Transactional
  public View view(long account) {
    List<Disclosure> all = rows.ofAccount(account);
    List<AccountingRequest> requests = rows.requests(account);
    List<UUID> patients = accounts.patients(List.of(account));
    audit.record(Action.VIEW, Subject.list(SUBJECT), patients);
    return sql.sql("select first_name, last_name, birth_date from account where number = ?")
        .param(account)
        .query(
            (row, index) ->
                new View(
                    DisclosurePatients.name(
                        row.getString("last_name"), row.getString("first_name")),
                    row.getObject("birth_date", LocalDate.class),
                    today(),
                    Accounting.of(all, today(), today()),
                    all,
                    requests,
                    AccountingRequest.free(requests),
                    routine.of(patients)))
        .single();
  }

  /** The accounting of today, to be copied out. */
  @Transactional
  public Accounting copy(long account) {
    record(Action.COPY, Subject.list(SUBJECT), account);
    return Accounting.of(rows.ofAccount(account), today(), today());
  }

  /** Notes what was told; the same form again changes nothing. */
  @Transactional
  public void note(long account, DisclosureForm form) {
    if (rows.insert(form.id(), account, form, clock.instant())) {
      record(Action.ADD, Subject.of(SUBJECT, form.id()), account);
    }
  }

  /** It was noted by mistake. */
  @Transactional
  public void withdraw(long account, UUID id) {
    rows.lock(account);
    Disclosure one = require(account, id);
    if (!one.isWithdrawn()) {
      rows.withdraw(one, clock.instant());
      record(Action.CHANGE, Subject.of(SUBJECT, id), account);
    }
  }

  /**
   * Keeps it from the patient for a while.
   *
   * @param until the last day where the official wrote one; without writing it is 30 days
   * @return what is wrong; null when it is held
   */
  @Transactional
  public @Nullable String hold(
      long account, UUID id, String agency, LocalDate said, @Nullable LocalDate until) {
    rows.lock(account);
    Disclosure one = require(account, id);
    if (!one.purpose().held() || one.isWithdrawn()) {
      return "Only what a health oversight agency or a law enforcement official got can be held.";
    }
    if (said.isAfter(today()) || (until != null && until.isBefore(said))) {
      return "Give the day on which they asked, today or before, and a last day after it.";
    }
    LocalDate ends = until == null ? said.plusDays(Term.ORAL_HOLD_DAYS.on(said)) : until;
    rows.hold(one, new Disclosure.Hold(agency, until != null, said, ends), clock.instant());
    record(Action.CHANGE, Subject.of(SUBJECT, id), account);
    return null;
  }

  private Disclosure require(long account, UUID id) {
    return rows.ofAccount(account).stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> NoSuchDisclosure.denied(audit, SUBJECT, id));
  }

  /** Notes that the patient asked for an accounting; the same form again changes nothing. */
  @Transactional
  public void ask(long account, UUID key, LocalDate askedOn) {
    if (rows.insert(key, account, askedOn, clock.instant())) {
      record(Action.ADD, Subject.of(REQUEST, key), account);
    }
  }

  /**
   * The patient was told in writing that it takes longer, and why.
   *
   * @return false when it cannot be put off: it is late, given, or was put off before
   */
  @Transactional
  public boolean extend(long account, UUID id, String why) {
    rows.lock(account);
    AccountingRequest one = requireRequest(account, id);
    if (!one.canBeExtended(today())) {
      return false;
    }
    rows.extend(one, today(), why);
    record(Action.CHANGE, Subject.of(REQUEST, id), account);
    return true;
  }

  /** Keeps what is given to the patient today; given again it stays as it was. */
  @Transactional
  public void give(long account, UUID id) {
    rows.lock(account);
    AccountingRequest one = requireRequest(account, id);
    if (one.isOpen()) {
      Accounting given = Accounting.of(rows.ofAccount(account), one.askedOn(), today());
      rows.give(one, today(), given);
      record(Action.CHANGE, Subject.of(REQUEST, id), account);
    }
  }

  /** What was given to the patient; on record as this act. */
  @Transactional
  public AccountingRequest given(long account, UUID id, Action action) {
    AccountingRequest one = requireRequest(account, id);
    if (one.isOpen()) {
      throw NoSuchDisclosure.denied(audit, REQUEST, id);
    }
    record(action, Subject.of(REQUEST, id), account);
    return one;
  }

  private AccountingRequest requireRequest(long account, UUID id) {
    return rows.requests(account).stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> NoSuchDisclosure.denied(audit, REQUEST, id));
  }

  private void record(Action action, Subject subject, long account) {
    audit.record(action, subject, accounts.patients(List.of(account)));
  }
}
