package org.openrcm.collections;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Flag;
import org.openrcm.account.Flags;
import org.openrcm.contact.Contact;
import org.openrcm.contact.Contacts;
import org.openrcm.money.Money;
import org.openrcm.payment.Method;
import org.openrcm.payment.Plan;
import org.openrcm.payment.Plans;
import org.openrcm.statement.Bills;
import org.openrcm.web.Format;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells what happened on an account, for who works it: no service and no diagnosis is in it. */
@Component
class Timelines {
  /** What says something to the next collector; the rest is told elsewhere, or is routine. */
  private static final Set<Step.Kind> TOLD =
      EnumSet.of(
          Step.Kind.SNOOZED,
          Step.Kind.WOKEN,
          Step.Kind.NOTED,
          Step.Kind.TRANSFERRED,
          Step.Kind.TAKEN_BACK,
          Step.Kind.UNDONE,
          Step.Kind.LETTER_WANTED,
          Step.Kind.LETTER_WITHDRAWN);

  private final JdbcClient sql;
  private final Bills bills;
  private final Contacts contacts;
  private final Promises promises;
  private final Plans plans;
  private final Flags flags;
  private final Steps steps;
  private final Format format;

  Timelines(
      JdbcClient sql,
      Bills bills,
      Contacts contacts,
      Promises promises,
      Plans plans,
      Flags flags,
      Steps steps,
      Format format) {
    this.sql = sql;
    this.bills = bills;
    this.contacts = contacts;
    this.promises = promises;
    this.plans = plans;
    this.flags = flags;
    this.steps = steps;
    this.format = format;
  }

  /** All of it, the latest first. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Happening> of(long account) {
    List<Happening> all = new ArrayList<>();
    bills
        .sent(account)
        .forEach(
            sent ->
                all.add(
                    day(
                        sent.issued(),
                        "Statement " + sent.number(),
                        "neutral",
                        "Asked for %s by %s"
                            .formatted(dollars(sent.owed()), format.day(sent.due())),
                        null)));
    all.addAll(payments(account));
    contacts.of(account).forEach(contact -> all.add(contact(contact)));
    promises
        .of(List.of(account))
        .getOrDefault(account, List.of())
        .forEach(
            promise ->
                all.add(
                    new Happening(
                        promise.madeAt(),
                        true,
                        "Promise: " + promise.state().label().toLowerCase(Locale.ROOT),
                        promise.state().meaning(),
                        "%s by %s, %s paid so far"
                            .formatted(
                                dollars(promise.amount()),
                                format.day(promise.dueOn()),
                                dollars(promise.paid())),
                        promise.madeBy())));
    plans.all(account).forEach(plan -> all.add(plan(plan)));
    flags.of(List.of(account)).getOrDefault(account, List.of()).forEach(flag -> flag(flag, all));
    steps.of(account).stream()
        .filter(step -> TOLD.contains(step.kind()))
        .forEach(
            step ->
                all.add(
                    new Happening(
                        step.at(),
                        true,
                        step.kind().label(),
                        "neutral",
                        step.words(),
                        step.staff() == null ? null : step.by())));
    all.sort(Comparator.comparing(Happening::at).reversed());
    return all;
  }

  private static Happening day(
      LocalDate day, String what, String meaning, String words, @Nullable String by) {
    Instant at = day.atStartOfDay(ZoneId.systemDefault()).toInstant();
    return new Happening(at, false, what, meaning, words, by);
  }

  private String dollars(Money money) {
    return "$" + format.money(money);
  }

  private List<Happening> payments(long account) {
    return sql.sql(
            """
            select received_on, amount_cents, method, taken_by, voided_at is not null as voided
            from patient_payment where account_number = ?
            """)
        .param(account)
        .query(
            (row, index) -> {
              boolean voided = row.getBoolean("voided");
              return day(
                  Objects.requireNonNull(row.getObject("received_on", LocalDate.class)),
                  voided ? "Payment, voided" : "Paid " + dollars(Money.ofCents(row.getLong(2))),
                  voided ? "neutral" : "good",
                  Method.valueOf(row.getString("method")).label(),
                  row.getString("taken_by"));
            })
        .list();
  }

  private static Happening contact(Contact contact) {
    String what =
        contact.what().channel().label()
            + " "
            + contact.what().direction().label().toLowerCase(Locale.ROOT)
            + ": "
            + contact.what().outcome().label().toLowerCase(Locale.ROOT);
    return new Happening(
        contact.what().at(),
        true,
        what,
        contact.wasForbidden() ? "wrong" : "neutral",
        contact.what().note() + (contact.wasForbidden() ? " (a rule forbade it)" : ""),
        contact.notedBy());
  }

  private Happening plan(Plan plan) {
    return day(
        plan.madeOn(),
        "Plan: " + plan.state().label().toLowerCase(Locale.ROOT),
        plan.state().meaning(),
        "%s in %d parts, %s paid so far"
            .formatted(dollars(plan.total()), plan.instalments().size(), dollars(plan.paid())),
        plan.madeBy());
  }

  private static void flag(Flag flag, List<Happening> all) {
    all.add(day(flag.raised(), flag.kind().label(), "attention", flag.note(), flag.by()));
    LocalDate lowered = flag.lowered();
    if (lowered != null) {
      all.add(day(lowered, flag.kind().label() + ": taken off", "neutral", "", flag.loweredBy()));
    }
  }
}
