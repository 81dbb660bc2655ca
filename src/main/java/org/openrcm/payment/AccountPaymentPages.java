package org.openrcm.payment;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.openrcm.account.AccountPage;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.money.Money;
import org.openrcm.web.Format;
import org.openrcm.web.Sent;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** What an account's patient pays: taking it, applying credit, and plans. */
@Controller
class AccountPaymentPages {
  private static final Set<String> MAY_VOID = Set.of("poster", "manager");

  private final AccountPage.Reader pages;
  private final AccountPayments.Reader reader;
  private final Payments payments;
  private final Checkouts checkouts;
  private final Plans plans;
  private final Format format;

  AccountPaymentPages(
      AccountPage.Reader pages,
      AccountPayments.Reader reader,
      Payments payments,
      Checkouts checkouts,
      Plans plans,
      Format format) {
    this.pages = pages;
    this.reader = reader;
    this.payments = payments;
    this.checkouts = checkouts;
    this.plans = plans;
    this.format = format;
  }

  /**
   * The page.
   *
   * @param card key of a card payment that somebody comes back from
   */
  @GetMapping("/accounts/{id}/payments")
  String payments(
      @PathVariable String id, @RequestParam(defaultValue = "") String card, Model model) {
    return page(id, card, model);
  }

  private String page(String id, String card, Model model) {
    AccountPayments view = reader.read(pages.number(id, Action.VIEW), card);
    AccountPage page = pages.head(id);
    model.addAttribute("page", page);
    model.addAttribute("view", view);
    model.addAttribute("card", card);
    model.addAttribute("methods", Method.values());
    model.addAttribute("key", UUID.randomUUID());
    model.addAttribute("today", payments.today());
    String owed = view.owed().owed().cents() > 0 ? view.owed().owed().toString() : "";
    addUnless(model, "form", TakeForm.empty(owed));
    addUnless(
        model, "plan", PlanForm.empty(owed, payments.today().plusDays(Plans.FIRST_WITHIN_DAYS)));
    addUnless(model, "troubles", Map.of());
    addUnless(model, "planTroubles", Map.of());
    return "payment/account";
  }

  private static void addUnless(Model model, String name, Object value) {
    if (!model.containsAttribute(name)) {
      model.addAttribute(name, value);
    }
  }

  @PostMapping("/accounts/{id}/payments")
  String take(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    long account = pages.number(id, Action.ADD);
    TakeForm form = TakeForm.of(sent);
    try {
      Receiving wanted = form.receiving(account);
      if (wanted.method() == Method.CARD) {
        return "redirect:" + checkout(id, wanted).url();
      }
      PatientPayment taken = payments.take(wanted);
      flash.addFlashAttribute(
          "toast",
          "%s of $%s is taken: %s."
              .formatted(taken.method().label(), format.money(taken.amount()), taken.reference()));
      if (Actor.current().roles().stream().anyMatch(MAY_VOID::contains)) {
        flash.addFlashAttribute("undo", "/payments/" + taken.id() + "/void");
      }
      return "redirect:" + address(id);
    } catch (Refused e) {
      String field =
          switch (e.reason()) {
            case NO_SUCH_VISIT, STAYED -> "visits";
            case CARD_NUMBER -> "cheque";
            default -> "amount";
          };
      // and not back in the field: a card's number is in no page of ours
      model.addAttribute("form", field.equals("cheque") ? form.withoutCheque() : form);
      model.addAttribute("troubles", Map.of(field, e.words()));
      return refused(id, response, model);
    }
  }

  private String refused(String id, HttpServletResponse response, Model model) {
    response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
    return page(id, "", model);
  }

  private static String address(String account) {
    return "/accounts/" + account + "/payments";
  }

  private Checkout checkout(String id, Receiving wanted) {
    String here =
        ServletUriComponentsBuilder.fromCurrentContextPath().path(address(id)).toUriString();
    return checkouts.start(
        new Checkouts.Starting(
            wanted.account(),
            wanted.amount(),
            wanted.visits(),
            wanted.keepRest(),
            here + "?card=" + wanted.key(),
            here,
            wanted.key()));
  }

  @PostMapping("/accounts/{id}/payments/apply")
  String apply(@PathVariable String id, RedirectAttributes flash) {
    long account = pages.number(id, Action.CHANGE);
    return change(
        id,
        () -> {
          Money applied = payments.applyCredit(account, List.of());
          return "$" + format.money(applied) + " of credit is applied.";
        },
        flash);
  }

  private static String change(String id, Supplier<String> how, RedirectAttributes flash) {
    try {
      flash.addFlashAttribute("toast", how.get());
    } catch (Refused e) {
      flash.addFlashAttribute("toast", e.words());
    }
    return "redirect:" + address(id);
  }

  @PostMapping("/accounts/{id}/plans")
  String plan(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    long account = pages.number(id, Action.ADD);
    PlanForm form = PlanForm.of(sent);
    LocalDate first = Sent.day(form.first());
    try {
      if (first == null) {
        model.addAttribute("planTroubles", Map.of("first", "Enter a day like 2026-03-31."));
      } else {
        plans.make(
            account, Amounts.typed(form.total()), form.count(), first, Keys.checked(form.key()));
        flash.addFlashAttribute("toast", "The plan is agreed on.");
        return "redirect:" + address(id);
      }
    } catch (Refused e) {
      model.addAttribute("planTroubles", PlanForm.at(e));
    }
    model.addAttribute("plan", form);
    return refused(id, response, model);
  }

  @PostMapping("/accounts/{id}/plans/{plan}/cancel")
  String cancel(@PathVariable String id, @PathVariable String plan, RedirectAttributes flash) {
    UUID cancelled = NoSuchPayment.id(plan);
    pages.number(id, Action.CHANGE);
    flash.addFlashAttribute("undo", "/accounts/" + id + "/plans/" + cancelled + "/resume");
    return change(
        id,
        () -> {
          plans.cancel(cancelled);
          return "The plan is cancelled. What was paid stays paid.";
        },
        flash);
  }

  @PostMapping("/accounts/{id}/plans/{plan}/resume")
  String resume(@PathVariable String id, @PathVariable String plan, RedirectAttributes flash) {
    UUID resumed = NoSuchPayment.id(plan);
    pages.number(id, Action.CHANGE);
    return change(
        id,
        () -> {
          plans.resume(resumed);
          return "The plan goes on.";
        },
        flash);
  }
}
