package org.openrcm.posting;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.billing.WriteOffLimits;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Journal;
import org.openrcm.money.Money;
import org.openrcm.posting.Commands.Command;
import org.openrcm.posting.Commands.Kind;
import org.openrcm.remittance.ClaimKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives denials up that nobody will appeal, so that the rest of the visit can be billed. The
 * patient owes nothing of them: only what an insurer says is theirs (group PR) ever is. Each is a
 * fact of its claim payment while that is applied to the same claim, so an insurer who reverses its
 * decision takes it back too.
 */
@Component
class DenialWriteOffs {
  private final JdbcClient sql;
  private final Journal journal;
  private final Commands commands;
  private final Settling settling;
  private final AuditTrail audit;
  private final Clock clock;

  DenialWriteOffs(
      JdbcClient sql,
      Journal journal,
      Commands commands,
      Settling settling,
      AuditTrail audit,
      Clock clock) {
    this.sql = sql;
    this.journal = journal;
    this.commands = commands;
    this.settling = settling;
    this.audit = audit;
    this.clock = clock;
  }

  /** A denial that somebody chose of the list. */
  record Chosen(ClaimKey payment, Refusal refusal) {
    private static final Pattern CHOICE = Pattern.compile("([0-9]{1,18})-([0-9]{1,9})-(.*)");

    /**
     * As {@link #choice} has it.
     *
     * @throws Refused when it is none
     */
    static Chosen of(String choice) {
      Matcher parts = CHOICE.matcher(choice);
      Refusal refusal = parts.matches() ? Refusal.of(parts.group(3)) : null;
      if (refusal == null) {
        throw new Refused(Refused.Why.DENIAL_GONE);
      }
      return new Chosen(
          new ClaimKey(Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2))), refusal);
    }

    static List<Chosen> all(List<String> choices) {
      return choices.stream().map(Chosen::of).toList();
    }

    /** As a form sends it: no data of a patient. */
    String choice() {
      return payment.remittanceNumber() + "-" + payment.ordinal() + "-" + refusal.key();
    }
  }

  /**
   * What of a chosen denial is on an account.
   *
   * @param before what of its claim was written off
   */
  private record Standing(Chosen chosen, String family, UUID patient, Money amount, Money before) {}

  /** The most that who is asking may write off of one claim; zero when nothing. */
  Money limit() {
    return WriteOffLimits.approval(
        Actor.current().roles(), LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault()));
  }

  /**
   * Gives them up.
   *
   * @param note why
   * @throws Refused when one of them is not open any more, or a claim's are above the limit: then
   *     none is
   */
  @Transactional
  public void writeOff(Collection<Chosen> chosen, String note) {
    if (note.isBlank()) {
      throw new Refused(Refused.Why.NOTE_NEEDED);
    }
    journal.lock();
    List<Standing> standing = standing(chosen, AccountKind.DENIED_PENDING_REVIEW);
    Map<Long, Money> claims = new HashMap<>();
    for (Standing one : standing) {
      claims.putIfAbsent(one.chosen().refusal().claim(), one.before());
    }
    checkLimit(standing, claims);
    for (Standing one : standing) {
      ClaimKey payment = one.chosen().payment();
      Refusal refusal = one.chosen().refusal();
      int written =
          sql.sql(
                  """
                  insert into denial_write_off (practice_id, remittance_number, ordinal,
                    claim_number, segment, code, note, written_off_by)
                  values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                  """)
              .params(
                  Actor.currentPractice(),
                  payment.remittanceNumber(),
                  payment.ordinal(),
                  refusal.claim(),
                  refusal.segment(),
                  refusal.code(),
                  note.strip(),
                  Actor.current().name())
              .update();
      refuseUnless(written == 1);
    }
    decided(standing, Kind.WRITE_OFF, ": " + note.strip());
  }

  /** Has them to be worked again. */
  @Transactional
  public void undo(Collection<Chosen> chosen) {
    journal.lock();
    List<Standing> standing = standing(chosen, AccountKind.DENIAL_WRITE_OFF);
    checkLimit(standing, new HashMap<>());
    for (Standing one : standing) {
      ClaimKey payment = one.chosen().payment();
      Refusal refusal = one.chosen().refusal();
      int gone =
          sql.sql(
                  """
                  delete from denial_write_off where remittance_number = ? and ordinal = ?
                    and claim_number = ? and segment = ? and code = ?
                  """)
              .params(
                  payment.remittanceNumber(),
                  payment.ordinal(),
                  refusal.claim(),
                  refusal.segment(),
                  refusal.code())
              .update();
      refuseUnless(gone == 1);
    }
    decided(standing, Kind.UNDO_WRITE_OFF, "");
  }

  /** Of each claim together, or a large one could be written off in many small parts. */
  private void checkLimit(List<Standing> standing, Map<Long, Money> claims) {
    Money limit = limit();
    for (Standing one : standing) {
      Money all =
          Objects.requireNonNull(
              claims.merge(one.chosen().refusal().claim(), one.amount(), Money::plus));
      if (all.compareTo(limit) > 0) {
        throw new Refused(Refused.Why.ABOVE_LIMIT);
      }
    }
  }

  private static void refuseUnless(boolean there) {
    if (!there) {
      throw new Refused(Refused.Why.DENIAL_GONE);
    }
  }

  private void decided(List<Standing> standing, Kind kind, String note) {
    for (Standing one : standing) {
      ClaimKey payment = one.chosen().payment();
      Refusal refusal = one.chosen().refusal();
      commands.record(
          new Command(
              kind,
              payment.remittanceNumber(),
              payment.ordinal(),
              refusal.claim(),
              null,
              refusal.code() + " in segment " + refusal.segment() + note));
    }
    settling.families(
        standing.stream().map(Standing::family).collect(Collectors.toSet()), Cause.DECIDED, null);
    audit.record(
        Action.CHANGE,
        Subject.list(DenialList.SUBJECT),
        standing.stream().map(Standing::patient).collect(Collectors.toSet()));
  }

  /**
   * Each of them with what is on the account.
   *
   * @throws Refused when there is nothing of one of them, because somebody else or the insurer
   *     decided meanwhile; when it is of a reversal (CLP02 22); or when none is chosen
   */
  private List<Standing> standing(Collection<Chosen> chosen, AccountKind account) {
    Set<Chosen> each = new LinkedHashSet<>(chosen);
    List<Standing> standing =
        sql.sql(
                """
                select n.*, p.family, c.patient_id, s.cents, b.cents as before
                from unnest(?::bigint[], ?::int[], ?::bigint[], ?::bigint[], ?::text[])
                  as n (remittance, ordinal, claim, segment, code)
                cross join lateral (
                  select * from payment_posting
                  where remittance_number = n.remittance and ordinal = n.ordinal offset 0) p
                cross join lateral (
                  select status from claim_payment
                  where remittance_number = n.remittance and ordinal = n.ordinal offset 0) r
                cross join lateral (
                  select patient_id from claim where number = n.claim offset 0) c
                cross join lateral (
                  select coalesce(sum(l.amount_cents), 0)::bigint as cents
                  from journal_entry e
                  cross join lateral (
                    select * from journal_line where entry = e.number offset 0) l
                  where e.source_number = n.remittance and e.source = 'PAYMENT'
                    and e.source_place = n.ordinal and l.account = ? and l.code = n.code
                    and l.claim_number = n.claim and l.segment = n.segment) s
                cross join lateral (
                  select coalesce(sum(amount_cents), 0)::bigint as cents from journal_line
                  where claim_number = n.claim and account = 'DENIAL_WRITE_OFF') b
                where s.cents > 0 and p.outcome = 'APPLIED' and r.status <> '22'
                """)
            .param(each.stream().map(one -> one.payment().remittanceNumber()).toArray(Long[]::new))
            .param(each.stream().map(one -> one.payment().ordinal()).toArray(Integer[]::new))
            .param(each.stream().map(one -> one.refusal().claim()).toArray(Long[]::new))
            .param(each.stream().map(one -> one.refusal().segment()).toArray(Long[]::new))
            .param(each.stream().map(one -> one.refusal().code()).toArray(String[]::new))
            .param(account.name())
            .query(
                (row, index) ->
                    new Standing(
                        new Chosen(
                            new ClaimKey(row.getLong("remittance"), row.getInt("ordinal")),
                            new Refusal(
                                row.getLong("claim"),
                                row.getLong("segment"),
                                Objects.requireNonNull(row.getString("code")))),
                        Objects.requireNonNull(row.getString("family")),
                        Objects.requireNonNull(row.getObject("patient_id", UUID.class)),
                        Money.ofCents(row.getLong("cents")),
                        Money.ofCents(row.getLong("before"))))
            .list();
    refuseUnless(standing.size() == each.size());
    if (standing.isEmpty()) {
      throw new Refused(Refused.Why.NONE_CHOSEN);
    }
    return standing;
  }
}
