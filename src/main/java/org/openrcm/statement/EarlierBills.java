package org.openrcm.statement;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The bills that a made-up practice has sent before its server began: some of its patients have had
 * every statement of the cycle, so that there is somebody to talk to.
 */
@Component
public class EarlierBills {
  /** Each early enough that the next stage is reached; the last is past due. */
  private static final List<Integer> DAYS_AGO = List.of(115, 85, 55, 25);

  private static final int ACCOUNTS = 8;

  private static final Policy.Letterhead FROM =
      new Policy.Letterhead(
          "Larkfield Family Practice",
          List.of("2 Larkfield Row", "Larkfield VT 05999"),
          "802-555-0100",
          "Monday to Friday, 8 am to 5 pm",
          "de lunes a viernes, de 8 a. m. a 5 p. m.",
          null);

  private final JdbcClient sql;
  private final Policies policies;
  private final Decisions decisions;
  private final Statements statements;
  private final Clock clock;

  EarlierBills(
      JdbcClient sql, Policies policies, Decisions decisions, Statements statements, Clock clock) {
    this.sql = sql;
    this.policies = policies;
    this.decisions = decisions;
    this.statements = statements;
    this.clock = clock;
  }

  /** Sends them for the practice of the current actor, unless it has sent any. */
  @Transactional
  public void send() {
    if (exists("statement")) {
      return;
    }
    if (!exists("statement_policy")) {
      policies.set(policy());
    }
    Policy policy = policies.current();
    LocalDate today = LocalDate.now(clock);
    LocalDate first = today.minusDays(DAYS_AGO.get(0));
    List<Long> treatedBefore =
        sql.sql("select number from account where seen_on < ? order by number")
            .param(first)
            .query(Long.class)
            .list();
    List<Long> some =
        decisions.of(treatedBefore, policy, first).values().stream()
            .filter(decided -> decided.verdict().passes())
            .map(decided -> decided.account().number())
            .sorted()
            .limit(ACCOUNTS)
            .toList();
    for (int ago : DAYS_AGO) {
      statements.issue(some, policy, null, today.minusDays(ago));
    }
  }

  private boolean exists(String table) {
    return sql.sql("select exists (select from " + table + ")").query(Boolean.class).single();
  }

  private static Policy policy() {
    return new Policy(
        FROM,
        Policy.MINIMUM,
        Policy.INTERVAL_DAYS,
        Policy.DUE_DAYS,
        null,
        new Policy.Help(true, "802-555-0111", "larkfield.example/help"));
  }
}
