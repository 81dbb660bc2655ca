package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadabilityTest {

  @ParameterizedTest
  @CsvSource({
    "plan,1", "care,1", "agreed,2", "covered,2", "charged,1", "visit,2", "deductible,4",
    "coinsurance,4", "insurer,3", "emergency,4", "needed,2", "rules,1", "services,3", "because,2",
    "provider,3", "medicare,3", "people,2", "amount,2", "surgery,3", "signature,3", "paid,1",
    "language,2", "safely,2", "question,2", "patient,2", "yours,1", "decide,2", "title,2"
  })
  void englishSyllablesAreCountedAsSpoken(String word, int syllables) {
    assertThat(Readability.englishSyllables(word)).isEqualTo(syllables);
  }

  @ParameterizedTest
  @CsvSource({
    "plan,1", "usted,2", "paga,2", "cuenta,2", "atención,3", "médico,3", "que,1", "seguro,3",
    "todavía,4", "deducible,4", "cirugía,4", "después,2", "aún,2", "guía,2", "ley,1", "hay,1",
    "recibió,3", "hospital,3", "leer,2", "ciudad,2", "antiguo,3", "yeso,2", "oído,3"
  })
  void spanishSyllablesAreCountedAsSpoken(String word, int syllables) {
    assertThat(Readability.spanishSyllables(word)).isEqualTo(syllables);
  }

  @Test
  void theFormulasAreThoseOfTheirAuthors() {
    // 6 words, 7 syllables
    assertThat(Readability.grade("Your plan does not cover this."))
        .isCloseTo(0.39 * 6 + 11.8 * 7 / 6 - 15.59, within(1e-9));
    // 6 words, 10 syllables
    assertThat(Readability.fernandezHuerta("Su plan no cubre esta visita."))
        .isCloseTo(206.84 - 60 * 10 / 6.0 - 1.02 * 6, within(1e-9));
    assertThat(Readability.inflesz("Su plan no cubre esta visita."))
        .isCloseTo(206.835 - 62.3 * 10 / 6.0 - 6, within(1e-9));
  }

  @Test
  void labelsAreNoSentences() {
    assertThat(Readability.sentences("Pay by")).isEmpty();
    assertThat(Readability.sentences("Call us. We help! Why? {0}")).hasSize(3);
  }
}
