package org.openrcm.contact;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.openrcm.web.Sent;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** As what the practice collects: it decides which rules bind. */
@Controller
class SettingPages {
  private static final int LONGEST = 100;
  private static final List<String> ZONES =
      List.of(
          "America/New_York",
          "America/Detroit",
          "America/Indiana/Indianapolis",
          "America/Chicago",
          "America/Denver",
          "America/Boise",
          "America/Phoenix",
          "America/Los_Angeles",
          "America/Anchorage",
          "America/Adak",
          "Pacific/Honolulu",
          "America/Puerto_Rico",
          "America/St_Thomas",
          "Pacific/Guam",
          "Pacific/Saipan",
          "Pacific/Pago_Pago");

  private final Settings settings;

  SettingPages(Settings settings) {
    this.settings = settings;
  }

  @GetMapping("/contact/policy")
  String form(Model model) {
    return form(settings.current(), Map.of(), model);
  }

  private static String form(Setting setting, Map<String, String> troubles, Model model) {
    model.addAttribute("setting", setting);
    model.addAttribute("roles", CollectorRole.values());
    model.addAttribute("zones", ZONES);
    model.addAttribute("rules", Rules.all());
    model.addAttribute("troubles", troubles);
    return "contact/policy";
  }

  @PostMapping("/contact/policy")
  String set(
      @RequestParam Map<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    Setting before = settings.current();
    CollectorRole role = before.role();
    for (CollectorRole each : CollectorRole.values()) {
      role = each.name().equals(Sent.value(sent, "role")) ? each : role;
    }
    String zone = Sent.value(sent, "zone");
    String agent = Sent.value(sent, "agent");
    Setting setting =
        new Setting(
            role, ZONES.contains(zone) ? zone : before.zone(), sent.containsKey("hospital"), agent);
    if (agent.length() > LONGEST || (role != CollectorRole.FIRST_PARTY && agent.isEmpty())) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return form(
          setting,
          Map.of("agent", "Who collects for others says who they are, in up to 100 characters."),
          model);
    }
    settings.set(setting);
    flash.addFlashAttribute("toast", "Saved.");
    return "redirect:/contact/policy";
  }
}
