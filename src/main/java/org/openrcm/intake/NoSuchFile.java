package org.openrcm.intake;

import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The practice has no file of this id; whether another has one is not told. */
@ResponseStatus(HttpStatus.NOT_FOUND)
final class NoSuchFile extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String WORDS = "There is no such file in this practice.";

  private NoSuchFile() {
    super(WORDS);
  }

  /** Puts the attempt on record. */
  static NoSuchFile denied(AuditTrail trail, Action action, UUID id) {
    trail.denied(action, Subject.of(Intake.SUBJECT, id), WORDS);
    return new NoSuchFile();
  }

  /** The id in an address; one that is no id is that of no file. */
  static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new NoSuchFile();
    }
  }
}
