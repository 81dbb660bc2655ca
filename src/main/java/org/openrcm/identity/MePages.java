package org.openrcm.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a person changes about their own sign-in; all their other sessions end with it. */
@Controller
class MePages {
  private static final String SECRET = "authenticator";
  private static final String CURRENT = "current";

  private final SignIn signIn;
  private final Staff staff;
  private final Welcome welcome;
  private final Codes codes;
  private final StaffSessions sessions;

  MePages(SignIn signIn, Staff staff, Welcome welcome, Codes codes, StaffSessions sessions) {
    this.signIn = signIn;
    this.staff = staff;
    this.welcome = welcome;
    this.codes = codes;
    this.sessions = sessions;
  }

  @GetMapping("/me")
  String page(StaffAuthentication who, HttpServletRequest request, Model model) {
    return show(who, request, Map.of(), Map.of(), model);
  }

  private String show(
      StaffAuthentication who,
      HttpServletRequest request,
      Map<String, String> errors,
      Map<String, String> codeErrors,
      Model model) {
    model.addAttribute("me", who.person());
    model.addAttribute("errors", errors);
    model.addAttribute("codeErrors", codeErrors);
    model.addAttribute("authenticator", Authenticator.of(secret(request), who.person().email()));
    return "identity/me";
  }

  private byte[] secret(HttpServletRequest request) {
    HttpSession session = request.getSession();
    if (session.getAttribute(SECRET) instanceof byte[] secret) {
      return secret;
    }
    byte[] secret = codes.newSecret();
    session.setAttribute(SECRET, secret);
    return secret;
  }

  @PostMapping("/me/password")
  String password(
      @RequestParam(defaultValue = "") String current,
      @RequestParam(defaultValue = "") String password,
      StaffAuthentication who,
      HttpServletRequest request,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    StaffMember person = who.person();
    Map<String, String> errors = new LinkedHashMap<>();
    String trouble = PasswordRules.trouble(password, person.email(), person.name());
    if (trouble != null) {
      errors.put("password", trouble);
    } else if (!signIn.isPassword(request, person, current)) {
      errors.put(CURRENT, "This is not your password now, or it was wrong too often.");
    }
    if (!errors.isEmpty()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return show(who, request, errors, Map.of(), model);
    }
    welcome.changePassword(person.id(), password);
    return goOn(person, "Your password was changed.", request, response, flash);
  }

  @PostMapping("/me/code")
  String code(
      @RequestParam(name = "code-current", defaultValue = "") String current,
      @RequestParam(defaultValue = "") String code,
      StaffAuthentication who,
      HttpServletRequest request,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    StaffMember person = who.person();
    byte[] secret = secret(request);
    OptionalLong step = codes.step(secret, code);
    Map<String, String> errors = new LinkedHashMap<>();
    if (step.isEmpty()) {
      errors.put("code", "Enter the six digits that the app shows now for OpenRCM.");
    } else if (!signIn.isPassword(request, person, current)) {
      errors.put("code-current", "This is not your password, or it was wrong too often.");
    }
    if (!errors.isEmpty()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return show(who, request, Map.of(), errors, model);
    }
    welcome.changeAuthenticator(person.id(), secret, step.getAsLong());
    request.getSession().removeAttribute(SECRET);
    return goOn(person, "Your authenticator app was changed.", request, response, flash);
  }

  private String goOn(
      StaffMember person,
      String toast,
      HttpServletRequest request,
      HttpServletResponse response,
      RedirectAttributes flash) {
    sessions.renew(request, response, staff.find(person.id()).orElseThrow());
    flash.addFlashAttribute("toast", toast);
    return SignInPages.seeOther("/me");
  }
}
