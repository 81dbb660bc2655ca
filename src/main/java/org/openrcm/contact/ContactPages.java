package org.openrcm.contact;

import jakarta.servlet.http.HttpServletResponse;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How an account's payer may be reached now and why, what was told of it, and the log. */
@Controller
class ContactPages {
  private final ContactDesk desk;

  ContactPages(ContactDesk desk) {
    this.desk = desk;
  }

  /**
   * The page.
   *
   * @param note the kind of notice whose form is open
   */
  @GetMapping("/accounts/{id}/contact")
  String contact(
      @PathVariable String id, @RequestParam(defaultValue = "") String note, Model model) {
    if (!note.isEmpty()) {
      model.addAttribute("noticeForm", NoticeForm.empty(NoticeForm.kind(note), today()));
    }
    return page(id, model);
  }

  private LocalDate today() {
    return CallRules.day(desk.now(), desk.home());
  }

  private String page(String id, Model model) {
    ContactDesk.View view = desk.view(id);
    model.addAttribute("view", view);
    model.addAttribute("channels", Channel.values());
    model.addAttribute("directions", Direction.values());
    model.addAttribute("outcomes", Outcome.values());
    model.addAttribute("purposes", Purpose.values());
    model.addAttribute("parties", Party.values());
    model.addAttribute("places", Place.values());
    model.addAttribute("week", DayOfWeek.values());
    model.addAttribute("kinds", NoticeKind.values());
    model.addAttribute("key", UUID.randomUUID());
    if (!model.containsAttribute("form")) {
      model.addAttribute("form", ContactForm.empty(view.now(), view.home()));
    }
    if (!model.containsAttribute("troubles")) {
      model.addAttribute("troubles", Map.of());
    }
    if (!model.containsAttribute("noticeTroubles")) {
      model.addAttribute("noticeTroubles", Map.of());
    }
    return "contact/account";
  }

  @PostMapping("/accounts/{id}/contacts")
  String log(
      @PathVariable String id,
      @RequestParam Map<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    ContactForm form = ContactForm.of(sent);
    Map<String, String> troubles = form.troubles(desk.home());
    if (troubles.isEmpty()) {
      try {
        Contact contact = desk.log(id, form.contacted(desk.home()), form.key());
        flash.addFlashAttribute(
            "toast",
            contact.wasForbidden()
                ? "Noted, and that a rule forbade it."
                : contact.what().outcome().label() + ": noted.");
        return redirect(id);
      } catch (Refused e) {
        troubles = Map.of(ContactForm.field(e.reason()), e.words());
      }
    }
    response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
    model.addAttribute("form", form);
    model.addAttribute("troubles", troubles);
    return page(id, model);
  }

  @PostMapping("/accounts/{id}/notices")
  String note(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    NoticeForm form = NoticeForm.of(sent);
    Map<String, String> troubles = form.troubles(today());
    if (!troubles.isEmpty()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      model.addAttribute("noticeForm", form);
      model.addAttribute("noticeTroubles", troubles);
      return page(id, model);
    }
    UUID notice = desk.note(id, form.told(desk.now()), form.name(), form.note());
    flash.addFlashAttribute("toast", form.kind().label() + ": noted.");
    flash.addFlashAttribute("undo", "/accounts/" + id + "/notices/" + notice + "/lift");
    return redirect(id);
  }

  @PostMapping("/accounts/{id}/notices/{notice}/lift")
  String lift(@PathVariable String id, @PathVariable String notice, RedirectAttributes flash) {
    flash.addFlashAttribute(
        "toast", desk.lift(id, id(notice)) ? "Taken off." : Refused.Reason.LIFTED.words());
    return redirect(id);
  }

  /** A decision with all that it rests on, and whether it would be made again so. */
  @GetMapping("/accounts/{id}/contact/{decision}")
  String decision(@PathVariable String id, @PathVariable String decision, Model model) {
    model.addAttribute("past", desk.decision(id, id(decision)));
    return "contact/decision";
  }

  private static String redirect(String id) {
    return "redirect:/accounts/" + id + "/contact";
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new NothingNoted();
    }
  }
}
