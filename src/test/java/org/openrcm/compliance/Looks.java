package org.openrcm.compliance;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes entries of the audit record as of earlier days. */
public final class Looks {
  /** A Wednesday. */
  public static final LocalDate DAY = LocalDate.of(2026, 3, 4);

  private static final ZoneId OFFICE = ZoneId.of("America/New_York");

  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final UnusualAccess unusual;
  private final UUID practice;

  public Looks(ApplicationContext server, UUID practice) {
    this.sql = server.getBean(JdbcClient.class);
    this.transaction = server.getBean(TransactionTemplate.class);
    this.unusual = server.getBean(UnusualAccess.class);
    this.practice = practice;
  }

  /** One entry for each patient, all of one request. */
  public void look(
      TestUsers.Person who, String action, LocalDate day, String time, List<UUID> patients) {
    String request = UUID.randomUUID().toString();
    Actor.job("test", practice)
        .run(
            () ->
                transaction.executeWithoutResult(
                    status ->
                        sql.sql(
                                """
                                insert into audit_event (practice_id, recorded_at, actor_kind,
                                  actor_id, actor_name, roles, action, subject_type, purpose,
                                  request_id, outcome, patient_id)
                                select ?, ?, 'STAFF', ?, ?, 'biller', ?, 'Account', 'HPAYMT', ?, 0, p
                                from unnest(?::uuid[]) p
                                """)
                            .params(
                                practice,
                                day.atTime(LocalTime.parse(time)).atZone(OFFICE).toOffsetDateTime(),
                                who.id(),
                                who.name(),
                                action,
                                request,
                                patients.toArray(UUID[]::new))
                            .update()));
  }

  /** One request for each patient. */
  public void open(TestUsers.Person who, LocalDate day, List<UUID> patients) {
    patients.forEach(each -> look(who, "VIEW", day, "11:00", List.of(each)));
  }

  /** Has the record of the day gone through. */
  public void workOut() {
    Actor.job("test", practice).run(() -> unusual.workOut(DAY));
  }
}
