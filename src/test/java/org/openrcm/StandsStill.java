package org.openrcm;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.Lifecycle;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * {@code @ExtendWith(StandsStill.class)}: the server under test does no job until the test has it
 * {@link #goOn}, and does them again afterwards, for other tests.
 */
public final class StandsStill implements BeforeEachCallback, AfterEachCallback {

  private static Lifecycle jobs(ExtensionContext test) {
    return SpringExtension.getApplicationContext(test).getBean("jobRunner", Lifecycle.class);
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    jobs(test).stop();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    goOn(jobs(test));
  }

  /** The jobs of a server are done from now on. */
  public static void goOn(Lifecycle jobs) {
    if (!jobs.isRunning()) {
      jobs.start();
    }
  }
}
