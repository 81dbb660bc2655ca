package org.openrcm.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tries to show a password or a code, counted for each who can sign in: five wrong ones, of either
 * kind, lock for a quarter of an hour (45 CFR 164.308(a)(5)(ii)(C)).
 */
final class Attempts {
  private static final int TRIES = 5;
  private static final Duration LOCK = Duration.ofMinutes(15);

  private final String table;
  private final JdbcClient database;
  private final Clock clock;

  /**
   * @param table of those who sign in, with their tries
   */
  Attempts(String table, JdbcClient database, Clock clock) {
    this.table = table;
    this.database = database;
    this.clock = clock;
  }

  enum Attempt {
    RIGHT,
    WRONG,
    LOCKED
  }

  /**
   * Counts an attempt as wrong before it is looked at, and takes that back when it was right: many
   * at once get no more tries than one after the other.
   */
  Attempt attempt(UUID id, Supplier<Boolean> isRight) {
    Instant now = clock.instant();
    int counted =
        database
            .sql(
                """
                update %s set
                  failed_attempts = case when locked_until is null then failed_attempts else 0 end + 1,
                  locked_until = case
                    when locked_until is null and failed_attempts + 1 >= :tries then :until end
                where id = :id and (locked_until is null or locked_until <= :now)
                """
                    .formatted(table))
            .param("tries", TRIES)
            .param("until", now.plus(LOCK).atOffset(ZoneOffset.UTC))
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("id", id)
            .update();
    if (counted == 0) {
      return Attempt.LOCKED;
    }
    if (!isRight.get()) {
      return Attempt.WRONG;
    }
    database
        .sql(
            """
            update %s set failed_attempts = greatest(failed_attempts - 1, 0),
              locked_until = case when failed_attempts > :tries then locked_until end
            where id = :id
            """
                .formatted(table))
        .param("tries", TRIES)
        .param("id", id)
        .update();
    return Attempt.RIGHT;
  }

  /** A whole sign-in: what was wrong before it does not count any more. */
  void forgive(UUID id) {
    database
        .sql("update %s set failed_attempts = 0, locked_until = null where id = ?".formatted(table))
        .param(id)
        .update();
  }

  /** Uses up the time step of a code; false when it is no code, or one that was used before. */
  boolean use(UUID id, OptionalLong step) {
    return step.isPresent()
        && database
                .sql(
                    "update %s set totp_last_step = ? where id = ? and totp_last_step < ?"
                        .formatted(table))
                .params(step.getAsLong(), id, step.getAsLong())
                .update()
            == 1;
  }
}
