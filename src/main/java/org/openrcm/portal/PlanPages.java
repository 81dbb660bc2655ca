package org.openrcm.portal;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.identity.SignedInPatient;
import org.openrcm.money.Money;
import org.openrcm.payment.Keys;
import org.openrcm.payment.Plan;
import org.openrcm.payment.Plans;
import org.openrcm.payment.Refused;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Paying in parts: two to four, without interest. */
@Controller
class PlanPages {
  private static final String PLAN = "/my/plan";
  private static final int LEAST_PARTS = 2;
  private static final int USUAL_PARTS = 3;
  private static final int FIRST_AFTER_DAYS = 14;
  private static final Money LEAST_PART = Money.of("1");

  private final MyAccount mine;
  private final Plans plans;
  private final Clock clock;

  PlanPages(MyAccount mine, Plans plans, Clock clock) {
    this.mine = mine;
    this.plans = plans;
    this.clock = clock;
  }

  /** Parts that may be chosen. */
  record Choice(int parts, Money first, Money each) {

    /** Whether all parts are the same. */
    public boolean isEven() {
      return first.equals(each);
    }
  }

  /** The form as typed. */
  record Form(String parts, String first) {}

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
  }

  @GetMapping(PLAN)
  String plan(SignedInPatient patient, Model model) {
    return page(
        mine.show(patient, PatientWords.language()),
        new Form(String.valueOf(USUAL_PARTS), today().plusDays(FIRST_AFTER_DAYS).toString()),
        null,
        model);
  }

  private String page(MyAccount.View view, Form form, @Nullable Trouble trouble, Model model) {
    List<Choice> choices = new ArrayList<>();
    Money owed = view.bill().owed();
    for (int parts = LEAST_PARTS; parts <= Plan.MOST_INSTALMENTS; parts++) {
      if (owed.cents() >= LEAST_PART.cents() * parts) {
        List<Plan.Instalment> each = Plan.instalments(owed, parts, today(), Money.ZERO);
        choices.add(new Choice(parts, each.get(0).amount(), each.get(1).amount()));
      }
    }
    model.addAttribute("view", view);
    model.addAttribute("choices", choices);
    model.addAttribute("form", form);
    model.addAttribute("troubles", trouble == null ? Map.of() : Map.of(trouble.field(), trouble));
    model.addAttribute("today", today());
    model.addAttribute("latest", today().plusDays(Plans.FIRST_WITHIN_DAYS));
    model.addAttribute("key", UUID.randomUUID());
    return "portal/plan";
  }

  @PostMapping(PLAN)
  String agree(
      SignedInPatient patient,
      @RequestParam MultiValueMap<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    Form form = new Form(Typed.line(sent, "parts"), Typed.line(sent, "first"));
    MyAccount.View view = mine.view(patient, PatientWords.language());
    Money owed = view.bill().owed();
    Trouble trouble;
    try {
      LocalDate first = day(form.first());
      if (view.running() != null || !view.bill().payable()) {
        throw new Refused(Refused.Reason.PLAN_RUNS);
      }
      if (!Typed.line(sent, "owed").equals(String.valueOf(owed.cents()))) {
        trouble = new Trouble("all", "error.amount.changed", PatientWords.money(owed));
      } else if (first == null) {
        trouble = new Trouble("first", "error.day", "");
      } else {
        int parts = form.parts().matches("\\d{1,2}") ? Integer.parseInt(form.parts()) : 0;
        plans.make(patient.account(), owed, parts, first, Keys.checked(Typed.line(sent, "key")));
        flash.addFlashAttribute("done", "plan.started.note");
        return "redirect:" + PLAN;
      }
    } catch (Refused e) {
      trouble = trouble(e, view.bill().office().phone());
    }
    boolean conflict = trouble.field().equals("all");
    response.setStatus((conflict ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT).value());
    return page(mine.view(patient, PatientWords.language()), form, trouble, model);
  }

  private static Trouble trouble(Refused refused, String phone) {
    return switch (refused.reason()) {
      case TOO_MANY_INSTALMENTS, NO_INSTALMENTS -> new Trouble("parts", "error.choose", "");
      case FIRST_DUE_TOO_EARLY, FIRST_DUE_TOO_LATE -> new Trouble("first", "error.day.range", "");
      case PLAN_RUNS -> new Trouble("all", "error.plan.exists", phone);
      case SENT_BEFORE, NO_KEY -> new Trouble("all", "error.sent.before", "");
      default -> new Trouble("all", "error.plan.not.now", phone);
    };
  }

  private static @Nullable LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** Ends the plan that runs; nothing when none does. */
  @PostMapping(PLAN + "/end")
  String end(SignedInPatient patient, RedirectAttributes flash) {
    Plan plan = mine.view(patient, PatientWords.language()).running();
    if (plan != null) {
      plans.cancel(plan.id());
      flash.addFlashAttribute("done", "plan.ended.note");
      flash.addFlashAttribute("undo", PLAN + "/resume");
    }
    return "redirect:" + PLAN;
  }

  /** Lets the plan that was ended last go on, while no other one runs. */
  @PostMapping(PLAN + "/resume")
  String resume(SignedInPatient patient, RedirectAttributes flash) {
    mine.ended(patient)
        .ifPresent(
            plan -> {
              plans.resume(plan.id());
              flash.addFlashAttribute("done", "plan.resumed.note");
            });
    return "redirect:" + PLAN;
  }
}
