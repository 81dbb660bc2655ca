package org.openrcm.letter;

import java.util.List;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The letters that wait, those that are withheld and why, and those that were printed. */
@Controller
class LetterPages {
  private final Letters letters;
  private final LetterFiles files;

  LetterPages(Letters letters, LetterFiles files) {
    this.letters = letters;
    this.files = files;
  }

  @GetMapping("/letters")
  String letters(Model model) {
    List<Letters.Forecast> all = letters.forecast();
    model.addAttribute("ready", all.stream().filter(each -> each.decision().allowed()).toList());
    model.addAttribute(
        "withheld", all.stream().filter(each -> !each.decision().allowed()).toList());
    model.addAttribute("withdrawn", letters.withdrawn());
    model.addAttribute("due", letters.validationDue());
    model.addAttribute("files", files.latest());
    model.addAttribute("complete", files.mayPrint());
    return "letter/letters";
  }

  @PostMapping("/letters/print")
  String print(RedirectAttributes flash) {
    boolean printed = files.mayPrint() && files.print() != null;
    flash.addFlashAttribute(
        "toast",
        printed ? "The letters are in a file to be printed." : "No letter can go out now.");
    return "redirect:/letters";
  }

  @GetMapping(value = "/letters/files/{id}.pdf", produces = MediaType.APPLICATION_PDF_VALUE)
  ResponseEntity<byte[]> file(@PathVariable String id) {
    byte[] pdf =
        files.file(id(id)).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .header("Content-Disposition", "inline; filename=\"letters.pdf\"")
        .body(pdf);
  }

  @PostMapping("/letters/{id}/withdraw")
  String withdraw(@PathVariable String id, RedirectAttributes flash) {
    if (letters.withdraw(id(id), false)) {
      flash.addFlashAttribute("toast", "The letter is withdrawn.");
      flash.addFlashAttribute("undo", "/letters/" + id(id) + "/restore");
    } else {
      flash.addFlashAttribute("toast", "It was printed or withdrawn before.");
    }
    return "redirect:/letters";
  }

  @PostMapping("/letters/{id}/restore")
  String restore(@PathVariable String id, RedirectAttributes flash) {
    flash.addFlashAttribute(
        "toast", letters.withdraw(id(id), true) ? "The letter waits again." : "It waits already.");
    return "redirect:/letters";
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no letter", e);
    }
  }
}
