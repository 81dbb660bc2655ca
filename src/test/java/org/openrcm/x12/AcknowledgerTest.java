package org.openrcm.x12;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcknowledgerTest {
  /** What is repeated as it was sent, whether or not it is as it should be. */
  private static final Set<String> AS_SENT = Set.of("TA102", "TA103", "AK202");

  private static final String SET =
      Acknowledged.CLAIMS.substring(
          Acknowledged.CLAIMS.indexOf("ST*"), Acknowledged.CLAIMS.indexOf("GE*"));

  @Test
  void aGoodFileIsAcceptedWithSenderAndReceiverTurnedRound() {
    Acknowledged answer = Acknowledged.of(Acknowledged.CLAIMS);
    assertThat(answer.findings()).isEmpty();
    assertThat(answer.interchanges())
        .isEqualTo(
            """
            ISA*00*          *00*          *ZZ*RECEIVER       *ZZ*SENDER         *260302*1200*^*00501*000000903*0*T*:~
            TA1*000000077*260301*0830*A*000~
            IEA*0*000000903~
            """);
    assertThat(answer.implementations())
        .isEqualTo(
            """
            ISA*00*          *00*          *ZZ*RECEIVER       *ZZ*SENDER         *260302*1200*^*00501*000000901*0*T*:~
            GS*FA*RCVR*SNDR*20260302*1200*902*X*005010X231A1~
            ST*999*0001*005010X231A1~
            AK1*HC*5*005010X222A1~
            AK2*837*0021*005010X222A1~
            IK5*A~
            AK9*A*1*1*1~
            SE*6*0001~
            GE*1*902~
            IEA*1*000000901~
            """);
    assertThat(answer.findingsOfAnswers()).isEmpty();
  }

  /** Each row: what a good file has, what it has instead, and what the 999 says then. */
  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "SV1*HC:99213 | ZZZ*1~SV1*HC:99213 | IK3*ZZZ*21*2400*1 CTX*CLM01:PCN-1 IK5*R*5 AK9*R*1*1*0",
        "SV1*HC:99212 | REF*QQQ*1~SV1*HC:99212 | IK3*REF*26*2400*2 CTX*CLM01:PCN-2 IK5*R*5 AK9*R*1*1*0",
        "N4*ANYTOWN*OH*432150001~ | '' | IK3*N4*10*2010*3 IK5*R*5 AK9*R*1*1*0",
        "CLM*PCN-1 | NM1*PR*2*OTHER*****PI*P2~CLM*PCN-1 | IK3*NM1*18*2010*4 IK5*R*5 AK9*R*1*1*0",
        "N3*1 EXAMPLE STREET~ | N3*1 EXAMPLE STREET~N3*AGAIN~ | IK3*N3*9*2010*5 IK5*R*5 AK9*R*1*1*0",
        "N3*2 EXAMPLE STREET~⏎N4*ANYTOWN*OH*43215~ | N4*ANYTOWN*OH*43215~⏎N3*2 EXAMPLE STREET~ | IK3*N3*15*2010*7 IK5*E*5 AK9*E*1*1*1",
        "NM1*40*2*EXAMPLE PLAN*****46*PLAN1~ | '' | IK3*NM1*27*1000*I7 IK5*R*I5 AK9*R*1*1*0",
        "DTP*472*D8*20260227~⏎CLM | CLM | IK3*DTP*22*2400*3 CTX*CLM01:PCN-1 IK5*R*5 AK9*R*1*1*0",
        "CLM*PCN-1*100* | CLM*PCN-1** | IK3*CLM*18*2300*8 CTX*CLM01:PCN-1 IK4*2*782*1 IK5*R*5 AK9*R*1*1*0",
        "LX*1~⏎SV1*HC:99213 | LX*1*2~⏎SV1*HC:99213 | IK3*LX*20*2400*8 CTX*CLM01:PCN-1 IK4*2**3 IK5*R*5 AK9*R*1*1*0",
        "OH*43215~ | OH*43~ | IK3*N4*15*2010*8 IK4*3*116*4 IK5*R*5 AK9*R*1*1*0",
        "LX*1~⏎SV1*HC:99213 | LX*1234567~⏎SV1*HC:99213 | IK3*LX*20*2400*8 CTX*CLM01:PCN-1 IK4*1*554*5 IK5*R*5 AK9*R*1*1*0",
        "CLM*PCN-1*100* | CLM*PCN-1*1X0* | IK3*CLM*18*2300*8 CTX*CLM01:PCN-1 IK4*2*782*6 IK5*R*5 AK9*R*1*1*0",
        "19800102*F~ | 19800102*Q~ | IK3*DMG*16*2010*8 IK4*3*1068*7 IK5*R*5 AK9*R*1*1*0",
        "D8*19800102 | D8*19801302 | IK3*DMG*16*2010*8 IK4*2*1251*8 IK5*R*5 AK9*R*1*1*0",
        "0830*CH~ | 2560*CH~ | IK3*BHT*2**8 IK4*5*337*9 IK5*R*5 AK9*R*1*1*0",
        "CLM*PCN-1*100*** | CLM*PCN-1*100*X** | IK3*CLM*18*2300*8 CTX*CLM01:PCN-1 IK4*3*1032*I10 IK5*R*5 AK9*R*1*1*0",
        "TE*5550100000~ | TE*5550100000*EM~ | IK3*PER*4*1000*8 IK4*6*364*2 IK5*R*5 AK9*R*1*1*0",
        "OH*43215~ | OH*43215*CA***OH~ | IK3*N4*15*2010*8 IK4*7*1715*10 IK5*R*5 AK9*R*1*1*0",
        "100***11:B:1* | 100***11:B:1:9* | IK3*CLM*18*2300*8 CTX*CLM01:PCN-1 IK4*5**13 IK5*R*5 AK9*R*1*1*0",
        "100***11:B:1* | 100***11::1* | IK3*CLM*18*2300*8 CTX*CLM01:PCN-1 IK4*5:2*1332*1 IK5*R*5 AK9*R*1*1*0",
        "SE*28*0021~ | '' | IK5*R*2 AK9*R*1*1*0",
        "SE*28*0021 | SE*28*0022 | IK5*R*3 AK9*R*1*1*0",
        "SE*28*0021 | SE*27*0021 | IK5*R*4 AK9*R*1*1*0",
        "005010X222A1 | 004010X098A1 | IK5*R*I6 AK9*R*1*1*0*2",
        "GE*1*5~ | '' | IK5*A AK9*R*1*1*0*3",
        "GE*1*5 | GE*1*6 | IK5*A AK9*R*1*1*0*4",
        "GE*1*5 | GE*2*5 | IK5*A AK9*R*2*1*0*5",
        "*5*X* | *A5*X* | IK5*A AK9*R*1*1*0*6*4",
      })
  void whatIsWrongIsToldWithItsCode(String from, String to, String said) {
    Acknowledged answer = Acknowledged.of(Acknowledged.changed(from, to));
    List<String> lines = answer.lines();
    assertThat(lines.subList(2, lines.size())).containsExactly(said.split(" "));
    assertThat(answer.notes()).containsExactly("A*000");
    assertThat(answer.findingsOfAnswers()).isEmpty();
  }

  /** Sets of a kind that no guide describes can be named in a 999 only against its own guide. */
  @Test
  void aSetThatNobodyKnowsIsNotSupported() {
    Acknowledged answer = Acknowledged.of(Acknowledged.changed("ST*837*", "ST*838*"));
    assertThat(answer.lines())
        .containsExactly(
            "AK1*HC*5*005010X222A1", "AK2*838*0021*005010X222A1", "IK5*R*1", "AK9*R*1*1*0*2");
  }

  @Test
  void aControlNumberThatIsTooShortIsRepeatedAsItWasSent() {
    Acknowledged answer = Acknowledged.of(Acknowledged.changed("*0021", "*21"));
    assertThat(answer.lines()).contains("AK2*837*21*005010X222A1", "IK5*R*7*3");
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "IEA*1*000000077|IEA*1*000000078|R*001",
        "*ZZ*SENDER|*XX*SENDER|E*005",
        "SENDER         |               |R*006",
        "*ZZ*RECEIVER|*XX*RECEIVER|E*007",
        "RECEIVER       |               |R*008",
        "ISA*00*|ISA*02*|E*010",
        "*00*          *ZZ*SENDER|*02*          *ZZ*SENDER|E*012",
        "*260301*0830*^|*261301*0830*^|E*014",
        "*0830*^|*2561*^|E*015",
        "*^*00501|*U*00501|E*016",
        "*00501*|*ABCDE*|R*017",
        "*000000077*0*T|*00000007A*0*T|R*018",
        "*0*T*:|*7*T*:|E*019",
        "*0*T*:|*0*Q*:|E*020",
        "IEA*1*|IEA*2*|R*021",
        "SENDER         |SENDER|E*022",
        "IEA*1*000000077~||R*023",
        "000077~|000077~⏎LOST*1~|A*000",
        "GE*1*5~|GE*1*5~⏎REF*1~|R*024",
        "GS*HC*|GS*HCX*|R*024",
      })
  void whatIsWrongWithAnInterchangeIsToldByItsNote(String from, String to, String note) {
    String changed = Acknowledged.changed(from, to == null ? "" : to);
    Acknowledged answer = Acknowledged.of(changed);
    assertThat(answer.notes()).containsExactly(note);
    assertThat(answer.implementations().isEmpty()).isEqualTo(note.startsWith("R"));
    assertThat(answer.findingsOfAnswers())
        .filteredOn(finding -> !AS_SENT.contains(String.valueOf(finding.place().element())))
        .isEmpty();
  }

  @Test
  void anInterchangeThatStandsTwiceIsTakenOnce() {
    Acknowledged answer = Acknowledged.of(Acknowledged.CLAIMS + Acknowledged.CLAIMS);
    assertThat(answer.notes()).containsExactly("A*000", "R*025");
    assertThat(answer.lines()).hasSize(4).contains("IK5*A");
  }

  @Test
  void anInterchangeThatAnotherOneCutsShortIsRejected() {
    String second = Acknowledged.CLAIMS.replace("000000077", "000000078");
    Acknowledged answer = Acknowledged.of(Acknowledged.changed("IEA*1*000000077~", "") + second);
    assertThat(answer.notes()).containsExactly("R*022", "A*000");
  }

  @Test
  void aFileThatEndsInTheMiddleOfAClaimIsRejected() {
    String cut = Acknowledged.CLAIMS.substring(0, Acknowledged.CLAIMS.indexOf("CLM*PCN-2") + 12);
    Acknowledged answer = Acknowledged.of(cut);
    assertThat(answer.notes()).containsExactly("R*023");
    assertThat(answer.implementations()).isEmpty();
  }

  @Test
  void aGroupWithABadSetAmongGoodOnesIsAcceptedInPart() {
    String bad = SET.replace("0021", "0022").replace("PCN-2*50*", "PCN-2*X*");
    String last = SET.replace("0021", "0023");
    Acknowledged answer =
        Acknowledged.of(
            Acknowledged.CLAIMS.replace(SET, SET + bad + last).replace("GE*1*5", "GE*3*5"));
    assertThat(answer.lines())
        .containsExactly(
            "AK1*HC*5*005010X222A1",
            "AK2*837*0021*005010X222A1",
            "IK5*A",
            "AK2*837*0022*005010X222A1",
            "IK3*CLM*23*2300*8",
            "CTX*CLM01:PCN-2",
            "IK4*2*782*6",
            "IK5*R*5",
            "AK2*837*0023*005010X222A1",
            "IK5*A",
            "AK9*P*3*3*2");
    assertThat(answer.findingsOfAnswers()).isEmpty();
  }

  @Test
  void aSetControlNumberThatStandsTwiceInAGroupIsAWarning() {
    Acknowledged answer =
        Acknowledged.of(Acknowledged.CLAIMS.replace(SET, SET + SET).replace("GE*1*5", "GE*2*5"));
    assertThat(answer.lines()).contains("IK5*A", "IK5*E*23", "AK9*E*2*2*2");
  }

  @Test
  void eachGroupGetsAnAnswerOfItsOwn() {
    String group =
        Acknowledged.CLAIMS.substring(
            Acknowledged.CLAIMS.indexOf("GS*"), Acknowledged.CLAIMS.indexOf("IEA*"));
    String other =
        group.replace("*SNDR*", "*OTHER*").replace("*5*X", "*6*X").replace("GE*1*5", "GE*1*6");
    Acknowledged answer =
        Acknowledged.of(
            Acknowledged.CLAIMS.replace(group, group + other).replace("IEA*1", "IEA*2"));
    assertThat(answer.implementations())
        .contains("GS*FA*RCVR*SNDR*20260302*1200*902*X", "GS*FA*RCVR*OTHER*20260302*1200*903*X")
        .contains("AK1*HC*5*", "AK1*HC*6*", "IEA*2*000000901");
    assertThat(answer.findingsOfAnswers()).isEmpty();
  }

  @Test
  void anAcknowledgementIsNotAcknowledged() {
    Acknowledged answer = Acknowledged.of(Acknowledged.CLAIMS);
    Acknowledged again = Acknowledged.of(answer.interchanges() + answer.implementations());
    assertThat(again.interchanges()).isEmpty();
    assertThat(again.implementations()).isEmpty();
  }

  @Test
  void whatIsNoInterchangeGetsNoAnswer() {
    Acknowledged answer = Acknowledged.of("Dear Sir or Madam");
    assertThat(answer.interchanges()).isEmpty();
    assertThat(answer.implementations()).isEmpty();
  }

  @Test
  void theDelimitersOfTheFileAreKept() {
    String other =
        Acknowledged.CLAIMS.replace('*', '|').replace(':', '>').replace('^', '!').replace("~", "$");
    Acknowledged answer = Acknowledged.of(other.replace("PCN-1|100|", "PCN-1|1X|"));
    assertThat(answer.implementations())
        .contains("|!|00501|", "IK3|CLM|18|2300|8$", "CTX|CLM01>PCN-1$", "IK4|2|782|6$");
    assertThat(answer.findingsOfAnswers()).isEmpty();
  }

  @Test
  void aClaimsNumberThatCouldBreakTheAnswerIsLeftOut() {
    Acknowledged answer = Acknowledged.of(Acknowledged.changed("CLM*PCN-1*100*", "CLM*PCN:1*1X0*"));
    assertThat(answer.lines()).contains("IK3*CLM*18*2300*8").noneMatch(l -> l.startsWith("CTX"));
    assertThat(answer.findingsOfAnswers()).isEmpty();
  }

  @Test
  void noValueOfAnElementIsRepeated() {
    Acknowledged answer =
        Acknowledged.of(
            Acknowledged.changed("NM1*IL*1*DOE*PAT****MI*M0001~", "NM1*IL*7*DOE*PAT****QQ*M0001~"));
    assertThat(answer.lines()).contains("IK4*2*1065*7", "IK4*8*66*7");
    assertThat(answer.implementations()).doesNotContain("DOE").doesNotContain("M0001");
  }

  @Test
  void soManyErrorsAreToldAndTheOthersCounted() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1_500; i++) {
      lines.append("ZZZ*1~");
    }
    Acknowledged answer =
        Acknowledged.of(Acknowledged.changed("SV1*HC:99213", lines + "SV1*HC:99213"));
    assertThat(answer.lines()).filteredOn(l -> l.startsWith("IK3")).hasSize(1_000);
    assertThat(answer.leftOut()).isEqualTo(500);
    assertThat(answer.findingsOfAnswers()).isEmpty();
  }

  /** Rules such as readers have. */
  private enum Sum implements FindingRule {
    NOT_BALANCED(3),
    BELOW_ZERO(2);

    private final int level;

    Sum(int level) {
      this.level = level;
    }

    @Override
    public int level() {
      return level;
    }

    @Override
    public Severity severity() {
      return Severity.ERROR;
    }
  }

  @Test
  void whatAReaderFindsOfAValueIsToldToo() {
    Acknowledged answer =
        Acknowledged.of(
            Acknowledged.CLAIMS,
            (segment, found) -> {
              if (segment.key().equals("2400.SV1")) {
                found.add(Sum.BELOW_ZERO, segment.place().at("SV102"), "is below zero");
              }
            });
    assertThat(answer.lines())
        .contains("IK3*SV1*21*2400*8", "CTX*CLM01:PCN-1", "IK4*2*782*I12")
        .contains("IK3*SV1*26*2400*8", "CTX*CLM01:PCN-2", "IK5*R*5");
    assertThat(answer.findingsOfAnswers()).isEmpty();
  }

  @Test
  void whatOnlyDoesNotBalanceIsNoMatterOfA999() {
    Acknowledged answer =
        Acknowledged.of(
            Acknowledged.CLAIMS,
            (segment, found) -> found.add(Sum.NOT_BALANCED, segment.place(), "does not add up"));
    assertThat(answer.lines()).hasSize(4).contains("IK5*A");
  }

  @Test
  void whatIsAnsweredToTheCorpusIsValid() throws IOException {
    assumeTrue(Corpus.isThere(), Corpus.ABSENT);
    List<String> wrong = new ArrayList<>();
    int answered = 0;
    for (Corpus.Entry entry : Corpus.entries()) {
      if (!entry.sets().startsWith("837 ") && !entry.sets().startsWith("835 ")) {
        continue;
      }
      Acknowledged answer = Acknowledged.of(entry.file());
      answered += answer.interchanges().isEmpty() ? 0 : 1;
      for (Finding finding : answer.findingsOfAnswers()) {
        if (!AS_SENT.contains(String.valueOf(finding.place().element()))) {
          wrong.add(entry + ": " + finding);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(answered).isGreaterThan(150);
  }
}
