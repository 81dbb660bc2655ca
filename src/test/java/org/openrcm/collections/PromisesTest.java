package org.openrcm.collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrcm.collections.CollectorsFloor.refused;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openrcm.MovableClock;
import org.openrcm.ServerTest;
import org.openrcm.TestUsers;
import org.openrcm.money.Money;
import org.openrcm.payment.Plans;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;

/** Promises to pay: when they are kept, what they hold back, and which are refused. */
@ServerTest
@Import(MovableClock.InServer.class)
class PromisesTest {
  @Autowired private ApplicationContext server;
  @Autowired private MovableClock clock;
  @Autowired private Promises promises;
  @Autowired private Plans plans;

  private Promise promise(CollectorsFloor floor, long account, String amount, LocalDate day) {
    return floor.as(floor.collector(), () -> promises.make(account, Money.of(amount), day, key()));
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  @Test
  void whatIsPaidOrPromisedOrPlannedIsNotAskedForAndWhatIsBrokenComesBackFirst() {
    CollectorsFloor floor = CollectorsFloor.open(server, 4);
    TestUsers.Person collector = floor.collector();
    long paid = floor.account(1);
    long promised = floor.account(2);
    long planned = floor.account(3);
    floor.pays(paid, "30");
    LocalDate friday = floor.today().plusDays(3);
    promise(floor, promised, "20", friday);
    floor.as(
        collector, () -> plans.make(planned, Money.of("30"), 2, floor.today().plusDays(2), key()));
    floor.settled();
    assertThat(floor.reasons(paid)).contains(Eligibility.ONLY_AFTER_FULL_STATEMENT_CYCLE);
    assertThat(floor.entry(promised).reasons())
        .containsExactly(new Reason(Eligibility.NEVER_BEFORE_A_PROMISE_IS_DUE, friday.plusDays(1)));
    assertThat(floor.reasons(planned)).containsExactly(Eligibility.NEVER_WHILE_A_PLAN_IS_KEPT);
    assertThat(floor.take(collector).number()).isEqualTo(floor.account(4));
    floor.daysPass(clock, 3);
    // the plan is behind since yesterday; the promise can be kept until tonight
    assertThat(floor.reasons(promised)).isNotEmpty();
    Entry behind = floor.entry(planned);
    assertThat(behind.state()).isEqualTo(Entry.State.WAITING);
    assertThat(behind.score().first()).isTrue();
    assertThat(floor.take(collector).number()).isEqualTo(planned);
    floor.daysPass(clock, 1);
    assertThat(floor.entry(promised).score().first()).isTrue();
    assertThat(floor.entry(promised).score().parts())
        .extracting(Score.Part::words)
        .contains("a promise to pay was not kept");
  }

  @Test
  void aPromiseIsKeptByWhatIsPaidUntilItsDayAndByNothingElse() {
    CollectorsFloor floor = CollectorsFloor.open(server, 3);
    LocalDate day = floor.today().plusDays(2);
    floor.pays(floor.account(1), "10");
    for (int i = 1; i <= 3; i++) {
      promise(floor, floor.account(i), "15", day);
    }
    floor.pays(floor.account(1), "14.99");
    floor.pays(floor.account(2), "15");
    assertThat(states(floor, 1)).containsExactly(Promise.State.OPEN);
    assertThat(states(floor, 2)).containsExactly(Promise.State.KEPT);
    clock.move(Duration.ofDays(3));
    floor.pays(floor.account(1), "0.01");
    floor.pays(floor.account(3), "30");
    assertThat(states(floor, 1)).containsExactly(Promise.State.BROKEN);
    assertThat(states(floor, 2)).containsExactly(Promise.State.KEPT);
    assertThat(states(floor, 3)).containsExactly(Promise.State.BROKEN);
  }

  private List<Promise.State> states(CollectorsFloor floor, int patient) {
    long account = floor.account(patient);
    return floor
        .books
        .ask(() -> promises.of(List.of(account)))
        .getOrDefault(account, List.of())
        .stream()
        .map(Promise::state)
        .toList();
  }

  @Test
  void aPromiseInThePastTooFarOffOrForMoreThanIsOwedIsRefused() {
    CollectorsFloor floor = CollectorsFloor.open(server, 1);
    long account = floor.account(1);
    LocalDate today = floor.today();
    refused(
        Refused.Reason.PROMISE_IN_THE_PAST, () -> promise(floor, account, "5", today.minusDays(1)));
    refused(Refused.Reason.PROMISE_TOO_FAR, () -> promise(floor, account, "5", today.plusDays(61)));
    refused(Refused.Reason.PROMISE_ABOVE_OWED, () -> promise(floor, account, "30.01", today));
    refused(Refused.Reason.NOT_ABOVE_ZERO, () -> promise(floor, account, "0", today));
    refused(Refused.Reason.NOT_ABOVE_ZERO, () -> promise(floor, account, "-5", today));
    assertThat(states(floor, 1)).isEmpty();
    String key = key();
    Promise once =
        floor.as(floor.collector(), () -> promises.make(account, Money.of("30"), today, key));
    Promise again =
        floor.as(floor.collector(), () -> promises.make(account, Money.of("30"), today, key));
    assertThat(again).isEqualTo(once);
    refused(
        Refused.Reason.SENT_BEFORE,
        () ->
            floor.as(floor.collector(), () -> promises.make(account, Money.of("29"), today, key)));
    promise(floor, account, "10", today.plusDays(60));
    assertThat(states(floor, 1)).containsExactly(Promise.State.OPEN, Promise.State.WITHDRAWN);
  }
}
