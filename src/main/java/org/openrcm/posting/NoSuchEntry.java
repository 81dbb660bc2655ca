package org.openrcm.posting;

import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The practice has no entry of this number; whether another has one is not told. */
@ResponseStatus(HttpStatus.NOT_FOUND)
final class NoSuchEntry extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final String WORDS = "There is no such entry in this practice's ledger.";

  private NoSuchEntry() {
    super(WORDS);
  }

  /** Puts the attempt on record. */
  static NoSuchEntry denied(AuditTrail audit, long number) {
    audit.denied(Action.VIEW, Subject.of(LedgerList.SUBJECT, Long.toString(number)), WORDS);
    return new NoSuchEntry();
  }

  /** The number in an address; one that is no number is that of no entry. */
  static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new NoSuchEntry();
    }
  }
}
