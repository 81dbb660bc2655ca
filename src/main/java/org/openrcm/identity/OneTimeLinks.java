package org.openrcm.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Links that work once and for a while: an invitation for a person, or a whole sign-in when all the
 * practices that the person works for are made up. Only the SHA-256 of a token is kept.
 */
@Component
public class OneTimeLinks {
  private final JdbcClient database;
  private final Clock clock;

  OneTimeLinks(JdbcClient database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Whom a used link was for; null for the first administrator. */
  record Holder(@Nullable UUID staff) {}

  /** The page of a token, to be put behind the address of this server. */
  public static String path(String token) {
    return "/sign-in/link?token=" + token;
  }

  /** A new token for a person; those that they had before end. */
  @Transactional
  public String create(UUID staff, Duration validFor) {
    return make(staff, validFor);
  }

  String make(@Nullable UUID staff, Duration validFor) {
    Instant now = clock.instant();
    database
        .sql(
            "update one_time_link set used_at = ?"
                + " where staff_id is not distinct from ? and used_at is null")
        .param(utc(now))
        .param(staff)
        .update();
    String token = Tokens.random();
    database
        .sql(
            "insert into one_time_link (token_hash, staff_id, created_at, expires_at)"
                + " values (?, ?, ?, ?)")
        .param(Tokens.hash(token))
        .param(staff)
        .param(utc(now))
        .param(utc(now.plus(validFor)))
        .update();
    return token;
  }

  /** Uses a token up; empty when it is unknown, used or too old. */
  Optional<Holder> use(String token) {
    OffsetDateTime now = utc(clock.instant());
    return database
        .sql(
            "update one_time_link set used_at = ?"
                + " where token_hash = ? and used_at is null and expires_at > ? returning staff_id")
        .params(now, Tokens.hash(token), now)
        .query((row, number) -> new Holder(row.getObject("staff_id", UUID.class)))
        .optional();
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
