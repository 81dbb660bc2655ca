package org.openrcm.payment;

import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The practice has no payment or plan of this id; whether another has one is not told. */
@ResponseStatus(HttpStatus.NOT_FOUND)
public final class NoSuchPayment extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String WORDS = "There is no such payment in this practice.";

  NoSuchPayment() {
    super(WORDS);
  }

  /** Puts the attempt on record. */
  static NoSuchPayment denied(AuditTrail audit, Action action, UUID id) {
    audit.denied(action, Subject.of(Payments.SUBJECT, id), WORDS);
    return new NoSuchPayment();
  }

  /** The id in an address; one that is no id is that of no payment. */
  static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new NoSuchPayment();
    }
  }
}
