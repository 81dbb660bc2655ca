package org.openrcm.x12;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the mappings of claims and acknowledgments place, let pass and find. */
class ClaimMappingTest {
  private static final String CLAIMS = MadeUpSets.PROFESSIONAL;
  static final List<String> SETS = MadeUpSets.ALL;

  /** Each finding as rule, segment number, loop and element. */
  private static List<String> found(String text) {
    return Transcript.of(text).findings.stream()
        .map(
            finding ->
                finding.rule()
                    + " "
                    + finding.place().segmentNumber()
                    + " "
                    + finding.place().loop()
                    + " "
                    + finding.place().element())
        .toList();
  }

  private static List<String> found(String from, String to) {
    return found(MadeUpSets.changed(CLAIMS, from, to));
  }

  /** Keys of the placed segments between ST and SE. */
  private static List<String> keys(String text) {
    return Transcript.of(text).lines.stream()
        .map(line -> line.replaceFirst("^.* (\\S+\\.\\S+) .*$", "$1"))
        .toList();
  }

  @ParameterizedTest
  @FieldSource("SETS")
  void aSoundSetHasNoFindings(String set) {
    assertThat(found(set)).isEmpty();
    assertThat(Transcript.of(set).lines).contains("set ends CLOSED").noneMatch(unmapped());
  }

  private static Predicate<String> unmapped() {
    return line -> line.contains(" unmapped ");
  }

  @Test
  void segmentsOfAClaimStandUnderTheNamesThatReadersUse() {
    assertThat(keys(CLAIMS))
        .containsSubsequence(
            "1000A.NM1",
            "1000B.NM1",
            "2000A.HL",
            "2010AA.NM1",
            "2010AA.REF-Tax",
            "2000B.HL",
            "2000B.SBR",
            "2010BA.NM1",
            "2010BB.NM1",
            "2300.CLM",
            "2300.DTP-431",
            "2300.HI-Diagnosis",
            "2310A.NM1",
            "2310B.NM1",
            "2320.SBR",
            "2320.AMT-D",
            "2330A.NM1",
            "2330B.NM1",
            "2400.LX",
            "2400.SV1",
            "2400.DTP-472",
            "2430.SVD",
            "2410.LIN",
            "2000C.HL",
            "2010CA.NM1",
            "2300.CLM");
    assertThat(keys(MadeUpSets.INSTITUTIONAL))
        .containsSubsequence(
            "2300.DTP-434",
            "2300.CL1",
            "2300.HI-Principal",
            "2300.HI-Admitting",
            "2300.HI-DR",
            "2300.HI-BH",
            "2300.HI-BE",
            "2310A.NM1",
            "2400.SV2");
    assertThat(keys(MadeUpSets.DENTAL))
        .containsSubsequence("2300.DN1", "2300.DN2", "2310B.NM1", "2400.SV3", "2400.TOO");
    assertThat(keys(MadeUpSets.ACKNOWLEDGMENT))
        .containsSubsequence(
            "Transaction.AK1", "2000.AK2", "2100.IK3", "2100.CTX", "2110.IK4", "2000.IK5");
    assertThat(keys(MadeUpSets.STATUS))
        .containsSubsequence(
            "2100A.NM1", "2200B.STC", "2100D.NM1", "2200D.STC", "2220D.SVC", "2220D.STC");
  }

  @Test
  void segmentsOfOnePlaceComeInAnyOrder() {
    assertThat(found("REF*G1*AUTH1~\nREF*D9*TRACE1", "REF*D9*TRACE1~\nREF*G1*AUTH1")).isEmpty();
    assertThat(found("NM1*DN*1*VOSS*ELIAS****XX*1987654328~\n", "")).isEmpty();
    String referrer = "NM1*DN*1*VOSS*ELIAS****XX*1987654328~\n";
    String behind =
        MadeUpSets.changed(
            CLAIMS.replace(referrer, ""),
            "PRV*PE*PXC*207Q00000X~\n",
            "PRV*PE*PXC*207Q00000X~\n" + referrer);
    assertThat(found(behind)).isEmpty();
  }

  @Test
  void aSegmentOfAnotherPlaceOutOfOrderIsToldAndStillPlaced() {
    String text =
        MadeUpSets.changed(
            CLAIMS,
            "REF*D9*TRACE1~\nHI*ABK:J0190*ABF:R51~\n",
            "HI*ABK:J0190*ABF:R51~\nREF*D9*TRACE1~\n");
    assertThat(found(text)).containsExactly("SEGMENT_ORDER 23 2300 null");
    assertThat(keys(text)).contains("2300.REF-D9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        // what the guide requires, does not use, or lets have certain codes in one place only
        "NM1*41*2*LARKSPUR BILLING*|NM1*41*2**|MISSING_ELEMENT 3 1000A NM103",
        "PER*IC*DANA ROWE*TE*5555550100|PER*IC*DANA ROWE*TE*5555550100*****X"
            + "|UNUSED_ELEMENT 4 1000A PER09",
        "BHT*0019*00*B1*|BHT*0085*00*B1*|ELEMENT_CODE 2 Transaction BHT01",
        "NM1*40*2*MERIDIAN HEALTH*****46*|NM1*40*2*MERIDIAN HEALTH*****XX*"
            + "|ELEMENT_CODE 5 1000B NM108",
        "CLM*LFP-1*150***11:B:1*|CLM*LFP-1*150***11:A:1*|ELEMENT_CODE 19 2300 CLM05-2",
        "CLM*LFP-1*150***11:B:1*|CLM*LFP-1*150***11::1*|MISSING_ELEMENT 19 2300 CLM05-2",
        "CLM*LFP-1*150***11|CLM*LFP-1*150*X**11|UNUSED_ELEMENT 19 2300 CLM03",
        "HI*ABK:J0190*ABF:R51|HI*ABK:J0190*ABK:R51|ELEMENT_CODE 23 2300 HI02-1",
        "HI*ABK:J0190*|HI*ABK:J0190:D8:20260101*"
            + "|UNUSED_ELEMENT 23 2300 HI01-3;UNUSED_ELEMENT 23 2300 HI01-4",
        "SV1*HC:99213:25*|SV1*AD:99213:25*|ELEMENT_CODE 33 2400 SV101-1",
        "SV1*HC:99213:25*100*UN*|SV1*HC:99213:25*100*DA*|ELEMENT_CODE 33 2400 SV103",
        // days that are none
        "DMG*D8*19800214*F|DMG*D8*19800230*F|ELEMENT_TYPE 17 2010BA DMG02",
        "DTP*472*RD8*20260102-20260103|DTP*472*RD8*20260102|ELEMENT_TYPE 41 2400 DTP03",
        "BHT*0019*00*B1*20260105*|BHT*0019*00*B1*20260230*|ELEMENT_TYPE 2 Transaction BHT04",
        // elements that need or exclude each other
        "CLM*LFP-1*150*|CLM*LFP-1**|MISSING_ELEMENT 19 2300 CLM02",
        "HI*ABK:J0190*ABF:R51~|HI*ABK:J0190*ABF:R51~\\nHCP*99*10~" + "|ELEMENT_CODE 24 2300 HCP01",
        "NM1*82*1*HALE*IRIS****XX*1555555552|NM1*82*1*HALE*IRIS****XX"
            + "|ELEMENT_SYNTAX 25 2310B NM108",
        "N4*SPRINGFIELD*IL*627010000|N4*SPRINGFIELD*IL*627010000****ON"
            + "|ELEMENT_SYNTAX 10 2010AA N402;ELEMENT_SYNTAX 10 2010AA N407",
        // segments and loops that are missing or of no place
        "DTP*472*D8*20260104~\\n|''|MISSING_SEGMENT 58 2400 null",
        "HI*ABK:J069~\\n|''|MISSING_SEGMENT 58 2300 null",
        "REF*D9*TRACE1|REF*XX*TRACE1|UNEXPECTED_SEGMENT 22 2300 null",
        "HI*ABK:J069|HI*ZZZ:J069" + "|UNEXPECTED_SEGMENT 55 2300 null;MISSING_SEGMENT 59 2300 null",
        // levels
        "HL*3*1*22*1|HL*5*1*22*1"
            + "|LEVEL_NUMBER 44 2000B HL01;LEVEL_NUMBER 48 2000C HL01;LEVEL_PARENT 48 2000C HL02",
        "HL*3*1*22*1|HL*3*2*22*1|LEVEL_PARENT 44 2000B HL02",
        "HL*3*1*22*1|HL*3*1*22*0|LEVEL_CHILDREN 44 2000B HL04",
        "HL*2*1*22*0|HL*2*1*22*1|LEVEL_CHILDREN 12 2000B HL04",
        "HL*1**20*1|HL*1*1*20*1|UNUSED_ELEMENT 6 2000A HL02",
        // whose claim it is
        "SBR*P*18*******CI|SBR*P********CI|WRONG_PARENT 19 2300 null",
        "SBR*P********CI|SBR*P*18*******CI|MISSING_LOOP 59 2000B null",
      })
  void whatTheGuideForbidsIsFoundInItsPlace(String from, String to, String expected) {
    String line = to.equals("''") ? "" : to;
    assertThat(found(from.replace("\\n", "\n"), line.replace("\\n", "\n")))
        .containsExactly(expected.split(";"));
  }

  @Test
  void claimsUnderTheWrongParentStillComeOut() {
    String text = MadeUpSets.changed(CLAIMS, "SBR*P*18*******CI", "SBR*P********CI");
    assertThat(keys(text)).filteredOn("2300.CLM"::equals).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"005010X222", "005010X222A1", "005010X222A2"})
  void theErrataOfAGuideAreReadAsWhatTheyAre(String guide) {
    assertThat(found(CLAIMS.replace("005010X222A1", guide))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "005010X291,837-005010X222A1",
    "005010X298,837-005010X222A1",
    "005010X292,837-005010X223A2",
    "005010X222A9,837-005010X222A1"
  })
  void aGuideThatIsNearIsReadWithAWarning(String guide, String mapping) {
    String set = mapping.contains("X223") ? MadeUpSets.INSTITUTIONAL : CLAIMS;
    Transcript transcript = Transcript.of(set.replaceAll("005010X22\\dA\\d", guide));
    assertThat(transcript.findings)
        .extracting(Finding::rule)
        .containsExactly(Syntax.NEAREST_MAPPING);
    assertThat(transcript.findings.get(0).message()).contains(mapping);
  }

  @Test
  void aGuideThatIsNotReadIsNamedBesideThoseThatAre() {
    Transcript transcript = Transcript.of(CLAIMS.replace("005010X222A1", "004010X098A1"));
    assertThat(transcript.findings).extracting(Finding::rule).containsExactly(Syntax.NO_MAPPING);
    assertThat(transcript.findings.get(0).message())
        .contains("837 004010X098A1", "005010X222A1", "005010X223A2", "005010X224A2");
  }
}
