package org.openrcm.statement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

/** Keeps what became of statements that were to go by e-mail. */
@Component
class Deliveries {
  private final JdbcClient sql;
  private final Preferences.Desk preferences;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;

  Deliveries(
      JdbcClient sql,
      Preferences.Desk preferences,
      AuditTrail audit,
      ApplicationEventPublisher events) {
    this.sql = sql;
    this.preferences = preferences;
    this.audit = audit;
    this.events = events;
  }

  /** How a statement stands; empty while nothing was tried. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<Delivery> last(long statement) {
    return sql.sql(
            """
            select state, at, why from statement_delivery where statement_number = ?
            order by number desc limit 1
            """)
        .param(statement)
        .query(Deliveries::delivery)
        .optional();
  }

  /** Of a row that has {@code state}, {@code at} and {@code why}. */
  static Delivery delivery(ResultSet row, int index) throws SQLException {
    String why = row.getString("why");
    return new Delivery(
        Delivery.State.valueOf(row.getString("state")),
        Objects.requireNonNull(row.getObject("at", OffsetDateTime.class)).toInstant(),
        why == null ? null : Undelivered.valueOf(why));
  }

  /** The mail server has taken it: what it says has left the house. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void sent(UUID id, long statement) {
    if (note(statement, Delivery.State.SENT, null)) {
      audit.record(Action.SEND, Subject.of(Statements.SUBJECT, id), patients(List.of(statement)));
    }
  }

  /** It is tried again. The same trouble stands there once, with its first time. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void failed(long statement, Undelivered why) {
    Delivery last = last(statement).orElse(null);
    if (last == null || (last.state() == Delivery.State.FAILED && last.why() != why)) {
      note(statement, Delivery.State.FAILED, why);
    }
  }

  /**
   * It is to be printed. Where the address is to blame the account's bills come on paper from now
   * on.
   *
   * @param address that it was sent to
   * @return whether it was not known before
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean onPaper(
      UUID id, long statement, long account, Undelivered why, @Nullable String address) {
    // the account first: who holds both rows takes them in this order
    sql.sql("select number from account where number = ? for update")
        .param(account)
        .query(Long.class)
        .list();
    boolean noted = note(statement, Delivery.State.PAPER, why);
    if (noted) {
      audit.record(Action.CHANGE, Subject.of(Statements.SUBJECT, id), patients(List.of(statement)));
      if (why.isOfAddress()) {
        preferences.backToPaper(account, address, Preferences.Why.EMAIL_FAILED);
        if (address != null) {
          events.publishEvent(new AddressFailed(account, address));
        }
      }
    }
    return noted;
  }

  private boolean note(long statement, Delivery.State state, @Nullable Undelivered why) {
    return sql.sql(
                """
                insert into statement_delivery (practice_id, number, statement_number, noted_by,
                  state, why)
                values (?, nextval('statement_delivery_number'), ?, ?, ?, ?)
                on conflict do nothing
                """)
            .param(Actor.currentPractice())
            .param(statement)
            .param(Actor.current().name())
            .param(state.name())
            .param(why == null ? null : why.name())
            .update()
        > 0;
  }

  /** Whose visits are on these statements. */
  List<UUID> patients(Collection<Long> statements) {
    return sql.sql(
            """
            select distinct c.patient_id from statement_visit v
            join claim c on c.number = v.claim_number where v.statement_number = any (?)
            """)
        .param(statements.toArray(Long[]::new))
        .query(UUID.class)
        .list();
  }
}
