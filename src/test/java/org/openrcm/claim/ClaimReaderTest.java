package org.openrcm.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrcm.money.Money;
import org.openrcm.x12.Corpus;
import org.openrcm.x12.SetEnd;

/** Claims of all three kinds come out as they were billed. */
class ClaimReaderTest {
  static final Path CASES = Path.of("src/test/resources/cases-837");

  static String text(String story) {
    return Corpus.text(CASES.resolve(story).resolve("claims.837"));
  }

  /** The corpus' 837s of the guides that are read, those with a sound envelope. */
  static List<Corpus.Entry> corpus() {
    return Corpus.entries().stream()
        .filter(entry -> entry.sets().matches("837 005010X(22[234]|29[128]).*"))
        .filter(entry -> entry.validity().endsWith("envelope ok"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("org.openrcm.claim.ClaimWriterTest#stories")
  void aCaseIsReadWithNothingLeftOver(String story) {
    Submitted submitted = Submitted.of(text(story));
    assertThat(submitted.findings).isEmpty();
    assertThat(submitted.claims()).isNotEmpty().allMatch(claim -> claim.unmapped().isEmpty());
    ClaimHandler.Totals totals = submitted.batches.get(0).totals().get(0);
    assertThat(totals.claims()).isEqualTo(submitted.claims().size());
    assertThat(totals.unread()).isZero();
    assertThat(totals.end()).isEqualTo(SetEnd.CLOSED);
    assertThat(totals.charged())
        .isEqualTo(submitted.claims().stream().map(Claim::charged).reduce(Money.ZERO, Money::plus));
    assertThat(totals.unmapped()).isEmpty();
  }

  @Test
  void anOfficeVisitHasItsPartiesLinesAndPlace() {
    Submitted submitted = Submitted.of(text("office-visit"));
    Submission submission = submitted.batches.get(0).submission();
    assertThat(submission.kind()).isEqualTo(ClaimKind.PROFESSIONAL);
    assertThat(submission.time()).isEqualTo(LocalTime.of(9, 15));
    assertThat(submission.source().setControl()).isEqualTo("0001");
    Claim claim = submitted.claims().get(0);
    assertThat(claim.patientControlNumber()).isEqualTo("LM-20260427-01");
    assertThat(claim.charged()).isEqualTo(Money.of("187.5"));
    assertThat(claim.frequency()).isEqualTo("1");
    assertThat(claim.patient()).isNull();
    assertThat(claim.treated().person().lastName()).isEqualTo("TARRANT");
    assertThat(claim.billing().taxonomy()).isEqualTo("207Q00000X");
    assertThat(claim.subscriber().membership().group()).isEqualTo("G4410");
    assertThat(claim.codes()).extracting(HealthCode::qualifier).containsExactly("ABK", "ABF");
    assertThat(claim.provider("82")).isNotNull();
    assertThat(claim.reference("EA")).isEqualTo("MR778812");
    ServiceLine line = claim.lines().get(0);
    assertThat(line.diagnosisPointers()).containsExactly(1, 2);
    assertThat(line.procedure().modifiers()).containsExactly("25");
    assertThat(line.controlNumber()).isEqualTo("LM0427-1");
    String bytes = text("office-visit");
    assertThat(claim.byteOffset()).isEqualTo(bytes.indexOf("CLM*"));
    assertThat(claim.byteOffset() + claim.byteLength()).isEqualTo(bytes.indexOf("~\nSE*"));
  }

  @Test
  void claimsOfOneLevelShareItsRecords() {
    List<Claim> claims = Submitted.of(text("dependent-child")).claims();
    assertThat(claims).hasSize(2);
    assertThat(claims.get(1).billing()).isSameAs(claims.get(0).billing());
    assertThat(claims.get(1).subscriber()).isSameAs(claims.get(0).subscriber());
    assertThat(claims)
        .extracting(c -> c.treated().person().firstName())
        .containsExactly("PIP", "TANSY");
    assertThat(claims.get(0).terms().causes()).containsExactly("EM", "OA");
    assertThat(claims.get(0).terms().causeState()).isEqualTo("OH");
  }

  @Test
  void whatAnEarlierPayerDecidedIsRead() {
    Claim claim = Submitted.of(text("secondary-payer")).claims().get(0);
    OtherCoverage primary = claim.otherCoverages().get(0);
    assertThat(primary.payer().person().id()).isEqualTo("BFERN");
    assertThat(primary.payer().reference("F8")).isEqualTo("BF2026042100077");
    assertThat(primary.amounts()).hasSize(2);
    assertThat(primary.adjustments()).hasSize(1);
    LineDecision decision = claim.lines().get(0).decisions().get(0);
    assertThat(decision.paid()).isEqualTo(Money.of("220"));
    assertThat(decision.adjustments()).hasSize(3);
    assertThat(decision.periods().get(0).start()).isEqualTo(LocalDate.of(2026, 4, 21));
    assertThat(claim.billing().payTo().address().lines()).containsExactly("PO BOX 90");
  }

  @Test
  void aStayHasItsTypeOfBillAdmissionAndCodes() {
    Claim claim = Submitted.of(text("inpatient-stay")).claims().get(0);
    assertThat(claim.facilityType() + claim.frequency()).isEqualTo("111");
    assertThat(claim.admission()).isEqualTo(new Claim.Admission("1", "7", "01"));
    assertThat(claim.period("435").time()).isEqualTo(LocalTime.of(18, 15));
    assertThat(claim.period("096").start()).isNull();
    assertThat(claim.codes()).filteredOn(HealthCode::isProcedure).hasSize(2);
    assertThat(claim.codes().get(0).presentOnAdmission()).isEqualTo("Y");
    assertThat(claim.codes())
        .filteredOn(code -> code.qualifier().equals("BI"))
        .extracting(HealthCode::end)
        .containsExactly(LocalDate.of(2026, 4, 21));
    assertThat(claim.codes())
        .filteredOn(code -> code.qualifier().equals("BE"))
        .extracting(HealthCode::amount)
        .containsExactly(Money.of("1450"), Money.of("5"));
    assertThat(claim.lines().get(0).notCovered()).isEqualTo(Money.of("250"));
    assertThat(claim.lines().get(0).procedure()).isNull();
  }

  @Test
  void drugsTeethAndFormsAreRead() {
    ServiceLine infused = Submitted.of(text("drug-infusion")).claims().get(0).lines().get(1);
    assertThat(infused.drug().code()).isEqualTo("99999000101");
    assertThat(infused.drug().quantity()).isEqualByComparingTo(BigDecimal.valueOf(3));
    Claim crown = Submitted.of(text("dental-crown")).claims().get(0);
    assertThat(crown.lines().get(1).dental().teeth())
        .containsExactly(new ServiceLine.Tooth("12", List.of("M", "O")));
    assertThat(crown.lines().get(2).dental().areas()).containsExactly("10", "20");
    assertThat(Submitted.of(text("predetermination")).claims().get(0).isPredetermination())
        .isTrue();
    ServiceLine rented = Submitted.of(text("equipment")).claims().get(0).lines().get(0);
    assertThat(rented.forms()).extracting(Detail::tag).containsExactly("LQ", "FRM", "FRM", "FRM");
  }

  @Test
  void claimsAndChargesOfTheCorpusAreThoseOfAPlainSplit() {
    assumeTrue(Corpus.isThere(), Corpus.ABSENT);
    for (Corpus.Entry file : corpus()) {
      String text = Corpus.text(file.file());
      int claims = 0;
      Money charged = Money.ZERO;
      for (String segment : text.split(Pattern.quote(text.substring(105, 106)))) {
        String[] elements = segment.strip().split(Pattern.quote(text.substring(3, 4)), -1);
        if (elements[0].equals("CLM")) {
          claims++;
          charged = charged.plus(Money.of(elements[2]));
        }
      }
      List<Claim> read = Submitted.of(text).claims();
      assertThat(read).as(file.path()).hasSize(claims);
      assertThat(read.stream().map(Claim::charged).reduce(Money.ZERO, Money::plus))
          .as(file.path())
          .isEqualTo(charged);
    }
  }
}
