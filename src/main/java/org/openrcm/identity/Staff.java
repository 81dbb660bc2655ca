package org.openrcm.identity;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.vault.Vault;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The people who work for practices. Their ids are never used again. */
@Component
public class Staff {
  private static final String WITH_WORK =
      """
      select s.id, s.email, s.name, s.password_hash is not null and s.totp_secret is not null as ready,
        s.locked_until, s.disabled_at, s.version, m.role, p.id as practice_id,
        p.name as practice_name, p.made_up
      from staff s
      left join membership m on m.staff_id = s.id
      left join practice p on p.id = m.practice_id
      """;

  private final JdbcClient database;
  private final Vault vault;
  private final AuditTrail trail;
  private final Clock clock;

  Staff(JdbcClient database, Vault vault, AuditTrail trail, Clock clock) {
    this.database = database;
    this.vault = vault;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * A new person, who cannot sign in before an invitation ({@link OneTimeLinks}) is accepted.
   *
   * @throws org.springframework.dao.DuplicateKeyException when somebody has this address
   */
  @Transactional
  public UUID create(String email, String name) {
    UUID id = UUID.randomUUID();
    database
        .sql("insert into staff (id, email, name) values (?, ?, ?)")
        .params(id, email.strip(), name.strip())
        .update();
    trail.record(Action.ADD, Subject.of("Staff", id));
    return id;
  }

  /** Ends all that a person may do, and their sessions, at once. Their id stays on the record. */
  @Transactional
  public void disable(UUID id) {
    database
        .sql(
            "update staff set disabled_at = ?, version = version + 1"
                + " where id = ? and disabled_at is null")
        .params(clock.instant().atOffset(ZoneOffset.UTC), id)
        .update();
    trail.record(Action.PRIVILEGE, Subject.of("Staff", id));
  }

  /** Whether anybody was ever entered. */
  boolean isEmpty() {
    return !database.sql("select exists (select from staff)").query(Boolean.class).single();
  }

  Optional<StaffMember> find(UUID id) {
    return read(WITH_WORK + "where s.id = ? order by p.name, p.id", id).stream().findFirst();
  }

  /** Who may sign in with this address. */
  Optional<StaffMember> find(String email) {
    return read(
            WITH_WORK
                + "where lower(s.email) = lower(?) and s.disabled_at is null order by p.name, p.id",
            email.strip())
        .stream()
        .findFirst();
  }

  /** Who works for a practice, by name; of other practices of theirs nothing is told. */
  List<StaffMember> of(UUID practice) {
    return read(WITH_WORK + "where m.practice_id = ? order by s.name, s.id", practice);
  }

  /** Who has a role in the practice of the current actor and can sign in, by name. */
  @Transactional
  public List<Colleague> with(Role role) {
    return database
        .sql(
            """
            select s.id, s.name from membership m join staff s on s.id = m.staff_id
            where m.practice_id = ? and m.role = ? and s.disabled_at is null
            order by s.name, s.id
            """)
        .params(Actor.currentPractice(), role.code())
        .query(Colleague.class)
        .list();
  }

  /** Ends all sessions of a person, who may sign in again. */
  void endSessions(UUID id) {
    database.sql("update staff set version = version + 1 where id = ?").param(id).update();
  }

  /** Keeps a new password; all sessions of the person end, for the version moves on. */
  void keepPassword(UUID id, String hash) {
    database
        .sql(
            "update staff set password_hash = ?, failed_attempts = 0, locked_until = null,"
                + " version = version + 1 where id = ?")
        .params(hash, id)
        .update();
  }

  /** Keeps a new authenticator, a code of which was used; all sessions of the person end. */
  void keepAuthenticator(UUID id, byte[] secret, long usedStep) {
    database
        .sql(
            "update staff set totp_secret = ?, totp_last_step = ?, version = version + 1"
                + " where id = ?")
        .params(vault.close(secret, KeptSecrets.place("staff", id)), usedStep, id)
        .update();
  }

  private List<StaffMember> read(String sql, Object parameter) {
    return database
        .sql(sql)
        .param(parameter)
        .query(
            rows -> {
              Map<UUID, StaffMember> people = new LinkedHashMap<>();
              Map<UUID, Map<Practice, Set<Role>>> works = new LinkedHashMap<>();
              while (rows.next()) {
                UUID id = rows.getObject("id", UUID.class);
                people.put(
                    id,
                    new StaffMember(
                        id,
                        rows.getString("email"),
                        rows.getString("name"),
                        rows.getBoolean("ready"),
                        instant(rows.getTimestamp("locked_until")),
                        instant(rows.getTimestamp("disabled_at")),
                        rows.getLong("version"),
                        List.of()));
                Map<Practice, Set<Role>> work =
                    works.computeIfAbsent(id, key -> new LinkedHashMap<>());
                UUID practice = rows.getObject("practice_id", UUID.class);
                if (practice != null) {
                  work.computeIfAbsent(
                          new Practice(
                              practice,
                              rows.getString("practice_name"),
                              rows.getBoolean("made_up")),
                          key -> EnumSet.noneOf(Role.class))
                      .add(Role.of(rows.getString("role")));
                }
              }
              return withWork(people, works);
            });
  }

  private static List<StaffMember> withWork(
      Map<UUID, StaffMember> people, Map<UUID, Map<Practice, Set<Role>>> works) {
    List<StaffMember> whole = new ArrayList<>();
    people.forEach(
        (id, person) -> {
          List<StaffMember.Work> work = new ArrayList<>();
          works
              .getOrDefault(id, Map.of())
              .forEach((practice, roles) -> work.add(new StaffMember.Work(practice, roles)));
          whole.add(
              new StaffMember(
                  id,
                  person.email(),
                  person.name(),
                  person.canSignIn(),
                  person.lockedUntil(),
                  person.disabledAt(),
                  person.version(),
                  List.copyOf(work)));
        });
    return whole;
  }

  private static @Nullable Instant instant(java.sql.@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }
}
