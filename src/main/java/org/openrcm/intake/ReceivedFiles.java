package org.openrcm.intake;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.web.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The received files of the actor's practice, as lists and pages show them. */
@Component
class ReceivedFiles {
  private static final String COLUMNS =
      """
      select id, name, sha256, size, x12_size, state, via, received_at, received_by, duplicate_of,
        read_bytes, sets, claims, errors, warnings, started_at, finished_at, trouble
      from received_file
      """;

  private static final int IN_A_SLICE = 100;

  private final JdbcClient database;
  private final AuditTrail trail;

  ReceivedFiles(JdbcClient database, AuditTrail trail) {
    this.database = database;
    this.trail = trail;
  }

  /**
   * A file as it is now.
   *
   * @param sha256 of its bytes as received, in hexadecimal
   * @param size of its bytes as received
   * @param x12Size of what is in it; null until it was read
   * @param duplicateOf the file whose bytes it repeats
   * @param sets transaction sets of it that are loaded
   * @param trouble what is wrong with it as a whole, in plain words
   */
  record Row(
      UUID id,
      String name,
      String sha256,
      long size,
      @Nullable Long x12Size,
      FileState state,
      Via via,
      Instant receivedAt,
      String receivedBy,
      @Nullable UUID duplicateOf,
      long readBytes,
      int sets,
      int claims,
      int errors,
      int warnings,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable String trouble) {

    /** The file whose bytes these are. */
    UUID bytesOf() {
      return duplicateOf == null ? id : duplicateOf;
    }

    public boolean isInWork() {
      return state.isInWork();
    }

    public boolean canBeRetried() {
      return duplicateOf == null
          && (state == FileState.QUARANTINED || (state == FileState.LOADED && errors > 0));
    }

    /** How much of it was read, in whole per cent. */
    public long percent() {
      return size == 0 ? 0 : readBytes * 100 / size;
    }

    String key() {
      return receivedAt + "_" + id;
    }
  }

  /** A set of a file with what came of it. */
  record SetRow(int position, SetResult result) {}

  /** A finding with its place; {@code byteOffset} is -1 where it has none. */
  record FindingRow(
      int position,
      String code,
      int level,
      String severity,
      @Nullable String transactionSet,
      long segmentNumber,
      @Nullable String segment,
      @Nullable String loop,
      @Nullable String element,
      long byteOffset,
      String message) {

    /** Such as {@code CLP03}, or the tag where no element is at fault. */
    public @Nullable String where() {
      return element == null ? segment : element;
    }

    /** Which of the four meanings of colour it has. */
    public String meaning() {
      return switch (severity) {
        case "ERROR" -> "wrong";
        case "WARNING" -> "attention";
        default -> "neutral";
      };
    }

    /** As pages say it. */
    public String severityLabel() {
      return switch (severity) {
        case "ERROR" -> "Error";
        case "WARNING" -> "Warning";
        default -> "Note";
      };
    }
  }

  /**
   * Files, those that came last first.
   *
   * @param after where the slice before ended; anything else counts as the start
   */
  @Transactional
  public Slice<Row> list(@Nullable FileState state, @Nullable String after, int limit) {
    Optional<Place> place = Place.of(after);
    StringBuilder where = new StringBuilder(" where true");
    if (state != null) {
      where.append(" and state = :state");
    }
    if (place.isPresent()) {
      where.append(" and (received_at, id) < (:time, :id)");
    }
    JdbcClient.StatementSpec query =
        database
            .sql(COLUMNS + where + " order by received_at desc, id desc limit :limit")
            .param("limit", limit + 1);
    if (state != null) {
      query = query.param("state", state.name());
    }
    if (place.isPresent()) {
      query =
          query
              .param("time", OffsetDateTime.parse(place.get().time()))
              .param("id", place.get().id());
    }
    return Slice.of(query.query((row, index) -> row(row)).list(), limit, Row::key);
  }

  /** A place in the list. */
  private record Place(String time, UUID id) {
    static Optional<Place> of(@Nullable String key) {
      int cut = key == null ? -1 : key.indexOf('_');
      if (key == null || cut < 0) {
        return Optional.empty();
      }
      try {
        OffsetDateTime.parse(key.substring(0, cut));
        return Optional.of(
            new Place(key.substring(0, cut), UUID.fromString(key.substring(cut + 1))));
      } catch (DateTimeParseException | IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }

  /** How many files there are in each state that has any. */
  @Transactional
  public Map<FileState, Long> counts() {
    Map<FileState, Long> counts = new LinkedHashMap<>();
    database
        .sql("select state, count(*) from received_file group by state")
        .query(
            row -> {
              counts.put(FileState.valueOf(row.getString(1)), row.getLong(2));
            });
    return counts;
  }

  @Transactional
  public Optional<Row> find(UUID id) {
    return database
        .sql(COLUMNS + " where id = ?")
        .param(id)
        .query((row, index) -> row(row))
        .optional();
  }

  /** A file with a slice of what came of it. */
  record Details(Row file, Slice<SetRow> sets, Slice<FindingRow> findings) {
    /** Whether claims stand in it, whose sender waits for a TA1 and a 999. */
    boolean isAnswered() {
      return sets.rows().stream().anyMatch(set -> set.result().type().equals("837"));
    }
  }

  /**
   * Opens a file to show it, on record.
   *
   * @param setsAfter where the slice of sets before ended, 0 at first
   * @param findingsAfter likewise of findings
   */
  @Transactional
  public Optional<Details> open(UUID id, int setsAfter, int findingsAfter) {
    Optional<Row> file = find(id);
    if (file.isPresent()) {
      trail.record(Action.VIEW, Subject.of(Intake.SUBJECT, id));
    }
    return file.map(
        row ->
            new Details(
                row, sets(id, setsAfter, IN_A_SLICE), findings(id, findingsAfter, IN_A_SLICE)));
  }

  /** A file whose bytes are to be given out, on record for each patient it was loaded for. */
  @Transactional
  public Optional<Row> copy(UUID id) {
    Optional<Row> file = find(id);
    file.ifPresent(row -> trail.record(Action.COPY, Subject.of(Intake.SUBJECT, id), patients(row)));
    return file;
  }

  private List<UUID> patients(Row file) {
    return database
        .sql(
            """
            select c.patient_id from remittance r
            join claim_payment c
              on c.practice_id = r.practice_id and c.remittance_number = r.number
            where r.file_id = :file
            union select c.patient_id from submission s
            join claim c on c.practice_id = s.practice_id and c.submission_number = s.number
            where s.file_id = :file
            union select c.patient_id from claim_event e
            join claim c on c.practice_id = e.practice_id and c.number = e.claim_number
            where e.file_id = :file and e.claim_payment_id is null
            """)
        .param("file", file.bytesOf())
        .query(UUID.class)
        .list();
  }

  /** Sets of a file in its order, from behind {@code after} on. */
  @Transactional
  public Slice<SetRow> sets(UUID file, int after, int limit) {
    List<SetRow> rows =
        database
            .sql(
                """
                select position, transaction_set, type, outcome, remittance_id, submission_id,
                  claims, reason
                from file_set where file_id = ? and position > ? order by position limit ?
                """)
            .params(file, after, limit + 1)
            .query(
                (row, index) ->
                    new SetRow(
                        row.getInt(1),
                        new SetResult(
                            row.getString(2),
                            row.getString(3),
                            SetResult.Kind.valueOf(row.getString(4)),
                            row.getObject(5, UUID.class),
                            row.getObject(6, UUID.class),
                            row.getInt(7),
                            row.getString(8))))
            .list();
    return Slice.of(rows, limit, row -> String.valueOf(row.position()));
  }

  /** Findings of a file in its order, from behind {@code after} on. */
  @Transactional
  public Slice<FindingRow> findings(UUID file, int after, int limit) {
    List<FindingRow> rows =
        database
            .sql(
                """
                select position, code, level, severity, transaction_set, segment_number, segment,
                  loop, element, byte_offset, message
                from file_finding where file_id = ? and position > ? order by position limit ?
                """)
            .params(file, after, limit + 1)
            .query(FindingRow.class)
            .list();
    return Slice.of(rows, limit, row -> String.valueOf(row.position()));
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getObject("id", UUID.class),
        row.getString("name"),
        HexFormat.of().formatHex(row.getBytes("sha256")),
        row.getLong("size"),
        row.getObject("x12_size", Long.class),
        FileState.valueOf(row.getString("state")),
        Via.valueOf(row.getString("via")),
        row.getObject("received_at", OffsetDateTime.class).toInstant(),
        row.getString("received_by"),
        row.getObject("duplicate_of", UUID.class),
        row.getLong("read_bytes"),
        row.getInt("sets"),
        row.getInt("claims"),
        row.getInt("errors"),
        row.getInt("warnings"),
        instant(row, "started_at"),
        instant(row, "finished_at"),
        row.getString("trouble"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
