package org.openrcm.collections;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.openrcm.account.Accounts;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What collectors typed and did not send yet: kept as typed, for the one who typed it. */
@Component
class Drafts {
  private static final String SUBJECT = "CollectionDraft";
  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient sql;
  private final Accounts accounts;
  private final AuditTrail audit;
  private final Clock clock;

  Drafts(JdbcClient sql, Accounts accounts, AuditTrail audit, Clock clock) {
    this.sql = sql;
    this.accounts = accounts;
    this.audit = audit;
    this.clock = clock;
  }

  /** What was typed, and when it was kept last. */
  record Draft(WorkForm form, Instant savedAt) {}

  private static UUID me() {
    return Objects.requireNonNull(Actor.current().id());
  }

  /** Keeps what the current collector has typed for an account. */
  @Transactional
  public void keep(long account, UUID id, WorkForm form) {
    sql.sql(
            """
            insert into collection_draft (practice_id, staff_id, account_number, saved_at, form)
            values (?, ?, ?, ?, ?::json)
            on conflict (practice_id, staff_id, account_number) do update
              set saved_at = excluded.saved_at, form = excluded.form
            """)
        .params(
            Actor.currentPractice(),
            me(),
            account,
            Steps.at(clock.instant()),
            JSON.writeValueAsString(form.fields()))
        .update();
    record(Action.CHANGE, account, id);
  }

  /** What they typed; empty when nothing. Who shows it writes the audit row. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<Draft> find(long account) {
    return sql.sql(
            "select form, saved_at from collection_draft where staff_id = ? and account_number = ?")
        .params(me(), account)
        .query(
            (row, index) ->
                new Draft(
                    new WorkForm(
                        JSON.readValue(
                            row.getString("form"), new TypeReference<Map<String, String>>() {})),
                    Objects.requireNonNull(row.getObject("saved_at", OffsetDateTime.class))
                        .toInstant()))
        .optional();
  }

  /** Shows it on a page of its own. */
  @Transactional
  public Optional<Draft> read(long account, UUID id) {
    record(Action.VIEW, account, id);
    return find(account);
  }

  private void record(Action action, long account, UUID id) {
    audit.record(action, Subject.of(SUBJECT, id), accounts.patients(List.of(account)));
  }

  /** It was sent. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void drop(long account) {
    sql.sql("delete from collection_draft where staff_id = ? and account_number = ?")
        .params(me(), account)
        .update();
  }
}
