package org.openrcm.collections;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.contact.Channel;
import org.openrcm.contact.Contact;
import org.openrcm.contact.Decision;
import org.openrcm.contact.Direction;
import org.openrcm.contact.ValidationClocks;
import org.openrcm.identity.Colleague;
import org.openrcm.statement.BillVisit;

/**
 * The work screen.
 *
 * @param may whether the patient may be asked for it now, by each channel
 * @param validation the clock of the validation notice; null where the law asks for none
 * @param visits that may be asked for, as the patient reads them; what was done there is not shown
 * @param aside visits that are not to be spoken of now
 * @param happenings the latest first
 * @param recent contacts of the last seven days
 * @param wantsGuardian whether the patient is under age and nobody else is known who pays
 * @param phone as people read it; null when none is known
 * @param draft what was typed before; null when nothing was
 */
record WorkView(
    Lease lease,
    Entry entry,
    Map<Channel, Decision> may,
    ValidationClocks.@Nullable Period validation,
    List<BillVisit> visits,
    List<BillVisit> aside,
    List<Happening> happenings,
    List<Contact> recent,
    boolean wantsGuardian,
    @Nullable String phone,
    List<Colleague> colleagues,
    LocalDate today,
    Drafts.@Nullable Draft draft) {

  /** Days since the first statement. */
  public long age() {
    LocalDate asked = entry.askedOn();
    return asked == null ? 0 : ChronoUnit.DAYS.between(asked, today);
  }

  public Decision call() {
    Decision call = may.get(Channel.CALL);
    if (call == null) {
      throw new IllegalStateException("calls were not decided on");
    }
    return call;
  }

  /** The other ways, such as texts. */
  public Map<Channel, Decision> others() {
    Map<Channel, Decision> others = new EnumMap<>(may);
    others.remove(Channel.CALL);
    return others;
  }

  /** Calls of ours that count, in the last seven days. */
  public long calls() {
    return recent.stream()
        .filter(
            each ->
                each.what().channel() == Channel.CALL && each.what().direction() == Direction.OUT)
        .count();
  }

  /** Whether number and address are in different time zones. */
  public boolean isTorn() {
    return call().zones().size() > 1;
  }

  /** When the lease runs out unless something is typed. */
  public Instant until() {
    return lease.until();
  }
}
