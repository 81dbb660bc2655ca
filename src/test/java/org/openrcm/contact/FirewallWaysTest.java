package org.openrcm.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrcm.contact.Situation.EMAIL;
import static org.openrcm.contact.Situation.MONDAY;
import static org.openrcm.contact.Situation.NUMBER;
import static org.openrcm.contact.Situation.at;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which ways to a patient are open, and with whose consent: the boundaries of each rule, by its
 * row.
 */
class FirewallWaysTest {
  @Nested
  class C11Texts {
    @Test
    void sixtyDaysAreRightAndSixtyOneAreNot() {
      Situation agreed = new Situation().textsAgreed("2026-01-10T10:00");
      assertThat(agreed.allows(Channel.TEXT, Purpose.COLLECT, "2026-03-11T20:00")).isTrue();
      assertThat(agreed.forbids(Channel.TEXT, Purpose.COLLECT, "2026-03-12T10:00"))
          .containsExactly("C11");
      assertThat(agreed.next(Channel.TEXT, Purpose.COLLECT, "2026-03-12T10:00")).isNull();
    }

    @Test
    void aTextOfTheirsOrALookUpOfTheNumberRenewsIt() {
      Situation agreed = new Situation().textsAgreed("2026-01-10T10:00");
      agreed.received(Channel.TEXT, "2026-02-10T10:00");
      assertThat(agreed.allows(Channel.TEXT, Purpose.COLLECT, "2026-04-11T10:00")).isTrue();
      agreed.told(Told.of(NoticeKind.NUMBER_CHECKED, at("2026-05-01T10:00")).at(NUMBER));
      assertThat(agreed.allows(Channel.TEXT, Purpose.COLLECT, "2026-05-02T10:00")).isTrue();
    }

    @Test
    void aLookUpAloneIsNoConsent() {
      assertThat(
              new Situation()
                  .told(Told.of(NoticeKind.NUMBER_CHECKED, at("2026-03-01T10:00")).at(NUMBER))
                  .forbids(Channel.TEXT, Purpose.COLLECT, MONDAY))
          .contains("C11");
    }

    @Test
    void aConsentForAnotherNumberIsNone() {
      assertThat(
              new Situation()
                  .told(Told.of(NoticeKind.TEXT_CONSENT, at("2026-03-01T10:00")).at("2125550199"))
                  .forbids(Channel.TEXT, Purpose.COLLECT, MONDAY))
          .contains("C11", "C29");
    }
  }

  @Nested
  class C12EmailAddressOfTheCreditor {
    private final Situation third =
        new Situation()
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
      assertThat(new Situation().allows(Channel.EMAIL, Purpose.COLLECT, MONDAY)).isTrue();
    }
  }

  @Nested
  class C13RefusedWays {
    private final Situation refused =
        new Situation()
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
      assertThat(new Situation().allows(Channel.EMAIL, Purpose.CONFIRM_REFUSAL, MONDAY)).isFalse();
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
              new Situation()
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
  class C27NoticesThatArrive {
    @Test
    void whereAnEmailCameBackNoOtherIsSent() {
      Situation back =
          new Situation()
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
      assertThat(new Situation().allows(Channel.EMAIL, Purpose.VALIDATION_NOTICE, MONDAY))
          .isFalse();
      assertThat(new Situation().allows(Channel.MAIL, Purpose.VALIDATION_NOTICE, MONDAY)).isTrue();
      assertThat(
              new Situation()
                  .told(NoticeKind.ELECTRONIC_CONSENT, "2026-03-10T10:00")
                  .allows(Channel.EMAIL, Purpose.VALIDATION_NOTICE, MONDAY))
          .isTrue();
    }
  }

  @Nested
  class C29Consent {
    private final Situation agreed =
        new Situation()
            .told(Told.of(NoticeKind.TEXT_CONSENT, at("2026-03-01T10:00")).at(NUMBER))
            .told(Told.of(NoticeKind.AUTOMATIC_CONSENT, at("2026-03-01T10:00")).at(NUMBER));

    private Verdict automatic(Situation situation, String at) {
      Ask ask = new Ask(Channel.CALL, Purpose.COLLECT, NUMBER, Place.MOBILE, true, at(at));
      return Firewall.decide(situation.facts(), ask, Rules.all());
    }

    @Test
    void aMachineDialsWithConsentOnlyAndAPersonWithout() {
      assertThat(automatic(agreed, MONDAY).allowed()).isTrue();
      assertThat(automatic(new Situation(), MONDAY).allowed()).isFalse();
      assertThat(new Situation().allowsCall(MONDAY)).isTrue();
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
          new Situation()
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
          new Situation()
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
}
