package org.openrcm.identity;

import java.util.Set;
import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who does what for which practice. A change counts from the next request on. */
@Component
public class Memberships {
  private final JdbcClient database;
  private final AuditTrail trail;

  Memberships(JdbcClient database, AuditTrail trail) {
    this.database = database;
    this.trail = trail;
  }

  /** Gives a role; one that is there already stays. */
  @Transactional
  public void grant(UUID staff, UUID practice, Role role) {
    add(staff, practice, role);
    trail.record(Action.PRIVILEGE, Subject.of("Staff", staff));
  }

  /** Leaves these roles and no others; with none the person is out of the practice. */
  @Transactional
  public void set(UUID staff, UUID practice, Set<Role> roles) {
    database
        .sql("delete from membership where staff_id = ? and practice_id = ?")
        .params(staff, practice)
        .update();
    roles.forEach(role -> add(staff, practice, role));
    trail.record(Action.PRIVILEGE, Subject.of("Staff", staff));
  }

  private void add(UUID staff, UUID practice, Role role) {
    database
        .sql(
            "insert into membership (staff_id, practice_id, role) values (?, ?, ?)"
                + " on conflict do nothing")
        .params(staff, practice, role.code())
        .update();
  }
}
