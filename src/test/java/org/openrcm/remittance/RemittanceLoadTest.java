package org.openrcm.remittance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.x12.Corpus;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ServerTest
class RemittanceLoadTest {
  private static final List<String> TABLES =
      List.of(
          "remittance",
          "claim_group",
          "claim_payment",
          "service_payment",
          "adjustment",
          "provider_adjustment",
          "named",
          "named_word",
          "audit_event");

  @Autowired private Remittances remittances;
  @Autowired private JdbcClient sql;
  @Autowired private TransactionTemplate transaction;
  @Autowired private TestDatabase database;
  private final String everything = Corpus.text("everything");
  private Loading here;

  @BeforeEach
  void aPractice() {
    here = new Loading(sql, transaction, remittances);
  }

  private List<Long> counts(Loading of) {
    return TABLES.stream().map(table -> of.count("select count(*) from " + table)).toList();
  }

  @Test
  void theSameFileAgainAddsNothing() {
    List<SetOutcome> first = here.load(everything);
    assertThat(first)
        .allSatisfy(outcome -> assertThat(outcome.outcome()).isEqualTo(SetOutcome.Outcome.LOADED));
    List<Long> before = counts(here);
    assertThat(before).doesNotContain(0L);
    List<SetOutcome> second = here.load(everything);
    assertThat(second).hasSameSizeAs(first);
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i).outcome()).isEqualTo(SetOutcome.Outcome.DUPLICATE);
      assertThat(second.get(i).remittanceId()).isEqualTo(first.get(i).remittanceId());
      assertThat(second.get(i).transactionSet()).isEqualTo(first.get(i).transactionSet());
      assertThat(second.get(i).claims()).isZero();
      assertThat(second.get(i).reason()).contains("control numbers");
    }
    assertThat(counts(here)).isEqualTo(before);
  }

  @Test
  void theSameCheckUnderOtherControlNumbersIsKnownByItsTrace() {
    String text = Corpus.text("denial");
    SetOutcome first = here.load(text).get(0);
    String again = text.replaceFirst("(ISA.{87})\\d{9}", "$1000999999");
    assertThat(again).isNotEqualTo(text);
    assertThat(here.load(again))
        .singleElement()
        .satisfies(
            second -> {
              assertThat(second.outcome()).isEqualTo(SetOutcome.Outcome.DUPLICATE);
              assertThat(second.remittanceId()).isEqualTo(first.remittanceId());
              assertThat(second.reason()).contains("same number, payer id and amount");
            });
  }

  @Test
  void theSameTraceWithAnotherAmountIsAnotherCheck() {
    String text = Corpus.text("denial");
    here.load(text);
    String other =
        text.replaceFirst("(ISA.{87})\\d{9}", "$1000999999")
            .replaceFirst("BPR\\*(\\w)\\*[\\d.]+\\*", "BPR*$1*987654.32*");
    assertThat(here.load(other).get(0).outcome()).isEqualTo(SetOutcome.Outcome.LOADED);
  }

  @Test
  void twoThatLoadOneFileAtOnceLoadItOnce() throws Exception {
    String text = longRemittance(700);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<SetOutcome.Outcome> outcomes = new ArrayList<>();
    Callable<SetOutcome> load = () -> here.load(text).get(0);
    for (Future<SetOutcome> each : threads.invokeAll(List.of(load, load, load, load))) {
      outcomes.add(each.get().outcome());
    }
    threads.shutdown();
    assertThat(outcomes)
        .containsOnlyOnce(SetOutcome.Outcome.LOADED)
        .contains(SetOutcome.Outcome.DUPLICATE);
    assertThat(here.count("select count(*) from claim_payment")).isEqualTo(700);
    assertThat(here.count("select claims from remittance")).isEqualTo(700);
  }

  /**
   * The same people in opposite orders: each load would wait for the other, were they not sorted.
   */
  @Test
  void twoLoadsThatNameTheSamePeopleDoNotStopEachOther() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Callable<List<SetOutcome>>> loads = new ArrayList<>();
    for (int check = 0; check < 6; check++) {
      String text = remittance("T" + check, 400, check % 2 == 0);
      loads.add(() -> here.load(text));
    }
    for (Future<List<SetOutcome>> each : threads.invokeAll(loads)) {
      assertThat(each.get().get(0).outcome()).isEqualTo(SetOutcome.Outcome.LOADED);
    }
    threads.shutdown();
    assertThat(here.count("select count(*) from named where kind = 'Patient'")).isEqualTo(400);
  }

  @Test
  void aLoadThatFailsInTheMiddleOfACheckLeavesNothing() {
    List<Long> before = counts(here);
    UUID file = here.received();
    here.actor.run(
        () -> {
          try (RemittanceLoad load = remittances.load(file)) {
            Received parsed = Received.of(longRemittance(1200));
            Received.Check check = parsed.checks.get(0);
            load.start(check.remittance());
            check.claims().forEach(claim -> load.claim(check.remittance(), claim));
            // the reader fails here: close comes without end
          }
        });
    assertThat(counts(here)).isEqualTo(before);
    assertThat(here.load(longRemittance(1200)).get(0).outcome())
        .isEqualTo(SetOutcome.Outcome.LOADED);
  }

  @Test
  void aLoadForAFileThatIsNotThereFailsAndLeavesNothing() {
    List<Long> before = counts(here);
    here.actor.run(
        () -> {
          RemittanceLoad load = remittances.load(UUID.randomUUID());
          assertThatThrownBy(
                  () -> {
                    Loading.read(new java.io.ByteArrayInputStream(Corpus.bytes(everything)), load);
                    load.outcomes();
                  })
              .isInstanceOf(IllegalStateException.class);
          load.close();
        });
    assertThat(counts(here)).isEqualTo(before);
  }

  @Test
  void aCheckWithAValueThatCannotBeKeptIsPassedOverAndTheNextIsLoaded() {
    String endless = noise(30_000);
    String text = Corpus.text("denial");
    String control = text.replaceAll("(?s).*?\\nCLP\\*([^*]*)\\*.*", "$1");
    String broken = text.replace("CLP*" + control + "*", "CLP*" + endless + "*");
    assertThat(broken).isNotEqualTo(text);
    List<SetOutcome> outcomes = here.load(broken + Corpus.text("interest"));
    assertThat(outcomes)
        .extracting(SetOutcome::outcome)
        .containsExactly(SetOutcome.Outcome.NOT_LOADED, SetOutcome.Outcome.LOADED);
    assertThat(outcomes.get(0).reason()).isNotNull().doesNotContain(endless.substring(0, 20));
    assertThat(here.count("select count(*) from remittance")).isEqualTo(1);
  }

  @Test
  void aFileThatEndsInTheMiddleOfACheckIsLoadedAsFarAsItGoesAndSaysSo() {
    String text = longRemittance(50);
    String cut = text.substring(0, text.indexOf("CLP*P-31*"));
    assertThat(here.load(cut).get(0).outcome()).isEqualTo(SetOutcome.Outcome.LOADED);
    assertThat(here.count("select count(*) from claim_payment")).isLessThan(31).isPositive();
    assertThat(here.count("select count(*) from remittance where set_end = 'CUT_OFF'")).isOne();
  }

  @Test
  void aCharacterThatPostgresCannotKeepDoesNotLoseTheCheck() {
    String text = Corpus.text("denial").replaceFirst("N1\\*PR\\*", "N1*PR*A\u0000B\t\\\\");
    SetOutcome outcome = here.load(text).get(0);
    assertThat(outcome.outcome()).isEqualTo(SetOutcome.Outcome.LOADED);
    assertThat(
            here.ask(
                () -> sql.sql("select payer_name from remittance").query(String.class).single()))
        .startsWith("A\u2400B\t\\");
  }

  @Test
  void anAuditRowStandsForEachPatientAndComesWithTheCheck() {
    here.load(everything);
    assertThat(
            here.count(
                """
                select count(distinct (patient_id, subject_id)) from audit_event
                where action = 'ADD' and subject_type = 'Remittance' and actor_name = 'test'
                """))
        .isEqualTo(here.count("select count(*) from audit_event"))
        .isPositive();
    assertThat(
            here.count(
                """
                select count(*) from named n where kind = 'Patient' and not exists
                  (select from audit_event where patient_id = n.id)
                """))
        .isZero();
  }

  @Test
  void everyClaimsPatientAndCoverageCanBeFoundAmongTheNamed() {
    here.load(everything);
    assertThat(
            here.count(
                """
                select count(*) from claim_payment c where not exists (select from named n
                    where n.kind = 'Patient' and n.id = c.patient_id)
                  or not exists (select from named n where n.kind = 'Coverage'
                    and n.id = c.coverage_id and n.patient_id = c.patient_id)
                """))
        .isZero();
    assertThat(
            here.count(
                """
                select count(*) from named n where kind <> 'PaymentReconciliation'
                  and claim_ordinal > 0 and not exists (select from claim_payment c
                    where c.remittance_number = n.remittance_number
                      and c.ordinal = n.claim_ordinal)
                """))
        .isZero();
  }

  @Test
  void anotherPracticeSeesNoRowOfAnyTable() throws SQLException {
    here.load(everything);
    Loading other = new Loading(sql, transaction, remittances);
    assertThat(counts(other)).containsOnly(0L);
    UUID id =
        here.ask(() -> sql.sql("select id from remittance limit 1").query(UUID.class).single());
    UUID claim =
        here.ask(() -> sql.sql("select id from claim_payment limit 1").query(UUID.class).single());
    assertThat(other.ask(() -> remittances.find(id))).isEmpty();
    assertThat(other.ask(() -> remittances.claim(claim))).isEmpty();
    long number = here.count("select min(number) from remittance");
    assertThat(other.ask(() -> remittances.claims(number, 0, 10))).isEmpty();
    assertThat(other.ask(() -> remittances.remittances(List.of(number)))).isEmpty();
    try (Connection connection = database.asApplication();
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        ResultSet rows = statement.executeQuery("select count(*) from " + table);
        rows.next();
        assertThat(rows.getLong(1)).as("%s without a practice", table).isZero();
      }
    }
  }

  @Test
  void theSameFileInTwoPracticesIsLoadedInBoth() {
    Loading other = new Loading(sql, transaction, remittances);
    SetOutcome first = here.load(everything).get(0);
    SetOutcome second = other.load(everything).get(0);
    assertThat(second.outcome()).isEqualTo(SetOutcome.Outcome.LOADED);
    assertThat(second.remittanceId()).isEqualTo(first.remittanceId());
  }

  @Test
  void aVeryLongCheckMakesAPaymentForEachTenThousandDetails() {
    here.load(longRemittance(10_001));
    assertThat(here.count("select count(*) from named where kind = 'PaymentReconciliation'"))
        .isEqualTo(2);
  }

  private static String noise(int length) {
    StringBuilder text = new StringBuilder(length);
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < length; i++) {
      text.append((char) ('A' + random.nextInt(26)));
    }
    return text.toString();
  }

  private static String longRemittance(int claims) {
    return remittance("LONG" + claims, claims, true);
  }

  private static String remittance(String trace, int claims, boolean forwards) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        ISA*00*          *00*          *ZZ*BFERN          *ZZ*LARKMOOR       *260313*0615*^*00501\
        *000001001*0*P*:~
        GS*HP*BFERN*LARKMOOR*20260313*0615*1001*X*005010X221A1~
        ST*835*0001~
        BPR*I*%d.00*C*ACH*CCP*01*990000110*DA*70012001*1890000101**01*990000220*DA*55501001\
        *20260313~
        TRN*1*%s*1890000101~
        N1*PR*BLUEFERN HEALTH PLAN~
        N1*PE*LARKMOOR FAMILY PRACTICE*XX*2400102010~
        LX*1~
        """
            .formatted(claims, trace));
    for (int i = 1; i <= claims; i++) {
      int claim = forwards ? i : claims + 1 - i;
      text.append("CLP*P-%1$d*1*1*1**12*BF%1$d*11*1~\n".formatted(claim));
      text.append("NM1*QC*1*QUILLBY*TANSY****MI*BFH%d~\n".formatted(claim));
      text.append("SVC*HC:99213*1*1**1~\nDTM*472*20260224~\n");
    }
    return text.append("SE*1*0001~\nGE*1*1001~\nIEA*1*000001001~\n").toString();
  }
}
