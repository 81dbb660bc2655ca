package org.openrcm.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A patient who has shown all that is asked: half a sign-in is none. */
final class PatientAuthentication extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  private final transient SignedInPatient patient;

  PatientAuthentication(SignedInPatient patient) {
    super(List.of());
    this.patient = patient;
    setAuthenticated(true);
  }

  SignedInPatient patient() {
    return patient;
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public Object getPrincipal() {
    return patient;
  }

  @Override
  public String getName() {
    return patient.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
