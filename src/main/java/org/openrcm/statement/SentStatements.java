package org.openrcm.statement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Opens statements that were sent; each look is on record. */
@Component
class SentStatements {
  private final JdbcClient sql;
  private final Statements statements;
  private final AuditTrail audit;

  SentStatements(JdbcClient sql, Statements statements, AuditTrail audit) {
    this.sql = sql;
    this.statements = statements;
    this.audit = audit;
  }

  @Transactional
  public Content read(UUID id) {
    Content content = statements.find(id).orElseThrow(NoSuchStatement::new).content();
    record(id);
    return content;
  }

  /** Likewise, with where its amounts come from. */
  @Transactional
  public StatementView view(UUID id) {
    Statements.Kept kept = statements.find(id).orElseThrow(NoSuchStatement::new);
    record(id);
    Content bill = kept.content();
    UUID account =
        sql.sql("select id from account where number = ?")
            .param(bill.account())
            .query(UUID.class)
            .single();
    return StatementView.of(id, account, bill, kept.pages(), checks(bill));
  }

  private Map<UUID, StatementView.Check> checks(Content bill) {
    Map<UUID, StatementView.Check> checks = new HashMap<>();
    sql.sql(
            """
            select p.id, p.ordinal, r.id as remittance, r.trace_number
            from claim_payment p join remittance r on r.number = p.remittance_number
            where p.id = any (?)
            """)
        .param(
            bill.visits().stream()
                .flatMap(visit -> visit.eobs().stream())
                .distinct()
                .toArray(UUID[]::new))
        .query(
            row -> {
              int ordinal = row.getInt("ordinal");
              checks.put(
                  Objects.requireNonNull(row.getObject("id", UUID.class)),
                  new StatementView.Check(
                      row.getString("trace_number"),
                      "/remittances/%s?after=%d#claim-%d"
                          .formatted(row.getString("remittance"), ordinal - 1, ordinal)));
            });
    return checks;
  }

  @Transactional
  public byte[] pdf(UUID id) {
    byte[] pdf = statements.pdf(id).orElseThrow(NoSuchStatement::new);
    record(id);
    return pdf;
  }

  private void record(UUID id) {
    List<UUID> patients =
        sql.sql(
                """
                select distinct c.patient_id from statement s
                join statement_visit v on v.statement_number = s.number
                join claim c on c.number = v.claim_number where s.id = ?
                """)
            .param(id)
            .query(UUID.class)
            .list();
    audit.record(Action.VIEW, Subject.of(Statements.SUBJECT, id), patients);
  }
}
