package org.openrcm.posting;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    DenialList.Found found = list.items(filter, query(request), ROWS);
    model.addAttribute("limit", writeOffs.limit());
    model.addAttribute("found", found);
    model.addAttribute(
        "mayDecide",
        !found.rows().isEmpty() && !filter.isOfReductions() && !writeOffs.limit().isZero());
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
    DenialFilter filter = DenialFilter.of(sent);
    try {
      writeOffs.writeOff(DenialWriteOffs.Chosen.all(denial), Sent.text(note));
      flash.addFlashAttribute("toast", "Written off.");
      flash.addFlashAttribute("undo", filter.undo(denial));
    } catch (Refused e) {
      flash.addFlashAttribute("note", Sent.text(note));
      refused(e, denial, flash);
    }
    return back(filter);
  }

  @PostMapping("/denials/undo-write-off")
  String undoWriteOff(
      @RequestParam Map<String, String> sent,
      @RequestParam(defaultValue = "") List<String> denial,
      RedirectAttributes flash) {
    try {
      writeOffs.undo(DenialWriteOffs.Chosen.all(denial));
      flash.addFlashAttribute("toast", "To be worked again.");
    } catch (Refused e) {
      refused(e, denial, flash);
    }
    return back(DenialFilter.of(sent));
  }

  private static void refused(Refused why, List<String> chosen, RedirectAttributes flash) {
    flash.addFlashAttribute("refused", why.why());
    flash.addFlashAttribute("chosen", chosen);
  }

  /** To the list that they were chosen of. */
  private static String back(DenialFilter filter) {
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
          "entry",
          "written_off_by",
          "written_off_on",
          "why");
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
          denial.entry(),
          denial.writtenOffBy(),
          denial.writtenOffOn(),
          denial.note());
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
