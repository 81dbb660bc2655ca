package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openrcm.ServerTest;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Balances;
import org.openrcm.money.Money;
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
  @Autowired private Decisions decisions;
  @Autowired private Policies policies;
  @Autowired private Statements statements;
  @Autowired private Paper paper;
  @Autowired private Runs runs;
  @Autowired private RunAccounts runAccounts;

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

  private List<UUID> sent(UUID run) {
    return sql.sql("select id from statement where run_id = ? order by number")
        .param(run)
        .query(UUID.class)
        .list();
  }
}
