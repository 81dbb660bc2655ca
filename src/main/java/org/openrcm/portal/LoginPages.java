package org.openrcm.portal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.openrcm.identity.PatientLogins;
import org.openrcm.identity.PatientSessions;
import org.openrcm.identity.PatientSignIn;
import org.openrcm.identity.SignedInPatient;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A sign-in of the patient's own: made by a guest, and used from then on. */
@Controller
class LoginPages {
  private static final String SECRET = "patient.authenticator";

  private final PatientLogins logins;
  private final PatientSignIn signIn;
  private final PatientSessions sessions;

  LoginPages(PatientLogins logins, PatientSignIn signIn, PatientSessions sessions) {
    this.logins = logins;
    this.signIn = signIn;
    this.sessions = sessions;
  }

  @GetMapping("/my/account/sign-in")
  String page() {
    return SignedInPatient.current() == null ? "portal/login" : "redirect:/my";
  }

  @PostMapping("/my/account/sign-in")
  String password(
      @RequestParam(defaultValue = "") String email,
      @RequestParam(defaultValue = "") String password,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Optional<UUID> login = signIn.password(request, email, password);
    if (login.isPresent()) {
      sessions.half(request, response, login.get());
      return "redirect:/my/account/code";
    }
    response.setStatus(HttpStatus.UNAUTHORIZED.value());
    model.addAttribute("email", email);
    model.addAttribute("wrong", true);
    return "portal/login";
  }

  @GetMapping("/my/account/code")
  String codePage(HttpServletRequest request) {
    return sessions.halfWay(request) == null ? "redirect:/my/account/sign-in" : "portal/code";
  }

  @PostMapping("/my/account/code")
  String code(
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    UUID login = sessions.halfWay(request);
    if (login == null) {
      return "redirect:/my/account/sign-in";
    }
    Optional<SignedInPatient> patient = signIn.code(request, login, code);
    if (patient.isPresent()) {
      sessions.begin(request, response, patient.get());
      return "redirect:" + sessions.destination(request);
    }
    response.setStatus(HttpStatus.UNAUTHORIZED.value());
    model.addAttribute("wrong", true);
    return "portal/code";
  }

  @GetMapping("/my/account/new")
  String newPage(SignedInPatient patient, HttpServletRequest request, Model model) {
    return patient.isGuest()
        ? showNew("", Map.of(), patient, request, model)
        : "redirect:/my/account";
  }

  private String showNew(
      String email,
      Map<String, String> errors,
      SignedInPatient patient,
      HttpServletRequest request,
      Model model) {
    model.addAttribute("email", email);
    model.addAttribute("errors", errors);
    model.addAttribute(
        "authenticator",
        logins.authenticator(secret(request), email.isBlank() ? patient.name() : email));
    return "portal/new-login";
  }

  private byte[] secret(HttpServletRequest request) {
    HttpSession session = request.getSession();
    if (session.getAttribute(SECRET) instanceof byte[] secret) {
      return secret;
    }
    byte[] secret = logins.newSecret();
    session.setAttribute(SECRET, secret);
    return secret;
  }

  @PostMapping("/my/account/new")
  String make(
      @RequestParam(defaultValue = "") String email,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "") String code,
      SignedInPatient patient,
      HttpServletRequest request,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    if (!patient.isGuest()) {
      return "redirect:/my/account";
    }
    PatientLogins.Made made =
        logins.make(patient, new PatientLogins.Wish(email, password, secret(request), code));
    if (made.login() == null) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return showNew(email, made.troubles(), patient, request, model);
    }
    sessions.begin(
        request,
        response,
        new SignedInPatient(patient.practice(), patient.account(), made.login(), patient.name()));
    flash.addFlashAttribute("told", made.renewed() ? "renewed" : "made");
    return "redirect:/my/account";
  }
}
