package org.openrcm.remittance;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.openrcm.web.Csv;
import org.openrcm.web.Slice;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of checks, and the page of each: what the payer says, as on paper. */
@Controller
class RemittancePages {
  private static final int ROWS = 50;

  private final RemittanceList list;
  private final PaperCheck.Reader papers;

  RemittancePages(RemittanceList list, PaperCheck.Reader papers) {
    this.list = list;
    this.papers = papers;
  }

  @GetMapping("/remittances")
  String remittances(
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    RemittanceFilter filter = RemittanceFilter.of(sent);
    Map<String, String> troubles = filter.troubles();
    if (!troubles.isEmpty()) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
    }
    model.addAttribute("filter", filter);
    model.addAttribute("troubles", troubles);
    model.addAttribute("payers", list.payers());
    model.addAttribute(
        "found",
        troubles.isEmpty()
            ? list.search(filter, Objects.requireNonNullElse(request.getQueryString(), ""), ROWS)
            : new RemittanceList.Found(new Slice<>(List.of(), null), 0, 0));
    return "remittance/remittances";
  }

  @GetMapping("/remittances.csv")
  void csv(
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    RemittanceFilter filter = RemittanceFilter.of(sent);
    if (!filter.troubles().isEmpty()) {
      response.sendError(HttpStatus.BAD_REQUEST.value());
      return;
    }
    Csv csv = Csv.download(response, "remittances.csv");
    csv.line(
        "id",
        "payment_date",
        "payer",
        "payee",
        "check_number",
        "method",
        "amount",
        "claims",
        "balance",
        "difference",
        "file");
    list.copy(
        filter, Objects.requireNonNullElse(request.getQueryString(), ""), row -> line(csv, row));
  }

  private static void line(Csv csv, RemittanceRow row) {
    try {
      csv.line(
          row.id(),
          row.date(),
          row.payer(),
          row.payee(),
          row.trace(),
          row.method(),
          decimal(row.amountCents()),
          row.claims(),
          row.balance(),
          decimal(row.offCents()),
          row.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable BigDecimal decimal(@Nullable Long cents) {
    return cents == null ? null : Money.ofCents(cents).toDecimal();
  }

  @GetMapping("/remittances/{id}")
  String remittance(
      @PathVariable String id, @RequestParam(defaultValue = "0") int after, Model model) {
    model.addAttribute("check", papers.read(NoSuchRemittance.id(id), Math.max(0, after)));
    return "remittance/remittance";
  }
}
