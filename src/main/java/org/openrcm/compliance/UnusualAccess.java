package org.openrcm.compliance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.contact.OfficeZone;
import org.openrcm.identity.Emergencies;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what stood out until a person signs it off, and who did. */
@Component
public class UnusualAccess {
  static final String SUBJECT = "UnusualAccess";

  private static final UUID NOBODY = new UUID(0, 0);
  private static final int ENTRIES = 200;
  private static final String SELECT =
      """
      select u.*, r.follow_up, r.words, r.signed_at, r.signed_by, e.reason
      from unusual_access u left join unusual_review r
        on r.practice_id = u.practice_id and r.unusual_number = u.number
      left join emergency_access e on e.practice_id = u.practice_id and e.id = u.id
      """;

  private final JdbcClient sql;
  private final UnusualSearch search;
  private final OfficeZone zone;
  private final AuditTrail audit;
  private final Clock clock;

  UnusualAccess(
      JdbcClient sql, UnusualSearch search, OfficeZone zone, AuditTrail audit, Clock clock) {
    this.sql = sql;
    this.search = search;
    this.zone = zone;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What nobody has signed off.
   *
   * @param late how many of them for longer than they may wait
   */
  public record Waiting(long all, long late) {}

  /**
   * An entry of the record behind a finding.
   *
   * @param at in the practice's own time zone, in which its hours are
   */
  record Entry(
      LocalDateTime at, String did, String subject, @Nullable UUID patient, @Nullable String why) {}

  /** A finding with the entries behind it, the latest first. */
  record View(Unusual one, boolean own, List<Entry> entries) {}

  Instant now() {
    return clock.instant();
  }

  /** Goes through the days that ended since it was last done, a fortnight at most. */
  @Transactional
  public void catchUp() {
    LocalDate yesterday = LocalDate.ofInstant(now(), zone.current()).minusDays(1);
    LocalDate before =
        sql.sql("select day from unusual_day for update")
            .query(LocalDate.class)
            .optional()
            .orElse(yesterday.minusDays(1));
    int begun =
        sql.sql(
                """
                insert into unusual_day as known (practice_id, day) values (?, ?)
                on conflict (practice_id) do update set day = excluded.day
                  where known.day < excluded.day
                """)
            .params(Actor.currentPractice(), yesterday)
            .update();
    if (begun == 0) {
      return;
    }
    LocalDate first = before.plusDays(1);
    LocalDate earliest = yesterday.minusDays(13);
    for (LocalDate day = first.isBefore(earliest) ? earliest : first;
        !day.isAfter(yesterday);
        day = day.plusDays(1)) {
      workOut(day);
    }
  }

  /** Keeps what stood out on a day; again it changes nothing. */
  @Transactional
  public void workOut(LocalDate day) {
    for (UnusualKind kind : UnusualKind.values()) {
      for (UnusualSearch.Found found : search.find(kind, day, zone.current())) {
        keep(day, found);
      }
    }
    if (isWeekDue(day)) {
      keep(day, new UnusualSearch.Found(UnusualKind.WEEK, NOBODY, "The practice", 0, null));
    }
  }

  /** A week after the last review was due, or after the first entry of the record. */
  private boolean isWeekDue(LocalDate day) {
    LocalDate last = day.minusDays(UnusualLimit.WEEK_DAYS.on(day) - 1L);
    return sql.sql(
            """
            select not exists (select from unusual_access where kind = 'WEEK' and day >= :last)
              and exists (select from audit_event where recorded_at < :start)
            """)
        .param("last", last)
        .param("start", last.atStartOfDay(zone.current()).toOffsetDateTime())
        .query(Boolean.class)
        .single();
  }

  private void keep(LocalDate day, UnusualSearch.Found found) {
    keep(UUID.randomUUID(), day, found);
  }

  /** An emergency waits for its review from its first moment on. */
  @EventListener
  void begun(Emergencies.Begun emergency) {
    keep(
        emergency.id(),
        LocalDate.ofInstant(emergency.at(), zone.current()),
        new UnusualSearch.Found(
            UnusualKind.EMERGENCY, emergency.staff(), emergency.name(), 0, null));
  }

  private void keep(UUID id, LocalDate day, UnusualSearch.Found found) {
    int kept =
        sql.sql(
                """
                insert into unusual_access (practice_id, number, id, kind, day, actor_id,
                  actor_name, patients, usual, found_at)
                values (?, nextval('unusual_access_number'), ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (practice_id, kind, day, actor_id)
                  where kind <> 'EMERGENCY' do nothing
                """)
            .params(
                Actor.currentPractice(),
                id,
                found.kind().name(),
                day,
                found.actor(),
                found.name(),
                found.patients())
            .param(found.usual())
            .param(now().atOffset(ZoneOffset.UTC))
            .update();
    if (kept > 0) {
      audit.record(Action.ADD, Subject.of(SUBJECT, id));
    }
  }

  /** What waits, the oldest first; or what was signed off, the latest first. */
  @Transactional
  public List<Unusual> list(boolean signed, int limit) {
    audit.record(Action.QUERY, Subject.list(SUBJECT));
    return sql.sql(
            SELECT
                + (signed
                    ? "where r.signed_at is not null order by r.signed_at desc"
                    : "where r.signed_at is null order by u.day, u.number")
                + " limit ?")
        .param(limit)
        .query((row, index) -> unusual(row))
        .list();
  }

  private static Unusual unusual(ResultSet row) throws SQLException {
    OffsetDateTime signed = row.getObject("signed_at", OffsetDateTime.class);
    return new Unusual(
        row.getLong("number"),
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        UnusualKind.valueOf(row.getString("kind")),
        Objects.requireNonNull(row.getObject("day", LocalDate.class)),
        Objects.requireNonNull(row.getObject("actor_id", UUID.class)),
        row.getString("actor_name"),
        row.getLong("patients"),
        row.getObject("usual", Long.class),
        row.getString("reason"),
        Objects.requireNonNull(row.getObject("found_at", OffsetDateTime.class)).toInstant(),
        signed == null
            ? null
            : new Unusual.Review(
                row.getBoolean("follow_up"),
                row.getString("words"),
                signed.toInstant(),
                row.getString("signed_by")));
  }

  private Unusual require(UUID id) {
    return sql.sql(SELECT + "where u.id = ?")
        .param(id)
        .query((row, index) -> unusual(row))
        .optional()
        .orElseThrow(() -> NoSuchDisclosure.denied(audit, SUBJECT, id));
  }

  private static boolean isOwn(Unusual one) {
    return one.actor().equals(Actor.current().id());
  }

  /** A finding and its entries, on record for each patient who is in them. */
  @Transactional
  public View view(UUID id) {
    Unusual one = require(id);
    ZoneId local = zone.current();
    List<Long> ids = search.behind(one, local, ENTRIES);
    List<Entry> entries =
        sql.sql(
                """
                select recorded_at, action, subject_type, patient_id, outcome_text
                from audit_event where id = any (?) order by id desc
                """)
            .param((Object) ids.toArray(Long[]::new))
            .query(
                (row, index) ->
                    new Entry(
                        Objects.requireNonNull(row.getObject("recorded_at", OffsetDateTime.class))
                            .atZoneSameInstant(local)
                            .toLocalDateTime(),
                        Action.word(row.getString("action")),
                        row.getString("subject_type"),
                        row.getObject("patient_id", UUID.class),
                        row.getString("outcome_text")))
            .list();
    Set<UUID> patients = new LinkedHashSet<>();
    for (Entry each : entries) {
      if (each.patient() != null) {
        patients.add(each.patient());
      }
    }
    audit.record(Action.VIEW, Subject.of(SUBJECT, id), patients);
    return new View(one, isOwn(one), entries);
  }

  /**
   * Signs a finding off. What is signed off stays as it is.
   *
   * @return what is wrong; null when it is done
   */
  @Transactional
  public @Nullable String sign(UUID id, boolean followUp, String words) {
    Unusual one = require(id);
    if (isOwn(one)) {
      return "Another person has to look into your own day.";
    }
    if (words.isEmpty()) {
      return "Say what you found, in a few words.";
    }
    int signed =
        sql.sql(
                """
                insert into unusual_review (practice_id, unusual_number, follow_up, words,
                  signed_at, signed_by, signed_by_id)
                values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """)
            .params(
                Actor.currentPractice(),
                one.number(),
                followUp,
                words,
                now().atOffset(ZoneOffset.UTC),
                Actor.current().name())
            .param(Actor.current().id())
            .update();
    if (signed == 0) {
      return "Somebody has signed it off before you.";
    }
    audit.record(Action.CHANGE, Subject.of(SUBJECT, id));
    return null;
  }

  /** For the first page of compliance: how many, and no patient's data. */
  @Transactional
  public Waiting waiting() {
    List<Unusual> open =
        sql.sql(SELECT + "where r.signed_at is null").query((row, index) -> unusual(row)).list();
    return new Waiting(open.size(), open.stream().filter(each -> each.isLate(now())).count());
  }
}
