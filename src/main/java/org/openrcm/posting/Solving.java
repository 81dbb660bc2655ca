package org.openrcm.posting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.ledger.Document;
import org.openrcm.ledger.Journal;
import org.openrcm.posting.Commands.Kind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people decide about exceptions: each verb is on record as a command, and settled at once.
 * Each works under the journal's lock, so of two people who solve the same exception the second is
 * told that it is not open any more.
 */
@Component
public class Solving {
  private final JdbcClient sql;
  private final Journal journal;
  private final Settling settling;
  private final Matters matters;

  Solving(JdbcClient sql, Journal journal, Settling settling, Matters matters) {
    this.sql = sql;
    this.journal = journal;
    this.settling = settling;
    this.matters = matters;
  }

  /** A claim that is chosen. */
  private record Chosen(long number, String control, UUID patient) {}

  /**
   * Says which claim a payment, or a takeback, is for.
   *
   * @return types of exceptions that are open by it and were not
   * @throws Refused when it is not open or not solved so, or there is no such claim
   */
  @Transactional
  public List<Trouble> match(UUID id, UUID claimId) {
    journal.lock();
    Matter matter = matters.open(id);
    refuseUnless(matter.isSolvedByClaim());
    Chosen claim =
        sql.sql("select number, patient_control_number, patient_id from claim where id = ?")
            .param(claimId)
            .query(
                (row, index) ->
                    new Chosen(
                        row.getLong(1),
                        row.getString(2),
                        Objects.requireNonNull(row.getObject(3, UUID.class))))
            .optional()
            .orElseThrow(() -> new Refused(Refused.Why.NO_SUCH_CLAIM));
    matters.record(matter, Kind.MATCH, claim.number(), null, List.of(claim.patient()));
    if (matter.isPayment()) {
      return change(
          matter,
          sql.sql(
                  """
                  update payment_posting set chosen_claim = ?
                  where remittance_number = ? and ordinal = ?
                  """)
              .param(claim.number()));
    }
    sql.sql(
            """
              insert into takeback_claim (practice_id, payer, reference, claim_number)
              select ?, payer, ?, ? from remittance_posting where remittance_number = ?
              on conflict (practice_id, payer, reference)
                do update set claim_number = excluded.claim_number
              """)
        .params(
            Actor.currentPractice(), matter.number(), claim.number(), matter.document().number())
        .update();
    return settleTakeback(matter, List.of(claim.control()));
  }

  /** Takes back that somebody said which claim it is for. */
  @Transactional
  public List<Trouble> unmatch(UUID id) {
    journal.lock();
    Matter matter = matters.find(id);
    matters.record(matter, Kind.UNMATCH, null, null, List.of());
    if (matter.isPayment()) {
      return change(
          matter,
          sql.sql(
              """
              update payment_posting set chosen_claim = null
              where remittance_number = ? and ordinal = ? and chosen_claim is not null
              """));
    }
    refuseUnless(matter.isTakeback());
    List<String> families =
        sql.sql(
                """
                  with gone as (
                    delete from takeback_claim t using remittance_posting p
                    where p.remittance_number = ? and t.payer = p.payer and t.reference = ?
                    returning t.claim_number)
                  select patient_control_number from claim
                  where number in (select claim_number from gone)
                  """)
            .params(matter.document().number(), matter.number())
            .query(String.class)
            .list();
    refuseUndoUnless(!families.isEmpty());
    return settleTakeback(matter, families);
  }

  private List<Trouble> settleTakeback(Matter matter, Collection<String> families) {
    List<Trouble> opened =
        new ArrayList<>(settling.check(matter.document().number(), Cause.DECIDED, matter.id()));
    opened.addAll(settling.families(families, Cause.DECIDED, matter.id()));
    return opened;
  }

  /** Applies a payment as the payer sent it, although it does not go with what was before. */
  @Transactional
  public List<Trouble> asSent(UUID id) {
    journal.lock();
    Matter matter = matters.open(id);
    refuseUnless(matter.isSolvedAsSent());
    matters.record(matter, Kind.AS_SENT, null, null, List.of());
    return change(
        matter,
        sql.sql(
            """
            update payment_posting set ruling = 'AS_SENT'
            where remittance_number = ? and ordinal = ?
            """));
  }

  @Transactional
  public List<Trouble> notAsSent(UUID id) {
    journal.lock();
    Matter matter = matters.find(id);
    refuseUnless(matter.isPayment());
    matters.record(matter, Kind.NOT_AS_SENT, null, null, List.of());
    return change(
        matter,
        sql.sql(
            """
            update payment_posting set ruling = null
            where remittance_number = ? and ordinal = ? and ruling is not null
            """));
  }

  /** Applies a payment that was left out when its check was posted. */
  @Transactional
  public List<Trouble> takeIn(UUID id) {
    journal.lock();
    Matter matter = matters.open(id);
    refuseUnless(matter.isSolvedByTakingIn());
    matters.record(matter, Kind.TAKE_IN, null, null, List.of());
    return change(
        matter,
        sql.sql(
            """
            update payment_posting set held = false
            where remittance_number = ? and ordinal = ? and held
            """));
  }

  @Transactional
  public List<Trouble> leaveOut(UUID id) {
    journal.lock();
    Matter matter = matters.find(id);
    refuseUnless(matter.isSolvedByTakingIn());
    matters.record(matter, Kind.LEAVE_OUT, null, null, List.of());
    return change(
        matter,
        sql.sql(
            """
            update payment_posting set held = true
            where remittance_number = ? and ordinal = ? and not held
            """));
  }

  /** Carries out a change of a payment, and settles where it was and where it is now. */
  private List<Trouble> change(Matter matter, JdbcClient.StatementSpec statement) {
    Document payment = matter.document();
    Set<String> families = new HashSet<>(families(payment));
    refuseUndoUnless(statement.param(payment.number()).param(payment.place()).update() == 1);
    families.addAll(families(payment));
    return settling.families(families, Cause.DECIDED, matter.id());
  }

  /** The family in which a payment was settled last, and the one to which it belongs. */
  private List<String> families(Document payment) {
    return sql.sql(
            """
            select p.family from payment_posting p
            where p.remittance_number = :check and p.ordinal = :place
            union
            select coalesce(c.patient_control_number, cp.patient_control_number)
            from payment_posting p
            join claim_payment cp
              on cp.remittance_number = p.remittance_number and cp.ordinal = p.ordinal
            left join claim_event e on e.claim_payment_id = p.claim_payment_id
            left join claim c on c.number = coalesce(p.chosen_claim, e.claim_number)
            where p.remittance_number = :check and p.ordinal = :place
            """)
        .param("check", payment.number())
        .param("place", payment.place())
        .query(String.class)
        .list();
  }

  /**
   * Puts away what was read and needs nothing more.
   *
   * @param note why
   */
  @Transactional
  public void close(UUID id, String note) {
    journal.lock();
    Matter matter = matters.open(id);
    refuseUnless(matter.isClosedByReading());
    if (note.isBlank()) {
      throw new Refused(Refused.Why.NOTE_NEEDED);
    }
    sql.sql(
            """
            update posting_exception set state = 'CLOSED', closed_at = now(), closed_by = ?, note = ?
            where id = ?
            """)
        .params(Actor.current().name(), note.strip(), id)
        .update();
    matters.record(matter, Kind.CLOSE, null, note.strip(), List.of());
  }

  @Transactional
  public void reopen(UUID id) {
    journal.lock();
    Matter matter = matters.find(id);
    refuseUndoUnless(
        sql.sql(
                    """
                    update posting_exception set state = 'OPEN', closed_at = null,
                      closed_by = null, note = null
                    where id = ? and state = 'CLOSED'
                    """)
                .param(id)
                .update()
            == 1);
    matters.record(matter, Kind.REOPEN, null, null, List.of());
  }

  /**
   * Makes it the actor's, or nobody's. Posts nothing, so it need not wait for the journal.
   *
   * @return whose it was, null for nobody
   */
  @Transactional
  public @Nullable String assign(UUID id, boolean toMe) {
    Actor actor = Actor.current();
    return assign(id, toMe ? actor.id() : null, toMe ? actor.name() : null);
  }

  /** Makes it whose it was before it was assigned the last time. */
  @Transactional
  public @Nullable String giveBack(UUID id) {
    List<String> owners =
        sql.sql(
                """
                select coalesce(detail, '') from posting_command
                where exception_id = ? and kind = 'ASSIGN' order by number desc limit 2
                """)
            .param(id)
            .query(String.class)
            .list();
    refuseUndoUnless(!owners.isEmpty());
    String before = owners.size() < 2 ? "" : owners.get(1);
    int space = before.indexOf(' ');
    return space < 0
        ? assign(id, null, null)
        : assign(id, UUID.fromString(before.substring(0, space)), before.substring(space + 1));
  }

  private @Nullable String assign(UUID id, @Nullable UUID owner, @Nullable String name) {
    Matter matter = matters.open(id);
    sql.sql("update posting_exception set owner_id = ?, owner_name = ? where id = ?")
        .param(owner)
        .param(name)
        .param(id)
        .update();
    matters.record(matter, Kind.ASSIGN, null, owner == null ? null : owner + " " + name, List.of());
    return matter.ownerName();
  }

  private static void refuseUnless(boolean fitting) {
    if (!fitting) {
      throw new Refused(Refused.Why.NOT_SOLVED_SO);
    }
  }

  private static void refuseUndoUnless(boolean there) {
    if (!there) {
      throw new Refused(Refused.Why.NOTHING_TO_UNDO);
    }
  }
}
