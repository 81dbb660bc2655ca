package org.openrcm.writeoff;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.openrcm.web.Csv;
import org.openrcm.web.Format;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What waits for approval, what was decided, and the decision. */
@Controller
class WriteOffPages {
  private static final int ROWS = 50;

  private final WriteOffList list;
  private final WriteOffs writeOffs;
  private final Format format;

  WriteOffPages(WriteOffList list, WriteOffs writeOffs, Format format) {
    this.list = list;
    this.writeOffs = writeOffs;
    this.format = format;
  }

  private static String query(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getQueryString(), "");
  }

  @GetMapping("/write-offs")
  String list(
      @RequestParam(defaultValue = "") String show,
      @RequestParam(defaultValue = "") String after,
      HttpServletRequest request,
      Model model) {
    WriteOffList.Show wanted = WriteOffList.Show.of(show);
    model.addAttribute("show", wanted);
    model.addAttribute("shows", WriteOffList.Show.values());
    model.addAttribute("found", list.list(wanted, after, query(request), ROWS));
    return "writeoff/write-offs";
  }

  @GetMapping("/write-offs.csv")
  void csv(
      @RequestParam(defaultValue = "") String show,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Csv csv = Csv.download(response, "write-offs.csv");
    csv.line(
        "number",
        "patient",
        "kind",
        "amount",
        "visits",
        "reason",
        "proposed_by",
        "proposed_on",
        "state",
        "decided_by",
        "decided_on",
        "refund_to_look_at",
        "given_up_now");
    for (WriteOffList.Row row : list.copy(WriteOffList.Show.of(show), query(request))) {
      WriteOff one = row.one();
      csv.line(
          one.number(),
          row.patient(),
          one.kind().label(),
          one.amount().toDecimal(),
          one.visits().size(),
          one.note(),
          one.proposed().name(),
          format.time(one.proposed().at()),
          one.state().label(),
          one.decided() == null ? null : one.decided().name(),
          one.decided() == null ? null : format.time(one.decided().at()),
          one.refund().toDecimal(),
          one.given().toDecimal());
    }
  }

  @PostMapping("/write-offs/{id}/approve")
  String approve(@PathVariable String id, RedirectAttributes flash) {
    UUID of = NoSuchWriteOff.id(id);
    return decide(
        of,
        writeOffs::approve,
        one ->
            "$"
                + format.money(one.amount())
                + " is given up."
                + (one.refund().isZero() ? "" : " See whether the patient gets something back."),
        "/write-offs/" + of + "/undo",
        flash);
  }

  @PostMapping("/write-offs/{id}/refuse")
  String refuse(@PathVariable String id, RedirectAttributes flash) {
    return decide(
        NoSuchWriteOff.id(id), writeOffs::refuse, one -> "Nothing is given up.", "", flash);
  }

  @PostMapping("/write-offs/{id}/undo")
  String undo(@PathVariable String id, RedirectAttributes flash) {
    return decide(
        NoSuchWriteOff.id(id), writeOffs::undo, one -> "What it gave up is owed again.", "", flash);
  }

  private static String decide(
      UUID id,
      Function<UUID, WriteOff> how,
      Function<WriteOff, String> words,
      String undo,
      RedirectAttributes flash) {
    try {
      flash.addFlashAttribute("toast", words.apply(how.apply(id)));
      if (!undo.isEmpty()) {
        flash.addFlashAttribute("undo", undo);
      }
    } catch (Refused e) {
      flash.addFlashAttribute("toast", e.words());
    }
    return "redirect:/write-offs";
  }
}
