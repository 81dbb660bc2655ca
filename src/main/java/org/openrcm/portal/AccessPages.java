package org.openrcm.portal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openrcm.account.Accounts;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.identity.PatientNames;
import org.openrcm.identity.PatientSessions;
import org.openrcm.identity.SignedInPatient;
import org.openrcm.statement.Codes;
import org.openrcm.statement.Language;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The way in by a statement's code, the way out, and the language of all that is read there. */
@Controller
class AccessPages {
  private final CodeSignIn codes;
  private final PatientSessions sessions;
  private final PatientNames names;
  private final Accounts accounts;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;

  AccessPages(
      CodeSignIn codes,
      PatientSessions sessions,
      PatientNames names,
      Accounts accounts,
      AuditTrail audit,
      TransactionTemplate transaction) {
    this.codes = codes;
    this.sessions = sessions;
    this.names = names;
    this.accounts = accounts;
    this.audit = audit;
    this.transaction = transaction;
  }

  @GetMapping("/my/sign-in")
  String page(Model model) {
    return SignedInPatient.current() == null
        ? show("", BirthDate.EMPTY, Map.of(), model)
        : "redirect:/my";
  }

  private static String show(String code, BirthDate born, Map<String, String> errors, Model model) {
    model.addAttribute("code", code);
    model.addAttribute("born", born);
    model.addAttribute("errors", errors);
    return "portal/sign-in";
  }

  @PostMapping("/my/sign-in")
  String signIn(
      @RequestParam(defaultValue = "") String code,
      @RequestParam(defaultValue = "") String month,
      @RequestParam(defaultValue = "") String day,
      @RequestParam(defaultValue = "") String year,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    BirthDate typed = new BirthDate(month, day, year);
    Map<String, String> errors = troubles(code, typed);
    if (!errors.isEmpty()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return show(code, typed, errors, model);
    }
    CodeSignIn.Tried tried = codes.open(code, Objects.requireNonNull(typed.date()));
    CodeSignIn.Opened opened = tried.opened();
    if (opened == null) {
      refuse(tried.answer(), response, model);
      return show(code, typed, Map.of(), model);
    }
    SignedInPatient guest =
        new SignedInPatient(
            opened.practice(),
            opened.account(),
            null,
            names.find(opened.practice(), opened.account()).orElse(""));
    record(guest, opened);
    sessions.begin(request, response, guest);
    if (PortalLocales.chosen(request) == null) {
      PortalLocales.choose(request, opened.language());
    }
    return "redirect:" + sessions.destination(request);
  }

  /** What cannot be a code or a day: not tried, and so not counted. */
  static Map<String, String> troubles(String code, BirthDate born) {
    Map<String, String> errors = new LinkedHashMap<>();
    if (!Codes.isCode(code)) {
      errors.put("code", "code.form");
    }
    if (born.date() == null) {
      errors.put("month", "birth.form");
    }
    return errors;
  }

  /** Says why nothing was opened. */
  static void refuse(CodeSignIn.Answer answer, HttpServletResponse response, Model model) {
    model.addAttribute("refused", answer.name().toLowerCase(Locale.ROOT));
    if (answer == CodeSignIn.Answer.LOCKED) {
      response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(Limit.CODE.window().toSeconds()));
    } else {
      response.setStatus(HttpStatus.UNAUTHORIZED.value());
    }
  }

  private void record(SignedInPatient guest, CodeSignIn.Opened opened) {
    guest
        .actor(Actor.current())
        .run(
            () ->
                transaction.executeWithoutResult(
                    status ->
                        audit.record(
                            Action.SIGN_IN,
                            Subject.of("Account", opened.accountId()),
                            accounts.patients(List.of(opened.account())))));
  }

  @PostMapping("/my/sign-out")
  String signOut(SignedInPatient patient, HttpServletRequest request) {
    transaction.executeWithoutResult(
        status -> audit.record(Action.SIGN_OUT, Subject.list("Account")));
    Language language = PortalLocales.chosen(request);
    sessions.end(request);
    if (language != null) {
      PortalLocales.choose(request, language);
    }
    return "redirect:/my/sign-in";
  }

  @PostMapping("/my/language")
  String language(
      @RequestParam(defaultValue = "") String language,
      @RequestParam(defaultValue = "") String back,
      HttpServletRequest request) {
    PortalLocales.choose(request, Language.of(language));
    return "redirect:" + (back.matches("/my(/[\\w-]+)*") ? back : "/my");
  }
}
