package org.openrcm.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.HttpCookie;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.MadeUpClaims;
import org.openrcm.ServerTest;
import org.openrcm.TestUsers;
import org.openrcm.portal.Letters;
import org.openrcm.portal.PatientStory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A patient at their own pages. */
@ServerTest
class PortalPagesTest {
  private static final String NAME =
      "W".repeat(60) + "*\u0130\u011fne\u0141\u00f3d\u017a\u03a9\u042f";

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  private PatientStory story;

  @BeforeEach
  void aPatient() {
    story = new PatientStory(server);
  }

  /** With a sign-in of her own, open. */
  private Visit holder(Visit.Screen screen) {
    HttpCookie session = story.patient().cookie().orElseThrow();
    return new Visit(users, screen).with(session.getName(), session.getValue());
  }

  /** With the letter in hand: types what stands on it. */
  private Visit guest(Visit.Screen screen, Letters.Letter letter) {
    Visit visit = new Visit(users, screen).open("/my/sign-in");
    Page page = visit.page();
    page.fill("#code", letter.code().toLowerCase(Locale.ROOT));
    page.fill("#month", String.valueOf(letter.born().getMonthValue()));
    page.fill("#day", String.valueOf(letter.born().getDayOfMonth()));
    page.fill("#year", String.valueOf(letter.born().getYear()));
    page.keyboard().press("Enter");
    page.waitForURL("**/my");
    return visit;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void check(Visit visit, String name) {
    visit.isRightOnEveryScreen(name);
  }

  @Test
  void aBillIsReadPaidByCardAndAReceiptPrintedAndNothingIsOwed() {
    assertThat(story.bills.paper(story.account).owed()).isEqualTo(PatientStory.OWED);
    try (Visit visit = guest(Visit.Screen.LIGHT, story.letter())) {
      Page page = visit.page();
      assertThat(page.locator("h1")).hasText("You owe " + PatientStory.OWED);
      visit.picture("portal-home");
      page.locator("article.my-visit h3 a").first().click();
      assertThat(page.locator("main")).containsText("Why $37.48?");
      visit.picture("portal-visit");
      link(page, "Pay for this visit").click();
      assertThat(page.locator("input[name=visit]").first()).isChecked();
      // a part of it first, and too much
      page.check("input[value=part]");
      page.fill("#amount", "500");
      button(page, "Go on to the card page").click();
      assertThat(page.locator("#amount-error")).containsText("You owe " + PatientStory.OWED);
      assertThat(page.locator("#amount")).hasValue("500");
      check(visit.forgiving(), "portal-pay-refused");
      page.fill("#amount", "69.98");
      button(page, "Go on to the card page").click();
      page.waitForURL("**/test-gateway/**");
      button(page, "Decline the card").click();
      button(page, "Pay").click();
      page.waitForURL("**/my/pay/done?card=*");
      assertThat(page.locator("#coming")).containsText("Thank you. You paid $69.98.");
      assertThat(page.locator("#coming")).containsText("You still owe $100.00.");
      visit.open("/my");
      link(page, "Pay $100.00").click();
      button(page, "Go on to the card page").dblclick();
      page.waitForURL("**/test-gateway/**");
      button(page, "Pay").click();
      assertThat(page.locator("#coming")).containsText("You owe nothing now.");
      check(visit, "portal-paid");
      link(page, "Receipt").click();
      assertThat(page.locator("main")).containsText("Larkmoor Family Practice");
      assertThat(page.locator("main")).containsText("$100.00");
      assertThat(button(page, "Print")).isVisible();
      check(visit, "portal-receipt");
      visit.open("/my");
      assertThat(page.locator("h1")).hasText("You owe nothing. Thank you.");
      assertThat(page.locator("section[aria-labelledby=payments] li")).hasCount(2);
      check(visit, "portal-home-paid");
    }
  }

  @Test
  void twoClicksWithinOneTaskPayOnce() {
    try (Visit visit = holder(Visit.Screen.NARROW).open("/my/pay")) {
      Page page = visit.page();
      visit.clickTwice(button(page, "Go on to the card page"));
      page.waitForURL("**/test-gateway/**");
      visit.clickTwice(button(page, "Pay"));
      page.waitForURL("**/my/pay/done?card=*");
      assertThat(page.locator("#coming")).containsText("Thank you. You paid $169.98.");
      story.books.settled();
      visit.open("/my");
      assertThat(page.locator("h1")).hasText("You owe nothing. Thank you.");
      assertThat(page.locator("section[aria-labelledby=payments] li")).hasCount(1);
    }
    assertThat(story.books.count("select count(*) from payment_checkout")).isEqualTo(1);
    assertThat(story.books.count("select count(*) from patient_payment")).isEqualTo(1);
  }

  @Test
  void everyPageIsAccessibleInBothLanguagesOnEveryScreen() {
    UUID claim = story.bills.claim("LFP-6011");
    for (String language : List.of("en", "es")) {
      try (Visit visit = holder(Visit.Screen.LIGHT).open("/my")) {
        if (language.equals("es")) {
          button(visit.page(), "Espa\u00f1ol").click();
          assertThat(visit.page().locator("h1")).hasText("Usted debe " + PatientStory.OWED);
        }
        check(visit, "portal-" + language + "-home");
        assertThat(visit.page().locator("html")).hasAttribute("lang", language);
        check(visit.open("/my/visits/" + claim), "portal-" + language + "-visit");
        for (String path :
            List.of("statements", "pay", "plan", "dispute", "help", "settings", "record")) {
          check(visit.open("/my/" + path), "portal-" + language + "-" + path);
        }
      }
    }
  }

  @Test
  void aPlanADisputeAndHelpAreAskedForByKeyboardAlone() {
    try (Visit visit = holder(Visit.Screen.NARROW).open("/my")) {
      Page page = visit.page();
      page.keyboard().press("Tab");
      assertThat(page.locator(".skip")).isFocused();
      page.keyboard().press("Enter");
      follow(page, "Pay in parts");
      press(page, "input[name=parts]:checked");
      page.keyboard().press("ArrowDown");
      page.keyboard().press("Enter");
      assertThat(page.locator(".my-note.good")).containsText("Your plan has started.");
      assertThat(page.locator(".my-parts li")).hasCount(4);
      check(visit, "portal-plan-running");
      visit.on(Visit.Screen.NARROW);
      press(page, "button:has-text('End this plan')");
      page.keyboard().press("Enter");
      assertThat(page.locator(".my-note.good")).containsText("Your plan has ended.");

      visit.open("/my/dispute");
      press(page, "button:has-text('Send')");
      page.keyboard().press("Enter");
      assertThat(page.locator("[role=alert]")).containsText("Choose what is wrong.");
      check(visit.forgiving(), "portal-dispute-refused");
      visit.on(Visit.Screen.NARROW);
      page.selectOption("#about", story.bills.claim("LFP-6011") + ".2");
      press(page, "input[value='not.mine']");
      page.keyboard().press("Space");
      press(page, "#words");
      page.keyboard().type("I was at home that day.");
      press(page, "button:has-text('Send')");
      page.keyboard().press("Enter");
      assertThat(page.locator(".my-note.good")).containsText("You do not have to pay this part");
      assertThat(page.locator(".my-words")).hasText("I was at home that day.");
      check(visit, "portal-visit-disputed");
      check(visit.open("/my"), "portal-home-disputed");
      visit.on(Visit.Screen.NARROW).open("/my/help");
      press(page, "#people");
      page.keyboard().type("3");
      page.keyboard().press("Enter");
      assertThat(page.locator("main")).containsText("You asked for help on");
      check(visit, "portal-help-asked");
      check(visit.open("/my"), "portal-home-help");
    }
  }

  /** Goes on by Tab until this is in focus, as somebody does without a mouse. */
  private static void press(Page page, String selector) {
    Locator wanted = page.locator(selector).first();
    for (int i = 0; i < 80; i++) {
      if (Boolean.TRUE.equals(wanted.evaluate("node => node === document.activeElement"))) {
        return;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError("Tab does not lead to " + selector);
  }

  private static void follow(Page page, String link) {
    press(page, "a:has-text('" + link + "')");
    page.keyboard().press("Enter");
  }

  @Test
  void namesOfAnyScriptAndTwoHundredLinesFit() {
    story.books.load("many.837", many().getBytes(StandardCharsets.UTF_8));
    story.books.load("paid.835", manyPaid().getBytes(StandardCharsets.UTF_8));
    story.books.postAll();
    long account = story.bills.account("MANY-1");
    story.bills.send(account);
    Letters.Letter letter = story.letter(account, LocalDate.of(1980, 1, 1));
    try (Visit visit = guest(Visit.Screen.LIGHT, letter)) {
      check(visit.open("/my"), "portal-home-long-name");
      check(visit.open("/my/visits/" + story.bills.claim("MANY-1")), "portal-visit-200-lines");
      assertThat(visit.page().locator(".my-lines > li")).hasCount(200);
    }
  }

  /** A claim of 200 lines for somebody with the longest of names. */
  private static String many() {
    String one = MadeUpClaims.of("MANY", 1);
    String line = "LX*1~\nSV1*HC:99213*120*UN*1***1~\nDTP*472*D8*20260224~\nREF*6R*MANY-1-1~\n";
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 200; i++) {
      lines.append(
          line.replace("LX*1", "LX*" + i)
              .replace("99213*120", "99213*1")
              .replace("MANY-1-1", "MANY-1-" + i));
    }
    return one.replace(line, lines.toString())
        .replace("CLM*MANY-1*120", "CLM*MANY-1*200")
        .replace("QUILLBY*TANSY", NAME)
        .replace("SE*24*", "SE*" + (24 + 199 * 4) + "*");
  }

  /** The insurer leaves a part of each line to the patient. */
  private static String manyPaid() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        ISA*00*          *00*          *ZZ*BFERN          *ZZ*LARKMOOR       *260323*0615*^*00501\
        *000050990*0*T*:~
        GS*HP*BFERN*LARKMOOR*20260323*0615*50990*X*005010X221A1~
        ST*835*0001~
        BPR*I*100*C*ACH*CCP*01*990000110*DA*70012001*1890000101**01*990000220*DA*55501001*20260323~
        TRN*1*BF269901*1890000101~
        N1*PR*BLUEFERN HEALTH PLAN~
        N3*100 HERON WAY~
        N4*MILLHOLT*OH*439990001~
        PER*BL*ERA DESK*TE*8005550101~
        N1*PE*LARKMOOR FAMILY PRACTICE*XX*2400102010~
        REF*TJ*890000701~
        LX*1~
        CLP*MANY-1*1*200*100*100*12*BF266990A*11*1~
        NM1*QC*1*%s*MI*BFHMANY1~
        """
            .formatted(NAME + "*MANY**"));
    for (int i = 1; i <= 200; i++) {
      text.append("SVC*HC:99213*1*.5**1~\nDTM*472*20260224~\nCAS*PR*2*.5~\nREF*6R*MANY-1-" + i);
      text.append("~\n");
    }
    return text.append("SE*%d*0001~\nGE*1*50990~\nIEA*1*000050990~\n".formatted(14 + 800))
        .toString();
  }
}
