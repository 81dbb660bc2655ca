package org.openrcm.remittance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openrcm.billing.Unmapped;
import org.openrcm.billing.Unreadable;
import org.openrcm.money.Money;
import org.openrcm.x12.Corpus;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.Repeated;
import org.openrcm.x12.SetEnd;
import org.openrcm.x12.Syntax;

/** What cannot be read costs only the claim it stands in, and nothing is made up in its place. */
class BadRemittanceTest {
  private static final String FILE = Corpus.text("deductible");
  private static final String PLACE = Received.FILE + " set 000001002/1002/0001 segment ";
  private static final String FIRST = "LFP-1010";
  private static final String SECOND = "LFP-1011";

  private static List<String> claims(Received received) {
    return received.claims().stream().map(ClaimPayment::patientControlNumber).toList();
  }

  private static Received changed(String from, String to) {
    return Received.of(Corpus.changed(FILE, from, to));
  }

  @ParameterizedTest
  @CsvSource({
    "1010*1*210*0*, 1010*1*21O*0*, segment 15 CLP loop 2100 CLP03",
    "1010*1*210*0*, 1010*1*210**, ''",
    "1010*1*210*0*, 1010*1*210*0.001*, segment 15 CLP loop 2100 CLP04",
    "1010*1*210*0*, 1010*1*100000000001*0*, segment 15 CLP loop 2100 CLP03",
    "HC:99214*210*, HC:99214*2 10*, segment 18 SVC loop 2110 SVC02",
    "HC:99214*210*0*, HC:99214*210**, ''",
    "CAS*CO*45*77.5, CAS*CO*45*77..5, segment 20 CAS loop 2110 CAS03",
    "CAS*PR*1*132.5, CAS*PR*1*132.5*1*2*--1, segment 21 CAS loop 2110 CAS06",
    "CAS*CO*45*77.5, CAS*CO*45*, ''"
  })
  void aClaimWithAnAmountThatIsNoneIsNotReadAndTheOthersAre(
      String right, String wrong, String where) {
    String bad = Corpus.changed(FILE, right, wrong);
    Received received = Received.of(bad);
    assertThat(claims(received)).containsExactly(SECOND);
    assertThat(received.found(Adjudication.CLAIM_NOT_READ))
        .singleElement()
        .asString()
        .startsWith(PLACE + "15 CLP loop 2100 byte " + bad.indexOf("CLP*" + FIRST));
    assertThat(received.found(Unreadable.AMOUNT_UNREADABLE))
        .hasSize(where.isEmpty() ? 0 : 1)
        .allMatch(found -> found.contains(where));
    RemittanceHandler.Totals totals = received.checks.get(0).totals().get(0);
    assertThat(totals.claims()).isEqualTo(1);
    assertThat(totals.unread()).isEqualTo(1);
    // what is known to be incomplete is not said to be out of balance
    assertThat(received.found(Adjudication.REMITTANCE_BALANCE)).isEmpty();
  }

  @Test
  void aClaimIsReadAndBalancedAsIfTheUnreadOneBeforeItWereNotThere() {
    ClaimPayment expected = Received.of(FILE).claims().get(1);
    ClaimPayment actual = changed("HC:99214*210*", "HC:99214*2_0*").claims().get(0);
    assertThat(actual).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "DTM*472*20260302, DTM*472*20260230, segment 19 DTM loop 2110 DTM02",
    "DTM*050*20260305, DTM*050*260305, segment 17 DTM loop 2100 DTM02",
    "55501001*20260320, 55501001*20261131, segment 2 BPR loop Transaction BPR16",
    "DTM*405*20260319, DTM*405*2026O319, segment 4 DTM loop Transaction DTM02"
  })
  void aDayThatIsNotInTheCalendarIsFoundAndLeftOut(String right, String wrong, String where) {
    Received received = changed(right, wrong);
    assertThat(received.found(Unreadable.DATE_UNREADABLE))
        .singleElement()
        .asString()
        .contains(where);
    assertThat(claims(received)).containsExactly(FIRST, SECOND);
    assertThat(received.checks.toString()).doesNotContain(wrong.substring(wrong.length() - 4));
  }

  @Test
  void aQuantityThatIsNoneIsFoundAndLeftOut() {
    Received received = changed("99214*210*0**1~", "99214*210*0**one~");
    assertThat(received.found(Unreadable.QUANTITY_UNREADABLE))
        .singleElement()
        .asString()
        .startsWith(PLACE + "18 SVC loop 2110 SVC05");
    assertThat(received.claims().get(0).lines().get(0).unitsPaid()).isNull();
  }

  @Test
  void aFileCutAnywhereGivesOnlyClaimsThatAreWhole() {
    List<ClaimPayment> whole = Received.of(FILE).claims();
    int secondKnown = FILE.indexOf("~", FILE.indexOf("CLP*" + SECOND)) + 1;
    int closed = FILE.indexOf("~", FILE.indexOf("SE*39*")) + 1;
    for (int length = 0; length < FILE.length(); length++) {
      Received received = Received.of(FILE.substring(0, length));
      assertThat(whole).as("cut at byte %s", length).containsAll(received.claims());
      int complete = length < secondKnown ? 0 : length < closed ? 1 : 2;
      assertThat(received.claims()).as("cut at byte %s", length).hasSize(complete);
      assertThat(received.checks).allMatch(check -> check.totals().size() == 1);
      assertThat(received.found(Adjudication.REMITTANCE_BALANCE)).isEmpty();
    }
  }

  @Test
  void aCutClaimIsCountedAsUnread() {
    Received received = Received.of(FILE.substring(0, FILE.indexOf("CAS*CO*45*33.44")));
    assertThat(claims(received)).containsExactly(FIRST);
    assertThat(received.checks.get(0).totals().get(0))
        .isEqualTo(
            new RemittanceHandler.Totals(
                1, 1, Money.of("210"), Money.ZERO, Money.ZERO, SetEnd.CUT_OFF, List.of()));
    assertThat(received.found(Adjudication.CLAIM_NOT_READ)).hasSize(1);
  }

  @Test
  void anUnknownSegmentIsKeptWithItsClaimOrItsCheck() {
    String bad =
        Corpus.changed(FILE, "DTM*050*20260305~", "DTM*050*20260305~\nZZ9*1**here~")
            .replace("DTM*405", "YY*2:3~\nDTM*405")
            .replace("REF*6R*1011L2~", "REF*6R*1011L2~\nREF*ZZ*HERE TOO~");
    Received received = Received.of(bad);
    assertThat(received.checks.get(0).remittance().unmapped())
        .containsExactly(new Unmapped(4, "YY*2:3"));
    assertThat(received.claims().get(0).unmapped())
        .containsExactly(new Unmapped(19, "ZZ9*1**here"));
    assertThat(received.claims().get(1).unmapped())
        .containsExactly(new Unmapped(40, "REF*ZZ*HERE TOO"));
    assertThat(received.found(Syntax.UNKNOWN_SEGMENT)).hasSize(2);
    assertThat(received.found(Syntax.UNEXPECTED_SEGMENT)).hasSize(1);
  }

  @Test
  void whatHasNoPlaceOutsideTheClaimsIsKeptWithTheTotals() {
    String bad =
        Corpus.changed(Corpus.text("interest"), "LX*1~", "LX*1~\nZZ*BEHIND LX~\nSVC*HC:1*1*1~")
            .replace("PLB*", "ZZ*OF THE LAST CLAIM~\nPLB*")
            .replace("SE*", "ZZ*BEHIND PLB~\nSE*");
    Received received = Received.of(bad);
    assertThat(received.checks.get(0).totals().get(0).unmapped())
        .extracting(Unmapped::text)
        .containsExactly("ZZ*BEHIND LX", "SVC*HC:1*1*1", "ZZ*BEHIND PLB");
    assertThat(received.claims().get(1).unmapped())
        .extracting(Unmapped::text)
        .containsExactly("ZZ*OF THE LAST CLAIM");
  }

  @Test
  void claimsWithoutAGroupAreReadInNone() {
    Received received = Received.of(FILE.replace("LX*1~\n", ""));
    assertThat(claims(received)).containsExactly(FIRST, SECOND);
    assertThat(received.claims()).allMatch(claim -> claim.group().equals(ClaimGroup.NONE));
  }

  @Test
  void aCheckWithoutItsPayerIsReadWithNone() {
    int from = FILE.indexOf("N1*PR");
    Received received =
        Received.of(FILE.substring(0, from) + FILE.substring(FILE.indexOf("N1*PE")));
    assertThat(received.checks.get(0).remittance().payer()).isEqualTo(Party.MISSING);
    assertThat(received.checks.get(0).remittance().payee().id()).isEqualTo("2400102010");
    assertThat(claims(received)).containsExactly(FIRST, SECOND);
    assertThat(received.found(Syntax.MISSING_LOOP)).hasSize(1);
  }

  @Test
  void aCheckWithoutBprSaysSoAndIsNotBalanced() {
    Received received = Received.of(FILE.replaceFirst("BPR\\*.*~\n", ""));
    assertThat(received.checks.get(0).remittance().payment().amount()).isNull();
    assertThat(claims(received)).containsExactly(FIRST, SECOND);
    assertThat(received.found(Syntax.MISSING_SEGMENT)).hasSize(1);
    assertThat(received.found(Adjudication.REMITTANCE_BALANCE)).isEmpty();
  }

  @Test
  void aSetWithoutAMappingIsPassedOverAndTheOthersAreRead() {
    String claim = Corpus.changed(FILE, "ST*835*", "ST*837*");
    Received received = Received.of(Corpus.text("denial") + claim + Corpus.text("interest"));
    assertThat(received.checks).hasSize(2);
    assertThat(received.found(Syntax.NO_MAPPING))
        .singleElement()
        .asString()
        .startsWith(PLACE + "1 ST loop Transaction");
  }

  @Test
  void aMappedSetThatIsNoRemittanceIsPassedOver(@TempDir Path folder) throws IOException {
    String mapping =
        Files.readString(Path.of("edi-mappings/835-005010X221A1.dfdl.xsd"))
            .replace("ST.835.", "ST.837.");
    Files.writeString(folder.resolve("837-005010X221A1.dfdl.xsd"), mapping);
    String claim = Corpus.changed(FILE, "ST*835*", "ST*837*");
    Received received = Received.of(claim + Corpus.text("interest"), Mappings.withFolder(folder));
    assertThat(received.checks).hasSize(1);
    assertThat(received.found(Adjudication.NOT_A_REMITTANCE))
        .singleElement()
        .asString()
        .startsWith(PLACE + "1 ST loop Transaction ST01");
  }

  @Test
  void aProviderAdjustmentWithoutAnAmountIsFoundAndLeftOut() {
    Received received =
        Received.of(
            Corpus.changed(Corpus.text("interest"), "L6:OB26001180*-3.08", "L6:OB26001180*-3,08"));
    assertThat(received.checks.get(0).adjustments()).isEmpty();
    assertThat(received.found(Unreadable.AMOUNT_UNREADABLE)).hasSize(1);
    assertThat(received.found(Adjudication.REMITTANCE_BALANCE)).isEmpty();
    assertThat(received.claims()).hasSize(2);
  }

  @Test
  void aClaimWithoutEndIsGivenUpInLittleMemory() {
    String line = "SVC*HC:99214*210*0**1~\nCAS*CO*45*77.5~\nZZZ*A~\n";
    int at = FILE.indexOf("CLP*" + SECOND);
    Counting counting = new Counting();
    counting.read(new Repeated(FILE.substring(0, at), line, 100L << 20, FILE.substring(at)));
    assertThat(counting.claims).containsExactly("one refused", SECOND);
    assertThat(counting.peak).isLessThan(64L << 20);
  }

  @Test
  void aHeaderWithoutEndIsGivenUpInLittleMemory() {
    int at = FILE.indexOf("N1*PE");
    Counting counting = new Counting();
    counting.read(
        new Repeated(
            FILE.substring(0, at), "REF*2U*AGAIN AND AGAIN~\n", 100L << 20, FILE.substring(at)));
    assertThat(counting.claims).containsExactly(FIRST, SECOND);
    assertThat(counting.peak).isLessThan(64L << 20);
  }
}
