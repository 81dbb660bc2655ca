package org.openrcm.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrcm.collections.CollectorsFloor.NOON;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Page;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openrcm.MovableClock;
import org.openrcm.ServerTest;
import org.openrcm.TestUsers;
import org.openrcm.collections.CollectorsFloor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;

/** Ten accounts, from the sign-in to an empty queue, without a mouse. */
@ServerTest
@Import(MovableClock.InServer.class)
class CollectorsMorningTest {
  private static final int ACCOUNTS = 10;

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private MovableClock clock;

  @Test
  void tenAccountsAreWorkedByKeyboardOnly() {
    CollectorsFloor.moveTo(clock, NOON);
    CollectorsFloor floor = CollectorsFloor.open(server, ACCOUNTS);
    TestUsers.Person colleague = floor.collector();
    try (Visit visit = new Visit(users, Visit.Screen.LIGHT)) {
      visit.signIn(floor.collector());
      Page page = visit.open("/").page();
      Keyboard keys = page.keyboard();
      check(visit, "home-of-a-collector");
      keys.press("g");
      keys.press("q");
      page.waitForURL("**/queue");
      keys.press("n");
      page.waitForURL("**/queue/work/*");
      check(visit, "work-first");
      Set<String> seen = new HashSet<>();

      // 1: left a message, with a note
      keys.press("1");
      keys.type("On the machine, name and number only");
      next(page, seen);
      // 2: nobody answered
      keys.press("2");
      next(page, seen);
      // 3: a promise of a part
      keys.press("4");
      keys.press("ControlOrMeta+A");
      keys.type("12.50");
      check(visit, "work-promise");
      next(page, seen);
      // 4: a plan, in four parts
      keys.press("p");
      keys.press("Tab");
      keys.press("ControlOrMeta+A");
      keys.type("4");
      check(visit, "work-plan");
      next(page, seen);
      // 5: one visit is disputed
      keys.press("d");
      keys.press("ArrowDown");
      check(visit, "work-dispute");
      keys.press("Tab");
      keys.type("Was never there that day");
      next(page, seen);
      // 6: laid aside for a week
      keys.press("s");
      check(visit, "work-snooze");
      next(page, seen);
      // 7: given to a colleague
      keys.press("t");
      keys.type(colleague.name());
      check(visit, "work-transfer");
      next(page, seen);
      // 8: asks for help
      keys.press("a");
      keys.type("Lost the job in August");
      next(page, seen);
      // 9: a hold; without a note it is refused, and what was typed stays
      keys.press("h");
      keys.press("Enter");
      page.waitForSelector(".error-summary");
      check(visit.forgiving(), "work-refused");
      page.focus("#note");
      keys.type("The chart is being looked at");
      next(page, seen);
      // 10: they called back
      keys.press("3");
      keys.type("Will look at the bill tonight");
      keys.press("Tab");
      keys.press("Space");
      keys.press("Tab");
      keys.press("Shift+Tab");
      keys.press("Enter");
      page.waitForURL("**/queue");
      check(visit, "queue-worked");
      assertThat(page.textContent("main")).contains("No account waits in your queues now");
      assertThat(seen).hasSize(ACCOUNTS - 1);
    }
    floor.settled();
    assertThat(floor.count("select count(*) from collection_entry where state = 'WAITING'"))
        .as("the one that was given away waits for its collector")
        .isEqualTo(1);
    assertThat(floor.count("select count(*) from collection_entry where state = 'HELD'")).isZero();
    assertThat(floor.count("select sum(amount_cents)::bigint from collection_promise"))
        .isEqualTo(1250);
    assertThat(floor.count("select instalments from payment_plan")).isEqualTo(4);
    assertThat(
            floor.count(
                "select count(*) from account_flag where claim_number is not null and kind = 'DISPUTE'"))
        .isEqualTo(1);
    assertThat(floor.count("select count(*) from account_flag")).isEqualTo(3);
    assertThat(floor.count("select count(*) from contact")).isEqualTo(7);
    assertThat(floor.count("select count(*) from contact where direction = 'IN'")).isEqualTo(1);
    assertThat(floor.count("select count(*) from collection_draft")).isZero();
  }

  /** Saves, and is at another account. */
  private static void next(Page page, Set<String> seen) {
    String before = page.url();
    page.keyboard().press("Enter");
    try {
      page.waitForURL(url -> url.contains("/queue/work/") && !url.equals(before));
    } catch (com.microsoft.playwright.TimeoutError e) {
      throw new AssertionError(page.url() + " " + page.textContent("main"), e);
    }
    page.waitForLoadState();
    assertThat(seen.add(page.url())).as("another account than before").isTrue();
  }

  private static void check(Visit visit, String name) {
    visit.picture(name).fits().isAccessible().isWithoutComplaint();
  }
}
