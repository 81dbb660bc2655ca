package org.openrcm.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The way in and out. */
@Controller
class SignInPages {
  private final SignIn signIn;
  private final StaffSessions sessions;
  private final Staff staff;
  private final OneTimeLinks links;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  SignInPages(
      SignIn signIn,
      StaffSessions sessions,
      Staff staff,
      OneTimeLinks links,
      AuditTrail trail,
      TransactionTemplate transaction) {
    this.signIn = signIn;
    this.sessions = sessions;
    this.staff = staff;
    this.links = links;
    this.trail = trail;
    this.transaction = transaction;
  }

  @GetMapping("/sign-in")
  String passwordPage() {
    return "identity/sign-in";
  }

  @PostMapping("/sign-in")
  String password(
      @RequestParam(defaultValue = "") String email,
      @RequestParam(defaultValue = "") String password,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Optional<StaffMember> person = signIn.password(request, email, password);
    if (person.isPresent()) {
      sessions.begin(request, response, person.get());
      return seeOther("/sign-in/code");
    }
    response.setStatus(HttpStatus.UNAUTHORIZED.value());
    model.addAttribute("email", email);
    model.addAttribute("wrong", true);
    return "identity/sign-in";
  }

  @GetMapping("/sign-in/code")
  String codePage(HttpServletRequest request) {
    return sessions.halfWay(request) == null ? seeOther("/sign-in") : "identity/code";
  }

  @PostMapping("/sign-in/code")
  String code(
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    StaffMember person = sessions.halfWay(request);
    if (person == null) {
      return seeOther("/sign-in");
    }
    if (signIn.code(request, person, code)) {
      sessions.complete(request, response, person);
      return seeOther(destination(request));
    }
    response.setStatus(HttpStatus.UNAUTHORIZED.value());
    model.addAttribute("wrong", true);
    return "identity/code";
  }

  private static String destination(HttpServletRequest request) {
    HttpSession session = request.getSession();
    Object wanted = session.getAttribute(Refusals.DESTINATION);
    session.removeAttribute(Refusals.DESTINATION);
    return wanted instanceof String path && path.startsWith("/") && !path.startsWith("//")
        ? path
        : "/";
  }

  /** Shows a button and does nothing: programs that look at links before people do use none up. */
  @GetMapping("/sign-in/link")
  String linkPage(@RequestParam(defaultValue = "") String token, Model model) {
    model.addAttribute("token", token);
    return "identity/link";
  }

  @PostMapping("/sign-in/link")
  String link(
      @RequestParam(defaultValue = "") String token,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Optional<OneTimeLinks.Holder> holder = links.use(token);
    if (holder.isEmpty()) {
      Actors.nobody(request, null)
          .run(
              () ->
                  trail.denied(
                      Action.SIGN_IN, Subject.list("OneTimeLink"), "unknown, used or old link"));
      response.setStatus(HttpStatus.UNAUTHORIZED.value());
      model.addAttribute("spent", true);
      return "identity/link";
    }
    UUID id = holder.get().staff();
    StaffMember person = id == null ? null : staff.find(id).orElseThrow();
    if (person != null
        && person.disabledAt() == null
        && !person.works().isEmpty()
        && person.works().stream().allMatch(work -> work.practice().madeUp())) {
      signIn.signedIn(request, person);
      sessions.completeByLink(request, response, person);
      return seeOther(destination(request));
    }
    WelcomePages.invite(request, id);
    return seeOther("/welcome");
  }

  @PostMapping("/sign-out")
  String signOut(HttpServletRequest request) {
    UUID id = Actor.current().id();
    if (id != null) {
      transaction.executeWithoutResult(
          tx -> trail.record(Action.SIGN_OUT, Subject.of("Staff", id)));
    }
    sessions.end(request);
    return seeOther("/sign-in");
  }

  static String seeOther(String path) {
    return "redirect:" + path;
  }
}
