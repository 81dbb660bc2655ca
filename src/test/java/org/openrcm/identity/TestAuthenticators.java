package org.openrcm.identity;

import java.util.UUID;

/** Lets tests give somebody an authenticator that they have too. */
public final class TestAuthenticators {
  private TestAuthenticators() {}

  public static void keep(Staff staff, UUID person, byte[] secret) {
    staff.keepAuthenticator(person, secret, 0);
  }
}
