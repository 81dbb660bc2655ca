package org.openrcm.portal;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Preferences;
import org.openrcm.identity.SignedInPatient;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How the patient wants to be written to. Nobody has to say why. */
@Controller
class SettingsPages {
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
  private static final int LONGEST_EMAIL = 254;

  private final MyAccount mine;

  SettingsPages(MyAccount mine) {
    this.mine = mine;
  }

  /**
   * The form as typed.
   *
   * @param offered whether e-mail can be chosen
   */
  record Form(boolean offered, boolean paper, String email, boolean agreed, String language) {

    @Nullable Trouble trouble() {
      boolean badEmail = email.length() > LONGEST_EMAIL || !EMAIL.matcher(email).matches();
      if (badEmail && (!paper || !email.isEmpty())) {
        return new Trouble("email", "error.email", "");
      }
      return paper || agreed ? null : new Trouble("agree", "error.agree", "");
    }

    Preferences preferences() {
      return new Preferences(spoken(language), paper, email.isEmpty() ? null : email);
    }
  }

  @GetMapping("/my/settings")
  String settings(SignedInPatient patient, Model model) {
    Preferences now = mine.preferences(patient);
    return page(
        new Form(
            mine.offersEmail(),
            now.paper(),
            Objects.requireNonNullElse(now.email(), ""),
            !now.paper(),
            now.language()),
        null,
        model);
  }

  private static String page(Form form, @Nullable Trouble trouble, Model model) {
    model.addAttribute("form", form);
    model.addAttribute("troubles", trouble == null ? Map.of() : Map.of(trouble.field(), trouble));
    return "portal/settings";
  }

  @PostMapping("/my/settings")
  String set(
      SignedInPatient patient,
      @RequestParam MultiValueMap<String, String> sent,
      HttpServletResponse response,
      RedirectAttributes flash,
      Model model) {
    String language = Typed.line(sent, "language");
    if (!mine.offersEmail()) {
      mine.prefer(patient, spoken(language));
      return saved(flash);
    }
    String email = Objects.requireNonNullElse(sent.getFirst("email"), "").strip();
    Form form =
        new Form(
            true,
            !Typed.line(sent, "way").equals("email"),
            email.replaceAll("\\p{Cntrl}", ""),
            !Typed.line(sent, "agree").isEmpty(),
            language);
    Trouble trouble = form.trouble();
    if (trouble != null) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return page(form, trouble, model);
    }
    mine.prefer(patient, form.preferences());
    return saved(flash);
  }

  private static String saved(RedirectAttributes flash) {
    flash.addFlashAttribute("done", "settings.saved");
    return "redirect:/my/settings";
  }

  private static String spoken(String language) {
    return language.equals("es") ? "es" : "en";
  }
}
