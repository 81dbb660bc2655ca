package org.openrcm.collections;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.MovableClock;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.openrcm.money.Money;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;

/** What the work screen does with what is wrong, sent twice, too late, or taken back. */
@ServerTest
@Import(MovableClock.InServer.class)
class WorkTest {
  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private MovableClock clock;

  private CollectorsFloor floor;
  private TestSession collector;

  @BeforeEach
  void aFloor() {
    CollectorsFloor.moveTo(clock, CollectorsFloor.NOON);
    floor = CollectorsFloor.open(server, 2);
    collector = users.signedIn(floor.practice(), Role.COLLECTOR);
  }

  private String take() {
    return take("/queue/next");
  }

  private String take(String way) {
    return URI.create(collector.post(way).headers().firstValue("Location").orElseThrow()).getPath();
  }

  private HttpResponse<String> save(String work, String... fields) {
    return send(work, floor.id(floor.held()).toString(), UUID.randomUUID().toString(), fields);
  }

  private HttpResponse<String> send(String work, String account, String key, String... fields) {
    List<String> all = new ArrayList<>(List.of("key", key, "account", account));
    all.addAll(Arrays.asList(fields));
    return collector.post(work, all.toArray(String[]::new));
  }

  private void refused(HttpResponse<String> answer, Refused.Reason reason, String field) {
    refused(answer, reason.words(), field);
  }

  private static void refused(HttpResponse<String> answer, String words, String field) {
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("href=\"#" + field + "\"")
        .contains(words.replace("'", "&#39;"));
  }

  @Test
  void whatBreaksARuleIsSaidAtItsFieldAndKeepsWhatWasTyped() {
    String work = take();
    String today = floor.today().toString();
    String yesterday = floor.today().minusDays(1).toString();
    HttpResponse<String> past =
        save(work, "act", "promise", "amount", "10", "day", yesterday, "note", "Said Friday");
    refused(past, Refused.Reason.PROMISE_IN_THE_PAST, "day");
    assertThat(past.body()).contains("Said Friday").contains("value=\"" + yesterday + "\"");
    refused(
        save(work, "act", "promise", "amount", "30.01", "day", today),
        Refused.Reason.PROMISE_ABOVE_OWED,
        "amount");
    refused(
        save(work, "act", "plan", "amount", "31", "instalments", "3", "first", today),
        "A plan cannot be for more than is owed.",
        "amount");
    refused(
        save(work, "act", "plan", "amount", "30", "instalments", "5", "first", today),
        "at most four instalments",
        "instalments");
    refused(
        save(work, "act", "dispute", "visit", UUID.randomUUID().toString()),
        Refused.Reason.NO_SUCH_VISIT,
        "visit");
    refused(save(work, "act", "snooze", "until", today), Refused.Reason.SNOOZE_NOT_LATER, "until");
    refused(save(work, "act", "transfer", "to", ""), Refused.Reason.NO_SUCH_COLLECTOR, "to");
    refused(save(work, "act", "note"), Refused.Reason.NOTE_NEEDED, "note");
    HttpResponse<String> card = save(work, "act", "note", "note", "4111 1111 1111 1111");
    refused(card, Refused.Reason.CARD_NUMBER, "note");
    assertThat(card.body()).doesNotContain("4111 1111");
    collector.post(
        "/queue/drafts/" + floor.id(floor.held()), "act", "note", "note", "4111 1111 1111 1111");
    assertThat(floor.text("select form::text from collection_draft")).doesNotContain("4111 1111");
    refused(save(work), Refused.Reason.NO_ACT, "acts");
    assertThat(floor.count("select count(*) from contact")).isZero();
    assertThat(floor.count("select count(*) from collection_promise")).isZero();
  }

  @Test
  void aChildIsNotSpokenWith() {
    String child = "speak with a parent or guardian";
    String work = take();
    assertThat(collector.get(work).body()).doesNotContain(child);
    floor.isBorn(floor.held(), floor.today().minusYears(18).plusDays(1));
    assertThat(collector.get(work).body()).contains(child);
    UUID account = floor.id(floor.held());
    assertThat(collector.get("/accounts/" + account + "/contact").body())
        .contains("Speak and write to a parent or guardian");
    assertThat(collector.get("/accounts/" + account + "/who").body())
        .contains("parent or guardian.")
        .doesNotContain("The patient pays");
    floor.isBorn(floor.held(), floor.today().minusYears(18));
    assertThat(collector.get(work).body()).doesNotContain(child);
  }

  @Test
  void aVisitThatIsDisputedIsNotAskedFor() {
    String work = take();
    long held = floor.held();
    String visit =
        floor.text("select claim_id::text from account_claim where account_number = " + held);
    assertThat(save(work, "act", "dispute", "visit", visit, "note", "Not me").statusCode())
        .isEqualTo(302);
    floor.settled();
    Entry entry = floor.entry(held);
    assertThat(entry.owed()).isEqualTo(Money.ZERO);
    assertThat(entry.state()).isEqualTo(Entry.State.OUT);
    assertThat(
            floor.count(
                "select count(*) from account_flag where claim_number is not null and kind = 'DISPUTE'"))
        .isEqualTo(1);
  }

  @Test
  void c23OfSeveralVisitsTheOneThatIsDisputedIsNotAskedForAndTheRestIs() {
    floor = CollectorsFloor.ofVisits(server, 2);
    long account = floor.account(1);
    floor.pays(account, "10");
    floor.settled();
    collector = users.signedIn(floor.practice(), Role.COLLECTOR);
    String work = take();
    assertThat(header(collector.get(work).body())).contains("$50.00");
    String visit =
        floor.text(
            """
            select c.claim_id::text from account_claim c
            join journal_line l on l.claim_number = c.claim_number
            where l.account = 'PATIENT_RECEIVABLE'
            group by c.claim_id having sum(l.amount_cents) = 2000
            """);
    assertThat(save(work, "act", "dispute", "visit", visit, "note", "Not me").statusCode())
        .isEqualTo(302);
    floor.settled();
    Entry entry = floor.entry(account);
    assertThat(entry.owed()).isEqualTo(Money.of("30"));
    assertThat(entry.reasons()).isEmpty();
    assertThat(entry.state()).as("it rests, and is not out").isEqualTo(Entry.State.SNOOZED);
    String again = take("/queue/entries/" + floor.id(account) + "/take");
    assertThat(floor.held()).isEqualTo(account);
    String page = collector.get(again).body();
    assertThat(header(page)).contains("$30.00").doesNotContain("$50.00", "$20.00");
    String owed = page.substring(page.indexOf("aria-labelledby=\"owed\""));
    owed = owed.substring(0, owed.indexOf("</section>"));
    assertThat(owed.split("Not to be spoken of now"))
        .hasSize(2)
        .satisfies(parts -> assertThat(parts[0]).contains("$30.00").doesNotContain("20.00"))
        .satisfies(parts -> assertThat(parts[1]).contains("($20.00)"));
    String day = floor.today().plusDays(3).toString();
    refused(
        save(again, "act", "promise", "amount", "30.01", "day", day),
        Refused.Reason.PROMISE_ABOVE_OWED,
        "amount");
    refused(
        save(again, "act", "plan", "amount", "30.01", "instalments", "2", "first", day),
        "A plan cannot be for more than is owed.",
        "amount");
    assertThat(save(again, "act", "promise", "amount", "30", "day", day).statusCode())
        .isEqualTo(302);
  }

  /** What the screen says at its top, of the account as a whole. */
  private static String header(String page) {
    return page.substring(page.indexOf("<h1"), page.indexOf("class=\"desk\""));
  }

  @Test
  void c19WhoMustSendAValidationNoticeSeesItsPeriodAndNobodyElseDoes() {
    String work = take();
    String account = "/accounts/" + floor.id(floor.held());
    String sent = floor.today().toString();
    collector.post(account + "/notices", "kind", "validation-sent", "on", sent);
    assertThat(collector.get(work).body()).doesNotContain("Validation period runs");
    assertThat(collector.get(account + "/contact").body()).doesNotContain("Validation period runs");
    users
        .signedIn(floor.practice(), Role.MANAGER)
        .post(
            "/contact/policy",
            "role",
            "THIRD_PARTY",
            "zone",
            "America/New_York",
            "agent",
            "Plumtree Recovery");
    for (String page : List.of(work, account + "/contact")) {
      assertThat(collector.get(page).body())
          .containsPattern("Validation period runs</span>\\s+To [^:]+: sent [^,]+, [0-9]+, taken")
          .contains("(REG_F C19, C20)");
    }
  }

  @Test
  void aFormThatIsSentTwiceHasOneEffect() {
    String work = take();
    String account = floor.id(floor.held()).toString();
    String key = UUID.randomUUID().toString();
    String day = floor.today().plusDays(3).toString();
    for (int i = 0; i < 2; i++) {
      assertThat(
              send(work, account, key, "act", "promise", "amount", "10", "day", day).statusCode())
          .isEqualTo(302);
    }
    assertThat(floor.count("select count(*) from collection_promise")).isEqualTo(1);
    assertThat(floor.count("select count(*) from contact")).isEqualTo(1);
  }

  @Test
  void whatComesTooLateIsRefusedInWordsAndKept() {
    String work = take();
    String account = floor.id(floor.held()).toString();
    assertThat(collector.post(work + "/state", "active", "1").body()).contains("Yours until");
    clock.move(Duration.ofMinutes(11));
    assertThat(collector.post(work + "/state", "account", account).body())
        .contains("You do not hold this account any more", "/queue/drafts/" + account);
    HttpResponse<String> late =
        send(work, account, UUID.randomUUID().toString(), "act", "spoke", "note", "Pays on Monday");
    String draft = URI.create(late.headers().firstValue("Location").orElseThrow()).getPath();
    assertThat(draft).isEqualTo("/queue/drafts/" + account);
    assertThat(collector.get(draft).body()).contains("Pays on Monday", "Take it again");
    // what is not right is kept like what is
    HttpResponse<String> unsure =
        send(work, account, UUID.randomUUID().toString(), "act", "promise", "amount", "some");
    assertThat(URI.create(unsure.headers().firstValue("Location").orElseThrow()).getPath())
        .isEqualTo(draft);
    assertThat(collector.get(draft).body()).contains("some");
    send(work, account, UUID.randomUUID().toString(), "act", "spoke", "note", "Pays on Monday");
    assertThat(floor.count("select count(*) from contact")).isZero();
    String again =
        URI.create(
                collector
                    .post("/queue/entries/" + account + "/take")
                    .headers()
                    .firstValue("Location")
                    .orElseThrow())
            .getPath();
    assertThat(again).startsWith("/queue/work/").isNotEqualTo(work);
    assertThat(collector.get(again).body()).contains("Pays on Monday", "is here again");
    save(again, "act", "spoke", "note", "Pays on Monday");
    assertThat(floor.count("select count(*) from collection_draft")).isZero();
  }

  @Test
  void whatIsTypedIsKeptAsItIsTypedAndComesBackInAnotherBrowser() {
    TestUsers.Person person = floor.collector();
    collector = users.signIn(person);
    String work = take();
    String account = floor.id(floor.held()).toString();
    String kept =
        collector
            .post(
                "/queue/drafts/" + account,
                "lease",
                work.replaceAll(".*/", ""),
                "act",
                "plan",
                "amount",
                "2",
                "note",
                "half a sent")
            .body();
    assertThat(kept).contains("Kept.", "Yours until");
    collector = users.signIn(person);
    assertThat(take()).as("the same account").isEqualTo(work);
    assertThat(collector.get(work).body()).contains("half a sent", "is here again");
  }

  @Test
  void whatWasDoneByMistakeIsUndone() {
    for (String act : List.of("promise", "assistance", "snooze")) {
      String work = take();
      long held = floor.held();
      String account = floor.id(held).toString();
      String day = floor.today().plusDays(5).toString();
      save(work, "act", act, "amount", "10", "day", day, "until", day, "note", "by mistake");
      floor.settled();
      assertThat(floor.entry(held).state()).as(act).isNotEqualTo(Entry.State.WAITING);
      long step =
          floor.count("select max(number) from collection_step where idempotency_key is not null");
      collector.post("/queue/entries/" + account + "/undo/" + step);
      floor.settled();
      assertThat(floor.entry(held).state()).as(act).isEqualTo(Entry.State.WAITING);
      String next = take();
      collector.post(next + "/put-back");
    }
  }

  @Test
  void aNumberAndAnAddressThatDisagreeAreRightInBothZonesAndItIsSaid() {
    // New York's number, an address in California: nine in the evening there is six here
    floor.areAt("2125550142", "CA", "90012");
    String page = collector.get(take()).body();
    assertThat(page)
        .contains("are in different time zones")
        .containsPattern("Yes, until [^<]*New York[^<]*Los Angeles");
    // nine in the morning in New York is six in Los Angeles
    CollectorsFloor.moveTo(clock, java.time.LocalTime.of(14, 0));
    collector = users.signedIn(floor.practice(), Role.COLLECTOR);
    String early = collector.get(take()).body();
    assertThat(early).containsPattern("No, from [^<]*Los Angeles");
    assertThat(early).contains("C5");
  }
}
