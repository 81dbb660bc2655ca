package org.openrcm.remittance;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.openrcm.audit.Actor;
import org.openrcm.x12.StreamingEngine;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A practice of a test's own, with files that were received for it. */
final class Loading {
  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final Remittances remittances;
  final UUID practice = UUID.randomUUID();
  final Actor actor = Actor.job("test", practice);

  Loading(JdbcClient sql, TransactionTemplate transaction, Remittances remittances) {
    this.sql = sql;
    this.transaction = transaction;
    this.remittances = remittances;
    sql.sql("insert into practice (id, name) values (?, 'Test')").param(practice).update();
  }

  /** A file's row, as intake writes it. */
  UUID received() {
    UUID file = UUID.randomUUID();
    actor.run(
        () ->
            transaction.executeWithoutResult(
                status ->
                    sql.sql(
                            """
                            insert into received_file
                              (practice_id, id, name, sha256, size, state, via, received_by)
                            values (?, ?, 'remit.835', ?, 1, 'READING', 'UPLOAD', 'test')
                            """)
                        .param(practice)
                        .param(file)
                        .param(file.toString().getBytes(StandardCharsets.UTF_8))
                        .update()));
    return file;
  }

  List<SetOutcome> load(String text) {
    return load(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  List<SetOutcome> load(InputStream in) {
    UUID file = received();
    return actor.call(
        () -> {
          try (RemittanceLoad load = remittances.load(file)) {
            read(in, load);
            return load.outcomes();
          }
        });
  }

  static void read(InputStream in, RemittanceHandler into) {
    StreamingEngine.checking(Received.MAPPINGS)
        .read(in, Received.FILE, new RemittanceReader(Received.FILE, "", into, f -> {}), f -> {});
  }

  /** A figure, as the practice sees it. */
  long count(String query) {
    return ask(() -> sql.sql(query).query(Long.class).single());
  }

  /** As the practice, in a transaction. */
  <T> T ask(java.util.function.Supplier<T> question) {
    return actor.call(() -> transaction.execute(status -> question.get()));
  }
}
