package org.openrcm.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells pages which patient is signed in. */
@ControllerAdvice
class PatientAdvice {

  @ModelAttribute("patient")
  @Nullable SignedInPatient patient() {
    return SecurityContextHolder.getContext().getAuthentication()
            instanceof PatientAuthentication who
        ? who.patient()
        : null;
  }
}
