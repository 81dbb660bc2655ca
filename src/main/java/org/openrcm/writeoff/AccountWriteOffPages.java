package org.openrcm.writeoff;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.AccountPage;
import org.openrcm.audit.Action;
import org.openrcm.payment.Keys;
import org.openrcm.payment.Owed;
import org.openrcm.payment.PatientBalances;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What is given up of an account: the form, what it would do, and what was done. */
@Controller
class AccountWriteOffPages {
  private final AccountPage.Reader pages;
  private final Reader reader;
  private final WriteOffs writeOffs;

  AccountWriteOffPages(AccountPage.Reader pages, Reader reader, WriteOffs writeOffs) {
    this.pages = pages;
    this.reader = reader;
    this.writeOffs = writeOffs;
  }

  /** What the page shows besides the account. */
  record View(Owed owed, List<WriteOff> all) {}

  @Component
  static class Reader {
    private final PatientBalances balances;
    private final WriteOffRows rows;

    Reader(PatientBalances balances, WriteOffRows rows) {
      this.balances = balances;
      this.rows = rows;
    }

    /** Reads it; who shows it records it. */
    @Transactional
    public View read(long account) {
      return new View(balances.of(account), rows.ofAccount(account));
    }
  }

  @GetMapping("/accounts/{id}/write-offs")
  String show(@PathVariable String id, Model model) {
    long account = pages.number(id, Action.VIEW);
    return page(id, reader.read(account), WriteOffForm.empty(), null, Map.of(), model);
  }

  private String page(
      String id,
      View view,
      WriteOffForm form,
      WriteOffs.@Nullable Proposal preview,
      Map<String, String> troubles,
      Model model) {
    model.addAttribute("page", pages.head(id));
    model.addAttribute("view", view);
    model.addAttribute("form", form);
    model.addAttribute("preview", preview);
    model.addAttribute("troubles", troubles);
    model.addAttribute("kinds", Kind.values());
    model.addAttribute("small", writeOffs.small());
    model.addAttribute("key", form.key().isEmpty() ? UUID.randomUUID().toString() : form.key());
    return "writeoff/account";
  }

  /** The preview, or with {@code step=send} the proposal itself. */
  @PostMapping("/accounts/{id}/write-offs")
  String propose(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    long account = pages.number(id, Action.ADD);
    WriteOffForm form = WriteOffForm.of(sent);
    View view = reader.read(account);
    String key = Keys.checked(form.key());
    try {
      if (!"send".equals(sent.getFirst("step"))) {
        WriteOffs.Proposal wish = form.proposal(account, view.owed().toPay(), key);
        writeOffs.check(wish);
        return page(id, view, form, wish, Map.of(), model);
      }
      WriteOff done = writeOffs.propose(form.previewed(account, key));
      flash.addFlashAttribute(
          "toast",
          done.state() == WriteOff.State.APPROVED
              ? "It is given up."
              : "It waits for the approval of another person.");
      return "redirect:/accounts/" + id + "/write-offs";
    } catch (Refused e) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      String field = e.reason() == Refused.Reason.NO_REASON ? "note" : "visits";
      return page(id, view, form, null, Map.of(field, e.words()), model);
    }
  }
}
