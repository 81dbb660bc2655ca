package org.openrcm.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Practice;
import org.openrcm.identity.Practices;
import org.openrcm.identity.SignedInPatient;
import org.openrcm.statement.Contact;
import org.openrcm.statement.Contacts;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Puts the frame around every page of patients, and the patient into its model. */
@ControllerAdvice(basePackageClasses = Frames.class)
class Frames {
  /** Forms that show themselves again at their own address. */
  private static final Set<String> THEMSELVES =
      Set.of("/my/sign-in", "/my/account/sign-in", "/my/account/code", "/my/account/new");

  private final Contacts contacts;
  private final Practices practices;

  Frames(Contacts contacts, Practices practices) {
    this.contacts = contacts;
    this.practices = practices;
  }

  @ModelAttribute
  void frame(HttpServletRequest request, Model model) {
    SignedInPatient patient = SignedInPatient.current();
    model.addAttribute("patient", patient);
    model.addAttribute("frame", of(request));
  }

  Frame of(HttpServletRequest request) {
    SignedInPatient patient = SignedInPatient.current();
    String path = request.getRequestURI();
    return new Frame(
        PortalLocales.language(request),
        patient,
        contact(patient),
        request.getMethod().equals("GET") || THEMSELVES.contains(path) ? path : "/my");
  }

  /** Before the sign-in it is known only where there is one practice. */
  private @Nullable Contact contact(@Nullable SignedInPatient patient) {
    if (patient != null) {
      return contacts.current();
    }
    List<Practice> all = practices.all();
    return all.size() == 1
        ? Actor.current().concerning(all.get(0).id()).call(contacts::current)
        : null;
  }
}
