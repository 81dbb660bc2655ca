package org.openrcm.collections;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.AccountPage;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.web.Sent;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The screen on which a collector works the account that they hold. */
@Controller
class WorkPages {
  private static final String WORK = "redirect:/queue/work/";
  private static final String DRAFT = "redirect:/queue/drafts/";

  private final HandingOut handingOut;
  private final Leases leases;
  private final Desk desk;
  private final Working working;
  private final Drafts drafts;
  private final Queues queues;
  private final AccountPage.Reader accounts;

  WorkPages(
      HandingOut handingOut,
      Leases leases,
      Desk desk,
      Working working,
      Drafts drafts,
      Queues queues,
      AccountPage.Reader accounts) {
    this.handingOut = handingOut;
    this.leases = leases;
    this.desk = desk;
    this.working = working;
    this.drafts = drafts;
    this.queues = queues;
    this.accounts = accounts;
  }

  @GetMapping("/queue/work/{lease}")
  String work(@PathVariable String lease, RedirectAttributes flash, Model model) {
    try {
      return page(lease, null, Map.of(), model);
    } catch (Refused e) {
      flash.addFlashAttribute("toast", e.words());
      return QueuePages.QUEUE;
    }
  }

  /**
   * The page.
   *
   * @param typed what was sent and is not right; null: what was typed before, or nothing
   * @throws Refused LEASE_RAN_OUT
   */
  private String page(
      String lease, @Nullable WorkForm typed, Map<String, String> troubles, Model model) {
    WorkView view = desk.work(NoSuchEntry.id(lease));
    Drafts.Draft draft = view.draft();
    WorkForm form = typed != null ? typed : draft != null ? draft.form() : WorkForm.EMPTY;
    model.addAttribute("view", view);
    model.addAttribute("form", form);
    model.addAttribute("troubles", troubles);
    model.addAttribute("acts", Act.values());
    model.addAttribute("chosen", form.act());
    model.addAttribute("again", typed == null && draft != null ? draft.savedAt() : null);
    model.addAttribute("key", UUID.randomUUID());
    return "collections/work";
  }

  @PostMapping("/queue/work/{lease}")
  String save(
      @PathVariable String lease,
      @RequestParam Map<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    WorkForm form = WorkForm.of(sent);
    Map<String, String> troubles;
    try {
      Working.Done done = working.save(NoSuchEntry.id(lease), form, Sent.value(sent, "key"));
      flash.addFlashAttribute("toast", done.words());
      if (done.step() != null) {
        flash.addFlashAttribute(
            "undo", "/queue/entries/%s/undo/%d".formatted(account(sent), done.step()));
      }
      return done.stays() ? WORK + lease : next(flash);
    } catch (Refused e) {
      if (e.reason() == Refused.Reason.LEASE_RAN_OUT) {
        return lost(sent, form, flash);
      }
      troubles = Map.of(field(e.reason(), form.act()), e.words());
    } catch (org.openrcm.payment.Refused e) {
      troubles = Map.of(field(e.reason()), e.words());
    } catch (org.openrcm.contact.Refused e) {
      troubles = Map.of("number", e.words());
    }
    try {
      String page = page(lease, form.withoutCards(), troubles, model);
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return page;
    } catch (Refused e) {
      return lost(sent, form, flash);
    }
  }

  private static UUID account(Map<String, String> sent) {
    return NoSuchEntry.id(Sent.value(sent, "account"));
  }

  /** On to the next account of the collector's queues. */
  private String next(RedirectAttributes flash) {
    UUID me = Objects.requireNonNull(Actor.current().id());
    List<Long> mine = queues.of(me).stream().map(WorkQueue::number).toList();
    Optional<Lease> next = handingOut.next(mine);
    if (next.isEmpty()) {
      flash.addFlashAttribute("none", true);
      return QueuePages.QUEUE;
    }
    return WORK + next.get().id();
  }

  /** What was typed for an account that is not held any more is kept, and shown. */
  private String lost(Map<String, String> sent, WorkForm form, RedirectAttributes flash) {
    UUID account = account(sent);
    drafts.keep(
        accounts.number(account.toString(), Action.CHANGE), account, form, Sent.value(sent, "key"));
    flash.addFlashAttribute("toast", Refused.Reason.LEASE_RAN_OUT.words());
    return DRAFT + account;
  }

  /** At which field a refusal stands. */
  private static String field(Refused.Reason reason, @Nullable Act act) {
    return switch (reason) {
      case NOT_AN_AMOUNT, NOT_ABOVE_ZERO, PROMISE_ABOVE_OWED -> "amount";
      case PROMISE_IN_THE_PAST, PROMISE_TOO_FAR -> "day";
      case NOTE_NEEDED, NOTE_TOO_LONG, CARD_NUMBER -> "note";
      case NO_SUCH_VISIT -> "visit";
      case NO_SUCH_COLLECTOR -> "to";
      case NO_DAY, SNOOZE_NOT_LATER, SNOOZE_TOO_FAR, NOT_IN_THE_PAST ->
          act == Act.PROMISE
              ? "day"
              : act == Act.PLAN ? "first" : act == Act.SNOOZE || act == Act.HOLD ? "until" : "rest";
      default -> "acts";
    };
  }

  private static String field(org.openrcm.payment.Refused.Reason reason) {
    return switch (reason) {
      case TOO_MANY_INSTALMENTS, NO_INSTALMENTS -> "instalments";
      case FIRST_DUE_TOO_EARLY, FIRST_DUE_TOO_LATE -> "first";
      default -> "amount";
    };
  }

  @PostMapping("/queue/work/{lease}/put-back")
  String putBack(@PathVariable String lease, RedirectAttributes flash) {
    try {
      leases.putBack(NoSuchEntry.id(lease));
      flash.addFlashAttribute("toast", "It is back in the queue. What you typed is kept for you.");
    } catch (Refused e) {
      flash.addFlashAttribute("toast", e.words());
    }
    return QueuePages.QUEUE;
  }

  /**
   * Whether the account is still held, for a page that stands open.
   *
   * @param active whether somebody is at it: then it is held for the full time again
   */
  @PostMapping("/queue/work/{lease}/state")
  String state(
      @PathVariable String lease,
      @RequestParam(defaultValue = "") String active,
      @RequestParam(defaultValue = "") String account,
      Model model) {
    UUID id = NoSuchEntry.id(lease);
    model.addAttribute(
        "held", (active.isEmpty() ? leases.look(id) : leases.renew(id)).orElse(null));
    model.addAttribute("account", account);
    return "collections/parts :: held";
  }

  /** Keeps what is being typed, also when the account is not held any more. */
  @PostMapping("/queue/drafts/{account}")
  String keep(@PathVariable String account, @RequestParam Map<String, String> sent, Model model) {
    drafts.keep(
        accounts.number(account, Action.CHANGE),
        NoSuchEntry.id(account),
        WorkForm.of(sent),
        Sent.value(sent, "key"));
    String lease = Sent.value(sent, "lease");
    model.addAttribute(
        "held", lease.isEmpty() ? null : leases.renew(NoSuchEntry.id(lease)).orElse(null));
    model.addAttribute("account", account);
    model.addAttribute("kept", true);
    return "collections/parts :: held";
  }

  /** What the collector typed for an account that they do not hold now. */
  @GetMapping("/queue/drafts/{account}")
  String draft(@PathVariable String account, Model model) {
    UUID id = NoSuchEntry.id(account);
    Optional<Drafts.Draft> draft = drafts.read(accounts.number(account, Action.VIEW), id);
    model.addAttribute("account", id);
    model.addAttribute("draft", draft.orElse(null));
    model.addAttribute("act", draft.map(each -> each.form().act()).map(Act::label).orElse(null));
    return "collections/draft";
  }

  /** Takes this account, if it is free. */
  @PostMapping("/queue/entries/{account}/take")
  String take(@PathVariable String account, RedirectAttributes flash) {
    try {
      return WORK + handingOut.takeThis(accounts.number(account, Action.CHANGE)).id();
    } catch (Refused e) {
      flash.addFlashAttribute("toast", e.words());
      return QueuePages.QUEUE;
    }
  }

  /** Undoes what the collector has just done; they go on with what they hold now. */
  @PostMapping("/queue/entries/{account}/undo/{step}")
  String undo(@PathVariable String account, @PathVariable long step, RedirectAttributes flash) {
    try {
      working.undo(accounts.number(account, Action.CHANGE), step);
      flash.addFlashAttribute(
          "toast", "Undone. The account waits again, unless something else is up.");
    } catch (Refused e) {
      flash.addFlashAttribute("toast", e.words());
    }
    return leases.mine().map(held -> WORK + held.id()).orElse(QueuePages.QUEUE);
  }
}
