package org.openrcm.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openrcm.ServerTest;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;

/** What is asked of every page, in light, in dark, and on the narrowest screen. */
@ServerTest
class EveryPageTest {
  @Autowired private TestUsers users;

  @ParameterizedTest
  @EnumSource
  void isAccessibleFitsTheScreenAndGivesTheBrowserNothingToComplainOf(Visit.Screen screen) {
    UUID practice = users.practice("Larkfield Family Practice");
    TestUsers.Person person =
        users.person(practice, Role.POSTER, Role.MANAGER, Role.COMPLIANCE, Role.ADMINISTRATOR);
    try (Visit visit = new Visit(users, screen)) {
      check(visit.open("/sign-in"), "sign-in");
      visit.signIn(person);
      check(visit, "home-empty");
      check(visit.open("/files"), "files-empty");
      check(visit.open("/remittances"), "remittances-empty");

      String file = load(visit);
      check(visit.open("/files"), "files");
      check(visit.open(file), "file");
      check(visit.open(file + "/raw"), "segments");
      check(visit.open("/remittances"), "remittances");
      visit.page().locator("main .row-link").first().click();
      visit.page().waitForURL("**/remittances/*");
      check(visit, "remittance");
      check(visit.open("/?days=90"), "home");
      for (String path : List.of("/audit", "/people", "/clients", "/me")) {
        check(visit.open(path), path.substring(1));
      }
    }
  }

  private static String load(Visit visit) {
    visit.open("/files");
    Page page = visit.page();
    page.setInputFiles("input[type=file]", Path.of("samples", "family-practice.835"));
    page.click("text=Upload files");
    page.waitForSelector("#files .row-link");
    assertThat(page.locator("#files .state")).hasText("Loaded");
    return page.locator("#files .row-link").getAttribute("href");
  }

  private static void check(Visit visit, String name) {
    visit.settled().picture(name).fits().isAccessible().isWithoutComplaint();
  }
}
