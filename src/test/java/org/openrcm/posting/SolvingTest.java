package org.openrcm.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each way to solve an exception: what the books are before, after, and once it is undone. */
@ServerTest
class SolvingTest {
  private static final Path CASES = Path.of("src/test/resources/cases-posting");

  @Autowired private ApplicationContext server;
  @Autowired private JdbcClient sql;
  @Autowired private Solving solving;
  @Autowired private Posting posting;
  private TestBooks books;
  private Actor ana;
  private Actor ben;

  @BeforeEach
  void twoPeopleOfAPractice() {
    books = new TestBooks(server);
    ana = person("Ana");
    ben = person("Ben");
  }

  private Actor person(String name) {
    return TestUsers.actor(books.practice, name, Role.POSTER);
  }

  private void tell(String story) throws IOException {
    try (Stream<Path> files = Files.list(CASES.resolve(story))) {
      for (Path file :
          files
              .filter(each -> each.getFileName().toString().matches("[0-9].*"))
              .sorted()
              .toList()) {
        books.load(file);
        books.postAll();
      }
    }
  }

  private UUID exception(Trouble type, String what) {
    return books.ask(
        () ->
            sql.sql(
                    """
                    select x.id from posting_exception x where x.type = ? and ? = (case x.source
                      when 'CLAIM' then (select patient_control_number from claim
                        where number = x.source_number)
                      when 'PAYMENT' then (select patient_control_number from claim_payment
                        where remittance_number = x.source_number and ordinal = x.source_place)
                      when 'CHECK' then (select trace_number from remittance
                        where number = x.source_number)
                      else (select reference from provider_adjustment
                        where remittance_number = x.source_number and position = x.source_place)
                      end)
                    """)
                .params(type.name(), what)
                .query(UUID.class)
                .single());
  }

  private UUID claim(String control) {
    return books.ask(
        () ->
            sql.sql(
                    """
                    select id from claim where patient_control_number = ? and frequency <> '8'
                    """)
                .param(control)
                .query(UUID.class)
                .single());
  }

  private void refuses(Refused.Why why, Callable<?> verb) {
    assertThatThrownBy(() -> ben.call(verb::call))
        .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.why()).isEqualTo(why));
  }

  private boolean close(UUID id, String note) {
    ana.run(() -> solving.close(id, note));
    return true;
  }

  private String state(UUID id) {
    return books.ask(
        () ->
            sql.sql("select state from posting_exception where id = ?")
                .param(id)
                .query(String.class)
                .single());
  }

  private List<String> commands(UUID id) {
    return books.ask(
        () ->
            sql.sql(
                    """
                    select actor_name || ' ' || kind from posting_command
                    where exception_id = ? order by number
                    """)
                .param(id)
                .query(String.class)
                .list());
  }

  @Test
  void aPaymentWithoutAClaimIsAppliedToTheChosenOneAndTakenBack() throws IOException {
    tell("payment-without-a-claim");
    tell("another-patient-under-our-number");
    String before = books.balances();
    String open = books.exceptions();
    UUID exception = exception(Trouble.NO_CLAIM, "LFP-6221");
    assertThat(ana.call(() -> solving.match(exception, claim("LFP-6381")))).isEmpty();
    assertThat(state(exception)).isEqualTo("SOLVED");
    assertThat(books.exceptions()).doesNotContain("LFP-6221");
    assertThat(books.balances())
        .contains("CONTRACTUAL_ADJUSTMENT\tLFP-6381\t\t\t52.60\n")
        .contains("UNAPPLIED_CREDIT\t\t\tBF262201\t-55.00\n")
        .doesNotContain("INSURANCE_RECEIVABLE\tLFP-6381");
    assertThat(books.cashThatIsNotThePayment()).isEmpty();
    refuses(Refused.Why.NOT_OPEN, () -> solving.match(exception, claim("LFP-6382")));
    ana.call(() -> solving.unmatch(exception));
    assertThat(books.balances()).isEqualTo(before);
    assertThat(books.exceptions()).isEqualTo(open);
    refuses(Refused.Why.NOTHING_TO_UNDO, () -> solving.unmatch(exception));
    assertThat(commands(exception)).containsExactly("Ana MATCH", "Ana UNMATCH");
  }

  @Test
  void thePatientOfAnotherNameIsTheSamePersonWhenSomebodySaysSo() throws IOException {
    tell("another-patient-under-our-number");
    String before = books.balances();
    UUID exception = exception(Trouble.PATIENT_DIFFERS, "LFP-6381");
    ana.call(() -> solving.match(exception, claim("LFP-6381")));
    assertThat(books.exceptions()).isEqualTo("type\tclaim\tamount\n");
    assertThat(books.balances())
        .contains("CONTRACTUAL_ADJUSTMENT\tLFP-6381\t\t\t52.60\n")
        .doesNotContain("UNAPPLIED_CREDIT", "INSURANCE_RECEIVABLE");
    ana.call(() -> solving.unmatch(exception));
    assertThat(books.balances()).isEqualTo(before);
  }

  @Test
  void aChoiceThatDoesNotFitIsOnTheListAgainWithItsReason() throws IOException {
    tell("payment-without-a-claim");
    tell("paid-twice");
    UUID exception = exception(Trouble.NO_CLAIM, "LFP-6221");
    assertThat(ana.call(() -> solving.match(exception, claim("LFP-6311"))))
        .containsExactly(Trouble.SECOND_DECISION);
    assertThat(state(exception)).isEqualTo("SOLVED");
    assertThat(ana.call(() -> solving.unmatch(exception))).containsExactly(Trouble.NO_CLAIM);
    assertThat(state(exception)).isEqualTo("OPEN");
    assertThat(books.exceptions()).contains("SECOND_DECISION\tLFP-6311\t112.40\n");
  }

  @Test
  void anUnexplainedTakebackComesOffTheChosenClaim() throws IOException {
    tell("takeback-for-an-unknown-claim");
    String before = books.balances();
    String open = books.exceptions();
    UUID exception = exception(Trouble.TAKEBACK_UNEXPLAINED, "OB25990044");
    assertThat(ana.call(() -> solving.match(exception, claim("TP-6331"))))
        .containsExactly(Trouble.TAKEBACK_WITHOUT_REVERSAL);
    assertThat(books.balances())
        .contains("INSURANCE_RECEIVABLE\tTP-6331\t1\t\t230.00\n")
        .doesNotContain("WO OB25990044");
    ana.call(() -> solving.unmatch(exception));
    assertThat(books.balances()).isEqualTo(before);
    assertThat(books.exceptions()).isEqualTo(open);
  }

  @Test
  void whatIsOverpaidFollowsTheTakebackThatWasChosenForIt() throws IOException {
    tell("void-not-taken-back-yet");
    tell("takeback-for-an-unknown-claim");
    UUID exception = exception(Trouble.TAKEBACK_UNEXPLAINED, "OB25990044");
    ana.call(() -> solving.match(exception, claim("LFP-6511")));
    assertThat(books.exceptions()).contains("OVERPAID\tLFP-6511\t35.00\n");
    UUID check =
        books.ask(
            () ->
                sql.sql("select id from remittance where trace_number = 'OB263302'")
                    .query(UUID.class)
                    .single());
    ana.call(() -> posting.undo(check));
    books.settled();
    assertThat(books.exceptions()).contains("OVERPAID\tLFP-6511\t265.00\n");
    ana.call(() -> posting.post(check, List.of()));
    books.settled();
    assertThat(books.exceptions()).contains("OVERPAID\tLFP-6511\t35.00\n");
  }

  @Test
  void moneyCarriedForwardIsForNoClaim() throws IOException {
    tell("forward-balance-taken-from-another-provider");
    UUID exception = exception(Trouble.TAKEBACK_UNEXPLAINED, "OB263603");
    UUID some = books.ask(() -> sql.sql("select id from claim limit 1").query(UUID.class).single());
    refuses(Refused.Why.NOT_SOLVED_SO, () -> solving.match(exception, some));
    close(exception, "Agreed with the payer by telephone.");
    assertThat(state(exception)).isEqualTo("CLOSED");
  }

  @Test
  void aReversalThatDiffersIsAppliedAsSentAndItsCorrectionFollows() throws IOException {
    tell("reversal-that-is-not-the-opposite");
    String before = books.balances();
    UUID exception = exception(Trouble.REVERSAL_DIFFERS, "LFP-6111");
    ana.call(() -> solving.asSent(exception));
    assertThat(books.exceptions()).isEqualTo("type\tclaim\tamount\n");
    // 37.60 - 29.60 + 41.00 is the patient's, 92.00 - 100.00 + 75.00 the discount
    assertThat(books.balances())
        .contains("PATIENT_RECEIVABLE\tLFP-6111\t\t\t49.00\n")
        .contains("CONTRACTUAL_ADJUSTMENT\tLFP-6111\t\t\t67.00\n")
        .doesNotContain("UNAPPLIED_CREDIT");
    ana.call(() -> solving.notAsSent(exception));
    assertThat(books.balances()).isEqualTo(before);
    assertThat(state(exception)).isEqualTo("OPEN");
  }

  @Test
  void aReversalThatDiffersIsOfThePayerWhoSentIt() {
    books.loadCase(
        "second-payer-corrects",
        text -> text.replace("CAS*OA*23*-224", "CAS*OA*23*-225").replace("*3*-6~", "*3*-5~"));
    books.postAll();
    ana.call(() -> solving.asSent(exception(Trouble.REVERSAL_DIFFERS, "GO-6451")));
    // of 36.00 that Bluefern left to Saltmarsh: - 30.00 - 6.00 + 30.00 + 5.00 - 36.00
    assertThat(books.balances())
        .contains("INSURANCE_RECEIVABLE\tGO-6451\t2\t\t-1.00\n")
        .contains("PATIENT_RECEIVABLE\tGO-6451\t\t\t1.00\n")
        .doesNotContain("INSURANCE_RECEIVABLE\tGO-6451\t1");
  }

  @Test
  void aReversalOfNothingAndASecondDecisionAreAppliedAsSent() throws IOException {
    tell("reversal-of-what-was-never-paid");
    tell("paid-twice");
    String before = books.balances();
    UUID reversal = exception(Trouble.REVERSAL_WITHOUT_PAYMENT, "LFP-6121");
    UUID second = exception(Trouble.SECOND_DECISION, "LFP-6311");
    ana.call(() -> solving.asSent(reversal));
    assertThat(ana.call(() -> solving.asSent(second))).containsExactly(Trouble.OVERPAID);
    assertThat(books.balances())
        .contains("INSURANCE_RECEIVABLE\tLFP-6121\t1\t\t280.00\n")
        .contains("INSURANCE_RECEIVABLE\tLFP-6311\t1\t\t-165.00\n")
        .doesNotContain("UNAPPLIED_CREDIT");
    assertThat(books.exceptions()).isEqualTo("type\tclaim\tamount\nOVERPAID\tLFP-6311\t165.00\n");
    ben.call(() -> solving.notAsSent(second));
    ben.call(() -> solving.notAsSent(reversal));
    assertThat(books.balances()).isEqualTo(before);
  }

  @Test
  void whatWasLeftOutIsTakenInAndLeftOutAgain() throws IOException {
    books.load(CASES.resolve("discount-and-coinsurance/1-claims.837"));
    try (Stream<Path> files = Files.list(CASES.resolve("discount-and-coinsurance"))) {
      books.load(files.filter(each -> each.toString().endsWith(".835")).findFirst().orElseThrow());
    }
    UUID check = books.checks("WAITING").get(0);
    ana.call(() -> posting.post(check, List.of(1)));
    String before = books.balances();
    UUID exception =
        books.ask(
            () ->
                sql.sql("select id from posting_exception where type = 'HELD_BACK'")
                    .query(UUID.class)
                    .single());
    ana.call(() -> solving.takeIn(exception));
    assertThat(books.balances()).doesNotContain("UNAPPLIED_CREDIT");
    assertThat(books.exceptions()).isEqualTo("type\tclaim\tamount\n");
    ana.call(() -> solving.leaveOut(exception));
    assertThat(books.balances()).isEqualTo(before);
    assertThat(state(exception)).isEqualTo("OPEN");
  }

  @Test
  void whatIsToBeReadIsClosedWithANoteAndComesBackWhenMoreIsAtStake() throws IOException {
    tell("paid-twice");
    UUID second = exception(Trouble.SECOND_DECISION, "LFP-6311");
    refuses(Refused.Why.NOTE_NEEDED, () -> close(second, "  "));
    close(second, "Sent back by cheque.");
    assertThat(state(second)).isEqualTo("CLOSED");
    refuses(Refused.Why.NOT_OPEN, () -> close(second, "Me too."));
    ana.run(() -> solving.reopen(second));
    assertThat(state(second)).isEqualTo("OPEN");
    refuses(
        Refused.Why.NOTHING_TO_UNDO,
        () -> {
          solving.reopen(second);
          return true;
        });

    ana.call(() -> solving.asSent(second));
    UUID overpaid = exception(Trouble.OVERPAID, "LFP-6311");
    close(overpaid, "The payer knows.");
    tell("payment-without-a-claim");
    assertThat(state(overpaid)).isEqualTo("CLOSED");
    UUID more = exception(Trouble.NO_CLAIM, "LFP-6221");
    ana.call(() -> solving.match(more, claim("LFP-6311")));
    UUID third =
        books.ask(
            () ->
                sql.sql(
                        """
                        select id from posting_exception
                        where type = 'SECOND_DECISION' and state = 'OPEN'
                        """)
                    .query(UUID.class)
                    .single());
    assertThat(ana.call(() -> solving.asSent(third))).containsExactly(Trouble.OVERPAID);
    assertThat(state(overpaid)).isEqualTo("OPEN");
  }

  @Test
  void anExceptionIsSomebodysNobodysAndWhoseItWas() throws IOException {
    tell("paid-twice");
    UUID exception = exception(Trouble.SECOND_DECISION, "LFP-6311");
    assertThat(ana.call(() -> solving.assign(exception, true))).isNull();
    assertThat(ben.call(() -> solving.assign(exception, true))).isEqualTo("Ana");
    assertThat(ben.call(() -> solving.giveBack(exception))).isEqualTo("Ben");
    assertThat(ana.call(() -> solving.assign(exception, false))).isEqualTo("Ana");
    assertThat(ana.call(() -> solving.giveBack(exception))).isNull();
    assertThat(
            books.ask(
                () ->
                    sql.sql("select owner_name from posting_exception where id = ?")
                        .param(exception)
                        .query(String.class)
                        .single()))
        .isEqualTo("Ana");
  }

  @Test
  void ofTwoPeopleAtOnceOneSolvesItAndTheOtherIsTold() throws Exception {
    tell("payment-without-a-claim");
    tell("another-patient-under-our-number");
    UUID exception = exception(Trouble.NO_CLAIM, "LFP-6221");
    UUID one = claim("LFP-6381");
    UUID other = claim("LFP-6382");
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      List<Future<Boolean>> done = new ArrayList<>();
      for (UUID claim : List.of(one, other)) {
        Actor actor = claim.equals(one) ? ana : ben;
        done.add(
            both.submit(
                () -> {
                  try {
                    actor.call(() -> solving.match(exception, claim));
                    return true;
                  } catch (Refused refused) {
                    assertThat(refused.why()).isEqualTo(Refused.Why.NOT_OPEN);
                    return false;
                  }
                }));
      }
      assertThat(done.get(0).get() ^ done.get(1).get()).isTrue();
    } finally {
      both.shutdown();
    }
    assertThat(commands(exception)).hasSize(1);
    assertThat(books.cashThatIsNotThePayment()).isEmpty();
  }

  @Test
  void anotherPracticesExceptionsAreNotThere() throws IOException {
    tell("paid-twice");
    UUID exception = exception(Trouble.SECOND_DECISION, "LFP-6311");
    TestBooks others = new TestBooks(server);
    assertThatThrownBy(() -> others.run(() -> solving.asSent(exception)))
        .isInstanceOf(NoSuchTrouble.class);
  }
}
