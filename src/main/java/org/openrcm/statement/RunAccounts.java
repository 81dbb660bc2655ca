package org.openrcm.statement;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The accounts that a run looks at, as its page lists them. */
@Component
class RunAccounts {
  private final JdbcClient sql;
  private final AuditTrail audit;

  RunAccounts(JdbcClient sql, AuditTrail audit) {
    this.sql = sql;
    this.audit = audit;
  }

  /** How many accounts a reason keeps back, and how much they owe. */
  record Count(Withheld why, long accounts, Money owed) {}

  @Transactional
  public List<Count> counts(UUID run) {
    Map<Withheld, Count> counts = new HashMap<>();
    sql.sql(
            """
            select reason, count(*), sum(owed_cents)::bigint
            from statement_run_account, unnest(reasons) reason where run_id = ? group by reason
            """)
        .param(run)
        .query(
            row -> {
              Withheld why = Withheld.valueOf(row.getString(1));
              counts.put(why, new Count(why, row.getLong(2), Money.ofCents(row.getLong(3))));
            });
    return counts.values().stream().sorted(Comparator.comparing(Count::why)).toList();
  }

  /**
   * How the statements of a run went out.
   *
   * @param emailed that a mail server has taken
   * @param open that are to go by e-mail, or are tried again
   * @param cameBack that are printed, or to be printed, as e-mail did not bring them
   */
  record Ways(long mailed, long emailed, long open, long cameBack) {

    public boolean hasEmail() {
      return emailed + open + cameBack > 0;
    }
  }

  @Transactional
  public Ways ways(UUID run) {
    return sql.sql(
            """
            select count(*) filter (where s.channel <> 'EMAIL'),
              count(*) filter (where d.state = 'SENT'),
              count(*) filter (where s.channel = 'EMAIL'
                and (d.state is null or d.state = 'FAILED')),
              count(*) filter (where d.state in ('PAPER', 'PRINTED'))
            from statement s
            left join lateral (
              select state from statement_delivery
              where statement_number = s.number order by number desc limit 1) d
              on s.channel = 'EMAIL'
            where s.run_id = ?
            """)
        .param(run)
        .query(
            (row, index) ->
                new Ways(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
        .single();
  }

  /**
   * An account of a run.
   *
   * @param reasons empty when it gets a statement
   * @param statement the id of the one it got; null while it got none
   */
  record Row(
      long number,
      UUID account,
      String name,
      Money owed,
      List<Withheld> reasons,
      @Nullable UUID statement) {}

  /** A part of a list; {@code next} is what the part after it goes by, null at the end. */
  record Rows(List<Row> rows, @Nullable Long next) {}

  /**
   * Accounts in the order of their numbers.
   *
   * @param why the reason that keeps them back; null for those that get a statement
   */
  @Transactional
  public Rows list(UUID run, @Nullable Withheld why, long after, int limit) {
    List<Row> rows =
        sql.sql(
                """
                select r.account_number, a.id, a.last_name, a.first_name, r.owed_cents, r.reasons,
                  (select s.id from statement s where s.number = r.statement_number) as statement
                from statement_run_account r join account a on a.number = r.account_number
                where r.run_id = :run and r.account_number > :after
                  and ((:why = '' and r.reasons = '{}') or :why = any (r.reasons))
                order by r.account_number limit :limit
                """)
            .param("run", run)
            .param("after", after)
            .param("why", why == null ? "" : why.name())
            .param("limit", limit + 1)
            .query(
                (row, index) ->
                    new Row(
                        row.getLong("account_number"),
                        Objects.requireNonNull(row.getObject("id", UUID.class)),
                        Names.of(row.getString("first_name"), row.getString("last_name")),
                        Money.ofCents(row.getLong("owed_cents")),
                        Arrays.stream((String[]) row.getArray("reasons").getArray())
                            .map(Withheld::valueOf)
                            .toList(),
                        row.getObject("statement", UUID.class)))
            .list();
    List<Row> shown = rows.subList(0, Math.min(limit, rows.size()));
    audit.record(Action.QUERY, Subject.list("Account"), patients(shown));
    return new Rows(
        shown, rows.size() > limit ? Long.valueOf(shown.get(shown.size() - 1).number()) : null);
  }

  private List<UUID> patients(List<Row> rows) {
    return sql.sql("select distinct patient_id from account_claim where account_number = any (?)")
        .param(rows.stream().map(Row::number).toArray(Long[]::new))
        .query(UUID.class)
        .list();
  }
}
