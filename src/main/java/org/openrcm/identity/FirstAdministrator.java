package org.openrcm.identity;

import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The way in when nobody is there yet to invite anybody. */
@Component
public class FirstAdministrator {
  private static final Duration VALID = Duration.ofHours(24);

  private final Staff staff;
  private final OneTimeLinks links;

  FirstAdministrator(Staff staff, OneTimeLinks links) {
    this.staff = staff;
    this.links = links;
  }

  /**
   * The path of a page that works once, for a day, and asks for the practice and its first
   * administrator; empty when there is staff already. An earlier link ends.
   */
  @Transactional
  public Optional<String> link() {
    return staff.isEmpty()
        ? Optional.of(OneTimeLinks.path(links.make(null, VALID)))
        : Optional.empty();
  }
}
