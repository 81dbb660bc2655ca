package org.openrcm.posting;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.openrcm.money.Money;
import org.openrcm.web.Csv;
import org.openrcm.web.Sent;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What insurers refused: by reason and payer, and each with its deadline and next step. */
@Controller
class DenialPages {
  private static final int ROWS = 50;

  private final DenialList list;
  private final DenialWriteOffs writeOffs;

  DenialPages(DenialList list, DenialWriteOffs writeOffs) {
    this.list = list;
    this.writeOffs = writeOffs;
  }

  private static String query(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getQueryString(), "");
  }

  @GetMapping("/denials")
  String denials(@RequestParam Map<String, String> sent, HttpServletRequest request, Model model) {
    DenialFilter filter = DenialFilter.of(sent);
    model.addAttribute("filter", filter);
    model.addAttribute("deadlines", AppealDeadlines.words());
    if (!filter.isOfItems()) {
      model.addAttribute("summary", list.summary(filter, query(request)));
      return "posting/denials";
    }
    model.addAttribute("limit", writeOffs.limit());
    model.addAttribute("found", list.items(filter, query(request), ROWS));
    model.addAttribute("words", filter.code().isEmpty() ? "" : Denial.words(filter.code(), null));
    model.addAttribute("payer", filter.payer().isEmpty() ? "" : list.payerName(filter.payer()));
    return "posting/denial-items";
  }

  @PostMapping("/denials/write-off")
  String writeOff(
      @RequestParam Map<String, String> sent,
      @RequestParam(defaultValue = "") List<String> denial,
      @RequestParam(defaultValue = "") String note,
      RedirectAttributes flash) {
    String next =
        decide(
            sent,
            denial,
            flash,
            chosen -> writeOffs.writeOff(chosen, Sent.text(note)),
            "Written off.");
    if (flash.getFlashAttributes().containsKey("refused")) {
      flash.addFlashAttribute("note", Sent.text(note));
    }
    return next;
  }

  @PostMapping("/denials/undo-write-off")
  String undoWriteOff(
      @RequestParam Map<String, String> sent,
      @RequestParam(defaultValue = "") List<String> denial,
      RedirectAttributes flash) {
    return decide(sent, denial, flash, writeOffs::undo, "To be worked again.");
  }

  /** Decides about those that were chosen, and leads back to the list that they were chosen of. */
  private static String decide(
      Map<String, String> sent,
      List<String> denials,
      RedirectAttributes flash,
      Consumer<List<DenialWriteOffs.Chosen>> verb,
      String toast) {
    DenialFilter filter = DenialFilter.of(sent);
    try {
      verb.accept(denials.stream().map(DenialWriteOffs.Chosen::of).toList());
      flash.addFlashAttribute("toast", toast);
      if (!filter.isOfWrittenOff()) {
        flash.addFlashAttribute("undo", filter.undo(denials));
      }
    } catch (Refused e) {
      flash.addFlashAttribute("refused", e.why());
      flash.addFlashAttribute("chosen", denials);
    }
    return "redirect:" + filter.address("view", "items");
  }

  @GetMapping("/denials.csv")
  void csv(
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    DenialFilter filter = DenialFilter.of(sent);
    Csv csv = Csv.download(response, "denials.csv");
    if (filter.isOfItems()) {
      csv.line(
          "claim_number",
          "patient",
          "payer",
          "check_number",
          "decided",
          "service",
          "line",
          "kind",
          "amount",
          "code",
          "reason",
          "remarks",
          "deadline",
          "days_left",
          "next_step",
          "entry");
      list.copy(filter, query(request), row -> line(csv, row));
    } else {
      csv.line("code", "reason", "kind", "payer", "denials", "amount", "next_deadline", "passed");
      list.copySums(filter, query(request), row -> line(csv, row));
    }
  }

  private static void line(Csv csv, Denial.Shown row) {
    Denial denial = row.denial();
    try {
      csv.line(
          denial.control(),
          denial.patient(),
          denial.payerName(),
          denial.trace(),
          denial.decided(),
          denial.service(),
          denial.serviceLine(),
          denial.kind(),
          Money.ofCents(denial.cents()).toDecimal(),
          denial.code(),
          denial.words(),
          row.remarkCodes(),
          denial.deadline(),
          row.daysLeft(),
          denial.nextStep(),
          denial.entry());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void line(Csv csv, DenialList.Sum row) {
    try {
      csv.line(
          row.code(),
          row.words(),
          row.kind(),
          row.payerName(),
          row.count(),
          Money.ofCents(row.cents()).toDecimal(),
          row.due(),
          row.passed());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
