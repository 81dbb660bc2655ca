package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemarksTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 4);

  @Test
  void aRemarkSaysWhatToDo() {
    Remarks.Remark remark = Remarks.of("N197", DAY, Language.EN).orElseThrow();
    assertThat(remark.why()).isEqualTo("Your plan needs new details about your insurance.");
    assertThat(remark.next()).isEqualTo("Call the phone number on your card soon.");
    assertThat(Remarks.of("N197", DAY, Language.ES).orElseThrow().next()).startsWith("Llame");
  }

  @Test
  void aRemarkThatIsForStaffHasNoWords() {
    assertThat(Remarks.of("M20", DAY, Language.EN)).isEmpty();
    assertThat(Remarks.of("", DAY, Language.EN)).isEmpty();
  }

  @Test
  void whatSeveralRemarksSayIsSaidOnce() {
    assertThat(Remarks.of(List.of("N830", "M20", "N862", "N781"), DAY, Language.EN))
        .extracting(Remarks.Remark::label)
        .containsExactly("Surprise bills are not allowed", "Medicare costs you do not pay");
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void aRemarkWithNothingToDoHasNoNextStep(Language language) {
    assertThat(Remarks.of("N548", DAY, language).orElseThrow().next()).isNull();
  }
}
