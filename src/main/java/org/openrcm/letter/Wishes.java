package org.openrcm.letter;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.openrcm.audit.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Letters as they become necessary, and not any more: of many accounts in as many queries as of
 * one. Who wants them writes the audit rows of the act.
 */
@Component
public class Wishes {
  private final JdbcClient sql;
  private final Clock clock;

  Wishes(JdbcClient sql, Clock clock) {
    this.sql = sql;
    this.clock = clock;
  }

  /**
   * What makes a letter necessary.
   *
   * @param account its number
   * @param cause such as the id of a promise; the same again is the same letter
   * @param since the first day on which it is so: a letter of the same stage that was wanted on it
   *     or later says it already
   */
  public record Wish(long account, Stage stage, String cause, LocalDate since) {

    String key() {
      return stage.name() + " " + cause;
    }
  }

  /** A letter that has begun to wait, or does not wait any more. */
  public record Changed(long account, Stage stage) {}

  /**
   * Has these letters wait to be printed. One that was withdrawn because its reason went away waits
   * again; one that a person withdrew stays withdrawn.
   *
   * @return those that did not wait before
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Changed> want(Collection<Wish> wishes) {
    if (wishes.isEmpty()) {
      return List.of();
    }
    return of(
            wishes,
            """
            insert into letter (practice_id, number, id, account_number, stage, cause, wanted_on,
              wanted_by)
            select :practice, nextval('letter_number'), gen_random_uuid(), w.account, w.stage,
              w.cause, :today, :by
            from (%s order by account) w
            where not exists (
              select from letter l where l.account_number = w.account and l.stage = w.stage
                and l.wanted_on >= w.since
                and (l.withdrawn_at is null or l.withdrawn_by is not null))
            on conflict (practice_id, cause) do update set withdrawn_at = null
              where letter.withdrawn_at is not null and letter.withdrawn_by is null
            returning account_number, stage
            """)
        .param("practice", Actor.currentPractice())
        .param("today", LocalDate.now(clock))
        .param("by", Actor.current().name())
        .query(Wishes::changed)
        .list();
  }

  /**
   * Withdraws the letters to these accounts that were not printed and whose reason has gone away.
   *
   * @param reasons that there still are
   * @return those that do not wait any more
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Changed> drop(Collection<Long> accounts, Collection<Wish> reasons) {
    return of(
            reasons,
            """
            update letter l set withdrawn_at = :now
            where l.account_number = any (:accounts) and l.withdrawn_at is null
              and not exists (select from letter_sent s where s.letter_number = l.number)
              and not exists (
                select from (%s) w where w.account = l.account_number and w.stage = l.stage
                  and w.since <= l.wanted_on)
            returning account_number, stage
            """)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("accounts", accounts.toArray(Long[]::new))
        .query(Wishes::changed)
        .list();
  }

  /** A statement with the wishes as rows. */
  private JdbcClient.StatementSpec of(Collection<Wish> wishes, String statement) {
    return sql.sql(
            statement.formatted(
                """
                select * from unnest(:numbers::bigint[], :stages::text[], :causes::text[],
                  :since::date[]) n (account, stage, cause, since)
                """))
        .param("numbers", wishes.stream().map(Wish::account).toArray(Long[]::new))
        .param("stages", texts(wishes, wish -> wish.stage().name()))
        .param("causes", texts(wishes, Wish::key))
        .param("since", texts(wishes, wish -> wish.since().toString()));
  }

  private static String[] texts(Collection<Wish> wishes, Function<Wish, String> text) {
    return wishes.stream().map(text).toArray(String[]::new);
  }

  private static Changed changed(ResultSet row, int index) throws SQLException {
    return new Changed(row.getLong("account_number"), Stage.valueOf(row.getString("stage")));
  }
}
