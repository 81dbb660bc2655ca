package org.openrcm.collections;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What was done with accounts in the queue: written once, never changed. */
@Component
class Steps {
  private final JdbcClient sql;
  private final Clock clock;

  Steps(JdbcClient sql, Clock clock) {
    this.sql = sql;
    this.clock = clock;
  }

  /** Notes what the current actor did. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void add(long account, Step.Kind kind, @Nullable UUID lease, String words) {
    sql.sql(
            """
            insert into collection_step (practice_id, number, account_number, at, staff_id,
              staff_name, kind, lease, words)
            values (?, nextval('collection_step_number'), ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(Actor.currentPractice())
        .param(account)
        .param(at(clock.instant()))
        .param(Actor.current().id())
        .param(Actor.current().name())
        .param(kind.name())
        .param(lease)
        .param(words)
        .update();
  }

  static OffsetDateTime at(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }

  /** Of an account, the latest first. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Step> of(long account) {
    return sql.sql("select * from collection_step where account_number = ? order by number desc")
        .param(account)
        .query(
            (row, index) ->
                new Step(
                    account,
                    Objects.requireNonNull(row.getObject("at", OffsetDateTime.class)).toInstant(),
                    row.getString("staff_name"),
                    Step.Kind.valueOf(row.getString("kind")),
                    row.getString("words")))
        .list();
  }
}
