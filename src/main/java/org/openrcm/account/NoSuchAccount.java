package org.openrcm.account;

import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The practice has no account of this id; whether another has one is not told. */
@ResponseStatus(HttpStatus.NOT_FOUND)
public final class NoSuchAccount extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String WORDS = "There is no such account in this practice.";

  private NoSuchAccount() {
    super(WORDS);
  }

  /** Puts the attempt on record. */
  static NoSuchAccount denied(AuditTrail audit, Action action, UUID id) {
    audit.denied(action, Subject.of(Accounts.SUBJECT, id), WORDS);
    return new NoSuchAccount();
  }

  /** The id in an address; one that is no id is that of no account. */
  static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new NoSuchAccount();
    }
  }
}
