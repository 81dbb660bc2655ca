package org.openrcm.statement;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.FlagKind;
import org.openrcm.audit.Actor;
import org.openrcm.payment.CardNumbers;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The statements of an account, what keeps one back, and a statement as it was sent. */
@Controller
class StatementPages {
  private static final int LONGEST_NOTE = 500;
  private static final Set<String> SEES_SERVICES = Set.of("poster", "biller", "manager");

  private final AccountStatements accounts;
  private final SentStatements sent;
  private final CameBack cameBack;

  StatementPages(AccountStatements accounts, SentStatements sent, CameBack cameBack) {
    this.accounts = accounts;
    this.sent = sent;
    this.cameBack = cameBack;
  }

  @GetMapping("/accounts/{id}/statements")
  String ofAccount(@PathVariable String id, Model model) {
    return page(id, null, model);
  }

  private String page(String id, @Nullable String trouble, Model model) {
    model.addAttribute("view", accounts.view(id));
    model.addAttribute("kinds", FlagKind.values());
    model.addAttribute("trouble", trouble);
    return "statement/account";
  }

  @PostMapping("/accounts/{id}/statements")
  String send(@PathVariable String id, RedirectAttributes flash) {
    flash.addFlashAttribute(
        "toast", accounts.send(id) ? "Statement sent." : "Not sent: something keeps it back now.");
    return "redirect:/accounts/" + id(id) + "/statements";
  }

  /** Raises a flag on the account, or on one of its visits. */
  @PostMapping("/accounts/{id}/flags")
  String raise(
      @PathVariable String id,
      @RequestParam String kind,
      @RequestParam(defaultValue = "") String visit,
      @RequestParam(defaultValue = "") String until,
      @RequestParam(defaultValue = "") String note,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    FlagKind flagged =
        Arrays.stream(FlagKind.values())
            .filter(each -> each.slug().equals(kind))
            .findFirst()
            .orElse(null);
    LocalDate last = day(until);
    String trouble = trouble(flagged, visit, until, last, note);
    if (flagged == null || trouble != null) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return page(id, trouble, model);
    }
    UUID flag = accounts.raise(id, flagged, visit.isEmpty() ? null : id(visit), last, note.strip());
    flash.addFlashAttribute("toast", flagged.label() + ": noted.");
    flash.addFlashAttribute("undo", "/accounts/" + id(id) + "/flags/" + flag + "/lower");
    return "redirect:/accounts/" + id(id) + "/statements";
  }

  /** What is wrong with a flag that is to be raised; null when nothing is. */
  private @Nullable String trouble(
      @Nullable FlagKind kind, String visit, String until, @Nullable LocalDate last, String note) {
    if (kind == null) {
      return "Choose what it is.";
    }
    if (note.isBlank() || note.length() > LONGEST_NOTE) {
      return "Say why, in up to 500 characters.";
    }
    if (CardNumbers.isIn(note)) {
      return "This looks like a card's number, which must not be kept. Leave it out.";
    }
    if (!until.isEmpty() && last == null) {
      return "Enter a day like 2026-03-31.";
    }
    if (last != null && last.isBefore(accounts.today())) {
      return "Enter today or a later day: until then it holds.";
    }
    return visit.isEmpty() || kind.isForVisit()
        ? null
        : kind.label() + " is for the whole account: choose no visit.";
  }

  @PostMapping("/accounts/{id}/flags/{flag}/lower")
  String lower(@PathVariable String id, @PathVariable String flag, RedirectAttributes flash) {
    flash.addFlashAttribute(
        "toast", accounts.lower(id, id(flag)) ? "Taken off." : "It was taken off before.");
    return "redirect:/accounts/" + id(id) + "/statements";
  }

  /** Mail came back: whoever holds it types the number of the bill that was in it. */
  @PostMapping("/statements/returned")
  String returned(@RequestParam(defaultValue = "") String number, RedirectAttributes flash) {
    AccountStatements.Returned returned =
        accounts.returned(number.strip().matches("\\d{1,18}") ? Long.parseLong(number.strip()) : 0);
    if (returned == null) {
      flash.addFlashAttribute("number", number);
      flash.addFlashAttribute("trouble", "No bill has this number. It is at the top of the bill.");
    } else if (returned.flag() == null) {
      flash.addFlashAttribute("toast", "That was noted before.");
    } else {
      flash.addFlashAttribute("toast", "Noted: no more mail until there is a right address.");
      flash.addFlashAttribute(
          "undo", "/accounts/" + returned.account() + "/flags/" + returned.flag() + "/lower");
    }
    return "redirect:/statements";
  }

  /** As the office looks at it: each amount with where it comes from. */
  @GetMapping("/statements/{id}")
  String statement(@PathVariable String id, Model model) {
    model.addAttribute("view", sent.view(id(id)));
    return "statement/statement";
  }

  /** A mail server told somebody of the office that a bill's e-mail did not arrive after all. */
  @PostMapping("/statements/{id}/came-back")
  String cameBack(@PathVariable String id, RedirectAttributes flash) {
    CameBack.Noted noted = cameBack.note(id(id));
    flash.addFlashAttribute(
        "toast",
        noted.noted()
            ? "Noted: it waits to be printed, and the next bills go by mail."
            : "That was noted before.");
    return "redirect:/accounts/" + noted.account() + "/statements";
  }

  @GetMapping(value = "/statements/{id}.pdf", produces = MediaType.APPLICATION_PDF_VALUE)
  ResponseEntity<byte[]> pdf(@PathVariable String id) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .header("Content-Disposition", "inline; filename=\"statement.pdf\"")
        .body(sent.pdf(id(id)));
  }

  /**
   * As the patient reads it. Who needs no more than amounts sees no services, and no code that
   * opens the patient's own page, which has them (minimum necessary, 45 CFR 164.502(b)).
   */
  @GetMapping("/statements/{id}/paper")
  String paper(@PathVariable String id, Model model) {
    Content content = sent.read(id(id));
    model.addAttribute(
        "plain", Actor.current().roles().stream().noneMatch(SEES_SERVICES::contains));
    model.addAttribute("bill", content);
    model.addAttribute("write", new Written(content.language()));
    return "statement/paper";
  }

  private static @Nullable LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** An id in an address; one that is no id is that of nothing. */
  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new NoSuchStatement();
    }
  }
}
