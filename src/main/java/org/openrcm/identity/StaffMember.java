package org.openrcm.identity;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A person who works for practices, as of now.
 *
 * @param version what a session remembers: it ends when this moves on (new password, new
 *     authenticator, disabled)
 * @param works the practices by name, with what the person does there; none is empty
 */
record StaffMember(
    UUID id,
    String email,
    String name,
    boolean canSignIn,
    @Nullable Instant lockedUntil,
    @Nullable Instant disabledAt,
    long version,
    List<Work> works) {

  /** What a person does for one practice. */
  record Work(Practice practice, Set<Role> roles) {
    Work {
      roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
    }

    /** As {@code permissions.tsv} names them. */
    Set<String> codes() {
      return roles.stream().map(Role::code).collect(Collectors.toUnmodifiableSet());
    }
  }

  /** The work for a practice, null when the person has none there. */
  @Nullable Work at(UUID practice) {
    return works.stream()
        .filter(work -> work.practice().id().equals(practice))
        .findFirst()
        .orElse(null);
  }

  /** Where a sign-in begins: the first by name. */
  @Nullable Work home() {
    return works.isEmpty() ? null : works.get(0);
  }
}
