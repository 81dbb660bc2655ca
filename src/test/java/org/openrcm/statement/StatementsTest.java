package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Flags;
import org.openrcm.account.Portrait;
import org.openrcm.identity.Role;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Balances;
import org.openrcm.money.Money;
import org.openrcm.payment.Method;
import org.openrcm.payment.Payments;
import org.openrcm.payment.Receiving;
import org.openrcm.posting.TestBooks;
import org.openrcm.posting.Trouble;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A month of claims, answered and posted, and the bills that follow. */
@ServerTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatementsTest {
  @Autowired private ApplicationContext server;
  @Autowired private JdbcClient sql;
  @Autowired private Balances balances;
  @Autowired private Visits visits;
  @Autowired private TestUsers users;
  @Autowired private Decisions decisions;
  @Autowired private Policies policies;
  @Autowired private Statements statements;
  @Autowired private Payments payments;
  @Autowired private Paper paper;
  @Autowired private Flags flags;
  @Autowired private Runs runs;
  @Autowired private RunAccounts runAccounts;
  @Autowired private PrintBatch batch;
  @Autowired private AccountStatements desk;

  private TestBooks books;
  private List<Long> accounts;

  @BeforeAll
  void aMonthIsPosted() throws IOException {
    books = month();
    accounts = accounts(books);
  }

  private TestBooks month() throws IOException {
    TestBooks made = new TestBooks(server);
    made.load(Path.of("samples/month/claims.837"));
    try (Stream<Path> files = Files.walk(Path.of("samples/month/answers"))) {
      for (Path file :
          files.filter(each -> each.toString().matches(".*\\.(999|277|835)")).sorted().toList()) {
        made.receive(
            file.getParent().getFileName() + "-" + file.getFileName(), Files.readAllBytes(file));
      }
    }
    made.settled();
    made.postAll();
    return made;
  }

  private List<Long> accounts(TestBooks of) {
    return of.ask(
        () -> sql.sql("select number from account order by number").query(Long.class).list());
  }

  @Test
  void aVisitAddsUpAndIsWhatTheJournalSays() {
    Map<Long, List<Visit>> read = books.ask(() -> visits.of(accounts, Long.MAX_VALUE));
    List<Visit> all = read.values().stream().flatMap(List::stream).toList();
    assertThat(all).hasSizeGreaterThan(40);
    Map<Long, List<Balances.OfClaim>> known =
        books.ask(() -> balances.claims(all.stream().map(Visit::number).toList(), null));
    for (Visit visit : all) {
      Sums sums = visit.sums();
      Money insurers =
          sums.insurers().values().stream().map(Figure::amount).reduce(Money.ZERO, Money::plus);
      assertThat(sums.charged().amount())
          .as(visit.control())
          .isEqualTo(
              sums.discount()
                  .amount()
                  .plus(sums.refused().amount())
                  .plus(insurers)
                  .plus(sums.pending().amount())
                  .plus(sums.share()));
      assertThat(visit.owed())
          .as(visit.control())
          .isEqualTo(on(known.get(visit.number()), AccountKind.PATIENT_RECEIVABLE));
      assertThat(sums.pending().amount())
          .isEqualTo(on(known.get(visit.number()), AccountKind.INSURANCE_RECEIVABLE));
      Money paid = visit.decisions().stream().map(Decision::paid).reduce(Money.ZERO, Money::plus);
      if (!visit.troubles().contains(Trouble.TAKEBACK_WITHOUT_REVERSAL)) {
        assertThat(paid).as("paid for " + visit.control()).isEqualTo(insurers);
      }
      Money ofLines =
          visit.services().stream()
              .map(service -> service.sums().charged().amount())
              .reduce(Money.ZERO, Money::plus);
      assertThat(ofLines).isEqualTo(sums.charged().amount());
    }
  }

  private static Money on(List<Balances.OfClaim> balances, AccountKind account) {
    return balances == null
        ? Money.ZERO
        : balances.stream()
            .filter(each -> each.account() == account)
            .map(Balances.OfClaim::balance)
            .reduce(Money.ZERO, Money::plus);
  }

  @Test
  void aGuarantorOfWhomNoAddressIsKnownIsWrittenToAtThePatients() {
    List<Decisions.Decided> ofOthers =
        books
            .ask(() -> decisions.of(accounts, policies.current(), LocalDate.of(2026, 11, 1)))
            .values()
            .stream()
            .filter(each -> each.account().guarantor() != null)
            .toList();
    assertThat(ofOthers).hasSizeGreaterThan(3);
    for (Decisions.Decided each : ofOthers) {
      Portrait account = each.account();
      assertThat(account.guarantor().addressLines()).isEmpty();
      assertThat(account.addressee().lastName()).isEqualTo(account.guarantor().lastName());
      assertThat(account.addressee().addressLines())
          .isNotEmpty()
          .isEqualTo(account.patient().addressLines());
      assertThat(each.standing().reachable()).isTrue();
    }
  }

  @Test
  void whatIsBilledIsOwedByTheLedgerAndNeverAboveTheLastInsurersWord() {
    LocalDate day = LocalDate.of(2026, 11, 1);
    Map<Long, Decisions.Decided> decided =
        books.ask(() -> decisions.of(accounts, policies.current(), day));
    assertThat(decided.values()).anyMatch(each -> each.verdict().passes());
    for (Decisions.Decided each : decided.values()) {
      Money owed =
          each.verdict().billable().stream().map(Visit::owed).reduce(Money.ZERO, Money::plus);
      assertThat(each.verdict().owed()).isEqualTo(owed);
      for (Visit visit : each.verdict().billable()) {
        int last = visit.standing().stream().mapToInt(Decision::rank).max().orElseThrow();
        Money share =
            visit.decisions().stream()
                .filter(decision -> decision.rank() == last)
                .map(Decision::share)
                .reduce(Money.ZERO, Money::plus);
        assertThat(visit.owed()).isLessThanOrEqualTo(share);
      }
    }
  }

  @Test
  void aRunSendsEachWhoPassesOneBillAndNobodyASecond() throws IOException {
    TestBooks own = month();
    UUID run = own.ask(runs::make);
    own.settled();
    Runs.Run ready = own.ask(() -> runs.find(run).orElseThrow());
    assertThat(ready.state()).isEqualTo(Runs.State.READY);
    assertThat(ready.decided()).isEqualTo(ready.accounts());
    assertThat(ready.passing()).isPositive().isLessThan(ready.accounts());
    assertThat(own.ask(() -> sent(run))).isEmpty();

    assertThat(own.ask(() -> runs.send(run))).isTrue();
    assertThat(own.ask(() -> runs.send(run))).isFalse();
    own.settled();
    Runs.Run done = own.ask(() -> runs.find(run).orElseThrow());
    assertThat(done.state()).isEqualTo(Runs.State.SENT);
    assertThat(done.sent()).isEqualTo(ready.passing());
    List<UUID> sent = own.ask(() -> sent(run));
    assertThat(sent).hasSize((int) done.sent());
    Money asked = Money.ZERO;
    for (UUID id : sent) {
      Statements.Kept kept = own.ask(() -> statements.find(id).orElseThrow());
      byte[] pdf = own.ask(() -> statements.pdf(id).orElseThrow());
      assertThat(HexFormat.of().formatHex(Codes.sha256(pdf))).isEqualTo(kept.hash());
      assertThat(paper.print(kept.content()).pdf()).as("printed again").isEqualTo(pdf);
      asked = asked.plus(kept.content().owed());
    }
    assertThat(asked.cents()).isEqualTo(done.cents());

    UUID next = own.ask(runs::make);
    own.settled();
    assertThat(own.ask(() -> runs.find(next).orElseThrow()).passing()).isZero();
    assertThat(own.ask(() -> runAccounts.counts(next)))
        .filteredOn(count -> count.why() == Withheld.TOO_SOON)
        .singleElement()
        .satisfies(count -> assertThat(count.accounts()).isEqualTo(done.sent()));
  }

  @Test
  void aRunIsSentAsOfTheDayOnWhichItIsSent() throws IOException {
    TestBooks own = month();
    LocalDate today = LocalDate.now();
    UUID run = own.ask(runs::make);
    own.settled();
    long passing = own.ask(() -> runs.find(run).orElseThrow()).passing();
    assertThat(passing).isGreaterThan(1);
    // worked out on Friday; on Monday somebody is told of a lawyer, and then it is sent
    own.ask(() -> sql.sql("update statement_run set day = day - 3").update());
    long account =
        own.ask(
            () ->
                sql.sql(
                        """
                        select min(account_number) from statement_run_account
                        where reasons = '{}'
                        """)
                    .query(Long.class)
                    .single());
    own.ask(() -> flags.raise(account, null, FlagKind.ATTORNEY, null, "by a test"));
    own.ask(() -> runs.send(run));
    own.settled();
    assertThat(own.ask(() -> runs.find(run).orElseThrow()).sent()).isEqualTo(passing - 1);
    assertThat(
            own.ask(
                () ->
                    sql.sql("select distinct issued_on from statement")
                        .query(LocalDate.class)
                        .list()))
        .containsExactly(today);
  }

  @Test
  void whatGoesByMailIsOnePdfAndNobodysBillIsOnTheBackOfAnothers() throws Exception {
    TestBooks own = new TestBooks(server);
    own.receiveCrowd(PrintBatch.IN_A_PART + 3);
    own.settled();
    own.postAll();
    UUID run = own.ask(runs::make);
    own.settled();
    assertThat(own.ask(() -> batch.parts(run))).as("before it is sent").isEmpty();
    own.ask(() -> runs.send(run));
    own.settled();
    List<PrintBatch.Part> parts = own.ask(() -> batch.parts(run));
    assertThat(parts).extracting(PrintBatch.Part::statements).containsExactly(200, 3);
    List<Long> numbers =
        own.ask(
            () ->
                sql.sql("select number from statement where run_id = ? order by number")
                    .param(run)
                    .query(Long.class)
                    .list());
    assertThat(parts.get(0).first()).isEqualTo(numbers.get(0));
    assertThat(parts.get(1).last()).isEqualTo(numbers.get(numbers.size() - 1));
    byte[] single = own.ask(() -> batch.print(run, 2, false));
    byte[] both = own.ask(() -> batch.print(run, 2, true));
    try (PDDocument one = Loader.loadPDF(single);
        PDDocument two = Loader.loadPDF(both)) {
      assertThat(one.getNumberOfPages()).isEqualTo(parts.get(1).pages());
      String text = new PDFTextStripper().getText(one);
      int at = 0;
      for (Long number : numbers.subList(PrintBatch.IN_A_PART, numbers.size())) {
        int found = text.indexOf(String.valueOf(number), at);
        assertThat(found).as("statement %d in its order", number).isPositive();
        at = found;
      }
      int each = parts.get(1).pages() / 3;
      assertThat(two.getNumberOfPages()).isEqualTo(3 * (each + each % 2));
    }
    assertThatThrownBy(() -> own.ask(() -> batch.print(run, 3, false)))
        .isInstanceOf(NoSuchStatement.class);
  }

  @Test
  void sentTwiceAtOnceIsSentOnceAndMailThatComesBackIsNotedOnce() throws Exception {
    TestBooks own = new TestBooks(server);
    own.receiveCrowd(1);
    own.settled();
    own.postAll();
    long account = own.ask(() -> accounts(own)).get(0);
    LocalDate day = LocalDate.of(2026, 11, 1);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Integer>> sent = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      sent.add(
          threads.submit(
              () ->
                  own.ask(
                      () ->
                          statements
                              .issue(List.of(account), policies.current(), null, day)
                              .numbers()
                              .size())));
    }
    int all = 0;
    for (Future<Integer> each : sent) {
      all += each.get();
    }
    threads.shutdown();
    assertThat(all).isEqualTo(1);
    assertThat(own.count("select count(*) from statement")).isEqualTo(1);

    long number = own.count("select number from statement");
    AccountStatements.Returned returned = own.ask(() -> desk.returned(number));
    assertThat(returned.flag()).isNotNull();
    assertThat(own.ask(() -> desk.returned(number)).flag()).as("known already").isNull();
    assertThat(own.ask(() -> desk.returned(number + 1))).isNull();
    LocalDate later = LocalDate.now().plusDays(400);
    assertThat(own.ask(() -> reasons(account, later))).contains(Withheld.RETURNED_MAIL);
    assertThat(own.ask(() -> desk.lower(returned.account().toString(), returned.flag()))).isTrue();
    assertThat(own.ask(() -> reasons(account, later))).doesNotContain(Withheld.RETURNED_MAIL);
  }

  private List<Withheld> reasons(long account, LocalDate day) {
    return decisions
        .of(List.of(account), policies.current(), day)
        .get(account)
        .verdict()
        .reasons()
        .stream()
        .map(Reason::why)
        .toList();
  }

  /** SBR09 09 and no other coverage: nobody but the patient pays. */
  @Test
  void aVisitWithoutInsuranceIsBilledAtOnceAndSaysSo() throws IOException {
    TestBooks own = new TestBooks(server);
    String insured =
        Files.readString(
            Path.of("src/test/resources/cases-posting/discount-and-coinsurance/1-claims.837"));
    String alone = insured.replace("SBR*P*18*******CI", "SBR*P*18*******09");
    assertThat(alone).isNotEqualTo(insured);
    own.load("self-pay.837", alone.getBytes(StandardCharsets.US_ASCII));
    assertThat(own.balances()).contains("PATIENT_RECEIVABLE").doesNotContain("INSURANCE");
    List<Long> numbers = own.ask(() -> accounts(own));
    LocalDate day = LocalDate.of(2026, 11, 1);
    own.ask(() -> statements.issue(numbers, policies.current(), null, day));
    List<Content> bills = new TracedBills(server, own).sentAfter(0);
    assertThat(bills).isNotEmpty();
    for (Content bill : bills) {
      assertThat(bill.visits()).allMatch(visit -> visit.insurers().isEmpty());
      assertThat(ReadBill.of(paper.page(bill)).text()).contains("No insurance", "$400.00 more");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "20081102, OH, Parent or guardian of Tansy Quillby",
    "20081101, OH, Tansy Quillby",
    "20071102, NE, Parent or guardian of Tansy Quillby",
    "20071101, NE, Tansy Quillby",
    "19840611, OH, Tansy Quillby"
  })
  void aChildsBillGoesToWhoeverHasTheCareOfThem(String born, String state, String to) {
    TestBooks own = new TestBooks(server);
    own.loadCase(
        "discount-and-coinsurance",
        text ->
            text.replace("D8*19840611", "D8*" + born)
                .replace("N4*MILLHOLT*OH", "N4*MILLHOLT*" + state));
    own.postAll();
    List<Long> numbers = own.ask(() -> accounts(own));
    LocalDate day = LocalDate.of(2026, 11, 1);
    own.ask(() -> statements.issue(numbers, policies.current(), null, day));
    Content bill = new TracedBills(server, own).sentAfter(0).get(0);
    assertThat(bill.patient()).isEqualTo("Tansy Quillby");
    assertThat(bill.addressee().name()).isEqualTo("Tansy Quillby");
    assertThat(paper.page(bill)).contains("<p>" + to + "</p>");
  }

  /** Of 200.00 50.00 are denied: while that is open the copay is not billed either. */
  @Test
  void oncePartOfAVisitIsWrittenOffTheRestIsBilled() {
    TestBooks own = new TestBooks(server);
    own.loadCase("one-line-denied");
    own.postAll();
    List<Long> numbers = own.ask(() -> accounts(own));
    LocalDate day = LocalDate.of(2026, 11, 1);
    own.ask(() -> statements.issue(numbers, policies.current(), null, day));
    TracedBills traced = new TracedBills(server, own);
    assertThat(traced.sentAfter(0)).isEmpty();
    TestSession biller = users.signedIn(own.practice, Role.BILLER);
    String denial =
        biller
            .get("/denials?view=items")
            .body()
            .replaceAll("(?s).*name=\"denial\"[^>]*value=\"([^\"]+)\".*", "$1");
    biller.post("/denials/write-off", "denial", denial, "note", "The appeal was lost");
    own.ask(() -> statements.issue(numbers, policies.current(), null, day));
    Content bill = traced.sentAfter(0).get(0);
    traced.check(bill);
    assertThat(bill.owed()).isEqualTo(Money.of("20.00"));
    assertThat(bill.visits().get(0).discount().amount()).isEqualTo(Money.of("80.00"));
  }

  /** 37.48 is owed, 50.00 is paid; then comes another visit of 37.48. */
  @Test
  void whatWasPaidTooMuchIsPaidOnTheNextBill() {
    TestBooks own = new TestBooks(server);
    TracedBills traced = new TracedBills(server, own);
    own.loadCase("discount-and-coinsurance");
    own.postAll();
    List<Long> numbers = own.ask(() -> accounts(own));
    LocalDate day = LocalDate.of(2026, 11, 1);
    own.ask(() -> statements.issue(numbers, policies.current(), null, day));
    own.ask(
        () ->
            payments.take(
                new Receiving(
                    numbers.get(0), Money.of("50"), Method.CASH, null, List.of(), true, "twice")));
    own.loadCase(
        "discount-and-coinsurance",
        text ->
            text.replace("LFP-6011", "LFP-6012")
                .replace("0000501", "0000591")
                .replace("BF2601", "BF2691")
                .replace("BF266011A", "BF266012A"));
    own.postAll();
    own.ask(() -> statements.issue(numbers, policies.current(), null, day.plusDays(40)));
    List<Content> bills = traced.sentAfter(0);
    assertThat(bills).hasSize(2);
    traced.check(bills.get(1));
    assertThat(bills.get(1).since())
        .isEqualTo(
            new Content.Since(
                day,
                Money.of("37.48"),
                Money.of("37.48"),
                Money.of("50"),
                Money.ZERO,
                Money.ZERO,
                Money.ZERO));
    assertThat(bills.get(1).owed()).isEqualTo(Money.of("24.96"));
  }

  private List<UUID> sent(UUID run) {
    return sql.sql("select id from statement where run_id = ? order by number")
        .param(run)
        .query(UUID.class)
        .list();
  }
}
