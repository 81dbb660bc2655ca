package org.openrcm.intake;

import java.io.IOException;

/** A file has more bytes than may come in; nothing of it is kept. */
public final class TooLarge extends IOException {
  private static final long serialVersionUID = 1L;

  private final long most;

  TooLarge(long most) {
    super("more than " + most + " bytes");
    this.most = most;
  }

  /** How many bytes a file may have. */
  public long most() {
    return most;
  }
}
