package org.openrcm.posting;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.jobs.Jobs;
import org.openrcm.ledger.Journal;
import org.openrcm.posting.Commands.Command;
import org.openrcm.posting.Commands.Kind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people decide about checks: each verb is on record as a command, and settled at once. */
@Component
public class Posting {
  /** As many claims as are posted while somebody waits; more are left to a job. */
  private static final int AT_ONCE = 200;

  private final JdbcClient sql;
  private final Checks checks;
  private final Commands commands;
  private final Journal journal;
  private final Settling settling;
  private final Jobs jobs;
  private final AuditTrail audit;

  Posting(
      JdbcClient sql,
      Checks checks,
      Commands commands,
      Journal journal,
      Settling settling,
      Jobs jobs,
      AuditTrail audit) {
    this.sql = sql;
    this.checks = checks;
    this.commands = commands;
    this.journal = journal;
    this.settling = settling;
    this.jobs = jobs;
    this.audit = audit;
  }

  /** A check as verbs need it. */
  private record State(long number, String state, boolean postable, int claims) {}

  /** Posts a check that waits, or was undone; what was left out before stays so. */
  @Transactional
  public boolean post(UUID id, Collection<Integer> leftOut) {
    return post(id, leftOut, List.of());
  }

  /**
   * Posts a check that waits, or was undone.
   *
   * @param leftOut ordinals of claims that are not to be applied; their money waits as unapplied
   * @param takenIn ordinals of claims that are, also when they were left out before
   * @return whether it is done; false when a job does it
   * @throws Refused when it is not waiting or cannot be posted
   */
  @Transactional
  public boolean post(UUID id, Collection<Integer> leftOut, Collection<Integer> takenIn) {
    State check = state(id);
    if (!check.postable()) {
      throw new Refused(Refused.Why.CANNOT_BE_POSTED);
    }
    boolean moved =
        checks.move(check.number(), "WAITING", "POSTING")
            || checks.move(check.number(), "HELD", "POSTING")
            || checks.move(check.number(), "UNDONE", "POSTING");
    if (!moved) {
      throw new Refused(Refused.Why.NOT_WAITING);
    }
    hold(check.number(), leftOut, true);
    hold(check.number(), takenIn, false);
    commands.record(Command.ofCheck(Kind.POST, check.number()));
    return carryOut(id, check);
  }

  /**
   * Takes the posting of a check back: entries that undo each of its own.
   *
   * @return whether it is done; false when a job does it
   */
  @Transactional
  public boolean undo(UUID id) {
    State check = state(id);
    if (!checks.move(check.number(), "POSTED", "UNDOING")) {
      throw new Refused(Refused.Why.NOT_POSTED);
    }
    commands.record(Command.ofCheck(Kind.UNDO, check.number()));
    return carryOut(id, check);
  }

  private boolean carryOut(UUID id, State check) {
    if (check.claims() > AT_ONCE) {
      jobs.enqueue(PostingJobs.POST, id);
      return false;
    }
    checks.carryOut(id, () -> {});
    return true;
  }

  /**
   * Takes back all posted checks of a file; how many there were. All of them are taken hold of
   * before the first is settled: who undoes one of them has it, and waits for the journal.
   */
  @Transactional
  public int undoFile(UUID fileId) {
    List<UUID> posted =
        sql.sql(
                """
                select r.id from remittance r
                join remittance_posting p on p.remittance_number = r.number
                where r.file_id = ? and p.state = 'POSTED' order by r.number desc
                """)
            .param(fileId)
            .query(UUID.class)
            .list();
    Map<UUID, State> moved = new LinkedHashMap<>();
    for (UUID id : posted) {
      State check = state(id);
      if (checks.move(check.number(), "POSTED", "UNDOING")) {
        commands.record(Command.ofCheck(Kind.UNDO, check.number()));
        moved.put(id, check);
      }
    }
    moved.forEach(this::carryOut);
    return moved.size();
  }

  /** Sets a check aside: it is not posted with others until it is released. */
  @Transactional
  public void hold(UUID id) {
    State check = state(id);
    if (!checks.move(check.number(), "WAITING", "HELD")) {
      throw new Refused(Refused.Why.NOT_WAITING);
    }
    commands.record(Command.ofCheck(Kind.HOLD, check.number()));
    audit.record(Action.CHANGE, Subject.of("Remittance", id));
  }

  @Transactional
  public void release(UUID id) {
    State check = state(id);
    if (!checks.move(check.number(), "HELD", "WAITING")) {
      throw new Refused(Refused.Why.NOT_WAITING);
    }
    commands.record(Command.ofCheck(Kind.RELEASE, check.number()));
    audit.record(Action.CHANGE, Subject.of("Remittance", id));
  }

  /**
   * Leaves claims of a check out, or takes them in again. Who settles writes to the same rows, and
   * holds the journal's lock: it has to be held here before any of them is.
   */
  private void hold(long remittance, Collection<Integer> ordinals, boolean held) {
    List<Integer> others =
        sql.sql(
                """
                select ordinal from payment_posting where remittance_number = ?
                  and ordinal = any (?) and held <> ? order by ordinal
                """)
            .param(remittance)
            .param(ordinals.toArray(Integer[]::new))
            .param(held)
            .query(Integer.class)
            .list();
    if (others.isEmpty()) {
      return;
    }
    journal.lock();
    sql.sql(
            """
            update payment_posting set held = ?
            where remittance_number = ? and ordinal = any (?)
            """)
        .param(held)
        .param(remittance)
        .param(others.toArray(Integer[]::new))
        .update();
    for (Integer ordinal : others) {
      commands.record(
          new Command(held ? Kind.LEAVE_OUT : Kind.TAKE_IN, remittance, ordinal, null, null, null));
    }
  }

  /** How checks of a payer are posted from now on. */
  @Transactional
  public void mode(String payer, String name, Mode mode) {
    sql.sql(
            """
            insert into payer_mode (practice_id, payer, name, mode) values (?, ?, ?, ?)
            on conflict (practice_id, payer) do update set name = excluded.name,
              mode = excluded.mode
            """)
        .params(Actor.currentPractice(), payer, name, mode.name())
        .update();
    commands.record(new Command(Kind.MODE, null, null, null, null, payer + " " + mode.name()));
    audit.record(Action.CHANGE, Subject.list("PayerMode"));
  }

  private State state(UUID id) {
    return sql.sql(
            """
            select r.number, p.state, p.postable, r.claims from remittance r
            join remittance_posting p on p.remittance_number = r.number where r.id = ?
            """)
        .param(id)
        .query(State.class)
        .optional()
        .orElseThrow(() -> new Refused(Refused.Why.NOT_WAITING));
  }

  /** Settles families at once, for something that was decided. */
  void settle(Collection<String> families, @Nullable UUID subject) {
    journal.lock();
    settling.families(families, Cause.DECIDED, subject);
  }
}
