package org.openrcm.identity;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * After how long without requests a session is over, for pages: their script leaves one that is
 * open for longer, so that it does not stay on the screen. A bean of templates.
 */
@Component("sessionIdle")
public class SessionIdle {
  private final long seconds;

  SessionIdle(@Value("${openrcm.session.idle:15m}") Duration idle) {
    this.seconds = idle.toSeconds();
  }

  public long seconds() {
    return seconds;
  }
}
