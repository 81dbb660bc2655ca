package org.openrcm.collections;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.identity.Colleague;
import org.openrcm.identity.Role;
import org.openrcm.identity.Staff;
import org.openrcm.money.Money;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The practice's queues and teams, as its managers define them, and what waits in each. */
@Component
class Queues {
  private static final String SUBJECT = "CollectionQueue";

  private final JdbcClient sql;
  private final Staff staff;
  private final CollectionJobs jobs;
  private final AuditTrail audit;

  Queues(JdbcClient sql, Staff staff, CollectionJobs jobs, AuditTrail audit) {
    this.sql = sql;
    this.staff = staff;
    this.jobs = jobs;
    this.audit = audit;
  }

  /** All queues in the order of their places, then the one for accounts that fit none. */
  @Transactional
  public List<WorkQueue> all() {
    List<WorkQueue> queues =
        new ArrayList<>(
            sql.sql("select * from collection_queue where not removed order by place, number")
                .query(Queues::queue)
                .list());
    queues.add(WorkQueue.REST);
    return queues;
  }

  private static WorkQueue queue(ResultSet row, int index) throws SQLException {
    return new WorkQueue(
        row.getLong("number"),
        row.getInt("place"),
        row.getString("name"),
        row.getObject("team_number", Long.class),
        row.getObject("from_days", Integer.class),
        row.getObject("until_days", Integer.class),
        money(row, "from_cents"),
        money(row, "until_cents"),
        row.getString("language"));
  }

  private static @Nullable Money money(ResultSet row, String column) throws SQLException {
    Long cents = row.getObject(column, Long.class);
    return cents == null ? null : Money.ofCents(cents);
  }

  /** The queues that a collector works: those for everybody, and those of their teams. */
  @Transactional
  public List<WorkQueue> of(UUID collector) {
    Set<Long> teams =
        Set.copyOf(
            sql.sql("select team_number from collection_team_member where staff_id = ?")
                .param(collector)
                .query(Long.class)
                .list());
    return all().stream()
        .filter(each -> each.team() == null || teams.contains(each.team()))
        .toList();
  }

  /**
   * What waits in a queue.
   *
   * @param money owed by those that wait
   * @param oldest the day on which the first of them was asked; null when none waits
   * @param held how many are being worked now
   */
  record Waiting(long count, Money money, @Nullable LocalDate oldest, long held) {
    static final Waiting NONE = new Waiting(0, Money.ZERO, null, 0);
  }

  /** By the number of the queue; those in which nothing is are left out. */
  @Transactional
  public Map<Long, Waiting> waiting() {
    Map<Long, Waiting> waiting = new HashMap<>();
    sql.sql(
            """
            select queue_number, count(*) filter (where state = 'WAITING') as waiting,
              coalesce(sum(owed_cents) filter (where state = 'WAITING'), 0)::bigint as cents,
              min(asked_on) filter (where state = 'WAITING') as oldest,
              count(*) filter (where state = 'HELD') as held
            from collection_entry where state in ('WAITING', 'HELD') group by queue_number
            """)
        .query(
            row -> {
              waiting.put(
                  row.getLong("queue_number"),
                  new Waiting(
                      row.getLong("waiting"),
                      Money.ofCents(row.getLong("cents")),
                      row.getObject("oldest", LocalDate.class),
                      row.getLong("held")));
            });
    return waiting;
  }

  /** How many accounts are laid aside, and how many are kept out by each rule. */
  record Aside(long snoozed, Map<Eligibility, Long> out) {}

  @Transactional
  public Aside aside() {
    Map<Eligibility, Long> out = new HashMap<>();
    sql.sql(
            """
            select r ->> 'rule' as rule, count(*)
            from collection_entry, json_array_elements(reasons) r where state = 'OUT' group by 1
            """)
        .query(
            row -> {
              out.put(Eligibility.valueOf(row.getString(1)), row.getLong(2));
            });
    long snoozed =
        sql.sql("select count(*) from collection_entry where state = 'SNOOZED'")
            .query(Long.class)
            .single();
    return new Aside(snoozed, out);
  }

  /**
   * Keeps a queue; all entries are put into queues anew.
   *
   * @param queue its number 0 for a new one, which is worked after all others
   */
  @Transactional
  public void save(WorkQueue queue) {
    Object[] values = {
      queue.name(),
      queue.team(),
      queue.fromDays(),
      queue.untilDays(),
      queue.from() == null ? null : queue.from().cents(),
      queue.until() == null ? null : queue.until().cents(),
      queue.language()
    };
    if (queue.isRest()) {
      sql.sql(
              """
              insert into collection_queue (practice_id, number, place, name, team_number,
                from_days, until_days, from_cents, until_cents, language)
              values (?, nextval('collection_number'),
                (select coalesce(max(place), 0) + 1 from collection_queue), ?, ?, ?, ?, ?, ?, ?)
              """)
          .param(Actor.currentPractice())
          .params(values)
          .update();
    } else {
      sql.sql(
              """
              update collection_queue set name = ?, team_number = ?, from_days = ?, until_days = ?,
                from_cents = ?, until_cents = ?, language = ? where number = ?
              """)
          .params(values)
          .param(queue.number())
          .update();
    }
    changed();
  }

  /** Lets a queue be worked before the one above it. */
  @Transactional
  public void raise(long number) {
    List<WorkQueue> all = all();
    for (int i = 1; i < all.size() - 1; i++) {
      if (all.get(i).number() == number) {
        place(all.get(i - 1).number(), all.get(i).place());
        place(number, all.get(i - 1).place());
        changed();
      }
    }
  }

  private void place(long number, int place) {
    sql.sql("update collection_queue set place = ? where number = ?")
        .params(place, number)
        .update();
  }

  /** Ends a queue, or lets it go on; accounts go to the first queue that they fit. */
  @Transactional
  public void remove(long number, boolean removed) {
    sql.sql("update collection_queue set removed = ? where number = ?")
        .params(removed, number)
        .update();
    if (removed) {
      // until they are placed anew they are not out of reach
      sql.sql("update collection_entry set queue_number = 0 where queue_number = ?")
          .param(number)
          .update();
    }
    changed();
  }

  private void changed() {
    audit.record(Action.CHANGE, Subject.list(SUBJECT));
    jobs.placeAll();
  }

  @Transactional
  public List<Team> teams() {
    Map<UUID, Colleague> collectors = new HashMap<>();
    staff.with(Role.COLLECTOR).forEach(each -> collectors.put(each.id(), each));
    Map<Long, List<Colleague>> members = new HashMap<>();
    sql.sql("select team_number, staff_id from collection_team_member order by staff_id")
        .query(
            row -> {
              Colleague member = collectors.get(row.getObject("staff_id", UUID.class));
              if (member != null) {
                members
                    .computeIfAbsent(row.getLong("team_number"), key -> new ArrayList<>())
                    .add(member);
              }
            });
    return sql.sql("select number, name from collection_team where not removed order by name")
        .query(
            (row, index) ->
                new Team(
                    row.getLong(1),
                    row.getString(2),
                    members.getOrDefault(row.getLong(1), List.of())))
        .list();
  }

  /**
   * Keeps a team.
   *
   * @param number 0 for a new one
   * @param members those who are collectors; others are left out
   * @throws Refused when there is another one of this name
   */
  @Transactional
  public void saveTeam(long number, String name, Set<UUID> members) {
    try {
      long team =
          number == 0
              ? sql.sql(
                      """
                      insert into collection_team (practice_id, number, name)
                      values (?, nextval('collection_number'), ?) returning number
                      """)
                  .params(Actor.currentPractice(), name)
                  .query(Long.class)
                  .single()
              : number;
      sql.sql("update collection_team set name = ? where number = ?").params(name, team).update();
      sql.sql("delete from collection_team_member where team_number = ?").param(team).update();
      staff.with(Role.COLLECTOR).stream()
          .filter(each -> members.contains(each.id()))
          .forEach(
              each ->
                  sql.sql(
                          """
                          insert into collection_team_member (practice_id, team_number, staff_id)
                          select ?, number, ? from collection_team where number = ?
                          """)
                      .params(Actor.currentPractice(), each.id(), team)
                      .update());
    } catch (DuplicateKeyException e) {
      throw new Refused(Refused.Reason.NAME_TAKEN);
    }
    audit.record(Action.CHANGE, Subject.list("CollectionTeam"));
  }

  /**
   * Ends a team, or lets it go on.
   *
   * @throws Refused when queues are for it: nobody would work them; when there is one of its name
   */
  @Transactional
  public void removeTeam(long number, boolean removed) {
    boolean used =
        sql.sql(
                "select exists (select from collection_queue where team_number = ? and not removed)")
            .param(number)
            .query(Boolean.class)
            .single();
    if (used && removed) {
      throw new Refused(Refused.Reason.TEAM_HAS_QUEUES);
    }
    try {
      sql.sql("update collection_team set removed = ? where number = ?")
          .params(removed, number)
          .update();
    } catch (DuplicateKeyException e) {
      throw new Refused(Refused.Reason.NAME_TAKEN);
    }
    audit.record(Action.CHANGE, Subject.list("CollectionTeam"));
  }
}
