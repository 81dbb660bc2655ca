package org.openrcm.statement;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How the practice bills its patients. */
@Controller
class PolicyPages {
  private final Policies policies;

  PolicyPages(Policies policies) {
    this.policies = policies;
  }

  @GetMapping("/statements/policy")
  String form(Model model) {
    return form(PolicyForm.of(policies.current()), Map.of(), model);
  }

  private static String form(PolicyForm form, Map<String, String> troubles, Model model) {
    model.addAttribute("form", form);
    model.addAttribute("troubles", troubles);
    return "statement/policy";
  }

  @PostMapping("/statements/policy")
  String set(
      @RequestParam Map<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    PolicyForm form = PolicyForm.of(sent);
    Map<String, String> troubles = form.troubles();
    if (!troubles.isEmpty()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return form(form, troubles, model);
    }
    policies.set(form.policy());
    flash.addFlashAttribute("toast", "Saved.");
    return "redirect:/statements/policy";
  }
}
