package org.openrcm.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The programs that may call in, with OAuth 2 client credentials and SMART system scopes. */
@Component
public class ApiClients {
  private static final String COLUMNS =
      "select id, practice_id, client_id, name, secret_hash, scopes, created_at, revoked_at"
          + " from api_client ";

  private final JdbcClient database;
  private final AuditTrail trail;
  private final Clock clock;

  ApiClients(JdbcClient database, AuditTrail trail, Clock clock) {
    this.database = database;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * What a new program is given.
   *
   * @param secret shown now and never again: only its hash is kept
   */
  public record Credentials(UUID id, String clientId, String secret) {}

  /**
   * A new program of the current practice.
   *
   * @param scopes such as {@code system/ExplanationOfBenefit.rs}, {@code system/files.write}
   * @throws IllegalArgumentException when one is not a scope that this server knows
   */
  @Transactional
  public Credentials create(String name, Collection<String> scopes) {
    scopes.stream()
        .filter(scope -> Scope.parse(scope).isEmpty())
        .findFirst()
        .ifPresent(
            unknown -> {
              throw new IllegalArgumentException("not a scope: " + unknown);
            });
    UUID id = UUID.randomUUID();
    String clientId = "c" + id.toString().replace("-", "");
    String secret = Tokens.random();
    database
        .sql(
            "insert into api_client (id, practice_id, client_id, name, secret_hash, scopes)"
                + " values (?, ?, ?, ?, ?, ?)")
        .params(
            List.of(
                id,
                Actor.currentPractice(),
                clientId,
                name.strip(),
                ProgramSecrets.hash(secret),
                new TreeSet<>(scopes).toArray(String[]::new)))
        .update();
    trail.record(Action.PRIVILEGE, Subject.of("ApiClient", id));
    return new Credentials(id, clientId, secret);
  }

  /** Ends a program of the current practice, its tokens with it; false when there is none. */
  @Transactional
  public boolean revoke(UUID id) {
    int ended =
        database
            .sql(
                "update api_client set revoked_at = coalesce(revoked_at, ?), version = version + 1"
                    + " where id = ? and practice_id = ?")
            .params(clock.instant().atOffset(ZoneOffset.UTC), id, Actor.currentPractice())
            .update();
    if (ended > 0) {
      trail.record(Action.PRIVILEGE, Subject.of("ApiClient", id));
    }
    return ended > 0;
  }

  /** Those of the current practice, by name. */
  List<ApiClient> all() {
    return database
        .sql(COLUMNS + "where practice_id = ? order by revoked_at is not null, name, id")
        .param(Actor.currentPractice())
        .query(ApiClients::read)
        .list();
  }

  Optional<ApiClient> find(UUID id) {
    return database.sql(COLUMNS + "where id = ?").param(id).query(ApiClients::read).optional();
  }

  Optional<ApiClient> find(String clientId) {
    return database
        .sql(COLUMNS + "where client_id = ?")
        .param(clientId)
        .query(ApiClients::read)
        .optional();
  }

  private static ApiClient read(ResultSet row, int number) throws SQLException {
    Timestamp revoked = row.getTimestamp("revoked_at");
    return new ApiClient(
        row.getObject("id", UUID.class),
        row.getObject("practice_id", UUID.class),
        row.getString("client_id"),
        row.getString("name"),
        row.getString("secret_hash"),
        List.of((String[]) row.getArray("scopes").getArray()),
        row.getTimestamp("created_at").toInstant(),
        revoked == null ? null : revoked.toInstant());
  }
}
