package org.openrcm.statement;

import java.util.List;
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
