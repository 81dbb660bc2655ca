package org.openrcm.intake;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.openrcm.audit.Actor;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks at what came of files, past pages and records: a bean of the server under test. */
@Component
@Lazy
class Arrivals {
  private static final int PATIENCE_SECONDS = 60;

  private final ReceivedFiles files;
  private final TransactionTemplate transaction;
  private final JdbcClient sql;

  Arrivals(ReceivedFiles files, TransactionTemplate transaction, JdbcClient sql) {
    this.files = files;
    this.transaction = transaction;
    this.sql = sql;
  }

  /** The file when nothing more happens to it. */
  ReceivedFiles.Row settled(UUID practice, UUID file) {
    for (int i = 0; i < PATIENCE_SECONDS * 50; i++) {
      ReceivedFiles.Row row = now(practice, file);
      if (!row.isInWork()) {
        return row;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError("still " + now(practice, file));
  }

  ReceivedFiles.Row now(UUID practice, UUID file) {
    return as(practice, () -> files.find(file).orElseThrow());
  }

  /** A number that a query over the practice's rows answers. */
  long count(UUID practice, String query, Object... parameters) {
    return as(practice, () -> sql.sql(query).params(parameters).query(Long.class).single());
  }

  /** Files of the practice that wait to be read; who asks sees the jobs of all practices. */
  long jobs(UUID practice) {
    String query = "select count(*) from job where practice_id = ? and kind = ?";
    return count(practice, query, practice, ReadFile.KIND);
  }

  List<String> texts(UUID practice, String query, Object... parameters) {
    return as(practice, () -> sql.sql(query).params(parameters).query(String.class).list());
  }

  /** What the work answers, done for the practice in one transaction. */
  <T> T as(UUID practice, Callable<T> work) {
    try {
      return Actor.job("test", practice)
          .call(
              () ->
                  transaction.execute(
                      status -> {
                        try {
                          return work.call();
                        } catch (Exception e) {
                          throw new IllegalStateException(e);
                        }
                      }));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
