package org.openrcm.claim;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.CodeList;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happened to a claim, from being read to the last check, with where each thing stands. */
@Component
class ClaimTimeline {
  private static final CodeList CATEGORIES = CodeList.load("claim-status-category");
  private static final CodeList CODES = CodeList.load("claim-status-code");
  private static final CodeList INTERCHANGE_NOTES = CodeList.load("interchange-note");
  private static final CodeList SET_ERRORS = CodeList.load("set-error");
  private static final CodeList STATUSES = CodeList.load("claim-status");

  private final JdbcClient sql;

  ClaimTimeline(JdbcClient sql) {
    this.sql = sql;
  }

  /** The events of a claim. */
  List<ClaimEvent> events(long claim) {
    return sql.sql("select * from claim_event where claim_number = ? order by happened_on, number")
        .param(claim)
        .query(ClaimEvent::of)
        .list();
  }

  /** All of it, the latest first. */
  List<ClaimPage.Moment> of(StoredBill bill, List<ClaimEvent> events) {
    List<ClaimPage.Moment> moments = new ArrayList<>();
    Claim claim = bill.claim();
    moments.add(
        new ClaimPage.Moment(
            sent(bill),
            "837",
            "Billed",
            "neutral",
            null,
            null,
            claim.charged(),
            bill.submission().source().file(),
            ClaimPage.source(bill.fileId(), claim.byteOffset(), claim.segment())));
    moments.addAll(acknowledgements(bill.submissionNumber()));
    Map<UUID, String> files = files(events);
    for (ClaimEvent event : events) {
      moments.add(
          new ClaimPage.Moment(
              event.on(),
              event.kind().set(),
              event.kind().label(),
              event.kind().meaning(),
              event.code(),
              words(event),
              event.amount(),
              files.getOrDefault(event.fileId(), ""),
              ClaimPage.source(event.fileId(), event.byteOffset(), event.segment())));
    }
    moments.sort(Comparator.comparing(ClaimPage.Moment::day));
    java.util.Collections.reverse(moments);
    return moments;
  }

  /** BHT04; the day of reading where the submitter names none. */
  private static LocalDate sent(StoredBill bill) {
    return Objects.requireNonNullElseGet(
        bill.submission().date(),
        () -> LocalDate.ofInstant(bill.loadedAt(), ZoneId.systemDefault()));
  }

  private List<ClaimPage.Moment> acknowledgements(long submission) {
    return sql.sql(
            """
            select a.kind, a.code, a.notes, a.made_on, a.segment, a.byte_offset, a.file_id,
              f.name
            from acknowledgement a join received_file f on f.id = a.file_id
            where a.submission_number = ? and a.kind in ('TA1', '999') order by a.number
            """)
        .param(submission)
        .query(
            (row, index) -> {
              String code = Objects.requireNonNullElse(row.getString("code"), "");
              boolean refused = Acceptance.ofCode(code) == Acceptance.REJECTED;
              String[] notes = (String[]) row.getArray("notes").getArray();
              UUID file = Claims.uuid(row, "file_id");
              long at = row.getLong("byte_offset");
              LocalDate made = Objects.requireNonNull(row.getObject("made_on", LocalDate.class));
              CodeList known = row.getString("kind").equals("TA1") ? INTERCHANGE_NOTES : SET_ERRORS;
              return new ClaimPage.Moment(
                  made,
                  row.getString("kind"),
                  refused ? "Refused" : "Acknowledged",
                  refused ? "wrong" : "neutral",
                  code,
                  Arrays.stream(notes)
                      .filter(note -> !note.isEmpty())
                      .map(note -> Objects.requireNonNullElse(words(known, note, made), note))
                      .collect(Collectors.joining(", ")),
                  null,
                  row.getString("name"),
                  row.getString("kind").equals("TA1")
                      ? "/files/%s/raw?at=%d".formatted(file, Math.max(0, at))
                      : ClaimPage.source(file, at, row.getLong("segment")));
            })
        .list();
  }

  private Map<UUID, String> files(List<ClaimEvent> events) {
    return events.isEmpty()
        ? Map.of()
        : sql
            .sql("select id, name from received_file where id = any (?)")
            .param(events.stream().map(ClaimEvent::fileId).distinct().toArray(UUID[]::new))
            .query((row, index) -> Map.entry(Claims.uuid(row, "id"), row.getString("name")))
            .list()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** What its code means. */
  private static @Nullable String words(ClaimEvent event) {
    if (event.kind().isOfPayment()) {
      return words(STATUSES, event.code(), event.on());
    }
    if (!event.kind().isOfStatus()) {
      return null;
    }
    String[] parts = event.code().split(":", -1);
    String category = words(CATEGORIES, parts[0], event.on());
    String status = parts.length > 1 ? words(CODES, parts[1], event.on()) : null;
    return category == null ? status : status == null ? category : category + "; " + status;
  }

  private static @Nullable String words(CodeList list, String code, LocalDate day) {
    return list.words(code, day).or(() -> list.words(code, null)).orElse(null);
  }
}
