package org.openrcm.intake;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Savepoint;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.jobs.Jobs;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes files in for the practice of the current {@link Actor}. */
@Component
@EnableConfigurationProperties(IntakeSettings.class)
public class Intake {
  static final String SUBJECT = "ReceivedFile";

  private static final int PATIENCE_SECONDS = 30;

  private final IntakeSettings settings;
  private final RawStore store;
  private final Jobs jobs;
  private final AuditTrail trail;
  private final EntityManager entities;
  private final JdbcTemplate connection;
  private final JdbcClient database;
  private final TransactionTemplate transaction;
  private final Semaphore comingIn;

  Intake(
      IntakeSettings settings,
      RawStore store,
      Jobs jobs,
      AuditTrail trail,
      EntityManager entities,
      JdbcTemplate connection,
      JdbcClient database,
      PlatformTransactionManager transactions) {
    this.settings = settings;
    this.store = store;
    this.jobs = jobs;
    this.trail = trail;
    this.entities = entities;
    this.connection = connection;
    this.database = database;
    this.transaction = new TransactionTemplate(transactions);
    this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.comingIn = new Semaphore(settings.atOnce(), true);
  }

  /** The most bytes that a file may have, as received. */
  long maxSize() {
    return settings.maxSize().toBytes();
  }

  /**
   * Keeps a file, in a transaction of its own; it is read in the background. All is kept, or
   * nothing is and this throws.
   *
   * <p>Of several calls with the same bytes one makes a new file and the others a duplicate of it,
   * also when they come at the same time.
   *
   * @param name as the sender has it; only its last part is kept, and only to be shown
   * @param in read to its end, a piece at a time
   * @throws TooLarge when it has more bytes than may come in
   * @throws IOException when {@code in} breaks off
   * @throws org.springframework.transaction.TransactionException or {@link
   *     org.springframework.dao.DataAccessException} when the database does not take it
   */
  public Receipt receive(@Nullable String name, Via via, InputStream in) throws IOException {
    takeTurn();
    try {
      Receipt receipt = transaction.execute(status -> keep(FileName.of(name), via, in));
      if (receipt == null) {
        throw new IllegalStateException("no receipt was made");
      }
      return receipt;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      comingIn.release();
    }
  }

  private void takeTurn() {
    try {
      if (!comingIn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new TransientDataAccessResourceException("too many files are coming in at once");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientDataAccessResourceException("the server is stopping");
    }
  }

  private Receipt keep(String name, Via via, InputStream in) {
    return connection.execute(
        (ConnectionCallback<Receipt>)
            sql -> {
              Savepoint before = sql.setSavepoint();
              UUID id = UUID.randomUUID();
              RawStore.Written written = write(id, in);
              if (!insert(id, name, via, written, null)) {
                sql.rollback(before);
                return duplicate(id, name, via, written);
              }
              sql.releaseSavepoint(before);
              trail.record(Action.ADD, Subject.of(SUBJECT, id));
              jobs.enqueue(ReadFile.KIND, id);
              return new Receipt(id, name, FileState.RECEIVED, written.sha256(), null);
            });
  }

  private RawStore.Written write(UUID id, InputStream in) {
    try {
      return store.write(id, in, maxSize());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Receipt duplicate(UUID id, String name, Via via, RawStore.Written written) {
    UUID original =
        database
            .sql("select id from received_file where sha256 = ? and duplicate_of is null")
            .param(HexFormat.of().parseHex(written.sha256()))
            .query(UUID.class)
            .single();
    insert(id, name, via, written, original);
    trail.record(Action.ADD, Subject.of(SUBJECT, id));
    return new Receipt(id, name, FileState.DUPLICATE, written.sha256(), original);
  }

  /** False when the same bytes are there, or are coming in and then committed. */
  private boolean insert(
      UUID id, String name, Via via, RawStore.Written written, @Nullable UUID original) {
    int rows =
        database
            .sql(
                """
                insert into received_file (practice_id, id, name, sha256, size, state, via,
                  received_by, duplicate_of, read_bytes, finished_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, case when ? then now() end)
                on conflict (practice_id, sha256) where duplicate_of is null do nothing
                """)
            .param(Actor.currentPractice())
            .param(id)
            .param(name)
            .param(HexFormat.of().parseHex(written.sha256()))
            .param(written.size())
            .param((original == null ? FileState.RECEIVED : FileState.DUPLICATE).name())
            .param(via.name())
            .param(Actor.current().name())
            .param(original)
            .param(original == null ? 0 : written.size())
            .param(original != null)
            .update();
    return rows > 0;
  }

  /** Reads a file again that could not be read, or not wholly; false when that makes no sense. */
  boolean retry(UUID id) {
    Boolean retried =
        transaction.execute(
            status -> {
              ReceivedFile file =
                  entities.find(ReceivedFile.class, id, LockModeType.PESSIMISTIC_WRITE);
              if (file == null || !file.canBeRetried()) {
                return false;
              }
              file.retry();
              trail.record(Action.CHANGE, Subject.of(SUBJECT, id));
              jobs.enqueue(ReadFile.KIND, id);
              return true;
            });
    return Boolean.TRUE.equals(retried);
  }
}
