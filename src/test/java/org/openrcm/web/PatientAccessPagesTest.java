package org.openrcm.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestUsers;
import org.openrcm.portal.Letters;
import org.openrcm.portal.Letters.Letter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A patient at a browser: by keyboard, on three screens, in both languages. */
@ServerTest
class PatientAccessPagesTest {
  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;

  private static void look(Visit visit, String name) {
    visit.isRightOnEveryScreen("portal-" + name);
  }

  /** The page as it is in both languages; ends in English. */
  private static void inBoth(Visit visit, String name) {
    Page page = visit.page();
    look(visit, name);
    page.click("text=Español");
    assertThat(page.locator("html")).hasAttribute("lang", "es");
    look(visit, name + "-es");
    page.click("text=English");
    assertThat(page.locator("html")).hasAttribute("lang", "en");
  }

  private static void type(Page page, Letter letter, LocalDate born) {
    page.fill("#code", letter.code());
    page.fill("#month", Integer.toString(born.getMonthValue()));
    page.fill("#day", Integer.toString(born.getDayOfMonth()));
    page.fill("#year", Integer.toString(born.getYear()));
  }

  private void visit(Consumer<Visit> story) {
    try (Visit visit = new Visit(users, Visit.Screen.LIGHT)) {
      story.accept(visit);
    }
  }

  @Test
  void aPatientComesWithACodeAndMakesASignIn() {
    Letters letters = new Letters(server);
    Letter letter = letters.sent().get(0);
    visit(
        visit -> {
          Page page = visit.open("/my/sign-in").page();
          inBoth(visit, "sign-in");
          page.fill("#code", "ABC");
          page.fill("#month", "2");
          page.fill("#day", "30");
          page.fill("#year", "1980");
          page.keyboard().press("Enter");
          assertThat(page.locator("#code-error")).containsText("ten letters and numbers");
          look(visit.forgiving(), "sign-in-errors");
          page.click(".error-summary a >> nth=0");
          assertThat(page.locator("#code")).isFocused();
          type(page, letter, letter.born().plusDays(1));
          page.keyboard().press("Enter");
          assertThat(page.locator(".error-summary")).containsText("We cannot open a bill");
          look(visit.forgiving(), "sign-in-refused");
          visit.open("/my/account/sign-in");
          inBoth(visit, "login");
          visit.forgiving();
          page.navigate(users.address() + "/my/account/new");
          assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/my/sign-in$"));
          type(page, letter, letter.born());
          page.keyboard().press("Enter");
          page.waitForURL("**/my/account/new");
          inBoth(visit, "new-login");
          page.fill("#email", "nobody");
          page.evaluate("document.querySelector('main form').noValidate = true");
          page.click("main button.primary");
          assertThat(page.locator("#email-error")).containsText("Enter an e-mail address");
          look(visit.forgiving(), "new-login-errors");
          visit.forgiving();
          page.fill("#email", "tansy@example.org");
          page.fill("#password", Letters.PASSWORD);
          page.fill("#code", letters.code(page.content()));
          page.click("main button.primary");
          page.waitForURL("**/my/account");
          assertThat(page.locator(".told")).containsText("You have a sign-in now");
          look(visit, "account-told");
          page.reload();
          inBoth(visit, "account");
          page.click("text=Sign out");
          page.waitForURL("**/my/sign-in");
          visit.open("/my/account/sign-in");
          page.fill("#email", "tansy@example.org");
          page.fill("#password", Letters.PASSWORD);
          page.keyboard().press("Enter");
          page.waitForURL("**/my/account/code");
          inBoth(visit, "code");
          visit.isWithoutComplaint();
        });
  }

  @Test
  void theKeyboardReachesAllAndTheFirstStopSkipsToTheContent() {
    visit(
        visit -> {
          Page page = visit.open("/my/sign-in").page();
          page.keyboard().press("Tab");
          assertThat(page.locator(".skip")).isFocused();
          page.keyboard().press("Enter");
          page.keyboard().press("Tab");
          assertThat(page.locator("#code")).isFocused();
        });
  }
}
