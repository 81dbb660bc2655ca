package org.openrcm.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.BooksByHand;
import org.openrcm.ServerTest;
import org.openrcm.TestFiles;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;

/** The pages as people meet them: in a browser. */
@ServerTest
class BrowserTest {
  private static final Path SAMPLE = Path.of("samples", "family-practice.835");

  @Autowired private TestUsers users;
  @Autowired private BooksByHand books;
  private UUID practice;

  @BeforeEach
  void aPractice() {
    practice = users.practice("Larkfield");
  }

  private Visit visit() {
    return new Visit(users, Visit.Screen.LIGHT);
  }

  private TestUsers.Person everybody() {
    return users.person(practice, Role.POSTER, Role.MANAGER, Role.COMPLIANCE, Role.ADMINISTRATOR);
  }

  @Test
  void aWrongPasswordIsSaidAndTheRightOneWithACodeLetsIn() {
    TestUsers.Person person = users.person(practice, Role.POSTER);
    try (Visit visit = visit()) {
      Page page = visit.open("/files").page();
      assertThat(page).hasURL(url("/sign-in"));
      page.fill("input[name=email]", person.email());
      page.fill("input[name=password]", "not this one");
      page.click("button.primary");
      assertThat(page.locator("[role=alert]")).isVisible();
      assertThat(page.locator("input[name=email]")).hasValue(person.email());
      visit.forgiving().picture("sign-in-refused");
      page.fill("input[name=password]", TestUsers.PASSWORD);
      page.click("button.primary");
      assertThat(page).hasURL(url("/sign-in/code"));
      visit.picture("sign-in-code");
      page.fill("input[name=code]", users.code(person));
      page.keyboard().press("Enter");
      assertThat(page).hasURL(url("/files"));
      page.click("summary:has-text('" + person.name() + "')");
      page.click("text=Sign out");
      assertThat(page).hasURL(java.util.regex.Pattern.compile("/sign-in"));
      visit.isWithoutComplaint();
    }
  }

  private String url(String path) {
    return users.address().resolve(path).toString();
  }

  @Test
  void theNavigationShowsWhatARoleMayOpen() {
    try (Visit visit = visit().signIn(users.person(practice, Role.COMPLIANCE))) {
      assertThat(visit.page().locator("nav.places a"))
          .hasText(new String[] {"Home", "Disclosures", "Audit"});
      visit.isWithoutComplaint();
    }
    try (Visit visit = visit().signIn(users.person(practice, Role.POSTER))) {
      assertThat(visit.page().locator("nav.places a"))
          .hasText(
              new String[] {
                "Home",
                "Files",
                "Claims",
                "Remittances",
                "Posting",
                "Ledger",
                "Accounts",
                "Payments"
              });
      visit.isWithoutComplaint();
    }
  }

  @Test
  void keysLeadToPagesAndTheirListIsAQuestionMarkAway() {
    try (Visit visit = visit().signIn(everybody())) {
      Page page = visit.page();
      page.keyboard().press("?");
      assertThat(page.locator("dialog#keys")).isVisible();
      page.keyboard().press("Escape");
      assertThat(page.locator("dialog#keys")).isHidden();
      page.keyboard().press("g");
      page.keyboard().press("a");
      page.waitForURL("**/audit");
      page.keyboard().press("/");
      assertThat(page.locator("input#who")).isFocused();
      page.keyboard().type("j?g");
      assertThat(page.locator("input#who")).hasValue("j?g");
      visit.isWithoutComplaint();
    }
  }

  /** WCAG 2.2, 2.1.4. */
  @Test
  void whoDictatesTurnsTheKeysOff() {
    try (Visit visit = visit().signIn(users.person(practice, Role.COLLECTOR, Role.COMPLIANCE))) {
      Page page = visit.page();
      assertThat(page.locator("main [data-key] kbd")).isVisible();
      page.keyboard().press("?");
      visit.picture("keys").isAccessible();
      page.locator("dialog#keys input").uncheck();
      page.keyboard().press("Escape");
      visit.open("/audit");
      for (String key : "?gh/j".split("")) {
        page.keyboard().press(key);
      }
      assertThat(page.locator("dialog#keys")).isHidden();
      assertThat(page.locator("body")).isFocused();
      assertThat(page).hasURL(url("/audit"));
      visit.open("/");
      assertThat(page.locator("main [data-key] kbd")).isHidden();

      page.click("summary:has-text('You:')");
      page.click("text=Keyboard shortcuts");
      page.locator("dialog#keys input").check();
      page.keyboard().press("Escape");
      page.keyboard().press("g");
      page.keyboard().press("a");
      page.waitForURL("**/audit");
      visit.isWithoutComplaint();
    }
  }

  @Test
  void aFileChosenIsReadWhileOneWatchesAndLeadsToItsSegments() {
    try (Visit visit = visit().signIn(everybody()).open("/files").picture("files-none")) {
      Page page = visit.page();
      page.setInputFiles("input[type=file]", SAMPLE);
      page.click("text=Upload files");
      assertThat(page.locator("#files tr")).hasCount(1);
      assertThat(page.locator("#files .state")).hasText("Loaded");
      visit.picture("files");
      page.locator("#files .row-link").focus();
      page.keyboard().press("Enter");
      assertThat(page).hasTitle("family-practice.835 · OpenRCM");
      visit.picture("file");
      page.click("text=Show segments");
      assertThat(page.locator("ol.raw > li").first()).containsText("ISA");
      visit.picture("segments").isWithoutComplaint();
    }
  }

  @Test
  void everyFigureOfARemittanceLeadsToItsSegment() {
    new TestFiles(users, practice).sample("family-practice.835");
    try (Visit visit = visit().signIn(everybody()).open("/remittances")) {
      Page page = visit.page();
      page.keyboard().press("j");
      page.keyboard().press("Enter");
      assertThat(page).hasTitle(java.util.regex.Pattern.compile("30048102"));
      visit.picture("remittance-of-a-check");
      // the copay of the third claim: CAS*PR*3*30
      page.locator("#claim-3 td.money a", new Page.LocatorOptions().setHasText("30.00")).click();
      assertThat(page.locator("ol.raw > li[aria-current=true]")).containsText("CAS*PR*3*30");
      visit.picture("segment-of-a-figure");
      page.goBack();
      page.locator("#claim-3 td.money a", new Page.LocatorOptions().setHasText("98.90")).click();
      assertThat(page.locator("ol.raw > li[aria-current=true]")).containsText("CLP*LFP-1203");
      visit.isWithoutComplaint();
    }
  }

  @Test
  void everyFigureOfTheLedgerLeadsToItsLinesItsEntryAndItsSegment() {
    books.backdate(books.post(practice));
    try (Visit visit = visit().signIn(everybody())) {
      Page page = visit.page();
      page.keyboard().press("g");
      page.keyboard().press("l");
      assertThat(page).hasTitle("Ledger · OpenRCM");
      assertThat(page.locator("main")).containsText("The books balance");
      visit.picture("ledger-trial-balance");
      page.click("text=Contractual adjustment");
      assertThat(page).hasTitle("Contractual adjustment · OpenRCM");
      visit.picture("ledger-lines");
      // a title is there before its page is
      assertThat(page.locator("#lines .row-link")).hasCount(3);
      // the latest is what took the second discount back; the first discount is the last line
      page.locator("#lines .row-link").last().focus();
      page.keyboard().press("Enter");
      assertThat(page.locator("h1")).containsText("Entry");
      assertThat(page.locator("a.quote mark", new Page.LocatorOptions().setHasText("80")))
          .hasCount(1);
      visit.picture("ledger-entry");
      page.locator("a.quote", new Page.LocatorOptions().setHasText("CAS*CO*45*20")).click();
      assertThat(page.locator("ol.raw > li[aria-current=true]")).containsText("CAS*CO*45*20");
      visit.picture("ledger-segment").isWithoutComplaint();
    }
  }

  @Test
  void aFileDroppedAnywhereOnThePageIsTakenIn() throws IOException {
    try (Visit visit = visit().signIn(users.person(practice, Role.POSTER)).open("/files")) {
      Page page = visit.page();
      page.evaluate(
          "text => {"
              + " const files = new DataTransfer();"
              + " files.items.add(new File([text], 'dropped.835'));"
              + " for (const kind of ['dragenter', 'dragover', 'drop']) {"
              + "  document.querySelector('h1').dispatchEvent("
              + "   new DragEvent(kind, {dataTransfer: files, bubbles: true, cancelable: true}));"
              + " }}",
          Files.readString(SAMPLE));
      assertThat(page.locator("#files .row-link")).hasText("dropped.835");
      assertThat(page.locator("#files .state")).hasText("Loaded");
      visit.isWithoutComplaint();
    }
  }

  @Test
  void anErrorPageSaysWhatToDoAndByWhatIdItIsOnRecord() {
    try (Visit visit = visit().signIn(users.person(practice, Role.POSTER))) {
      Page page = visit.page();
      String id = page.navigate("/remittances/" + UUID.randomUUID()).headers().get("x-request-id");
      assertThat(page).hasTitle("There is nothing here · OpenRCM");
      assertThat(page.locator("main")).containsText(id);
      page.navigate("/audit");
      assertThat(page).hasTitle("This is not open to you · OpenRCM");
      visit.picture("error").fits().isAccessible();
    }
  }
}
