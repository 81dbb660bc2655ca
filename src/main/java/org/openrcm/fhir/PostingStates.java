package org.openrcm.fhir;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far checks have come on their way into the books. */
@Component
class PostingStates {
  /** SQL for when check {@code r} was loaded, or its posting changed, whichever is later. */
  static final String CHANGED =
      "greatest(r.loaded_at, (select p.changed_at from remittance_posting p"
          + " where p.practice_id = r.practice_id and p.remittance_number = r.number))";

  private final JdbcClient database;

  PostingStates(JdbcClient database) {
    this.database = database;
  }

  /** Since when the posting of a check is in a state. */
  record Reached(PostingState state, Instant at) {}

  /** By the numbers of the checks; without those of which nobody thought of posting them. */
  Map<Long, Reached> of(Collection<Long> checks) {
    Map<Long, Reached> states = new HashMap<>();
    database
        .sql(
            """
            select remittance_number, state, changed_at from remittance_posting
            where remittance_number = any(?)
            """)
        .param(checks.toArray(Long[]::new))
        .query(
            row -> {
              states.put(
                  row.getLong(1),
                  new Reached(
                      PostingState.of(row.getString(2)),
                      row.getObject(3, OffsetDateTime.class).toInstant()));
            });
    return states;
  }
}
