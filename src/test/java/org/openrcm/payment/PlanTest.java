package org.openrcm.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.openrcm.money.Money;

/** Plans without a database. */
class PlanTest {
  private static final LocalDate MADE = LocalDate.of(2026, 1, 15);
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 31);

  private static Plan plan(String total, int count, String paid, String owed, LocalDate today) {
    return Plan.of(
        new Plan.Terms(1, UUID.randomUUID(), 1, Money.of(total), count, FIRST, MADE, "Wren", false),
        Money.of(paid),
        Money.of(owed),
        today);
  }

  @Test
  void partsAreAMonthApartAlsoAtTheEndsOfMonths() {
    assertThat(plan("100", 4, "0", "100", MADE).instalments())
        .extracting(Plan.Instalment::dueOn)
        .containsExactly(
            FIRST, LocalDate.of(2026, 2, 28), LocalDate.of(2026, 3, 31), LocalDate.of(2026, 4, 30));
    LocalDate leap = LocalDate.of(2028, 1, 30);
    assertThat(Plan.instalments(Money.of("3"), 3, leap, Money.ZERO))
        .extracting(Plan.Instalment::dueOn)
        .containsExactly(leap, LocalDate.of(2028, 2, 29), LocalDate.of(2028, 3, 30));
  }

  @Test
  void partsAreEqualToTheCentAndWhatIsLeftOverIsOnTheFirst() {
    assertThat(plan("100.00", 3, "0", "100", MADE).instalments())
        .extracting(part -> part.amount().toString())
        .containsExactly("33.34", "33.33", "33.33");
  }

  @Property
  void partsAddUpToTheWholeAndPaymentsCountForTheOldest(
      @ForAll @LongRange(min = 4, max = 10_000_000) long total,
      @ForAll @IntRange(min = 1, max = 4) int count,
      @ForAll @LongRange(min = 0, max = 12_000_000) long paid) {
    List<Plan.Instalment> parts =
        Plan.instalments(Money.ofCents(total), count, FIRST, Money.ofCents(Math.min(paid, total)));
    assertThat(parts).hasSize(count);
    assertThat(parts.stream().mapToLong(part -> part.amount().cents()).sum()).isEqualTo(total);
    assertThat(parts.stream().mapToLong(part -> part.paid().cents()).sum())
        .isEqualTo(Math.min(paid, total));
    for (int i = 1; i < count; i++) {
      assertThat(parts.get(0).amount().cents() - parts.get(i).amount().cents())
          .isBetween(0L, count - 1L);
      if (!parts.get(i - 1).isPaid()) {
        assertThat(parts.get(i).paid()).isEqualTo(Money.ZERO);
      }
    }
  }

  @Test
  void itsStateIsWorkedOutFromWhatWasPaidByWhen() {
    assertThat(plan("90", 3, "0", "90", FIRST).state()).isEqualTo(Plan.State.ACTIVE);
    assertThat(plan("90", 3, "29.99", "60.01", FIRST).state()).isEqualTo(Plan.State.ACTIVE);
    assertThat(plan("90", 3, "30", "60", FIRST).state()).isEqualTo(Plan.State.KEPT);
    assertThat(plan("90", 3, "29.99", "60.01", FIRST.plusDays(1)).state())
        .isEqualTo(Plan.State.BEHIND);
    assertThat(plan("90", 3, "30", "60", LocalDate.of(2026, 2, 28)).state())
        .isEqualTo(Plan.State.KEPT);
    Plan behind = plan("90", 3, "30", "60", LocalDate.of(2026, 3, 1));
    assertThat(behind.state()).isEqualTo(Plan.State.BEHIND);
    assertThat(behind.behind(LocalDate.of(2026, 3, 1))).isEqualTo(Money.of("30"));
    assertThat(behind.next()).isEqualTo(behind.instalments().get(1));
    assertThat(plan("90", 3, "90", "0", FIRST).state()).isEqualTo(Plan.State.DONE);
    assertThat(plan("90", 3, "95", "10", FIRST).paid()).isEqualTo(Money.of("90"));
    assertThat(plan("90", 3, "0", "0", FIRST.plusDays(9)).state()).isEqualTo(Plan.State.DONE);
  }

  private static Refused.Reason refusal(String total, int count, LocalDate first) {
    return Plans.refusal(Money.of("90"), Money.of(total), count, first, MADE);
  }

  @Test
  void aPlanIsRefusedAtItsBoundariesWithTheReason() {
    assertThat(refusal("90", 4, MADE)).isNull();
    assertThat(refusal("90", 2, MADE.plusDays(30))).isNull();
    assertThat(refusal("90", 5, MADE)).isEqualTo(Refused.Reason.TOO_MANY_INSTALMENTS);
    assertThat(Refused.Reason.TOO_MANY_INSTALMENTS.words()).contains("Regulation Z");
    assertThat(refusal("90", 1, MADE)).isEqualTo(Refused.Reason.NO_INSTALMENTS);
    assertThat(refusal("90", 0, MADE)).isEqualTo(Refused.Reason.NO_INSTALMENTS);
    assertThat(refusal("90", -1, MADE)).isEqualTo(Refused.Reason.NO_INSTALMENTS);
    assertThat(refusal("90", 3, MADE.minusDays(1))).isEqualTo(Refused.Reason.FIRST_DUE_TOO_EARLY);
    assertThat(refusal("90", 3, MADE.plusDays(31))).isEqualTo(Refused.Reason.FIRST_DUE_TOO_LATE);
    assertThat(refusal("90.01", 3, MADE)).isEqualTo(Refused.Reason.PLAN_ABOVE_OWED);
    assertThat(refusal("0", 3, MADE)).isEqualTo(Refused.Reason.NOT_ABOVE_ZERO);
    assertThat(refusal("-3", 3, MADE)).isEqualTo(Refused.Reason.NOT_ABOVE_ZERO);
    assertThat(refusal("2.99", 3, MADE)).isEqualTo(Refused.Reason.TOO_LITTLE);
    assertThat(refusal("3.00", 3, MADE)).isNull();
  }
}
