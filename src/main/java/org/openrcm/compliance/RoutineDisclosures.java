package org.openrcm.compliance;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.openrcm.billing.CodeList;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What left the practice for treatment, payment or operations (45 CFR 170.315(d)(11)): no ledger of
 * its own, but the entries of the audit record that {@code rules/routine-disclosure.tsv} names.
 */
@Component
class RoutineDisclosures {
  private static final CodeList ROWS = CodeList.load("routine-disclosure");
  private static final String CLIENT = "CLIENT";
  private static final String JOB = "JOB";
  private static final int MOST = 100;

  private final JdbcClient sql;

  RoutineDisclosures(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * One of them.
   *
   * @param user who did it, as it stands on the record
   */
  record Row(Instant at, String user, String description) {}

  /** The latest of these patients; who shows them records it. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Row> of(Collection<UUID> patients) {
    return sql.sql(
            """
            select recorded_at, actor_kind, actor_name, action || ' ' || subject_type as act
            from audit_event
            where patient_id = any (?) and outcome = 0
              and (actor_kind = 'CLIENT' or action || ' ' || subject_type = any (?))
            order by id desc limit ?
            """)
        .param(patients.toArray(UUID[]::new))
        .param(ROWS.rows().stream().map(CodeList.Row::code).toArray(String[]::new))
        .param(MOST)
        .query(
            (row, index) -> {
              Instant at =
                  Objects.requireNonNull(row.getObject("recorded_at", OffsetDateTime.class))
                      .toInstant();
              return new Row(
                  at,
                  row.getString("actor_kind").equals(JOB)
                      ? "The program"
                      : row.getString("actor_name"),
                  words(row.getString("actor_kind"), row.getString("act"), at));
            })
        .list();
  }

  private static String words(String kind, String act, Instant at) {
    LocalDate day = LocalDate.ofInstant(at, ZoneId.systemDefault());
    return ROWS.words(kind.equals(CLIENT) ? CLIENT : act, day).orElse(act);
  }
}
