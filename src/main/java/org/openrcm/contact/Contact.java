package org.openrcm.contact;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A contact that was made, as it is on the log for good.
 *
 * @param notedBy who put it there
 * @param decision what the firewall said of it for its moment; null for what the person began
 */
public record Contact(
    UUID id,
    long account,
    Contacted what,
    Instant notedAt,
    String notedBy,
    @Nullable Decision decision) {

  /** Whether it was made though a rule forbade it. */
  public boolean wasForbidden() {
    return decision != null && !decision.allowed();
  }
}
