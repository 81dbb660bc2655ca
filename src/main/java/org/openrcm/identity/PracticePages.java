package org.openrcm.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Changes openly from one practice to another that the person works for. */
@Controller
class PracticePages {
  private final StaffSessions sessions;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  PracticePages(StaffSessions sessions, AuditTrail trail, TransactionTemplate transaction) {
    this.sessions = sessions;
    this.trail = trail;
    this.transaction = transaction;
  }

  @PostMapping("/practice")
  @Nullable String choose(
      @RequestParam(defaultValue = "") String practice,
      StaffAuthentication who,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Optional<UUID> wanted = Ids.parse(practice);
    StaffMember.Work work = wanted.map(who.person()::at).orElse(null);
    if (work == null) {
      trail.denied(
          Action.PRIVILEGE,
          wanted.map(id -> Subject.of("Practice", id)).orElse(Subject.list("Practice")),
          "does not work for it");
      response.sendError(HttpStatus.FORBIDDEN.value());
      return null;
    }
    Actors.staff(request, who.person(), work)
        .run(
            () ->
                transaction.executeWithoutResult(
                    tx ->
                        trail.record(
                            Action.PRIVILEGE, Subject.of("Practice", work.practice().id()))));
    sessions.choose(request, work.practice().id());
    return SignInPages.seeOther("/");
  }
}
