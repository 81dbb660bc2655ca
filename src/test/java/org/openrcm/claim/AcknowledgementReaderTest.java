package org.openrcm.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openrcm.money.Money;
import org.openrcm.x12.Acknowledger;
import org.openrcm.x12.Corpus;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.SetEnd;
import org.openrcm.x12.StreamingEngine;

class AcknowledgementReaderTest {
  private static final String HEAD =
      "ISA*00*          *00*          *ZZ*PAYER          *ZZ*SENDER         "
          + "*260303*0900*^*00501*000000500*0*T*:~\n";

  private static final String IMPLEMENTATION =
      HEAD
          + """
          GS*FA*PAYER*SENDER*20260303*0900*7*X*005010X231A1~
          ST*999*0001*005010X231A1~
          AK1*HC*5*005010X222A1~
          AK2*837*0021*005010X222A1~
          IK5*A~
          AK2*837*0022*005010X222A1~
          IK3*CLM*18*2300*8~
          CTX*CLM01:PCN-1~
          CTX*SITUATIONAL TRIGGER*CLM*18*2300*5:3*1325~
          IK4*5:3:2*1325*7*Z~
          CTX*SITUATIONAL TRIGGER*HI*19**2*C022:1271~
          IK4*2*782*6~
          IK3*N4*10*2010*3~
          IK5*R*5*I5~
          AK9*P*2*2*1*5~
          SE*15*0001~
          GE*1*7~
          IEA*1*000000500~
          """;

  private static final String REPORT =
      HEAD
          + """
          GS*HN*PAYER*SENDER*20260303*0900*8*X*005010X214~
          ST*277*0003*005010X214~
          BHT*0085*08*R-1*20260303*0901*TH~
          HL*1**20*1~
          NM1*PR*2*EXAMPLE PLAN*****PI*PLAN1~
          TRN*1*TRACE-1~
          DTP*050*D8*20260302~
          DTP*009*D8*20260303~
          HL*2*1*21*1~
          NM1*41*2*MADE UP BILLING*****46*SUB1~
          TRN*2*B1~
          STC*A1:19:PR*20260303*WQ*150~
          QTY*90*1~
          QTY*AA*1~
          AMT*YU*100~
          AMT*YY*50~
          HL*3*2*19*1~
          NM1*85*2*EXAMPLE CLINIC*****XX*1234567893~
          TRN*1*0~
          STC*A1:19:PR**WQ*150~
          QTY*QA*1~
          HL*4*3*PT~
          NM1*QC*1*DOE*PAT****MI*M0001~
          TRN*2*PCN-1~
          STC*A2:20:PR*20260303*WQ*100~
          REF*1K*ICN-1~
          REF*D9*CH-1~
          DTP*472*D8*20260227~
          HL*5*3*PT~
          NM1*QC*1*ROE*SAM****MI*M0002~
          TRN*2*PCN-2~
          STC*A7:562:85*20260303*U*50******A3:21*A6:187~
          DTP*472*RD8*20260226-20260227~
          SVC*HC:99212*50*****1~
          STC*A7:454*20260303*U~
          REF*FJ*LINE-1~
          DTP*472*D8*20260227~
          SE*37*0003~
          GE*1*8~
          IEA*1*000000500~
          """;

  @Test
  void aTa1TellsWhichInterchangeAndHowItWent() {
    HeardAcknowledgements heard =
        HeardAcknowledgements.of(HEAD + "TA1*000000077*260301*0830*R*023~\nIEA*0*000000500~\n");
    assertThat(heard.findings).isEmpty();
    InterchangeAcknowledgement ta1 = heard.interchanges.get(0);
    assertThat(ta1.interchangeControl()).isEqualTo("000000077");
    assertThat(ta1.date()).isEqualTo(LocalDate.of(2026, 3, 1));
    assertThat(ta1.time()).isEqualTo(LocalTime.of(8, 30));
    assertThat(ta1.isRejected()).isTrue();
    assertThat(ta1.note()).isEqualTo("023");
    assertThat(ta1.source().interchangeControl()).isEqualTo("000000500");
    assertThat(ta1.source().sender()).isEqualTo("PAYER");
    assertThat(ta1.segment()).isEqualTo(2);
    assertThat(ta1.byteOffset()).isEqualTo(107);
  }

  @Test
  void a999TellsOfEachSetWhatIsWrongWhereAndInWhichClaim() {
    HeardAcknowledgements heard = HeardAcknowledgements.of(IMPLEMENTATION);
    GroupAcknowledgement group = heard.groups.get(0);
    assertThat(group.kind()).isEqualTo("HC");
    assertThat(group.groupControl()).isEqualTo("5");
    assertThat(group.guide()).isEqualTo("005010X222A1");
    assertThat(group.source().setControl()).isEqualTo("0001");
    assertThat(heard.sets)
        .extracting(SetAcknowledgement::setControl, SetAcknowledgement::acceptance)
        .containsExactly(tuple("0021", Acceptance.ACCEPTED), tuple("0022", Acceptance.REJECTED));
    SetAcknowledgement bad = heard.sets.get(1);
    assertThat(bad.codes()).containsExactly("5", "I5");
    assertThat(bad.segment()).isEqualTo(5);
    assertThat(IMPLEMENTATION.substring((int) bad.byteOffset())).startsWith("AK2*837*0022");
    SetAcknowledgement.SegmentError first = bad.errors().get(0);
    assertThat(first.tag()).isEqualTo("CLM");
    assertThat(first.position()).isEqualTo(18);
    assertThat(first.loop()).isEqualTo("2300");
    assertThat(first.code()).isEqualTo("8");
    assertThat(first.patientControlNumber()).isEqualTo("PCN-1");
    assertThat(first.contexts().get(1))
        .isEqualTo(
            new SetAcknowledgement.Context(
                "SITUATIONAL TRIGGER", null, "CLM", 18, "2300", 5, 3, 0, "1325"));
    SetAcknowledgement.ElementError element = first.elements().get(0);
    assertThat(element.element()).isEqualTo(5);
    assertThat(element.component()).isEqualTo(3);
    assertThat(element.repeat()).isEqualTo(2);
    assertThat(element.dataElement()).isEqualTo("1325");
    assertThat(element.code()).isEqualTo("7");
    assertThat(element.value()).isEqualTo("Z");
    assertThat(element.contexts().get(0).dataElement()).isEqualTo("C022:1271");
    assertThat(first.elements()).hasSize(2);
    assertThat(bad.errors().get(1).patientControlNumber()).isNull();
    GroupAcknowledgement.Result result = heard.results.get(0);
    assertThat(result.code()).isEqualTo("P");
    assertThat(result.included()).isEqualTo(2);
    assertThat(result.received()).isEqualTo(2);
    assertThat(result.accepted()).isEqualTo(1);
    assertThat(result.errors()).containsExactly("5");
    assertThat(result.sets()).isEqualTo(2);
    assertThat(result.end()).isEqualTo(SetEnd.CLOSED);
  }

  @Test
  void a999ThatIsCutOffTellsWhatCameBefore() {
    String cut = IMPLEMENTATION.substring(0, IMPLEMENTATION.indexOf("IK5*R"));
    HeardAcknowledgements heard = HeardAcknowledgements.of(cut);
    assertThat(heard.sets).hasSize(2);
    assertThat(heard.sets.get(1).code()).isEmpty();
    assertThat(heard.sets.get(1).acceptance()).isEqualTo(Acceptance.UNDECIDED);
    assertThat(heard.results.get(0).end()).isEqualTo(SetEnd.CUT_OFF);
    assertThat(heard.results.get(0).received()).isEqualTo(-1);
  }

  @Test
  void a277caTellsOfEachClaim() {
    HeardAcknowledgements heard = HeardAcknowledgements.of(REPORT);
    assertThat(heard.findings).isEmpty();
    StatusReport report = heard.reports.get(0);
    assertThat(report.reference()).isEqualTo("R-1");
    assertThat(report.date()).isEqualTo(LocalDate.of(2026, 3, 3));
    assertThat(report.time()).isEqualTo(LocalTime.of(9, 1));
    assertThat(report.sender().lastName()).isEqualTo("EXAMPLE PLAN");
    assertThat(report.trace()).isEqualTo("TRACE-1");
    assertThat(report.received()).isEqualTo(LocalDate.of(2026, 3, 2));
    assertThat(report.processed()).isEqualTo(LocalDate.of(2026, 3, 3));

    ClaimStatus accepted = heard.claims.get(0);
    assertThat(accepted.patientControlNumber()).isEqualTo("PCN-1");
    assertThat(accepted.acceptance()).isEqualTo(Acceptance.ACCEPTED);
    assertThat(accepted.payerClaimControlNumber()).isEqualTo("ICN-1");
    assertThat(accepted.clearinghouseTrace()).isEqualTo("CH-1");
    assertThat(accepted.provider().id()).isEqualTo("1234567893");
    assertThat(accepted.patient().id()).isEqualTo("M0001");
    assertThat(accepted.service().start()).isEqualTo(LocalDate.of(2026, 2, 27));
    assertThat(accepted.segment()).isEqualTo(23);
    assertThat(REPORT.substring((int) accepted.byteOffset())).startsWith("TRN*2*PCN-1");

    ClaimStatus rejected = heard.claims.get(1);
    assertThat(rejected.acceptance()).isEqualTo(Acceptance.REJECTED);
    Status status = rejected.statuses().get(0);
    assertThat(status.codes())
        .containsExactly(
            new Status.Code("A7", "562", "85"),
            new Status.Code("A3", "21", null),
            new Status.Code("A6", "187", null));
    assertThat(status.action()).isEqualTo("U");
    assertThat(status.amount()).isEqualTo(Money.of("50.00"));
    assertThat(rejected.service().end()).isEqualTo(LocalDate.of(2026, 2, 27));
    ClaimStatus.Line line = rejected.lines().get(0);
    assertThat(line.procedure().code()).isEqualTo("99212");
    assertThat(line.charged()).isEqualTo(Money.of("50.00"));
    assertThat(line.controlNumber()).isEqualTo("LINE-1");
    assertThat(line.statuses().get(0).codes().get(0).code()).isEqualTo("454");
    assertThat(line.service().start()).isEqualTo(LocalDate.of(2026, 2, 27));

    assertThat(heard.totals)
        .containsExactly(
            new AcknowledgementHandler.Totals(2, 1, 1, Money.of("150.00"), SetEnd.CLOSED));
  }

  @Test
  void a277caTellsOfTheBatchAndOfEachProvider() {
    List<PartyStatus> parties = HeardAcknowledgements.of(REPORT).parties;
    assertThat(parties)
        .extracting(PartyStatus::level)
        .containsExactly(PartyStatus.Level.SUBMITTER, PartyStatus.Level.PROVIDER);
    PartyStatus batch = parties.get(0);
    assertThat(batch.trace()).isEqualTo("B1");
    assertThat(batch.party().id()).isEqualTo("SUB1");
    assertThat(batch.acceptance()).isEqualTo(Acceptance.ACCEPTED);
    assertThat(batch.quantities()).extracting("qualifier").containsExactly("90", "AA");
    assertThat(batch.amounts())
        .extracting("amount")
        .containsExactly(Money.of("100.00"), Money.of("50.00"));
    assertThat(parties.get(1).party().id()).isEqualTo("1234567893");
    assertThat(parties.get(1).statuses()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "A0,UNDECIDED", "A1,ACCEPTED", "A2,ACCEPTED", "A3,REJECTED", "A4,UNDECIDED", "A5,ACCEPTED",
    "A6,REJECTED", "A7,REJECTED", "A8,REJECTED", "P1,UNDECIDED", "F2,UNDECIDED", "ZZ,UNDECIDED",
  })
  void theCategoryDecides(String category, Acceptance acceptance) {
    assertThat(Acceptance.ofCategory(category, LocalDate.of(2026, 3, 3))).isEqualTo(acceptance);
    assertThat(Acceptance.ofCategory(category, null)).isEqualTo(acceptance);
  }

  /** A day that cannot be, before the list began, does not make a rejected claim a good one. */
  @Test
  void aCategoryCountsOnAnyDay() {
    assertThat(Acceptance.ofCategory("A7", LocalDate.of(1001, 1, 1)))
        .isEqualTo(Acceptance.REJECTED);
  }

  @Test
  void whatTheAcknowledgerWritesIsReadAsItWasMeant() {
    ByteArrayOutputStream ta1 = new ByteArrayOutputStream();
    ByteArrayOutputStream implementation = new ByteArrayOutputStream();
    AtomicLong controls = new AtomicLong();
    Acknowledger acknowledger =
        new Acknowledger(Clock.systemUTC(), controls::incrementAndGet, ta1, implementation);
    String bad = REPORT.replace("TRN*2*PCN-2~\n", "TRN*2*PCN-2~\nZZZ*1~\n");
    try (acknowledger) {
      StreamingEngine.checking(Mappings.bundled())
          .read(
              new ByteArrayInputStream(bad.getBytes(StandardCharsets.UTF_8)),
              "bad.x12",
              acknowledger,
              acknowledger);
    }
    HeardAcknowledgements heard =
        HeardAcknowledgements.of(
            ta1.toString(StandardCharsets.UTF_8) + implementation.toString(StandardCharsets.UTF_8));
    assertThat(heard.findings).isEmpty();
    assertThat(heard.interchanges.get(0).interchangeControl()).isEqualTo("000000500");
    assertThat(heard.interchanges.get(0).code()).isEqualTo("A");
    assertThat(heard.groups.get(0).kind()).isEqualTo("HN");
    assertThat(heard.sets.get(0).errors())
        .extracting(
            SetAcknowledgement.SegmentError::tag,
            SetAcknowledgement.SegmentError::position,
            SetAcknowledgement.SegmentError::code)
        .containsExactly(tuple("ZZZ", 31L, "1"));
    assertThat(heard.sets.get(0).codes()).containsExactly("5", "4");
    assertThat(heard.results.get(0).isRejected()).isTrue();
  }

  @Test
  void theAcknowledgementsOfTheCorpusAreReadWhole() throws IOException {
    assumeTrue(Corpus.isThere(), Corpus.ABSENT);
    int implementations = 0;
    int reports = 0;
    int interchanges = 0;
    for (Corpus.Entry entry : Corpus.entries()) {
      if (!entry.sets().matches("(999 005010X231|277 005010X214|TA1).*")) {
        continue;
      }
      HeardAcknowledgements heard = HeardAcknowledgements.of(entry.file());
      String text = Files.readString(entry.file(), StandardCharsets.ISO_8859_1);
      implementations += heard.groups.size();
      reports += heard.reports.size();
      interchanges += heard.interchanges.size();
      if (entry.validity().endsWith("envelope ok")) {
        assertThat(heard.groups).as(entry.path()).hasSize(count(text, "ST.999."));
        assertThat(heard.reports).as(entry.path()).hasSize(count(text, "ST.277."));
        assertThat(heard.sets).as(entry.path()).hasSize(count(text, "AK2."));
        assertThat(heard.sets.stream().mapToInt(set -> set.errors().size()).sum())
            .as(entry.path())
            .isEqualTo(count(text, "IK3."));
        assertThat(heard.claims).as(entry.path()).hasSize(count(text, "HL.[0-9]+.[0-9]+.PT"));
      }
    }
    assertThat(implementations).isGreaterThanOrEqualTo(6);
    assertThat(reports).isEqualTo(2);
    assertThat(interchanges).isGreaterThanOrEqualTo(1);
  }

  private static int count(String text, String start) {
    return (int) Pattern.compile("(^|[~\\r\\n])" + start).matcher(text).results().count();
  }
}
