package org.openrcm.portal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts tries of codes, each as wrong before it is looked at; what was right is taken back.
 * Outside of any transaction, so that many at once get no more tries than one after the other.
 */
@Component
class CodeTries {
  private final JdbcClient sql;
  private final Clock clock;

  CodeTries(JdbcClient sql, Clock clock) {
    this.sql = sql;
    this.clock = clock;
  }

  /** Counts one more; whether it is within the limit. */
  boolean count(Limit limit, byte[] key) {
    Instant now = clock.instant();
    int tries =
        sql.sql(
                """
                insert into code_tries as t (kind, key, since, tries) values (:kind, :key, :now, 1)
                on conflict (kind, key) do update set
                  tries = case when t.since <= :start then 1 else t.tries + 1 end,
                  since = case when t.since <= :start then excluded.since else t.since end
                returning tries
                """)
            .param("kind", limit.name())
            .param("key", key)
            .param("now", utc(now))
            .param("start", utc(now.minus(limit.window())))
            .query(Integer.class)
            .single();
    return tries <= limit.tries();
  }

  /** Takes one back that was right. */
  void forgive(Limit limit, byte[] key) {
    sql.sql("update code_tries set tries = greatest(tries - 1, 0) where kind = ? and key = ?")
        .params(limit.name(), key)
        .update();
  }

  /** Clears away, a few at a time, what does not count any more. */
  void clear() {
    for (Limit limit : Limit.values()) {
      sql.sql(
              """
              delete from code_tries where (kind, key) in (
                select kind, key from code_tries where kind = ? and since <= ?
                limit 100 for update skip locked)
              """)
          .params(limit.name(), utc(clock.instant().minus(limit.window())))
          .update();
    }
  }

  /** What is counted by, so that nothing is kept that can be read. */
  static byte[] key(String text) {
    return key(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] key(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
