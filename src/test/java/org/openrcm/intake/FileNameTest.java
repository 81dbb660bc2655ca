package org.openrcm.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {

  @ParameterizedTest
  @CsvSource({
    "remit.835, remit.835",
    "../../etc/passwd, passwd",
    "C:\\Users\\pat\\remit.835, remit.835",
    "'/', unnamed",
    ".., unnamed",
    "'  ', unnamed",
    "é.835, é.835",
  })
  void onlyTheLastPartOfANameIsKept(String sent, String kept) {
    assertThat(FileName.of(sent)).isEqualTo(kept);
  }

  @Test
  void whatWouldHideOrTurnTextIsLeftOut() {
    assertThat(FileName.of("a\r\nb\0c\u202ed\u200b.835")).isEqualTo("abcd.835");
  }

  @Test
  void aNameThatIsTooLongIsCutBetweenCharacters() {
    assertThat(FileName.of("x".repeat(500))).hasSize(200);
    String cut = FileName.of("x".repeat(199) + "\ud83d\ude00");
    assertThat(cut).isEqualTo("x".repeat(199));
  }

  @Test
  void noNameIsUnnamed() {
    assertThat(FileName.of(null)).isEqualTo("unnamed");
  }
}
