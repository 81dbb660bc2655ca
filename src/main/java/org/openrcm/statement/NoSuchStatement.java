package org.openrcm.statement;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * The practice has no statement, run or account of this id; whether another has one is not told.
 */
@ResponseStatus(HttpStatus.NOT_FOUND)
final class NoSuchStatement extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoSuchStatement() {
    super("There is no such statement in this practice.");
  }
}
