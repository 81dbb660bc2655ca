package org.openrcm.identity;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The programs that may call in for the practice. */
@Controller
class ClientPages {
  private final ApiClients clients;
  private final AuditTrail trail;

  ClientPages(ApiClients clients, AuditTrail trail) {
    this.clients = clients;
    this.trail = trail;
  }

  @GetMapping("/clients")
  String page(Model model) {
    return show("", List.of(), Map.of(), model);
  }

  private String show(String name, List<String> chosen, Map<String, String> errors, Model model) {
    model.addAttribute("clients", clients.all());
    model.addAttribute("scopes", Scopes.OFFERED);
    model.addAttribute("name", name);
    model.addAttribute("chosen", chosen);
    model.addAttribute("errors", errors);
    return "identity/clients";
  }

  @PostMapping("/clients")
  String create(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(name = "scope", required = false) @Nullable List<String> scope,
      HttpServletResponse response,
      Model model) {
    List<String> chosen =
        scope == null ? List.of() : scope.stream().filter(Scopes.OFFERED::contains).toList();
    Map<String, String> errors = new LinkedHashMap<>();
    if (name.isBlank()) {
      errors.put("name", "Enter a name that tells what the program is for.");
    }
    if (chosen.isEmpty()) {
      errors.put("scope-0", "Choose what the program may do.");
    }
    if (!errors.isEmpty()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return show(name, chosen, errors, model);
    }
    // Shown in this answer and nowhere else
    model.addAttribute("credentials", clients.create(name, chosen));
    return show("", List.of(), Map.of(), model);
  }

  @PostMapping("/clients/{id}/revoke")
  @Nullable String revoke(
      @PathVariable String id, HttpServletResponse response, RedirectAttributes flash)
      throws IOException {
    Optional<UUID> known = Ids.parse(id);
    if (known.isEmpty() || !clients.revoke(known.get())) {
      trail.denied(
          Action.PRIVILEGE,
          known.map(client -> Subject.of("ApiClient", client)).orElse(Subject.list("ApiClient")),
          "no such program in the practice");
      response.sendError(HttpStatus.NOT_FOUND.value());
      return null;
    }
    flash.addFlashAttribute("toast", "The program is out; its tokens do not work any more.");
    return SignInPages.seeOther("/clients");
  }
}
