package org.openrcm.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrcm.ServerTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@ServerTest
class TakebacksTest {
  @Autowired private ApplicationContext server;
  @Autowired private TakebackList list;
  @Autowired private TakebackReader reader;

  private TestBooks books(String... stories) {
    TestBooks books = new TestBooks(server);
    for (String story : stories) {
      books.loadCase(story);
    }
    books.postAll();
    return books;
  }

  private TakebackList.Found found(TestBooks books, TakebackList.Which which, String after, int n) {
    return books.ask(() -> list.list(which, after, "", n));
  }

  private List<String> told(TestBooks books, TakebackList.Which which) {
    return found(books, which, "", 50).rows().rows().stream()
        .map(row -> row.reference() + " " + row.balance() + " " + row.state())
        .toList();
  }

  private TakebackStory story(TestBooks books, String reference) {
    return books.ask(() -> reader.read(Takeback.id(reference)));
  }

  private static List<String> steps(TakebackStory story) {
    return story.steps().stream()
        .map(
            step ->
                "%s %s: %s%s -> %d"
                    .formatted(
                        step.day(),
                        Objects.requireNonNull(step.check()).trace(),
                        step.what(),
                        step.paid() != null ? " [" + step.paid() + "]" : " (" + step.change() + ")",
                        step.balance()))
        .toList();
  }

  @Test
  void anAnnouncedTakebackIsOpenUntilALaterCheckTakesIt() {
    TestBooks books = books("overpayment-reversed-and-not-taken-yet");
    assertThat(told(books, TakebackList.Which.OPEN))
        .containsExactly("WO BF266571A -6000 To be taken from a later check");
    TestBooks later = books("overpayment-reversed-now-and-taken-back-later");
    assertThat(told(later, TakebackList.Which.OPEN)).isEmpty();
    assertThat(told(later, TakebackList.Which.SETTLED)).containsExactly("WO BF266151A 0 Settled");
    assertThat(steps(story(later, "WO BF266151A")))
        .containsExactly(
            "2026-03-23 BF261502: Claim paid [18000] -> 0",
            "2026-04-13 BF261503: Decision taken back by a reversal [-18000] -> 0",
            "2026-04-13 BF261503: Decided anew and paid [12000] -> 0",
            "2026-04-13 BF261503: Announced, and left with us for now (-6000) -> -6000",
            "2026-05-11 BF261504: Taken off this check (6000) -> 0");
  }

  @Test
  void aTakebackByLetterIsChargedToItsClaim() {
    TestBooks books = books("overpayment-taken-back-by-letter");
    assertThat(told(books, TakebackList.Which.ALL))
        .containsExactly("WO BF266141A 0 Settled: charged to its claim");
    TakebackStory story = story(books, "WO BF266141A");
    assertThat(steps(story))
        .containsExactly(
            "2026-03-23 BF261402: Claim paid [18000] -> 0",
            "2026-05-11 BF261403: Taken off this check (6000) -> 6000",
            "2026-05-11 BF261403: Charged to its claim, as no reversal tells of it: insurers owe it"
                + " again (-6000) -> 0");
    assertThat(story.claims()).extracting(TakebackStory.Claim::control).containsExactly("LFP-6141");
  }

  @Test
  void moreThanWasAnnouncedIsTakenWithoutAReversal() {
    TestBooks books = books("takeback-in-parts-and-more-than-announced");
    assertThat(told(books, TakebackList.Which.OPEN))
        .containsExactly("WO BF266341A 1500 Taken without a reversal");
    TakebackPlot plot = Objects.requireNonNull(story(books, "WO BF266341A").plot());
    assertThat(plot.points())
        .extracting(TakebackPlot.Point::label)
        .containsExactly("(60.00)", "(20.00)", "15.00");
    assertThat(plot.points().get(0).y()).isGreaterThan(plot.zero());
    assertThat(plot.points().get(2).y()).isLessThan(plot.zero());
  }

  @Test
  void aBalanceCarriedForwardIsFollowedOverChecks() {
    TestBooks books = books("forward-balance-over-three-checks");
    assertThat(told(books, TakebackList.Which.SETTLED))
        .containsExactly("FB 1890000202 2400102028 0 Settled");
    assertThat(steps(story(books, "FB 1890000202 2400102028")))
        .filteredOn(step -> !step.contains("["))
        .extracting(step -> step.substring(step.indexOf('(')))
        .containsExactly(
            "(-12000) -> -12000", "(12000) -> 0", "(-16000) -> -16000", "(16000) -> 0");
    TestBooks other = books("forward-balance-taken-from-another-provider");
    assertThat(told(other, TakebackList.Which.OPEN))
        .containsExactlyInAnyOrder(
            "FB 1890000202 2400102028 -10000 To be taken from a later check",
            "FB 1890000202 2400102036 10000 Taken, but never carried forward");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "takeback-for-an-unknown-claim",
        "takeback-in-parts-and-more-than-announced",
        "overpayment-taken-back-at-once",
        "forward-balance-over-two-checks",
        "refund-cheque-acknowledged",
        "refund-cheque-without-a-reversal",
        "only-provider-adjustments"
      })
  void balancesAreThoseOfTheLedgerAndStoriesEndWithThem(String name) {
    TestBooks books = books(name);
    List<Takeback> all = found(books, TakebackList.Which.ALL, "", 50).rows().rows();
    for (String account : List.of("PAYER_BALANCE", "REFUND_PAYABLE")) {
      for (String line : books.balances().lines().filter(l -> l.startsWith(account)).toList()) {
        String[] parts = line.split("\t");
        assertThat(all)
            .anySatisfy(
                row -> {
                  assertThat(row.reference()).isEqualTo(parts[3]);
                  assertThat(row.balance()).isEqualTo(cents(parts[4]));
                });
      }
    }
    for (Takeback each : all) {
      List<TakebackStory.Step> steps = story(books, each.reference()).steps();
      assertThat(steps.get(steps.size() - 1).balance()).isEqualTo(each.balance());
      assertThat(steps).allSatisfy(step -> assertThat(step.entry()).isNotNull());
    }
    books.undoAll();
    assertThat(told(books, TakebackList.Which.ALL)).isEmpty();
  }

  private static long cents(String amount) {
    return Long.parseLong(amount.replace(".", ""));
  }

  @Test
  void partsOfTheListFollowEachOther() {
    TestBooks books =
        books(
            "takeback-for-an-unknown-claim",
            "overpayment-reversed-now-and-taken-back-later",
            "refund-cheque-acknowledged");
    List<String> all = told(books, TakebackList.Which.ALL);
    assertThat(all).hasSize(5);
    List<String> parts = new ArrayList<>();
    String after = "";
    while (after != null) {
      TakebackList.Found part = found(books, TakebackList.Which.ALL, after, 2);
      part.rows().rows().forEach(row -> parts.add(row.reference()));
      after = part.rows().next();
    }
    assertThat(parts)
        .isEqualTo(
            found(books, TakebackList.Which.ALL, "", 50).rows().rows().stream()
                .map(Takeback::reference)
                .toList());
  }

  @Test
  void anotherPracticeHasNoSuchTakeback() {
    TestBooks books = books("overpayment-taken-back-by-letter");
    UUID id = Takeback.id("WO BF266141A");
    assertThat(books.<Takeback>ask(() -> list.find(id).orElseThrow()).reference())
        .isEqualTo("WO BF266141A");
    TestBooks other = new TestBooks(server);
    assertThatThrownBy(() -> other.ask(() -> reader.read(id))).isInstanceOf(NoSuchTakeback.class);
  }
}
