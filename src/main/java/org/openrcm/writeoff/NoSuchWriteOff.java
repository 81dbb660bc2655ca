package org.openrcm.writeoff;

import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The practice has no write-off of this id; whether another has one is not told. */
@ResponseStatus(HttpStatus.NOT_FOUND)
public final class NoSuchWriteOff extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String WORDS = "There is no such write-off in this practice.";

  NoSuchWriteOff() {
    super(WORDS);
  }

  /** Puts the attempt on record. */
  static NoSuchWriteOff denied(AuditTrail audit, UUID id) {
    audit.denied(Action.CHANGE, Subject.of(WriteOffs.SUBJECT, id), WORDS);
    return new NoSuchWriteOff();
  }

  /** The id in an address; one that is no id is that of no write-off. */
  static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new NoSuchWriteOff();
    }
  }
}
