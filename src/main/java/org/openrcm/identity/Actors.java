package org.openrcm.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.springframework.security.core.Authentication;

/** Draws the {@link Actor} of a request. */
final class Actors {
  private static final String REQUEST_ID = "openrcm.request";

  private Actors() {}

  /** By which the rows of one request, its log lines and its error page are known. */
  static String requestId(HttpServletRequest request) {
    if (request.getAttribute(REQUEST_ID) instanceof String known) {
      return known;
    }
    String id = UUID.randomUUID().toString();
    request.setAttribute(REQUEST_ID, id);
    return id;
  }

  /** Half a sign-in makes nobody yet. */
  static Actor of(HttpServletRequest request, @Nullable Authentication who) {
    if (who instanceof StaffAuthentication staff && Factor.isWhole(staff)) {
      return staff(request, staff.person(), staff.work());
    }
    if (who instanceof ClientAuthentication client) {
      return new Actor(
          Actor.Kind.CLIENT,
          client.client().id(),
          client.client().name(),
          client.scopes(),
          client.client().practice(),
          Actor.PAYMENT,
          request.getRemoteAddr(),
          requestId(request));
    }
    if (who instanceof PatientAuthentication patient) {
      return patient.patient().actor(nobody(request, null));
    }
    return nobody(request, null);
  }

  /** A person by what they showed, for their first practice if they have one. */
  static Actor person(HttpServletRequest request, StaffMember person) {
    StaffMember.Work home = person.home();
    if (home != null) {
      return staff(request, person, home);
    }
    return new Actor(
        Actor.Kind.STAFF,
        person.id(),
        person.name(),
        Set.of(),
        null,
        Actor.PAYMENT,
        request.getRemoteAddr(),
        requestId(request));
  }

  static Actor staff(HttpServletRequest request, StaffMember person, StaffMember.Work work) {
    return new Actor(
        Actor.Kind.STAFF,
        person.id(),
        person.name(),
        work.codes(),
        work.practice().id(),
        Actor.PAYMENT,
        request.getRemoteAddr(),
        requestId(request));
  }

  /**
   * Somebody who is not signed in.
   *
   * @param practice that the attempt concerns, so that it is on that practice's record
   */
  static Actor nobody(HttpServletRequest request, @Nullable UUID practice) {
    return new Actor(
        Actor.Kind.NOBODY,
        null,
        "nobody",
        Set.of(),
        practice,
        Actor.PAYMENT,
        request.getRemoteAddr(),
        requestId(request));
  }
}
