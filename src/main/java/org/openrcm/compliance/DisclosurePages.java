package org.openrcm.compliance;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.AccountPage;
import org.openrcm.audit.Action;
import org.openrcm.audit.PatientSearches;
import org.openrcm.web.Csv;
import org.openrcm.web.Sent;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What was told of patients to others, noted by hand, and the accounting of it. */
@Controller
class DisclosurePages {
  private static final String TOAST = "toast";
  private static final String TROUBLES = "troubles";

  private final Disclosures disclosures;
  private final DisclosurePatients patients;
  private final PatientSearches searches;
  private final AccountingLetter letter;
  private final AccountPage.Reader accounts;

  DisclosurePages(
      Disclosures disclosures,
      DisclosurePatients patients,
      PatientSearches searches,
      AccountingLetter letter,
      AccountPage.Reader accounts) {
    this.disclosures = disclosures;
    this.patients = patients;
    this.searches = searches;
    this.letter = letter;
    this.accounts = accounts;
  }

  @GetMapping("/disclosures")
  String list(@RequestParam(defaultValue = "") String patient, Model model) {
    UUID search = patient.isEmpty() ? null : NoSuchDisclosure.id(patient);
    model.addAttribute("name", searches.text(search));
    model.addAttribute("searched", search != null);
    model.addAttribute("found", patients.find(search));
    return "compliance/disclosures";
  }

  /** The search as a form sends it: a patient's name must not get into the address. */
  @PostMapping("/disclosures")
  String search(@RequestParam Map<String, String> sent) {
    String name = Sent.value(sent, "name");
    return "redirect:/disclosures" + (name.isEmpty() ? "" : "?patient=" + searches.keep(name));
  }

  @GetMapping("/disclosures/{id}")
  String show(@PathVariable String id, Model model) {
    return page(id, accounts.number(id, Action.VIEW), DisclosureForm.empty(), Map.of(), model);
  }

  private String page(
      String id, long account, DisclosureForm form, Map<String, String> troubles, Model model) {
    Disclosures.View view = disclosures.view(account);
    LocalDate day = form.day();
    model.addAttribute("id", id);
    model.addAttribute("view", view);
    model.addAttribute("form", form);
    model.addAttribute("key", UUID.randomUUID());
    model.addAttribute("purposes", Purpose.on(day == null ? view.today() : day));
    model.addAttribute(TROUBLES, troubles);
    return "compliance/disclosures-of-patient";
  }

  @GetMapping("/disclosures/{id}/accounting.csv")
  void csv(@PathVariable String id, HttpServletResponse response) throws IOException {
    write(disclosures.copy(accounts.number(id, Action.COPY)), response);
  }

  @GetMapping("/disclosures/{id}/requests/{request}/accounting.csv")
  void given(@PathVariable String id, @PathVariable String request, HttpServletResponse response)
      throws IOException {
    long account = accounts.number(id, Action.COPY);
    write(
        disclosures.given(account, NoSuchDisclosure.id(request), Action.COPY).accounting(),
        response);
  }

  /** As it goes to the patient. */
  @GetMapping("/disclosures/{id}/requests/{request}/accounting.pdf")
  ResponseEntity<byte[]> letter(@PathVariable String id, @PathVariable String request) {
    long account = accounts.number(id, Action.PRINT);
    byte[] pdf = letter.print(account, NoSuchDisclosure.id(request));
    return pdf == null
        ? ResponseEntity.status(HttpStatus.SEE_OTHER)
            .location(URI.create("/statements/policy"))
            .build()
        : ResponseEntity.ok().contentType(MediaType.APPLICATION_PDF).body(pdf);
  }

  private static void write(Accounting accounting, HttpServletResponse response)
      throws IOException {
    Csv csv = Csv.download(response, "accounting-of-disclosures.csv");
    csv.line("date", "recipient", "address", "what", "purpose", "reason", "times", "last_date");
    for (Accounting.Row row : accounting.rows()) {
      csv.line(
          row.madeOn(),
          row.recipient(),
          row.address(),
          row.description(),
          row.purpose(),
          row.reason(),
          row.times(),
          row.last());
    }
  }

  @PostMapping("/disclosures/{id}")
  String note(
      @PathVariable String id,
      @RequestParam Map<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    long account = accounts.number(id, Action.ADD);
    DisclosureForm form = DisclosureForm.of(sent);
    Map<String, String> troubles = form.troubles(disclosures.today());
    if (!troubles.isEmpty()) {
      return again(id, account, form, troubles, response, model);
    }
    UUID noted = form.id();
    disclosures.note(account, form);
    flash.addFlashAttribute(TOAST, "The disclosure is noted.");
    flash.addFlashAttribute("undo", back(id) + "/" + noted + "/withdraw");
    return "redirect:" + back(id);
  }

  private String again(
      String id,
      long account,
      DisclosureForm form,
      Map<String, String> troubles,
      HttpServletResponse response,
      Model model) {
    response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
    return page(id, account, form, troubles, model);
  }

  private static String back(String id) {
    return "/disclosures/" + NoSuchDisclosure.id(id);
  }

  @PostMapping("/disclosures/{id}/{disclosure}/withdraw")
  String withdraw(
      @PathVariable String id, @PathVariable String disclosure, RedirectAttributes flash) {
    disclosures.withdraw(accounts.number(id, Action.CHANGE), NoSuchDisclosure.id(disclosure));
    flash.addFlashAttribute(TOAST, "It counts as noted by mistake.");
    return "redirect:" + back(id);
  }

  @PostMapping("/disclosures/{id}/{disclosure}/hold")
  String hold(
      @PathVariable String id,
      @PathVariable String disclosure,
      @RequestParam Map<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    long account = accounts.number(id, Action.CHANGE);
    String agency = DisclosureForm.line(sent, "agency");
    LocalDate said = DisclosureForm.day(Sent.value(sent, "said"));
    String typed = Sent.value(sent, "until");
    LocalDate until = DisclosureForm.day(typed);
    boolean isUnclear = agency.isEmpty() || said == null || (until == null && !typed.isEmpty());
    String trouble =
        isUnclear || said == null
            ? "Say who asked for it and on which day; a last day only where they wrote one."
            : disclosures.hold(account, NoSuchDisclosure.id(disclosure), agency, said, until);
    if (trouble != null) {
      return again(
          id,
          account,
          DisclosureForm.empty(),
          Map.of("hold-" + NoSuchDisclosure.id(disclosure), trouble),
          response,
          model);
    }
    flash.addFlashAttribute(TOAST, "The patient is not told of it for now.");
    return "redirect:" + back(id);
  }

  @PostMapping("/disclosures/{id}/requests")
  String ask(
      @PathVariable String id,
      @RequestParam Map<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    long account = accounts.number(id, Action.ADD);
    @Nullable LocalDate asked = DisclosureForm.day(Sent.value(sent, "asked"));
    if (asked == null || asked.isAfter(disclosures.today())) {
      return again(
          id,
          account,
          DisclosureForm.empty(),
          Map.of("asked", "Give the day on which they asked, today or before."),
          response,
          model);
    }
    disclosures.ask(account, DisclosureForm.key(Sent.value(sent, "key")), asked);
    flash.addFlashAttribute(TOAST, "The request is noted.");
    return "redirect:" + back(id);
  }

  @PostMapping("/disclosures/{id}/requests/{request}/extend")
  String extend(
      @PathVariable String id,
      @PathVariable String request,
      @RequestParam Map<String, String> sent,
      RedirectAttributes flash) {
    long account = accounts.number(id, Action.CHANGE);
    String why = DisclosureForm.line(sent, "why");
    boolean done = !why.isEmpty() && disclosures.extend(account, NoSuchDisclosure.id(request), why);
    flash.addFlashAttribute(
        TOAST,
        done
            ? "There are 30 more days. Tell the patient in writing why, and until when."
            : why.isEmpty()
                ? "Say why it takes longer: the patient must be told."
                : "It can be put off once, and only before it is due.");
    return "redirect:" + back(id);
  }

  @PostMapping("/disclosures/{id}/requests/{request}/give")
  String give(@PathVariable String id, @PathVariable String request, RedirectAttributes flash) {
    disclosures.give(accounts.number(id, Action.CHANGE), NoSuchDisclosure.id(request));
    flash.addFlashAttribute(TOAST, "The accounting is kept as it was given today.");
    return "redirect:" + back(id);
  }
}
