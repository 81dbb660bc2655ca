package org.openrcm.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A patient who is signed in, or a guest who typed a statement's code: an argument of pages.
 *
 * @param account number of the one account that is open to them
 * @param login null for a guest
 */
public record SignedInPatient(UUID practice, long account, @Nullable UUID login, String name) {

  public boolean isGuest() {
    return login == null;
  }
}
