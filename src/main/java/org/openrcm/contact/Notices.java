package org.openrcm.contact;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.account.AccountsTouched;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Flags;
import org.openrcm.account.Preferences;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Consents, wishes, refusals and all else that was told of how people may be reached. Who notes one
 * or takes it off writes the audit row of the act.
 */
@Component
class Notices {
  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient sql;
  private final Flags flags;
  private final Preferences.Desk preferences;
  private final AuditTrail audit;
  private final Accounts accounts;
  private final Clock clock;
  private final ApplicationEventPublisher events;

  Notices(
      JdbcClient sql,
      Flags flags,
      Preferences.Desk preferences,
      AuditTrail audit,
      Accounts accounts,
      Clock clock,
      ApplicationEventPublisher events) {
    this.sql = sql;
    this.flags = flags;
    this.preferences = preferences;
    this.audit = audit;
    this.accounts = accounts;
    this.clock = clock;
    this.events = events;
  }

  /** What it means for bills, payments and the queue follows from it, each with its own row. */
  @Transactional(propagation = Propagation.MANDATORY)
  public UUID note(long account, Told told, String name, String note) {
    UUID id = UUID.randomUUID();
    sql.sql(
            """
            insert into contact_notice (practice_id, number, id, account_number, kind, address,
              told, name, note, noted_at, noted_by, flag_id)
            values (?, nextval('contact_notice_number'), ?, ?, ?, ?, ?::json, ?, ?, ?, ?, ?)
            """)
        .param(Actor.currentPractice())
        .param(id)
        .param(account)
        .param(told.kind().name())
        .param(told.address())
        .param(JSON.writeValueAsString(told))
        .param(name)
        .param(note)
        .param(clock.instant().atOffset(ZoneOffset.UTC))
        .param(Actor.current().name())
        .param(raise(account, told.kind()))
        .update();
    if (told.refuses(Channel.EMAIL)) {
      for (long each : reachedAt(account, told.address())) {
        String email = preferences.of(each).email();
        preferences.backToPaper(each, email, Preferences.Why.EMAIL_REFUSED);
      }
    }
    touch(account, told);
    return id;
  }

  /** The account, or where an e-mail address is refused, all that have it. */
  private List<Long> reachedAt(long account, @Nullable String address) {
    return address == null
        ? List.of(account)
        : sql.sql("select number from account where lower(email) = ? order by number")
            .param(address)
            .query(Long.class)
            .list();
  }

  /** A flag of its own, whatever flags are up: it holds as long as the notice does. */
  private @Nullable UUID raise(long account, NoticeKind kind) {
    FlagKind flag = kind.flag();
    if (flag == null) {
      return null;
    }
    UUID id = flags.raise(account, null, flag, null, kind.label());
    audit.record(Action.ADD, flagged(id), accounts.patients(List.of(account)));
    return id;
  }

  private static Subject flagged(UUID flag) {
    return Subject.of("AccountFlag", flag);
  }

  /**
   * Takes one off, from now on, and lowers the flag that it raised.
   *
   * @return whether it was in force
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean lift(long account, UUID id) {
    List<Notice> lifted =
        sql.sql(
                """
                update contact_notice set lifted_at = ?, lifted_by = ?
                where id = ? and account_number = ? and lifted_at is null
                returning *
                """)
            .param(clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
            .param(Actor.current().name())
            .param(id)
            .param(account)
            .query(Notices::notice)
            .list();
    for (Notice notice : lifted) {
      if (notice.flag() != null && flags.lower(account, notice.flag())) {
        audit.record(Action.CHANGE, flagged(notice.flag()), accounts.patients(List.of(account)));
      }
      touch(account, notice.told());
    }
    return !lifted.isEmpty();
  }

  /**
   * Tells whom it is about: a number that is not to be called may be that of other accounts too.
   */
  private void touch(long account, Told told) {
    TreeSet<Long> accounts = new TreeSet<>(List.of(account));
    if (told.kind() == NoticeKind.REFUSED_CHANNEL
        && told.address() != null
        && (told.channel() == null || told.channel().isByPhone())) {
      accounts.addAll(
          sql.sql(
                  """
                  select number from account
                  where :address in (right(regexp_replace(phone, '\\D', '', 'g'), 10),
                    right(regexp_replace(guarantor_phone, '\\D', '', 'g'), 10))
                  union
                  select account_number from contact_notice where address = :address
                  """)
              .param("address", told.address())
              .query(Long.class)
              .list());
    }
    events.publishEvent(new AccountsTouched(accounts));
  }

  /** All that was noted for these accounts, the latest first. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Notice> of(Collection<Long> accounts) {
    return sql.sql(
            "select * from contact_notice where account_number = any (?) order by number desc")
        .param(accounts.toArray(Long[]::new))
        .query(Notices::notice)
        .list();
  }

  /**
   * What holds of these numbers and e-mail addresses whoever's account it came by: refusals, and
   * that nothing arrives there.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Notice> refusals(Collection<String> addresses) {
    return sql.sql(
            """
            select * from contact_notice
            where address = any (?) and kind in ('REVOKED', 'REFUSED_CHANNEL', 'EMAIL_FAILED')
              and lifted_at is null
            """)
        .param(addresses.toArray(String[]::new))
        .query(Notices::notice)
        .list();
  }

  private static Notice notice(ResultSet row, int index) throws SQLException {
    return new Notice(
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        row.getLong("account_number"),
        JSON.readValue(row.getString("told"), Told.class),
        row.getString("name"),
        row.getString("note"),
        row.getString("noted_by"),
        row.getObject("flag_id", UUID.class),
        instant(row, "lifted_at"),
        row.getString("lifted_by"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
