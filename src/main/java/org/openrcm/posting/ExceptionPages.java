package org.openrcm.posting;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.money.Money;
import org.openrcm.web.Csv;
import org.openrcm.web.Sent;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The list of exceptions, and the page on which each is solved. */
@Controller
class ExceptionPages {
  private static final int ROWS = 50;
  private static final String ONE = "redirect:/exceptions/";

  private final ExceptionList list;
  private final ExceptionPage.Reader pages;
  private final Solving solving;
  private final ChosenClaims chosen;

  ExceptionPages(
      ExceptionList list, ExceptionPage.Reader pages, Solving solving, ChosenClaims chosen) {
    this.list = list;
    this.pages = pages;
    this.solving = solving;
    this.chosen = chosen;
  }

  @GetMapping("/exceptions")
  String exceptions(
      @RequestParam Map<String, String> sent, HttpServletRequest request, Model model) {
    ExceptionFilter filter = ExceptionFilter.of(sent);
    model.addAttribute("filter", filter);
    model.addAttribute("payers", list.payers());
    model.addAttribute("owners", ExceptionFilter.OWNERS);
    model.addAttribute("states", ExceptionFilter.STATES);
    model.addAttribute("me", Actor.current().id());
    model.addAttribute("found", list.search(filter, query(request), ROWS));
    return "posting/exceptions";
  }

  private static String query(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getQueryString(), "");
  }

  @GetMapping("/exceptions.csv")
  void csv(
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Csv csv = Csv.download(response, "exceptions.csv");
    csv.line(
        "id",
        "type",
        "about",
        "number",
        "payer",
        "at_stake",
        "opened",
        "days",
        "owner",
        "state",
        "next");
    list.copy(ExceptionFilter.of(sent), query(request), row -> line(csv, row));
  }

  private static void line(Csv csv, ExceptionRow row) {
    try {
      csv.line(
          row.id(),
          row.type().label(),
          row.kind(),
          row.what(),
          row.payer(),
          Money.ofCents(row.cents()).toDecimal(),
          row.opened(),
          row.days(),
          row.ownerName(),
          row.state().label(),
          row.next());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @GetMapping("/exceptions/{id}")
  String exception(
      @PathVariable String id,
      @RequestParam(name = "list", defaultValue = "") String from,
      Model model) {
    model.addAttribute("page", pages.read(NoSuchTrouble.id(id)));
    model.addAttribute("list", ExceptionFilter.ofQuery(from));
    return "posting/exception";
  }

  /** What a verb is done to, and where one comes from. */
  private record Asked(UUID id, String from, RedirectAttributes flash) {

    String page() {
      if (!from.isEmpty()) {
        flash.addAttribute("list", from);
      }
      return ONE + id;
    }

    String undo(String verb) {
      return "/exceptions/" + id + "/" + verb;
    }
  }

  @PostMapping("/exceptions/{id}/match")
  String match(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String claim,
      @RequestParam(defaultValue = "") String number,
      @RequestParam(name = "list", defaultValue = "") String from,
      RedirectAttributes flash) {
    flash.addFlashAttribute("number", number);
    return solve(
        new Asked(NoSuchTrouble.id(id), from, flash),
        exception -> solving.match(exception, chosen.of(claim, number)),
        "Applied to the claim.",
        "unmatch");
  }

  @PostMapping("/exceptions/{id}/as-sent")
  String asSent(
      @PathVariable String id,
      @RequestParam(name = "list", defaultValue = "") String from,
      RedirectAttributes flash) {
    return solve(
        new Asked(NoSuchTrouble.id(id), from, flash),
        solving::asSent,
        "Applied as sent.",
        "not-as-sent");
  }

  @PostMapping("/exceptions/{id}/take-in")
  String takeIn(
      @PathVariable String id,
      @RequestParam(name = "list", defaultValue = "") String from,
      RedirectAttributes flash) {
    return solve(
        new Asked(NoSuchTrouble.id(id), from, flash), solving::takeIn, "Taken in.", "leave-out");
  }

  @PostMapping("/exceptions/{id}/close")
  String close(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String note,
      @RequestParam(name = "list", defaultValue = "") String from,
      RedirectAttributes flash) {
    return solve(
        new Asked(NoSuchTrouble.id(id), from, flash),
        exception -> {
          solving.close(exception, Sent.text(note));
          return List.of();
        },
        "Closed.",
        "reopen");
  }

  /** Solves, and leads back to the list; when that is refused, to the page, which says why. */
  private static String solve(
      Asked asked, Function<UUID, List<Trouble>> verb, String toast, String undo) {
    try {
      List<Trouble> opened = verb.apply(asked.id());
      asked.flash().addFlashAttribute("toast", toast + opened(opened));
      asked.flash().addFlashAttribute("undo", asked.undo(undo));
      return "redirect:" + ExceptionFilter.ofQuery(asked.from()).address("", "");
    } catch (Refused e) {
      asked.flash().addFlashAttribute("refused", e.why());
      return asked.page();
    }
  }

  private static String opened(List<Trouble> troubles) {
    return troubles.isEmpty()
        ? ""
        : " It opens: "
            + String.join(
                ", ", troubles.stream().map(each -> each.label().toLowerCase(Locale.ROOT)).toList())
            + ".";
  }

  @PostMapping("/exceptions/{id}/unmatch")
  String unmatch(@PathVariable String id, RedirectAttributes flash) {
    return undo(id, flash, solving::unmatch);
  }

  @PostMapping("/exceptions/{id}/not-as-sent")
  String notAsSent(@PathVariable String id, RedirectAttributes flash) {
    return undo(id, flash, solving::notAsSent);
  }

  @PostMapping("/exceptions/{id}/leave-out")
  String leaveOut(@PathVariable String id, RedirectAttributes flash) {
    return undo(id, flash, solving::leaveOut);
  }

  @PostMapping("/exceptions/{id}/reopen")
  String reopen(@PathVariable String id, RedirectAttributes flash) {
    return undo(id, flash, solving::reopen);
  }

  private static String undo(String id, RedirectAttributes flash, Consumer<UUID> verb) {
    Asked asked = new Asked(NoSuchTrouble.id(id), "", flash);
    try {
      verb.accept(asked.id());
      flash.addFlashAttribute("toast", "Undone.");
    } catch (Refused e) {
      flash.addFlashAttribute("refused", e.why());
    }
    return asked.page();
  }

  @PostMapping("/exceptions/{id}/take")
  String take(
      @PathVariable String id,
      @RequestParam(name = "list", defaultValue = "") String from,
      RedirectAttributes flash) {
    return assign(
        new Asked(NoSuchTrouble.id(id), from, flash),
        exception -> solving.assign(exception, true),
        "It is yours now.",
        "give-back");
  }

  @PostMapping("/exceptions/{id}/leave")
  String leave(
      @PathVariable String id,
      @RequestParam(name = "list", defaultValue = "") String from,
      RedirectAttributes flash) {
    return assign(
        new Asked(NoSuchTrouble.id(id), from, flash),
        exception -> solving.assign(exception, false),
        "It is nobody's now.",
        "give-back");
  }

  @PostMapping("/exceptions/{id}/give-back")
  String giveBack(@PathVariable String id, RedirectAttributes flash) {
    return assign(
        new Asked(NoSuchTrouble.id(id), "", flash),
        solving::giveBack,
        "It is whose it was before.",
        null);
  }

  private static String assign(
      Asked asked, Function<UUID, @Nullable String> verb, String toast, @Nullable String undo) {
    try {
      String before = verb.apply(asked.id());
      asked
          .flash()
          .addFlashAttribute(
              "toast",
              before == null || undo == null ? toast : toast + " It was " + before + "'s.");
      if (undo != null) {
        asked.flash().addFlashAttribute("undo", asked.undo(undo));
      }
    } catch (Refused e) {
      asked.flash().addFlashAttribute("refused", e.why());
    }
    return asked.page();
  }
}
