package org.openrcm.identity;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells every page who is signed in. */
@ControllerAdvice
class SignedInAdvice {
  private final Emergencies emergencies;

  SignedInAdvice(Emergencies emergencies) {
    this.emergencies = emergencies;
  }

  @ModelAttribute("signedIn")
  @Nullable SignedIn signedIn(HttpServletRequest request) {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (!(who instanceof StaffAuthentication staff) || !Factor.isWhole(staff)) {
      return null;
    }
    Practice practice = staff.work().practice();
    return new SignedIn(
        staff.person().name(),
        practice.id(),
        practice.name(),
        practice.madeUp(),
        staff.roles(),
        staff.person().works().stream().map(StaffMember.Work::practice).toList(),
        emergencies.until(request, practice.id()));
  }
}
