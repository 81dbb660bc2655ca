package org.openrcm.contact;

import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The settings of the actor's practice, the last of which counts. */
@Component("contact.Settings")
class Settings {
  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient sql;
  private final AuditTrail audit;

  Settings(JdbcClient sql, AuditTrail audit) {
    this.sql = sql;
    this.audit = audit;
  }

  @Transactional
  public Setting current() {
    return sql.sql("select setting from contact_setting order by number desc limit 1")
        .query(String.class)
        .optional()
        .map(json -> JSON.readValue(json, Setting.class))
        .orElse(Setting.USUAL);
  }

  @Transactional
  public void set(Setting setting) {
    sql.sql(
            """
            insert into contact_setting (practice_id, number, made_by, setting)
            values (?, nextval('contact_setting_number'), ?, ?::json)
            """)
        .params(Actor.currentPractice(), Actor.current().name(), JSON.writeValueAsString(setting))
        .update();
    audit.record(Action.CHANGE, Subject.list("ContactSetting"));
  }
}
