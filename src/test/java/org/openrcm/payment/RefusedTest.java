package org.openrcm.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusedTest {
  private static final Locale SPANISH = Locale.forLanguageTag("es-US");

  @ParameterizedTest
  @EnumSource(Refused.Reason.class)
  void patientsAreToldInTheirLanguage(Refused.Reason reason) {
    String english = reason.words(Locale.US);
    String spanish = reason.words(SPANISH);
    assertThat(english).isNotBlank().endsWith(".");
    assertThat(spanish).isNotBlank().endsWith(".").isNotEqualTo(english);
    assertThat(english + spanish).doesNotContain("Regulation", "allocation", "instalment");
    Locale before = Locale.getDefault();
    try {
      // whatever the server's own language is
      Locale.setDefault(SPANISH);
      assertThat(reason.words(Locale.US)).isEqualTo(english);
    } finally {
      Locale.setDefault(before);
    }
  }
}
