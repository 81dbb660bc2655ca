package org.openrcm.intake;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.x12.Delimiters;
import org.openrcm.x12.Finding;
import org.openrcm.x12.Place;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down what came of a file, all of it at once. */
@Component
class FileResults {
  private static final int BATCH = 500;

  private final JdbcTemplate database;
  private final EntityManager entities;
  private final AuditTrail trail;
  private final Clock clock;
  private final MeterRegistry metrics;
  private final TransactionTemplate transaction;

  FileResults(
      JdbcTemplate database,
      EntityManager entities,
      AuditTrail trail,
      Clock clock,
      MeterRegistry metrics,
      PlatformTransactionManager transactions) {
    this.database = database;
    this.entities = entities;
    this.trail = trail;
    this.clock = clock;
    this.metrics = metrics;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Writes it in one transaction, in place of what an earlier reading came to. */
  void keep(FileReport read) {
    transaction.executeWithoutResult(
        status -> {
          ReceivedFile file = entities.find(ReceivedFile.class, read.file());
          if (file == null) {
            throw new IllegalStateException("the file that was read is not there");
          }
          FileReport report = read.with(own(read));
          for (String table : List.of("file_finding", "file_set", "file_mark")) {
            database.update("delete from " + table + " where file_id = ?", read.file());
          }
          sets(report);
          findings(report);
          marks(report);
          end(file, report);
          trail.record(Action.CHANGE, Subject.of(Intake.SUBJECT, read.file()));
        });
    metrics.counter("openrcm.files.read", "state", read.state().name()).increment();
    read.sets().stream()
        .filter(set -> set.kind() == SetResult.Kind.LOADED)
        .forEach(set -> metrics.counter("openrcm.claims.loaded").increment(set.claims()));
  }

  private void end(ReceivedFile file, FileReport report) {
    switch (report.state()) {
      case LOADED -> file.loaded(report.reading(), report.remark(), clock.instant());
      case DUPLICATE -> file.repeats(report.reading(), clock.instant());
      default -> file.quarantine(report.reading(), report.trouble(), clock.instant());
    }
  }

  /**
   * The sets, with those loaded that were found to be there because an earlier try, broken off
   * later, loaded them from this file.
   */
  private List<SetResult> own(FileReport report) {
    Map<UUID, Integer> ofThisFile = new HashMap<>();
    database.query(
        """
        select id, claims from remittance where file_id = ?
        union all select id, claims from submission where file_id = ?
        """,
        row -> {
          ofThisFile.put(row.getObject(1, UUID.class), row.getInt(2));
        },
        report.file(),
        report.file());
    // a TA1 stands in no set
    List<String> answers =
        database.queryForList(
            """
            select distinct transaction_set from acknowledgement
            where file_id = ? and kind <> 'TA1'
            union all select kind from acknowledgement where file_id = ? and kind = 'TA1'
            """,
            String.class,
            report.file(),
            report.file());
    Set<UUID> seen = new HashSet<>();
    List<SetResult> sets = new ArrayList<>();
    for (SetResult set : report.sets()) {
      UUID became = set.remittance() == null ? set.submission() : set.remittance();
      Integer claims = became == null || !seen.add(became) ? null : ofThisFile.get(became);
      if (set.kind() != SetResult.Kind.DUPLICATE) {
        sets.add(set);
      } else if (claims != null) {
        sets.add(set.loaded(claims));
      } else if (answers.remove(set.type().equals("TA1") ? "TA1" : set.transactionSet())) {
        sets.add(set.loaded(set.claims()));
      } else {
        sets.add(set);
      }
    }
    return sets;
  }

  private void sets(FileReport report) {
    List<Object[]> rows = new ArrayList<>();
    for (SetResult set : report.sets()) {
      rows.add(
          new Object[] {
            Actor.currentPractice(),
            report.file(),
            rows.size() + 1,
            set.transactionSet(),
            set.type(),
            set.kind().name(),
            set.remittance(),
            set.submission(),
            set.claims(),
            set.reason()
          });
    }
    insert(
        "insert into file_set (practice_id, file_id, position, transaction_set, type, outcome,"
            + " remittance_id, submission_id, claims, reason)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows);
  }

  private void findings(FileReport report) {
    List<Object[]> rows = new ArrayList<>();
    for (Finding finding : report.findings().kept()) {
      Place place = finding.place();
      rows.add(
          new Object[] {
            Actor.currentPractice(),
            report.file(),
            rows.size() + 1,
            finding.code(),
            finding.rule().level(),
            finding.severity().name(),
            place.transactionSet(),
            place.segmentNumber(),
            place.segment(),
            place.loop(),
            place.element(),
            place.byteOffset(),
            finding.message()
          });
    }
    insert(
        "insert into file_finding (practice_id, file_id, position, code, level, severity,"
            + " transaction_set, segment_number, segment, loop, element, byte_offset, message)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows);
  }

  private void marks(FileReport report) {
    List<Object[]> rows = new ArrayList<>();
    for (Mark mark : report.marks()) {
      Delimiters delimiters = mark.delimiters();
      if (delimiters == null) {
        continue;
      }
      byte[] bytes = {delimiters.element(), delimiters.component(), delimiters.terminator()};
      rows.add(
          new Object[] {
            Actor.currentPractice(),
            report.file(),
            mark.byteOffset(),
            mark.numberInFile(),
            mark.numberInSet(),
            mark.transactionSet(),
            bytes
          });
    }
    insert(
        "insert into file_mark (practice_id, file_id, byte_offset, number_in_file, number_in_set,"
            + " transaction_set, delimiters) values (?, ?, ?, ?, ?, ?, ?)",
        rows);
  }

  private void insert(String sql, List<Object[]> rows) {
    for (int from = 0; from < rows.size(); from += BATCH) {
      database.batchUpdate(sql, rows.subList(from, Math.min(rows.size(), from + BATCH)));
    }
  }
}
