package org.openrcm.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openrcm.TestUsers;

/**
 * Somebody at a browser with a profile of its own. What the browser complains of (errors of
 * scripts, files that do not come, breaches of the content security policy) is collected, and
 * {@link #isWithoutComplaint} fails with it.
 */
final class Visit implements AutoCloseable {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final String AXE = AxeBuilder.getAxeScript();

  /** How pages are looked at. */
  enum Screen {
    LIGHT(1366, 768, ColorScheme.LIGHT),
    DARK(1366, 768, ColorScheme.DARK),
    PHONE(390, 844, ColorScheme.LIGHT),
    NARROW(320, 640, ColorScheme.LIGHT);

    private final int width;
    private final int height;
    private final ColorScheme colours;

    Screen(int width, int height, ColorScheme colours) {
      this.width = width;
      this.height = height;
      this.colours = colours;
    }
  }

  private final TestUsers users;
  private final BrowserContext profile;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();
  private Screen screen;

  Visit(TestUsers users, Screen screen) {
    this.users = users;
    this.screen = screen;
    profile =
        Chromium.get()
            .newContext(
                new Browser.NewContextOptions()
                    .setBaseURL(users.address().toString())
                    .setViewportSize(screen.width, screen.height)
                    .setColorScheme(screen.colours)
                    // what comes up is up at once: halfway it is half as dark
                    .setReducedMotion(ReducedMotion.REDUCE));
    profile.setDefaultTimeout(Chromium.PATIENCE);
    page = profile.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text() + " at " + message.location());
          }
        });
    page.onPageError(complaints::add);
  }

  Page page() {
    return page;
  }

  /**
   * Looks at the same page on another screen, as somebody does who turns a phone or dims a room.
   */
  Visit on(Screen other) {
    if (other == screen) {
      return this;
    }
    boolean turned = other.width != screen.width || other.height != screen.height;
    screen = other;
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(screen.colours));
    if (turned) {
      page.setViewportSize(screen.width, screen.height);
      // with the next frame its scripts hear of it
      page.evaluate("() => new Promise(requestAnimationFrame)");
    }
    return this;
  }

  /** Opens a page that is there. */
  Visit open(String path) {
    Response response = page.navigate(path);
    assertThat(response.status()).as(path).isEqualTo(200);
    assertThat(page.evaluate("document.compatMode")).as("mode of %s", path).isEqualTo("CSS1Compat");
    return this;
  }

  /** Sends a cookie with everything. */
  Visit with(String name, String value) {
    profile.addCookies(List.of(new Cookie(name, value).setUrl(users.address().toString())));
    return this;
  }

  /** As people do it: password, then code. */
  Visit signIn(TestUsers.Person person) {
    open("/sign-in");
    page.fill("input[name=email]", person.email());
    page.fill("input[name=password]", TestUsers.PASSWORD);
    page.click("button.primary");
    page.waitForURL("**/sign-in/code");
    page.fill("input[name=code]", users.code(person));
    page.click("button.primary");
    page.waitForURL(url -> !url.contains("/sign-in"));
    return this;
  }

  /** Once all scripts have run and every chart is drawn: their scripts are part of a load. */
  Visit settled() {
    page.waitForLoadState(LoadState.LOAD);
    page.evaluate("() => document.fonts.ready.then(() => new Promise(requestAnimationFrame))");
    return this;
  }

  /**
   * A picture of the whole page in {@code target/screenshots}, for people to look at, when asked
   * for with {@code -Dopenrcm.pictures}.
   */
  Visit picture(String name) {
    if (System.getProperty("openrcm.pictures") != null) {
      settled();
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(PICTURES.resolve(name + "-" + screen.name().toLowerCase() + ".png")));
    }
    return this;
  }

  /**
   * What is asked of every page: no violation of any rule, nothing that the browser complains of;
   * in the dark and on the narrowest screen, what these can change.
   */
  Visit isRightOnEveryScreen(String name) {
    on(Screen.DARK).picture(name).hasContrast();
    on(Screen.NARROW).picture(name).fits().hasRoom();
    return on(Screen.LIGHT).picture(name).fits().isAccessible().isWithoutComplaint();
  }

  /** No violation of any rule of axe. */
  Visit isAccessible() {
    return hasNoViolation(Map.of());
  }

  /** No text that is hard to see; for a page that has been found accessible in other colours. */
  private Visit hasContrast() {
    return hasNoViolation(Map.of("runOnly", List.of("color-contrast")));
  }

  /**
   * No violation of what a narrow screen can change: what is folded away or laid out anew. For a
   * page that has been found accessible on a wide one.
   */
  private Visit hasRoom() {
    return hasNoViolation(
        Map.of(
            "runOnly",
            List.of(
                "aria-hidden-focus",
                "button-name",
                "label",
                "link-name",
                "scrollable-region-focusable",
                "summary-name",
                "target-size")));
  }

  /**
   * By axe itself, which a page gets once: its own client would send it, half a megabyte, for each
   * question, and take home also all that is right.
   */
  private Visit hasNoViolation(Map<String, Object> options) {
    settled();
    if (page.evaluate("'axe' in window").equals(false)) {
      page.evaluate(AXE);
    }
    Object violations =
        page.evaluate(
            """
            options => axe.run(document, {resultTypes: ['violations'], ...options})
              .then(results => results.violations.map(rule => `${rule.id}: ${rule.help} `
                + rule.nodes.map(node => `${node.html} ${node.failureSummary}`).join(', ')))
            """,
            options);
    assertThat((List<?>) violations).as("axe at %s, %s", page.url(), screen).isEmpty();
    return this;
  }

  /** Clicks twice within one task: before the page can do anything about the first. */
  Visit clickTwice(Locator button) {
    button.evaluate("button => { button.click(); button.click(); }");
    return this;
  }

  /** The page as a whole never scrolls sideways. */
  Visit fits() {
    assertThat(page.evaluate("document.documentElement.scrollWidth"))
        .as("width of %s on a screen of %d", page.url(), screen.width)
        .isEqualTo(screen.width);
    return this;
  }

  /** What the browser complained of so far was expected. */
  Visit forgiving() {
    complaints.clear();
    return this;
  }

  Visit isWithoutComplaint() {
    assertThat(complaints).as("complaints of the browser at %s", page.url()).isEmpty();
    return this;
  }

  @Override
  public void close() {
    profile.close();
  }
}
