package org.openrcm.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrcm.contact.Situation.MONDAY;
import static org.openrcm.contact.Situation.at;

import java.time.LocalDate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What notices of a debt open and close: the boundaries of each rule, by its row. */
class FirewallNoticesTest {
  @Nested
  class C16ValidationNoticeInFiveDays {
    private final Situation begun =
        new Situation()
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
          new Situation()
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
        new Situation()
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
  class C22FirstCreditor {
    @Test
    void untilItIsAnsweredNothingElseIsSaid() {
      Situation asked =
          new Situation()
              .as(CollectorRole.THIRD_PARTY)
              .told(NoticeKind.CREDITOR_ASKED, "2026-03-10T10:00");
      assertThat(asked.forbids(Channel.CALL, Purpose.COLLECT, MONDAY)).containsExactly("C22");
      assertThat(asked.allows(Channel.MAIL, Purpose.VERIFICATION, MONDAY)).isTrue();
    }
  }
}
