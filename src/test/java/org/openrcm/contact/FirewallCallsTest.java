package org.openrcm.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrcm.contact.Situation.at;

import java.time.LocalDate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a patient may be called: the boundaries of each rule, by its row. */
class FirewallCallsTest {
  @Nested
  class C1SevenCallsInSevenDays {
    private final Situation seven =
        new Situation()
            .called(
                "2026-03-02",
                "2026-03-03",
                "2026-03-04",
                "2026-03-05",
                "2026-03-06",
                "2026-03-07",
                "2026-03-08");

    @Test
    void theSeventhCallIsAllowed() {
      seven.log.remove(0);
      assertThat(seven.allowsCall("2026-03-08T20:00")).isTrue();
    }

    @Test
    void theEighthIsForbiddenUntilTheOldestLeaves() {
      assertThat(seven.forbids(Channel.CALL, Purpose.COLLECT, "2026-03-08T20:00"))
          .containsExactly("C1");
      assertThat(seven.next(Channel.CALL, Purpose.COLLECT, "2026-03-08T20:00"))
          .isEqualTo(at("2026-03-09T08:00"));
      assertThat(seven.allowsCall("2026-03-09T08:00")).isTrue();
    }

    @Test
    void sevenOnOneDayCloseTheSixDaysAfterIt() {
      Situation day = new Situation();
      for (int i = 0; i < 7; i++) {
        day.called("2026-03-02");
      }
      assertThat(day.allowsCall("2026-03-08T20:59")).isFalse();
      assertThat(day.allowsCall("2026-03-09T08:00")).isTrue();
    }

    @Test
    void daysAreThoseOfThePerson() {
      Situation west = new Situation().in("America/Los_Angeles");
      for (int i = 0; i < 7; i++) {
        // March 3 in New York, March 2 where they live
        west.call(Direction.OUT, Outcome.NO_ANSWER, "2026-03-03T00:30");
      }
      assertThat(west.next(Channel.CALL, Purpose.COLLECT, "2026-03-05T12:00"))
          .isEqualTo(at("2026-03-09T11:00"));
    }

    @Test
    void callsToWhoElseDoNotCount() {
      for (int i = 0; i < 3; i++) {
        seven.met(
            Channel.CALL,
            Direction.OUT,
            Outcome.SPOKE,
            Purpose.LAWYER,
            Party.LAWYER,
            "2026-03-08T09:00");
      }
      seven.log.remove(0);
      assertThat(seven.allowsCall("2026-03-08T20:00")).isTrue();
    }

    @Test
    void itSaysWhichCallItWouldBe() {
      assertThat(
              new Situation()
                  .called("2026-03-02", "2026-03-03")
                  .decide(Channel.CALL, Purpose.COLLECT, "2026-03-04T10:00")
                  .rulings())
          .anySatisfy(
              ruling -> {
                assertThat(ruling.rule()).isEqualTo("C1");
                assertThat(ruling.words()).isEqualTo("Calls: 2 of 7 in 7 days");
                assertThat(ruling.version()).isEqualTo(LocalDate.of(2021, 11, 30));
              });
    }
  }

  @Nested
  class C2SevenDaysAfterAConversation {
    private final Situation spoke =
        new Situation().call(Direction.OUT, Outcome.SPOKE, "2026-03-02T15:00");

    @Test
    void theDayOfTheConversationIsTheFirst() {
      assertThat(spoke.forbids(Channel.CALL, Purpose.COLLECT, "2026-03-02T16:00"))
          .containsExactly("C2");
      assertThat(spoke.allowsCall("2026-03-08T20:59")).isFalse();
      assertThat(spoke.allowsCall("2026-03-09T08:00")).isTrue();
      assertThat(spoke.next(Channel.CALL, Purpose.COLLECT, "2026-03-02T16:00"))
          .isEqualTo(at("2026-03-09T08:00"));
    }

    @Test
    void otherWaysAreNotClosedByIt() {
      assertThat(spoke.allows(Channel.EMAIL, Purpose.COLLECT, "2026-03-03T10:00")).isTrue();
      assertThat(spoke.allows(Channel.MAIL, Purpose.COLLECT, "2026-03-03T10:00")).isTrue();
    }

    @Test
    void aConversationWithTheLawyerDoesNotStartIt() {
      assertThat(
              new Situation()
                  .met(
                      Channel.CALL,
                      Direction.OUT,
                      Outcome.SPOKE,
                      Purpose.LAWYER,
                      Party.LAWYER,
                      "2026-03-02T15:00")
                  .allowsCall("2026-03-03T10:00"))
          .isTrue();
    }
  }

  @Nested
  class C3WhatCounts {
    @ParameterizedTest
    @CsvSource({
      "SPOKE, true, true",
      "DECLINED, true, true",
      "LEFT_MESSAGE, true, false",
      "NO_ANSWER, true, false",
      "WRONG_NUMBER, true, false",
      "BUSY, false, false",
      "NOT_CONNECTED, false, false"
    })
    void byOutcome(Outcome outcome, boolean counts, boolean startsTheSevenDays) {
      Situation seven =
          new Situation()
              .called(
                  "2026-03-02",
                  "2026-03-02",
                  "2026-03-02",
                  "2026-03-02",
                  "2026-03-02",
                  "2026-03-02")
              .call(Direction.OUT, outcome, "2026-03-02T12:00");
      assertThat(seven.forbids(Channel.CALL, Purpose.COLLECT, "2026-03-03T10:00").contains("C1"))
          .isEqualTo(counts);
      assertThat(seven.forbids(Channel.CALL, Purpose.COLLECT, "2026-03-03T10:00").contains("C2"))
          .isEqualTo(startsTheSevenDays);
    }

    @Test
    void consentOpensSevenDaysThatOfItsReceiptBeingTheFirst() {
      Situation agreed =
          new Situation()
              .call(Direction.OUT, Outcome.SPOKE, "2026-03-07T09:00")
              .told(NoticeKind.CALL_CONSENT, "2026-03-07T09:30");
      // without it the conversation closes it until March 14
      assertThat(agreed.allowsCall("2026-03-07T09:29")).isFalse();
      assertThat(agreed.allowsCall("2026-03-07T09:30")).isTrue();
      assertThat(agreed.allowsCall("2026-03-13T20:59")).isTrue();
      agreed.call(Direction.OUT, Outcome.NO_ANSWER, "2026-03-08T09:00");
      for (int i = 0; i < 7; i++) {
        agreed.called("2026-03-06", "2026-03-14");
      }
      assertThat(agreed.forbids(Channel.CALL, Purpose.COLLECT, "2026-03-14T12:00"))
          .containsExactly("C1");
    }

    @Test
    void callsWithConsentDoNotCount() {
      Situation agreed = new Situation().told(NoticeKind.CALL_CONSENT, "2026-03-02T08:00");
      for (int i = 0; i < 7; i++) {
        agreed.called("2026-03-08");
      }
      assertThat(agreed.allowsCall("2026-03-09T10:00")).isTrue();
    }

    @Test
    void theConversationInWhichItIsGivenDoesNotUseItUp() {
      Situation agreed =
          new Situation()
              .call(Direction.OUT, Outcome.SPOKE, "2026-03-02T08:00")
              .told(NoticeKind.CALL_CONSENT, "2026-03-02T08:00");
      assertThat(agreed.allowsCall("2026-03-03T11:00")).isTrue();
    }

    @Test
    void aConversationUsesTheConsentUp() {
      Situation agreed =
          new Situation()
              .told(NoticeKind.CALL_CONSENT, "2026-03-02T08:00")
              .call(Direction.OUT, Outcome.SPOKE, "2026-03-03T10:00");
      assertThat(agreed.forbids(Channel.CALL, Purpose.COLLECT, "2026-03-03T11:00"))
          .containsExactly("C2");
    }
  }

  @Nested
  class C4Inbound {
    @Test
    void theirCallsDoNotCountAmongTheSeven() {
      Situation theirs = new Situation();
      for (int i = 0; i < 9; i++) {
        theirs.call(Direction.IN, Outcome.LEFT_MESSAGE, "2026-03-02T10:00");
      }
      assertThat(theirs.allowsCall("2026-03-03T10:00")).isTrue();
    }

    @Test
    void butAConversationThatTheyBeganStartsTheSevenDays() {
      Situation theirs = new Situation().call(Direction.IN, Outcome.SPOKE, "2026-03-02T10:00");
      assertThat(theirs.allowsCall("2026-03-08T20:00")).isFalse();
      assertThat(theirs.allowsCall("2026-03-09T08:00")).isTrue();
    }
  }

  @Nested
  class C45Massachusetts {
    private final Situation two =
        new Situation().of("MA").textsAgreed("2026-03-01T09:00").called("2026-03-02", "2026-03-03");

    @Test
    void theThirdCallInSevenDaysIsForbiddenThoughRegulationFAllowsIt() {
      assertThat(two.forbids(Channel.CALL, Purpose.COLLECT, "2026-03-08T20:59"))
          .containsExactly("C45");
      assertThat(two.next(Channel.CALL, Purpose.COLLECT, "2026-03-05T10:00"))
          .isEqualTo(at("2026-03-09T08:00"));
      assertThat(two.of("NY").allowsCall("2026-03-08T20:59")).isTrue();
    }

    @Test
    void textsCountWithCalls() {
      assertThat(two.forbids(Channel.TEXT, Purpose.COLLECT, "2026-03-05T10:00"))
          .containsExactly("C45");
    }

    @Test
    void elsewhereThanAtHomeTwoInThirtyDays() {
      Situation work = new Situation().of("MA");
      work.place = Place.WORK;
      work.called("2026-03-02", "2026-03-03");
      assertThat(work.allowsCall("2026-03-31T20:59")).isFalse();
      assertThat(work.allowsCall("2026-04-01T08:00")).isTrue();
    }

    @Test
    void whatWasCalledElsewhereDoesNotCountAtHome() {
      Situation home = new Situation().of("MA");
      home.place = Place.WORK;
      home.called("2026-03-02", "2026-03-03");
      home.place = Place.HOME;
      assertThat(home.allowsCall("2026-03-04T10:00")).isTrue();
    }
  }
}
