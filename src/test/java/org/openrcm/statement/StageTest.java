package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StageTest {
  private static final List<String> COLUMNS =
      List.of(
          "stage",
          "earlier",
          "days",
          "title",
          "title_es",
          "text",
          "text_es",
          "facility",
          "facility_es");

  @ParameterizedTest
  @CsvSource({
    "0,0,FIRST",
    "0,400,FIRST",
    "1,27,FIRST",
    "1,28,REMINDER",
    "2,55,REMINDER",
    "2,56,PAST_DUE",
    "3,83,PAST_DUE",
    "3,84,FINAL_NOTICE",
    "1,400,REMINDER",
    "9,28,REMINDER",
    "12,400,FINAL_NOTICE"
  })
  void aStageIsReachedByStatementsAndDays(int earlier, long days, Stage stage) {
    assertThat(Stage.of(earlier, days)).isEqualTo(stage);
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void everyStageSpeaksBothLanguages(Stage stage) {
    for (Language language : Language.values()) {
      assertThat(stage.title(language)).isNotBlank();
      assertThat(stage.text(language)).endsWith(".");
    }
    assertThat(stage.title(Language.ES)).isNotEqualTo(stage.title(Language.EN));
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void noStageThreatens(Stage stage) {
    assertThat(stage.text(Language.EN) + stage.facilityText(Language.EN).orElse(""))
        .doesNotContainIgnoringCase("collection")
        .doesNotContainIgnoringCase("credit")
        .doesNotContainIgnoringCase("legal")
        .doesNotContainIgnoringCase("court")
        .doesNotContainIgnoringCase("must")
        .doesNotContainIgnoringCase("immediately")
        .doesNotContainIgnoringCase("fail");
  }

  @Test
  void theLastNoticeOffersHelpAndHospitalsSayHowLong() {
    assertThat(Stage.FINAL_NOTICE.text(Language.EN)).contains("help with the bill");
    assertThat(Stage.FINAL_NOTICE.facilityText(Language.EN).orElseThrow())
        .contains("240 days", "30 days");
    assertThat(Stage.FINAL_NOTICE.facilityText(Language.ES).orElseThrow())
        .contains("240 días", "30 días");
    assertThat(Stage.FIRST.facilityText(Language.EN)).isEmpty();
  }

  @Test
  void theFileIsRefusedWithItsLine() {
    refused("the stages must be [FIRST, REMINDER, PAST_DUE, FINAL_NOTICE]", "REMINDER 0 0");
    refused("a stage is missing", "FIRST 0 0", "REMINDER 1 28");
    refused("a stage must begin after the one before it", "FIRST 0 0", "REMINDER 1 0");
    refused("a stage must begin after the one before it", "FIRST 1 0");
    refused("column days is not a number", "FIRST 0 soon");
  }

  private static void refused(String why, String... stages) {
    List<RuleFile.Row> rows = new ArrayList<>();
    for (String stage : stages) {
      List<String> fields = new ArrayList<>(List.of(stage.split(" ")));
      fields.addAll(List.of("Title", "Título", "Text.", "Texto.", "", ""));
      rows.add(new RuleFile.Row("rules/stages.tsv", rows.size() + 2, COLUMNS, fields));
    }
    assertThatThrownBy(() -> Stage.read(rows))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(why)
        .hasMessageStartingWith("rules/stages.tsv line " + (stages.length + 1) + ": ");
  }
}
