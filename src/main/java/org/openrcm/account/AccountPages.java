package org.openrcm.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.PatientSearches;
import org.openrcm.money.Money;
import org.openrcm.web.Csv;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of accounts, and what each account shows. */
@Controller
class AccountPages {
  private static final int ROWS = 50;
  private static final int ENTRIES = 100;

  private final AccountList list;
  private final PatientSearches patients;
  private final AccountPage.Reader pages;

  AccountPages(AccountList list, PatientSearches patients, AccountPage.Reader pages) {
    this.list = list;
    this.patients = patients;
    this.pages = pages;
  }

  @GetMapping("/accounts")
  String accounts(@RequestParam Map<String, String> sent, HttpServletRequest request, Model model) {
    AccountFilter filter = AccountFilter.of(sent);
    model.addAttribute("filter", filter);
    model.addAttribute("name", patients.text(filter.patientSearch()));
    model.addAttribute("owes", AccountFilter.Owed.values());
    model.addAttribute("found", list.search(filter, query(request), ROWS));
    return "account/accounts";
  }

  private static String query(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getQueryString(), "");
  }

  /** The filter as a form sends it: a patient's name must not get into the address. */
  @PostMapping("/accounts")
  String filter(@RequestParam Map<String, String> sent) {
    Map<String, String> values = new HashMap<>(sent);
    String name = Clean.text(values.getOrDefault("name", ""));
    values.put("patient", name.isEmpty() ? "" : patients.keep(name).toString());
    return "redirect:" + AccountFilter.of(values).address("", "");
  }

  @GetMapping("/accounts.csv")
  void csv(
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Csv csv = Csv.download(response, "accounts.csv");
    csv.line("id", "patient", "birth_date", "insurers_owe", "patient_owes", "last_service");
    list.copy(AccountFilter.of(sent), query(request), row -> line(csv, row));
  }

  private static void line(Csv csv, AccountList.Row row) {
    try {
      csv.line(
          row.id(),
          row.name(),
          row.birthDate(),
          Money.ofCents(row.insuranceCents()).toDecimal(),
          Money.ofCents(row.patientCents()).toDecimal(),
          row.lastService());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @GetMapping("/accounts/{id}")
  String ledger(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String on,
      @RequestParam(defaultValue = "") String all,
      HttpServletResponse response,
      Model model) {
    LocalDate asOf = day(on);
    boolean wrong = !on.isEmpty() && asOf == null;
    if (wrong) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
    }
    model.addAttribute("on", on);
    model.addAttribute("asOf", asOf);
    model.addAttribute("trouble", wrong ? "Enter a day like 2026-03-31." : null);
    model.addAttribute(
        "page",
        pages.read(NoSuchAccount.id(id), asOf, all.isEmpty() ? ENTRIES : Integer.MAX_VALUE));
    return "account/account";
  }

  private static @Nullable LocalDate day(String text) {
    try {
      LocalDate day = LocalDate.parse(text);
      return day.equals(Clean.day(day)) ? day : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  @GetMapping("/accounts/{id}/history")
  String history(@PathVariable String id, Model model) {
    model.addAttribute("page", pages.read(NoSuchAccount.id(id), null, 0));
    return "account/history";
  }
}
