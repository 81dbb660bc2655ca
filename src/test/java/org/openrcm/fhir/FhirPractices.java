package org.openrcm.fhir;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.openrcm.audit.Actor;
import org.openrcm.remittance.RemittanceLoad;
import org.openrcm.remittance.RemittanceReader;
import org.openrcm.remittance.Remittances;
import org.openrcm.remittance.SetOutcome;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.StreamingEngine;
import org.openrcm.x12.X12File;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Loads files for practices of tests, and looks at what stays on the record. A bean of every server
 * under test: a server of its own for tests of FHIR would cost as much as they do.
 */
@Component
@Lazy
class FhirPractices {
  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final Remittances remittances;

  FhirPractices(JdbcClient sql, TransactionTemplate transaction, Remittances remittances) {
    this.sql = sql;
    this.transaction = transaction;
    this.remittances = remittances;
  }

  /** Loads a file as intake does: its row, then its checks. */
  List<SetOutcome> load(UUID practice, Path path) {
    UUID id = UUID.randomUUID();
    try {
      return Actor.job("test", practice)
          .call(
              () -> {
                X12File file = X12File.of(path);
                byte[] hash = HexFormat.of().parseHex(file.sha256());
                transaction.executeWithoutResult(
                    status ->
                        sql.sql(
                                """
                          insert into received_file
                            (practice_id, id, name, sha256, size, state, via, received_by)
                          values (?, ?, ?, ?, 1, 'READING', 'UPLOAD', 'test')
                          """)
                            .param(practice)
                            .param(id)
                            .param(file.name())
                            .param(hash)
                            .update());
                return load(file, path, id);
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<SetOutcome> load(X12File file, Path path, UUID id) throws IOException {
    try (RemittanceLoad load = remittances.load(id);
        InputStream in = Files.newInputStream(path)) {
      StreamingEngine.structural(Mappings.bundled())
          .read(
              in,
              file.name(),
              new RemittanceReader(file.name(), file.sha256(), load, finding -> {}),
              finding -> {});
      return load.outcomes();
    }
  }

  /** A row of the audit record. */
  record Recorded(
      String action, String subject, String subjectId, UUID patient, byte[] query, int outcome) {}

  /** The rows of a practice, oldest first, from {@code after} on. */
  List<Recorded> recorded(UUID practice, long after) {
    return Actor.job("test", practice)
        .call(
            () ->
                transaction.execute(
                    status ->
                        sql.sql(
                                """
                            select action, subject_type, subject_id, patient_id, query, outcome
                            from audit_event where id > ? and actor_kind = 'CLIENT'
                              and action <> 'SIGN_IN' order by id
                            """)
                            .param(after)
                            .query(
                                (row, index) ->
                                    new Recorded(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getString(3),
                                        row.getObject(4, UUID.class),
                                        row.getBytes(5),
                                        row.getInt(6)))
                            .list()));
  }

  /** Where the record of a practice ends now. */
  long endOfRecord(UUID practice) {
    return number(practice, "select coalesce(max(id), 0) from audit_event");
  }

  /** A figure, as the practice sees it. */
  long number(UUID practice, String query) {
    return Actor.job("test", practice)
        .call(() -> transaction.execute(status -> sql.sql(query).query(Long.class).single()));
  }
}
