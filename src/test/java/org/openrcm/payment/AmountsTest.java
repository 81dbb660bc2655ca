package org.openrcm.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12 | 12.00",
        "12.5 | 12.50",
        "12. | 12.00",
        ".5 | 0.50",
        "$1,200.00 | 1200.00",
        "$ 1,200 | 1200.00",
        "1200.01 | 1200.01",
        "0.01 | 0.01",
        "100,000.00 | 100000.00"
      })
  void amountsAreReadAsPeopleTypeThem(String typed, String amount) {
    assertThat(Amounts.typed(typed)).hasToString(amount);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | NOT_AN_AMOUNT",
        "$ | NOT_AN_AMOUNT",
        ". | NOT_AN_AMOUNT",
        "abc | NOT_AN_AMOUNT",
        "1,20 | NOT_AN_AMOUNT",
        "1.234 | NOT_AN_AMOUNT",
        "1e3 | NOT_AN_AMOUNT",
        "NaN | NOT_AN_AMOUNT",
        "12,00 | NOT_AN_AMOUNT",
        "9999999999 | NOT_AN_AMOUNT",
        "٣ | NOT_AN_AMOUNT",
        "0 | NOT_ABOVE_ZERO",
        "0.00 | NOT_ABOVE_ZERO",
        "-5 | NOT_ABOVE_ZERO",
        "$-5 | NOT_ABOVE_ZERO",
        "−5 | NOT_ABOVE_ZERO",
        "(5.00) | NOT_ABOVE_ZERO",
        "100000.01 | TOO_LARGE"
      })
  void whatIsNoAmountOrNoneToTakeIsRefusedWithItsReason(String typed, Refused.Reason reason) {
    assertThatThrownBy(() -> Amounts.typed(typed))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
