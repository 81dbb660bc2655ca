package org.openrcm.fhir;

import java.util.Optional;
import java.util.UUID;
import org.openrcm.audit.Actor;
import org.openrcm.vault.FieldVault;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Searches whose further pages may be asked for, for a day. What was searched stays here, and the
 * link to the next page has nothing of it (see {@code V7__fhir_search.sql}).
 */
@Component
class StoredSearches {
  private static final String FIELD = "fhir-search";

  private final JdbcClient database;
  private final FieldVault vault;

  StoredSearches(JdbcClient database, FieldVault vault) {
    this.database = database;
    this.vault = vault;
  }

  /** Keeps the query of a search, and lets go of those that are too old. */
  UUID keep(String type, String query) {
    UUID id = UUID.randomUUID();
    database
        .sql(
            """
            with old as (delete from fhir_search where created_at < now() - interval '1 day')
            insert into fhir_search (practice_id, id, resource_type, query) values (?, ?, ?, ?)
            """)
        .param(Actor.currentPractice())
        .param(id)
        .param(type)
        .param(vault.close(query, FIELD))
        .update();
    return id;
  }

  /** The query that was kept under this id, if it is of this practice and not too old. */
  Optional<String> query(String type, UUID id) {
    return database
        .sql(
            """
            select query from fhir_search
            where id = ? and resource_type = ? and created_at >= now() - interval '1 day'
            """)
        .param(id)
        .param(type)
        .query(String.class)
        .optional()
        .map(query -> vault.open(query, FIELD));
  }
}
