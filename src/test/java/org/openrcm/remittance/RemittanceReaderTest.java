package org.openrcm.remittance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openrcm.billing.Address;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Person;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.SetSource;
import org.openrcm.money.Money;
import org.openrcm.x12.Corpus;
import org.openrcm.x12.SetEnd;
import org.openrcm.x12.Syntax;

/** Whatever a payer sends in an 835 is in the records. */
class RemittanceReaderTest {
  private static final String EVERYTHING = Corpus.text("everything");

  /** Elements with one value only, and those that count or repeat what stands elsewhere. */
  private static final Set<String> SAYS_NOTHING =
      Set.of("TRN01", "CUR01", "SE01", "SE02", "GE01", "GE02", "IEA01", "IEA02");

  @Test
  void everyElementOfEverySlotIsInTheRecords() {
    String expected = records(EVERYTHING);
    Set<String> lost = new TreeSet<>();
    int elements = 0;
    int offset = EVERYTHING.indexOf("ST*");
    for (String segment : EVERYTHING.substring(offset).split("(?<=~\n)")) {
      int at = offset + segment.indexOf('*') + 1;
      String tag = segment.substring(0, segment.indexOf('*'));
      int element = 1;
      int component = 1;
      int from = at;
      for (; at < offset + segment.length() - 1; at++) {
        char c = EVERYTHING.charAt(at);
        if (c != '*' && c != ':' && c != '~') {
          continue;
        }
        if (at > from) {
          elements++;
          String other = changed(EVERYTHING.substring(from, at));
          String all = EVERYTHING.substring(0, from) + other + EVERYTHING.substring(at);
          if (records(all).equals(expected)) {
            lost.add(
                tag + (element < 10 ? "0" : "") + element + (component > 1 ? "-" + component : ""));
          }
        }
        component = c == ':' ? component + 1 : 1;
        element += c == '*' ? 1 : 0;
        from = at + 1;
      }
      offset += segment.length();
    }
    assertThat(elements).isGreaterThan(900);
    assertThat(lost).isEqualTo(SAYS_NOTHING);
  }

  /** Another value of the same kind: its last letter or digit is another one. */
  private static String changed(String value) {
    char last = value.charAt(value.length() - 1);
    char other = last == '9' || last == 'Z' || last == 'z' ? (char) (last - 1) : (char) (last + 1);
    return value.substring(0, value.length() - 1) + other;
  }

  private static String records(String text) {
    return Received.of(text).checks.toString();
  }

  @Test
  void theHeaderIsRead() {
    Remittance remittance = Received.of(EVERYTHING).checks.get(0).remittance();
    assertThat(remittance.source())
        .isEqualTo(
            new SetSource(
                Received.FILE, "", "CNDR1", "000001012", "1012", "0001", "005010X221A1", 1));
    assertThat(remittance.payment())
        .isEqualTo(
            new Remittance.Payment(
                "I",
                Money.of("12481.86"),
                "C",
                "ACH",
                "CTX",
                new Remittance.BankAccount("01", "990000110", "DA", "70013001"),
                "1890000303",
                "CINDER303",
                new Remittance.BankAccount("01", "990000330", "SG", "55502001"),
                LocalDate.of(2026, 7, 17)));
    assertThat(remittance.trace())
        .isEqualTo(new Remittance.Trace("CP2607170042", "1890000303", "CINDER303"));
    assertThat(remittance.currency()).isEqualTo(new Remittance.Currency("USD", null));
    assertThat(remittance.receiverId()).isEqualTo("CLEARHSE77");
    assertThat(remittance.versionId()).isEqualTo("CINDERSYS 8.2");
    assertThat(remittance.productionDate()).isEqualTo("2026-07-16");
    assertThat(remittance.payer().address())
        .isEqualTo(
            new Address(
                List.of("900 KESTREL ROW", "FLOOR 4"), "DUNNOCK", "PA", "199990042", null, null));
    assertThat(remittance.payer().references()).hasSize(4);
    assertThat(remittance.payer().contacts()).hasSize(4);
    assertThat(remittance.payee().delivery())
        .isEqualTo(new Party.Delivery("EM", "REMIT DESK", "remit@example.net"));
  }

  @Test
  void aClaimAndItsLinesAreRead() {
    ClaimPayment claim = Received.of(EVERYTHING).claims().get(1);
    assertThat(claim.patientControlNumber()).isEqualTo("EVERY-02");
    assertThat(claim.ordinal()).isEqualTo(2);
    assertThat(claim.byteOffset()).isEqualTo(EVERYTHING.indexOf("CLP*EVERY-02"));
    assertThat(claim.byteOffset() + claim.byteLength())
        .isEqualTo(EVERYTHING.indexOf("~\nCLP*EVERY-03"));
    assertThat(claim.person("IL"))
        .isEqualTo(
            new Person("IL", true, "PELLIGROVE ORCHARDS", null, null, null, "FI", "890000812"));
    Outcome outpatient = claim.outpatient();
    assertThat(outpatient).isNotNull();
    assertThat(outpatient.figure("MOA01")).isEqualByComparingTo("0.8");
    assertThat(outpatient.remarks()).containsExactly("MA01", "MA18", "MA07", "N381", "M15");
    ServicePayment line = claim.lines().get(0);
    assertThat(line.procedure())
        .isEqualTo(new Procedure("HC", "99213", List.of("25", "57", "GT", "KX"), null));
    assertThat(line.submittedProcedure().description()).isEqualTo("LONGER VISIT");
    assertThat(line.unitsPaid()).isEqualByComparingTo("2");
    assertThat(line.unitsBilled()).isEqualByComparingTo("3");
    assertThat(line.adjustments()).hasSize(8);
    assertThat(line.adjustments().get(7))
        .isEqualTo(
            new Adjustment("PR", "3", Money.of("4"), null, line.adjustments().get(6).segment()));
    assertThat(line.remarks())
        .containsExactly(
            new ServicePayment.Remark("HE", "N130"), new ServicePayment.Remark("HE", "M15"));
  }

  @Test
  void groupsTotalsAndProviderAdjustmentsAreRead() {
    Received.Check check = Received.of(EVERYTHING).checks.get(0);
    assertThat(check.claims()).hasSize(12);
    assertThat(check.claims())
        .extracting(claim -> claim.group().number())
        .startsWith("1", "2")
        .endsWith("3");
    ClaimGroup.ProviderTotals provider = check.claims().get(0).group().provider();
    assertThat(provider.claims()).isEqualByComparingTo(BigDecimal.ONE);
    assertThat(provider.charges()).isEqualTo(Money.of("20000"));
    assertThat(check.claims().get(0).group().inpatient().figures()).hasSize(19);
    assertThat(check.claims().get(1).group().provider()).isNull();
    assertThat(check.adjustments()).hasSize(9);
    assertThat(check.adjustments().get(6))
        .isEqualTo(
            new ProviderAdjustment(
                "2400203024", LocalDate.of(2026, 12, 31), "50", "LATE2606", Money.of("25"), 252));
    assertThat(check.totals())
        .containsExactly(
            new RemittanceHandler.Totals(
                12,
                0,
                sum(check.claims()),
                Money.of("12326"),
                Money.of("-155.86"),
                SetEnd.CLOSED,
                List.of()));
  }

  private static Money sum(List<ClaimPayment> claims) {
    return claims.stream().map(ClaimPayment::charged).reduce(Money.ZERO, Money::plus);
  }

  @Test
  void aRemittanceWithoutClaimsIsWhole() {
    Received received = Received.of(EVERYTHING);
    Received.Check check = received.checks.get(1);
    assertThat(check.claims()).isEmpty();
    assertThat(check.adjustments())
        .containsExactly(
            new ProviderAdjustment(
                "890000709", LocalDate.of(2026, 12, 31), "CT", "CAP202607", Money.of("-1500"), 13));
    assertThat(check.totals().get(0).adjusted()).isEqualTo(Money.of("-1500"));
    assertThat(check.remittance().payer().address().subdivision()).isEqualTo("BCN");
    assertThat(received.findings).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "19", "20", "21", "22", "23", "25"})
  void everyClaimStatusIsRead(String status) {
    String text =
        Corpus.changed(Corpus.text("deductible"), "LFP-1010*1*", "LFP-1010*" + status + "*");
    Received received = Received.of(text);
    ClaimPayment claim = received.claims().get(0);
    assertThat(claim.status()).isEqualTo(status);
    assertThat(claim.isReversal()).isEqualTo(status.equals("22"));
    assertThat(claim.isPredetermination()).isEqualTo(status.equals("25"));
    assertThat(received.findings).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"5", "10", "24", "A"})
  void aClaimStatusThatIsNoneIsFoundAndTheClaimIsReadAllTheSame(String status) {
    String text =
        Corpus.changed(Corpus.text("deductible"), "LFP-1010*1*", "LFP-1010*" + status + "*");
    Received received = Received.of(text);
    assertThat(received.found(Syntax.ELEMENT_CODE)).hasSize(1).allMatch(f -> f.contains("CLP02"));
    assertThat(received.claims()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "denial, BPR*H*0*C*NON, BPR*H*0*C*NON, 0",
    "denial, BPR*H*0*C*NON, BPR*I*0*C*NON, 1",
    "denial, BPR*H*0*C*NON, BPR*H*0*C*CHK, 1",
    "interest, BPR*I*403.08*C*ACH, BPR*H*403.08*C*NON, 1",
    "interest, BPR*I*403.08*C*ACH, BPR*I*403.08*C*CHK, 0"
  })
  void noPaymentGoesWithItsOwnCodesAndOnlyThat(String story, String from, String to, int found) {
    String text = Corpus.changed(Corpus.text(story), from, to);
    List<String> places = new ArrayList<>(Received.of(text).found(Adjudication.ZERO_PAYMENT));
    assertThat(places)
        .hasSize(found)
        .allMatch(place -> place.contains(" segment 2 BPR loop Transaction BPR02 "));
  }

  @Test
  void aSetThatComesTwiceIsCounted() {
    String text = Corpus.text("deductible");
    Received received = Received.of(text + text);
    assertThat(received.checks)
        .extracting(check -> check.remittance().source().occurrence())
        .containsExactly(1, 2);
  }
}
