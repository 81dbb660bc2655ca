package org.openrcm.server;

import org.jspecify.annotations.Nullable;

/**
 * The server cannot start, for a reason that whoever starts it can mend: the message is for them.
 */
class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartRefused(String message) {
    super(message);
  }

  StartRefused(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
