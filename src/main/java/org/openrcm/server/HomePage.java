package org.openrcm.server;

import java.util.Set;
import org.openrcm.audit.Actor;
import org.openrcm.collections.CollectorsDay;
import org.openrcm.compliance.UnusualAccess;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What needs me today, by role. */
@Controller
class HomePage {
  private static final Set<String> PAYMENTS = Set.of("poster", "biller", "manager");
  private static final int DAYS = 30;
  private static final int MANY_DAYS = 90;

  private final HomeFigures figures;
  private final ClaimFigures claims;
  private final BookFigures books;
  private final CollectorsDay.Reader collectors;
  private final UnusualAccess unusual;

  HomePage(
      HomeFigures figures,
      ClaimFigures claims,
      BookFigures books,
      CollectorsDay.Reader collectors,
      UnusualAccess unusual) {
    this.figures = figures;
    this.claims = claims;
    this.books = books;
    this.collectors = collectors;
    this.unusual = unusual;
  }

  @GetMapping("/")
  String home(@RequestParam(defaultValue = "30") String days, Model model) {
    Set<String> roles = Actor.current().roles();
    int window = days.equals(String.valueOf(MANY_DAYS)) ? MANY_DAYS : DAYS;
    model.addAttribute("days", window);
    if (roles.stream().anyMatch(PAYMENTS::contains)) {
      model.addAttribute("files", figures.files());
      model.addAttribute("payments", figures.payments(window));
      model.addAttribute("claims", claims.claims());
      model.addAttribute("books", books.books());
    }
    if (roles.contains("collector")) {
      model.addAttribute("calls", collectors.today());
    }
    if (roles.contains("compliance")) {
      model.addAttribute("watch", figures.watch());
      model.addAttribute("unusual", unusual.waiting());
    }
    if (roles.contains("administrator")) {
      model.addAttribute("access", figures.access());
    }
    return "server/home";
  }
}
