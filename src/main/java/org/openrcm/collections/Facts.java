package org.openrcm.collections;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Flag;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Flags;
import org.openrcm.contact.Channel;
import org.openrcm.contact.Contact;
import org.openrcm.contact.Contacts;
import org.openrcm.contact.Decision;
import org.openrcm.contact.Outcome;
import org.openrcm.payment.Plan;
import org.openrcm.payment.Plans;
import org.openrcm.statement.Demand;
import org.openrcm.statement.Demands;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * All that counts for whether an account is in the queue, and where.
 *
 * @param flags all that were ever raised
 * @param plan that is not cancelled; null when there is none
 * @param promises those that were not withdrawn, the latest first
 * @param paidBefore whether the patient ever paid anything
 * @param spokenBefore whether somebody ever talked to them
 * @param call whether they may be called now
 */
record Facts(
    Demand demand,
    List<Flag> flags,
    @Nullable Plan plan,
    List<Promise> promises,
    boolean paidBefore,
    boolean spokenBefore,
    Decision call) {

  private static final Duration DAY = Duration.ofDays(1);

  long account() {
    return demand.account().number();
  }

  /** The flag of a kind that holds for the account as a whole on a day; null when there is none. */
  @Nullable Flag flag(FlagKind kind, LocalDate day) {
    return flags.stream()
        .filter(each -> each.kind() == kind && each.claim() == null && each.holdsOn(day))
        .findFirst()
        .orElse(null);
  }

  /** Until when it holds that they may be called, or may not; a day at most. */
  Instant callUntil() {
    Instant until = call.allowed() ? call.allowedUntil() : call.nextAllowed();
    Instant day = call.at().plus(DAY);
    return until == null || until.isAfter(day) ? day : until;
  }

  /** Whether they may be called within a day. */
  boolean isReachable() {
    return call.allowed()
        || (call.nextAllowed() != null && call.nextAllowed().isBefore(call.at().plus(DAY)));
  }

  /** The latest promise; null when none was made. */
  @Nullable Promise promise() {
    return promises.isEmpty() ? null : promises.get(0);
  }

  /** Gathers them of many accounts, in as many queries as of one. */
  @Component
  static class Reader {
    private final JdbcClient sql;
    private final Demands demands;
    private final Flags flags;
    private final Plans plans;
    private final Promises promises;
    private final Contacts contacts;

    Reader(
        JdbcClient sql,
        Demands demands,
        Flags flags,
        Plans plans,
        Promises promises,
        Contacts contacts) {
      this.sql = sql;
      this.demands = demands;
      this.flags = flags;
      this.plans = plans;
      this.promises = promises;
      this.contacts = contacts;
    }

    /** By account number; those that are not there are left out. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<Long, Facts> of(Collection<Long> accounts, LocalDate day) {
      Map<Long, List<Flag>> raised = flags.of(accounts);
      Map<Long, Plan> agreed = plans.of(accounts);
      Map<Long, List<Promise>> promised = promises.of(accounts);
      Set<Long> paid = paid(accounts);
      Map<Long, List<Contact>> made = contacts.of(accounts);
      Map<Long, Map<Channel, Decision>> now = contacts.forecast(accounts);
      Map<Long, Facts> facts = new HashMap<>();
      demands
          .of(accounts, day)
          .forEach(
              (number, demand) ->
                  facts.put(
                      number,
                      new Facts(
                          demand,
                          raised.getOrDefault(number, List.of()),
                          agreed.get(number),
                          promised.getOrDefault(number, List.of()).stream()
                              .filter(each -> each.state() != Promise.State.WITHDRAWN)
                              .toList(),
                          paid.contains(number),
                          made.getOrDefault(number, List.of()).stream()
                              .anyMatch(each -> each.what().outcome() == Outcome.SPOKE),
                          Objects.requireNonNull(
                              now.getOrDefault(number, Map.of()).get(Channel.CALL)))));
      return facts;
    }

    private Set<Long> paid(Collection<Long> accounts) {
      return new HashSet<>(
          sql.sql(
                  """
                  select a.number from unnest(?::bigint[]) a (number)
                  where exists (select from patient_payment p
                    where p.account_number = a.number and p.voided_at is null)
                  """)
              .param(accounts.toArray(Long[]::new))
              .query(Long.class)
              .list());
    }
  }
}
