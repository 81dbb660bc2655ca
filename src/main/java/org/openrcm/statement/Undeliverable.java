package org.openrcm.statement;

import org.jspecify.annotations.Nullable;

/** An e-mail was not sent. It has no message: those of mail servers quote addresses. */
class Undeliverable extends Exception {
  private static final long serialVersionUID = 1L;

  private final Undelivered why;

  Undeliverable(Undelivered why, @Nullable Throwable cause) {
    super(null, cause);
    this.why = why;
  }

  Undelivered why() {
    return why;
  }
}
