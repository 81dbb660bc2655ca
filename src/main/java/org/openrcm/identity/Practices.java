package org.openrcm.identity;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The practices of this installation. */
@Component
public class Practices {
  private static final String COLUMNS = "select id, name, made_up from practice ";

  private final JdbcClient database;
  private final AuditTrail trail;

  Practices(JdbcClient database, AuditTrail trail) {
    this.database = database;
    this.trail = trail;
  }

  /** A new practice, without people. */
  @Transactional
  public UUID create(String name, boolean madeUp) {
    UUID id = UUID.randomUUID();
    database
        .sql("insert into practice (id, name, made_up) values (?, ?, ?)")
        .params(id, name.strip(), madeUp)
        .update();
    trail.record(Action.ADD, Subject.of("Practice", id));
    return id;
  }

  public Optional<Practice> find(UUID id) {
    return database.sql(COLUMNS + "where id = ?").param(id).query(Practice.class).optional();
  }

  /** All of them, by name. */
  public List<Practice> all() {
    return database.sql(COLUMNS + "order by name, id").query(Practice.class).list();
  }
}
