package org.openrcm.statement;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Statement runs: who gets one, who does not and why; sending; and the policy behind. */
@Controller
class RunPages {
  private static final int ROWS = 50;
  private static final int RUNS = 100;

  private final Runs runs;
  private final RunAccounts accounts;
  private final Policies policies;
  private final PrintBatch batch;
  private final CameBack cameBack;

  RunPages(
      Runs runs, RunAccounts accounts, Policies policies, PrintBatch batch, CameBack cameBack) {
    this.runs = runs;
    this.accounts = accounts;
    this.policies = policies;
    this.batch = batch;
    this.cameBack = cameBack;
  }

  @GetMapping("/statements")
  String list(Model model) {
    model.addAttribute("runs", runs.list(RUNS));
    model.addAttribute("waiting", cameBack.waiting());
    model.addAttribute("files", cameBack.files());
    model.addAttribute("complete", policies.current().isComplete());
    return "statement/runs";
  }

  @PostMapping("/statements/runs")
  String make() {
    return "redirect:/statements/runs/" + runs.make();
  }

  /**
   * A run.
   *
   * @param why a reason's slug: the accounts that it keeps back; empty for those that get one
   */
  @GetMapping("/statements/runs/{id}")
  String run(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String why,
      @RequestParam(defaultValue = "0") long after,
      Model model) {
    UUID run = id(id);
    Withheld reason = reason(why);
    model.addAttribute("run", find(run));
    model.addAttribute("counts", accounts.counts(run));
    model.addAttribute("why", reason == null ? "" : reason.slug());
    model.addAttribute("reason", reason);
    model.addAttribute("rows", accounts.list(run, reason, after, ROWS));
    model.addAttribute("parts", batch.parts(run));
    model.addAttribute("ways", accounts.ways(run));
    model.addAttribute("complete", policies.current().isComplete());
    return "statement/run";
  }

  /** How far it has come, for its page that waits. */
  @GetMapping("/statements/runs/{id}/state")
  String state(@PathVariable String id, Model model, HttpServletResponse response) {
    Runs.Run run = find(id(id));
    model.addAttribute("run", run);
    if (!run.isWorking()) {
      response.setHeader("HX-Refresh", "true");
    }
    return "statement/run :: progress";
  }

  /**
   * What goes by mail, as one PDF for the printer.
   *
   * @param sides 2: each statement begins on a sheet of its own
   */
  @GetMapping(value = "/statements/runs/{id}/print.pdf", produces = MediaType.APPLICATION_PDF_VALUE)
  ResponseEntity<byte[]> print(
      @PathVariable String id,
      @RequestParam(defaultValue = "1") int part,
      @RequestParam(defaultValue = "1") int sides) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .header("Content-Disposition", "inline; filename=\"statements-" + part + ".pdf\"")
        .body(batch.print(id(id), part, sides == 2));
  }

  /** Makes a print file of the bills that e-mail did not bring. */
  @PostMapping("/statements/print-files")
  String makeFile(RedirectAttributes flash) {
    flash.addFlashAttribute(
        "toast",
        cameBack.make() == null
            ? "Nothing waits to be printed."
            : "The print file is ready: it is the first one below.");
    return "redirect:/statements";
  }

  @GetMapping(
      value = "/statements/print-files/{id}.pdf",
      produces = MediaType.APPLICATION_PDF_VALUE)
  ResponseEntity<byte[]> file(
      @PathVariable String id, @RequestParam(defaultValue = "1") int sides) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .header("Content-Disposition", "inline; filename=\"statements.pdf\"")
        .body(cameBack.print(id(id), sides == 2));
  }

  @PostMapping("/statements/runs/{id}/send")
  String send(@PathVariable String id, RedirectAttributes flash) {
    if (!policies.current().isComplete()) {
      flash.addFlashAttribute("toast", "First say on the policy page who sends statements.");
    } else if (!runs.send(id(id))) {
      flash.addFlashAttribute("toast", "It was sent or dropped before.");
    }
    return "redirect:/statements/runs/" + id(id);
  }

  @PostMapping("/statements/runs/{id}/drop")
  String drop(@PathVariable String id, RedirectAttributes flash) {
    flash.addFlashAttribute(
        "toast", runs.drop(id(id)) ? "Dropped: nothing is sent." : "It was sent before.");
    return "redirect:/statements";
  }

  private Runs.Run find(UUID id) {
    return runs.find(id).orElseThrow(NoSuchStatement::new);
  }

  private static @Nullable Withheld reason(String slug) {
    return Arrays.stream(Withheld.values())
        .filter(each -> each.slug().equals(slug))
        .findFirst()
        .orElse(null);
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new NoSuchStatement();
    }
  }
}
