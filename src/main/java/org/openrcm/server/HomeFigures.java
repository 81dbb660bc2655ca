package org.openrcm.server;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.web.Chart;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The figures of the home page: counts and sums of a practice, no patient's data. */
@Component
class HomeFigures {
  private static final int FILE_DAYS = 14;
  private static final int PAYERS = 5;
  private static final int DAILY_UP_TO = 31;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d", Locale.US);

  /**
   * States of a received file, in the order of the chart, with the word and the meaning of each.
   */
  private static final Map<String, String[]> STATES = new LinkedHashMap<>();

  static {
    STATES.put("LOADED", new String[] {"Loaded", "good"});
    STATES.put("READING", new String[] {"Being read", "accent"});
    STATES.put("DUPLICATE", new String[] {"Duplicate", "neutral"});
    STATES.put("QUARANTINED", new String[] {"Quarantined", "wrong"});
  }

  private final JdbcClient database;
  private final Clock clock;

  HomeFigures(JdbcClient database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * What came in as files.
   *
   * @param all files ever
   * @param waiting received and not read to the end yet
   */
  record FilesIn(long all, long recent, long waiting, long quarantined, Chart chart) {}

  /**
   * What payers paid, by payment date.
   *
   * @param from first day
   * @param until last day: today, or the newest payment date when that is long ago
   * @param current whether {@code until} is today
   * @param cents of all checks of these days
   * @param unbalanced checks of any day whose amount is not what their claims add up to
   */
  record PaymentsIn(
      LocalDate from,
      LocalDate until,
      boolean current,
      long checks,
      long cents,
      long unbalanced,
      Chart chart) {}

  /** What compliance watches: the last seven days. */
  record Watch(long refused, long signIns, long copies) {}

  /** Who may come in. */
  record Access(long people, long withoutCode, long programs) {}

  private record Paid(LocalDate day, String payer, long cents) {}

  private record Received(LocalDate day, String state, long files) {}

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
  }

  @Transactional
  public FilesIn files() {
    LocalDate first = today().minusDays(FILE_DAYS - 1);
    List<Received> received =
        database
            .sql(
                """
                select (received_at at time zone :zone)::date as day,
                  case state when 'RECEIVED' then 'READING' else state end as state, count(*) as files
                from received_file where received_at >= :from
                group by 1, 2
                """)
            .param("zone", ZoneId.systemDefault().getId())
            .param("from", Timestamp.from(start(first)))
            .query(
                (row, at) ->
                    new Received(
                        row.getObject("day", LocalDate.class),
                        row.getString("state"),
                        row.getLong("files")))
            .list();
    List<String> labels = new ArrayList<>();
    Map<String, List<Long>> counts = new LinkedHashMap<>();
    STATES.keySet().forEach(state -> counts.put(state, zeros(FILE_DAYS)));
    for (int day = 0; day < FILE_DAYS; day++) {
      labels.add(DAY.format(first.plusDays(day)));
    }
    for (Received each : received) {
      int at = (int) ChronoUnit.DAYS.between(first, each.day());
      List<Long> of = counts.get(each.state());
      if (of != null && at >= 0 && at < FILE_DAYS) {
        of.set(at, each.files());
      }
    }
    List<Chart.Series> series =
        STATES.entrySet().stream()
            .map(
                state ->
                    new Chart.Series(
                        state.getValue()[0],
                        state.getValue()[1],
                        counts.getOrDefault(state.getKey(), List.of())))
            .filter(each -> each.total() > 0)
            .toList();
    return database
        .sql(
            """
            select count(*) as files,
              count(*) filter (where received_at >= :from) as recent,
              count(*) filter (where state in ('RECEIVED', 'READING')) as waiting,
              count(*) filter (where state = 'QUARANTINED') as quarantined
            from received_file
            """)
        .param("from", Timestamp.from(start(first)))
        .query(
            (row, at) ->
                new FilesIn(
                    row.getLong("files"),
                    row.getLong("recent"),
                    row.getLong("waiting"),
                    row.getLong("quarantined"),
                    new Chart(false, labels, series)))
        .single();
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneId.systemDefault()).toInstant();
  }

  private static List<Long> zeros(int size) {
    return new ArrayList<>(Collections.nCopies(size, 0L));
  }

  /**
   * The payments of the last days; or, when the newest is older than that, of as many days up to
   * the newest.
   *
   * @return null when there is no payment
   */
  @Transactional
  public @Nullable PaymentsIn payments(int days) {
    LocalDate newest =
        database
            .sql("select max(payment_date) as day from remittance where payment_date <= :today")
            .param("today", today())
            .query((row, at) -> new Newest(row.getObject("day", LocalDate.class)))
            .single()
            .day();
    if (newest == null) {
      return null;
    }
    boolean current = !newest.isBefore(today().minusDays(days - 1L));
    LocalDate until = current ? today() : newest;
    LocalDate from = until.minusDays(days - 1L);
    List<Paid> paid =
        database
            .sql(
                """
                select payment_date as day, coalesce(nullif(payer_name, ''), 'Not named') as payer,
                  sum(case credit_debit when 'D' then -abs(amount_cents) else amount_cents end)
                    as cents
                from remittance
                where payment_date between :from and :until and amount_cents is not null
                group by 1, 2
                """)
            .param("from", from)
            .param("until", until)
            .query(
                (row, at) ->
                    new Paid(
                        row.getObject("day", LocalDate.class),
                        row.getString("payer"),
                        row.getLong("cents")))
            .list();
    return database
        .sql(
            """
            select count(*) filter (where payment_date between :from and :until) as checks,
              count(*) filter (where amount_cents <> paid_cents - adjusted_cents) as unbalanced
            from remittance
            """)
        .param("from", from)
        .param("until", until)
        .query(
            (row, at) ->
                new PaymentsIn(
                    from,
                    until,
                    current,
                    row.getLong("checks"),
                    paid.stream().mapToLong(Paid::cents).sum(),
                    row.getLong("unbalanced"),
                    chart(paid, from, until)))
        .single();
  }

  private record Newest(@Nullable LocalDate day) {}

  /**
   * By day, or by week where the days are many; the payers who paid most, and all others as one.
   */
  private static Chart chart(List<Paid> paid, LocalDate from, LocalDate until) {
    boolean daily = ChronoUnit.DAYS.between(from, until) < DAILY_UP_TO;
    LocalDate first = daily ? from : from.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    int each = daily ? 1 : DayOfWeek.values().length;
    List<String> labels = new ArrayList<>();
    for (LocalDate day = first; !day.isAfter(until); day = day.plusDays(each)) {
      labels.add((daily ? "" : "Week of ") + DAY.format(day));
    }
    Map<String, Long> totals = new LinkedHashMap<>();
    paid.forEach(one -> totals.merge(one.payer(), Math.abs(one.cents()), Long::sum));
    List<String> most =
        totals.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(PAYERS)
            .map(Map.Entry::getKey)
            .toList();
    Map<String, List<Long>> sums = new LinkedHashMap<>();
    most.forEach(payer -> sums.put(payer, zeros(labels.size())));
    for (Paid one : paid) {
      String payer = most.contains(one.payer()) ? one.payer() : "All others";
      int at = (int) (ChronoUnit.DAYS.between(first, one.day()) / each);
      List<Long> of = sums.computeIfAbsent(payer, key -> zeros(labels.size()));
      of.set(at, of.get(at) + one.cents());
    }
    return new Chart(
        true,
        labels,
        sums.entrySet().stream()
            .map(entry -> new Chart.Series(entry.getKey(), null, entry.getValue()))
            .toList());
  }

  @Transactional
  public Watch watch() {
    return database
        .sql(
            """
            select count(*) filter (where outcome > 0) as refused,
              count(*) filter (where action = 'SIGN_IN' and outcome = 0
                and subject_type <> 'StaffPassword') as sign_ins,
              count(*) filter (where action = 'COPY') as copies
            from audit_event where recorded_at >= :from
            """)
        .param("from", Timestamp.from(start(today().minusDays(6))))
        .query(
            (row, at) ->
                new Watch(row.getLong("refused"), row.getLong("sign_ins"), row.getLong("copies")))
        .single();
  }

  @Transactional
  public Access access() {
    return database
        .sql(
            """
            select
              (select count(distinct m.staff_id) from membership m join staff s on s.id = m.staff_id
                where m.practice_id = :practice and s.disabled_at is null) as people,
              (select count(distinct m.staff_id) from membership m join staff s on s.id = m.staff_id
                where m.practice_id = :practice and s.disabled_at is null
                  and s.totp_secret is null) as without_code,
              (select count(*) from api_client
                where practice_id = :practice and revoked_at is null) as programs
            """)
        .param("practice", Actor.currentPractice())
        .query(
            (row, at) ->
                new Access(
                    row.getLong("people"), row.getLong("without_code"), row.getLong("programs")))
        .single();
  }
}
