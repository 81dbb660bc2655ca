package org.openrcm.posting;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.remittance.NoSuchRemittance;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Checks that wait to be posted, what each would change, and posting and undoing them. */
@Controller
class PostingPages {
  private static final int ROWS = 50;

  private final PostingList list;
  private final Diffs diffs;
  private final Posting posting;

  PostingPages(PostingList list, Diffs diffs, Posting posting) {
    this.list = list;
    this.diffs = diffs;
    this.posting = posting;
  }

  @GetMapping("/posting")
  String list(
      @RequestParam(defaultValue = "waiting") String state,
      @RequestParam(required = false) @Nullable Long after,
      Model model) {
    PostingList.Which which = PostingList.Which.of(state);
    model.addAttribute("which", which);
    model.addAttribute("all", PostingList.Which.values());
    model.addAttribute("totals", list.totals());
    model.addAttribute("checks", list.list(which, after, ROWS));
    model.addAttribute("oneClick", list.oneClick().size());
    return "posting/checks";
  }

  /** Posts what can be posted without being looked at. */
  @PostMapping("/posting")
  String postAll(RedirectAttributes flash) {
    int posted = 0;
    for (UUID id : list.oneClick()) {
      try {
        posting.post(id, List.of());
        posted++;
      } catch (Refused gone) {
        // somebody else posted it, or set it aside, in between
      }
    }
    flash.addFlashAttribute(
        "toast", posted == 1 ? "One check posted." : posted + " checks posted.");
    return "redirect:/posting";
  }

  @GetMapping("/remittances/{id}/posting")
  String diff(
      @PathVariable String id,
      @RequestParam(defaultValue = "0") int after,
      @RequestParam(defaultValue = "all") String only,
      Model model) {
    model.addAttribute(
        "diff", diffs.read(NoSuchRemittance.id(id), Math.max(0, after), Diffs.Only.of(only)));
    model.addAttribute("only", Diffs.Only.of(only).name());
    return "posting/diff";
  }

  /** What is left of the work on a check, for its page that waits. */
  @GetMapping("/remittances/{id}/posting/state")
  String state(@PathVariable String id, Model model, HttpServletResponse response) {
    Diff diff = diffs.read(NoSuchRemittance.id(id), Integer.MAX_VALUE, Diffs.Only.ALL);
    model.addAttribute("diff", diff);
    if (!diff.state().isInWork()) {
      response.setHeader("HX-Refresh", "true");
    }
    return "posting/diff :: progress";
  }

  /**
   * Posts a check.
   *
   * @param shown ordinals of the claims that were to choose from
   * @param take those of them that were chosen; the others are left out
   */
  @PostMapping("/remittances/{id}/post")
  String post(
      @PathVariable String id,
      @RequestParam(defaultValue = "") Set<Integer> shown,
      @RequestParam(defaultValue = "") Set<Integer> take,
      RedirectAttributes flash) {
    Set<Integer> leftOut = new HashSet<>(shown);
    leftOut.removeAll(take);
    boolean done = posting.post(NoSuchRemittance.id(id), leftOut, take);
    if (done) {
      flash.addFlashAttribute("toast", "Posted.");
      flash.addFlashAttribute("undo", "/remittances/" + id + "/undo");
    }
    return page(id);
  }

  @PostMapping("/remittances/{id}/undo")
  String undo(@PathVariable String id, RedirectAttributes flash) {
    boolean done = posting.undo(NoSuchRemittance.id(id));
    if (done) {
      flash.addFlashAttribute("toast", "Undone: the books are as they were before.");
    }
    return page(id);
  }

  @PostMapping("/remittances/{id}/hold")
  String hold(@PathVariable String id, RedirectAttributes flash) {
    posting.hold(NoSuchRemittance.id(id));
    flash.addFlashAttribute("toast", "On hold.");
    flash.addFlashAttribute("undo", "/remittances/" + id + "/release");
    return page(id);
  }

  @PostMapping("/remittances/{id}/release")
  String release(@PathVariable String id) {
    posting.release(NoSuchRemittance.id(id));
    return page(id);
  }

  private static String page(String id) {
    return "redirect:/remittances/" + NoSuchRemittance.id(id) + "/posting";
  }

  /** Takes back whatever of a file is posted. */
  @PostMapping("/files/{id}/undo-posting")
  String undoFile(@PathVariable String id, RedirectAttributes flash) {
    int checks = posting.undoFile(NoSuchRemittance.id(id));
    flash.addFlashAttribute(
        "toast",
        switch (checks) {
          case 0 -> "Nothing of this file is posted.";
          case 1 -> "One check undone.";
          default -> checks + " checks undone.";
        });
    return "redirect:/posting?state=undone";
  }

  @GetMapping("/posting/payers")
  String payers(Model model) {
    model.addAttribute("payers", list.payers());
    model.addAttribute("modes", Mode.values());
    return "posting/payers";
  }

  @PostMapping("/posting/payers")
  String mode(@RequestParam String payer, @RequestParam Mode mode, RedirectAttributes flash) {
    PostingList.Payer known =
        list.payers().stream()
            .filter(each -> each.payer().equals(payer))
            .findFirst()
            .orElseThrow(() -> new NoSuchPayer());
    posting.mode(known.payer(), known.name(), mode);
    flash.addFlashAttribute(
        "toast", "Checks of %s: %s.".formatted(known.name(), mode.label().toLowerCase(Locale.US)));
    return "redirect:/posting/payers";
  }

  /** No check of this practice is by that payer. */
  @ResponseStatus(HttpStatus.NOT_FOUND)
  private static final class NoSuchPayer extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Somebody else was faster, or it cannot be done: nothing has changed, and the page says so. */
  @ExceptionHandler
  String refused(Refused refused, HttpServletRequest request, RedirectAttributes flash) {
    flash.addFlashAttribute("toast", refused.why().words());
    String path = request.getRequestURI();
    return path.startsWith("/remittances/")
        ? "redirect:" + path.substring(0, path.lastIndexOf('/')) + "/posting"
        : "redirect:/posting";
  }
}
