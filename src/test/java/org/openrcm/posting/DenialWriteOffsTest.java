package org.openrcm.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Denials that are given up: what the books are then, and when the insurer changes its mind. */
@ServerTest
class DenialWriteOffsTest {
  @Autowired private ApplicationContext server;
  @Autowired private DenialWriteOffs writeOffs;
  @Autowired private DenialList list;
  @Autowired private Posting posting;
  @Autowired private TestUsers users;
  private TestBooks books;
  private Actor biller;
  private Actor manager;

  @BeforeEach
  void aPractice() {
    books = new TestBooks(server);
    biller = somebody(Role.BILLER);
    manager = somebody(Role.MANAGER);
  }

  private Actor somebody(Role role) {
    return new Actor(
        Actor.Kind.STAFF,
        UUID.randomUUID(),
        role.code(),
        Set.of(role.code()),
        books.practice,
        Actor.PAYMENT,
        null,
        "test");
  }

  private void tell(String story) {
    books.loadCase(story);
    books.postAll();
  }

  private static String ledgerOf(String story) throws IOException {
    return Files.readString(Path.of("src/test/resources/cases-posting", story, "ledger.tsv"));
  }

  private List<Denial.Shown> shown(String kind) {
    DenialFilter filter = DenialFilter.of(Map.of("view", "items", "kind", kind));
    return books.ask(() -> list.items(filter, "", 50)).rows().rows();
  }

  private List<DenialWriteOffs.Chosen> all(String kind) {
    return shown(kind).stream()
        .map(row -> row.denial().choice())
        .filter(choice -> !choice.isEmpty())
        .map(DenialWriteOffs.Chosen::of)
        .toList();
  }

  private void writeOff(Actor who, Collection<DenialWriteOffs.Chosen> chosen) {
    who.run(() -> writeOffs.writeOff(chosen, "Too late"));
  }

  private static void refuses(Refused.Why why, ThrowingCallable verb) {
    assertThatThrownBy(verb)
        .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.why()).isEqualTo(why));
  }

  @Test
  void whatIsWrittenOffIsToBeWorkedNoMoreUntilThatIsUndone() throws IOException {
    tell("one-line-denied");
    writeOff(biller, all(""));
    // the accounts come in the order of their names
    assertThat(books.balances())
        .isEqualTo(
            ledgerOf("one-line-denied").replace("DENIED_PENDING_REVIEW", "DENIAL_WRITE_OFF"));
    assertThat(shown("")).isEmpty();
    assertThat(shown("written-off"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.denial().kind()).isEqualTo("Written off");
              assertThat(row.denial().code()).isEqualTo("CO-50");
              assertThat(row.denial().cents()).isEqualTo(5000);
            });
    UUID check = books.checks("POSTED").get(0);
    assertThat(books.preview(check)).isEqualTo(books.whatItBrought(check));
    biller.run(() -> writeOffs.undo(all("written-off")));
    assertThat(books.balances()).isEqualTo(ledgerOf("one-line-denied"));
    assertThat(shown("written-off")).isEmpty();
  }

  @Test
  void anInsurerThatPaysAfterAllTakesTheDenialBackAndNothingIsGivenUp() throws IOException {
    tell("denied-then-paid");
    UUID second = books.checks("POSTED").get(1);
    books.run(() -> posting.undo(second));
    books.settled();
    writeOff(manager, all(""));
    assertThat(books.balances()).contains("DENIAL_WRITE_OFF").doesNotContain("DENIED_PENDING");
    books.run(() -> posting.post(second, List.of()));
    books.settled();
    assertThat(books.balances()).isEqualTo(ledgerOf("denied-then-paid"));
    assertThat(shown("written-off")).isEmpty();
    // the check that pays was a mistake: the decision about the denial still holds
    books.run(() -> posting.undo(second));
    books.settled();
    assertThat(shown("written-off")).hasSize(1);
    books.undoAll();
    assertThat(books.balances()).doesNotContain("DENIAL_WRITE_OFF");
  }

  @Test
  void nobodyWritesOffMoreThanTheyMayAndOfSeveralThenNone() {
    tell("one-line-denied");
    tell("denied-then-paid");
    books.run(() -> posting.undo(books.checks("POSTED").get(2)));
    books.settled();
    List<DenialWriteOffs.Chosen> both = all("");
    assertThat(both).hasSize(2);
    refuses(Refused.Why.ABOVE_LIMIT, () -> writeOff(biller, both));
    refuses(Refused.Why.ABOVE_LIMIT, () -> writeOff(somebody(Role.POSTER), both));
    assertThat(shown("written-off")).isEmpty();
    writeOff(manager, both);
    assertThat(shown("written-off")).hasSize(2);
    refuses(Refused.Why.ABOVE_LIMIT, () -> biller.run(() -> writeOffs.undo(both)));
    manager.run(() -> writeOffs.undo(both));
    assertThat(shown("")).hasSize(2);
  }

  @Test
  void whatIsNotThereIsRefused() {
    tell("one-line-denied");
    tell("reduced-by-the-payer");
    List<DenialWriteOffs.Chosen> denials = all("");
    assertThat(shown("")).as("a reduction cannot be chosen").hasSize(2);
    assertThat(denials).hasSize(1);
    refuses(Refused.Why.NONE_CHOSEN, () -> writeOff(biller, List.of()));
    refuses(Refused.Why.NOTE_NEEDED, () -> biller.run(() -> writeOffs.writeOff(denials, " ")));
    refuses(Refused.Why.DENIAL_GONE, () -> biller.run(() -> writeOffs.undo(denials)));
    for (String choice : List.of("", "1", "1-1", "x-1-1 CO-50", "1-1-1 CO-50'", "9-9-9 CO-1 ")) {
      refuses(Refused.Why.DENIAL_GONE, () -> DenialWriteOffs.Chosen.of(choice));
    }
    refuses(
        Refused.Why.DENIAL_GONE,
        () -> writeOff(biller, List.of(DenialWriteOffs.Chosen.of("987654-1-1 CO-50"))));
    TestBooks others = new TestBooks(server);
    Actor stranger =
        new Actor(
            Actor.Kind.STAFF,
            UUID.randomUUID(),
            "x",
            Set.of("manager"),
            others.practice,
            Actor.PAYMENT,
            null,
            "test");
    refuses(Refused.Why.DENIAL_GONE, () -> writeOff(stranger, denials));
    assertThat(shown("written-off")).isEmpty();
  }

  @Test
  void ofTwoWhoDecideAtOnceTheSecondIsTold() throws Exception {
    tell("one-line-denied");
    List<DenialWriteOffs.Chosen> denials = all("");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<?>> each = new ArrayList<>();
    for (Actor who : List.of(biller, manager)) {
      each.add(threads.submit(() -> writeOff(who, denials)));
    }
    threads.shutdown();
    int refused = 0;
    for (Future<?> one : each) {
      try {
        one.get();
      } catch (java.util.concurrent.ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(Refused.class);
        refused++;
      }
    }
    assertThat(refused).isEqualTo(1);
    assertThat(
            books.count(
                "select sum(amount_cents) from journal_line where account = 'DENIAL_WRITE_OFF'"))
        .isEqualTo(5000);
  }

  @Test
  void aBillerDoesItOnThePageAndUndoesItThere() {
    tell("one-line-denied");
    TestSession robin = users.signedIn(books.practice, Role.BILLER);
    String choice = all("").get(0).choice();
    assertThat(robin.get("/denials?view=items").body()).contains("value=\"" + choice + "\"");
    robin.post("/denials/write-off?view=items", "denial", choice);
    assertThat(robin.get("/denials?view=items").body())
        .contains("Write in a few words why nothing is left to do.")
        .contains("checked=\"checked\"");
    HttpResponse<String> done =
        robin.post("/denials/write-off?view=items", "denial", choice, "note", "Appeal was lost");
    assertThat(done.headers().firstValue("Location").orElseThrow()).endsWith("/denials?view=items");
    String page = robin.get("/denials?view=items").body();
    assertThat(page).contains("Written off.").doesNotContain("value=\"" + choice + "\"");
    String undo = page.replaceAll("(?s).*action=\"(/denials/undo-write-off[^\"]*)\".*", "$1");
    robin.post(undo.replace("&amp;", "&"));
    assertThat(shown("")).hasSize(1);
    TestSession poster = users.signedIn(books.practice, Role.POSTER);
    assertThat(poster.get("/denials?view=items").body())
        .contains("LFP-6041")
        .doesNotContain("name=\"denial\"");
    assertThat(poster.post("/denials/write-off", "denial", choice, "note", "x").statusCode())
        .isEqualTo(403);
  }
}
