package org.openrcm.contact;

import java.time.ZoneId;
import org.openrcm.audit.PracticeZone;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The time zone of the actor's practice, as its contact policy has it. */
@Component
public class OfficeZone implements PracticeZone {
  private final Settings settings;

  OfficeZone(Settings settings) {
    this.settings = settings;
  }

  @Override
  @Transactional
  public ZoneId current() {
    return ZoneId.of(settings.current().zone());
  }
}
