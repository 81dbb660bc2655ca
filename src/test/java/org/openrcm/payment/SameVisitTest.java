package org.openrcm.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openrcm.money.Money;

/** Which claims are one visit, whatever the order in which they came. */
class SameVisitTest {
  private static SentClaims.Sent claim(
      long number, String control, @Nullable String prior, @Nullable String payers) {
    return new SentClaims.Sent(1, number, control, prior, payers, true, Money.ZERO);
  }

  @Test
  void aReplacementOfAReplacementIsTheSameVisitAndAnotherIsNot() {
    List<SentClaims.Sent> claims =
        new ArrayList<>(
            List.of(
                claim(1, "A-1", null, "ICN1"),
                claim(2, "A-2", "ICN1", "ICN2"),
                claim(3, "A-3", "ICN2", null),
                claim(4, "A-1", null, null),
                claim(5, "B-1", null, "ICN9"),
                claim(6, "B-2", null, "ICN9")));
    for (int seed = 0; seed < 50; seed++) {
      Collections.shuffle(claims, new Random(seed));
      SameVisit visits = SameVisit.of(claims);
      assertThat(visits.of(3)).as("seed %d", seed).containsExactly(3L, 1L, 2L, 4L);
      assertThat(visits.of(5)).containsExactly(5L);
      assertThat(visits.of(6)).containsExactly(6L);
    }
  }

  @Test
  void whatIsSaidToBeOneStaysOneThoughItsNumbersTellNothing() {
    SameVisit visits =
        SameVisit.of(List.of(claim(1, "A-1", null, "S1"), claim(2, "A-2", "ICN1", null)));
    assertThat(visits.of(1)).containsExactly(1L);
    visits.join(1, 2);
    assertThat(visits.of(2)).containsExactly(2L, 1L);
  }

  @Test
  void theSameNumberOnAnotherAccountIsAnotherVisit() {
    SentClaims.Sent one = claim(1, "A-1", null, "ICN1");
    SentClaims.Sent other = new SentClaims.Sent(2, 2, "A-1", "ICN1", null, true, Money.ZERO);
    assertThat(SameVisit.of(List.of(one, other)).of(1)).containsExactly(1L);
  }

  @Test
  void aNumberOfThousandsOfClaimsIsOneVisit() {
    SameVisit visits =
        SameVisit.of(
            LongStream.rangeClosed(1, 50_000)
                .mapToObj(each -> claim(each, "SAME", null, null))
                .toList());
    assertThat(visits.of(7)).hasSize(50_000).startsWith(7L, 1L, 2L);
  }
}
