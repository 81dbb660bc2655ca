package org.openrcm.statement;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells other pages for patients what stands on the letterhead of their bills. */
@Component
public class Contacts {
  private final Policies policies;
  private final MailServer mail;

  Contacts(Policies policies, MailServer mail) {
    this.policies = policies;
    this.mail = mail;
  }

  /** Whether the actor's practice can send bills by e-mail. */
  @Transactional
  public boolean offerEmail() {
    return mail.sends(policies.current());
  }

  /** Of the actor's practice. */
  @Transactional
  public Contact current() {
    Policy.Letterhead letterhead = policies.current().letterhead();
    return new Contact(
        letterhead.name(), letterhead.phone(), letterhead.hours(), letterhead.hoursInSpanish());
  }
}
