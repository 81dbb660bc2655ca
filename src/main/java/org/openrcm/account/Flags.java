package org.openrcm.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The flags of accounts. Who raises or lowers one writes the audit row of the act. */
@Component
public class Flags {
  private final JdbcClient sql;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Flags(JdbcClient sql, ApplicationEventPublisher events, Clock clock) {
    this.sql = sql;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Raises a flag, from today on.
   *
   * @param claim number of the one visit that it is about; null for the account as a whole
   * @param until the last day on which it holds by itself; null until it is lowered
   * @param note why, for people of the office
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public UUID raise(
      long account, @Nullable Long claim, FlagKind kind, @Nullable LocalDate until, String note) {
    if (claim != null && !kind.isForVisit()) {
      throw new IllegalArgumentException("FLAG_IS_FOR_ACCOUNT");
    }
    UUID id = UUID.randomUUID();
    sql.sql(
            """
            insert into account_flag (practice_id, id, account_number, claim_number, kind,
              raised_on, raised_by, until, note)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(Actor.currentPractice())
        .param(id)
        .param(account)
        .param(claim)
        .param(kind.name())
        .param(LocalDate.now(clock))
        .param(Actor.current().name())
        .param(until)
        .param(note)
        .update();
    events.publishEvent(new AccountsTouched(List.of(account)));
    return id;
  }

  /**
   * Lowers a flag of an account, from today on.
   *
   * @return whether it was up
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean lower(long account, UUID id) {
    boolean lowered =
        sql.sql(
                    """
                update account_flag set lowered_on = ?, lowered_by = ?
                where id = ? and account_number = ? and lowered_on is null
                """)
                .params(LocalDate.now(clock), Actor.current().name(), id, account)
                .update()
            > 0;
    events.publishEvent(new AccountsTouched(List.of(account)));
    return lowered;
  }

  /** All that was ever raised on these accounts, the latest first. */
  @Transactional
  public Map<Long, List<Flag>> of(Collection<Long> accounts) {
    Map<Long, List<Flag>> flags = new HashMap<>();
    sql.sql(
            """
            select * from account_flag where account_number = any (?)
            order by raised_on desc, id
            """)
        .param(accounts.toArray(Long[]::new))
        .query(Flags::flag)
        .list()
        .forEach(flag -> flags.computeIfAbsent(flag.account(), key -> new ArrayList<>()).add(flag));
    return flags;
  }

  private static Flag flag(ResultSet row, int index) throws SQLException {
    return new Flag(
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        row.getLong("account_number"),
        row.getObject("claim_number", Long.class),
        FlagKind.valueOf(row.getString("kind")),
        Objects.requireNonNull(row.getObject("raised_on", LocalDate.class)),
        row.getString("raised_by"),
        row.getObject("until", LocalDate.class),
        row.getString("note"),
        row.getObject("lowered_on", LocalDate.class),
        row.getString("lowered_by"));
  }
}
