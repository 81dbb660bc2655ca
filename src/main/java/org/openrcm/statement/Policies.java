package org.openrcm.statement;

import java.util.Optional;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.identity.Practices;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The policies of the actor's practice, the last of which counts. */
@Component
class Policies {
  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient sql;
  private final Practices practices;
  private final AuditTrail audit;

  Policies(JdbcClient sql, Practices practices, AuditTrail audit) {
    this.sql = sql;
    this.practices = practices;
    this.audit = audit;
  }

  @Transactional
  public Policy current() {
    Optional<String> set =
        sql.sql("select policy from statement_policy order by number desc limit 1")
            .query(String.class)
            .optional();
    return set.map(json -> JSON.readValue(json, Policy.class))
        .orElseGet(() -> Policy.of(practices.find(Actor.currentPractice()).orElseThrow().name()));
  }

  @Transactional
  public void set(Policy policy) {
    sql.sql(
            """
            insert into statement_policy (practice_id, number, made_by, policy)
            values (?, nextval('statement_policy_number'), ?, ?::json)
            """)
        .params(Actor.currentPractice(), Actor.current().name(), JSON.writeValueAsString(policy))
        .update();
    audit.record(Action.CHANGE, Subject.list("StatementPolicy"));
  }
}
