package org.openrcm.posting;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Document;
import org.openrcm.ledger.Entry;
import org.openrcm.ledger.Journal;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.Lines;
import org.openrcm.ledger.Source;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Brings the journal, the previews and the exceptions to where the facts are: for each document it
 * posts the difference between what it is to have and what it has. Works in the caller's
 * transaction, under the journal's lock.
 */
@Component
class Settling {
  private final JdbcClient sql;
  private final Journal journal;
  private final Families families;
  private final Adjustments adjustments;
  private final PaymentRows rows;
  private final Exceptions exceptions;

  Settling(
      JdbcClient sql,
      Journal journal,
      Families families,
      Adjustments adjustments,
      PaymentRows rows,
      Exceptions exceptions) {
    this.sql = sql;
    this.journal = journal;
    this.families = families;
    this.adjustments = adjustments;
    this.rows = rows;
    this.exceptions = exceptions;
  }

  /**
   * Settles families whose facts have changed.
   *
   * @param names claim numbers (CLM01, or CLP01 where no claim has it)
   * @param cause of the entries that are posted
   * @param subject the check or exception that it was done for, if there is one
   * @return types of exceptions that are open by it and were not
   */
  @Transactional(propagation = Propagation.MANDATORY)
  List<Trouble> families(Collection<String> names, Cause cause, @Nullable UUID subject) {
    Families.Read read = families.read(names);
    leaveFor(read.elsewhere());
    Targets targets = new Targets();
    List<PaymentRows.Standing> standings = new ArrayList<>();
    Set<String> takebacks = new TreeSet<>();
    Map<Long, Money> receivables = new LinkedHashMap<>();
    read.families()
        .forEach(
            (name, family) -> {
              Settlement now =
                  Settlement.of(family.bills(), family.payments(), read.posted()::contains);
              targets.take(family, now);
              standings.addAll(standings(name, family, now, read));
              for (Bill bill : family.bills()) {
                receivables.put(
                    bill.number(), now.on(AccountKind.INSURANCE_RECEIVABLE, bill.number()));
              }
              for (Decided payment : family.payments()) {
                if (payment.payment().payerClaimControlNumber() != null) {
                  takebacks.add(payment.payment().payerClaimControlNumber());
                }
              }
            });
    rows.write(standings);
    takebacks.addAll(adjustments.chosenFor(receivables.keySet()));
    adjustments.ofReferences(takebacks, targets);
    receivables.forEach((claim, owed) -> overpaid(claim, owed, targets));
    List<Trouble> opened = new ArrayList<>(post(targets, cause, subject));
    targets.claimsOfTakebacks.removeAll(receivables.keySet());
    opened.addAll(others(targets.claimsOfTakebacks, cause, subject));
    return opened;
  }

  /** Settles the provider adjustments of a check, and the check itself, likewise. */
  @Transactional(propagation = Propagation.MANDATORY)
  List<Trouble> check(long remittance, Cause cause, @Nullable UUID subject) {
    Targets targets = new Targets();
    adjustments.ofCheck(remittance, targets);
    List<Trouble> opened = new ArrayList<>(post(targets, cause, subject));
    opened.addAll(others(targets.claimsOfTakebacks, cause, subject));
    return opened;
  }

  /** Takebacks came to these claims, or passed from them: what was paid too much is another. */
  private List<Trouble> others(Set<Long> claims, Cause cause, @Nullable UUID subject) {
    if (claims.isEmpty()) {
      return List.of();
    }
    return families(
        sql.sql("select distinct patient_control_number from claim where number = any (?)")
            .param(claims.toArray(Long[]::new))
            .query(String.class)
            .list(),
        cause,
        subject);
  }

  /** What documents are to have, and what is wrong with any. */
  static final class Targets {
    private final Map<Document, Lines> lines = new LinkedHashMap<>();
    private final Map<Document, LocalDate> days = new HashMap<>();
    private final Map<Document, String> payers = new HashMap<>();
    private final List<Settlement.Exceptional> exceptional = new ArrayList<>();

    /** Those for which lines of provider adjustments change. */
    private final Set<Long> claimsOfTakebacks = new TreeSet<>();

    private void take(Families.Family family, Settlement settlement) {
      for (Bill bill : family.bills()) {
        days.put(Document.claim(bill.number()), bill.day());
      }
      for (Decided payment : family.payments()) {
        days.put(payment.document(), payment.check().day());
        String payer = payment.check().payerName();
        if (payer != null) {
          payers.put(payment.document(), payer);
        }
      }
      lines.putAll(settlement.targets());
      exceptional.addAll(settlement.exceptional());
    }

    void take(Document document, Check check, Lines its) {
      lines.put(document, its);
      days.put(document, check.day());
      if (check.payerName() != null) {
        payers.put(document, check.payerName());
      }
    }

    void note(Trouble type, Document document, Money amount) {
      exceptional.add(new Settlement.Exceptional(type, document, amount));
    }

    /** What of a claim's receivable is in lines of provider adjustments. */
    private Money takenBack(long claim) {
      long sum = 0;
      for (Map.Entry<Document, Lines> document : lines.entrySet()) {
        if (document.getKey().source() == Source.PROVIDER_ADJUSTMENT) {
          for (Line line : document.getValue().toList()) {
            if (Objects.equals(line.at().claim(), claim)) {
              sum = Math.addExact(sum, line.amount().cents());
            }
          }
        }
      }
      return Money.ofCents(sum);
    }
  }

  private static void overpaid(long claim, Money owed, Targets targets) {
    if (owed.isNegative()) {
      Money left = owed.plus(targets.takenBack(claim));
      if (left.isNegative()) {
        targets.note(Trouble.OVERPAID, Document.claim(claim), left.negated());
      }
    }
  }

  private List<Trouble> post(Targets targets, Cause cause, @Nullable UUID subject) {
    Map<Document, Lines> posted = journal.posted(targets.lines.keySet());
    List<Entry> entries = new ArrayList<>();
    targets.lines.forEach(
        (document, lines) -> {
          Lines before = posted.get(document);
          Lines difference = before == null ? lines : new Lines().plus(lines).minus(before);
          if (!difference.isEmpty()) {
            entries.add(
                new Entry(
                    document,
                    Objects.requireNonNull(targets.days.get(document)),
                    difference.toList()));
            if (document.source() == Source.PROVIDER_ADJUSTMENT) {
              difference.toList().stream()
                  .map(line -> line.at().claim())
                  .filter(Objects::nonNull)
                  .forEach(targets.claimsOfTakebacks::add);
            }
          }
        });
    journal.post(cause.name(), subject, entries);
    return exceptions.keep(targets.lines.keySet(), targets.exceptional, targets.payers);
  }

  /** What becomes of each payment: as it is posted, or as it would be if its check were. */
  private static List<PaymentRows.Standing> standings(
      String name, Families.Family family, Settlement now, Families.Read read) {
    Map<Long, Settlement> assumed = new HashMap<>();
    List<PaymentRows.Standing> standings = new ArrayList<>();
    for (Decided payment : family.payments()) {
      long check = payment.check().number();
      boolean posted = read.posted().contains(check);
      if (!posted && !read.waiting().contains(check)) {
        continue;
      }
      LongPredicate withIt = number -> number == check || read.posted().contains(number);
      Settlement then =
          posted
              ? now
              : assumed.computeIfAbsent(
                  check, key -> Settlement.of(family.bills(), family.payments(), withIt));
      standings.add(PaymentRows.Standing.of(name, payment, posted, now, then));
    }
    return standings;
  }

  private void leaveFor(Set<String> others) {
    if (!others.isEmpty()) {
      sql.sql(
              """
              insert into posting_due (practice_id, family) select ?, unnest(?::text[])
              on conflict do nothing
              """)
          .param(Actor.currentPractice())
          .param(others.toArray(String[]::new))
          .update();
    }
  }
}
