package org.openrcm.collections;

import jakarta.servlet.http.HttpServletResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.openrcm.identity.Role;
import org.openrcm.identity.Staff;
import org.openrcm.web.Sent;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where managers say which queues there are, and who works them. */
@Controller
class QueueSetupPages {
  private static final String PAGE = "redirect:/queue/setup";

  private final Queues queues;
  private final Staff staff;

  QueueSetupPages(Queues queues, Staff staff) {
    this.queues = queues;
    this.staff = staff;
  }

  /**
   * The page.
   *
   * @param queue the number of the one to change; empty for a new one
   */
  @GetMapping("/queue/setup")
  String setup(@RequestParam(defaultValue = "") String queue, Model model) {
    QueueForm form =
        queues.all().stream()
            .filter(each -> !each.isRest() && String.valueOf(each.number()).equals(queue))
            .map(QueueForm::of)
            .findFirst()
            .orElse(QueueForm.EMPTY);
    return page(form, Map.of(), model);
  }

  private String page(QueueForm form, Map<String, String> troubles, Model model) {
    model.addAttribute("queues", queues.all());
    model.addAttribute("teams", queues.teams());
    model.addAttribute("collectors", staff.with(Role.COLLECTOR));
    model.addAttribute("form", form);
    model.addAttribute("troubles", troubles);
    return "collections/setup";
  }

  @PostMapping("/queue/queues")
  String save(
      @RequestParam Map<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    QueueForm form = QueueForm.of(sent);
    Map<String, String> troubles = form.troubles();
    if (!form.team().isEmpty()
        && queues.teams().stream()
            .noneMatch(team -> String.valueOf(team.number()).equals(form.team()))) {
      troubles.put("team", "Choose a team, or every collector.");
    }
    if (!troubles.isEmpty()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return page(form, troubles, model);
    }
    queues.save(form.queue());
    flash.addFlashAttribute("toast", "Saved. Accounts are put into their queues now.");
    return PAGE;
  }

  @PostMapping("/queue/queues/{number}/raise")
  String raise(@PathVariable long number) {
    queues.raise(number);
    return PAGE;
  }

  @PostMapping("/queue/queues/{number}/remove")
  String remove(@PathVariable long number, RedirectAttributes flash) {
    queues.remove(number, true);
    flash.addFlashAttribute("toast", "The queue is gone. Its accounts go to the others.");
    flash.addFlashAttribute("undo", "/queue/queues/" + number + "/restore");
    return PAGE;
  }

  @PostMapping("/queue/queues/{number}/restore")
  String restore(@PathVariable long number) {
    queues.remove(number, false);
    return PAGE;
  }

  @PostMapping("/queue/teams")
  String saveTeam(@RequestParam MultiValueMap<String, String> sent, RedirectAttributes flash) {
    String name = Sent.value(sent.toSingleValueMap(), "name");
    String number = Sent.value(sent.toSingleValueMap(), "number");
    Set<UUID> members = new HashSet<>();
    for (String member : sent.getOrDefault("member", List.of())) {
      members.add(NoSuchEntry.id(member));
    }
    try {
      if (name.isEmpty()) {
        throw new Refused(Refused.Reason.NAME_NEEDED);
      }
      queues.saveTeam(number.matches("\\d{1,18}") ? Long.parseLong(number) : 0, name, members);
      flash.addFlashAttribute("toast", "The team is saved.");
    } catch (Refused e) {
      flash.addFlashAttribute("teamTrouble", e.words());
    }
    return PAGE;
  }

  @PostMapping("/queue/teams/{number}/remove")
  String removeTeam(@PathVariable long number, RedirectAttributes flash) {
    return changeTeam(number, true, flash);
  }

  @PostMapping("/queue/teams/{number}/restore")
  String restoreTeam(@PathVariable long number, RedirectAttributes flash) {
    return changeTeam(number, false, flash);
  }

  private String changeTeam(long number, boolean removed, RedirectAttributes flash) {
    try {
      queues.removeTeam(number, removed);
      if (removed) {
        flash.addFlashAttribute("toast", "The team is gone.");
        flash.addFlashAttribute("undo", "/queue/teams/" + number + "/restore");
      }
    } catch (Refused e) {
      flash.addFlashAttribute("teamTrouble", e.words());
    }
    return PAGE;
  }
}
