package org.openrcm.compliance;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds in the audit record whose day stood out. Each rule is a set of entries; who has enough of
 * them stands out, and the same entries are shown behind it.
 */
@Component
class UnusualSearch {
  /** What was done with patients' data by people on the day. */
  private static final String DAY =
      """
      select e.* from audit_event e
      where e.actor_kind = 'STAFF' and e.patient_id is not null and e.outcome = 0
        and e.action in ('VIEW', 'QUERY', 'PRINT', 'COPY')
        and e.recorded_at >= :start and e.recorded_at < :end
      """;

  private static final String OFF_HOURS =
      """
       and (extract(hour from e.recorded_at at time zone :zone) < :before
        or extract(hour from e.recorded_at at time zone :zone) >= :hour
        or extract(isodow from e.recorded_at at time zone :zone) > 5)
      """;

  /** Opened alone, and without any work of anybody's since long before. */
  private static final String UNWORKED =
      """
       and e.action = 'VIEW'
       and not exists (select from audit_event o where o.request_id = e.request_id
        and o.recorded_at >= :start and o.recorded_at < :end and o.patient_id <> e.patient_id)
       and not exists (select from audit_event w where w.patient_id = e.patient_id
        and w.action in ('ADD', 'CHANGE', 'DELETE', 'SEND', 'PRINT') and w.outcome = 0
        and w.recorded_at >= :since and w.recorded_at < :end)
      """;

  /** The first and the last word of the names agree. */
  private static final String SAME_NAME =
      """
       and e.action <> 'QUERY' and e.patient_id in (
        select c.patient_id from account a join account_claim c on c.account_number = a.number
        where (lower(split_part(a.first_name, ' ', 1)), lower(a.last_name)) in (
          select lower(split_part(s.name, ' ', 1)), lower(split_part(s.name, ' ', -1))
          from staff s where s.id in (select m.staff_id from membership m
            where m.practice_id = nullif(current_setting('app.practice', true), '')::uuid)))
      """;

  /** What nothing but the emergency opened. */
  private static final String EMERGENCY = " and e.purpose = 'BTG'";

  private final JdbcClient sql;

  UnusualSearch(JdbcClient sql) {
    this.sql = sql;
  }

  /** Whose day stood out. */
  record Found(UnusualKind kind, UUID actor, String name, long patients, @Nullable Long usual) {}

  /**
   * By one rule.
   *
   * @param day in {@code zone}, the practice's own
   */
  List<Found> find(UnusualKind kind, LocalDate day, ZoneId zone) {
    if (kind == UnusualKind.WEEK || kind == UnusualKind.EMERGENCY) {
      return List.of();
    }
    Map<String, Object> values = values(day, zone);
    if (kind == UnusualKind.MANY) {
      return many(day, values);
    }
    values.put("least", least(kind, day));
    return sql.sql(
            """
            select actor_id, max(actor_name) as name, count(distinct patient_id) as patients
            from (%s) e group by actor_id having count(distinct patient_id) >= :least
            """
                .formatted(entries(kind)))
        .params(values)
        .query(
            (row, index) ->
                new Found(
                    kind,
                    Objects.requireNonNull(row.getObject("actor_id", UUID.class)),
                    row.getString("name"),
                    row.getLong("patients"),
                    null))
        .list();
  }

  private static int least(UnusualKind kind, LocalDate day) {
    return switch (kind) {
      case OFF_HOURS -> UnusualLimit.OFF_LEAST.on(day);
      case UNWORKED -> UnusualLimit.UNWORKED_LEAST.on(day);
      default -> 1;
    };
  }

  private List<Found> many(LocalDate day, Map<String, Object> values) {
    values.put("first", values.get("start"));
    values.put("begin", values.get("earlier"));
    values.put("times", UnusualLimit.MANY_TIMES.on(day));
    values.put("least", UnusualLimit.MANY_LEAST.on(day));
    return sql.sql(
            """
            with each_day as (
              select actor_id, recorded_at >= :first as now,
                (recorded_at at time zone :zone)::date as day,
                max(actor_name) as name, count(distinct patient_id) as patients
              from audit_event
              where actor_kind = 'STAFF' and patient_id is not null and outcome = 0
                and action in ('VIEW', 'QUERY', 'PRINT', 'COPY')
                and recorded_at >= :begin and recorded_at < :end
              group by 1, 2, 3),
            compared as (
              select n.actor_id, n.name, n.patients, (select round(avg(b.patients))::bigint
                from each_day b where b.actor_id = n.actor_id and not b.now) as usual
              from each_day n where n.now)
            select * from compared
            where patients >= :least and patients >= :times * coalesce(usual, 0)
            """)
        .params(values)
        .query(
            (row, index) ->
                new Found(
                    UnusualKind.MANY,
                    Objects.requireNonNull(row.getObject("actor_id", UUID.class)),
                    row.getString("name"),
                    row.getLong("patients"),
                    row.getObject("usual", Long.class)))
        .list();
  }

  /** The ids of the entries behind a finding, the latest first; of a week all that were refused. */
  List<Long> behind(Unusual one, ZoneId zone, int limit) {
    Map<String, Object> values = values(one.day(), zone);
    values.put("actor", one.actor());
    values.put("limit", limit);
    if (one.kind() == UnusualKind.EMERGENCY) {
      // by the database's clock, as the record is
      sql.sql("select begun_at, until_at from emergency_access where id = ?")
          .param(one.id())
          .query(
              row -> {
                values.put("start", row.getObject("begun_at", OffsetDateTime.class));
                values.put("end", row.getObject("until_at", OffsetDateTime.class));
              });
    }
    String entries = entries(one.kind()) + " and e.actor_id = :actor";
    if (one.kind() == UnusualKind.WEEK) {
      values.put(
          "start", start(one.day().minusDays(UnusualLimit.WEEK_DAYS.on(one.day()) - 1L), zone));
      entries =
          "select e.* from audit_event e where e.outcome > 0"
              + " and e.recorded_at >= :start and e.recorded_at < :end";
    }
    return sql.sql("select id from (" + entries + ") e order by id desc limit :limit")
        .params(values)
        .query(Long.class)
        .list();
  }

  private static String entries(UnusualKind kind) {
    return DAY
        + switch (kind) {
          case OFF_HOURS -> OFF_HOURS;
          case UNWORKED -> UNWORKED;
          case SAME_NAME -> SAME_NAME;
          case EMERGENCY -> EMERGENCY;
          case MANY, WEEK -> "";
        };
  }

  private static Map<String, Object> values(LocalDate day, ZoneId zone) {
    Map<String, Object> values = new HashMap<>();
    values.put("start", start(day, zone));
    values.put("end", start(day.plusDays(1), zone));
    values.put("zone", zone.getId());
    values.put("before", UnusualLimit.OFF_BEFORE.on(day));
    values.put("hour", UnusualLimit.OFF_FROM.on(day));
    values.put("since", start(day.minusDays(UnusualLimit.UNWORKED_DAYS.on(day)), zone));
    values.put("earlier", start(day.minusDays(UnusualLimit.MANY_DAYS.on(day)), zone));
    return values;
  }

  private static Object start(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant().atOffset(ZoneOffset.UTC);
  }
}
