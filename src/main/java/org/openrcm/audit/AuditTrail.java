package org.openrcm.audit;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes the audit record. A row belongs to the transaction of the act: if it cannot be written,
 * the act does not happen. One row for each patient touched (IHE BALP PatientRead, PatientQuery).
 */
@Component
public class AuditTrail {
  private static final int SUCCESS = 0;
  private static final int SERIOUS_FAILURE = 8;
  private static final int PATIENTS_AT_ONCE = 10_000;

  private final JdbcClient database;
  private final TransactionTemplate apart;

  AuditTrail(JdbcClient database, PlatformTransactionManager transactions) {
    this.database = database;
    this.apart = new TransactionTemplate(transactions);
    this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** Records an act that touched no patient's data in particular: a sign-in, an empty search. */
  public void record(Action action, Subject subject) {
    record(action, subject, List.of());
  }

  /**
   * Records an act of the current {@link Actor}, in the transaction that is running.
   *
   * @param patients whose data were touched, by the id of their FHIR Patient; with none there is
   *     one row without
   * @throws IllegalStateException when no transaction is running
   */
  public void record(Action action, Subject subject, Collection<UUID> patients) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("an audit row belongs to the transaction of its act");
    }
    write(action, subject, patients, SUCCESS, null);
  }

  /** The patients of an act that may have touched the data of very many. */
  public interface Patients {
    /** Those whose ids come next behind one, in their order, and no more than so many. */
    List<UUID> behind(UUID last, int limit);
  }

  /** Records such an act likewise, a limited number of patients at a time. */
  public void record(Action action, Subject subject, Patients patients) {
    UUID last = new UUID(0, 0);
    List<UUID> some;
    do {
      some = patients.behind(last, PATIENTS_AT_ONCE);
      if (!some.isEmpty() || last.equals(new UUID(0, 0))) {
        record(action, subject, some);
      }
      last = some.isEmpty() ? last : some.get(some.size() - 1);
    } while (some.size() == PATIENTS_AT_ONCE);
  }

  /**
   * Records what was tried and refused, in a transaction of its own: it stays when the act's rolls
   * back.
   *
   * @param reason in plain words, without patient data
   */
  public void denied(Action action, Subject subject, String reason) {
    apart.executeWithoutResult(
        status -> write(action, subject, List.of(), SERIOUS_FAILURE, reason));
  }

  private void write(
      Action action,
      Subject subject,
      Collection<UUID> patients,
      int outcome,
      @Nullable String outcomeText) {
    Actor actor = Actor.current();
    UUID[] each =
        patients.isEmpty() ? new UUID[] {null} : Set.copyOf(patients).toArray(UUID[]::new);
    database
        .sql(
            """
            insert into audit_event (practice_id, actor_kind, actor_id, actor_name, roles, action,
              subject_type, subject_id, query, purpose, address, request_id, outcome, outcome_text,
              patient_id)
            select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, patient
            from unnest(?::uuid[]) as patient
            """)
        .param(actor.practice())
        .param(actor.kind().name())
        .param(actor.id())
        .param(actor.name())
        .param(String.join(" ", new TreeSet<>(actor.roles())))
        .param(action.name())
        .param(subject.type())
        .param(subject.id())
        .param(bytes(subject.query()))
        .param(actor.purpose())
        .param(actor.address())
        .param(actor.request())
        .param(outcome)
        .param(outcomeText)
        .param(each)
        .update();
  }

  private static byte @Nullable [] bytes(@Nullable String query) {
    return query == null ? null : query.getBytes(StandardCharsets.ISO_8859_1);
  }
}
