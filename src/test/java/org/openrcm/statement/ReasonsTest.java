package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openrcm.billing.CodeList;
import org.openrcm.statement.Reasons.Reason;

class ReasonsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 4);

  @Test
  void aReasonHasALabelAndASentence() {
    assertThat(Reasons.of("PR", "3", DAY, Language.EN, Map.of()))
        .isEqualTo(
            new Reason(
                "Copay",
                "Your plan sets a fixed amount that you pay for this kind of care.",
                true));
    assertThat(Reasons.of("PR", "1", DAY, Language.ES, Map.of()).label()).isEqualTo("Deducible");
  }

  @Test
  void theSentenceNamesAmountsWhenAllOfThemAreKnown() {
    Map<String, String> all = Map.of("share", "$36.00", "agreed", "$180.00", "percent", "20%");
    assertThat(Reasons.of("PR-2", DAY, Language.EN, all).why())
        .isEqualTo("Your plan asks you to pay 20% of the agreed price ($180.00).");
    assertThat(Reasons.of("PR-2", DAY, Language.ES, all).why()).contains("20%", "$180.00");
    assertThat(Reasons.of("PR-2", DAY, Language.EN, Map.of("agreed", "$180.00")).why())
        .isEqualTo("Your plan asks you to pay a part of the agreed price.");
  }

  @Test
  void theGroupDecidesWhatACodeMeans() {
    assertThat(Reasons.of("CO-45", DAY, Language.EN, Map.of()).label()).isEqualTo("Plan discount");
    assertThat(Reasons.of("PR-45", DAY, Language.EN, Map.of()).label())
        .isEqualTo("Above the plan’s price");
    assertThat(Reasons.of("PI-45", DAY, Language.EN, Map.of()).why())
        .as("no one agreed on it")
        .doesNotContain("do not pay");
    assertThat(Reasons.of("OA-18", DAY, Language.EN, Map.of()))
        .isEqualTo(Reasons.of("CO-18", DAY, Language.EN, Map.of()));
    assertThat(Reasons.of("OA-1", DAY, Language.EN, Map.of()).known()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void aReasonWithoutWordsIsNamedAndHelpOffered(Language language) {
    for (String code : List.of("PR-999", "XX-1", "ZZ", "PR-ANY", "ANY", "NONE", "PR1")) {
      Reason reason = Reasons.of(code, DAY, language, Map.of());
      assertThat(reason.known()).isFalse();
      assertThat(reason.label()).isNotBlank().doesNotContain("{");
      assertThat(reason.why()).contains(code).doesNotContain("{");
    }
    assertThat(Reasons.of("PR-999", DAY, Language.EN, Map.of()).why())
        .isEqualTo(
            "Your insurer gave reason code PR-999. Call us and we will find out what it means"
                + " for you.");
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void anAmountWithoutACodeSaysThatNoReasonWasGiven(Language language) {
    for (String code : List.of("", "CO-")) {
      Reason reason = Reasons.of(code, DAY, language, Map.of());
      assertThat(reason.known()).isFalse();
      assertThat(reason.why()).doesNotContain("{", "CO");
    }
  }

  @Test
  void aRetiredReasonHasNoWordsAfterItsLastDay() {
    assertThat(Reasons.of("CO", "57", LocalDate.of(2007, 6, 30), Language.EN, Map.of()).known())
        .isTrue();
    assertThat(Reasons.of("CO", "57", LocalDate.of(2007, 7, 1), Language.EN, Map.of()).known())
        .isFalse();
    assertThat(Reasons.of("CO", "57", null, Language.EN, Map.of()).known()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyCodeOfTheListCanBeSaid(Language language) {
    for (CodeList.Row row : CodeList.load("claim-adjustment-reason").rows()) {
      for (String group : List.of("PR", "CO", "OA", "PI")) {
        Reason reason = Reasons.of(group, row.code(), row.to(), language, Map.of());
        assertThat(reason.label()).isNotBlank();
        assertThat(reason.why()).endsWith(".").doesNotContain("{");
      }
    }
  }
}
