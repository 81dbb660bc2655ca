package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openrcm.billing.CodeList;

class RuleFileTest {
  private static final List<String> COLUMNS = List.of("code", "words", "words_es");

  @Test
  void commentsAndEmptyLinesAreNoRows() throws IOException {
    List<RuleFile.Row> rows = read("# what\ncode\twords\twords_es\n\n1\tOne\tUno\n");
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).line()).isEqualTo(4);
    assertThat(rows.get(0).words("words")).isEqualTo(new Words("One", "Uno"));
  }

  @Test
  void whatIsWrongNamesFileAndLine() throws IOException {
    assertThatThrownBy(() -> read("code\twords\n"))
        .hasMessage("rules/x.tsv line 1: the header must be code, words, words_es");
    assertThatThrownBy(() -> read("code\twords\twords_es\n1\tOne\n"))
        .hasMessage("rules/x.tsv line 2: 2 columns where the header has 3");
    assertThatThrownBy(() -> read("# none\n")).hasMessage("rules/x.tsv: has no rows");
    RuleFile.Row half = read("code\twords\twords_es\n1\tOne\t\n").get(0);
    assertThatThrownBy(() -> half.words("words"))
        .hasMessage("rules/x.tsv line 2: column words_es is empty");
    assertThatThrownBy(() -> half.optionalWords("words"))
        .hasMessage("rules/x.tsv line 2: columns words and words_es do not both have words");
    assertThatThrownBy(() -> half.number("words"))
        .hasMessage("rules/x.tsv line 2: column words is not a number");
    assertThatThrownBy(() -> RuleFile.rows("no-such-list", "code"))
        .hasMessage("rules/no-such-list.tsv: not found on the classpath");
  }

  @Test
  void aDatedRowWithOneLanguageIsRefused() {
    CodeList.Row row = new CodeList.Row("PR1", null, null, "Deductible", Map.of("words_es", ""));
    assertThatThrownBy(() -> Words.of("patient-reason", row, "words"))
        .hasMessage(
            "rules/patient-reason.tsv code PR1: columns words and words_es do not both have words");
  }

  @Test
  void placesAreFilledWithWhatIsGiven() {
    Words words = new Words("Pay {share} of {agreed}.", "Pague {share} de {agreed}.");
    Map<String, String> values = Map.of("share", "$1 \\", "agreed", "{share}");
    assertThat(words.takes(values)).isTrue();
    assertThat(words.in(Language.EN, values)).isEqualTo("Pay $1 \\ of {share}.");
    assertThat(words.takes(Map.of("share", "$1"))).isFalse();
    assertThat(words.in(Language.ES, Map.of("share", "$1"))).isEqualTo("Pague $1 de {agreed}.");
  }

  @ParameterizedTest
  @CsvSource({"es,ES", "es-MX,ES", "ES,ES", "en,EN", "vi,EN", ",EN", "*,EN"})
  void aLanguageIsReadFromATag(@org.jspecify.annotations.Nullable String tag, Language language) {
    assertThat(Language.of(tag)).isEqualTo(language);
  }

  private static List<RuleFile.Row> read(String text) throws IOException {
    return RuleFile.rows("rules/x.tsv", new StringReader(text), COLUMNS);
  }
}
