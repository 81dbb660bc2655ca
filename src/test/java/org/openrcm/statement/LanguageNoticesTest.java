package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrcm.statement.LanguageNotices.Notice;

class LanguageNoticesTest {
  private static final String PHONE = "555-0100";
  private static final String STATES =
      "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ"
          + " NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY US";

  @Test
  void everyStateHasEnglishAndFifteenLanguagesWithThePhone() {
    for (String state : STATES.split(" ")) {
      List<Notice> notices = LanguageNotices.of(state, PHONE);
      assertThat(notices).as(state).hasSize(16).doesNotHaveDuplicates();
      assertThat(notices.get(0).code()).isEqualTo("en");
      assertThat(notices)
          .allSatisfy(
              notice -> {
                assertThat(notice.text()).contains(PHONE).doesNotContain("{");
                assertThat(notice.name()).isNotBlank();
              });
    }
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"PR", "", "tx", "Texas"})
  void whatIsNoStateGetsTheLanguagesOfTheCountry(@Nullable String state) {
    assertThat(LanguageNotices.of(state, PHONE)).isEqualTo(LanguageNotices.of("US", PHONE));
  }

  @Test
  void languagesThatRunFromTheRightSaySo() {
    assertThat(LanguageNotices.of("NY", PHONE))
        .filteredOn(notice -> notice.direction().equals("rtl"))
        .extracting(Notice::code)
        .containsExactly("yi", "ar", "ur");
  }

  @Test
  void aNumberStaysOnALineAndIsReadFromTheLeftEverywhere() {
    assertThat(LanguageNotices.of("NY", "802 555 0100"))
        .allSatisfy(notice -> assertThat(notice.text()).contains("802\u00a0555\u00a00100"))
        .filteredOn(notice -> notice.direction().equals("rtl"))
        .allSatisfy(
            notice -> assertThat(notice.text()).contains("\u2066802\u00a0555\u00a00100\u2069"));
  }

  @Test
  void aStateWithALanguageThatHasNoNoticeIsRefused() {
    RuleFile.Row row =
        new RuleFile.Row(
            "rules/states.tsv", 9, List.of("state", "languages"), List.of("TX", "es xx"));
    assertThatThrownBy(() -> LanguageNotices.states(List.of(row)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("rules/states.tsv line 9: language xx has no notice");
  }
}
