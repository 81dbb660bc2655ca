package org.openrcm.collections;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What becomes of a lease: it is renewed, the account is given up, or who vanishes loses it when
 * the lease runs out.
 */
@Component
class Leases {
  static final String SUBJECT = "CollectionEntry";

  private static final int RAN_OUT_AT_ONCE = 100;

  private final JdbcClient sql;
  private final Steps steps;
  private final Accounts accounts;
  private final AuditTrail audit;
  private final Clock clock;
  private final Duration length;

  Leases(
      JdbcClient sql,
      Steps steps,
      Accounts accounts,
      AuditTrail audit,
      Clock clock,
      @Value("${openrcm.collections.lease:10m}") Duration length) {
    this.sql = sql;
    this.steps = steps;
    this.accounts = accounts;
    this.audit = audit;
    this.clock = clock;
    this.length = length;
  }

  static UUID me() {
    return Objects.requireNonNull(Actor.current().id(), "only people hold accounts");
  }

  /** As the database keeps it. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private LocalDate today() {
    return LocalDate.now(clock);
  }

  /** When a lease runs out that begins, or is renewed, at a moment. */
  Instant end(Instant from) {
    return from.plus(length);
  }

  /** Leaves what ran out to be taken again; a renewal that comes later is too late. */
  @Transactional
  public int bringBack() {
    List<Lease> lost =
        sql.sql(
                """
                with lost as (
                  select account_number, lease, holder_id, holder_name, held_since, leased_until
                  from collection_entry where state = 'HELD' and leased_until <= :now
                  order by leased_until limit :most for update skip locked)
                update collection_entry e set state = %s, lease = null, holder_id = null,
                  holder_name = null, held_since = null, leased_until = null
                from lost where e.account_number = lost.account_number returning lost.*
                """
                    .formatted(Entries.AT_REST))
            .param("now", Steps.at(now()))
            .param("today", today())
            .param("most", RAN_OUT_AT_ONCE)
            .query(Entries::lease)
            .list();
    for (Lease lease : lost) {
      steps.add(
          lease.number(), Step.Kind.RAN_OUT, lease.id(), "It was " + lease.holderName() + "'s.");
    }
    return lost.size();
  }

  /** The lease as it is; empty when the current collector does not hold it now. */
  @Transactional
  public Optional<Lease> look(UUID lease) {
    return sql.sql(
            """
            select * from collection_entry
            where lease = ? and holder_id = ? and leased_until > ?
            """)
        .params(lease, me(), Steps.at(now()))
        .query(Entries::lease)
        .optional();
  }

  /** What the current collector holds; empty when nothing. */
  @Transactional
  public Optional<Lease> mine() {
    return sql.sql(
            """
            select * from collection_entry
            where holder_id = ? and lease is not null and leased_until > ?
            """)
        .params(me(), Steps.at(now()))
        .query(Entries::lease)
        .optional();
  }

  /** Holds it for the full time again; empty when the current collector does not hold it now. */
  @Transactional
  public Optional<Lease> renew(UUID lease) {
    Instant now = now();
    return sql.sql(
            """
            update collection_entry set leased_until = ?
            where lease = ? and holder_id = ? and leased_until > ? returning *
            """)
        .params(Steps.at(end(now)), lease, me(), Steps.at(now))
        .query(Entries::lease)
        .optional();
  }

  /**
   * The account of a lease that the current collector holds. It is not locked: what is done with it
   * locks the books and the account first, and the entry last, as everybody does. Giving it up
   * tells whether it was held until then.
   *
   * @throws Refused LEASE_RAN_OUT
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Lease require(UUID lease) {
    return look(lease).orElseThrow(() -> new Refused(Refused.Reason.LEASE_RAN_OUT));
  }

  /** Puts the account back where it was, for whoever is next. */
  @Transactional
  public void putBack(UUID lease) {
    Lease held = require(lease);
    release(held);
    steps.add(held.number(), Step.Kind.PUT_BACK, lease, "");
  }

  /** Puts it at the end of the queue for this collector, today. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void skipped(Lease held) {
    sql.sql(
            """
            insert into collection_skip (practice_id, staff_id, day, account_number, at)
            values (?, ?, ?, ?, ?)
            on conflict (practice_id, staff_id, day, account_number) do update set at = excluded.at
            """)
        .params(Actor.currentPractice(), me(), today(), held.number(), Steps.at(now()))
        .update();
    release(held);
  }

  /**
   * Gives it up, worked.
   *
   * @param rest until the morning of which day it rests; null for no day
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void finished(Lease held, @Nullable LocalDate rest) {
    sql.sql(
            "update collection_entry set snoozed_until = ?, snoozed_by = ? where account_number = ?")
        .param(rest)
        .param(rest == null ? null : Actor.current().name())
        .param(held.number())
        .update();
    release(held);
  }

  /**
   * Gives it up.
   *
   * @throws Refused LEASE_RAN_OUT
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void release(Lease held) {
    int released =
        sql.sql(
                """
            update collection_entry set state = %s, lease = null, holder_id = null,
              holder_name = null, held_since = null, leased_until = null
            where account_number = :account and lease = :lease
            """
                    .formatted(Entries.AT_REST))
            .param("today", today())
            .param("account", held.number())
            .param("lease", held.id())
            .update();
    if (released == 0) {
      throw new Refused(Refused.Reason.LEASE_RAN_OUT);
    }
    changed(held.number());
  }

  /** Puts on record that an entry was changed. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void changed(long account) {
    UUID id =
        sql.sql("select id from account where number = ?")
            .param(account)
            .query(UUID.class)
            .single();
    audit.record(Action.CHANGE, Subject.of(SUBJECT, id), accounts.patients(List.of(account)));
  }
}
