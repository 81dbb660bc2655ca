package org.openrcm.payment;

import org.openrcm.identity.Practice;
import org.openrcm.identity.Practices;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * The test gateway's own page, where a real one would ask for a card. It shows what a company
 * outside knows, an amount and a practice, and no patient.
 */
@Controller
class TestGatewayPages {
  private final Gateway gateway;
  private final Practices practices;

  TestGatewayPages(Gateway gateway, Practices practices) {
    this.gateway = gateway;
    this.practices = practices;
  }

  @GetMapping("/test-gateway/{session}")
  String show(@PathVariable String session, Model model) {
    return page(required(session), "", model);
  }

  private TestGateway.Page required(String session) {
    return gateway().find(session).orElseThrow(TestGatewayPages::notFound);
  }

  private TestGateway gateway() {
    if (gateway instanceof TestGateway test) {
      return test;
    }
    throw notFound();
  }

  private static ResponseStatusException notFound() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }

  private String page(TestGateway.Page page, String came, Model model) {
    model.addAttribute("hosted", page);
    model.addAttribute("came", came);
    model.addAttribute("practice", practices.find(page.practice()).map(Practice::name).orElse(""));
    return "payment/test-gateway";
  }

  @PostMapping("/test-gateway/{session}")
  String choose(@PathVariable String session, @RequestParam String choice, Model model) {
    TestGateway.Page page = required(session);
    switch (choice) {
      case "pay" -> {
        gateway().pay(page);
        return "redirect:" + page.successUrl();
      }
      case "leave" -> {
        gateway().pay(page);
        return page(required(session), "left", model);
      }
      default -> {
        gateway().decline(page);
        return page(page, "declined", model);
      }
    }
  }
}
