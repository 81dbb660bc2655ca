package org.openrcm.portal;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.identity.SignedInPatient;
import org.openrcm.money.Money;
import org.openrcm.payment.Checkout;
import org.openrcm.payment.Checkouts;
import org.openrcm.payment.Keys;
import org.openrcm.payment.Plan;
import org.openrcm.payment.Refused;
import org.openrcm.statement.Bill;
import org.openrcm.statement.BillVisit;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Paying by card on the gateway's page, coming back from it, and the receipt. */
@Controller
class PayPages {
  private static final String PAY = "/my/pay";

  private final MyAccount mine;
  private final Checkouts checkouts;

  PayPages(MyAccount mine, Checkouts checkouts) {
    this.mine = mine;
    this.checkouts = checkouts;
  }

  /**
   * The form.
   *
   * @param what {@code plan}: the next part of the plan
   * @param visit the one visit that it is to be for
   * @param stopped whether somebody comes back from the gateway without paying
   */
  @GetMapping(PAY)
  String form(
      SignedInPatient patient,
      @RequestParam(defaultValue = "") String what,
      @RequestParam(defaultValue = "") String visit,
      @RequestParam(required = false) @Nullable String stopped,
      Model model) {
    MyAccount.View view = mine.show(patient, PatientWords.language());
    model.addAttribute("stopped", stopped != null);
    return form(view, begin(view, what, visit), Map.of(), model);
  }

  private static PayForm begin(MyAccount.View view, String what, String visit) {
    Plan plan = view.running();
    Plan.Instalment next = plan == null ? null : plan.next();
    Bill bill = view.bill();
    if (what.equals("plan") && next != null) {
      Money part = next.left().compareTo(bill.owed()) > 0 ? bill.owed() : next.left();
      return PayForm.fresh(PayForm.What.PART, part.toString(), List.of());
    }
    for (BillVisit each : bill.toPay()) {
      if (each.id().toString().equals(visit)) {
        return PayForm.fresh(PayForm.What.VISITS, "", List.of(each.id()));
      }
    }
    return PayForm.fresh(PayForm.What.ALL, "", List.of());
  }

  private static String form(
      MyAccount.View view, PayForm form, Map<String, Trouble> troubles, Model model) {
    model.addAttribute("view", view);
    model.addAttribute("form", form);
    model.addAttribute("troubles", troubles);
    model.addAttribute("key", UUID.randomUUID());
    return "portal/pay";
  }

  @PostMapping(PAY)
  String pay(
      SignedInPatient patient,
      @RequestParam MultiValueMap<String, String> sent,
      HttpServletResponse response,
      Model model) {
    PayForm form = PayForm.of(sent);
    MyAccount.View view = mine.view(patient, PatientWords.language());
    if (!view.mayPay()) {
      // it is paid by now, or cannot be paid here: the page says which
      return "redirect:" + PAY;
    }
    Bill bill = view.bill();
    if (!form.seen().equals(String.valueOf(bill.owed().cents()))) {
      return refused(view, form, "changed", response, model);
    }
    List<Long> claims = form.claims(bill);
    if (claims == null) {
      return refused(view, form, "changed", response, model);
    }
    if (claims.isEmpty()) {
      return refused(view, form, "visits", response, model);
    }
    try {
      Money amount = form.amount(bill);
      if (amount.compareTo(bill.owed()) > 0) {
        throw new Refused(Refused.Reason.MORE_THAN_OWED);
      }
      return "redirect:" + start(patient, amount, claims, Keys.checked(form.key())).url();
    } catch (Refused e) {
      // what is owed may have changed since it was read above
      return refused(mine.view(patient, PatientWords.language()), form, field(e), response, model);
    }
  }

  private Checkout start(SignedInPatient patient, Money amount, List<Long> claims, String key) {
    String here = ServletUriComponentsBuilder.fromCurrentContextPath().path(PAY).toUriString();
    return checkouts.start(
        new Checkouts.Starting(
            patient.account(),
            amount,
            claims,
            false,
            here + "/done?card=" + key,
            here + "?stopped",
            key));
  }

  /** Which of the page's troubles it is. */
  private static String field(Refused refused) {
    return switch (refused.reason()) {
      case MORE_THAN_OWED, TOO_LARGE -> "high";
      case NO_SUCH_VISIT -> "changed";
      case NO_GATEWAY, GATEWAY_SILENT -> "closed";
      case SENT_BEFORE, NO_KEY -> "again";
      default -> "amount";
    };
  }

  private static String refused(
      MyAccount.View view, PayForm form, String what, HttpServletResponse response, Model model) {
    String owed = PatientWords.money(view.bill().owed());
    Trouble trouble =
        switch (what) {
          case "changed" -> new Trouble("all", "error.amount.changed", owed);
          case "visits" -> new Trouble("visits", "error.choose", "");
          case "high" -> new Trouble("amount", "error.amount.high", owed);
          case "closed" -> new Trouble("all", "error.no.payment.now", view.bill().office().phone());
          case "again" -> new Trouble("all", "error.sent.before", "");
          default -> new Trouble("amount", "error.amount", "");
        };
    boolean conflict = what.equals("changed") || what.equals("again");
    response.setStatus((conflict ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT).value());
    return form(view, form, Map.of(trouble.field(), trouble), model);
  }

  /** Where the gateway sends the browser. It is believed nothing: the gateway's events tell. */
  @GetMapping(PAY + "/done")
  String done(SignedInPatient patient, @RequestParam(defaultValue = "") String card, Model model) {
    model.addAttribute("coming", mine.coming(patient, card, PatientWords.language()));
    model.addAttribute("card", card);
    return "portal/paid";
  }

  @GetMapping("/my/receipts/{id}")
  String receipt(SignedInPatient patient, @PathVariable String id, Model model) {
    model.addAttribute(
        "shown", mine.receipt(patient, NothingThere.id(id), PatientWords.language()));
    return "portal/receipt";
  }
}
