package org.openrcm.collections;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.account.Portrait;
import org.openrcm.account.Portraits;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.contact.Channel;
import org.openrcm.contact.Contacts;
import org.openrcm.contact.Decision;
import org.openrcm.contact.ValidationClocks;
import org.openrcm.identity.Role;
import org.openrcm.identity.Staff;
import org.openrcm.statement.Bill;
import org.openrcm.statement.Bills;
import org.openrcm.statement.Language;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What collectors and their supervisors look at, on record for each patient who is shown. */
@Component
class Desk {
  private static final int OWN = 20;
  private static final Duration RECENT = Duration.ofDays(7);

  private final Entries entries;
  private final Leases leases;
  private final Timelines timelines;
  private final Drafts drafts;
  private final Bills bills;
  private final Contacts contacts;
  private final ValidationClocks clocks;
  private final Staff staff;
  private final Accounts accounts;
  private final Portraits portraits;
  private final AuditTrail audit;
  private final Clock clock;

  Desk(
      Entries entries,
      Leases leases,
      Timelines timelines,
      Drafts drafts,
      Bills bills,
      Contacts contacts,
      ValidationClocks clocks,
      Staff staff,
      Accounts accounts,
      Portraits portraits,
      AuditTrail audit,
      Clock clock) {
    this.entries = entries;
    this.leases = leases;
    this.timelines = timelines;
    this.drafts = drafts;
    this.bills = bills;
    this.contacts = contacts;
    this.clocks = clocks;
    this.staff = staff;
    this.accounts = accounts;
    this.portraits = portraits;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What is the current collector's.
   *
   * @param holding the account that they hold; null when none
   * @param assigned what is for them alone and waits or rests
   */
  record Own(@Nullable Entry holding, List<Entry> assigned) {}

  @Transactional
  public Own own() {
    UUID me = Objects.requireNonNull(Actor.current().id());
    Entry holding =
        entries.held().stream()
            .filter(each -> each.lease() != null && each.lease().holder().equals(me))
            .findFirst()
            .orElse(null);
    List<Entry> assigned = entries.assigned(me, OWN);
    seen(Stream.concat(Stream.ofNullable(holding), assigned.stream()).toList());
    return new Own(holding, assigned);
  }

  /** All that somebody holds. */
  @Transactional
  public List<Entry> held() {
    List<Entry> held = entries.held();
    seen(held);
    return held;
  }

  /**
   * Opens the account of a lease, which is renewed. That it was decided whether the patient may be
   * reached is kept.
   *
   * @throws Refused LEASE_RAN_OUT
   */
  @Transactional
  public WorkView work(UUID id) {
    Lease lease = leases.renew(id).orElseThrow(() -> new Refused(Refused.Reason.LEASE_RAN_OUT));
    long number = lease.number();
    Entry entry = entries.find(number).orElseThrow();
    audit.record(
        Action.VIEW,
        Subject.of(Leases.SUBJECT, entry.account()),
        accounts.patients(List.of(number)));
    Instant now = clock.instant();
    Bill bill = bills.of(number, Language.EN);
    Map<Channel, Decision> may = contacts.decide(number);
    Decision call = may.get(Channel.CALL);
    LocalDate today = LocalDate.now(clock);
    Portrait person = Objects.requireNonNull(portraits.of(List.of(number)).get(number));
    return new WorkView(
        lease,
        entry,
        may,
        clocks.of(number).orElse(null),
        bill.toPay(),
        bill.open(),
        timelines.of(number),
        contacts.of(number).stream()
            .filter(each -> each.what().at().isAfter(now.minus(RECENT)))
            .toList(),
        person.wantsGuardian(today),
        call == null ? null : call.shown(),
        staff.with(Role.COLLECTOR),
        today,
        drafts.find(number).orElse(null));
  }

  private void seen(List<Entry> shown) {
    audit.record(
        Action.QUERY,
        Subject.list(Leases.SUBJECT),
        accounts.patients(shown.stream().map(Entry::number).toList()));
  }
}
