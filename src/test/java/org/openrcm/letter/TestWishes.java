package org.openrcm.letter;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationContext;

/** Wants letters as follow-up does. */
public final class TestWishes {
  /** No letter that was wanted before says it already. */
  private static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

  private TestWishes() {}

  /**
   * Wants one, whatever was wanted before.
   *
   * @return whether it is new
   */
  public static boolean want(ApplicationContext server, long account, Stage stage, String cause) {
    Wishes.Wish wish = new Wishes.Wish(account, stage, cause, NEVER);
    return !server.getBean(Wishes.class).want(List.of(wish)).isEmpty();
  }

  /** For a promise that was not kept. */
  public static boolean want(ApplicationContext server, long account) {
    return want(server, account, Stage.PROMISE_BROKEN, UUID.randomUUID().toString());
  }
}
