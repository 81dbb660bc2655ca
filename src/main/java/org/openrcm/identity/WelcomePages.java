package org.openrcm.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;

/** Where an invitation leads: choose a password, set up the authenticator, and be signed in. */
@Controller
class WelcomePages {
  private static final String INVITED = "invited";
  private static final String INVITED_AT = "invitedAt";
  private static final String SECRET = "authenticator";
  private static final String FIRST = "first";
  private static final Duration TIME_TO_FILL_IN = Duration.ofMinutes(30);

  private final Welcome welcome;
  private final Codes codes;
  private final Staff staff;
  private final SignIn signIn;
  private final StaffSessions sessions;
  private final Clock clock;

  WelcomePages(
      Welcome welcome,
      Codes codes,
      Staff staff,
      SignIn signIn,
      StaffSessions sessions,
      Clock clock) {
    this.welcome = welcome;
    this.codes = codes;
    this.staff = staff;
    this.signIn = signIn;
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * What is filled in.
   *
   * @param practice asked of the first administrator only, as are name and email
   */
  record Form(
      @Nullable String practice,
      @Nullable String name,
      @Nullable String email,
      @Nullable String password,
      @Nullable String code) {

    static final Form EMPTY = new Form(null, null, null, null, null);

    static String text(@Nullable String value) {
      return value == null ? "" : value.strip();
    }
  }

  /** Who this is for: nobody on record yet when it is the first administrator. */
  private static final class Guest {
    private final @Nullable StaffMember person;
    private final byte[] secret;

    Guest(@Nullable StaffMember person, byte[] secret) {
      this.person = person;
      this.secret = secret;
    }
  }

  /** Remembers in the session that a link was used. */
  static void invite(HttpServletRequest request, @Nullable UUID person) {
    HttpSession session = request.getSession();
    request.changeSessionId();
    session.setAttribute(INVITED, person == null ? FIRST : person.toString());
    session.removeAttribute(INVITED_AT);
    session.removeAttribute(SECRET);
  }

  private @Nullable Guest guest(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null || !(session.getAttribute(INVITED) instanceof String invited)) {
      return null;
    }
    if (!(session.getAttribute(INVITED_AT) instanceof Long at)) {
      session.setAttribute(INVITED_AT, clock.millis());
    } else if (clock.millis() - at > TIME_TO_FILL_IN.toMillis()) {
      session.invalidate();
      return null;
    }
    if (!(session.getAttribute(SECRET) instanceof byte[])) {
      session.setAttribute(SECRET, codes.newSecret());
    }
    byte[] secret = (byte[]) session.getAttribute(SECRET);
    if (invited.equals(FIRST)) {
      return staff.isEmpty() ? new Guest(null, secret) : null;
    }
    StaffMember person = staff.find(UUID.fromString(invited)).orElse(null);
    return person == null || person.disabledAt() != null ? null : new Guest(person, secret);
  }

  @GetMapping("/welcome")
  String page(HttpServletRequest request, Model model) {
    Guest guest = guest(request);
    return guest == null
        ? SignInPages.seeOther("/sign-in")
        : show(guest, Form.EMPTY, Map.of(), model);
  }

  private static String show(Guest guest, Form form, Map<String, String> errors, Model model) {
    StaffMember person = guest.person;
    model.addAttribute("guest", person);
    model.addAttribute("form", form);
    model.addAttribute("errors", errors);
    model.addAttribute(
        "authenticator",
        Authenticator.of(guest.secret, person == null ? "first administrator" : person.email()));
    return "identity/welcome";
  }

  @PostMapping("/welcome")
  String accept(
      @ModelAttribute Form form,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Guest guest = guest(request);
    if (guest == null) {
      return SignInPages.seeOther("/sign-in");
    }
    StaffMember person = guest.person;
    Map<String, String> errors = new LinkedHashMap<>();
    if (person == null) {
      checkFirst(form, errors);
    }
    String password = form.password() == null ? "" : form.password();
    String trouble =
        PasswordRules.trouble(
            password,
            person == null ? Form.text(form.email()) : person.email(),
            person == null ? Form.text(form.name()) : person.name());
    if (trouble != null) {
      errors.put("password", trouble);
    }
    OptionalLong step = codes.step(guest.secret, Form.text(form.code()));
    if (step.isEmpty()) {
      errors.put("code", "Enter the six digits that the app shows now for OpenRCM.");
    }
    if (!errors.isEmpty()) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return show(guest, form, errors, model);
    }
    UUID id =
        person == null
            ? welcome.first(
                Form.text(form.practice()), Form.text(form.name()), Form.text(form.email()))
            : person.id();
    Actors.person(request, staff.find(id).orElseThrow())
        .run(() -> welcome.keep(id, password, guest.secret, step.getAsLong()));
    StaffMember now = staff.find(id).orElseThrow();
    request.getSession().removeAttribute(INVITED);
    request.getSession().removeAttribute(SECRET);
    if (now.home() == null) {
      return SignInPages.seeOther("/sign-in");
    }
    signIn.signedIn(request, now);
    sessions.complete(request, response, now);
    return SignInPages.seeOther("/");
  }

  private static void checkFirst(Form form, Map<String, String> errors) {
    if (Form.text(form.practice()).isEmpty()) {
      errors.put("practice", "Enter the name of the practice, as it stands on its letters.");
    }
    if (Form.text(form.name()).isEmpty()) {
      errors.put("name", "Enter your name, as colleagues know it.");
    }
    if (!isAddress(Form.text(form.email()))) {
      errors.put("email", "Enter an e-mail address, such as ana@example.org.");
    }
  }

  static boolean isAddress(String email) {
    return email.length() <= 254 && email.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
  }
}
