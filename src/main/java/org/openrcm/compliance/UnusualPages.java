package org.openrcm.compliance;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.web.Sent;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Whose day stood out, why, and the signing off. */
@Controller
class UnusualPages {
  private static final int ROWS = 200;

  private final UnusualAccess unusual;

  UnusualPages(UnusualAccess unusual) {
    this.unusual = unusual;
  }

  @GetMapping("/audit/unusual")
  String list(@RequestParam(defaultValue = "") String show, Model model) {
    boolean signed = show.equals("signed");
    model.addAttribute("signed", signed);
    model.addAttribute("now", unusual.now());
    model.addAttribute("found", unusual.list(signed, ROWS));
    return "compliance/unusual";
  }

  @GetMapping("/audit/unusual/{id}")
  String one(@PathVariable String id, Model model) {
    return page(NoSuchDisclosure.id(id), "", null, model);
  }

  private String page(UUID id, String words, @Nullable String trouble, Model model) {
    model.addAttribute("view", unusual.view(id));
    model.addAttribute("now", unusual.now());
    model.addAttribute("words", words);
    model.addAttribute("troubles", trouble == null ? Map.of() : Map.of("words", trouble));
    return "compliance/unusual-day";
  }

  @PostMapping("/audit/unusual/{id}/sign-off")
  String sign(
      @PathVariable String id,
      @RequestParam Map<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    UUID of = NoSuchDisclosure.id(id);
    String words = DisclosureForm.line(sent, "words");
    String trouble = unusual.sign(of, Sent.value(sent, "result").equals("follow-up"), words);
    if (trouble != null) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return page(of, words, trouble, model);
    }
    flash.addFlashAttribute("toast", "It is signed off.");
    return "redirect:/audit/unusual";
  }
}
