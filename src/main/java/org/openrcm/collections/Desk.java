package org.openrcm.collections;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists entries for people to look at, on record for each patient among them. */
@Component
class Desk {
  private static final int OWN = 20;

  private final Entries entries;
  private final Leases leases;
  private final Accounts accounts;
  private final AuditTrail audit;

  Desk(Entries entries, Leases leases, Accounts accounts, AuditTrail audit) {
    this.entries = entries;
    this.leases = leases;
    this.accounts = accounts;
    this.audit = audit;
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

  /** An account that the current collector holds. */
  record Work(Lease lease, Entry entry) {}

  /**
   * Opens the account of a lease, which is renewed.
   *
   * @throws Refused LEASE_RAN_OUT
   */
  @Transactional
  public Work work(UUID id) {
    Lease lease = leases.renew(id).orElseThrow(() -> new Refused(Refused.Reason.LEASE_RAN_OUT));
    Entry entry = entries.find(lease.number()).orElseThrow();
    audit.record(
        Action.VIEW,
        Subject.of(Leases.SUBJECT, entry.account()),
        accounts.patients(List.of(lease.number())));
    return new Work(lease, entry);
  }

  private void seen(List<Entry> shown) {
    audit.record(
        Action.QUERY,
        Subject.list(Leases.SUBJECT),
        accounts.patients(shown.stream().map(Entry::number).toList()));
  }
}
