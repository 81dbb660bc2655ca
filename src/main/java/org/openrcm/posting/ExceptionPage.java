package org.openrcm.posting;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.claim.StoredBill;
import org.openrcm.ledger.Document;
import org.openrcm.money.Money;
import org.openrcm.remittance.StoredRemittance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An exception as its page shows it.
 *
 * @param kind what it is about: a claim, a check, a takeback ...
 * @param what the number of that
 * @param days how old it is, or was when it was done with
 * @param mine whether it is the reader's own
 * @param check in which it stands; null for a claim's charges
 * @param claim that it is about, or that its payment is for; null when there is none
 * @param ordinal of the payment in its check; null for other documents
 * @param candidates claims to choose from, while there is one to be chosen
 * @param choice what stands of what somebody decided, and how that is undone; null when nothing
 * @param history what people did about it, the latest first
 * @param entries of the document that it is about, the latest first
 */
record ExceptionPage(
    Matter matter,
    String kind,
    String what,
    long days,
    boolean mine,
    @Nullable StoredRemittance check,
    @Nullable StoredBill claim,
    @Nullable Integer ordinal,
    List<FactTable> tables,
    List<Candidate> candidates,
    @Nullable Choice choice,
    List<Done> history,
    List<Posted> entries) {

  /**
   * Something that somebody decided and can undo.
   *
   * @param verb of the address to send to
   */
  record Choice(String words, String verb, String button) {}

  /** Something that somebody did. */
  record Done(Instant at, String who, String words) {}

  /** An entry for the document that the exception is about. */
  record Posted(long number, Instant at, Cause cause, String who, Money moved) {}

  public String label() {
    return what.isEmpty() ? "(no number)" : what;
  }

  /** The page of what it is about. */
  public String address() {
    if (check == null) {
      return "/claims/" + Objects.requireNonNull(claim).id();
    }
    return ordinal == null
        ? "/remittances/" + check.id()
        : "/remittances/%s?after=%d#claim-%d".formatted(check.id(), ordinal - 1, ordinal);
  }

  /** Reads exceptions for their pages. */
  @Component
  static class Reader {
    private static final int SHOWN = 20;

    private final JdbcClient sql;
    private final AuditTrail audit;
    private final ExceptionFacts facts;
    private final Candidates candidates;
    private final Clock clock;

    Reader(
        JdbcClient sql,
        AuditTrail audit,
        ExceptionFacts facts,
        Candidates candidates,
        Clock clock) {
      this.sql = sql;
      this.audit = audit;
      this.facts = facts;
      this.candidates = candidates;
      this.clock = clock;
    }

    /**
     * An exception, recorded as seen for each patient whose data are on its page.
     *
     * @throws NoSuchTrouble when the practice has none of this id; on record
     */
    @Transactional
    public ExceptionPage read(UUID id) {
      Matter matter =
          sql.sql(Matter.SELECT)
              .param(id)
              .query(Matter::of)
              .optional()
              .orElseThrow(() -> NoSuchTrouble.denied(audit, Action.VIEW, id));
      ExceptionFacts.Facts found = facts.of(matter);
      List<Candidate> likely = candidates(matter, found);
      Set<UUID> patients = new HashSet<>(found.patients());
      likely.forEach(candidate -> patients.add(candidate.patientId()));
      audit.record(Action.VIEW, Subject.of(Exceptions.SUBJECT, id), patients);
      Instant until = matter.closed() == null ? clock.instant() : matter.closed();
      return new ExceptionPage(
          matter,
          ExceptionList.kind(matter.document().source(), matter.adjustment()),
          what(matter, found),
          ExceptionList.days(matter.opened(), until),
          matter.ownerId() != null && matter.ownerId().equals(Actor.current().id()),
          found.check(),
          found.claim(),
          matter.isPayment() ? matter.document().place() : null,
          found.tables(),
          likely,
          choice(matter),
          history(matter),
          entries(matter.document()));
    }

    private static String what(Matter matter, ExceptionFacts.Facts found) {
      if (found.payment() != null) {
        return found.payment().claim().patientControlNumber();
      }
      if (found.check() == null) {
        return Objects.requireNonNull(found.claim()).claim().patientControlNumber();
      }
      return matter.adjustment() == null
          ? found.check().remittance().trace().number()
          : matter.number();
    }

    private List<Candidate> candidates(Matter matter, ExceptionFacts.Facts found) {
      StoredRemittance check = found.check();
      if (!matter.isOpen() || !matter.isSolvedByClaim() || check == null) {
        return List.of();
      }
      String payer = check.remittance().payer().name();
      return found.payment() == null
          ? candidates.ofTakeback(matter.number(), matter.amount(), payer)
          : candidates.of(found.payment().claim(), payer);
    }

    /** A payment's choice and ruling, a takeback's claim, and that something was closed. */
    private @Nullable Choice choice(Matter matter) {
      if (matter.state() == Matter.State.CLOSED) {
        return new Choice("It was closed by hand.", "reopen", "Open again");
      }
      if (matter.isPayment()) {
        return sql.sql(
                """
                select c.patient_control_number, p.ruling, p.held from payment_posting p
                left join claim c on c.number = p.chosen_claim
                where p.remittance_number = ? and p.ordinal = ?
                """)
            .params(matter.document().number(), matter.document().place())
            .query(
                (row, index) ->
                    Optional.ofNullable(
                        choice(matter, row.getString(1), row.getString(2), row.getBoolean(3))))
            .optional()
            .flatMap(choice -> choice)
            .orElse(null);
      }
      return !matter.isTakeback()
          ? null
          : sql.sql(
                  """
                  select c.patient_control_number from takeback_claim t
                  join claim c on c.number = t.claim_number
                  join remittance_posting p on p.payer = t.payer
                  where p.remittance_number = ? and t.reference = ?
                  """)
              .params(matter.document().number(), matter.number())
              .query(String.class)
              .optional()
              .map(Reader::chosen)
              .orElse(null);
    }

    private static @Nullable Choice choice(
        Matter matter, @Nullable String control, @Nullable String ruling, boolean held) {
      if (ruling != null) {
        return new Choice("Somebody applied it as sent.", "not-as-sent", "Take that back");
      }
      if (control != null) {
        return chosen(control);
      }
      return matter.type() == Trouble.HELD_BACK && !held
          ? new Choice("Somebody took it in.", "leave-out", "Leave it out again")
          : null;
    }

    private static Choice chosen(String control) {
      return new Choice(
          "Somebody chose claim " + control + " for it.", "unmatch", "Take that back");
    }

    private List<Done> history(Matter matter) {
      return sql.sql(
              """
              select d.*, c.patient_control_number as control from (
                select * from posting_command where exception_id = :id
                union
                select * from posting_command where remittance_number = :check
                  and ordinal = :place) d
              left join claim c on c.number = d.claim_number
              order by d.number desc limit :most
              """)
          .param("id", matter.id())
          .param("check", matter.isPayment() ? matter.document().number() : null)
          .param("place", matter.document().place())
          .param("most", SHOWN)
          .query(
              (row, index) ->
                  new Done(
                      row.getObject("given_at", OffsetDateTime.class).toInstant(),
                      row.getString("actor_name"),
                      words(
                          Commands.Kind.valueOf(row.getString("kind")),
                          row.getString("control"),
                          row.getString("detail"))))
          .list();
    }

    private static String words(
        Commands.Kind kind, @Nullable String control, @Nullable String detail) {
      return switch (kind) {
        case MATCH -> "Chose claim " + control;
        case UNMATCH -> "Took the choice of the claim back";
        case AS_SENT -> "Applied it as sent";
        case NOT_AS_SENT -> "Took back that it is applied as sent";
        case LEAVE_OUT -> "Left it out";
        case TAKE_IN -> "Took it in";
        case CLOSE -> "Closed it" + (detail == null ? "" : ": " + detail);
        case REOPEN -> "Opened it again";
        case ASSIGN ->
            detail == null
                ? "Made it nobody's"
                : "Gave it to " + detail.substring(detail.indexOf(' ') + 1);
        case WRITE_OFF -> "Wrote a denial off: " + detail;
        case UNDO_WRITE_OFF -> "Has a denial worked again: " + detail;
        case POST, UNDO, HOLD, RELEASE, MODE -> kind.name();
      };
    }

    private List<Posted> entries(Document document) {
      return sql.sql(
              """
              select e.number, b.posted_at, b.cause, b.actor_name, (
                select sum(l.amount_cents) from journal_line l
                where l.entry = e.number and l.amount_cents > 0)::bigint as moved
              from journal_entry e join journal_batch b on b.number = e.batch
              where e.source_number = ? and e.source = ? and e.source_place = ?
              order by e.number desc limit ?
              """)
          .params(document.number(), document.source().name(), document.place(), SHOWN)
          .query(
              (row, index) ->
                  new Posted(
                      row.getLong("number"),
                      row.getObject("posted_at", OffsetDateTime.class).toInstant(),
                      Cause.valueOf(row.getString("cause")),
                      row.getString("actor_name"),
                      Money.ofCents(row.getLong("moved"))))
          .list();
    }
  }
}
