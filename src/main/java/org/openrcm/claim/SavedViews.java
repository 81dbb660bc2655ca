package org.openrcm.claim;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.openrcm.audit.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists of claims as the person who is signed in likes to see them. */
@Component
class SavedViews {
  private static final String LIST = "claims";
  private static final int LONGEST_NAME = 60;
  private static final int MOST = 50;

  private final JdbcClient sql;

  SavedViews(JdbcClient sql) {
    this.sql = sql;
  }

  private static UUID person() {
    return Objects.requireNonNull(Actor.current().id(), "only people have views");
  }

  /** A view, by the address of its list. */
  record View(UUID id, String name, String query) {
    public String address() {
      return query.isEmpty() ? "/claims" : "/claims?" + query;
    }
  }

  @Transactional
  public List<View> all() {
    return sql.sql(
            """
            select id, name, query from saved_view
            where staff_id = ? and list = ? and deleted_at is null order by created_at, id limit ?
            """)
        .params(person(), LIST, MOST)
        .query((row, index) -> new View(Claims.uuid(row, "id"), row.getString(2), row.getString(3)))
        .list();
  }

  /** Keeps a view under a name; longer names are cut. */
  @Transactional
  public void add(String name, String query) {
    String kept = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    sql.sql(
            """
            insert into saved_view (practice_id, id, staff_id, list, name, query)
            values (?, ?, ?, ?, ?, ?)
            """)
        .params(Actor.currentPractice(), UUID.randomUUID(), person(), LIST, kept, query)
        .update();
  }

  /** Takes a view away; false when the person has none of this id. */
  @Transactional
  public boolean remove(UUID id) {
    return sql.sql("update saved_view set deleted_at = now() where id = ? and staff_id = ?")
            .params(id, person())
            .update()
        == 1;
  }

  /** Takes the taking away back; false when the person has none of this id. */
  @Transactional
  public boolean restore(UUID id) {
    return sql.sql("update saved_view set deleted_at = null where id = ? and staff_id = ?")
            .params(id, person())
            .update()
        == 1;
  }
}
