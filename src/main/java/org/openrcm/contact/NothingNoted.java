package org.openrcm.contact;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The account has nothing of this id. */
@ResponseStatus(HttpStatus.NOT_FOUND)
final class NothingNoted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NothingNoted() {
    super("There is nothing of this id on the account.");
  }
}
