package org.openrcm.contact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows C9, C10, C14 and C15: what is said, in both languages. */
class ScriptsTest {
  @ParameterizedTest
  @ValueSource(strings = {"en", "es"})
  void c9AMessageSaysWhoCallsAndNothingOfADebt(String language) {
    String message = Scripts.text(Scripts.Part.MESSAGE, language);
    assertThat(Scripts.telling(message)).isEmpty();
    assertThat(message).contains("{name}", "{agent}", "{phone}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Please call about your debt.",
        "Your bill is due.",
        "You owe us.",
        "It is $25.",
        "Llame por su deuda.",
        "Su factura, por favor."
      })
  void c9AMessageThatTellsIsNoticed(String message) {
    assertThat(Scripts.telling(message)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "es"})
  void c10TextsAndEmailsSayHowToEndThem(String language) {
    assertThat(Scripts.text(Scripts.Part.TEXT_REFUSAL, language)).contains("STOP");
    assertThat(Scripts.text(Scripts.Part.EMAIL_REFUSAL, language)).contains("{link}");
    for (String word : new String[] {"STOP", "ALTO"}) {
      assertThat(Keywords.refuse(word)).isTrue();
    }
  }

  @Test
  void c14ACallBeginsWithWhoCalls() {
    assertThat(
            Scripts.of(
                    Setting.USUAL,
                    new Situation().facts(),
                    "en",
                    "Larkmoor Family Practice",
                    "802 555 0100",
                    "Wren")
                .identity())
        .isEqualTo("Hello, my name is Wren. I am calling from Larkmoor Family Practice.");
  }

  @ParameterizedTest
  @CsvSource({
    "true, en, attempt to collect a debt",
    "true, es, intento de cobrar una deuda",
    "false, en, from a debt collector",
    "false, es, de un cobrador de deudas"
  })
  void c15ADebtCollectorSaysSoInTheLanguageOfTheMessage(
      boolean first, String language, String words) {
    assertThat(Scripts.disclosure(CollectorRole.THIRD_PARTY, first, language)).contains(words);
    assertThat(Scripts.disclosure(CollectorRole.FIRST_PARTY, first, language)).isEmpty();
  }

  @Test
  void c15TheFirstCommunicationIsTheOneBeforeWhichNoneWas() {
    Setting third =
        new Setting(CollectorRole.THIRD_PARTY, "America/New_York", false, "Plumtree Recovery");
    Situation none = new Situation().call(Direction.OUT, Outcome.LEFT_MESSAGE, "2026-03-02T10:00");
    assertThat(Scripts.of(third, none.facts(), "en", "L", "1", "Wren").disclosure())
        .startsWith("Plumtree Recovery is a debt collector. This is an attempt");
    none.call(Direction.OUT, Outcome.SPOKE, "2026-03-03T10:00");
    assertThat(Scripts.of(third, none.facts(), "en", "L", "1", "Wren").disclosure())
        .isEqualTo("This communication is from a debt collector.");
  }
}
