package org.openrcm.compliance;

import java.util.List;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Practice;
import org.openrcm.identity.Practices;
import org.openrcm.jobs.Failures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Goes through the record of each practice once its day has ended. */
@Component
class UnusualDays {
  private static final Logger LOG = LoggerFactory.getLogger(UnusualDays.class);

  private final Practices practices;
  private final UnusualAccess unusual;

  UnusualDays(Practices practices, UnusualAccess unusual) {
    this.practices = practices;
    this.unusual = unusual;
  }

  @Scheduled(fixedDelayString = "${openrcm.unusual-access.every:10m}")
  void look() {
    List<Practice> all;
    try {
      all = practices.all();
    } catch (RuntimeException e) {
      LOG.warn("no practice's audit record could be gone through: {}", Failures.describe(e));
      return;
    }
    for (Practice practice : all) {
      try {
        Actor.job("unusual access", practice.id()).run(unusual::catchUp);
      } catch (RuntimeException e) {
        LOG.warn("the audit record could not be gone through: {}", Failures.describe(e));
      }
    }
  }
}
