package org.openrcm.collections;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
  public long add(long account, Step.Kind kind, @Nullable UUID lease, String words) {
    return add(account, kind, lease, words, null, null);
  }

  /**
   * The same.
   *
   * @param about what it made, by which it can be undone
   * @param key of the form that was sent
   * @return its number
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public long add(
      long account,
      Step.Kind kind,
      @Nullable UUID lease,
      String words,
      @Nullable UUID about,
      @Nullable String key) {
    return sql.sql(
            """
            insert into collection_step (practice_id, number, account_number, at, staff_id,
              staff_name, kind, lease, words, about, idempotency_key)
            values (?, nextval('collection_step_number'), ?, ?, ?, ?, ?, ?, ?, ?, ?)
            returning number
            """)
        .param(Actor.currentPractice())
        .param(account)
        .param(at(clock.instant()))
        .param(Actor.current().id())
        .param(Actor.current().name())
        .param(kind.name())
        .param(lease)
        .param(words)
        .param(about)
        .param(key)
        .query(Long.class)
        .single();
  }

  /** Notes something of many accounts, with the words of each. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void addAll(List<Long> accounts, Step.Kind kind, List<String> words) {
    sql.sql(
            """
            insert into collection_step (practice_id, number, account_number, at, staff_id,
              staff_name, kind, words)
            select ?, nextval('collection_step_number'), n.account, ?, ?, ?, ?, n.words
            from unnest(?::bigint[], ?::text[]) n (account, words)
            """)
        .param(Actor.currentPractice())
        .param(at(clock.instant()))
        .param(Actor.current().id())
        .param(Actor.current().name())
        .param(kind.name())
        .param(accounts.toArray(Long[]::new))
        .param(words.toArray(String[]::new))
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
        .query(Steps::step)
        .list();
  }

  private static Step step(ResultSet row, int index) throws SQLException {
    return new Step(
        row.getLong("number"),
        row.getLong("account_number"),
        Objects.requireNonNull(row.getObject("at", OffsetDateTime.class)).toInstant(),
        row.getObject("staff_id", UUID.class),
        row.getString("staff_name"),
        Step.Kind.valueOf(row.getString("kind")),
        row.getObject("about", UUID.class),
        row.getString("words"));
  }

  /** What was done by a form that was sent before. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<Step> byKey(String key) {
    return sql.sql("select * from collection_step where idempotency_key = ?")
        .param(key)
        .query(Steps::step)
        .optional();
  }
}
