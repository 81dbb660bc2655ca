package org.openrcm.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where somebody says why they must look at what their roles do not open. */
@Controller
class EmergencyPages {
  private static final int LEAST = 10;
  private static final int MOST = 500;

  private final Emergencies emergencies;

  EmergencyPages(Emergencies emergencies) {
    this.emergencies = emergencies;
  }

  @GetMapping("/emergency")
  String page(Model model) {
    return show("", null, model);
  }

  private static String show(String reason, @Nullable String trouble, Model model) {
    model.addAttribute("reason", reason);
    model.addAttribute("errors", trouble == null ? Map.of() : Map.of("reason", trouble));
    return "identity/emergency";
  }

  @PostMapping("/emergency")
  String begin(
      @RequestParam(defaultValue = "") String reason,
      StaffAuthentication who,
      HttpServletRequest request,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    String said = reason.strip();
    if (said.length() < LEAST || said.length() > MOST) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return show(
          reason,
          said.length() > MOST
              ? "Say it in 500 characters at most."
              : "Say what the emergency is: somebody else will read it and ask.",
          model);
    }
    Emergencies.open(request, emergencies.begin(who.person(), said));
    flash.addFlashAttribute("toast", "Patients' accounts are open to you for an hour.");
    return SignInPages.seeOther("/accounts");
  }

  @PostMapping("/emergency/end")
  String end(HttpServletRequest request, RedirectAttributes flash) {
    emergencies.end(request);
    flash.addFlashAttribute("toast", "The emergency access has ended.");
    return SignInPages.seeOther("/");
  }
}
