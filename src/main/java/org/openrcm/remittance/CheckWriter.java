package org.openrcm.remittance;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * Writes one check after the other, each in a transaction of its own, on the thread that it is
 * called on: the check's own row first, which tells whether it is there already, then whatever
 * comes, then its totals and the audit rows.
 */
final class CheckWriter {
  private final JdbcClient sql;
  private final DataSource database;
  private final PlatformTransactionManager transactions;
  private final AuditTrail audit;
  private final Set<StagedTable> filled = EnumSet.noneOf(StagedTable.class);

  private @Nullable TransactionStatus transaction;
  private long number;

  CheckWriter(
      JdbcClient sql,
      DataSource database,
      PlatformTransactionManager transactions,
      AuditTrail audit) {
    this.sql = sql;
    this.database = database;
    this.transactions = transactions;
    this.audit = audit;
  }

  /**
   * Begins a check.
   *
   * @param rows the row of the check
   * @return false when the same check is there already: nothing more of it may be written
   */
  boolean start(CheckRows rows) throws SQLException {
    transaction = transactions.getTransaction(new DefaultTransactionDefinition());
    filled.clear();
    stages();
    number = sql.sql("select nextval('remittance_number')").query(Long.class).single();
    write(rows);
    filled.remove(StagedTable.REMITTANCE);
    return insert(StagedTable.REMITTANCE) == 1;
  }

  private void stages() throws SQLException {
    boolean there =
        sql.sql("select to_regclass(?) is not null")
            .param(StagedTable.NAMED.stage())
            .query(Boolean.class)
            .single();
    if (!there) {
      for (StagedTable table : StagedTable.values()) {
        sql.sql(table.create()).update();
      }
    }
  }

  /** The check that was there before, by its content or by its trace number. */
  UUID existing(UUID id, Remittance remittance) {
    return sql.sql("select id from remittance where id = ?")
        .param(id)
        .query(UUID.class)
        .optional()
        .orElseGet(() -> byTrace(remittance));
  }

  private UUID byTrace(Remittance remittance) {
    Remittance.Trace trace = remittance.trace();
    return sql.sql(
            """
            select id from remittance where trace_number = ? and trace_number <> ''
              and coalesce(trace_originator, '') = coalesce(?, '')
              and coalesce(amount_cents, -1) = coalesce(?::bigint, -1)
            """)
        .param(trace.number())
        .param(trace.originator())
        .param(remittance.payment().amount() == null ? null : remittance.payment().amount().cents())
        .query(UUID.class)
        .single();
  }

  /** Copies rows of the check to their stages. */
  void write(CheckRows rows) throws SQLException {
    PGConnection connection = connection().unwrap(PGConnection.class);
    for (StagedTable table : StagedTable.values()) {
      CopyRows of = rows.of(table);
      if (!of.isEmpty()) {
        CopyIn copy = connection.getCopyAPI().copyIn(table.copy());
        copy.writeToCopy(of.bytes(), 0, of.length());
        copy.endCopy();
        filled.add(table);
      }
    }
  }

  /** Ends the check and commits it. */
  void end(UUID id, RemittanceHandler.Totals totals) {
    for (StagedTable table : filled) {
      insert(table);
    }
    sql.sql(
            """
            update remittance set claims = ?, unread = ?, charged_cents = ?, paid_cents = ?,
              adjusted_cents = ?, set_end = ?, unmapped_outside = ?
            where practice_id = ? and number = ?
            """)
        .param(totals.claims())
        .param(totals.unread())
        .param(totals.charged().cents())
        .param(totals.paid().cents())
        .param(totals.adjusted().cents())
        .param(totals.end().name())
        .param(array(Flat.unmapped(totals.unmapped())))
        .param(Actor.currentPractice())
        .param(number)
        .update();
    record(id);
    transactions.commit(Objects.requireNonNull(transaction));
    transaction = null;
  }

  private static String @Nullable [] array(@Nullable List<@Nullable String> list) {
    return list == null ? null : list.toArray(String[]::new);
  }

  /** One audit row for each patient of the check, a limited number at a time. */
  private void record(UUID id) {
    audit.record(
        Action.ADD,
        Subject.of("Remittance", id),
        (last, limit) ->
            sql.sql(
                    """
                    select distinct id from pg_temp.staged_named where kind = 'Patient' and id > ?
                    order by id limit ?
                    """)
                .param(last)
                .param(limit)
                .query(UUID.class)
                .list());
  }

  /** Undoes what was written of the check; nothing when none is open. */
  void rollBack() {
    TransactionStatus open = transaction;
    transaction = null;
    if (open != null && !open.isCompleted()) {
      transactions.rollback(open);
    }
  }

  private int insert(StagedTable table) {
    JdbcClient.StatementSpec insert = sql.sql(table.insert()).param(Actor.currentPractice());
    return (table.isNumbered() ? insert.param(number) : insert).update();
  }

  private Connection connection() {
    return DataSourceUtils.getConnection(database);
  }
}
