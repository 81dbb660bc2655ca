package org.openrcm.account;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who it is and how they are covered, and the forms that correct it. */
@Controller
class CorrectionPages {
  private final AccountPage.Reader pages;
  private final Corrections corrections;
  private final Clock clock;

  CorrectionPages(AccountPage.Reader pages, Corrections corrections, Clock clock) {
    this.pages = pages;
    this.corrections = corrections;
    this.clock = clock;
  }

  @GetMapping("/accounts/{id}/who")
  String who(@PathVariable String id, Model model) {
    return who(NoSuchAccount.id(id), CoverageForm.EMPTY, Map.of(), model);
  }

  private String who(UUID id, CoverageForm typed, Map<String, String> troubles, Model model) {
    model.addAttribute("page", pages.read(id, null, 0));
    model.addAttribute("typed", typed);
    model.addAttribute("troubles", troubles);
    model.addAttribute("relationships", Coverage.RELATIONSHIPS);
    return "account/who";
  }

  @GetMapping("/accounts/{id}/correct")
  String form(@PathVariable String id, Model model) {
    AccountPage page = pages.read(NoSuchAccount.id(id), null, 0);
    return form(page, AccountForm.of(page.state()), Map.of(), model);
  }

  private static String form(
      AccountPage page, AccountForm form, Map<String, String> troubles, Model model) {
    model.addAttribute("page", page);
    model.addAttribute("form", form);
    model.addAttribute("troubles", troubles);
    model.addAttribute("sexes", Choices.SEX);
    model.addAttribute("languages", Choices.LANGUAGE);
    model.addAttribute("channels", Choices.CHANNEL);
    model.addAttribute("relationships", Choices.RELATIONSHIP);
    return "account/correct";
  }

  @PostMapping("/accounts/{id}/correct")
  String correct(
      @PathVariable String id,
      @RequestParam Map<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    UUID account = NoSuchAccount.id(id);
    AccountForm form = AccountForm.of(sent);
    Map<String, String> troubles = form.troubles(clock);
    if (!troubles.isEmpty()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return form(pages.read(account, null, 0), form, troubles, model);
    }
    try {
      long made = corrections.edit(account, form.version(), form.values(), form.follow());
      tell(account, made, "The account is corrected.", flash);
    } catch (Refused e) {
      if (e.reason() == Refused.Reason.CHANGED_MEANWHILE) {
        return meanwhile(account, form, e, response, model);
      }
      flash.addFlashAttribute("toast", e.reason().words());
    }
    return "redirect:/accounts/" + account + "/who";
  }

  /** What was typed stays; sent again it is meant for the account as it is now. */
  private String meanwhile(
      UUID account, AccountForm form, Refused e, HttpServletResponse response, Model model) {
    response.setStatus(HttpStatus.CONFLICT.value());
    AccountPage page = pages.read(account, null, 0);
    AccountForm now = new AccountForm(page.version(), form.values(), form.follow());
    model.addAttribute("conflict", e.reason().words());
    model.addAttribute("differences", now.differences(page.state()));
    return form(page, now, Map.of(), model);
  }

  private static void tell(UUID account, long correction, String words, RedirectAttributes flash) {
    flash.addFlashAttribute("toast", words);
    flash.addFlashAttribute("undo", "/accounts/" + account + "/undo/" + correction);
  }

  @PostMapping("/accounts/{id}/undo/{correction}")
  String undo(@PathVariable String id, @PathVariable String correction, RedirectAttributes flash) {
    UUID account = NoSuchAccount.id(id);
    try {
      corrections.undo(account, number(correction));
      flash.addFlashAttribute("toast", "It is as it was before.");
    } catch (Refused e) {
      flash.addFlashAttribute("toast", e.reason().words());
    }
    return "redirect:/accounts/" + account + "/who";
  }

  private static long number(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  @PostMapping("/accounts/{id}/coverages")
  String add(
      @PathVariable String id,
      @RequestParam Map<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    UUID account = NoSuchAccount.id(id);
    CoverageForm typed = CoverageForm.of(sent);
    Map<String, String> troubles = typed.troubles();
    if (!troubles.isEmpty()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return who(account, typed, troubles, model);
    }
    try {
      long made = corrections.add(account, AccountForm.version(sent), typed.typed());
      tell(account, made, "The coverage is added, behind the others.", flash);
      return "redirect:/accounts/" + account + "/who";
    } catch (Refused e) {
      boolean there = e.reason() == Refused.Reason.NOTHING_TO_DO;
      response.setStatus(HttpStatus.CONFLICT.value());
      String words = there ? "The account has this coverage already." : e.reason().words();
      return who(account, typed, Map.of("member_id", words), model);
    }
  }

  @PostMapping("/accounts/{id}/coverages/{coverage}/earlier")
  String earlier(
      @PathVariable String id,
      @PathVariable String coverage,
      @RequestParam Map<String, String> sent,
      RedirectAttributes flash) {
    UUID account = NoSuchAccount.id(id);
    return change(
        account,
        "The order is changed.",
        () -> corrections.earlier(account, AccountForm.version(sent), number(coverage)),
        flash);
  }

  @PostMapping("/accounts/{id}/coverages/{coverage}/end")
  String end(
      @PathVariable String id,
      @PathVariable String coverage,
      @RequestParam Map<String, String> sent,
      RedirectAttributes flash) {
    UUID account = NoSuchAccount.id(id);
    return change(
        account,
        "The coverage has ended.",
        () -> corrections.end(account, AccountForm.version(sent), number(coverage)),
        flash);
  }

  @PostMapping("/accounts/{id}/coverages/{coverage}/reopen")
  String reopen(
      @PathVariable String id,
      @PathVariable String coverage,
      @RequestParam Map<String, String> sent,
      RedirectAttributes flash) {
    UUID account = NoSuchAccount.id(id);
    return change(
        account,
        "The coverage is in force again.",
        () -> corrections.reopen(account, AccountForm.version(sent), number(coverage)),
        flash);
  }

  private static String change(
      UUID account, String done, LongSupplier how, RedirectAttributes flash) {
    try {
      tell(account, how.getAsLong(), done, flash);
    } catch (Refused e) {
      flash.addFlashAttribute("toast", e.reason().words());
    }
    return "redirect:/accounts/" + account + "/who";
  }
}
