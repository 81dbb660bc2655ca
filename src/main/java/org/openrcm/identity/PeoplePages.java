package org.openrcm.identity;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Who works for the practice, and what they may do there. */
@Controller
class PeoplePages {
  /** The office's own; patients are not let in here. */
  private static final Set<Role> OFFICE = EnumSet.complementOf(EnumSet.of(Role.PATIENT));

  private final Staff staff;
  private final Administration administration;
  private final AuditTrail trail;
  private final Clock clock;

  PeoplePages(Staff staff, Administration administration, AuditTrail trail, Clock clock) {
    this.staff = staff;
    this.administration = administration;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * A line of the list.
   *
   * @param state in a word; {@code tone} is its class
   */
  record Row(
      UUID id,
      String name,
      String email,
      Set<Role> roles,
      String state,
      String tone,
      boolean open) {}

  /** What is typed in to invite somebody. */
  record Invitation(String name, String email, Set<Role> roles) {
    static final Invitation EMPTY = new Invitation("", "", Set.of());
  }

  @GetMapping("/people")
  String page(Model model) {
    return show(Invitation.EMPTY, Map.of(), model);
  }

  private String show(Invitation invitation, Map<String, String> errors, Model model) {
    UUID practice = Actor.currentPractice();
    List<Row> rows =
        staff.of(practice).stream()
            .map(
                person -> {
                  StaffMember.Work work = person.at(practice);
                  return row(person, work == null ? Set.of() : work.roles());
                })
            .toList();
    model.addAttribute("people", rows);
    model.addAttribute("roles", OFFICE);
    model.addAttribute("invitation", invitation);
    model.addAttribute("errors", errors);
    return "identity/people";
  }

  private Row row(StaffMember person, Set<Role> roles) {
    Instant lockedUntil = person.lockedUntil();
    String state = "Active";
    String tone = "good";
    if (person.disabledAt() != null) {
      state = "Disabled";
      tone = "neutral";
    } else if (lockedUntil != null && lockedUntil.isAfter(clock.instant())) {
      state = "Locked";
      tone = "wrong";
    } else if (!person.canSignIn()) {
      state = "Invited";
      tone = "attention";
    }
    return new Row(
        person.id(),
        person.name(),
        person.email(),
        roles,
        state,
        tone,
        person.disabledAt() == null);
  }

  @PostMapping("/people")
  String invite(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String email,
      @RequestParam(name = "role", required = false) @Nullable List<String> role,
      HttpServletResponse response,
      Model model) {
    Set<Role> roles = roles(role);
    Map<String, String> errors = new LinkedHashMap<>();
    if (name.isBlank()) {
      errors.put("name", "Enter a name, as colleagues know it.");
    }
    if (!WelcomePages.isAddress(email.strip())) {
      errors.put("email", "Enter an e-mail address, such as ana@example.org.");
    }
    if (roles.isEmpty()) {
      errors.put("role-POSTER", "Choose at least one role.");
    }
    if (!errors.isEmpty()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return show(new Invitation(name, email, roles), errors, model);
    }
    tell(administration.invite(name, email, roles), name + " was let in.", model);
    return show(Invitation.EMPTY, Map.of(), model);
  }

  private static Set<Role> roles(@Nullable List<String> codes) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String code : codes == null ? List.<String>of() : codes) {
      OFFICE.stream().filter(role -> role.code().equals(code)).forEach(roles::add);
    }
    return roles;
  }

  /** A link is shown in this answer and nowhere else: it is not kept. */
  private static void tell(Administration.Outcome outcome, String done, Model model) {
    if (outcome.link() == null) {
      model.addAttribute("toast", done);
    } else {
      model.addAttribute(
          "link",
          ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString()
              + outcome.link());
    }
  }

  @PostMapping("/people/{id}/roles")
  @Nullable String setRoles(
      @PathVariable String id,
      @RequestParam(name = "role", required = false) @Nullable List<String> role,
      HttpServletResponse response,
      RedirectAttributes flash)
      throws IOException {
    Set<Role> roles = roles(role);
    if (roles.isEmpty()) {
      flash.addFlashAttribute("toast", "Nothing was changed: choose at least one role.");
      return SignInPages.seeOther("/people");
    }
    return answer(
        Ids.parse(id).map(person -> administration.setRoles(person, roles)),
        id,
        "The roles were changed.",
        response,
        flash);
  }

  @PostMapping("/people/{id}/disable")
  @Nullable String disable(
      @PathVariable String id, HttpServletResponse response, RedirectAttributes flash)
      throws IOException {
    return answer(
        Ids.parse(id).map(administration::disable),
        id,
        "The person is out, and signed out everywhere.",
        response,
        flash);
  }

  @PostMapping("/people/{id}/invite")
  @Nullable String inviteAgain(
      @PathVariable String id, HttpServletResponse response, RedirectAttributes flash, Model model)
      throws IOException {
    Optional<Administration.Outcome> outcome = Ids.parse(id).map(administration::inviteAgain);
    if (outcome.isPresent() && outcome.get().link() != null) {
      tell(outcome.get(), "", model);
      return show(Invitation.EMPTY, Map.of(), model);
    }
    return answer(outcome, id, "", response, flash);
  }

  private @Nullable String answer(
      Optional<Administration.Outcome> outcome,
      String id,
      String done,
      HttpServletResponse response,
      RedirectAttributes flash)
      throws IOException {
    Administration.Refusal refusal =
        outcome.isPresent() ? outcome.get().refusal() : Administration.Refusal.NOT_HERE;
    if (refusal == Administration.Refusal.NOT_HERE) {
      trail.denied(
          Action.PRIVILEGE,
          Ids.parse(id).map(known -> Subject.of("Staff", known)).orElse(Subject.list("Staff")),
          "no such person in the practice");
      response.sendError(HttpStatus.NOT_FOUND.value());
      return null;
    }
    flash.addFlashAttribute("toast", refusal == null ? done : refusal.text());
    return SignInPages.seeOther("/people");
  }
}
