package org.openrcm.collections;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The practice has no such account in its queue; whether another has is not told. */
@ResponseStatus(HttpStatus.NOT_FOUND)
final class NoSuchEntry extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoSuchEntry() {
    super("There is no such account in the queue of this practice.");
  }

  static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new NoSuchEntry();
    }
  }
}
