package org.openrcm.portal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.statement.Codes;
import org.openrcm.statement.Language;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens an account by a code that is printed on one of its statements, and the birth date of the
 * patient who is named there.
 *
 * <p>A code opens for 180 days from its statement's day. A newer statement replaces it thirty days
 * after that one's day: letters cross, and the last one lies on the table. That a code is old is
 * told only to who knows the birth date.
 *
 * <p>Each try is counted first ({@link Limit}), does the same work whether there is such a code or
 * not, and its refusal takes {@link #SLOWEST} at least: neither words nor time tell of a code.
 */
@Component
class CodeSignIn {
  static final Duration VALID = Duration.ofDays(Codes.VALID_DAYS);
  private static final int CROSSING_DAYS = 30;

  /** Longer than any of the work takes. */
  static final Duration SLOWEST = Duration.ofMillis(300);

  private static final String TOO_OLD = "the code is too old";
  private static final String TRIED_TOO_OFTEN = "locked after too many wrong tries";
  private static final String PRACTICE_UNKNOWN = "none";
  private static final int NETWORK_BYTES = 8;

  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final CodeTries tries;
  private final AuditTrail audit;
  private final Clock clock;

  CodeSignIn(
      JdbcClient sql,
      TransactionTemplate transaction,
      CodeTries tries,
      AuditTrail audit,
      Clock clock) {
    this.sql = sql;
    this.transaction = transaction;
    this.tries = tries;
    this.audit = audit;
    this.clock = clock;
  }

  /** What is told to who tries. */
  enum Answer {
    OPEN,
    /** The two do not go together, or do not exist, or too much was tried in the practice. */
    WRONG,
    /**
     * Too many wrong tries of this code or from this place, whether there is such a code or not.
     */
    LOCKED,
    /** Right, and too old. */
    OLD
  }

  /**
   * What came of a try.
   *
   * @param opened null when nothing is
   */
  record Tried(Answer answer, @Nullable Opened opened) {}

  /** The account that a code opens. */
  record Opened(UUID practice, long account, UUID accountId, UUID statement, Language language) {}

  private record Printed(UUID practice, long statement) {}

  private record Found(
      Opened opened, LocalDate issued, @Nullable LocalDate replaced, @Nullable LocalDate born) {}

  /** Tries; the caller has begun no transaction. */
  Tried open(String code, LocalDate born) {
    long begun = System.nanoTime();
    byte[] hash = Codes.hash(code);
    Printed printed =
        sql.sql(
                """
                select practice_id as practice, statement_number as statement from statement_code
                where code_hash = ?
                """)
            .param(hash)
            .query(Printed.class)
            .optional()
            .orElse(null);
    UUID practice = printed == null ? null : printed.practice();
    Map<Limit, byte[]> keys = keys(hash, practice);
    Map<Limit, Boolean> within = new EnumMap<>(Limit.class);
    keys.forEach((limit, key) -> within.put(limit, tries.count(limit, key)));
    Found found = find(practice, printed == null ? -1 : printed.statement());
    String refusal = refusal(found, born, within, practice != null);
    if (refusal == null) {
      keys.forEach(tries::forgive);
      return new Tried(Answer.OPEN, Objects.requireNonNull(found).opened());
    }
    Subject subject =
        found == null
            ? Subject.list("StatementCode")
            : Subject.of("Statement", found.opened().statement());
    Actor.current().concerning(practice).run(() -> audit.denied(Action.SIGN_IN, subject, refusal));
    if (refusal.equals(TOO_OLD)) {
      keys.forEach(tries::forgive);
    }
    tries.clear();
    waitSince(begun);
    return new Tried(
        switch (refusal) {
          case TOO_OLD -> Answer.OLD;
          case TRIED_TOO_OFTEN -> Answer.LOCKED;
          default -> Answer.WRONG;
        },
        null);
  }

  /** Why it is refused, as it stands on the record; null when it is not. */
  private @Nullable String refusal(
      @Nullable Found found, LocalDate born, Map<Limit, Boolean> within, boolean known) {
    if (within.entrySet().stream()
        .anyMatch(each -> each.getKey() != Limit.PRACTICE && !each.getValue())) {
      return TRIED_TOO_OFTEN;
    }
    if (known && !within.getOrDefault(Limit.PRACTICE, true)) {
      return "locked after too many wrong tries in the practice";
    }
    if (found == null) {
      return "unknown code";
    }
    if (!born.equals(found.born())) {
      return "wrong birth date";
    }
    LocalDate today = LocalDate.now(clock);
    LocalDate replaced = found.replaced();
    return today.isAfter(found.issued().plusDays(VALID.toDays()))
            || (replaced != null && today.isAfter(replaced.plusDays(CROSSING_DAYS)))
        ? TOO_OLD
        : null;
  }

  private static Map<Limit, byte[]> keys(byte[] hash, @Nullable UUID practice) {
    Map<Limit, byte[]> keys = new EnumMap<>(Limit.class);
    keys.put(Limit.CODE, hash);
    keys.put(Limit.LETTER, hash);
    keys.put(Limit.ADDRESS, CodeTries.key(network(Actor.current().address())));
    keys.put(
        Limit.PRACTICE, CodeTries.key(practice == null ? PRACTICE_UNKNOWN : practice.toString()));
    return keys;
  }

  /** What one household or office has: an IPv4 address, or the first half of an IPv6 one. */
  private static byte[] network(@Nullable String address) {
    String text = address == null ? "" : address;
    try {
      // only what has a colon: no name is ever looked up
      return text.contains(":") && InetAddress.getByName(text) instanceof Inet6Address six
          ? Arrays.copyOf(six.getAddress(), NETWORK_BYTES)
          : text.getBytes(StandardCharsets.UTF_8);
    } catch (UnknownHostException e) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Asks in the practice of the code, or in none, where nothing is found. */
  private @Nullable Found find(@Nullable UUID practice, long statement) {
    return Actor.current()
        .concerning(practice)
        .call(
            () ->
                Objects.requireNonNull(
                    transaction.execute(
                        status ->
                            sql.sql(
                                    """
                                select s.practice_id, s.id, s.account_number, s.language,
                                  s.issued_on, a.id as account_id, a.birth_date,
                                  (select min(n.issued_on) from statement n
                                   where n.account_number = s.account_number
                                     and n.number > s.number) as replaced_on
                                from statement s join account a on a.number = s.account_number
                                where s.number = ?
                                """)
                                .param(statement)
                                .query(
                                    (row, at) ->
                                        new Found(
                                            new Opened(
                                                row.getObject("practice_id", UUID.class),
                                                row.getLong("account_number"),
                                                row.getObject("account_id", UUID.class),
                                                row.getObject("id", UUID.class),
                                                Language.of(row.getString("language"))),
                                            row.getObject("issued_on", LocalDate.class),
                                            row.getObject("replaced_on", LocalDate.class),
                                            row.getObject("birth_date", LocalDate.class)))
                                .optional())))
        .orElse(null);
  }

  private static void waitSince(long begun) {
    long left = SLOWEST.toNanos() - (System.nanoTime() - begun);
    try {
      Thread.sleep(Math.max(left, 0) / 1_000_000, (int) (Math.max(left, 0) % 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
