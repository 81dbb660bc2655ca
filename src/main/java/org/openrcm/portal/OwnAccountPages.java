package org.openrcm.portal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openrcm.identity.PatientLogins;
import org.openrcm.identity.PatientSessions;
import org.openrcm.identity.PatientSignIn;
import org.openrcm.identity.SignedInPatient;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a patient does with the sign-in that they made: more bills, another password, an end. */
@Controller
class OwnAccountPages {
  private static final String PAGE = "redirect:/my/account";

  private final PatientLogins logins;
  private final PatientSignIn signIn;
  private final PatientSessions sessions;
  private final OwnBills bills;
  private final CodeSignIn codes;
  private final Clock clock;

  OwnAccountPages(
      PatientLogins logins,
      PatientSignIn signIn,
      PatientSessions sessions,
      OwnBills bills,
      CodeSignIn codes,
      Clock clock) {
    this.logins = logins;
    this.signIn = signIn;
    this.sessions = sessions;
    this.bills = bills;
    this.codes = codes;
    this.clock = clock;
  }

  @GetMapping("/my/account")
  String page(SignedInPatient patient, Model model) {
    return show(patient, "", BirthDate.EMPTY, Map.of(), model);
  }

  private String show(
      SignedInPatient patient,
      String code,
      BirthDate born,
      Map<String, String> errors,
      Model model) {
    model.addAttribute("bills", bills.of(patient));
    model.addAttribute("others", logins.others(patient));
    model.addAttribute("renewed", renewed(patient));
    model.addAttribute("code", code);
    model.addAttribute("born", born);
    model.addAttribute("errors", errors);
    return "portal/account";
  }

  /** The day on which a code made a new password, in words: whose sign-in it is has to know. */
  private @Nullable String renewed(SignedInPatient patient) {
    Instant at = logins.find(Objects.requireNonNull(patient.login())).orElseThrow().renewedAt();
    return at == null
        ? null
        : DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
            .withLocale(LocaleContextHolder.getLocale())
            .format(at.atZone(clock.getZone()));
  }

  private String refused(
      SignedInPatient patient,
      Map<String, String> errors,
      HttpServletResponse response,
      Model model) {
    response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
    return show(patient, "", BirthDate.EMPTY, errors, model);
  }

  /** One more bill, by the code of a statement of it. */
  @PostMapping("/my/account/bills")
  String add(
      @RequestParam(defaultValue = "") String code,
      @RequestParam(defaultValue = "") String month,
      @RequestParam(defaultValue = "") String day,
      @RequestParam(defaultValue = "") String year,
      SignedInPatient patient,
      HttpServletRequest request,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    BirthDate born = new BirthDate(month, day, year);
    Map<String, String> errors = AccessPages.troubles(code, born);
    if (!errors.isEmpty()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return show(patient, code, born, errors, model);
    }
    CodeSignIn.Tried tried = codes.open(code, Objects.requireNonNull(born.date()));
    CodeSignIn.Opened opened = tried.opened();
    if (opened == null) {
      AccessPages.refuse(tried.answer(), response, model);
      return show(patient, code, born, Map.of(), model);
    }
    Optional<SignedInPatient> added = bills.add(patient, opened);
    if (added.isEmpty()) {
      return refused(patient, Map.of("code", "bills.many"), response, model);
    }
    sessions.choose(request, added.get());
    flash.addFlashAttribute("told", "added");
    return PAGE;
  }

  @PostMapping("/my/account/choose")
  @Nullable String choose(
      @RequestParam(defaultValue = "") String account,
      SignedInPatient patient,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Optional<SignedInPatient> chosen = bills.choose(patient, account);
    if (chosen.isEmpty()) {
      response.sendError(HttpStatus.FORBIDDEN.value());
      return null;
    }
    sessions.choose(request, chosen.get());
    return "redirect:/my";
  }

  @PostMapping("/my/account/password")
  String password(
      @RequestParam(defaultValue = "") String current,
      @RequestParam(defaultValue = "") String password,
      SignedInPatient patient,
      HttpServletRequest request,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    Map<String, String> errors = new LinkedHashMap<>();
    if (!signIn.isPassword(request, patient, current)) {
      errors.put("current", "password.current");
    } else {
      String trouble = logins.changePassword(patient, password);
      if (trouble != null) {
        errors.put("password", "password." + trouble);
      }
    }
    if (!errors.isEmpty()) {
      return refused(patient, errors, response, model);
    }
    sessions.renew(request, response, patient);
    flash.addFlashAttribute("told", "password");
    return PAGE;
  }

  @PostMapping("/my/account/remove")
  String remove(
      @RequestParam(name = "remove-current", defaultValue = "") String current,
      SignedInPatient patient,
      HttpServletRequest request,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    if (!signIn.isPassword(request, patient, current)) {
      return refused(patient, Map.of("remove-current", "password.current"), response, model);
    }
    logins.remove(Objects.requireNonNull(patient.login()));
    sessions.end(request);
    flash.addFlashAttribute("told", "removed");
    return "redirect:/my/sign-in";
  }
}
