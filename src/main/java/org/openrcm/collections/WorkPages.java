package org.openrcm.collections;

import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The screen on which a collector works the account that they hold. */
@Controller
class WorkPages {
  private final Leases leases;
  private final Desk desk;

  WorkPages(Leases leases, Desk desk) {
    this.leases = leases;
    this.desk = desk;
  }

  @GetMapping("/queue/work/{lease}")
  String work(@PathVariable String lease, RedirectAttributes flash, Model model) {
    try {
      Desk.Work work = desk.work(NoSuchEntry.id(lease));
      model.addAttribute("lease", work.lease());
      model.addAttribute("entry", work.entry());
      return "collections/work";
    } catch (Refused e) {
      flash.addFlashAttribute("toast", e.words());
      return QueuePages.QUEUE;
    }
  }

  /** What is done with a lease. */
  private interface Verb {
    void on(UUID lease);
  }

  private static String end(String lease, Verb verb, String done, RedirectAttributes flash) {
    try {
      verb.on(NoSuchEntry.id(lease));
      flash.addFlashAttribute("toast", done);
    } catch (Refused e) {
      flash.addFlashAttribute("toast", e.words());
    }
    return QueuePages.QUEUE;
  }

  @PostMapping("/queue/work/{lease}/skip")
  String skip(@PathVariable String lease, RedirectAttributes flash) {
    return end(lease, leases::skip, "It comes last for you today.", flash);
  }

  @PostMapping("/queue/work/{lease}/put-back")
  String putBack(@PathVariable String lease, RedirectAttributes flash) {
    return end(lease, leases::putBack, "It is back in the queue.", flash);
  }
}
