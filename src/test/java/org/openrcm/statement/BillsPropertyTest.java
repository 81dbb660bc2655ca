package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrcm.ServerTest;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Document;
import org.openrcm.ledger.Entry;
import org.openrcm.ledger.Journal;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.Lines;
import org.openrcm.money.Money;
import org.openrcm.payment.Method;
import org.openrcm.payment.OpenVisit;
import org.openrcm.payment.Owed;
import org.openrcm.payment.PatientBalances;
import org.openrcm.payment.Payments;
import org.openrcm.payment.Receiving;
import org.openrcm.payment.Refused;
import org.openrcm.posting.TestBooks;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What holds of every bill, whatever the books are (P2, P3, P4): read off the page, its numbers add
 * up, are the ledger's, and are never more than the last payer left to the patient. {@code
 * -Dopenrcm.bills.seed=S} tries again what failed, {@code -Dopenrcm.bills.seeds=N} tries more.
 */
@ServerTest
class BillsPropertyTest {
  private static final int SEEDS = 3;

  /** In these is all that a bill can have; in others mostly. */
  private static final List<Long> KNOWN = List.of(1L, 2L);

  private static final int PATIENTS = 14;

  /** No check has such a number. */
  private static final AtomicLong WRITE_OFFS = new AtomicLong(1L << 40);

  private static final List<AccountKind> GIVEN_UP =
      List.of(AccountKind.CHARITY, AccountKind.SMALL_BALANCE, AccountKind.BAD_DEBT);

  private static final LocalDate FIRST = LocalDate.of(2026, 5, 4);
  private static final LocalDate SECOND = FIRST.plusDays(35);
  private static final Policy POLICY =
      new Policy(
          new Policy.Letterhead(
              "Larkmoor Family Practice",
              List.of("9 Heron Way", "Larkmoor VT 05999"),
              "802 555 0100",
              "Monday to Friday, 8 am to 5 pm",
              null,
              null),
          Money.ofCents(1),
          30,
          21,
          "larkmoor.example/my",
          new Policy.Help(true, "802 555 0111", "larkmoor.example/help"));

  @Autowired private ApplicationContext server;
  @Autowired private JdbcClient sql;
  @Autowired private Statements statements;
  @Autowired private Payments payments;

  static LongStream seeds() {
    Long replay = Long.getLong("openrcm.bills.seed");
    return replay != null
        ? LongStream.of(replay)
        : LongStream.concat(
            KNOWN.stream().mapToLong(each -> each),
            new Random().longs(Integer.getInteger("openrcm.bills.seeds", SEEDS), 0, 1_000_000));
  }

  private TestBooks books(long seed, UnaryOperator<String> change) {
    TestBooks books = new TestBooks(server);
    for (int i = 1; i <= PATIENTS; i++) {
      books.receivePatient(31 * seed + i, "P" + letter(i), 100 + 10 * i, change);
    }
    books.receiveStrange(seed, "ODD", 5_000);
    books.settled();
    books.postAll();
    return books;
  }

  private static String letter(int number) {
    return String.valueOf((char) ('A' + number));
  }

  private List<Content> send(TestBooks books, LocalDate day) {
    long before = books.count("select coalesce(max(number), 0) from statement");
    books.ask(() -> statements.issue(accounts(), POLICY, null, day));
    return new TracedBills(server, books).sentAfter(before);
  }

  private List<Long> accounts() {
    return sql.sql("select number from account order by number").query(Long.class).list();
  }

  /** The seed is in the test's name, and so in the report of what failed. */
  @ParameterizedTest(name = "-Dopenrcm.bills.seed={0}")
  @MethodSource("seeds")
  void whatIsOnTheBillIsInTheBooks(long seed) {
    Random random = new Random(seed);
    TestBooks books = books(seed, text -> text);
    pay(books, random, 20);
    forgive(books, random, 20);
    List<Content> first = send(books, FIRST);
    first.forEach(new TracedBills(server, books)::check);
    pay(books, random, 40);
    forgive(books, random, 40);
    for (int i = 1; i <= 3; i++) {
      books.receivePatient(seed - i, "P" + letter(i) + "Z", 2_000 + 10 * i, text -> text);
    }
    books.settled();
    books.postAll();
    List<Content> second = send(books, SECOND);
    second.forEach(new TracedBills(server, books)::check);
    if (KNOWN.contains(seed)) {
      assertThat(first).hasSizeGreaterThan(2);
      assertThat(second).anyMatch(bill -> bill.since() != null);
      assertThat(second)
          .as("with something forgiven")
          .anyMatch(
              bill ->
                  bill.visits().stream().anyMatch(visit -> !visit.forgiven().amount().isZero()));
    }
  }

  /** At the desk, from some accounts: less than is owed, or more, of which the rest is credit. */
  private void pay(TestBooks books, Random random, int percent) {
    for (long account : books.ask(this::accounts)) {
      if (random.nextInt(100) < percent) {
        Money amount = Money.ofCents(1 + random.nextInt(6_000));
        try {
          books.run(
              () ->
                  payments.take(
                      new Receiving(
                          account,
                          amount,
                          Method.CASH,
                          null,
                          List.of(),
                          random.nextInt(4) > 0,
                          UUID.randomUUID().toString())));
        } catch (Refused e) {
          assertThat(e.reason()).isEqualTo(Refused.Reason.MORE_THAN_OWED);
        }
      }
    }
  }

  /**
   * Something or all of what is owed for a visit is given up: as help, as too little to bill, as
   * bad debt.
   */
  private void forgive(TestBooks books, Random random, int percent) {
    Journal journal = server.getBean(Journal.class);
    PatientBalances balances = server.getBean(PatientBalances.class);
    books.ask(
        () -> {
          journal.lock();
          List<Entry> entries = new ArrayList<>();
          for (Owed owed : balances.of(accounts()).values()) {
            for (OpenVisit visit : owed.toPay()) {
              if (random.nextInt(100) < percent) {
                Money some = Money.ofCents(1 + random.nextLong(visit.owed().cents()));
                entries.add(
                    forgiven(
                        visit.claim(),
                        random.nextInt(3) == 0 ? visit.owed() : some,
                        GIVEN_UP.get(random.nextInt(GIVEN_UP.size()))));
              }
            }
          }
          return journal.post("TEST", null, entries);
        });
  }

  private static Entry forgiven(long claim, Money amount, AccountKind why) {
    Lines lines =
        new Lines()
            .move(
                amount,
                new Line.At(why, claim, null, null, "HELP", null, 0),
                new Line.At(AccountKind.PATIENT_RECEIVABLE, claim, null, null, "HELP", null, 0));
    return new Entry(Document.check(WRITE_OFFS.incrementAndGet()), FIRST, lines.toList());
  }

  /**
   * P4: what a payer calls its own discount (CO) and not the patient's share (PR) is not billed.
   */
  @ParameterizedTest(name = "-Dopenrcm.bills.seed={0}")
  @MethodSource("seeds")
  void aShareThatIsCalledADiscountIsNotBilled(long seed) {
    Map<String, Money> before = owed(send(books(seed, text -> text), FIRST));
    // of the mail that is not strange, which alone is changed
    List<String> billed = before.keySet().stream().filter(each -> each.startsWith("P")).toList();
    String victim = billed.get(new Random(seed).nextInt(billed.size()));
    Map<String, Money> after = owed(send(books(seed, text -> withoutShare(text, victim)), FIRST));
    assertThat(after).doesNotContainKey(victim);
    before.remove(victim);
    assertThat(after).isEqualTo(before);
  }

  /** Owed by visit, on all bills. */
  private static Map<String, Money> owed(List<Content> bills) {
    Map<String, Money> owed = new HashMap<>();
    bills.forEach(bill -> bill.visits().forEach(visit -> owed.put(visit.control(), visit.owed())));
    return owed;
  }

  private static String withoutShare(String remittance, String control) {
    Matcher claim =
        Pattern.compile("CLP\\*" + control + "\\*(?:(?!CLP\\*|SE\\*).)*", Pattern.DOTALL)
            .matcher(remittance);
    return claim.replaceAll(
        found ->
            Matcher.quoteReplacement(found.group().replaceAll("CAS\\*PR\\*[0-9]+", "CAS*CO*45")));
  }
}
