package org.openrcm.intake;

import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.openrcm.claim.Claims;
import org.openrcm.jobs.JobKind;
import org.openrcm.jobs.JobRun;
import org.openrcm.remittance.Remittances;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.StreamingEngine;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The job that reads a file: each of its checks, submissions and acknowledgements is loaded in a
 * transaction of its own, and the last one says what came of the file. Broken off anywhere and
 * begun again, it ends the same: what is there already is recognised.
 */
@Configuration(proxyBeanMethods = false)
class ReadFile {
  static final String KIND = "READ_FILE";

  private final IntakeSettings settings;
  private final RawStore store;
  private final Remittances remittances;
  private final Claims claims;
  private final FileResults results;
  private final EntityManager entities;
  private final JdbcClient database;
  private final Clock clock;
  private final StreamingEngine engine = StreamingEngine.checking(Mappings.bundled());
  private final TransactionTemplate transaction;
  private final TransactionTemplate apart;

  ReadFile(
      IntakeSettings settings,
      RawStore store,
      Remittances remittances,
      Claims claims,
      FileResults results,
      EntityManager entities,
      JdbcClient database,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.settings = settings;
    this.store = store;
    this.remittances = remittances;
    this.claims = claims;
    this.results = results;
    this.entities = entities;
    this.database = database;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
    this.apart = new TransactionTemplate(transactions);
    this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  @Bean
  JobKind readFileJob() {
    return new JobKind(KIND, this::read, this::giveUp);
  }

  /** What is needed of a file to read it. */
  private record Source(UUID id, String name, String sha256) {}

  private void read(UUID id, JobRun run) throws IOException {
    Optional<Source> source = transaction.execute(status -> start(id));
    if (source != null && source.isPresent()) {
      load(source.get(), run);
    }
  }

  /** Empty when there is nothing to read, because it was read to its end before. */
  private Optional<Source> start(UUID id) {
    ReceivedFile file = entities.find(ReceivedFile.class, id);
    if (file == null || !file.state().isInWork()) {
      return Optional.empty();
    }
    file.startReading(clock.instant());
    return Optional.of(new Source(file.id(), file.name(), file.sha256()));
  }

  private void load(Source source, JobRun run) throws IOException {
    FileReport report;
    FindingLog findings = new FindingLog();
    try (SetReaders readers =
            new SetReaders(
                source.id(), source.name(), source.sha256(), remittances, claims, findings);
        Watched watched = watched(source, run);
        X12Bytes x12 = new X12Bytes(watched, settings.maxX12Size().toBytes())) {
      SetLog sets = new SetLog(readers);
      String beyond = null;
      try {
        engine.read(x12, source.name(), sets, findings);
        // behind the end of what was compressed: the hash is of all bytes
        watched.transferTo(OutputStream.nullOutputStream());
      } catch (X12Bytes.Beyond e) {
        beyond = e.getMessage();
      }
      readers.follow();
      report =
          new FileReport(
              source.id(),
              x12.size(),
              x12.isZip(),
              beyond,
              findings,
              sets.marks(),
              SetResult.of(sets.sets(), readers.results()));
    }
    results.keep(report);
  }

  private Watched watched(Source source, JobRun run) {
    return new Watched(
        store.open(source.id(), source.sha256()),
        run,
        count ->
            apart.executeWithoutResult(
                status ->
                    database
                        .sql("update received_file set read_bytes = ? where id = ?")
                        .params(count, source.id())
                        .update()));
  }

  private void giveUp(UUID id) {
    ReceivedFile file = entities.find(ReceivedFile.class, id);
    if (file != null && file.state().isInWork()) {
      file.quarantine(
          ReceivedFile.Reading.NONE,
          "It could not be read at several tries, for a reason that lies with the server. "
              + "Your administrator finds it in the log; then read it again.",
          clock.instant());
    }
  }
}
