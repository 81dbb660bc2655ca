package org.openrcm.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.billing.FileSegments;
import org.openrcm.x12.Delimiters;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Shows a few segments of a file around a place in it. */
@Component
class RawView {
  private static final int BEFORE = 20;
  private static final int AFTER = 40;

  /** How far behind the place a numbered segment is looked for. */
  private static final long FURTHEST = 1 << 23;

  /** A patient's name stands so many bytes at most from the segment that a claim begins with. */
  private static final long NAMED_WITHIN = 1 << 10;

  private final RawStore store;
  private final ReceivedFiles files;
  private final AuditTrail trail;
  private final JdbcClient database;
  private final IntakeSettings settings;

  RawView(
      RawStore store,
      ReceivedFiles files,
      AuditTrail trail,
      JdbcClient database,
      IntakeSettings settings) {
    this.store = store;
    this.files = files;
    this.trail = trail;
    this.database = database;
    this.settings = settings;
  }

  /**
   * Segments that follow one another.
   *
   * @param found the segment that was asked for; null when none was, or it is not there
   * @param previous a place to ask for to see what comes before; null at the start
   * @param next a place to ask for to see what comes after; null at the end
   */
  record Window(
      ReceivedFiles.Row file,
      List<RawSegment> segments,
      @Nullable RawSegment found,
      @Nullable Long previous,
      @Nullable Long next) {

    /** The segment's anchor on the page: s and its number, in the transaction set looked at. */
    public String anchor(RawSegment segment) {
      RawSegment centre = found == null ? segments.get(0) : found;
      return Objects.equals(segment.transactionSet(), centre.transactionSet())
          ? "s" + segment.number()
          : "f" + segment.numberInFile();
    }
  }

  /**
   * The segments around a place, recorded as seen for each patient whose claim is among them.
   *
   * @param at a byte of the X12, as {@link org.openrcm.x12.Place#byteOffset}
   * @param number of the segment to show, in the transaction set of that byte and not before it;
   *     null when the place says it all
   */
  @Transactional
  public Optional<Window> window(UUID id, long at, @Nullable Long number) {
    Optional<ReceivedFiles.Row> file = files.find(id);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Window window = read(file.get(), Math.max(0, at), number);
    trail.record(Action.VIEW, Subject.of(Intake.SUBJECT, id), patients(window));
    return Optional.of(window);
  }

  private Window read(ReceivedFiles.Row file, long at, @Nullable Long number) {
    Mark mark = mark(file.bytesOf(), at);
    try (InputStream in = open(file.bytesOf(), mark.byteOffset())) {
      return around(file, new RawSegments(in, mark), mark, at, number);
    } catch (IOException | X12Bytes.Beyond damaged) {
      return new Window(file, List.of(), null, null, null);
    }
  }

  /**
   * The segments that begin in a range of bytes, as many as {@code most}; none when they cannot be
   * read. Leaves no record.
   */
  List<RawSegment> segments(UUID file, long from, long until, int most) {
    Mark mark = mark(file, from);
    List<RawSegment> found = new ArrayList<>();
    try (InputStream in = open(file, mark.byteOffset())) {
      RawSegments segments = new RawSegments(in, mark);
      for (RawSegment segment = segments.next();
          segment != null && segment.byteOffset() < until && found.size() < most;
          segment = segments.next()) {
        if (segment.byteOffset() >= from) {
          found.add(segment);
        }
      }
      return found;
    } catch (IOException | X12Bytes.Beyond damaged) {
      return List.of();
    }
  }

  /** Segments of a transaction set by their numbers, as far as they are found. */
  Map<Long, RawSegment> numbered(FileSegments.Wanted wanted) {
    long at = Math.max(0, wanted.byteOffset());
    Mark mark = mark(wanted.file(), at);
    Map<Long, RawSegment> found = new TreeMap<>();
    try (InputStream in = open(wanted.file(), mark.byteOffset())) {
      RawSegments segments = new RawSegments(in, mark);
      RawSegment segment = segments.next();
      while (segment != null && segment.byteOffset() - at <= FURTHEST) {
        if (segment.numberInSet() == 1 && segment.byteOffset() <= at) {
          // a set of the same number may stand before
          found.clear();
        }
        if (wanted.numbers().contains(segment.numberInSet())
            && wanted.transactionSet().equals(segment.transactionSet())) {
          found.putIfAbsent(segment.numberInSet(), segment);
        }
        if (found.size() == wanted.numbers().size() && segment.end() >= at) {
          break;
        }
        segment = segments.next();
      }
      return found;
    } catch (IOException | X12Bytes.Beyond damaged) {
      return Map.of();
    }
  }

  private static Window around(
      ReceivedFiles.Row file, RawSegments segments, Mark mark, long at, @Nullable Long number)
      throws IOException {
    Deque<RawSegment> before = new ArrayDeque<>();
    RawSegment place = null;
    RawSegment target = null;
    RawSegment segment = segments.next();
    while (segment != null && target == null) {
      if (place == null && segment.end() >= at) {
        place = segment;
      }
      if (place != null && (number == null || isNumbered(segment, place, number))) {
        target = segment;
      } else if (place != null && segment.byteOffset() - at > FURTHEST) {
        break;
      } else {
        before.add(segment);
        if (before.size() > BEFORE) {
          before.remove();
        }
        segment = segments.next();
      }
    }
    List<RawSegment> shown = new ArrayList<>(before);
    int rest = target == null ? 0 : AFTER;
    for (; segment != null && rest > 0; rest--) {
      shown.add(segment);
      segment = segments.next();
    }
    boolean first = shown.isEmpty() || (before.size() < BEFORE && mark.byteOffset() == 0);
    RawSegment last = shown.isEmpty() ? null : shown.get(shown.size() - 1);
    return new Window(
        file,
        shown,
        number == null ? null : target,
        first ? null : shown.get(0).byteOffset(),
        segment == null || last == null ? null : last.byteOffset());
  }

  private static boolean isNumbered(RawSegment segment, RawSegment place, long number) {
    return segment.number() == number
        && Objects.equals(segment.transactionSet(), place.transactionSet());
  }

  private InputStream open(UUID file, long offset) throws IOException {
    X12Bytes start = new X12Bytes(store.openAt(file, 0), settings.maxX12Size().toBytes());
    if (!start.isCompressed()) {
      return store.openAt(file, offset);
    }
    start.skipNBytes(offset);
    return start;
  }

  /** The last mark far enough before the place that what stands before it can be shown too. */
  private Mark mark(UUID file, long at) {
    return database
        .sql(
            """
            select byte_offset, number_in_file, number_in_set, transaction_set, delimiters
            from file_mark where file_id = ? and byte_offset <= ?
            order by byte_offset desc limit 1
            """)
        .param(file)
        .param(Math.max(0, at - RawSegments.SHOWN * (long) BEFORE))
        .query(
            (row, index) -> {
              byte[] bytes = row.getBytes(5);
              return new Mark(
                  row.getLong(1),
                  row.getLong(2),
                  row.getLong(3),
                  row.getString(4),
                  new Delimiters(bytes[0], (byte) 0, bytes[1], bytes[2]));
            })
        .optional()
        .orElse(Mark.START);
  }

  private List<UUID> patients(Window window) {
    List<RawSegment> segments = window.segments();
    if (segments.isEmpty()) {
      return List.of();
    }
    return database
        .sql(
            """
            select c.patient_id from remittance r
            join claim_payment c
              on c.practice_id = r.practice_id and c.remittance_number = r.number
            where r.file_id = :file and c.byte_offset < :end
              and c.byte_offset + c.byte_length > :start
            union select c.patient_id from submission s
            join claim c on c.practice_id = s.practice_id and c.submission_number = s.number
            where s.file_id = :file and c.byte_offset < :end + :within
              and c.byte_offset + c.byte_length > :start
            union select c.patient_id from claim_event e
            join claim c on c.practice_id = e.practice_id and c.number = e.claim_number
            where e.file_id = :file and e.byte_offset < :end + :within
              and e.byte_offset > :start - :within and e.claim_payment_id is null
            """)
        .param("file", window.file().bytesOf())
        .param("end", segments.get(segments.size() - 1).end())
        .param("start", segments.get(0).byteOffset())
        .param("within", NAMED_WITHIN)
        .query(UUID.class)
        .list();
  }
}
