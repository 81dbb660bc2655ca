package org.openrcm.portal;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.identity.SignedInPatient;
import org.openrcm.money.Money;
import org.openrcm.payment.Amounts;
import org.openrcm.payment.Refused;
import org.openrcm.statement.BillVisit;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Having something checked, and asking for help with the bill. */
@Controller
class RequestPages {
  private static final String DISPUTE = "/my/dispute";
  private static final String HELP = "/my/help";
  private static final int MOST_PEOPLE = 99;

  private final MyAccount mine;
  private final PatientRequests requests;

  RequestPages(MyAccount mine, PatientRequests requests) {
    this.mine = mine;
    this.requests = requests;
  }

  /**
   * A dispute as typed.
   *
   * @param about id of a visit, and after a dot LX01 of a line of it
   */
  record Dispute(String about, String reason, String words) {

    @Nullable BillVisit visit(MyAccount.View view) {
      String id = about.replaceFirst("\\..*", "");
      return view.bill().visits().stream()
          .filter(visit -> visit.id().toString().equals(id))
          .findFirst()
          .orElse(null);
    }

    /** What is wrong, in the order of the form. */
    List<Trouble> troubles(@Nullable BillVisit visit, PatientRequest.@Nullable Reason chosen) {
      List<Trouble> troubles = new ArrayList<>();
      if (visit == null) {
        troubles.add(new Trouble("about", "error.choose.visit", ""));
      }
      if (chosen == null) {
        troubles.add(new Trouble("reason", "error.choose.reason", ""));
      }
      Trouble ofWords =
          chosen == PatientRequest.Reason.OTHER && words.isEmpty()
              ? new Trouble("words", "error.empty", "")
              : Typed.trouble(words);
      if (ofWords != null) {
        troubles.add(ofWords);
      }
      return troubles;
    }

    /** Null for the visit as a whole. */
    @Nullable Integer line(BillVisit visit) {
      String number = about.contains(".") ? about.substring(about.indexOf('.') + 1) : "";
      return visit.lines().stream()
          .map(BillVisit.Line::number)
          .filter(each -> String.valueOf(each).equals(number))
          .findFirst()
          .orElse(null);
    }
  }

  @GetMapping(DISPUTE)
  String dispute(
      SignedInPatient patient, @RequestParam(defaultValue = "") String visit, Model model) {
    MyAccount.View view = mine.show(patient, PatientWords.language());
    return dispute(view, new Dispute(visit, "", ""), List.of(), model);
  }

  private static String dispute(
      MyAccount.View view, Dispute form, List<Trouble> troubles, Model model) {
    model.addAttribute("view", view);
    model.addAttribute("form", form);
    model.addAttribute("reasons", PatientRequest.Reason.values());
    model.addAttribute("troubles", Trouble.byField(troubles));
    model.addAttribute("longest", Typed.LONGEST);
    return "portal/dispute";
  }

  @PostMapping(DISPUTE)
  String dispute(
      SignedInPatient patient,
      @RequestParam MultiValueMap<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    Dispute form =
        new Dispute(
            Typed.line(sent, "about"), Typed.line(sent, "reason"), Typed.words(sent, "words"));
    MyAccount.View view = mine.view(patient, PatientWords.language());
    BillVisit visit = form.visit(view);
    PatientRequest.Reason reason = PatientRequest.Reason.of(form.reason());
    List<Trouble> troubles = form.troubles(visit, reason);
    if (!troubles.isEmpty()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return dispute(view, form, troubles, model);
    }
    BillVisit about = Objects.requireNonNull(visit);
    requests.dispute(
        patient.account(),
        about.claim(),
        form.line(about),
        Objects.requireNonNull(reason),
        form.words());
    flash.addFlashAttribute("done", "check.sent");
    return "redirect:/my/visits/" + about.id();
  }

  /** Takes back what was asked, of either kind. */
  @PostMapping("/my/requests/{id}/withdraw")
  String withdraw(SignedInPatient patient, @PathVariable String id, RedirectAttributes flash) {
    UUID request = NothingThere.id(id);
    requests.withdraw(patient.account(), request);
    flash.addFlashAttribute("done", "check.withdrawn");
    return "redirect:/my";
  }

  /** A wish for help as typed. */
  record Help(String people, String income, String phone, String words) {
    static final Help EMPTY = new Help("", "", "", "");

    /** What is wrong, in the order of the form. */
    List<Trouble> troubles() {
      List<Trouble> troubles = new ArrayList<>();
      if (!people.isEmpty() && count() == null) {
        troubles.add(new Trouble("people", "error.people", ""));
      }
      if (!income.isEmpty() && amount() == null) {
        troubles.add(new Trouble("income", "error.amount", ""));
      }
      if (!phone.isEmpty() && phone.replaceAll("\\D", "").length() != 10) {
        troubles.add(new Trouble("phone", "error.phone", ""));
      }
      Trouble ofWords = Typed.trouble(words);
      if (ofWords != null) {
        troubles.add(ofWords);
      }
      return troubles;
    }

    private @Nullable Integer count() {
      Integer count = people.matches("\\d{1,2}") ? Integer.valueOf(people) : null;
      return count == null || count < 1 || count > MOST_PEOPLE ? null : count;
    }

    private @Nullable Money amount() {
      try {
        return income.matches("[$ 0.,]+") ? Money.ZERO : Amounts.typed(income);
      } catch (Refused e) {
        return null;
      }
    }

    PatientRequest.Household household() {
      return new PatientRequest.Household(
          people.isEmpty() ? null : count(), income.isEmpty() ? null : amount(), phone);
    }
  }

  @GetMapping(HELP)
  String help(SignedInPatient patient, Model model) {
    return help(mine.show(patient, PatientWords.language()), Help.EMPTY, List.of(), model);
  }

  private static String help(MyAccount.View view, Help form, List<Trouble> troubles, Model model) {
    model.addAttribute("view", view);
    model.addAttribute("form", form);
    model.addAttribute("troubles", Trouble.byField(troubles));
    model.addAttribute("longest", Typed.LONGEST);
    return "portal/help";
  }

  @PostMapping(HELP)
  String help(
      SignedInPatient patient,
      @RequestParam MultiValueMap<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    Help form =
        new Help(
            Typed.line(sent, "people"),
            Typed.line(sent, "income"),
            Typed.line(sent, "phone"),
            Typed.words(sent, "words"));
    List<Trouble> troubles = form.troubles();
    if (!troubles.isEmpty()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return help(mine.view(patient, PatientWords.language()), form, troubles, model);
    }
    requests.help(patient.account(), form.household(), form.words());
    flash.addFlashAttribute("done", "assistance.noted");
    return "redirect:" + HELP;
  }
}
