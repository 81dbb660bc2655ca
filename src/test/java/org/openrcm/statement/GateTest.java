package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrcm.account.Flag;
import org.openrcm.account.FlagKind;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Source;
import org.openrcm.money.Money;
import org.openrcm.posting.Trouble;

/** Each reason withholds, from the day on which it holds to the day on which it does not. */
class GateTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 1);
  private static final Policy POLICY = Policy.of("Larkfield Family Practice");

  /** An account that gets a statement, for a test to change one thing of. */
  private static final class Account {
    private final List<Visit> visits = new ArrayList<>();
    private final List<Flag> flags = new ArrayList<>();
    private Money credit = Money.ZERO;
    private boolean plan;
    private boolean reachable = true;
    private boolean paper = true;
    private Standing.@Nullable Last last;

    static Account of(MadeUpVisit... visits) {
      Account account = new Account();
      Stream.of(visits).map(MadeUpVisit::visit).forEach(account.visits::add);
      return account;
    }

    Account flag(FlagKind kind, @Nullable Long claim, LocalDate raised, @Nullable LocalDate until) {
      flags.add(
          new Flag(new UUID(7, 7), 1, claim, kind, raised, "Person", until, "why", null, null));
      return this;
    }

    Account credit(String amount) {
      credit = Money.of(amount);
      return this;
    }

    Account last(LocalDate issued, Stage stage, boolean again) {
      last = new Standing.Last(issued, stage, Money.of("36.00"), again);
      return this;
    }

    Gate.Verdict decide(LocalDate day) {
      return Gate.decide(
          new Standing(visits, flags, credit, plan, reachable, paper, last), POLICY, day);
    }

    List<Withheld> reasons(LocalDate day) {
      return decide(day).reasons().stream().map(Reason::why).toList();
    }
  }

  private static MadeUpVisit owed36() {
    return MadeUpVisit.charged(1, "240.00").decided(1, "144.00", "60.00", "PR-2", "36.00");
  }

  @Test
  void aVisitThatEverythingIsDecidedOfIsBilled() {
    Gate.Verdict verdict = Account.of(owed36()).decide(DAY);
    assertThat(verdict.passes()).isTrue();
    assertThat(verdict.owed()).isEqualTo(Money.of("36.00"));
    assertThat(verdict.billable()).extracting(Visit::number).containsExactly(1L);
    assertThat(verdict.waiting()).isEmpty();
  }

  @Test
  void whatWasWrittenOffOfADenialHoldsNothingUpAndIsNotThePatients() {
    MadeUpVisit visit =
        MadeUpVisit.charged(1, "250.00")
            .decided(1, "144.00", "60.00", "PR-2", "36.00")
            .post(AccountKind.INSURANCE_RECEIVABLE, "-10.00", Source.PAYMENT, 1, null)
            .post(AccountKind.DENIAL_WRITE_OFF, "10.00", Source.PAYMENT, 1, "CO-29");
    Gate.Verdict verdict = Account.of(visit).decide(DAY);
    assertThat(verdict.passes()).isTrue();
    assertThat(verdict.owed()).isEqualTo(Money.of("36.00"));
    assertThat(verdict.billable().get(0).sums().discount().amount()).isEqualTo(Money.of("70.00"));
  }

  static List<Arguments> visitsThatWait() {
    return List.of(
        Arguments.of(
            Withheld.INSURER_TO_ANSWER,
            MadeUpVisit.charged(1, "240.00").decided(1, "100.00", "60.00", "PR-2", "36.00")),
        Arguments.of(
            Withheld.DENIAL_OPEN,
            owed36().post(AccountKind.DENIED_PENDING_REVIEW, "10.00", Source.PAYMENT, 1, "CO-29")),
        Arguments.of(Withheld.EXCEPTION_OPEN, owed36().trouble(Trouble.REVERSAL_DIFFERS)),
        Arguments.of(Withheld.QMB, owed36().protectedBy("QMB")),
        Arguments.of(
            Withheld.NO_SURPRISES,
            MadeUpVisit.charged(1, "100.00")
                .decided(1, "40.00", "20.00", "PR-2", "36.00", "OA-45", "4.00")
                .protectedBy("NO_SURPRISES")),
        Arguments.of(
            Withheld.NO_SURPRISES, owed36().paidByPatient("40.00").protectedBy("NO_SURPRISES")),
        Arguments.of(Withheld.MEDICAID, owed36().medicaid()),
        Arguments.of(
            Withheld.ABOVE_FINAL_SHARE,
            MadeUpVisit.charged(1, "240.00")
                .decided(1, "144.00", "60.00", "PR-2", "26.00", "OA-45", "10.00")));
  }

  @ParameterizedTest
  @MethodSource("visitsThatWait")
  void aVisitThatIsNotFinalIsNotBilledAndSaysWhy(Withheld why, MadeUpVisit visit) {
    Gate.Verdict verdict = Account.of(visit).decide(DAY);
    assertThat(verdict.billable()).isEmpty();
    assertThat(verdict.reasons()).extracting(Reason::why).contains(why);
    assertThat(verdict.reasons()).extracting(Reason::claim).contains(1L);
  }

  @ParameterizedTest
  @MethodSource("visitsThatWait")
  void aVisitThatWaitsDoesNotHoldBackAnother(Withheld why, MadeUpVisit visit) {
    MadeUpVisit other =
        MadeUpVisit.charged(2, "100.00").decided(1, "60.00", "20.00", "PR-1", "20.00");
    Gate.Verdict verdict = Account.of(visit, other).decide(DAY);
    assertThat(verdict.passes()).isTrue();
    assertThat(verdict.owed()).isEqualTo(Money.of("20.00"));
    assertThat(verdict.billable()).extracting(Visit::number).containsExactly(2L);
    assertThat(verdict.waiting().values())
        .singleElement()
        .satisfies(reasons -> assertThat(reasons).extracting(Reason::why).contains(why));
  }

  @Test
  void aMedicaidCopayIsBilled() {
    assertThat(
            Account.of(
                    MadeUpVisit.charged(1, "40.00")
                        .decided(1, "20.00", "15.00", "PR-3", "5.00")
                        .medicaid())
                .reasons(DAY))
        .isEmpty();
  }

  @Test
  void underTheNoSurprisesActThePlansShareIsBilledAndNothingElse() {
    Gate.Verdict verdict = Account.of(owed36().protectedBy("NO_SURPRISES")).decide(DAY);
    assertThat(verdict.passes()).isTrue();
    assertThat(verdict.owed()).isEqualTo(Money.of("36.00"));
  }

  @ParameterizedTest
  @EnumSource(FlagKind.class)
  void aFlagHoldsFromTheDayItIsRaisedToItsLast(FlagKind kind) {
    Account account = Account.of(owed36()).flag(kind, null, DAY, DAY.plusDays(9));
    assertThat(account.reasons(DAY.minusDays(1))).isEmpty();
    assertThat(account.reasons(DAY)).hasSize(1);
    assertThat(account.reasons(DAY.plusDays(9))).hasSize(1);
    assertThat(account.reasons(DAY.plusDays(10))).isEmpty();
    assertThat(account.decide(DAY).reasons().get(0).until()).isEqualTo(DAY.plusDays(10));
  }

  @ParameterizedTest
  @EnumSource(
      value = FlagKind.class,
      names = {"DISPUTE", "HOLD"})
  void aFlagOfOneVisitHoldsBackThatVisit(FlagKind kind) {
    Account account =
        Account.of(
                owed36(),
                MadeUpVisit.charged(2, "100.00").decided(1, "60.00", "20.00", "PR-1", "20.00"))
            .flag(kind, 1L, DAY, null);
    assertThat(account.decide(DAY.minusDays(1)).owed()).isEqualTo(Money.of("56.00"));
    assertThat(account.decide(DAY).owed()).isEqualTo(Money.of("20.00"));
    assertThat(account.decide(DAY).passes()).isTrue();
  }

  @Test
  void returnedMailHoldsBackPaperOnly() {
    Account account = Account.of(owed36()).flag(FlagKind.RETURNED_MAIL, null, DAY, null);
    assertThat(account.reasons(DAY)).containsExactly(Withheld.RETURNED_MAIL);
    account.paper = false;
    assertThat(account.reasons(DAY)).isEmpty();
  }

  @Test
  void theMinimumIsBilledAndACentLessIsNot() {
    String atMinimum = POLICY.minimum().toString();
    String below = POLICY.minimum().minus(Money.ofCents(1)).toString();
    assertThat(
            Account.of(
                    MadeUpVisit.charged(1, atMinimum).decided(1, "0.00", "0.00", "PR-1", atMinimum))
                .reasons(DAY))
        .isEmpty();
    assertThat(
            Account.of(MadeUpVisit.charged(1, below).decided(1, "0.00", "0.00", "PR-1", below))
                .reasons(DAY))
        .containsExactly(Withheld.BELOW_MINIMUM);
  }

  @Test
  void theIntervalIsOverOnItsLastDayAndNotTheDayBefore() {
    Account account =
        Account.of(owed36()).last(DAY.minusDays(POLICY.intervalDays() - 1L), Stage.FIRST, true);
    assertThat(account.reasons(DAY)).containsExactly(Withheld.TOO_SOON);
    assertThat(account.decide(DAY).reasons().get(0).until()).isEqualTo(DAY.plusDays(1));
    assertThat(account.reasons(DAY.plusDays(1))).isEmpty();
  }

  @Test
  void afterTheFinalNoticeTheSameMoneyIsNotAskedForAgain() {
    assertThat(Account.of(owed36()).last(DAY.minusDays(60), Stage.FINAL_NOTICE, true).reasons(DAY))
        .containsExactly(Withheld.FINAL_NOTICE_SENT);
    assertThat(Account.of(owed36()).last(DAY.minusDays(60), Stage.FINAL_NOTICE, false).reasons(DAY))
        .isEmpty();
    assertThat(Account.of(owed36()).last(DAY.minusDays(60), Stage.PAST_DUE, true).reasons(DAY))
        .isEmpty();
  }

  @Test
  void whatIsPaidIsNotOwed() {
    assertThat(Account.of(owed36().paidByPatient("36.00")).reasons(DAY))
        .containsExactly(Withheld.NOTHING_OWED);
    assertThat(Account.of(owed36().paidByPatient("16.00")).decide(DAY).owed())
        .isEqualTo(Money.of("20.00"));
  }

  @Test
  void aCreditThatCoversItHoldsItBackAndASmallerOneIsTakenOff() {
    assertThat(Account.of(owed36()).credit("36.00").reasons(DAY))
        .containsExactly(Withheld.COVERED_BY_CREDIT);
    assertThat(Account.of(owed36()).credit("20.00").decide(DAY).owed())
        .isEqualTo(Money.of("16.00"));
  }

  @Test
  void aPlanAndAMissingAddressHoldItBack() {
    Account account = Account.of(owed36());
    account.plan = true;
    account.reachable = false;
    assertThat(account.reasons(DAY)).containsExactly(Withheld.PLAN, Withheld.NO_ADDRESS);
  }

  @Test
  void allReasonsAreGivenAndNotTheFirstAlone() {
    Account account =
        Account.of(owed36())
            .flag(FlagKind.BANKRUPTCY, null, DAY, null)
            .flag(FlagKind.ASSISTANCE, null, DAY, null)
            .last(DAY.minusDays(1), Stage.FIRST, true);
    assertThat(account.reasons(DAY))
        .containsExactlyInAnyOrder(Withheld.BANKRUPTCY, Withheld.ASSISTANCE, Withheld.TOO_SOON);
  }
}
