package org.openrcm.remittance;

import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The practice has no remittance of this id; whether another has one is not told. */
@ResponseStatus(HttpStatus.NOT_FOUND)
public final class NoSuchRemittance extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String WORDS = "There is no such remittance in this practice.";

  private NoSuchRemittance() {
    super(WORDS);
  }

  /** Puts the attempt on record. */
  public static NoSuchRemittance denied(AuditTrail audit, UUID id) {
    audit.denied(Action.VIEW, Subject.of("Remittance", id), WORDS);
    return new NoSuchRemittance();
  }

  /** The id in an address; one that is no id is that of no remittance. */
  public static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new NoSuchRemittance();
    }
  }
}
