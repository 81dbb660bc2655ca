package org.openrcm.collections;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openrcm.audit.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the entries of the queue as the facts are. What changes about an account makes its entry
 * stale in the same transaction; a stale entry is given to nobody until it was worked out anew.
 */
@Component
class Upkeep {
  private static final String SKIP_LOCKED = " skip locked";
  private static final String OLD = "worked_out_on < :today";
  private static final String TURNED = " state = 'WAITING' and open_until <= :now ";
  private static final JsonMapper JSON = new JsonMapper();
  private static final int AT_ONCE = 200;
  private static final int PLACED_AT_ONCE = 1000;

  private final JdbcClient sql;
  private final Facts.Reader facts;
  private final FollowUp followUp;
  private final Clock clock;

  Upkeep(JdbcClient sql, Facts.Reader facts, FollowUp followUp, Clock clock) {
    this.sql = sql;
    this.facts = facts;
    this.followUp = followUp;
    this.clock = clock;
  }

  /** Something has changed about these accounts; those that were sent a statement have an entry. */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean touch(Collection<Long> accounts) {
    sql.sql(
            """
            insert into collection_entry (practice_id, account_number)
            select ?, n.number from (
              select distinct number from unnest(?::bigint[]) a (number) order by number) n
            where exists (select from statement where account_number = n.number)
            on conflict do nothing
            """)
        .param(Actor.currentPractice())
        .param(accounts.toArray(Long[]::new))
        .update();
    return stale("select unnest(?::bigint[])", (Object) accounts.toArray(Long[]::new));
  }

  /** The books have changed for the patients of these entries of the journal. */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean touchPosted(long first, long last) {
    return stale(
        """
        select distinct c.account_number
        from (select distinct claim_number from journal_line
          where entry >= ? and entry <= ? and account = 'PATIENT_RECEIVABLE'
            and claim_number is not null) l
        cross join lateral (
          select account_number from account_claim where claim_number = l.claim_number offset 0) c
        """,
        first,
        last);
  }

  /** Locks them by account, as {@link #lock} does: an update alone locks in any order. */
  private boolean stale(String accounts, Object... parameters) {
    return sql.sql(
                """
                update collection_entry set stale = true where account_number in (
                  select e.account_number
                  from (select number from (%s) c (number) order by number) a
                  cross join lateral (
                    select account_number from collection_entry
                    where account_number = a.number for update) e)
                """
                    .formatted(accounts))
            .params(parameters)
            .update()
        > 0;
  }

  /**
   * Works some entries out anew: those that are stale first, then those whose patients may be
   * called from now on, or not any more, then those of an earlier day.
   *
   * @return how many there were
   */
  @Transactional
  public int workOutSome() {
    LocalDate today = LocalDate.now(clock);
    List<Long> some = lock("stale", "account_number", "", Map.of());
    if (some.isEmpty()) {
      some = lock(TURNED, "open_until", SKIP_LOCKED, Map.of("now", Steps.at(clock.instant())));
    }
    if (some.isEmpty()) {
      some = lock(OLD, "worked_out_on, account_number", SKIP_LOCKED, Map.of("today", today));
    }
    if (some.isEmpty()) {
      // what another is at, who may have begun before midnight
      some = lock(OLD, "account_number", "", Map.of("today", today));
    }
    workOut(some, today);
    return some.size();
  }

  /**
   * Whether there are entries that are stale, or whose patients may be called from now on or not.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean areDue() {
    return sql.sql(
            "select exists (select from collection_entry where stale)"
                + " or exists (select from collection_entry where "
                + TURNED
                + ")")
        .param("now", Steps.at(clock.instant()))
        .query(Boolean.class)
        .single();
  }

  /**
   * Locks some. Whoever works out what is stale waits for another who does the same: the work is
   * done when the last of them says so.
   */
  private List<Long> lock(String which, String order, String locked, Map<String, Object> values) {
    return sql.sql(
            "select account_number from collection_entry where %s order by %s limit :limit for update"
                    .formatted(which, order)
                + locked)
        .params(values)
        .param("limit", AT_ONCE)
        .query(Long.class)
        .list();
  }

  /** Works those of these accounts out that are stale, or of an earlier day. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void workOutNow(Collection<Long> accounts) {
    LocalDate today = LocalDate.now(clock);
    List<Long> old = new ArrayList<>();
    sql.sql(
            """
            select account_number, stale or worked_out_on < :today from collection_entry
            where account_number = any (:accounts) order by account_number for update
            """)
        .param("today", today)
        .param("accounts", accounts.toArray(Long[]::new))
        .query(
            row -> {
              if (row.getBoolean(2)) {
                old.add(row.getLong(1));
              }
            });
    workOut(old, today);
  }

  private void workOut(List<Long> accounts, LocalDate today) {
    if (accounts.isEmpty()) {
      return;
    }
    Map<Long, Facts> known = facts.of(accounts, today);
    Map<Long, List<Reason>> out = new HashMap<>();
    List<String> reasons = new ArrayList<>();
    List<String> outAs = new ArrayList<>();
    List<Long> owed = new ArrayList<>();
    List<String> askedOn = new ArrayList<>();
    List<String> languages = new ArrayList<>();
    List<Long> priorities = new ArrayList<>();
    List<String> scores = new ArrayList<>();
    List<Boolean> open = new ArrayList<>();
    List<String> openUntil = new ArrayList<>();
    List<Long> found = new ArrayList<>();
    for (Long account : accounts) {
      Facts each = known.get(account);
      if (each == null) {
        continue;
      }
      Score score = Priority.of(each, today);
      LocalDate first = each.demand().askedOn();
      found.add(account);
      List<Reason> why = Eligibility.reasons(each, today);
      OutAs as = OutAs.of(why, first);
      out.put(account, why);
      reasons.add(JSON.writeValueAsString(why));
      outAs.add(as == null ? null : as.name());
      owed.add(each.demand().owed().cents());
      askedOn.add(first == null ? null : first.toString());
      languages.add(each.demand().account().language());
      priorities.add(score.rank());
      scores.add(JSON.writeValueAsString(score));
      open.add(each.call().allowed());
      openUntil.add(each.callUntil().toString());
    }
    sql.sql(
            """
            update collection_entry e set stale = false, worked_out_on = :today,
              reasons = n.reasons::json, eligible = n.reasons = '[]', out_as = n.out_as,
              owed_cents = n.owed, asked_on = n.asked_on, language = n.language, priority = n.priority,
              score = n.score::json, open = n.open, open_until = n.open_until,
              snoozed_until = case when e.snoozed_until > :today then e.snoozed_until end
            from unnest(:accounts::bigint[], :reasons::text[], :outAs::text[], :owed::bigint[],
                :asked::date[], :languages::text[], :priorities::bigint[], :scores::text[],
                :open::boolean[], :openUntil::timestamptz[])
              n (account, reasons, out_as, owed, asked_on, language, priority, score, open,
                open_until)
            where e.account_number = n.account
            """)
        .param("today", today)
        .param("accounts", found.toArray(Long[]::new))
        .param("reasons", reasons.toArray(String[]::new))
        .param("outAs", outAs.toArray(String[]::new))
        .param("owed", owed.toArray(Long[]::new))
        .param("asked", askedOn.toArray(String[]::new))
        .param("languages", languages.toArray(String[]::new))
        .param("priorities", priorities.toArray(Long[]::new))
        .param("scores", scores.toArray(String[]::new))
        .param("open", open.toArray(Boolean[]::new))
        .param("openUntil", openUntil.toArray(String[]::new))
        .update();
    place(accounts, today);
    followUp.of(known.values(), out, today);
  }

  /**
   * Makes the entries that are not there yet: of accounts that were billed before there was a
   * queue.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void complete() {
    sql.sql(
            """
            insert into collection_entry (practice_id, account_number)
            select ?, s.account_number from (select distinct account_number from statement) s
            where not exists (
              select from collection_entry e where e.account_number = s.account_number)
            order by 2 on conflict do nothing
            """)
        .param(Actor.currentPractice())
        .update();
  }

  /**
   * Puts some entries into queues anew.
   *
   * @param after the account after which to begin
   * @return the last account of these; the greatest number there is when none is left
   */
  @Transactional
  public long placeSome(long after) {
    List<Long> some =
        sql.sql(
                """
                select account_number from collection_entry where account_number > ?
                order by account_number limit ? for update
                """)
            .params(after, PLACED_AT_ONCE)
            .query(Long.class)
            .list();
    place(some, LocalDate.now(clock));
    return some.isEmpty() ? Long.MAX_VALUE : some.get(some.size() - 1);
  }

  /** Puts entries into the first queue that they fit, and those that nobody holds at rest. */
  private void place(List<Long> accounts, LocalDate today) {
    sql.sql(
            """
            update collection_entry e set
              queue_number = case when not e.eligible then 0 else coalesce((
                select q.number from collection_queue q
                where not q.removed
                  and coalesce(q.from_days <= :today::date - e.asked_on, true)
                  and coalesce(q.until_days >= :today::date - e.asked_on, true)
                  and coalesce(q.from_cents <= e.owed_cents, true)
                  and coalesce(q.until_cents >= e.owed_cents, true)
                  and coalesce(q.language = e.language, true)
                order by q.place, q.number limit 1), 0) end,
              state = case when state = 'HELD' then 'HELD' else %s end
            where e.account_number = any (:accounts)
            """
                .formatted(Entries.AT_REST))
        .param("today", today)
        .param("accounts", accounts.toArray(Long[]::new))
        .update();
  }
}
