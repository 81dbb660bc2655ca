package org.openrcm.posting;

import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The practice has no takeback of this id; whether another has one is not told. */
@ResponseStatus(HttpStatus.NOT_FOUND)
final class NoSuchTakeback extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String WORDS = "There is no such takeback in this practice's ledger.";

  private NoSuchTakeback() {
    super(WORDS);
  }

  /** Puts the attempt on record. */
  static NoSuchTakeback denied(AuditTrail audit, UUID id) {
    audit.denied(Action.VIEW, Subject.of(TakebackList.SUBJECT, id), WORDS);
    return new NoSuchTakeback();
  }

  /** The id in an address; one that is no id is that of no takeback. */
  static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new NoSuchTakeback();
    }
  }
}
