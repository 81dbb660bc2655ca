package org.openrcm.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrcm.ServerTest;
import org.openrcm.money.Money;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Whatever is done in whatever order, the books hold, and no payment brings a visit below zero. */
@ServerTest
class PaymentsPropertyTest {
  private static final int STEPS = 60;

  @Autowired private ApplicationContext server;
  @Autowired private Payments payments;
  @Autowired private Refunds refunds;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theBooksHoldWhateverIsDone(long seed) {
    Random random = new Random(seed);
    Desk desk = Desk.open(server, "Random");
    List<PatientPayment> paid = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      Map<Long, Long> before = desk.receivables();
      int what = random.nextInt(10);
      try {
        act(desk, what, random, paid);
      } catch (Refused e) {
        assertThat(desk.receivables()).as("refused: %s", e.reason()).isEqualTo(before);
      }
      if (what > 1) {
        desk.receivables()
            .forEach(
                (claim, cents) ->
                    assertThat(cents)
                        .as("claim %d after %d", claim, what)
                        .isGreaterThanOrEqualTo(Math.min(0, before.getOrDefault(claim, 0L))));
      }
      desk.isSound();
    }
    assertThat(paid).isNotEmpty();
  }

  private void act(Desk desk, int what, Random random, List<PatientPayment> paid) {
    String amount = Money.ofCents(1 + random.nextInt(3000)).toString();
    switch (what) {
      case 0 -> desk.insurerLeaves(random.nextInt(2), amount);
      case 1 -> desk.insurerLeaves(random.nextInt(2), "-" + amount);
      case 2, 3, 4 ->
          paid.add(desk.take(amount, random.nextBoolean(), UUID.randomUUID().toString()));
      case 5 ->
          paid.add(
              desk.take(amount, true, UUID.randomUUID().toString(), desk.claim(random.nextInt(2))));
      case 6 -> desk.as(() -> payments.applyCredit(desk.account(), List.of()));
      case 7 ->
          desk.as(
              () -> payments.applyCredit(desk.account(), List.of(desk.claim(random.nextInt(2)))));
      default -> {
        if (!paid.isEmpty()) {
          PatientPayment one = paid.get(random.nextInt(paid.size()));
          if (what == 8) {
            desk.as(() -> payments.voidToday(one.id()));
          } else {
            desk.as(() -> refunds.refund(one.id(), Money.of(amount), UUID.randomUUID().toString()));
          }
        }
      }
    }
  }
}
