package org.openrcm.contact;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.openrcm.account.Accounts;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.statement.AddressFailed;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Hears of e-mail addresses at which bills do not arrive, and notes that nothing else will. */
@Component
class FailedAddresses {
  private final Notices notices;
  private final Accounts accounts;
  private final AuditTrail audit;
  private final Clock clock;

  FailedAddresses(Notices notices, Accounts accounts, AuditTrail audit, Clock clock) {
    this.notices = notices;
    this.accounts = accounts;
    this.audit = audit;
    this.clock = clock;
  }

  @EventListener
  void failed(AddressFailed event) {
    String email = Addresses.email(event.email());
    if (email == null) {
      return;
    }
    Told told =
        Told.of(NoticeKind.EMAIL_FAILED, clock.instant().truncatedTo(ChronoUnit.MICROS)).at(email);
    UUID notice = notices.note(event.account(), told, "", "A bill did not arrive there");
    audit.record(
        Action.ADD,
        Subject.of("ContactNotice", notice),
        accounts.patients(List.of(event.account())));
  }
}
