package org.openrcm.writeoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrcm.ServerTest;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Role;
import org.openrcm.money.Money;
import org.openrcm.payment.Method;
import org.openrcm.payment.Owed;
import org.openrcm.payment.PatientBalances;
import org.openrcm.payment.Payments;
import org.openrcm.payment.Receiving;
import org.openrcm.posting.Posting;
import org.openrcm.posting.TestBooks;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was given up of a claim, or paid, goes with the claim that replaces it (CLM05-3 7). */
@ServerTest
class ReplacedClaimTest {
  private static final String ON =
      "select coalesce(sum(amount_cents), 0)::bigint from journal_line where account = '%s'";

  private static final Path CASES = Path.of("src/test/resources/cases-posting");

  @Autowired private ApplicationContext server;
  @Autowired private WriteOffs writeOffs;
  @Autowired private Payments payments;
  @Autowired private PatientBalances balances;
  @Autowired private Posting posting;
  @Autowired private JdbcClient sql;

  /** A file of a story in which the patient owes a part of what was a discount. */
  private static void load(TestBooks books, String story, String file) throws IOException {
    String text = Files.readString(CASES.resolve(story).resolve(file));
    String shared =
        text.replace("CAS*CO*45*25~", "CAS*PR*2*25~")
            .replace("CAS*CO*45*-25~", "CAS*PR*2*-25~")
            .replace("CAS*CO*45*55~", "CAS*CO*45*15~CAS*PR*1*40~");
    books.load(story + file, shared.getBytes(StandardCharsets.UTF_8));
    books.postAll();
  }

  private static Actor somebody(TestBooks books, Role role) {
    return TestUsers.actor(books.practice, role.code(), role);
  }

  private long number(TestBooks books, String query) {
    return books.ask(() -> sql.sql(query).query(Long.class).single());
  }

  private static String balance(TestBooks books, String account) {
    return books
        .balances()
        .lines()
        .filter(line -> line.startsWith(account + "\t"))
        .map(line -> line.split("\t", -1))
        .map(line -> line[1] + " " + line[4])
        .reduce((one, other) -> one + ", " + other)
        .orElse("");
  }

  private WriteOff proposed(TestBooks books, long account, long claim, String amount) {
    return somebody(books, Role.COLLECTOR)
        .call(
            () ->
                writeOffs.propose(
                    new WriteOffs.Proposal(
                        account,
                        Kind.CHARITY,
                        Map.of(claim, Money.of(amount)),
                        "Has no income",
                        UUID.randomUUID().toString())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replacement-under-the-same-number LFP-6231 LFP-6231",
        "replacement-under-a-number-of-its-own LFP-6521 LFP-6522"
      })
  void itIsNotAskedForAgain(String told) throws IOException {
    String[] words = told.split(" ");
    String story = words[0];
    TestBooks books = new TestBooks(server);
    load(books, story, "1-claims.837");
    load(books, story, "2-remit.835");
    assertThat(balance(books, "PATIENT_RECEIVABLE")).isEqualTo(words[1] + " 25.00");
    long claim = number(books, "select number from claim");
    long account = number(books, "select account_number from account_claim");
    WriteOff one = proposed(books, account, claim, "25");
    Actor manager = somebody(books, Role.MANAGER);
    manager.call(() -> writeOffs.approve(one.id()));
    assertThat(balance(books, "CHARITY")).isEqualTo(words[1] + " 25.00");
    load(books, story, "3-claims.837");
    load(books, story, "4-remit.835");
    // the patient's share is 40.00 and 25.00 now
    assertThat(balance(books, "CHARITY")).isEqualTo(words[2] + " 25.00");
    assertThat(balance(books, "PATIENT_RECEIVABLE")).isEqualTo(words[2] + " 40.00");
    assertThat(manager.call(() -> writeOffs.undo(one.id())).given()).isEqualTo(Money.ZERO);
    assertThat(balance(books, "CHARITY")).isEmpty();
    assertThat(balance(books, "PATIENT_RECEIVABLE")).isEqualTo(words[2] + " 65.00");
  }

  /** 25.00 are owed, 10.00 of it paid and 15.00 let go; by the replacement 15.00 are owed. */
  @Test
  void noMoreIsGivenUpThanIsLeftOfTheVisitWithAllThatWasPaid() throws IOException {
    String story = "replacement-under-the-same-number";
    TestBooks books = new TestBooks(server);
    load(books, story, "1-claims.837");
    load(books, story, "2-remit.835");
    long claim = number(books, "select number from claim");
    long account = number(books, "select account_number from account_claim");
    books.ask(
        () ->
            payments.take(
                new Receiving(
                    account, Money.of("10"), Method.CASH, null, List.of(claim), false, "ten")));
    WriteOff one = proposed(books, account, claim, "15");
    somebody(books, Role.MANAGER).call(() -> writeOffs.approve(one.id()));
    load(books, story, "3-claims.837");
    String text = Files.readString(CASES.resolve(story).resolve("4-remit.835"));
    String less =
        text.replace("CAS*CO*45*-25~", "CAS*PR*2*-25~")
            .replace("CAS*CO*45*25~", "CAS*CO*45*10~CAS*PR*2*15~");
    books.load("less.835", less.getBytes(StandardCharsets.UTF_8));
    books.postAll();
    assertThat(number(books, ON.formatted("CHARITY"))).isEqualTo(500);
    assertThat(number(books, ON.formatted("PATIENT_RECEIVABLE"))).isZero();
  }

  private void pays(TestBooks books, long account, String amount) {
    books.ask(
        () ->
            payments.take(
                new Receiving(
                    account, Money.of(amount), Method.CASH, null, List.of(), false, amount)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replacement-under-the-same-number LFP-6231 LFP-6231",
        "replacement-under-a-number-of-its-own LFP-6521 LFP-6522"
      })
  void whatWasPaidIsNotAskedForAgain(String told) throws IOException {
    String[] words = told.split(" ");
    TestBooks books = new TestBooks(server);
    load(books, words[0], "1-claims.837");
    load(books, words[0], "2-remit.835");
    long account = number(books, "select account_number from account_claim");
    pays(books, account, "25");
    load(books, words[0], "3-claims.837");
    load(books, words[0], "4-remit.835");
    // the patient's share is 40.00 and 25.00 now
    String replaced = books.balances();
    assertThat(balance(books, "PATIENT_RECEIVABLE")).isEqualTo(words[2] + " 40.00");
    assertThat(books.ask(() -> balances.of(account)).owed()).isEqualTo(Money.of("40"));
    UUID last = books.checks("POSTED").get(1);
    books.run(() -> posting.undo(last));
    books.settled();
    // the replacement carries the charges still
    assertThat(balance(books, "PATIENT_RECEIVABLE")).isEqualTo("");
    books.run(() -> posting.post(last, List.of()));
    books.settled();
    assertThat(books.balances()).isEqualTo(replaced);
  }

  /** The insurer takes its decision back in one check and decides anew in the next. */
  @Test
  void whatWasPaidIsKeptForTheVisitUntilItIsDecidedAnew() throws IOException {
    String story = "replacement-under-a-number-of-its-own";
    TestBooks books = new TestBooks(server);
    load(books, story, "1-claims.837");
    load(books, story, "2-remit.835");
    long account = number(books, "select account_number from account_claim");
    pays(books, account, "25");
    String paid = balance(books, "PATIENT_RECEIVABLE");
    load(books, story, "3-claims.837");
    UUID first = books.checks("POSTED").get(0);
    books.run(() -> posting.undo(first));
    books.settled();
    assertThat(balance(books, "PATIENT_RECEIVABLE")).isEqualTo("LFP-6522 -25.00");
    assertThat(balance(books, "UNAPPLIED_CREDIT")).isEmpty();
    books.run(() -> posting.post(first, List.of()));
    books.settled();
    assertThat(balance(books, "PATIENT_RECEIVABLE")).isEqualTo(paid);
    load(books, story, "4-remit.835");
    assertThat(balance(books, "PATIENT_RECEIVABLE")).isEqualTo("LFP-6522 40.00");
  }

  @Test
  void whatWasPaidForAClaimThatIsSentAgainIsNotAskedForAgain() throws IOException {
    String story = "discount-and-coinsurance";
    TestBooks books = new TestBooks(server);
    books.loadCase(story);
    books.postAll();
    long account = number(books, "select account_number from account_claim");
    pays(books, account, "37.48");
    String claims = Files.readString(CASES.resolve(story).resolve("1-claims.837"));
    books.load("again.837", claims.replace("50101", "50197").getBytes(StandardCharsets.UTF_8));
    assertThat(number(books, "select count(*) from claim")).isEqualTo(2);
    assertThat(books.ask(() -> balances.of(account)).visits()).isEmpty();
  }

  @Test
  void whatWasPaidForAVisitThatIsTakenBackIsCredit() throws IOException {
    String story = "void-and-taken-back";
    TestBooks books = new TestBooks(server);
    load(books, story, "1-claims.837");
    load(books, story, "2-remit.835");
    long account =
        number(books, "select account_number from account_claim where control = 'LFP-6241'");
    pays(books, account, "25");
    load(books, story, "3-claims.837");
    load(books, story, "4-remit.835");
    Owed owed = books.ask(() -> balances.of(account));
    assertThat(owed.visits()).isEmpty();
    assertThat(owed.credit()).isEqualTo(Money.of("25"));
  }
}
