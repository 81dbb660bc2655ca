package org.openrcm.claim;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.openrcm.audit.PatientSearches;
import org.openrcm.money.Money;
import org.openrcm.web.Csv;
import org.openrcm.web.Sent;
import org.openrcm.web.Slice;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The list of claims with its saved views, and the page of each claim. */
@Controller
class ClaimPages {
  private static final int ROWS = 50;

  private final ClaimList list;
  private final PatientSearches patients;
  private final SavedViews views;
  private final ClaimPage.Reader pages;

  ClaimPages(ClaimList list, PatientSearches patients, SavedViews views, ClaimPage.Reader pages) {
    this.list = list;
    this.patients = patients;
    this.views = views;
    this.pages = pages;
  }

  @GetMapping("/claims")
  String claims(
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    ClaimFilter filter = ClaimFilter.of(sent);
    Map<String, String> troubles = filter.troubles();
    if (!troubles.isEmpty()) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
    }
    model.addAttribute("filter", filter);
    model.addAttribute("name", patients.text(filter.patientSearch()));
    model.addAttribute("troubles", troubles);
    model.addAttribute("payers", list.payers());
    model.addAttribute("views", views.all());
    model.addAttribute("states", ClaimState.values());
    model.addAttribute("kinds", ClaimKind.values());
    model.addAttribute(
        "found",
        troubles.isEmpty()
            ? list.search(filter, query(request), ROWS)
            : new ClaimList.Found(new Slice<>(List.of(), null), 0, 0));
    return "claim/claims";
  }

  private static String query(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getQueryString(), "");
  }

  /** The filter as a form sends it: a patient's name must not get into the address. */
  @PostMapping("/claims")
  String filter(@RequestParam Map<String, String> sent) {
    Map<String, String> values = new HashMap<>(sent);
    String name = Sent.value(values, "name");
    values.put("patient", name.isEmpty() ? "" : patients.keep(name).toString());
    return "redirect:" + ClaimFilter.of(values).address("", "");
  }

  @GetMapping("/claims.csv")
  void csv(
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    ClaimFilter filter = ClaimFilter.of(sent);
    if (!filter.troubles().isEmpty()) {
      response.sendError(HttpStatus.BAD_REQUEST.value());
      return;
    }
    Csv csv = Csv.download(response, "claims.csv");
    csv.line(
        "id",
        "claim_number",
        "patient",
        "payer",
        "kind",
        "service_from",
        "service_until",
        "charged",
        "paid",
        "state",
        "since",
        "file");
    list.copy(filter, query(request), row -> line(csv, row));
  }

  private static void line(Csv csv, ClaimRow row) {
    try {
      csv.line(
          row.id(),
          row.control(),
          row.patient(),
          row.payer(),
          row.kindLabel(),
          row.from(),
          row.until(),
          Money.ofCents(row.chargedCents()).toDecimal(),
          Money.ofCents(row.paidCents()).toDecimal(),
          row.state().label(),
          row.since(),
          row.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @PostMapping("/claims/views")
  String save(@RequestParam String name, @RequestParam String query, RedirectAttributes flash) {
    Map<String, String> values = new HashMap<>();
    org.springframework.web.util.UriComponentsBuilder.fromUriString("/claims?" + query)
        .build()
        .getQueryParams()
        .toSingleValueMap()
        .forEach((key, value) -> values.put(key, decoded(value)));
    ClaimFilter filter = ClaimFilter.of(values);
    String kept = Sent.text(name);
    if (kept.isEmpty()) {
      flash.addFlashAttribute("toast", "Give the view a name to save it.");
    } else {
      views.add(kept, filter.query());
      flash.addFlashAttribute("toast", "View saved.");
    }
    return "redirect:" + filter.address("", "");
  }

  private static String decoded(String value) {
    return value == null
        ? ""
        : java.net.URLDecoder.decode(value, java.nio.charset.StandardCharsets.UTF_8);
  }

  @PostMapping("/claims/views/{id}/delete")
  String delete(@PathVariable UUID id, RedirectAttributes flash) {
    if (views.remove(id)) {
      flash.addFlashAttribute("toast", "View deleted.");
      flash.addFlashAttribute("undo", "/claims/views/" + id + "/restore");
    }
    return "redirect:/claims";
  }

  @PostMapping("/claims/views/{id}/restore")
  String restore(@PathVariable UUID id, RedirectAttributes flash) {
    if (views.restore(id)) {
      flash.addFlashAttribute("toast", "The view is back.");
    }
    return "redirect:/claims";
  }

  @GetMapping("/claims/{id}")
  String claim(@PathVariable String id, Model model) {
    model.addAttribute("page", pages.read(NoSuchClaim.id(id)));
    model.addAttribute("tab", "lines");
    return "claim/claim";
  }

  @GetMapping("/claims/{id}/timeline")
  String timeline(@PathVariable String id, Model model) {
    model.addAttribute("page", pages.read(NoSuchClaim.id(id)));
    model.addAttribute("tab", "timeline");
    return "claim/timeline";
  }
}
