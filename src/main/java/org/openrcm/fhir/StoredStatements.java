package org.openrcm.fhir;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.openrcm.statement.KeptStatements;
import org.openrcm.statement.SentStatement;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Statements as they were sent: their Invoice, their DocumentReference and their Binary. */
@Component
class StoredStatements {
  private final JdbcClient database;
  private final KeptStatements statements;

  StoredStatements(JdbcClient database, KeptStatements statements) {
    this.database = database;
    this.statements = statements;
  }

  /** The resources of these rows; a handful of queries, however many there are. */
  void draw(List<Row> rows, Map<String, Drawn> into) {
    if (rows.isEmpty()) {
      return;
    }
    Set<Long> numbers = new HashSet<>();
    Set<Long> papers = new HashSet<>();
    for (Row row : rows) {
      numbers.add(row.set());
      if (row.type().equals("Binary")) {
        papers.add(row.set());
      }
    }
    Map<Long, SentStatement> sent = statements.of(numbers);
    Map<Long, byte[]> pdfs = papers.isEmpty() ? Map.of() : statements.pdfs(papers);
    Map<UUID, Treated> decided = decided(sent.values());
    Map<Long, Set<UUID>> billed = billed(numbers);
    for (Row row : rows) {
      SentStatement one = sent.get(row.set());
      if (one != null) {
        Set<UUID> patients = new HashSet<>(billed.getOrDefault(row.set(), Set.of()));
        eobs(one).stream()
            .map(decided::get)
            .filter(Objects::nonNull)
            .forEach(treated -> patients.add(treated.patient()));
        Resource resource = resource(row, one, subject(one, decided), pdfs.get(row.set()));
        into.put(row.reference(), new Drawn(row, resource, patients));
      }
    }
  }

  private static Resource resource(
      Row row, SentStatement sent, @Nullable UUID patient, byte @Nullable [] pdf) {
    return switch (row.type()) {
      case "Invoice" -> StatementInvoices.of(sent, patient);
      case "DocumentReference" -> StatementDocuments.of(sent, patient);
      default -> StatementDocuments.binary(sent, Objects.requireNonNull(pdf));
    };
  }

  private static List<UUID> eobs(SentStatement sent) {
    return sent.visits().stream().flatMap(visit -> visit.eobs().stream()).toList();
  }

  /** The patient as the latest decision names them whose Patient can be read here. */
  private static @Nullable UUID subject(SentStatement sent, Map<UUID, Treated> decided) {
    UUID subject = null;
    for (UUID eob : eobs(sent)) {
      Treated treated = decided.get(eob);
      if (treated != null && treated.here()) {
        subject = treated.patient();
      }
    }
    return subject;
  }

  /**
   * Whom an insurer decided about.
   *
   * @param here whether that Patient can be read here
   */
  private record Treated(UUID patient, boolean here) {}

  /** By the id of the decision. */
  private Map<UUID, Treated> decided(Collection<SentStatement> sent) {
    Map<UUID, Treated> decided = new HashMap<>();
    database
        .sql(
            """
            select p.id, p.patient_id, n.id is not null from claim_payment p
            left join named n on n.kind = 'Patient' and n.id = p.patient_id
            where p.id = any(?)
            """)
        .param(sent.stream().flatMap(one -> eobs(one).stream()).distinct().toArray(UUID[]::new))
        .query(
            row -> {
              decided.put(
                  row.getObject(1, UUID.class),
                  new Treated(row.getObject(2, UUID.class), row.getBoolean(3)));
            });
    return decided;
  }

  /** Patients as the claims of visits name them, by the number of the statement. */
  private Map<Long, Set<UUID>> billed(Collection<Long> numbers) {
    Map<Long, Set<UUID>> billed = new HashMap<>();
    database
        .sql(
            """
            select v.statement_number, c.patient_id from statement_visit v
            join claim c on c.practice_id = v.practice_id and c.number = v.claim_number
            where v.statement_number = any(?)
            """)
        .param(numbers.toArray(Long[]::new))
        .query(
            row -> {
              billed
                  .computeIfAbsent(row.getLong(1), number -> new HashSet<>())
                  .add(row.getObject(2, UUID.class));
            });
    return billed;
  }
}
