package org.openrcm.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads who touched a patient's data, for the patient. Reading it is on record too. */
@Component
public class PatientRecord {
  private static final int ROWS = 500;

  /** All of a name behind the first. */
  private static final Pattern FIRST = Pattern.compile("\\s.*");

  private final JdbcClient sql;
  private final AuditTrail trail;

  PatientRecord(JdbcClient sql, AuditTrail trail) {
    this.sql = sql;
    this.trail = trail;
  }

  /**
   * What somebody did on one day, however often.
   *
   * @param last when it was done last that day, in the server's time zone
   * @param who kind of the actor, by the name of {@link Actor.Kind}
   * @param firstName of somebody who works for the practice, and empty for all others: no more of a
   *     name is told
   * @param roles that they had then, by the codes of identity's roles; empty for all others
   * @param action by the name of {@link Action}
   * @param subject such as {@code Statement}
   */
  public record Look(
      LocalDateTime last,
      String who,
      String firstName,
      List<String> roles,
      String action,
      String subject,
      int times) {

    /** The day on which it was done. */
    public LocalDate day() {
      return last.toLocalDate();
    }

    private boolean isLike(Look other) {
      return day().equals(other.day())
          && who.equals(other.who)
          && firstName.equals(other.firstName)
          && roles.equals(other.roles)
          && action.equals(other.action)
          && subject.equals(other.subject);
    }
  }

  /**
   * A part of the record, the latest first.
   *
   * @param older where to go on; null at its end
   */
  public record Part(List<Look> looks, @Nullable Long older) {}

  private record Row(
      long id, Instant at, String who, String name, String roles, String action, String subject) {

    private Look look() {
      boolean isStaff = who.equals(Actor.Kind.STAFF.name());
      return new Look(
          LocalDateTime.ofInstant(at, ZoneId.systemDefault()),
          who,
          isStaff ? FIRST.matcher(name.strip()).replaceAll("") : "",
          isStaff && !roles.isEmpty() ? List.of(roles.split(" ", -1)) : List.of(),
          action,
          subject,
          1);
    }
  }

  /**
   * What was done with the data of these patients.
   *
   * @param patients by the ids of their FHIR Patients
   * @param before the place to go on; null to begin
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Part read(Collection<UUID> patients, @Nullable Long before) {
    List<Row> rows =
        sql.sql(
                """
                select e.* from unnest(?::uuid[]) p (id)
                cross join lateral (
                  select id, recorded_at, actor_kind, actor_name, roles, action, subject_type
                  from audit_event
                  where patient_id = p.id and id < ? and outcome = 0
                  order by id desc limit ?) e
                order by e.id desc limit ?
                """)
            .param(patients.toArray(UUID[]::new))
            .param(before == null ? Long.MAX_VALUE : before)
            .param(ROWS)
            .param(ROWS)
            .query(
                (row, index) ->
                    new Row(
                        row.getLong("id"),
                        Objects.requireNonNull(row.getObject("recorded_at", OffsetDateTime.class))
                            .toInstant(),
                        row.getString("actor_kind"),
                        row.getString("actor_name"),
                        row.getString("roles"),
                        row.getString("action"),
                        row.getString("subject_type")))
            .list();
    trail.record(Action.QUERY, Subject.list("AuditEvent"), patients);
    return new Part(looks(rows), rows.size() < ROWS ? null : rows.get(rows.size() - 1).id());
  }

  /** The same of a day once, where it was first met. */
  private static List<Look> looks(List<Row> rows) {
    List<Look> looks = new ArrayList<>();
    for (Row row : rows) {
      Look look = row.look();
      int at = 0;
      while (at < looks.size() && !looks.get(at).isLike(look)) {
        at++;
      }
      if (at < looks.size()) {
        Look known = looks.get(at);
        looks.set(
            at,
            new Look(
                known.last(),
                known.who(),
                known.firstName(),
                known.roles(),
                known.action(),
                known.subject(),
                known.times() + 1));
      } else {
        looks.add(look);
      }
    }
    return looks;
  }
}
