package org.openrcm.compliance;

import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The account has nothing of this id; whether another has it is not told. */
@ResponseStatus(HttpStatus.NOT_FOUND)
final class NoSuchDisclosure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String WORDS = "There is nothing of this id here.";

  private NoSuchDisclosure() {
    super(WORDS);
  }

  /** Puts the attempt on record. */
  static NoSuchDisclosure denied(AuditTrail audit, String subject, UUID id) {
    audit.denied(Action.VIEW, Subject.of(subject, id), WORDS);
    return new NoSuchDisclosure();
  }

  /** The id in an address; one that is no id is that of nothing. */
  static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new NoSuchDisclosure();
    }
  }
}
