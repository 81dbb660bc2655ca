package org.openrcm.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ServerTest
class AuditTrailTest {
  @Autowired private AuditTrail trail;
  @Autowired private TransactionTemplate transaction;
  @Autowired private JdbcClient sql;
  @Autowired private TestDatabase database;

  private final UUID practice = UUID.randomUUID();
  private final Actor actor = Actor.job("test", practice);

  @BeforeEach
  void aPractice() {
    sql.sql("insert into practice (id, name) values (?, 'Test')").param(practice).update();
  }

  private List<UUID> patientsOnRecord() {
    return transaction.execute(
        status ->
            sql.sql("select patient_id from audit_event where action = 'VIEW' order by id")
                .query(UUID.class)
                .list());
  }

  @Test
  void oneRowStandsForEachPatient() {
    List<UUID> patients = List.of(UUID.randomUUID(), UUID.randomUUID());
    actor.run(
        () -> {
          transaction.executeWithoutResult(
              status -> trail.record(Action.VIEW, Subject.list("Remittance"), patients));
          assertThat(patientsOnRecord()).containsExactlyInAnyOrderElementsOf(patients);
        });
  }

  @Test
  void aRowGoesWithItsAct() {
    actor.run(
        () -> {
          transaction.executeWithoutResult(
              status -> {
                trail.record(Action.VIEW, Subject.list("Remittance"), List.of(UUID.randomUUID()));
                status.setRollbackOnly();
              });
          assertThat(patientsOnRecord()).isEmpty();
        });
  }

  @Test
  void aRefusalStaysOnRecordWhenTheActIsRolledBack() {
    actor.run(
        () -> {
          transaction.executeWithoutResult(
              status -> {
                trail.denied(Action.VIEW, Subject.list("Remittance"), "not their practice");
                status.setRollbackOnly();
              });
          List<Integer> outcomes =
              transaction.execute(
                  status -> sql.sql("select outcome from audit_event").query(Integer.class).list());
          assertThat(outcomes).containsExactly(8);
        });
  }

  @Test
  void anActWithoutATransactionIsRefused() {
    assertThatThrownBy(() -> trail.record(Action.VIEW, Subject.list("Remittance")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theApplicationCanNeitherChangeNorDeleteRows() throws SQLException {
    try (Connection connection = database.asApplication();
        Statement statement = connection.createStatement()) {
      for (String change :
          List.of(
              "update audit_event set actor_name = 'x'",
              "delete from audit_event",
              "truncate audit_event",
              "drop table audit_event",
              "alter table audit_event disable trigger all")) {
        assertThatThrownBy(() -> statement.execute(change))
            .as(change)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
      }
    }
  }

  @Test
  void anotherPracticeSeesNothing() {
    actor.run(
        () ->
            transaction.executeWithoutResult(
                status ->
                    trail.record(Action.VIEW, Subject.list("x"), List.of(UUID.randomUUID()))));
    Actor.job("other", UUID.randomUUID()).run(() -> assertThat(patientsOnRecord()).isEmpty());
    assertThat(patientsOnRecord()).isEmpty();
  }
}
