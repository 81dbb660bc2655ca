package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "QUILLBY,Quillby",
        "SIOBHÁN O'HARA-ÉCLAIR,Siobhán O'Hara-Éclair",
        "D’ANGELO'S PHARMACY,D’Angelo's Pharmacy",
        "MCALLISTER,McAllister",
        "MC DANIEL,Mc Daniel",
        "CLEARWELL HMO,Clearwell HMO",
        "LARKFIELD DENTAL PLLC,Larkfield Dental PLLC",
        "TANSY QUILLBY III,Tansy Quillby III",
        "Ann McAllister,Ann McAllister",
        "de la Cruz MD,de la Cruz MD",
      })
  void namesInCapitalsAreWrittenAsPeopleWriteThem(String inFile, String written) {
    assertThat(Names.written(inFile)).isEqualTo(written);
  }
}
