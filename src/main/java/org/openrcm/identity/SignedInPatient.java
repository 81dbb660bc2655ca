package org.openrcm.identity;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Whose bill is open on the patients' own pages. Handlers below {@code /my} get it as an argument.
 *
 * @param account number of the one account that is open
 * @param login null for a guest, who came by a code and a birth date
 * @param name of the account's patient, as pages write it
 */
public record SignedInPatient(UUID practice, long account, @Nullable UUID login, String name) {

  /** Who is signed in on this thread's request; null when no patient is. */
  public static @Nullable SignedInPatient current() {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    return who instanceof PatientAuthentication patient ? patient.patient() : null;
  }

  /** Whether it is somebody with a statement's code, who sees what is on that bill and no more. */
  public boolean isGuest() {
    return login == null;
  }

  /**
   * The patient as the one who acts.
   *
   * @param caller from whom address and request are taken
   */
  public Actor actor(Actor caller) {
    return new Actor(
        Actor.Kind.PATIENT,
        login,
        name,
        Set.of(Role.PATIENT.code()),
        practice,
        Actor.PATIENT_REQUEST,
        caller.address(),
        caller.request());
  }

  @Override
  public String toString() {
    return "SignedInPatient[" + account + "]";
  }
}
