package org.openrcm.collections;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.AccountPage;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Colleague;
import org.openrcm.identity.Role;
import org.openrcm.identity.Staff;
import org.openrcm.money.Money;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The queues with what waits in them, taking the next account, and who holds what. */
@Controller
class QueuePages {
  static final String QUEUE = "redirect:/queue";
  private static final String HELD = "redirect:/queue/held";

  private final Queues queues;
  private final HandingOut handingOut;
  private final Assignments assignments;
  private final Desk desk;
  private final Staff staff;
  private final AccountPage.Reader accounts;

  QueuePages(
      Queues queues,
      HandingOut handingOut,
      Assignments assignments,
      Desk desk,
      Staff staff,
      AccountPage.Reader accounts) {
    this.queues = queues;
    this.handingOut = handingOut;
    this.assignments = assignments;
    this.desk = desk;
    this.staff = staff;
    this.accounts = accounts;
  }

  /**
   * A queue of the page.
   *
   * @param team the name of the team that works it; null for every collector
   * @param mine whether who looks works it
   */
  record Row(WorkQueue queue, Queues.Waiting waiting, @Nullable String team, boolean mine) {}

  /** How many accounts a rule keeps out. */
  record Out(Eligibility rule, long count) {}

  @GetMapping("/queue")
  String queue(Model model) {
    Set<String> roles = Actor.current().roles();
    boolean collector = roles.contains(Role.COLLECTOR.code());
    Set<WorkQueue> mine = collector ? Set.copyOf(mine()) : Set.of();
    Map<Long, Queues.Waiting> waiting = queues.waiting();
    List<Team> teams = queues.teams();
    List<Row> rows =
        queues.all().stream()
            .map(
                each ->
                    new Row(
                        each,
                        waiting.getOrDefault(each.number(), Queues.Waiting.NONE),
                        name(teams, each.team()),
                        mine.contains(each)))
            .toList();
    Queues.Aside aside = queues.aside();
    model.addAttribute("rows", rows);
    model.addAttribute("count", rows.stream().mapToLong(each -> each.waiting().count()).sum());
    model.addAttribute(
        "money", rows.stream().map(each -> each.waiting().money()).reduce(Money.ZERO, Money::plus));
    model.addAttribute("held", rows.stream().mapToLong(each -> each.waiting().held()).sum());
    model.addAttribute("snoozed", aside.snoozed());
    model.addAttribute("out", out(aside));
    model.addAttribute("collector", collector);
    model.addAttribute("manager", roles.contains(Role.MANAGER.code()));
    if (collector) {
      model.addAttribute("own", desk.own());
    }
    return "collections/queue";
  }

  private List<WorkQueue> mine() {
    return queues.of(Objects.requireNonNull(Actor.current().id()));
  }

  private static @Nullable String name(List<Team> teams, @Nullable Long number) {
    return teams.stream()
        .filter(each -> Objects.equals(each.number(), number))
        .map(Team::name)
        .findFirst()
        .orElse(null);
  }

  private static List<Out> out(Queues.Aside aside) {
    List<Out> out = new ArrayList<>();
    aside.out().forEach((rule, count) -> out.add(new Out(rule, count)));
    out.sort(Comparator.comparing(Out::count).reversed().thenComparing(Out::rule));
    return out;
  }

  /**
   * Takes the next account.
   *
   * @param queue the number of the one to take it from; empty: all that the collector works
   */
  @PostMapping("/queue/next")
  String next(@RequestParam(defaultValue = "") String queue, RedirectAttributes flash) {
    List<Long> from =
        mine().stream()
            .map(WorkQueue::number)
            .filter(number -> queue.isEmpty() || queue.equals(String.valueOf(number)))
            .toList();
    Optional<Lease> next = handingOut.next(from);
    if (next.isEmpty()) {
      flash.addFlashAttribute("toast", Refused.Reason.NOTHING_WAITS.words());
      return QUEUE;
    }
    return "redirect:/queue/work/" + next.get().id();
  }

  @GetMapping("/queue/held")
  String held(Model model) {
    model.addAttribute("held", desk.held());
    model.addAttribute("collectors", staff.with(Role.COLLECTOR));
    return "collections/held";
  }

  @PostMapping("/queue/held/{account}/take-back")
  String takeBack(@PathVariable String account, RedirectAttributes flash) {
    assignments.takeBack(accounts.number(account, Action.CHANGE));
    flash.addFlashAttribute("toast", "The account is back in the queue.");
    return HELD;
  }

  /**
   * Says whose an account is.
   *
   * @param to the id of a collector; empty for everybody
   */
  @PostMapping("/queue/held/{account}/assign")
  String assign(
      @PathVariable String account,
      @RequestParam(defaultValue = "") String to,
      RedirectAttributes flash) {
    long number = accounts.number(account, Action.CHANGE);
    try {
      Colleague colleague = to.isEmpty() ? null : colleague(staff, to);
      assignments.takeBack(number);
      assignments.reassign(number, colleague);
      flash.addFlashAttribute(
          "toast",
          colleague == null ? "It is for everybody." : "It is for " + colleague.name() + ".");
    } catch (Refused e) {
      flash.addFlashAttribute("toast", e.words());
    }
    return HELD;
  }

  static Colleague colleague(Staff staff, String id) {
    return staff.with(Role.COLLECTOR).stream()
        .filter(each -> each.id().toString().equals(id))
        .findFirst()
        .orElseThrow(() -> new Refused(Refused.Reason.NO_SUCH_COLLECTOR));
  }
}
