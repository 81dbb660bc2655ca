package org.openrcm.collections;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openrcm.account.Portrait;
import org.openrcm.account.Seen;
import org.openrcm.contact.Channel;
import org.openrcm.contact.Decision;
import org.openrcm.contact.Purpose;
import org.openrcm.money.Money;
import org.openrcm.payment.Plan;
import org.openrcm.statement.Demand;

/** The order of the queue without a database. */
class PriorityTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

  private static Facts facts(
      long cents, int age, String language, @Nullable Promise promise, boolean paid) {
    Seen.Person person =
        new Seen.Person(
            "QUILLBY", "TANSY", null, null, null, null, List.of(), null, null, null, null, null);
    Portrait account =
        new Portrait(
            1, UUID.randomUUID(), person, null, language, true, null, null, List.of(), List.of());
    return new Facts(
        new Demand(
            account,
            Money.ofCents(cents),
            List.of(1L),
            Money.ZERO,
            null,
            null,
            TODAY.minusDays(age)),
        List.of(),
        null,
        promise == null ? List.of() : List.of(promise),
        paid,
        false,
        call(true));
  }

  private static Facts of(Facts facts, boolean reachable, boolean spoken) {
    return new Facts(
        facts.demand(),
        facts.flags(),
        facts.plan(),
        facts.promises(),
        facts.paidBefore(),
        spoken,
        call(reachable));
  }

  private static Decision call(boolean allowed) {
    return new Decision(
        UUID.randomUUID(),
        1,
        Channel.CALL,
        Purpose.COLLECT,
        null,
        Instant.EPOCH,
        allowed,
        null,
        null,
        List.of(),
        List.of(),
        List.of());
  }

  private static Promise promise(Promise.State state, LocalDate due) {
    return new Promise(
        1,
        UUID.randomUUID(),
        1,
        Money.of("10"),
        due,
        due.minusDays(7),
        Instant.EPOCH,
        "Wren",
        Money.ZERO,
        Money.ZERO,
        state);
  }

  private static Score score(Facts facts) {
    return Priority.of(facts, TODAY);
  }

  @Test
  void everyPartIsTold() {
    Score score = score(facts(20_000, 100, "es", null, true));
    // 200.00 x 0.42 x 1.4, in six minutes and a half
    assertThat(score.expected()).isEqualTo(Money.of("117.60"));
    assertThat(score.work()).isEqualTo("7 min 30 s");
    assertThat(score.perMinute()).isEqualTo(Money.of("15.68"));
    assertThat(score.parts())
        .filteredOn(Score.Part::counts)
        .extracting(part -> part.words() + " " + part.effect())
        .containsExactly(
            "asked for 90 days ago or more × 0.42",
            "has paid here before × 1.4",
            "a first talk + 6 min",
            "in Spanish, maybe with an interpreter + 1 min 30 s");
  }

  @Property
  void nothingIsExpectedBeyondWhatIsOwedByWhoNeverPaidAndNothingIsBelowZero(
      @ForAll @LongRange(max = 10_000_000_000L) long cents, @ForAll @IntRange(max = 4000) int age) {
    Score score = score(facts(cents, age, "en", null, false));
    assertThat(score.expectedCents()).isBetween(0L, cents);
    assertThat(score.priority()).isBetween(0L, score.expectedCents());
    assertThat(score.parts().get(score.parts().size() - 1).cents())
        .isEqualTo(score.expectedCents());
  }

  @Property
  void whoOwesMoreWithinABandIsNeverBehind(
      @ForAll @LongRange(min = 25_000, max = 99_998) long cents,
      @ForAll @IntRange(max = 600) int age) {
    assertThat(score(facts(cents + 1, age, "en", null, true)).rank())
        .isGreaterThanOrEqualTo(score(facts(cents, age, "en", null, true)).rank());
  }

  @Property
  void whatIsOlderOrTakesLongerOrWasNeverPaidIsNeverAhead(
      @ForAll @LongRange(min = 500, max = 10_000_000) long cents,
      @ForAll @IntRange(max = 600) int age,
      @ForAll @IntRange(min = 1, max = 600) int more) {
    long rank = score(facts(cents, age, "en", null, true)).rank();
    assertThat(score(facts(cents, age + more, "en", null, true)).rank()).isLessThanOrEqualTo(rank);
    assertThat(score(facts(cents, age, "es", null, true)).rank()).isLessThanOrEqualTo(rank);
    assertThat(score(facts(cents, age, "en", null, false)).rank()).isLessThanOrEqualTo(rank);
    assertThat(score(of(facts(cents, age, "en", null, true), false, false)).rank())
        .isLessThanOrEqualTo(rank);
    assertThat(score(of(facts(cents, age, "en", null, true), true, true)).rank())
        .isGreaterThanOrEqualTo(rank);
  }

  @Property
  void aPromiseThatWasJustBrokenIsBeforeEverythingElseForTwoWeeks(
      @ForAll @LongRange(min = 500, max = 10_000_000_000L) long other,
      @ForAll @IntRange(min = 1, max = 40) int days) {
    Promise broken = promise(Promise.State.BROKEN, TODAY.minusDays(days));
    Score small = score(facts(500, 300, "es", broken, false));
    assertThat(small.first()).isEqualTo(days <= 14);
    if (days <= 14) {
      assertThat(small.rank()).isGreaterThan(score(facts(other, 0, "en", null, true)).rank());
    }
  }

  @Test
  void aPlanThatIsBehindIsFirstSinceItsMissedPart() {
    Facts without = facts(30_000, 10, "en", null, true);
    List<Plan.Instalment> parts =
        Plan.instalments(Money.of("300"), 3, TODAY.minusDays(2), Money.ZERO);
    Plan plan =
        new Plan(
            1,
            UUID.randomUUID(),
            1,
            Money.of("300"),
            TODAY.minusDays(9),
            "Wren",
            parts,
            Money.ZERO,
            Plan.State.BEHIND);
    Facts behind =
        new Facts(
            without.demand(), without.flags(), plan, without.promises(), true, false, call(true));
    assertThat(score(without).first()).isFalse();
    assertThat(score(behind).first()).isTrue();
    assertThat(Priority.of(behind, TODAY.plusDays(13)).first()).isFalse();
  }
}
