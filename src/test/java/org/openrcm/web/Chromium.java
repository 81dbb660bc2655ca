package org.openrcm.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The Chromium that is installed on this machine, one for the whole run. Without one the browser
 * tests are skipped, except in continuous integration ({@code CI=true}), where they fail.
 */
final class Chromium {
  /** The one without windows first: it draws the same for less. */
  private static final List<String> NAMES =
      List.of(
          "chromium-headless-shell",
          "chromium",
          "chromium-browser",
          "google-chrome",
          "google-chrome-stable");

  private static final List<String> QUIETLY =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /** Milliseconds: a busy machine is not a broken page. */
  static final double PATIENCE = 20_000;

  private static Browser browser;

  private Chromium() {}

  static synchronized Browser get() {
    if (browser == null) {
      browser = start(installed());
    }
    return browser;
  }

  private static Path installed() {
    Optional<Path> program =
        NAMES.stream()
            .flatMap(
                name ->
                    Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty()) {
      String none = "no Chromium on the PATH: the browser tests cannot run";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(none);
      }
      System.err.println(none);
      Assumptions.abort(none);
    }
    return program.orElseThrow();
  }

  private static Browser start(Path program) {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser started =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(QUIETLY));
    Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
    return started;
  }
}
