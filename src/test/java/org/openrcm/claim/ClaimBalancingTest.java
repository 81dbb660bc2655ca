package org.openrcm.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openrcm.x12.Corpus;

/** What does not add up is found, at its place; what adds up is not. */
class ClaimBalancingTest {
  private static final String SECONDARY = "secondary-payer";

  private static List<String> found(Billed rule, String story, String from, String to) {
    return Submitted.of(Corpus.changed(ClaimReaderTest.text(story), from, to)).found(rule);
  }

  @Test
  void aClaimsChargeIsThatOfItsLines() {
    assertThat(found(Billed.CLAIM_CHARGE, "office-visit", "*187.5*", "*188*"))
        .singleElement()
        .asString()
        .contains("CLM loop 2300 CLM02")
        .endsWith("is 0.50 more than the sum of its lines' charges");
  }

  @Test
  void anEarlierPaymentIsTheSumOfItsLines() {
    assertThat(found(Billed.EARLIER_PAYMENT, SECONDARY, "AMT*D*380", "AMT*D*379"))
        .singleElement()
        .asString()
        .contains("loop 2320 AMT02")
        .contains("1.00 less");
  }

  @Test
  void aLinesChargeIsWhatTheEarlierPayerPaidAndAdjusted() {
    assertThat(found(Billed.EARLIER_DECISION, SECONDARY, "CAS*CO*45*74.4", "CAS*CO*45*74"))
        .singleElement()
        .asString()
        .contains("loop 2400 SVD02")
        .contains("0.40 more");
  }

  @Test
  void aLineSplitByAnEarlierPayerCountsAsAWhole() {
    String text = ClaimReaderTest.text(SECONDARY);
    String split =
        Corpus.changed(
            text,
            "SVD*BFERN*220*HC:20610:RT**1~\nCAS*CO*45*60~\nCAS*PR*1*50**2*30~\n",
            "SVD*BFERN*120*HC:20610:RT**1~\nCAS*CO*45*60~\nDTP*573*D8*20260421~\n"
                + "SVD*BFERN*100*HC:20610:RT**1~\nCAS*PR*1*50**2*30~\n");
    assertThat(Submitted.of(split).found(Billed.EARLIER_DECISION)).isEmpty();
    assertThat(Submitted.of(split).found(Billed.EARLIER_PAYMENT)).isEmpty();
  }

  @Test
  void aDecisionByAPayerWhomTheClaimDoesNotNameIsFound() {
    assertThat(found(Billed.EARLIER_PAYER_UNKNOWN, SECONDARY, "SVD*BFERN*220", "SVD*OTHER*220"))
        .singleElement()
        .asString()
        .contains("SVD01")
        .doesNotContain("OTHER");
  }

  @Test
  void nothingIsBelowZero() {
    assertThat(found(Billed.NEGATIVE_CHARGE, "office-visit", "*187.5*", "*-187.5*")).hasSize(1);
    assertThat(found(Billed.NEGATIVE_CHARGE, "office-visit", "*140*UN*1*", "*140*UN*-1*"))
        .singleElement()
        .asString()
        .contains("LX loop 2400 SV104");
    assertThat(found(Billed.NEGATIVE_CHARGE, "inpatient-stay", "*6800*", "*-6800*"))
        .singleElement()
        .asString()
        .contains("SV203");
  }

  @Test
  void aReplacementOrVoidNamesItsClaim() {
    String story = "replacement-and-void";
    assertThat(found(Billed.PRIOR_CLAIM_MISSING, story, "REF*F8*BF2026050100312~\n", ""))
        .singleElement()
        .asString()
        .contains("CLM05-3");
    assertThat(found(Billed.PRIOR_CLAIM_MISSING, story, "REF*F8*BF2026042000118~\n", ""))
        .hasSize(1);
    assertThat(found(Billed.PRIOR_CLAIM_UNEXPECTED, story, "11:B:8", "11:B:1")).hasSize(1);
  }

  @Test
  void twoClaimsOfOneNumberAreFoundButAVoidOfTheSameNumberIsNot() {
    assertThat(found(Billed.DUPLICATE_CLAIM, "dependent-child", "LM-20260428-08", "LM-20260428-07"))
        .singleElement()
        .asString()
        .contains("CLM01")
        .doesNotContain("LM-2026");
    assertThat(
            found(
                Billed.DUPLICATE_CLAIM,
                "replacement-and-void",
                "LM-20260413-02",
                "LM-20260427-01R"))
        .isEmpty();
  }

  @Test
  void numbersAreRememberedInBoundedMemory() {
    RememberedNumbers numbers = new RememberedNumbers();
    for (int i = 0; i < 1_200_000; i++) {
      assertThat(numbers.add("N" + i, "1")).isTrue();
    }
    assertThat(numbers.add("N0", "1")).isFalse();
    assertThat(numbers.add("N0", "7")).isTrue();
    numbers.clear();
    assertThat(numbers.add("N0", "1")).isTrue();
  }
}
