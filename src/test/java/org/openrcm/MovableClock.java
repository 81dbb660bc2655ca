package org.openrcm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The clock on the wall, and as much later as a test says:
 * {@code @Import(MovableClock.InServer.class)}.
 */
public final class MovableClock extends Clock {
  private volatile Duration ahead = Duration.ZERO;

  /** Puts it into the server under test. */
  public static class InServer {
    @Bean
    @Primary
    MovableClock movableClock() {
      return new MovableClock();
    }
  }

  public void move(Duration further) {
    ahead = ahead.plus(further);
  }

  @Override
  public Instant instant() {
    return Clock.systemUTC().instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneId.systemDefault();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.system(zone);
  }
}
