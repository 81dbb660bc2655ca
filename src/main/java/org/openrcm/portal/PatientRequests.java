package org.openrcm.portal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Flags;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps what patients ask for, each with the flag that it raises: the office meets it on the
 * account, and no bill is sent meanwhile. What is asked twice is asked once.
 */
@Component
class PatientRequests {
  private final JdbcClient sql;
  private final Flags flags;
  private final Accounts accounts;
  private final AuditTrail audit;

  PatientRequests(JdbcClient sql, Flags flags, Accounts accounts, AuditTrail audit) {
    this.sql = sql;
    this.flags = flags;
    this.accounts = accounts;
    this.audit = audit;
  }

  /** All of an account, the latest first. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<PatientRequest> of(long account) {
    return sql.sql(
            """
            select r.*, f.lowered_on from patient_request r
            join account_flag f on f.id = r.flag_id
            where r.account_number = ? order by r.made_at desc, r.id
            """)
        .param(account)
        .query(PatientRequests::request)
        .list();
  }

  private static PatientRequest request(ResultSet row, int index) throws SQLException {
    String reason = row.getString("reason");
    return new PatientRequest(
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        PatientRequest.Kind.valueOf(row.getString("kind")),
        row.getObject("claim_number", Long.class),
        row.getObject("service_line", Integer.class),
        reason == null ? null : PatientRequest.Reason.valueOf(reason),
        row.getString("words"),
        Objects.requireNonNull(row.getObject("made_at", OffsetDateTime.class))
            .atZoneSameInstant(ZoneId.systemDefault())
            .toLocalDate(),
        Objects.requireNonNull(row.getObject("flag_id", UUID.class)),
        row.getObject("withdrawn_at") != null,
        row.getObject("lowered_on", LocalDate.class));
  }

  /** Of two that ask for one account at once the second finds what the first asked. */
  private Optional<PatientRequest> open(
      long account, PatientRequest.Kind kind, @Nullable Long claim) {
    sql.sql("select number from account where number = ? for update")
        .param(account)
        .query(Long.class)
        .single();
    return of(account).stream()
        .filter(each -> each.isOpen() && each.kind() == kind && Objects.equals(each.claim(), claim))
        .findFirst();
  }

  /**
   * Has a visit checked; the same visit is not asked for twice.
   *
   * @param line LX01 of a service of it; null for the visit as a whole
   */
  @Transactional
  public void dispute(
      long account,
      long claim,
      @Nullable Integer line,
      PatientRequest.Reason reason,
      String words) {
    if (open(account, PatientRequest.Kind.DISPUTE, claim).isPresent()) {
      return;
    }
    String note =
        "The patient, online: "
            + reason.office()
            + (line == null ? "" : " (line " + line + ")")
            + (words.isEmpty() ? "." : ". \u201c" + words + "\u201d");
    UUID flag = raise(account, claim, FlagKind.DISPUTE, note);
    insert(
        account,
        PatientRequest.Kind.DISPUTE,
        claim,
        line,
        reason,
        words,
        new PatientRequest.Household(null, null, ""),
        flag);
  }

  /** Asks for help with the bill; once while it is looked at. */
  @Transactional
  public void help(long account, PatientRequest.Household household, String words) {
    if (open(account, PatientRequest.Kind.ASSISTANCE, null).isPresent()) {
      return;
    }
    StringBuilder note = new StringBuilder("The patient, online: asks for help with the bill.");
    if (household.people() != null) {
      note.append(" People at home: ").append(household.people()).append('.');
    }
    if (household.income() != null) {
      note.append(" Income a month: about $").append(household.income()).append('.');
    }
    if (!household.phone().isEmpty()) {
      note.append(" Phone: ").append(household.phone()).append('.');
    }
    if (!words.isEmpty()) {
      note.append(" \u201c").append(words).append('\u201d');
    }
    UUID flag = raise(account, null, FlagKind.ASSISTANCE, note.toString());
    insert(account, PatientRequest.Kind.ASSISTANCE, null, null, null, words, household, flag);
  }

  private UUID raise(long account, @Nullable Long claim, FlagKind kind, String note) {
    UUID flag = flags.raise(account, claim, kind, null, note);
    record(Action.ADD, flag, account);
    return flag;
  }

  private void record(Action action, UUID flag, long account) {
    audit.record(action, Subject.of("AccountFlag", flag), accounts.patients(List.of(account)));
  }

  private void insert(
      long account,
      PatientRequest.Kind kind,
      @Nullable Long claim,
      @Nullable Integer line,
      PatientRequest.@Nullable Reason reason,
      String words,
      PatientRequest.Household household,
      UUID flag) {
    sql.sql(
            """
            insert into patient_request (practice_id, id, account_number, kind, claim_number,
              service_line, reason, words, people, income_cents, phone, flag_id)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(Actor.currentPractice())
        .param(UUID.randomUUID())
        .param(account)
        .param(kind.name())
        .param(claim)
        .param(line)
        .param(reason == null ? null : reason.name())
        .param(words)
        .param(household.people())
        .param(household.income() == null ? null : household.income().cents())
        .param(household.phone().isEmpty() ? null : household.phone())
        .param(flag)
        .update();
  }

  /**
   * Takes back what was asked; taken back twice it is taken back once.
   *
   * @throws NothingThere when the account has no such request
   */
  @Transactional
  public void withdraw(long account, UUID id) {
    PatientRequest request =
        of(account).stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(NothingThere::new);
    if (request.isOpen()) {
      sql.sql("update patient_request set withdrawn_at = clock_timestamp() where id = ?")
          .param(id)
          .update();
      flags.lower(account, request.flag());
      record(Action.CHANGE, request.flag(), account);
    }
  }
}
