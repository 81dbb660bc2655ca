package org.openrcm.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrcm.contact.Situation.MONDAY;
import static org.openrcm.contact.Situation.at;

import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openrcm.account.FlagKind;

/** Whom nobody may ask for money, and which rule wins: the boundaries of each rule, by its row. */
class FirewallTest {
  @Nested
  class C7TheLawyerOnly {
    private final Situation lawyer =
        new Situation().textsAgreed("2026-03-10T09:00").told(NoticeKind.LAWYER, "2026-03-10T10:00");

    @ParameterizedTest
    @EnumSource(Channel.class)
    void everyWayToThePersonIsClosed(Channel channel) {
      assertThat(lawyer.forbids(channel, Purpose.COLLECT, MONDAY)).containsExactly("C7");
      assertThat(
              new Situation()
                  .flag(FlagKind.ATTORNEY, null)
                  .forbids(channel, Purpose.COLLECT, MONDAY))
          .contains("C7");
    }

    @Test
    void aLetterToTheLawyerIsAllowed() {
      assertThat(lawyer.allows(Channel.MAIL, Purpose.LAWYER, MONDAY)).isTrue();
      assertThat(new Situation().allows(Channel.MAIL, Purpose.LAWYER, MONDAY)).isFalse();
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
        new Situation().textsAgreed("2026-03-09T10:00").told(NoticeKind.CEASE, "2026-03-10T10:00");

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
  class C21Disputes {
    @ParameterizedTest
    @EnumSource(Channel.class)
    void aDisputeOfAllStopsEveryWay(Channel channel) {
      Situation disputed =
          new Situation().textsAgreed("2026-03-10T10:00").flag(FlagKind.DISPUTE, null);
      assertThat(disputed.forbids(channel, Purpose.COLLECT, MONDAY)).containsExactly("C21");
      assertThat(disputed.allows(Channel.MAIL, Purpose.VERIFICATION, MONDAY)).isTrue();
    }

    @Test
    void aDisputeOfHalfLeavesTheRest() {
      Situation half = new Situation().flag(FlagKind.DISPUTE, 1L);
      half.visits.add(new Facts.Visit(2, LocalDate.of(2026, 1, 6)));
      Verdict verdict = half.decide(Channel.CALL, Purpose.COLLECT, MONDAY);
      assertThat(verdict.allowed()).isTrue();
      assertThat(verdict.visits()).containsExactly(2L);
      half.flag(FlagKind.DISPUTE, 2L);
      assertThat(half.allowsCall(MONDAY)).isFalse();
    }

    @Test
    void aDisputedVisitAndOneOnHoldLeaveNothing() {
      Situation both = new Situation().flag(FlagKind.DISPUTE, 1L);
      both.visits.add(new Facts.Visit(2, LocalDate.of(2026, 1, 6)));
      both.flags.add(new Facts.Raised(FlagKind.HOLD, 2L, LocalDate.of(2026, 3, 20)));
      assertThat(both.forbids(Channel.CALL, Purpose.COLLECT, MONDAY)).contains("C21", "HOLD");
      assertThat(both.next(Channel.CALL, Purpose.COLLECT, MONDAY))
          .isEqualTo(at("2026-03-21T08:00"));
    }
  }

  @Nested
  class C26Deceased {
    private final Situation died = new Situation().flag(FlagKind.DECEASED, null);

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
  class C30Bankruptcy {
    private final Situation filed =
        new Situation()
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
      Situation flagged = new Situation().flag(FlagKind.BANKRUPTCY, null);
      assertThat(flagged.forbids(Channel.MAIL, Purpose.COLLECT, MONDAY)).containsExactly("C30");
    }
  }

  @Nested
  class C46TheStrictestWins {
    @Test
    void everyRuleThatBindsIsNamedWithItsPackAndVersion() {
      Verdict verdict =
          new Situation()
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
              new Situation()
                  .decide(Channel.CALL, Purpose.COLLECT, "2021-11-29T23:00").rulings().stream()
                      .map(Ruling::pack))
          .doesNotContain("REG_F");
    }
  }
}
