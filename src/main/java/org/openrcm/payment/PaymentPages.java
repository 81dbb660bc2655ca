package org.openrcm.payment;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.money.Money;
import org.openrcm.web.Csv;
import org.openrcm.web.Format;
import org.openrcm.web.Slice;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The list of patients' payments, each payment's page and its receipt. */
@Controller
class PaymentPages {
  private static final int ROWS = 50;

  private final PaymentList list;
  private final PaymentPage.Reader pages;
  private final Payments payments;
  private final Refunds refunds;
  private final Format format;

  PaymentPages(
      PaymentList list,
      PaymentPage.Reader pages,
      Payments payments,
      Refunds refunds,
      Format format) {
    this.list = list;
    this.pages = pages;
    this.payments = payments;
    this.refunds = refunds;
    this.format = format;
  }

  @GetMapping("/payments")
  String payments(
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    PaymentFilter filter = PaymentFilter.of(sent);
    Map<String, String> troubles = filter.troubles();
    if (!troubles.isEmpty()) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
    }
    model.addAttribute("filter", filter);
    model.addAttribute("troubles", troubles);
    model.addAttribute("methods", Method.values());
    model.addAttribute("states", Arrays.asList(PaymentState.values()));
    model.addAttribute(
        "found",
        troubles.isEmpty()
            ? list.search(filter, query(request), ROWS)
            : new PaymentList.Found(new Slice<>(List.of(), null), 0, Money.ZERO));
    return "payment/payments";
  }

  private static String query(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getQueryString(), "");
  }

  @GetMapping("/payments.csv")
  void csv(
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    PaymentFilter filter = PaymentFilter.of(sent);
    List<PaymentList.Row> rows =
        filter.troubles().isEmpty() ? list.copy(filter, query(request)) : List.of();
    Csv csv = Csv.download(response, "payments.csv");
    csv.line(
        "number",
        "day",
        "patient",
        "method",
        "check_number",
        "amount",
        "credit",
        "refunded",
        "state",
        "taken_by");
    for (PaymentList.Row row : rows) {
      PatientPayment payment = row.payment();
      csv.line(
          payment.reference(),
          payment.receivedOn(),
          row.patient(),
          payment.method().label(),
          payment.chequeNumber(),
          payment.amount().toDecimal(),
          row.credit().toDecimal(),
          row.refunded().toDecimal(),
          row.state().label(),
          payment.takenBy());
    }
  }

  @GetMapping("/payments/{id}")
  String payment(@PathVariable String id, Model model) {
    return page(id, "", Map.of(), model);
  }

  private String page(String id, String typed, Map<String, String> troubles, Model model) {
    model.addAttribute("page", pages.read(Action.VIEW, id));
    model.addAttribute("typed", typed);
    model.addAttribute("troubles", troubles);
    model.addAttribute("key", UUID.randomUUID());
    return "payment/payment";
  }

  @GetMapping("/payments/{id}/receipt")
  String receipt(@PathVariable String id, Model model) {
    model.addAttribute("page", pages.read(Action.PRINT, id));
    return "payment/receipt";
  }

  @PostMapping("/payments/{id}/void")
  String cancel(@PathVariable String id, RedirectAttributes flash) {
    UUID payment = NoSuchPayment.id(id);
    try {
      PatientPayment voided = payments.voidToday(payment);
      flash.addFlashAttribute(
          "toast", voided.reference() + " is voided: what it paid for is owed again.");
    } catch (Refused e) {
      flash.addFlashAttribute("toast", e.words());
    }
    return "redirect:/payments/" + payment;
  }

  @PostMapping("/payments/{id}/refund")
  String refund(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String amount,
      @RequestParam(defaultValue = "") String key,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    UUID payment = NoSuchPayment.id(id);
    try {
      Refund refund = refunds.refund(payment, Amounts.typed(amount), Keys.checked(key));
      flash.addFlashAttribute(
          "toast",
          "$"
              + format.money(refund.amount())
              + (refund.method() == Method.CARD
                  ? " goes back to the card."
                  : " is to go back: write a check."));
      return "redirect:/payments/" + payment;
    } catch (Refused e) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return page(id, amount, Map.of("amount", e.words()), model);
    }
  }
}
