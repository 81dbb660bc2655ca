package org.openrcm.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrcm.contact.Situation.MONDAY;
import static org.openrcm.contact.Situation.NUMBER;
import static org.openrcm.contact.Situation.at;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When and where a patient may be reached: the boundaries of each rule, by its row. */
class FirewallHoursTest {
  @Nested
  class C5Hours {
    @ParameterizedTest
    @EnumSource(
        value = Channel.class,
        names = {"CALL", "TEXT", "EMAIL"})
    void fromEightToNine(Channel channel) {
      Situation agreed = new Situation().textsAgreed("2026-03-15T10:00");
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
      assertThat(new Situation().allows(channel, Purpose.COLLECT, "2026-03-16T03:00")).isTrue();
    }

    @Test
    void aPhoneInTheEastAndAnAddressInTheWestLeaveElevenToNine() {
      Situation both = new Situation().in("America/New_York", "America/Los_Angeles");
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
      Situation there = new Situation().in(zone);
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
      Situation late = new Situation().told(agreed("21:00", "22:30"));
      assertThat(late.allowsCall("2026-03-10T09:59")).isTrue();
      assertThat(late.allowsCall("2026-03-16T22:29:59")).isTrue();
      assertThat(late.decide(Channel.CALL, Purpose.COLLECT, "2026-03-16T21:00").allowedUntil())
          .isEqualTo(at("2026-03-16T22:30"));
      assertThat(late.forbids(Channel.CALL, Purpose.COLLECT, "2026-03-16T22:30"))
          .containsExactly("C5");
      assertThat(late.next(Channel.CALL, Purpose.COLLECT, "2026-03-16T22:30"))
          .isEqualTo(at("2026-03-17T08:00"));
      assertThat(
              new Situation()
                  .told(agreed("06:00", "07:00"))
                  .next(Channel.CALL, Purpose.COLLECT, "2026-03-16T21:00"))
          .isEqualTo(at("2026-03-17T06:00"));
    }

    @Test
    void itHoldsFromThenOnAndOnItsDays() {
      Situation fridays = new Situation().told(agreed("21:00", "22:00", DayOfWeek.FRIDAY));
      assertThat(fridays.allowsCall("2026-03-06T21:30")).as("before they agreed").isFalse();
      assertThat(fridays.allowsCall("2026-03-19T21:30")).as("a Thursday").isFalse();
      assertThat(fridays.allowsCall("2026-03-20T21:30")).isTrue();
    }

    @Test
    void whereTheyMayBeInTwoZonesItMustBeRightInBoth() {
      Situation both =
          new Situation()
              .in("America/New_York", "America/Los_Angeles")
              .told(agreed("06:00", "07:00"));
      // nine in New York, six in Los Angeles
      assertThat(both.allowsCall("2026-03-16T09:00")).isTrue();
      assertThat(both.allowsCall("2026-03-16T10:00")).isFalse();
      assertThat(both.allowsCall("2026-03-16T06:30")).isFalse();
    }

    @Test
    void massachusettsAsksNobody() {
      Situation late = new Situation().of("MA").told(agreed("21:00", "22:00"));
      assertThat(late.forbids(Channel.CALL, Purpose.COLLECT, "2026-03-16T21:30"))
          .containsExactly("C45");
    }

    @Test
    void theirLawyerDidNotAgreeToIt() {
      Situation late = new Situation().told(agreed("21:00", "22:00"));
      late.told(NoticeKind.LAWYER, "2026-03-10T10:00");
      assertThat(late.forbids(Channel.CALL, Purpose.LAWYER, "2026-03-16T21:30"))
          .containsExactly("C5");
    }

    @Test
    void inTheNorthEastOfArizonaBothMustBeRight() {
      Situation navajo = new Situation().in("America/Phoenix", "America/Denver");
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
      assertThat(new Situation().next(Channel.CALL, Purpose.COLLECT, evening)).isEqualTo(opens);
    }
  }

  @Nested
  class C6TimesAndPlaces {
    private final Situation notBeforeNoon =
        new Situation()
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
          new Situation()
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
          new Situation()
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
          new Situation()
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
          new Situation()
              .told(Told.of(NoticeKind.NOT_AT_PLACE, at("2026-03-01T10:00")).there(Place.WORK));
      assertThat(work.allowsCall(MONDAY)).isTrue();
      work.place = Place.WORK;
      assertThat(work.forbids(Channel.CALL, Purpose.COLLECT, MONDAY)).containsExactly("C6");
      assertThat(work.next(Channel.CALL, Purpose.COLLECT, MONDAY)).isNull();
    }

    @Test
    void aNumberThatIsNotWantedIsClosedByItself() {
      assertThat(
              new Situation()
                  .told(Told.of(NoticeKind.NOT_AT_PLACE, at("2026-03-01T10:00")).at(NUMBER))
                  .forbids(Channel.CALL, Purpose.COLLECT, MONDAY))
          .containsExactly("C6");
      assertThat(
              new Situation()
                  .told(Told.of(NoticeKind.NOT_AT_PLACE, at("2026-03-01T10:00")).at("2125550199"))
                  .allowsCall(MONDAY))
          .isTrue();
    }
  }
}
