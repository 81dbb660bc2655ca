package org.openrcm.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.openrcm.payment.Desk;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Contacts as collectors meet them. */
@ServerTest
class ContactPagesTest {
  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  private Desk desk;

  @BeforeEach
  void aDesk() {
    desk = Desk.open(server, "Larkmoor Family Practice");
  }

  private Visit visit(Role role) {
    return new Visit(users, Visit.Screen.LIGHT).signIn(users.person(desk.practice(), role));
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator call(Page page) {
    return page.locator("section[aria-labelledby=may] tbody tr >> nth=0");
  }

  private static void check(Visit visit, String name) {
    visit.picture(name).fits().isAccessible();
  }

  @Test
  void aCallIsNotedAndWhatItForbidsIsShownWithItsRule() {
    try (Visit visit = visit(Role.COLLECTOR)) {
      Page page = visit.open("/accounts/" + desk.id()).page();
      page.locator("nav.tabs >> text=Contact").click();
      page.waitForURL("**/contact");
      assertThat(call(page)).containsText("No number or address is known that reaches them");
      page.selectOption("#outcome", "SPOKE");
      button(page, "Note the contact").click();
      assertThat(page.locator("#address-error")).containsText("Enter the number");
      assertThat(page.locator("#outcome")).hasValue("SPOKE");
      check(visit.forgiving(), "contact-refused");
      page.fill("#address", "802 555 0142");
      page.fill("#note", "Will call back on Friday");
      button(page, "Note the contact").click();
      // by day it is allowed, by night it is noted that it was not
      assertThat(page.locator(".toast")).containsText(Pattern.compile("[Nn]oted"));
      assertThat(page.locator("section[aria-labelledby=history] tbody tr"))
          .containsText("Will call back on Friday");
      page.locator("text=What a number is").click();
      page.fill("#notice-address", "802 555 0142");
      page.selectOption("#notice-place", "MOBILE");
      button(page, "Note it").click();
      assertThat(page.locator(".toast")).containsText("What a number is: noted.");
      assertThat(call(page)).containsText("You spoke in the last seven days");
      assertThat(call(page)).containsText("REG_F C2");
      check(visit, "contact-noted");
      call(page).locator("a").click();
      assertThat(page.locator("h1")).hasText("Call: forbidden");
      assertThat(page.locator(".page-head")).containsText("The same, rule by rule");
      check(visit, "contact-decision");
      visit.isWithoutComplaint();
    }
  }

  @Test
  void aCeaseClosesAllAndItsUndoOpensThemAgain() {
    try (Visit visit = visit(Role.COLLECTOR)) {
      Page page = visit.open("/accounts/" + desk.id() + "/contact").page();
      page.locator("text=Wrote to stop").click();
      page.fill("#notice-note", "A letter of today");
      button(page, "Note it").click();
      Locator letter = page.locator("section[aria-labelledby=may] tbody tr >> nth=3");
      assertThat(letter).containsText("They wrote to us to stop");
      button(page, "Undo").click();
      assertThat(page.locator(".toast")).containsText("Taken off.");
      assertThat(letter).containsText("Yes");
    }
  }

  @Test
  void aFormOfANoticeSaysWhatIsMissingAndKeepsWhatWasTyped() {
    try (Visit visit = visit(Role.COLLECTOR)) {
      Page page = visit.open("/accounts/" + desk.id() + "/contact?note=not-at-times").page();
      page.fill("#notice-opens", "12:00");
      page.check("input[name=day][value=MONDAY]");
      button(page, "Note it").click();
      assertThat(page.locator("#notice-closes-error")).hasText("Enter a time like 14:30.");
      assertThat(page.locator("#notice-opens")).hasValue("12:00");
      assertThat(page.locator("input[name=day][value=MONDAY]")).isChecked();
      check(visit.forgiving(), "contact-notice-refused");
    }
  }

  @Test
  void aManagerSaysAsWhatThePracticeCollectsAndACollectorReadsIt() {
    try (Visit visit = visit(Role.MANAGER)) {
      Page page = visit.open("/contact/policy").page();
      page.check("input[value=THIRD_PARTY]");
      button(page, "Save").click();
      assertThat(page.locator("#agent-error")).containsText("Who collects for others");
      visit.forgiving();
      page.fill("#agent", "Plumtree Recovery");
      button(page, "Save").click();
      assertThat(page.locator(".toast")).containsText("Saved.");
      assertThat(page.locator("section[aria-labelledby=rules]")).containsText("REG_F C16");
      check(visit, "contact-policy-third-party");
    }
    try (Visit visit = visit(Role.COLLECTOR)) {
      Page page = visit.open("/contact/policy").page();
      assertThat(button(page, "Save")).isDisabled();
      page = visit.open("/accounts/" + desk.id() + "/contact").page();
      page.locator("text=What to say on a call").click();
      assertThat(page.locator(".script")).containsText("Plumtree Recovery is a debt collector.");
    }
  }
}
