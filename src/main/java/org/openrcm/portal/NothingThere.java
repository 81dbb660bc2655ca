package org.openrcm.portal;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The patient's account has nothing of this id; whether another one has is not told. */
@ResponseStatus(HttpStatus.NOT_FOUND)
final class NothingThere extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NothingThere() {
    super("There is no such thing on this account.");
  }

  /** The id in an address; one that is no id is that of nothing. */
  static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new NothingThere();
    }
  }
}
