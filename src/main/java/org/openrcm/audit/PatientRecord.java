package org.openrcm.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads who touched a patient's data, for the patient. Reading it is on record too. */
@Component
public class PatientRecord {
  private static final int ROWS = 500;

  private final JdbcClient sql;
  private final AuditTrail trail;

  PatientRecord(JdbcClient sql, AuditTrail trail) {
    this.sql = sql;
    this.trail = trail;
  }

  /**
   * What somebody did on one day, however often.
   *
   * @param who kind of the actor, by the name of {@link Actor.Kind}
   * @param action by the name of {@link Action}
   * @param subject such as {@code Statement}
   */
  public record Look(LocalDate day, String who, String action, String subject, int times) {

    private boolean isLike(Look other) {
      return day.equals(other.day)
          && who.equals(other.who)
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

  private record Row(long id, Instant at, String who, String action, String subject) {}

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
                  select id, recorded_at, actor_kind, action, subject_type, request_id
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
      Look look =
          new Look(
              LocalDate.ofInstant(row.at(), ZoneId.systemDefault()),
              row.who(),
              row.action(),
              row.subject(),
              1);
      int at = 0;
      while (at < looks.size() && !looks.get(at).isLike(look)) {
        at++;
      }
      if (at < looks.size()) {
        Look known = looks.get(at);
        looks.set(
            at,
            new Look(known.day(), known.who(), known.action(), known.subject(), known.times() + 1));
      } else {
        looks.add(look);
      }
    }
    return looks;
  }
}
