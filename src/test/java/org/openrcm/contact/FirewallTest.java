package org.openrcm.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrcm.contact.Situation.EMAIL;
import static org.openrcm.contact.Situation.NUMBER;
import static org.openrcm.contact.Situation.at;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openrcm.account.FlagKind;

/** The boundaries of every rule of contact, by the row that it is of. */
class FirewallTest {
  private static final String MONDAY = "2026-03-16T10:00";

  private static Situation situation() {
    return new Situation();
  }

  @Nested
  class C1SevenCallsInSevenDays {
    private final Situation seven =
        situation()
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
      Situation day = situation();
      for (int i = 0; i < 7; i++) {
        day.called("2026-03-02");
      }
      assertThat(day.allowsCall("2026-03-08T20:59")).isFalse();
      assertThat(day.allowsCall("2026-03-09T08:00")).isTrue();
    }

    @Test
    void daysAreThoseOfThePerson() {
      Situation west = situation().in("America/Los_Angeles");
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
              situation()
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
        situation().call(Direction.OUT, Outcome.SPOKE, "2026-03-02T15:00");

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
              situation()
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
          situation()
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
          situation()
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
      Situation agreed = situation().told(NoticeKind.CALL_CONSENT, "2026-03-02T08:00");
      for (int i = 0; i < 7; i++) {
        agreed.called("2026-03-08");
      }
      assertThat(agreed.allowsCall("2026-03-09T10:00")).isTrue();
    }

    @Test
    void theConversationInWhichItIsGivenDoesNotUseItUp() {
      Situation agreed =
          situation()
              .call(Direction.OUT, Outcome.SPOKE, "2026-03-02T08:00")
              .told(NoticeKind.CALL_CONSENT, "2026-03-02T08:00");
      assertThat(agreed.allowsCall("2026-03-03T11:00")).isTrue();
    }

    @Test
    void aConversationUsesTheConsentUp() {
      Situation agreed =
          situation()
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
      Situation theirs = situation();
      for (int i = 0; i < 9; i++) {
        theirs.call(Direction.IN, Outcome.LEFT_MESSAGE, "2026-03-02T10:00");
      }
      assertThat(theirs.allowsCall("2026-03-03T10:00")).isTrue();
    }

    @Test
    void butAConversationThatTheyBeganStartsTheSevenDays() {
      Situation theirs = situation().call(Direction.IN, Outcome.SPOKE, "2026-03-02T10:00");
      assertThat(theirs.allowsCall("2026-03-08T20:00")).isFalse();
      assertThat(theirs.allowsCall("2026-03-09T08:00")).isTrue();
    }
  }

  @Nested
  class C5Hours {
    @ParameterizedTest
    @EnumSource(
        value = Channel.class,
        names = {"CALL", "TEXT", "EMAIL"})
    void fromEightToNine(Channel channel) {
      Situation agreed = situation().textsAgreed("2026-03-15T10:00");
      assertThat(agreed.allows(channel, Purpose.COLLECT, "2026-03-16T07:59:59")).isFalse();
      assertThat(agreed.allows(channel, Purpose.COLLECT, "2026-03-16T08:00")).isTrue();
      assertThat(agreed.allows(channel, Purpose.COLLECT, "2026-03-16T20:59:59")).isTrue();
      assertThat(agreed.forbids(channel, Purpose.COLLECT, "2026-03-16T21:00"))
          .containsExactly("C5");
      assertThat(agreed.next(channel, Purpose.COLLECT, "2026-03-16T21:00"))
          .isEqualTo(at("2026-03-17T08:00"));
    }

    @ParameterizedTest
    @EnumSource(
        value = Channel.class,
        names = {"MAIL", "PORTAL"})
    void lettersAndTheirOwnPageHaveNone(Channel channel) {
      assertThat(situation().allows(channel, Purpose.COLLECT, "2026-03-16T03:00")).isTrue();
    }

    @Test
    void aPhoneInTheEastAndAnAddressInTheWestLeaveElevenToNine() {
      Situation both = situation().in("America/New_York", "America/Los_Angeles");
      assertThat(both.allowsCall("2026-03-16T10:59")).isFalse();
      assertThat(both.allowsCall("2026-03-16T11:00")).isTrue();
      assertThat(both.allowsCall("2026-03-16T20:59")).isTrue();
      assertThat(both.allowsCall("2026-03-16T21:00")).isFalse();
      assertThat(both.next(Channel.CALL, Purpose.COLLECT, "2026-03-16T21:00"))
          .isEqualTo(at("2026-03-17T11:00"));
    }

    @ParameterizedTest
    @CsvSource({
      // Arizona stays on standard time, the Navajo Nation does not
      "America/Phoenix, 2026-01-15T15:00:00Z, 2026-07-15T15:00:00Z",
      "America/Denver, 2026-01-15T15:00:00Z, 2026-07-15T14:00:00Z",
      "Pacific/Honolulu, 2026-01-15T18:00:00Z, 2026-07-15T18:00:00Z"
    })
    void opensAtEightWhereTheyAre(String zone, Instant winter, Instant summer) {
      Situation there = situation().in(zone);
      for (Instant opens : List.of(winter, summer)) {
        assertThat(there.decide(Channel.CALL, Purpose.COLLECT, opens).allowed()).isTrue();
        assertThat(there.decide(Channel.CALL, Purpose.COLLECT, opens.minusSeconds(1)).allowed())
            .isFalse();
      }
    }

    private static Told agreed(String from, String to, DayOfWeek... days) {
      return Told.of(NoticeKind.AGREED_TO_TIMES, at("2026-03-10T10:00"))
          .from(LocalTime.parse(from), LocalTime.parse(to), Set.of(days));
    }

    @Test
    void aTimeThatTheyAgreedToIsOpenToItsEndAndNoLonger() {
      Situation late = situation().told(agreed("21:00", "22:30"));
      assertThat(late.allowsCall("2026-03-10T09:59")).isTrue();
      assertThat(late.allowsCall("2026-03-16T22:29:59")).isTrue();
      assertThat(late.decide(Channel.CALL, Purpose.COLLECT, "2026-03-16T21:00").allowedUntil())
          .isEqualTo(at("2026-03-16T22:30"));
      assertThat(late.forbids(Channel.CALL, Purpose.COLLECT, "2026-03-16T22:30"))
          .containsExactly("C5");
      assertThat(late.next(Channel.CALL, Purpose.COLLECT, "2026-03-16T22:30"))
          .isEqualTo(at("2026-03-17T08:00"));
      assertThat(
              situation()
                  .told(agreed("06:00", "07:00"))
                  .next(Channel.CALL, Purpose.COLLECT, "2026-03-16T21:00"))
          .isEqualTo(at("2026-03-17T06:00"));
    }

    @Test
    void itHoldsFromThenOnAndOnItsDays() {
      Situation fridays = situation().told(agreed("21:00", "22:00", DayOfWeek.FRIDAY));
      assertThat(fridays.allowsCall("2026-03-06T21:30")).as("before they agreed").isFalse();
      assertThat(fridays.allowsCall("2026-03-19T21:30")).as("a Thursday").isFalse();
      assertThat(fridays.allowsCall("2026-03-20T21:30")).isTrue();
    }

    @Test
    void whereTheyMayBeInTwoZonesItMustBeRightInBoth() {
      Situation both =
          situation().in("America/New_York", "America/Los_Angeles").told(agreed("06:00", "07:00"));
      // nine in New York, six in Los Angeles
      assertThat(both.allowsCall("2026-03-16T09:00")).isTrue();
      assertThat(both.allowsCall("2026-03-16T10:00")).isFalse();
      assertThat(both.allowsCall("2026-03-16T06:30")).isFalse();
    }

    @Test
    void massachusettsAsksNobody() {
      Situation late = situation().of("MA").told(agreed("21:00", "22:00"));
      assertThat(late.forbids(Channel.CALL, Purpose.COLLECT, "2026-03-16T21:30"))
          .containsExactly("C45");
    }

    @Test
    void theirLawyerDidNotAgreeToIt() {
      Situation late = situation().told(agreed("21:00", "22:00"));
      late.told(NoticeKind.LAWYER, "2026-03-10T10:00");
      assertThat(late.forbids(Channel.CALL, Purpose.LAWYER, "2026-03-16T21:30"))
          .containsExactly("C5");
    }

    @Test
    void inTheNorthEastOfArizonaBothMustBeRight() {
      Situation navajo = situation().in("America/Phoenix", "America/Denver");
      assertThat(
              navajo
                  .decide(Channel.CALL, Purpose.COLLECT, Instant.parse("2026-07-15T14:30:00Z"))
                  .nextAllowed())
          .isEqualTo(Instant.parse("2026-07-15T15:00:00Z"));
      // nine in the evening comes first on daylight saving time
      assertThat(
              navajo
                  .decide(Channel.CALL, Purpose.COLLECT, Instant.parse("2026-07-16T03:00:00Z"))
                  .allowed())
          .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2026-03-07T22:00, 2026-03-08T12:00:00Z", "2026-10-31T22:00, 2026-11-01T13:00:00Z"})
    void theNightInWhichTheClockChangesIsAnHourShorterOrLonger(String evening, Instant opens) {
      assertThat(situation().next(Channel.CALL, Purpose.COLLECT, evening)).isEqualTo(opens);
    }
  }

  @Nested
  class C6TimesAndPlaces {
    private final Situation notBeforeNoon =
        situation()
            .told(
                Told.of(NoticeKind.NOT_AT_TIMES, at("2026-03-01T10:00"))
                    .from(LocalTime.MIDNIGHT, LocalTime.NOON, Set.of()));

    @Test
    void notBeforeNoonMeansNoon() {
      assertThat(notBeforeNoon.forbids(Channel.CALL, Purpose.COLLECT, "2026-03-16T11:59"))
          .containsExactly("C6");
      assertThat(notBeforeNoon.allowsCall("2026-03-16T12:00")).isTrue();
      assertThat(notBeforeNoon.next(Channel.CALL, Purpose.COLLECT, "2026-03-16T11:59"))
          .isEqualTo(at("2026-03-16T12:00"));
    }

    @Test
    void aWishForSomeDaysHoldsOnThem() {
      Situation tuesdays =
          situation()
              .told(
                  Told.of(NoticeKind.NOT_AT_TIMES, at("2026-03-01T10:00"))
                      .from(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, EnumSet.of(DayOfWeek.TUESDAY)));
      assertThat(tuesdays.allowsCall("2026-03-16T20:59")).isTrue();
      assertThat(tuesdays.next(Channel.CALL, Purpose.COLLECT, "2026-03-17T10:00"))
          .isEqualTo(at("2026-03-18T08:00"));
    }

    @Test
    void inTheHourThatComesTwiceAWishEndsTwice() {
      Situation late =
          situation()
              .told(
                  Told.of(NoticeKind.NOT_AT_TIMES, at("2026-03-01T10:00"))
                      .from(LocalTime.MIDNIGHT, LocalTime.of(1, 30), Set.of()));
      assertThat(
              late
                  .decide(Channel.CALL, Purpose.COLLECT, Instant.parse("2026-11-01T06:10:00Z"))
                  .rulings()
                  .stream()
                  .filter(ruling -> ruling.words().startsWith("They asked"))
                  .map(Ruling::until))
          .containsExactly(Instant.parse("2026-11-01T06:30:00Z"));
    }

    @Test
    void aWishThatLeavesNoTimeAtAllHasNoNext() {
      notBeforeNoon.told(
          Told.of(NoticeKind.NOT_AT_TIMES, at("2026-03-01T10:00"))
              .from(LocalTime.NOON, LocalTime.MIDNIGHT, Set.of()));
      assertThat(notBeforeNoon.next(Channel.CALL, Purpose.COLLECT, MONDAY)).isNull();
    }

    @Test
    void whatTheyAgreeToLaterIsOpenAndWhatTheyRefuseAfterThatIsNot() {
      notBeforeNoon.told(
          Told.of(NoticeKind.AGREED_TO_TIMES, at("2026-03-10T10:00"))
              .from(LocalTime.of(9, 0), LocalTime.of(10, 0), Set.of()));
      assertThat(notBeforeNoon.allowsCall("2026-03-09T09:30")).isFalse();
      assertThat(notBeforeNoon.allowsCall("2026-03-16T09:30")).isTrue();
      assertThat(notBeforeNoon.next(Channel.CALL, Purpose.COLLECT, "2026-03-16T08:00"))
          .isEqualTo(at("2026-03-16T09:00"));
      assertThat(notBeforeNoon.next(Channel.CALL, Purpose.COLLECT, "2026-03-16T10:00"))
          .isEqualTo(at("2026-03-16T12:00"));
      notBeforeNoon.told(
          Told.of(NoticeKind.NOT_AT_TIMES, at("2026-03-12T10:00"))
              .from(LocalTime.of(9, 30), LocalTime.of(10, 0), Set.of()));
      assertThat(notBeforeNoon.allowsCall("2026-03-16T09:29")).isTrue();
      assertThat(notBeforeNoon.forbids(Channel.CALL, Purpose.COLLECT, "2026-03-16T09:30"))
          .containsExactly("C6");
    }

    @Test
    void atWorkAfterAllWhenTheyAgreeToItLater() {
      Situation work =
          situation()
              .told(Told.of(NoticeKind.NOT_AT_PLACE, at("2026-03-01T10:00")).there(Place.WORK))
              .told(Told.of(NoticeKind.AGREED_TO_PLACE, at("2026-03-10T10:00")).there(Place.WORK));
      work.place = Place.WORK;
      assertThat(work.allowsCall("2026-03-10T09:59")).isFalse();
      assertThat(work.allowsCall("2026-03-10T10:00")).isTrue();
      work.told(Told.of(NoticeKind.NOT_AT_PLACE, at("2026-03-12T10:00")).at(NUMBER));
      assertThat(work.forbids(Channel.CALL, Purpose.COLLECT, MONDAY)).containsExactly("C6");
    }

    @Test
    void notAtWorkClosesTheNumberAtWorkOnly() {
      Situation work =
          situation()
              .told(Told.of(NoticeKind.NOT_AT_PLACE, at("2026-03-01T10:00")).there(Place.WORK));
      assertThat(work.allowsCall(MONDAY)).isTrue();
      work.place = Place.WORK;
      assertThat(work.forbids(Channel.CALL, Purpose.COLLECT, MONDAY)).containsExactly("C6");
      assertThat(work.next(Channel.CALL, Purpose.COLLECT, MONDAY)).isNull();
    }

    @Test
    void aNumberThatIsNotWantedIsClosedByItself() {
      assertThat(
              situation()
                  .told(Told.of(NoticeKind.NOT_AT_PLACE, at("2026-03-01T10:00")).at(NUMBER))
                  .forbids(Channel.CALL, Purpose.COLLECT, MONDAY))
          .containsExactly("C6");
      assertThat(
              situation()
                  .told(Told.of(NoticeKind.NOT_AT_PLACE, at("2026-03-01T10:00")).at("2125550199"))
                  .allowsCall(MONDAY))
          .isTrue();
    }
  }

  @Nested
  class C7TheLawyerOnly {
    private final Situation lawyer =
        situation().textsAgreed("2026-03-10T09:00").told(NoticeKind.LAWYER, "2026-03-10T10:00");

    @ParameterizedTest
    @EnumSource(Channel.class)
    void everyWayToThePersonIsClosed(Channel channel) {
      assertThat(lawyer.forbids(channel, Purpose.COLLECT, MONDAY)).containsExactly("C7");
      assertThat(
              situation().flag(FlagKind.ATTORNEY, null).forbids(channel, Purpose.COLLECT, MONDAY))
          .contains("C7");
    }

    @Test
    void aLetterToTheLawyerIsAllowed() {
      assertThat(lawyer.allows(Channel.MAIL, Purpose.LAWYER, MONDAY)).isTrue();
      assertThat(situation().allows(Channel.MAIL, Purpose.LAWYER, MONDAY)).isFalse();
    }

    @Test
    void aLawyerWhoIsSilentForThirtyDaysClosesNothing() {
      lawyer.sent(Channel.MAIL, Purpose.LAWYER, "2026-03-16T10:00");
      assertThat(lawyer.allowsCall("2026-04-15T20:00")).isFalse();
      assertThat(lawyer.allowsCall("2026-04-16T08:00")).isTrue();
      assertThat(lawyer.next(Channel.CALL, Purpose.COLLECT, "2026-03-17T10:00"))
          .isEqualTo(at("2026-04-16T08:00"));
    }

    @Test
    void oneWhoAnswersClosesItAgain() {
      lawyer
          .sent(Channel.MAIL, Purpose.LAWYER, "2026-03-16T10:00")
          .met(
              Channel.MAIL,
              Direction.IN,
              Outcome.RECEIVED,
              Purpose.LAWYER,
              Party.LAWYER,
              "2026-04-20T10:00");
      assertThat(lawyer.allowsCall("2026-04-20T09:59")).isTrue();
      assertThat(lawyer.allowsCall("2026-04-20T10:00")).isFalse();
      assertThat(lawyer.next(Channel.CALL, Purpose.COLLECT, "2026-04-21T10:00")).isNull();
    }

    @Test
    void oneWhoConsentsOpensIt() {
      assertThat(lawyer.told(NoticeKind.LAWYER_CONSENTS, "2026-03-11T10:00").allowsCall(MONDAY))
          .isTrue();
    }
  }

  @Nested
  class C8Cease {
    private final Situation cease =
        situation().textsAgreed("2026-03-09T10:00").told(NoticeKind.CEASE, "2026-03-10T10:00");

    @ParameterizedTest
    @EnumSource(Channel.class)
    void everyWayIsClosedForGood(Channel channel) {
      assertThat(cease.forbids(channel, Purpose.COLLECT, MONDAY)).containsExactly("C8");
      assertThat(cease.next(channel, Purpose.COLLECT, MONDAY)).isNull();
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void threeThingsMayBeSaidOnceEach(Purpose purpose) {
      boolean one =
          Set.of(Purpose.CEASE_ENDING, Purpose.CEASE_MAY_ACT, Purpose.CEASE_WILL_ACT)
              .contains(purpose);
      assertThat(cease.forbids(Channel.MAIL, purpose, MONDAY).contains("C8"))
          .isEqualTo(!one && purpose != Purpose.LAWYER);
      cease.sent(Channel.MAIL, purpose, "2026-03-12T10:00");
      assertThat(cease.forbids(Channel.MAIL, purpose, MONDAY).contains("C8"))
          .isEqualTo(purpose != Purpose.LAWYER);
    }

    @Test
    void whatWasSaidBeforeItDoesNotUseThemUp() {
      assertThat(
              cease
                  .sent(Channel.MAIL, Purpose.CEASE_ENDING, "2026-03-10T09:59")
                  .allows(Channel.MAIL, Purpose.CEASE_ENDING, MONDAY))
          .isTrue();
    }
  }

  @Nested
  class C11Texts {
    @Test
    void sixtyDaysAreRightAndSixtyOneAreNot() {
      Situation agreed = situation().textsAgreed("2026-01-10T10:00");
      assertThat(agreed.allows(Channel.TEXT, Purpose.COLLECT, "2026-03-11T20:00")).isTrue();
      assertThat(agreed.forbids(Channel.TEXT, Purpose.COLLECT, "2026-03-12T10:00"))
          .containsExactly("C11");
      assertThat(agreed.next(Channel.TEXT, Purpose.COLLECT, "2026-03-12T10:00")).isNull();
    }

    @Test
    void aTextOfTheirsOrALookUpOfTheNumberRenewsIt() {
      Situation agreed = situation().textsAgreed("2026-01-10T10:00");
      agreed.received(Channel.TEXT, "2026-02-10T10:00");
      assertThat(agreed.allows(Channel.TEXT, Purpose.COLLECT, "2026-04-11T10:00")).isTrue();
      agreed.told(Told.of(NoticeKind.NUMBER_CHECKED, at("2026-05-01T10:00")).at(NUMBER));
      assertThat(agreed.allows(Channel.TEXT, Purpose.COLLECT, "2026-05-02T10:00")).isTrue();
    }

    @Test
    void aLookUpAloneIsNoConsent() {
      assertThat(
              situation()
                  .told(Told.of(NoticeKind.NUMBER_CHECKED, at("2026-03-01T10:00")).at(NUMBER))
                  .forbids(Channel.TEXT, Purpose.COLLECT, MONDAY))
          .contains("C11");
    }

    @Test
    void aConsentForAnotherNumberIsNone() {
      assertThat(
              situation()
                  .told(Told.of(NoticeKind.TEXT_CONSENT, at("2026-03-01T10:00")).at("2125550199"))
                  .forbids(Channel.TEXT, Purpose.COLLECT, MONDAY))
          .contains("C11", "C29");
    }
  }

  @Nested
  class C12EmailAddressOfTheCreditor {
    private final Situation third =
        situation()
            .as(CollectorRole.THIRD_PARTY)
            .told(
                Told.of(NoticeKind.EMAIL_NOTICE, at("2026-01-10T10:00"))
                    .at(EMAIL)
                    .on(LocalDate.of(2026, 1, 10)));

    @Test
    void thirtyFourDaysAreTooFew() {
      assertThat(third.forbids(Channel.EMAIL, Purpose.COLLECT, "2026-02-13T10:00"))
          .containsExactly("C12");
      assertThat(third.next(Channel.EMAIL, Purpose.COLLECT, "2026-02-13T10:00"))
          .isEqualTo(at("2026-02-14T08:00"));
      assertThat(third.allows(Channel.EMAIL, Purpose.COLLECT, "2026-02-14T08:00")).isTrue();
    }

    @Test
    void anAddressThatTheyGaveOrUsedNeedsNoNotice() {
      third.told.clear();
      assertThat(third.allows(Channel.EMAIL, Purpose.COLLECT, MONDAY)).isFalse();
      third.told(Told.of(NoticeKind.EMAIL_GIVEN, at("2026-03-01T10:00")).at(EMAIL));
      assertThat(third.allows(Channel.EMAIL, Purpose.COLLECT, MONDAY)).isTrue();
      third.told.clear();
      assertThat(
              third
                  .received(Channel.EMAIL, "2026-03-01T10:00")
                  .allows(Channel.EMAIL, Purpose.COLLECT, MONDAY))
          .isTrue();
    }

    @Test
    void aDomainThatMayBeAnEmployersIsNotUsed() {
      Told notice = third.told.get(0);
      third.told.clear();
      third.told(notice.at("tansy@quillbyworks.example"));
      Ask ask =
          new Ask(
              Channel.EMAIL,
              Purpose.COLLECT,
              "tansy@quillbyworks.example",
              Place.UNKNOWN,
              false,
              at(MONDAY));
      assertThat(Firewall.decide(third.facts(), ask, Rules.all()).allowed()).isFalse();
    }

    @Test
    void theCreditorItselfNeedsNone() {
      assertThat(situation().allows(Channel.EMAIL, Purpose.COLLECT, MONDAY)).isTrue();
    }
  }

  @Nested
  class C13RefusedWays {
    private final Situation refused =
        situation()
            .told(Told.of(NoticeKind.REFUSED_CHANNEL, at("2026-03-10T10:00")).by(Channel.EMAIL));

    @Test
    void theWayIsClosedAndOthersAreNot() {
      assertThat(refused.forbids(Channel.EMAIL, Purpose.COLLECT, MONDAY)).containsExactly("C13");
      assertThat(refused.allowsCall(MONDAY)).isTrue();
      assertThat(refused.allows(Channel.EMAIL, Purpose.COLLECT, "2026-03-10T09:59")).isTrue();
    }

    @Test
    void oneConfirmationIsAllowedAndASecondIsNot() {
      assertThat(refused.allows(Channel.EMAIL, Purpose.CONFIRM_REFUSAL, "2026-03-10T10:05"))
          .isTrue();
      refused.sent(Channel.EMAIL, Purpose.CONFIRM_REFUSAL, "2026-03-10T10:05");
      assertThat(refused.forbids(Channel.EMAIL, Purpose.CONFIRM_REFUSAL, "2026-03-10T10:06"))
          .containsExactly("C13");
    }

    @Test
    void withoutARefusalThereIsNothingToConfirm() {
      assertThat(situation().allows(Channel.EMAIL, Purpose.CONFIRM_REFUSAL, MONDAY)).isFalse();
    }

    @Test
    void oneAnswerToEachThingThatTheyAskThisWay() {
      assertThat(refused.allows(Channel.EMAIL, Purpose.ANSWER, MONDAY)).isFalse();
      refused.received(Channel.EMAIL, "2026-03-12T10:00");
      assertThat(refused.allows(Channel.EMAIL, Purpose.ANSWER, MONDAY)).isTrue();
      refused.sent(Channel.EMAIL, Purpose.ANSWER, "2026-03-13T10:00");
      assertThat(refused.allows(Channel.EMAIL, Purpose.ANSWER, MONDAY)).isFalse();
      refused.received(Channel.EMAIL, "2026-03-14T10:00");
      assertThat(refused.allows(Channel.EMAIL, Purpose.ANSWER, MONDAY)).isTrue();
    }

    @Test
    void aRefusalOfOneAddressClosesNoOther() {
      assertThat(
              situation()
                  .told(
                      Told.of(NoticeKind.REFUSED_CHANNEL, at("2026-03-10T10:00"))
                          .by(Channel.EMAIL)
                          .at("other@gmail.com"))
                  .allows(Channel.EMAIL, Purpose.COLLECT, MONDAY))
          .isTrue();
    }
  }

  @Nested
  class C14NoOtherWays {
    @Test
    void thereAreNeitherSocialMediaNorPostcards() {
      assertThat(EnumSet.allOf(Channel.class))
          .containsExactly(Channel.CALL, Channel.TEXT, Channel.EMAIL, Channel.MAIL, Channel.PORTAL);
    }
  }

  @Nested
  class C16ValidationNoticeInFiveDays {
    private final Situation begun =
        situation()
            .as(CollectorRole.THIRD_PARTY)
            .sent(Channel.MAIL, Purpose.COLLECT, "2026-03-02T10:00");

    @Test
    void onTheSixthDayAllButTheNoticeIsForbidden() {
      assertThat(begun.allowsCall("2026-03-07T20:59")).isTrue();
      assertThat(begun.forbids(Channel.CALL, Purpose.COLLECT, "2026-03-08T10:00"))
          .containsExactly("C16");
      assertThat(begun.next(Channel.CALL, Purpose.COLLECT, "2026-03-08T10:00")).isNull();
      assertThat(begun.allows(Channel.MAIL, Purpose.VALIDATION_NOTICE, "2026-03-08T10:00"))
          .isTrue();
    }

    @Test
    void theNoticeOpensItAgain() {
      assertThat(
              begun
                  .sent(Channel.MAIL, Purpose.VALIDATION_NOTICE, "2026-03-08T12:00")
                  .allowsCall("2026-03-08T13:00"))
          .isTrue();
    }

    @Test
    void aMessageThatTellsNothingDoesNotStartTheDays() {
      Situation message =
          situation()
              .as(CollectorRole.THIRD_PARTY)
              .call(Direction.OUT, Outcome.LEFT_MESSAGE, "2026-03-02T10:00");
      assertThat(message.allowsCall(MONDAY)).isTrue();
    }

    @Test
    void aPracticeSendsNoneForItsOwnBills() {
      assertThat(begun.as(CollectorRole.FIRST_PARTY).allowsCall(MONDAY)).isTrue();
    }
  }

  @Nested
  class C19ValidationPeriod {
    @ParameterizedTest
    @CsvSource({
      // the Wednesday before Thanksgiving: Friday, Monday to Thursday
      "2026-11-25, 2026-12-03",
      "2026-03-02, 2026-03-09",
      // a holiday on a Saturday moves no day
      "2026-07-01, 2026-07-08",
      // Christmas and New Year
      "2026-12-23, 2026-12-31",
      "2026-12-24, 2027-01-04"
    })
    void receiptIsFiveWorkingDaysAfterSending(LocalDate sent, LocalDate received) {
      assertThat(Workdays.after(sent, 5)).isEqualTo(received);
    }

    @Test
    void holidaysAreThoseOfTheLaw() {
      assertThat(
              LocalDate.of(2026, 1, 1)
                  .datesUntil(LocalDate.of(2027, 1, 1))
                  .filter(day -> day.getDayOfWeek().getValue() <= 5 && !Workdays.isWorkday(day))
                  .map(LocalDate::toString)
                  .collect(Collectors.joining(" ")))
          .isEqualTo(
              "2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-09-07 2026-10-12"
                  + " 2026-11-11 2026-11-26 2026-12-25");
      assertThat(Workdays.isWorkday(LocalDate.of(2020, 6, 19))).isTrue();
    }
  }

  @Nested
  class C20NothingOvershadows {
    private final Situation noticed =
        situation()
            .as(CollectorRole.THIRD_PARTY)
            .sent(Channel.MAIL, Purpose.VALIDATION_NOTICE, "2026-11-25T10:00");

    @Test
    void noLastDayIsSetBeforeThePeriodHasEnded() {
      // received December 3, thirty days to January 2
      assertThat(noticed.forbids(Channel.MAIL, Purpose.DEMAND, "2027-01-02T23:59"))
          .containsExactly("C20");
      assertThat(noticed.allows(Channel.MAIL, Purpose.DEMAND, "2027-01-03T00:00")).isTrue();
      assertThat(noticed.next(Channel.MAIL, Purpose.DEMAND, "2026-12-01T10:00"))
          .isEqualTo(at("2027-01-03T00:00"));
    }

    @Test
    void toAskForItIsAllowed() {
      assertThat(noticed.allows(Channel.MAIL, Purpose.COLLECT, "2026-12-01T10:00")).isTrue();
    }
  }

  @Nested
  class C21Disputes {
    @ParameterizedTest
    @EnumSource(Channel.class)
    void aDisputeOfAllStopsEveryWay(Channel channel) {
      Situation disputed = situation().textsAgreed("2026-03-10T10:00").flag(FlagKind.DISPUTE, null);
      assertThat(disputed.forbids(channel, Purpose.COLLECT, MONDAY)).containsExactly("C21");
      assertThat(disputed.allows(Channel.MAIL, Purpose.VERIFICATION, MONDAY)).isTrue();
    }

    @Test
    void aDisputeOfHalfLeavesTheRest() {
      Situation half = situation().flag(FlagKind.DISPUTE, 1L);
      half.visits.add(new Facts.Visit(2, LocalDate.of(2026, 1, 6)));
      Verdict verdict = half.decide(Channel.CALL, Purpose.COLLECT, MONDAY);
      assertThat(verdict.allowed()).isTrue();
      assertThat(verdict.visits()).containsExactly(2L);
      half.flag(FlagKind.DISPUTE, 2L);
      assertThat(half.allowsCall(MONDAY)).isFalse();
    }

    @Test
    void aDisputedVisitAndOneOnHoldLeaveNothing() {
      Situation both = situation().flag(FlagKind.DISPUTE, 1L);
      both.visits.add(new Facts.Visit(2, LocalDate.of(2026, 1, 6)));
      both.flags.add(new Facts.Raised(FlagKind.HOLD, 2L, LocalDate.of(2026, 3, 20)));
      assertThat(both.forbids(Channel.CALL, Purpose.COLLECT, MONDAY)).contains("C21", "HOLD");
      assertThat(both.next(Channel.CALL, Purpose.COLLECT, MONDAY))
          .isEqualTo(at("2026-03-21T08:00"));
    }
  }

  @Nested
  class C22FirstCreditor {
    @Test
    void untilItIsAnsweredNothingElseIsSaid() {
      Situation asked =
          situation()
              .as(CollectorRole.THIRD_PARTY)
              .told(NoticeKind.CREDITOR_ASKED, "2026-03-10T10:00");
      assertThat(asked.forbids(Channel.CALL, Purpose.COLLECT, MONDAY)).containsExactly("C22");
      assertThat(asked.allows(Channel.MAIL, Purpose.VERIFICATION, MONDAY)).isTrue();
    }
  }

  @Nested
  class C26Deceased {
    private final Situation died = situation().flag(FlagKind.DECEASED, null);

    @ParameterizedTest
    @EnumSource(Channel.class)
    void nothingMoreToThePatient(Channel channel) {
      assertThat(died.forbids(channel, Purpose.COLLECT, MONDAY)).contains("C26");
    }

    @Test
    void toTheEstateByNameOnly() {
      assertThat(died.forbids(Channel.MAIL, Purpose.ESTATE, MONDAY)).containsExactly("C26");
      assertThat(
              died.told(NoticeKind.ESTATE, "2026-03-10T10:00")
                  .allows(Channel.MAIL, Purpose.ESTATE, MONDAY))
          .isTrue();
      died.flags.clear();
      assertThat(died.allows(Channel.MAIL, Purpose.ESTATE, MONDAY)).isFalse();
    }
  }

  @Nested
  class C27NoticesThatArrive {
    @Test
    void whereAnEmailCameBackNoOtherIsSent() {
      Situation back =
          situation()
              .met(
                  Channel.EMAIL,
                  Direction.OUT,
                  Outcome.BOUNCED,
                  Purpose.COLLECT,
                  Party.PAYER,
                  "2026-03-10T10:00");
      assertThat(back.forbids(Channel.EMAIL, Purpose.COLLECT, MONDAY)).containsExactly("C27");
      assertThat(back.allows(Channel.MAIL, Purpose.COLLECT, MONDAY)).isTrue();
      assertThat(
              back.told(Told.of(NoticeKind.EMAIL_GIVEN, at("2026-03-12T10:00")).at(EMAIL))
                  .allows(Channel.EMAIL, Purpose.COLLECT, MONDAY))
          .isTrue();
    }

    @Test
    void aValidationNoticeGoesElectronicallyWithConsentOnly() {
      assertThat(situation().allows(Channel.EMAIL, Purpose.VALIDATION_NOTICE, MONDAY)).isFalse();
      assertThat(situation().allows(Channel.MAIL, Purpose.VALIDATION_NOTICE, MONDAY)).isTrue();
      assertThat(
              situation()
                  .told(NoticeKind.ELECTRONIC_CONSENT, "2026-03-10T10:00")
                  .allows(Channel.EMAIL, Purpose.VALIDATION_NOTICE, MONDAY))
          .isTrue();
    }
  }

  @Nested
  class C29Consent {
    private final Situation agreed =
        situation()
            .told(Told.of(NoticeKind.TEXT_CONSENT, at("2026-03-01T10:00")).at(NUMBER))
            .told(Told.of(NoticeKind.AUTOMATIC_CONSENT, at("2026-03-01T10:00")).at(NUMBER));

    private Verdict automatic(Situation situation, String at) {
      Ask ask = new Ask(Channel.CALL, Purpose.COLLECT, NUMBER, Place.MOBILE, true, at(at));
      return Firewall.decide(situation.facts(), ask, Rules.all());
    }

    @Test
    void aMachineDialsWithConsentOnlyAndAPersonWithout() {
      assertThat(automatic(agreed, MONDAY).allowed()).isTrue();
      assertThat(automatic(situation(), MONDAY).allowed()).isFalse();
      assertThat(situation().allowsCall(MONDAY)).isTrue();
    }

    @Test
    void aRevocationCountsAtOnceAndOnTheTenthWorkingDayToo() {
      agreed.told(Told.of(NoticeKind.REVOKED, at("2026-03-10T10:00")).at(NUMBER));
      assertThat(agreed.allows(Channel.TEXT, Purpose.COLLECT, "2026-03-10T09:59")).isTrue();
      for (String day : List.of("2026-03-10T10:00", "2026-03-24T10:00", "2026-03-25T10:00")) {
        assertThat(agreed.forbids(Channel.TEXT, Purpose.COLLECT, day)).containsExactly("C29");
      }
      assertThat(automatic(agreed, MONDAY).allowed()).isFalse();
      assertThat(agreed.allowsCall(MONDAY)).isTrue();
    }

    @Test
    void aNewConsentOpensItAgain() {
      agreed.told(Told.of(NoticeKind.REVOKED, at("2026-03-10T10:00")).at(NUMBER));
      assertThat(
              agreed.textsAgreed("2026-03-11T10:00").allows(Channel.TEXT, Purpose.COLLECT, MONDAY))
          .isTrue();
    }

    @Test
    void consentIsForAPurpose() {
      Situation plans =
          situation()
              .told(
                  Told.of(NoticeKind.TEXT_CONSENT, at("2026-03-01T10:00"))
                      .at(NUMBER)
                      .about(Purpose.REMIND_OF_PLAN));
      assertThat(plans.allows(Channel.TEXT, Purpose.REMIND_OF_PLAN, MONDAY)).isTrue();
      assertThat(plans.forbids(Channel.TEXT, Purpose.COLLECT, MONDAY)).containsExactly("C29");
    }

    @ParameterizedTest
    @CsvSource({"2027-01-30T10:00, true", "2027-01-31T10:00, false"})
    void fromJanuary31OnARevocationIsForAll(String day, boolean reminders) {
      Situation some =
          situation()
              .textsAgreed("2027-01-10T10:00")
              .told(
                  Told.of(NoticeKind.REVOKED, at("2027-01-20T10:00"))
                      .at(NUMBER)
                      .about(Purpose.COLLECT));
      assertThat(some.allows(Channel.TEXT, Purpose.COLLECT, day)).isFalse();
      assertThat(some.allows(Channel.TEXT, Purpose.REMIND_OF_PLAN, day)).isEqualTo(reminders);
    }

    @Test
    void theConfirmationGoesOutWithinFiveMinutes() {
      agreed
          .told(Told.of(NoticeKind.REVOKED, at("2026-03-10T10:00")).at(NUMBER))
          .told(
              Told.of(NoticeKind.REFUSED_CHANNEL, at("2026-03-10T10:00"))
                  .by(Channel.TEXT)
                  .at(NUMBER));
      assertThat(agreed.allows(Channel.TEXT, Purpose.CONFIRM_REFUSAL, "2026-03-10T10:05")).isTrue();
      assertThat(agreed.forbids(Channel.TEXT, Purpose.CONFIRM_REFUSAL, "2026-03-10T10:05:01"))
          .containsExactly("C29");
    }

    @ParameterizedTest
    @CsvSource({
      "STOP, true",
      "stop, true",
      "Stop., true",
      "quit, true",
      "END, true",
      "revoke, true",
      "opt out, true",
      "Opt-Out, true",
      "cancel, true",
      "UNSUBSCRIBE!, true",
      "Please stop, true",
      "alto, true",
      "Cancelar, true",
      "No más por favor, true",
      "DARME DE BAJA, true",
      "I can stop by on Friday, false",
      "at the end of the month, false",
      "'', false"
    })
    void itsWords(String message, boolean refuses) {
      assertThat(Keywords.refuse(message)).isEqualTo(refuses);
    }
  }

  @Nested
  class C30Bankruptcy {
    private final Situation filed =
        situation()
            .told(
                Told.of(NoticeKind.BANKRUPTCY, at("2026-02-01T10:00"))
                    .on(LocalDate.of(2026, 1, 5)));

    @ParameterizedTest
    @EnumSource(Channel.class)
    void visitsUpToTheDayOfThePetitionAreStayed(Channel channel) {
      filed.textsAgreed("2026-03-01T10:00");
      assertThat(filed.forbids(channel, Purpose.COLLECT, MONDAY)).containsExactly("C30");
    }

    @Test
    void visitsAfterItMayBeBilled() {
      filed.visits.add(new Facts.Visit(2, LocalDate.of(2026, 1, 6)));
      Verdict verdict = filed.decide(Channel.CALL, Purpose.COLLECT, MONDAY);
      assertThat(verdict.allowed()).isTrue();
      assertThat(verdict.visits()).containsExactly(2L);
    }

    @Test
    void withoutTheDayOfThePetitionAllIsStayed() {
      Situation flagged = situation().flag(FlagKind.BANKRUPTCY, null);
      assertThat(flagged.forbids(Channel.MAIL, Purpose.COLLECT, MONDAY)).containsExactly("C30");
    }
  }

  @Nested
  class C45Massachusetts {
    private final Situation two =
        situation().of("MA").textsAgreed("2026-03-01T09:00").called("2026-03-02", "2026-03-03");

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
      Situation work = situation().of("MA");
      work.place = Place.WORK;
      work.called("2026-03-02", "2026-03-03");
      assertThat(work.allowsCall("2026-03-31T20:59")).isFalse();
      assertThat(work.allowsCall("2026-04-01T08:00")).isTrue();
    }

    @Test
    void whatWasCalledElsewhereDoesNotCountAtHome() {
      Situation home = situation().of("MA");
      home.place = Place.WORK;
      home.called("2026-03-02", "2026-03-03");
      home.place = Place.HOME;
      assertThat(home.allowsCall("2026-03-04T10:00")).isTrue();
    }
  }

  @Nested
  class C46TheStrictestWins {
    @Test
    void everyRuleThatBindsIsNamedWithItsPackAndVersion() {
      Verdict verdict =
          situation()
              .of("MA")
              .called("2026-03-02", "2026-03-03")
              .decide(Channel.CALL, Purpose.COLLECT, "2026-03-04T07:00");
      assertThat(verdict.allowed()).isFalse();
      assertThat(verdict.rulings().stream().map(ruling -> ruling.pack() + " " + ruling.rule()))
          .contains("REG_F C1", "REG_F C2", "REG_F C5", "TCPA C29", "BANKRUPTCY C30", "MA C45");
      assertThat(verdict.nextAllowed()).isEqualTo(at("2026-03-09T08:00"));
    }

    @Test
    void aRuleBindsFromItsDayOn() {
      assertThat(
              situation()
                  .decide(Channel.CALL, Purpose.COLLECT, "2021-11-29T23:00")
                  .rulings()
                  .stream()
                  .map(Ruling::pack))
          .doesNotContain("REG_F");
    }
  }
}
