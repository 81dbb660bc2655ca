package org.openrcm.audit;

import java.time.ZoneId;

/** In which time zone the actor's practice has its days. Whoever knows the practice knows it. */
public interface PracticeZone {
  ZoneId current();
}
