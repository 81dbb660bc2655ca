package org.openrcm.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openrcm.billing.Unmapped;
import org.openrcm.x12.Corpus;
import org.openrcm.x12.Finding;
import org.openrcm.x12.SetEnd;
import org.openrcm.x12.Severity;
import org.openrcm.x12.Syntax;

/** Bad claims cost themselves: findings say where, and the good ones come out. */
class BadClaimTest {
  private static final int FUZZED = 400;

  private static final String FAMILY = ClaimReaderTest.text("dependent-child");
  private static final String TWO = ClaimReaderTest.text("replacement-and-void");

  private static List<String> numbers(Submitted submitted) {
    return submitted.claims().stream().map(Claim::patientControlNumber).toList();
  }

  @Test
  void aClaimWhoseChargeCannotBeReadIsRefusedAndTheNextOneRead() {
    Submitted submitted = Submitted.of(Corpus.changed(TWO, "*140***11:B:7*", "*14O***11:B:7*"));
    assertThat(submitted.found(Billed.CLAIM_NOT_READ))
        .singleElement()
        .asString()
        .contains("CLM loop 2300")
        .endsWith("it has no charge that can be read");
    assertThat(numbers(submitted)).containsExactly("LM-20260413-02");
    assertThat(submitted.batches.get(0).totals().get(0).unread()).isEqualTo(1);
  }

  @Test
  void aLineWithoutAChargeRefusesItsClaim() {
    Submitted submitted = Submitted.of(Corpus.changed(TWO, "HC:99213*140*", "HC:99213**"));
    assertThat(submitted.found(Billed.CLAIM_NOT_READ)).hasSize(1);
    assertThat(numbers(submitted)).containsExactly("LM-20260413-02");
  }

  @Test
  void anAdjustmentWithoutAnAmountRefusesItsClaim() {
    String text = ClaimReaderTest.text("secondary-payer");
    for (String cas : List.of("CAS*PR*3*20", "CAS*CO*45*74.4")) {
      String spoilt = Corpus.changed(text, cas, cas.substring(0, cas.lastIndexOf('*')) + "*ABC");
      assertThat(Submitted.of(spoilt).found(Billed.CLAIM_NOT_READ)).hasSize(1);
    }
  }

  @Test
  void aClaimLargerThanIsHeldIsRefusedAndTheNextOneRead() {
    String line = "LX*1~\nSV1*HC:99213*140*UN*1***1~\nDTP*472*D8*20260427~\n";
    String large = Corpus.changed(TWO, line, line.repeat(80_000));
    Submitted submitted = Submitted.of(large);
    assertThat(submitted.found(Billed.CLAIM_NOT_READ))
        .singleElement()
        .asString()
        .contains("longer than");
    assertThat(numbers(submitted)).containsExactly("LM-20260413-02");
  }

  @Test
  void aSegmentThatIsTooLongRefusesItsClaimOnly() {
    String spoilt = Corpus.changed(TWO, "HI*ABK:J209", "NTE*ADD*" + "A".repeat(3 << 20));
    Submitted submitted = Submitted.of(spoilt);
    assertThat(submitted.found(Billed.CLAIM_NOT_READ)).hasSize(1);
    assertThat(numbers(submitted)).containsExactly("LM-20260413-02");
  }

  @Test
  void claimsOfASubscriberWhoCannotBeReadAreRefused() {
    String tooLong = "NM1*IL*1*" + "Q".repeat(3 << 20);
    Submitted submitted =
        Submitted.of(Corpus.changed(FAMILY, "NM1*IL*1*QUENNELL*BRAM", tooLong) + TWO);
    assertThat(submitted.found(Billed.CLAIM_NOT_READ))
        .hasSize(2)
        .allMatch(told -> told.endsWith("patient could not be read"));
    assertThat(numbers(submitted)).containsExactly("LM-20260427-01R", "LM-20260413-02");
  }

  @Test
  void levelsThatPointNowhereAreFoundAndTheirClaimsRead() {
    Submitted submitted = Submitted.of(Corpus.changed(FAMILY, "HL*4*2*23*0", "HL*4*99*23*0"));
    assertThat(numbers(submitted)).containsExactly("LM-20260428-07", "LM-20260428-08");
    assertThat(submitted.findings)
        .anyMatch(finding -> finding.place().toString().contains("HL loop 2000C"));
  }

  @Test
  void aClaimUnderTheWrongParentIsReadWithWhatIsOpen() {
    String patient = "HL*3*2*23*0~\nPAT*19~\nNM1*QC*1*QUENNELL*PIP~\n";
    int from = FAMILY.indexOf(patient);
    int to = FAMILY.indexOf("CLM*LM-20260428-07");
    Submitted submitted = Submitted.of(FAMILY.substring(0, from) + FAMILY.substring(to));
    assertThat(numbers(submitted)).containsExactly("LM-20260428-07", "LM-20260428-08");
    Claim orphan = submitted.claims().get(0);
    assertThat(orphan.patient()).isNull();
    assertThat(orphan.treated().person().firstName()).isEqualTo("BRAM");
    assertThat(submitted.claims().get(1).treated().person().firstName()).isEqualTo("TANSY");
    assertThat(submitted.findings).anyMatch(finding -> finding.severity() == Severity.ERROR);
  }

  @Test
  void claimsUnderALevelOfNoKnownKindAreNotGivenToAnybody() {
    Submitted submitted = Submitted.of(Corpus.changed(FAMILY, "HL*4*2*23*0", "HL*4*2*2X*0") + TWO);
    assertThat(numbers(submitted))
        .containsExactly("LM-20260428-07", "LM-20260427-01R", "LM-20260413-02");
    assertThat(submitted.found(Billed.CLAIM_NOT_READ)).hasSize(1);
  }

  @Test
  void aPatientNamedInTheMidstOfAClaimMakesTheNextOneUnreadable() {
    String again = "NM1*QC*1*STRANGER*ANOTHER~\nLX*1~\nSV1*HC:99212";
    String text = Corpus.changed(FAMILY, "LX*1~\nSV1*HC:99212", again);
    Submitted submitted = Submitted.of(text);
    assertThat(numbers(submitted)).containsExactly("LM-20260428-07", "LM-20260428-08");
    assertThat(submitted.claims().get(0).lines()).hasSize(1);
    assertThat(submitted.claims().get(0).unmapped())
        .extracting(Unmapped::text)
        .containsExactly("NM1*QC*1*STRANGER*ANOTHER");
    // the next claim of the same patient's level could be the stranger's
    String level = text.substring(text.indexOf("HL*4*2*23*0"), text.indexOf("CLM*LM-20260428-08"));
    Submitted shared = Submitted.of(Corpus.changed(text, level, ""));
    assertThat(numbers(shared)).containsExactly("LM-20260428-07");
    assertThat(shared.found(Billed.CLAIM_NOT_READ)).hasSize(1);
  }

  @Test
  void whatHasNoPlaceIsKeptWhereItStood() {
    String text =
        TWO.replace("HI*ABK:J209~\n", "HI*ABK:J209~\nZZZ*1~\n")
            .replace("HL*2*1*22*0~\n", "HL*2*1*22*0~\nYYY*2~\n");
    Submitted submitted = Submitted.of(text);
    assertThat(submitted.claims().get(0).unmapped())
        .extracting(Unmapped::text)
        .containsExactly("ZZZ*1");
    assertThat(submitted.batches.get(0).submission().unmapped())
        .extracting(Unmapped::text)
        .containsExactly("YYY*2");
  }

  @Test
  void whatARecordCannotHoldIsKeptToo() {
    Submitted submitted =
        Submitted.of(Corpus.changed(TWO, "REF*F8*BF2026050100312", "REF*F8*BF2026050100312*WHY"));
    Claim claim = submitted.claims().get(0);
    assertThat(claim.priorClaimNumber()).isEqualTo("BF2026050100312");
    assertThat(claim.unmapped())
        .extracting(Unmapped::text)
        .containsExactly("REF*F8*BF2026050100312*WHY");
  }

  @Test
  void unknownVersionsAndOtherSetsArePassedOver() {
    for (String version : List.of("004010X098A1", "005010X999")) {
      Submitted submitted = Submitted.of(TWO.replace("005010X222A1", version) + FAMILY);
      assertThat(numbers(submitted)).containsExactly("LM-20260428-07", "LM-20260428-08");
      assertThat(submitted.found(Syntax.NO_MAPPING)).singleElement().asString().contains(version);
    }
    Submitted submitted = Submitted.of(Corpus.text("denial") + FAMILY);
    assertThat(numbers(submitted)).containsExactly("LM-20260428-07", "LM-20260428-08");
    assertThat(submitted.found(Billed.NOT_A_CLAIM))
        .singleElement()
        .asString()
        .contains("segment 1 ST");
  }

  @Test
  void aFileThatIsCutOffLosesItsLastClaimOnly() {
    String cut = FAMILY.substring(0, FAMILY.indexOf("SV1*HC:90460"));
    Submitted submitted = Submitted.of(cut);
    assertThat(numbers(submitted)).containsExactly("LM-20260428-07");
    assertThat(submitted.batches.get(0).totals().get(0).end()).isEqualTo(SetEnd.CUT_OFF);
    assertThat(submitted.found(Billed.CLAIM_NOT_READ)).hasSize(1);
  }

  /** Segments dropped, doubled, swapped and bytes changed: never a failure, and others unharmed. */
  @Test
  void spoiltFilesCostNothingButThemselves() throws Exception {
    List<String> files = new ArrayList<>();
    for (String story : ClaimWriterTest.stories()) {
      files.add(ClaimReaderTest.text(story));
    }
    List<String> good = Submitted.of(TWO).claims().stream().map(BadClaimTest::told).toList();
    for (int seed = 1; seed <= FUZZED; seed++) {
      Random random = new Random(seed);
      String spoilt = spoilt(files.get(random.nextInt(files.size())), random);
      Submitted submitted = Submitted.of(TWO + spoilt + TWO);
      List<String> told = submitted.claims().stream().map(BadClaimTest::told).toList();
      assertThat(told).as("seed %s", seed).startsWith(good.toArray(new String[0]));
      assertThat(told).as("seed %s", seed).endsWith(good.toArray(new String[0]));
      assertThat(submitted.findings).extracting(Finding::message).doesNotContainNull();
    }
  }

  private static String told(Claim claim) {
    return claim.toString().replaceAll("byteOffset=-?\\d+", "");
  }

  private static String spoilt(String text, Random random) {
    List<String> segments = new ArrayList<>(List.of(text.split("(?<=~\n)")));
    int changes = 1 + random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      int at = 1 + random.nextInt(segments.size() - 2);
      String segment = segments.get(at);
      switch (random.nextInt(5)) {
        case 0 -> segments.remove(at);
        case 1 -> segments.add(at, segment);
        case 2 -> segments.add(1 + random.nextInt(segments.size() - 2), segments.remove(at));
        case 3 -> {
          int where = random.nextInt(segment.length() - 2);
          char any = "*:^A0-. ~".charAt(random.nextInt(9));
          segments.set(at, segment.substring(0, where) + any + segment.substring(where + 1));
        }
        default -> segments.set(at, segment.replaceFirst("\\*[^*~]*", "*"));
      }
    }
    return String.join("", segments);
  }
}
