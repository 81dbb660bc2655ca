package org.openrcm.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.MovableClock;
import org.openrcm.ServerTest;
import org.openrcm.TestUsers;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Flags;
import org.openrcm.ledger.Balances;
import org.openrcm.money.Money;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;

/** What is taken, voided, given back and applied, to the cent and once. */
@ServerTest
@Import(MovableClock.InServer.class)
class PaymentsTest {
  private static final int AT_ONCE = 8;

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private MovableClock clock;
  @Autowired private Payments payments;
  @Autowired private Refunds refunds;
  @Autowired private Balances books;
  @Autowired private PatientBalances balances;
  @Autowired private Plans plans;
  @Autowired private Applied.Reader applied;
  private Desk desk;

  @BeforeEach
  void aDesk() {
    desk = Desk.open(server, "Desk");
  }

  private static void refused(Refused.Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private Refund refund(PatientPayment payment, String amount) {
    return refund(payment, amount, UUID.randomUUID().toString());
  }

  private Refund refund(PatientPayment payment, String amount, String key) {
    return desk.as(() -> refunds.refund(payment.id(), Money.of(amount), key));
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  @Test
  void theOldestVisitIsPaidFirstAndTheRestIsCredit() {
    assertThat(desk.standing()).isEqualTo("15.00 20.00 credit 0.00");
    desk.cash("10");
    assertThat(desk.standing()).isEqualTo("5.00 20.00 credit 0.00");
    desk.cash("12.5");
    assertThat(desk.standing()).isEqualTo("12.50 credit 0.00");
    PatientPayment last = desk.cash("20");
    assertThat(desk.standing()).isEqualTo("credit 7.50");
    assertThat(last.reference()).isEqualTo("PP-" + last.number());
    assertThat(desk.in(() -> applied.of(last)))
        .isEqualTo(new Applied(Map.of(desk.claim(1), Money.of("12.50")), Money.of("7.50")));
    desk.isSound();
  }

  @Test
  void thePayerMayNameTheVisit() {
    desk.take("18", false, key(), desk.claim(1));
    assertThat(desk.standing()).isEqualTo("15.00 2.00 credit 0.00");
    refused(Refused.Reason.MORE_THAN_OWED, () -> desk.take("3", false, key(), desk.claim(1)));
    // of somebody else, and of nobody
    refused(Refused.Reason.NO_SUCH_VISIT, () -> desk.take("1", true, key(), desk.claim(2)));
    refused(Refused.Reason.NO_SUCH_VISIT, () -> desk.take("1", true, key(), -1L));
    desk.take("3", true, key(), desk.claim(1));
    assertThat(desk.standing()).isEqualTo("15.00 credit 1.00");
    desk.isSound();
  }

  @Test
  void c23NothingGoesByItselfToAVisitThatIsDisputed() {
    Flags flags = server.getBean(Flags.class);
    desk.in(() -> flags.raise(desk.account(), desk.claim(0), FlagKind.DISPUTE, null, "x"));
    desk.cash("10");
    assertThat(desk.standing()).isEqualTo("15.00 10.00 credit 0.00");
    desk.cash("25");
    assertThat(desk.standing()).as("the rest waits").isEqualTo("15.00 credit 15.00");
    desk.isSound();
  }

  @Test
  void c40APlanOfMoreThanFourInstalmentsIsRefused() {
    LocalDate first = LocalDate.now(clock);
    assertThat(desk.as(() -> plans.make(desk.account(), Money.of("35"), 4, first, key())))
        .isNotNull();
    refused(
        Refused.Reason.TOO_MANY_INSTALMENTS,
        () -> desk.as(() -> plans.make(desk.account(), Money.of("35"), 5, first, key())));
  }

  @Test
  void moreThanIsOwedIsRefusedUnlessItIsMeant() {
    refused(Refused.Reason.MORE_THAN_OWED, () -> desk.take("35.01", false, key()));
    assertThat(desk.standing()).isEqualTo("15.00 20.00 credit 0.00");
    desk.take("35", false, key());
    refused(Refused.Reason.MORE_THAN_OWED, () -> desk.take("0.01", false, key()));
    desk.take("0.01", true, key());
    assertThat(desk.standing()).isEqualTo("credit 0.01");
  }

  @Test
  void amountsBelowACentAndBeyondTheLimitAreRefused() {
    refused(Refused.Reason.NOT_ABOVE_ZERO, () -> desk.cash("0"));
    refused(Refused.Reason.NOT_ABOVE_ZERO, () -> desk.cash("-5"));
    refused(Refused.Reason.TOO_LARGE, () -> desk.cash("100000.01"));
    PatientPayment paid = desk.cash("5");
    refused(Refused.Reason.NOT_ABOVE_ZERO, () -> refund(paid, "-5"));
    refused(Refused.Reason.NOT_ABOVE_ZERO, () -> refund(paid, "0"));
    assertThat(desk.count("patient_payment")).isEqualTo(1);
    assertThat(desk.count("patient_refund")).isZero();
  }

  private <T> List<T> atOnce(Callable<T> work) throws Exception {
    ExecutorService people = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<T>> all = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        all.add(work);
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> each : people.invokeAll(all)) {
        answers.add(each.get());
      }
      return answers;
    } finally {
      people.shutdown();
    }
  }

  @Test
  void sentEightTimesAtOnceItIsTakenOnceWithOneAnswer() throws Exception {
    String key = key();
    assertThat(new HashSet<>(atOnce(() -> desk.cash("10", key)))).hasSize(1);
    PatientPayment paid = desk.cash("10", key);
    assertThat(desk.standing()).isEqualTo("5.00 20.00 credit 0.00");
    assertThat(desk.count("patient_payment")).isEqualTo(1);
    refused(Refused.Reason.SENT_BEFORE, () -> desk.cash("11", key));
    String back = key();
    assertThat(new HashSet<>(atOnce(() -> refund(paid, "4", back)))).hasSize(1);
    assertThat(desk.standing()).isEqualTo("9.00 20.00 credit 0.00");
    refused(Refused.Reason.SENT_BEFORE, () -> refund(paid, "5", back));
    PatientPayment other = desk.cash("1");
    atOnce(() -> desk.as(() -> payments.voidToday(other.id())));
    assertThat(desk.standing()).isEqualTo("9.00 20.00 credit 0.00");
    assertThat(desk.count("journal_entry where source in ('PATIENT_PAYMENT', 'REFUND')"))
        .isEqualTo(4);
    desk.isSound();
  }

  @Test
  void whatWasTakenTodayCanBeVoidedAndIsOwedAgain() {
    PatientPayment paid = desk.cash("40");
    assertThat(desk.as(() -> payments.voidToday(paid.id())).isVoided()).isTrue();
    assertThat(desk.standing()).isEqualTo("15.00 20.00 credit 0.00");
    refused(Refused.Reason.VOIDED, () -> refund(paid, "1"));
    PatientPayment second = desk.cash("10");
    refund(second, "1");
    refused(Refused.Reason.REFUNDED_ALREADY, () -> desk.as(() -> payments.voidToday(second.id())));
    PatientPayment third = desk.cash("1");
    clock.move(Duration.ofDays(1));
    refused(Refused.Reason.NOT_TODAY, () -> desk.as(() -> payments.voidToday(third.id())));
    desk.isSound();
  }

  @Test
  void creditIsGivenBackFirstThenWhatWasOverpaidThenTheLatestVisit() {
    PatientPayment paid = desk.cash("40");
    desk.insurerLeaves(0, "-10");
    assertThat(desk.standing()).isEqualTo("-10.00 credit 5.00");
    assertThat(refund(paid, "4").method()).isEqualTo(Method.CHEQUE);
    assertThat(desk.standing()).isEqualTo("-10.00 credit 1.00");
    refund(paid, "6");
    assertThat(desk.standing()).isEqualTo("-5.00 credit 0.00");
    refund(paid, "6");
    assertThat(desk.standing()).isEqualTo("1.00 credit 0.00");
    refused(Refused.Reason.MORE_THAN_PAID, () -> refund(paid, "24.01"));
    refund(paid, "24");
    assertThat(desk.standing()).isEqualTo("5.00 20.00 credit 0.00");
    refused(Refused.Reason.MORE_THAN_PAID, () -> refund(paid, "0.01"));
    desk.isSound();
  }

  @Test
  void creditPaysForVisitsThatComeLater() {
    refused(
        Refused.Reason.NOTHING_TO_APPLY,
        () -> desk.as(() -> payments.applyCredit(desk.account(), List.of())));
    desk.cash("40");
    desk.cash("3");
    refused(
        Refused.Reason.NOTHING_TO_APPLY,
        () -> desk.as(() -> payments.applyCredit(desk.account(), List.of())));
    desk.insurerLeaves(1, "6");
    assertThat(desk.as(() -> payments.applyCredit(desk.account(), List.of())))
        .isEqualTo(Money.of("6"));
    assertThat(desk.standing()).isEqualTo("credit 2.00");
    // what was overpaid for one visit pays for another
    desk.insurerLeaves(0, "-9");
    desk.insurerLeaves(1, "10");
    assertThat(desk.standing()).isEqualTo("-9.00 10.00 credit 2.00");
    desk.as(() -> payments.applyCredit(desk.account(), List.of(desk.claim(1))));
    assertThat(desk.standing()).isEqualTo("credit 1.00");
    desk.isSound();
  }

  @Test
  void whatIsOwedIsToldOfManyAccountsAtOnce() {
    desk.cash("40");
    Set<Long> asked = Set.of(desk.account(), -1L);
    Map<Long, Owed> owed = desk.in(() -> server.getBean(PatientBalances.class).of(asked));
    assertThat(owed.keySet()).isEqualTo(asked);
    assertThat(owed.get(desk.account()).credit()).isEqualTo(Money.of("5"));
    assertThat(owed.get(-1L).owed()).isEqualTo(Money.ZERO);
  }

  @Test
  void anAccountHasOnePlanAndPaymentsCountForIt() throws Exception {
    LocalDate today = desk.as(payments::today);
    desk.cash("5");
    String key = key();
    List<Plan> made =
        atOnce(() -> desk.as(() -> plans.make(desk.account(), Money.of("30"), 3, today, key)));
    assertThat(new HashSet<>(made)).hasSize(1);
    assertThat(made.get(0).paid()).isEqualTo(Money.ZERO);
    refused(
        Refused.Reason.PLAN_RUNS,
        () -> desk.as(() -> plans.make(desk.account(), Money.of("30"), 3, today, key())));
    PatientPayment first = desk.cash("10");
    assertThat(plan().state()).isEqualTo(Plan.State.KEPT);
    refund(first, "2");
    assertThat(plan().paid()).isEqualTo(Money.of("8"));
    clock.move(Duration.ofDays(1));
    assertThat(plan().state()).isEqualTo(Plan.State.BEHIND);
    desk.as(() -> plans.cancel(made.get(0).id()));
    assertThat(desk.in(() -> plans.of(desk.account()))).isEmpty();
    desk.as(() -> plans.resume(made.get(0).id()));
    desk.cash("22");
    assertThat(plan().state()).isEqualTo(Plan.State.DONE);
    refused(
        Refused.Reason.PLAN_ABOVE_OWED,
        () ->
            desk.as(() -> plans.make(desk.account(), Money.of("30"), 2, today.plusDays(1), key())));
  }

  @Test
  void aPlanThatIsOverStaysOverWhateverIsOwedLater() {
    LocalDate today = desk.as(payments::today);
    desk.as(() -> plans.make(desk.account(), Money.of("35"), 2, today, key()));
    PatientPayment mistaken = desk.cash("35");
    assertThat(plan().state()).isEqualTo(Plan.State.DONE);
    desk.as(() -> payments.voidToday(mistaken.id()));
    assertThat(plan().state()).as("what was voided never was").isEqualTo(Plan.State.ACTIVE);
    desk.cash("10");
    desk.insurerLeaves(0, "-5");
    desk.insurerLeaves(1, "-20");
    assertThat(plan().state()).as("nothing is owed").isEqualTo(Plan.State.DONE);
    desk.insurerLeaves(1, "80");
    clock.move(Duration.ofDays(1));
    assertThat(plan().state()).as("the new share is not the plan's").isEqualTo(Plan.State.DONE);
    LocalDate later = desk.as(payments::today);
    Plan next = desk.as(() -> plans.make(desk.account(), Money.of("60"), 3, later, key()));
    assertThat(plan()).isEqualTo(next);
    assertThat(next.state()).isEqualTo(Plan.State.ACTIVE);
  }

  @Test
  void whatIsTooMuchForOneVisitEndsNoPlanForAnother() {
    LocalDate today = desk.as(payments::today);
    desk.cash("15");
    desk.insurerLeaves(0, "-30");
    desk.as(() -> plans.make(desk.account(), Money.of("20"), 2, today, key()));
    desk.cash("5");
    assertThat(desk.standing()).isEqualTo("-30.00 15.00 credit 0.00");
    assertThat(plan().state()).as("15 are owed").isEqualTo(Plan.State.ACTIVE);
  }

  @Test
  void creditIsToldAsOfAnEntry() {
    long before = desk.as(() -> books.point(null).entry());
    desk.cash("40");
    List<Long> account = List.of(desk.account());
    assertThat(desk.in(() -> balances.credits(account, before))).isEmpty();
    assertThat(desk.in(() -> balances.credits(account, Long.MAX_VALUE)))
        .containsEntry(desk.account(), Money.of("5"));
  }

  private Plan plan() {
    return desk.in(() -> plans.of(desk.account())).orElseThrow();
  }
}
