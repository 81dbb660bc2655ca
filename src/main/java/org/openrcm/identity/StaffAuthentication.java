package org.openrcm.identity;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;

/**
 * A person who is signed in, or on the way: the authorities are the factors shown so far, and the
 * gate asks for all of them.
 */
final class StaffAuthentication extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  private final transient StaffMember person;
  private final transient StaffMember.Work work;

  StaffAuthentication(
      StaffMember person, StaffMember.Work work, Collection<? extends GrantedAuthority> factors) {
    super(factors);
    this.person = person;
    this.work = work;
    setAuthenticated(true);
  }

  StaffMember person() {
    return person;
  }

  /** What the person does for the practice that is chosen. */
  StaffMember.Work work() {
    return work;
  }

  Set<String> roles() {
    return work.codes();
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public Object getPrincipal() {
    return person;
  }

  @Override
  public String getName() {
    return person.name();
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
