package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openrcm.money.Money;

/** What a visit's bar shows: all of it, and everything that is there. */
class WrittenTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 4);
  private final Written write = new Written(Language.EN);

  private static Content.BilledVisit visit(long discount, long insurer, long open, long share) {
    return new Content.BilledVisit(
        new UUID(0, 1),
        "LFP-1",
        DAY,
        null,
        null,
        figure(discount + insurer + open + share),
        figure(discount),
        List.of(new Content.Insurer("Bluefern Health Plan", DAY, figure(insurer))),
        List.of(new Content.Share("PR-2", figure(share))),
        Figure.NONE,
        Figure.NONE,
        Money.ofCents(share),
        List.of(),
        List.of(),
        List.of(),
        null,
        null);
  }

  private static Figure figure(long cents) {
    return new Figure(Money.ofCents(cents), List.of(1L));
  }

  private String bar(long discount, long insurer, long open, long share) {
    StringBuilder text = new StringBuilder();
    write
        .bar(visit(discount, insurer, open, share), Money.ofCents(open))
        .forEach(part -> text.append(part.kind()).append(' ').append(part.percent()).append(' '));
    return text.toString().strip();
  }

  @ParameterizedTest
  @CsvSource({
    "6000, 14400, 0, 3600, discount 25 insurer 60 you 15",
    // thirds, and what rounding leaves
    "100, 100, 0, 100, discount 34 insurer 33 you 33",
    "0, 0, 0, 500, you 100",
    "0, 0, 500, 0, waits 100",
    // a cent of much is seen, whoever it is of
    "99998, 1, 0, 1, discount 98 insurer 1 you 1",
    "1, 99997, 1, 1, discount 1 insurer 97 waits 1 you 1",
    // taken back more than paid: nobody paid
    "1000, -500, 0, 1500, discount 40 you 60",
    "1000, 1500, 0, -500, discount 40 insurer 60",
    "0, 0, 0, 0, ''",
  })
  void theBarShowsWhatThereIs(long discount, long insurer, long open, long share, String bar) {
    assertThat(bar(discount, insurer, open, share)).isEqualTo(bar);
  }

  @Test
  void theBarIsFullWhateverTheAmountsAre() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      long[] cents = new long[4];
      for (int j = 0; j < cents.length; j++) {
        cents[j] = random.nextInt(3) == 0 ? 0 : (long) Math.pow(10, random.nextDouble() * 9);
      }
      List<Written.Part> parts =
          write.bar(visit(cents[0], cents[1], cents[2], cents[3]), Money.ofCents(cents[2]));
      long there = java.util.Arrays.stream(cents).filter(each -> each > 0).count();
      assertThat(parts).hasSize((int) there).allMatch(part -> part.percent() >= 1);
      assertThat(parts.stream().mapToInt(Written.Part::percent).sum())
          .isEqualTo(there == 0 ? 0 : 100);
    }
  }
}
