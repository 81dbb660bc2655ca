package org.openrcm.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.TestUsers;
import org.openrcm.money.Money;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;

/** The journal, and what PostgreSQL itself refuses whoever asks for it. */
@ServerTest
class JournalTest {
  private static final List<String> TABLES =
      List.of("journal_batch", "journal_entry", "journal_line", "ledger_total");
  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String INTEGRITY = "23000";
  private static final String DENIED = "permission denied";

  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;
  @Autowired private Journal journal;
  @Autowired private Balances balances;
  @Autowired private PostedLines posted;
  @Autowired private PlatformTransactionManager transactions;

  private Books books;
  private long batch;
  private long entry;

  @BeforeEach
  void oneEntry() {
    books = books("Larkfield");
    batch = books.post(List.of(Books.charges(1, 12_000)));
    entry = books.in(() -> balances.point(null).entry());
  }

  private Books books(String name) {
    return new Books(journal, transactions, users.practice(name));
  }

  /** Runs the statements and commits; some of it must be refused. */
  private void refused(Connection connection, String state, String reason, String... statements) {
    assertThatThrownBy(
            () -> {
              try (connection;
                  Statement sql = connection.createStatement()) {
                for (String statement : statements) {
                  sql.execute(statement.replace(":practice", "'" + books.practice() + "'"));
                }
                connection.commit();
              }
            })
        .as(String.join("; ", statements))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state))
        .hasMessageContaining(reason);
  }

  private Connection asApplication() throws SQLException {
    return Books.asApplication(database, books.practice());
  }

  @Test
  void theApplicationCanNeitherChangeNorDeleteNorTruncate() throws SQLException {
    for (String table : TABLES) {
      refused(
          asApplication(),
          INSUFFICIENT_PRIVILEGE,
          DENIED,
          "update " + table + " set practice_id = null");
      refused(asApplication(), INSUFFICIENT_PRIVILEGE, DENIED, "delete from " + table);
      refused(asApplication(), INSUFFICIENT_PRIVILEGE, DENIED, "truncate " + table + " cascade");
    }
  }

  @Test
  void notEvenTheOwnerCan() throws SQLException {
    for (String table : TABLES) {
      for (String statement :
          List.of(
              "update " + table + " set practice_id = practice_id",
              "delete from " + table,
              "truncate " + table + " cascade")) {
        refused(
            Books.asOwner(database, books.practice()),
            INSUFFICIENT_PRIVILEGE,
            "rows are never changed or deleted",
            statement);
      }
    }
  }

  /** What inserts a batch of two lines, past {@link Journal}. */
  private List<String> byHand(long debit, long credit) {
    long number = batch + 1000;
    long its = entry + 5000;
    return new ArrayList<>(
        List.of(
            "insert into journal_batch (practice_id, number, posted_at, cause, actor_name,"
                + " first_entry, last_entry) values (:practice, %d, clock_timestamp(), 'X', 'x', %d,"
                    .formatted(number, its)
                + its
                + ")",
            "insert into journal_entry values (:practice, %d, %d, 'CLAIM', 1, 0, '2026-03-04')"
                .formatted(its, number),
            line(its, 1, "PATIENT_RECEIVABLE", debit),
            line(its, 2, "CHARITY", credit),
            total("PATIENT_RECEIVABLE", number, debit, 1),
            total("CHARITY", number, credit, 1)));
  }

  private static String line(long entry, int line, String account, long cents) {
    return "insert into journal_line (practice_id, entry, line, account, amount_cents, segment)"
        + " values (:practice, %d, %d, '%s', %d, 1)".formatted(entry, line, account, cents);
  }

  private static String total(String account, long batch, long cents, long lines) {
    return "insert into ledger_total values (:practice, '%s', %d, %d, %d)"
        .formatted(account, batch, cents, lines);
  }

  private void refusedByHand(String reason, List<String> statements) throws SQLException {
    refused(asApplication(), INTEGRITY, reason, statements.toArray(String[]::new));
  }

  @Test
  void aBatchByHandThatIsInOrderIsTaken() throws SQLException {
    try (Connection connection = asApplication();
        Statement sql = connection.createStatement()) {
      for (String statement : byHand(500, -500)) {
        sql.execute(statement.replace(":practice", "'" + books.practice() + "'"));
      }
      connection.commit();
    }
    Balances.Trial trial = books.in(() -> balances.trial(null));
    assertThat(trial.isBalanced()).isTrue();
    assertThat(trial.on(AccountKind.CHARITY)).isEqualTo(Money.ofCents(-500));
  }

  @Test
  void anEntryThatDoesNotBalanceIsRefusedWhenItIsCommitted() throws SQLException {
    refusedByHand("ENTRIES_MUST_BALANCE", byHand(500, -499));
    List<String> oneLine = byHand(500, -500);
    oneLine.remove(3);
    refusedByHand("ENTRIES_MUST_BALANCE", oneLine);
    List<String> noLine = byHand(500, -500);
    refusedByHand("ENTRIES_MUST_BALANCE", noLine.subList(0, 2));
    assertThatThrownBy(
            () -> {
              Line.At at = Books.at(AccountKind.REVENUE, 1L, null, null);
              books.post(
                  List.of(
                      new Entry(
                          Document.claim(1),
                          Books.DAY,
                          List.of(
                              new Line(at, Money.ofCents(5)), new Line(at, Money.ofCents(-4))))));
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ENTRIES_MUST_BALANCE");
  }

  @Test
  void nothingJoinsWhatWasCommittedBefore() throws SQLException {
    refusedByHand(
        "LINE_OF_ANOTHER_BATCH",
        List.of(line(entry, 3, "REVENUE", -5), line(entry, 4, "CHARITY", 5)));
    refusedByHand(
        "ENTRY_OF_ANOTHER_BATCH",
        List.of(
            "insert into journal_entry values (:practice, %d, %d, 'CLAIM', 1, 0, '2026-03-04')"
                .formatted(entry + 500, batch)));
    refusedByHand("TOTAL_OF_ANOTHER_BATCH", List.of(total("CHARITY", batch, 500, 1)));
    List<String> over = byHand(500, -500);
    over.add(line(entry, 3, "REVENUE", -5));
    refusedByHand("LINE_OF_ANOTHER_BATCH", over);
  }

  @Test
  void totalsThatDoNotFollowFromTheLinesAreRefused() throws SQLException {
    for (String wrong :
        List.of(
            total("CHARITY", batch + 1000, -501, 1),
            total("CHARITY", batch + 1000, -500, 2),
            total("BAD_DEBT", batch + 1000, -500, 1))) {
      List<String> statements = byHand(500, -500);
      statements.set(5, wrong);
      refusedByHand("TOTALS_MUST_FOLLOW", statements);
    }
    List<String> without = byHand(500, -500);
    refusedByHand("TOTALS_MUST_FOLLOW", without.subList(0, 5));
    List<String> more = byHand(500, -500);
    more.add(total("REVENUE", batch + 1000, -12_000, 1));
    refusedByHand("TOTALS_MUST_FOLLOW", more);
  }

  @Test
  void aBatchIsTheLatestByNumberTimeAndEntries() throws SQLException {
    List<String> earlier = byHand(500, -500);
    earlier.set(
        0, earlier.get(0).replace("clock_timestamp()", "clock_timestamp() - interval '1 hour'"));
    refusedByHand("BATCHES_MUST_FOLLOW", earlier);
    List<String> over = byHand(500, -500);
    over.set(0, over.get(0).replace(", " + (entry + 5000) + ",", ", " + entry + ","));
    refusedByHand("BATCHES_MUST_FOLLOW", over);
    List<String> before = new ArrayList<>();
    for (String statement : byHand(500, -500)) {
      before.add(
          statement
              .replace("" + (batch + 1000), "" + (batch - 1000))
              .replace("" + (entry + 5000), "" + (entry - 1000)));
    }
    refusedByHand("BATCHES_MUST_FOLLOW", before);
    List<String> open = byHand(500, -500);
    open.set(
        0,
        open.get(0)
            .replace("actor_name,", "actor_name, transaction_id,")
            .replace("'x',", "'x', '999999999',"));
    refused(asApplication(), INTEGRITY, "OF_ANOTHER_BATCH", open.toArray(String[]::new));
  }

  @Test
  void twoPracticesAreApart() throws SQLException {
    Books other = books("Millholt");
    assertThat(other.in(() -> balances.trial(null)).accounts()).isEmpty();
    assertThat(other.in(() -> posted.entry(entry))).isEmpty();
    assertThat(other.in(() -> balances.claims(List.of(1L), null))).isEmpty();
    other.post(List.of(Books.charges(1, 700), Books.payment(9, 1, 1, 700, "CHECK")));
    assertThat(other.in(() -> balances.trial(null)).on(AccountKind.REVENUE))
        .isEqualTo(Money.ofCents(-700));
    assertThat(books.in(() -> balances.trial(null)).on(AccountKind.REVENUE))
        .isEqualTo(Money.ofCents(-12_000));
    assertThat(books.in(() -> balances.reference("CHECK", null))).isEmpty();
    refused(
        Books.asApplication(database, other.practice()),
        INSUFFICIENT_PRIVILEGE,
        "row-level security",
        line(entry, 3, "REVENUE", -5));
  }

  @Test
  void whatADocumentHasIsTheSumOfItsEntries() {
    Document document = Document.claim(1);
    Lines takenBack = new Lines();
    Books.charges(1, 12_000).lines().forEach(line -> takenBack.add(line.at(), line.amount()));
    books.post(List.of(new Entry(document, Books.DAY, takenBack.negated().toList())));
    assertThat(books.in(() -> inTransaction(() -> journal.posted(List.of(document))))).isEmpty();
    books.post(List.of(Books.charges(1, 300)));
    Map<Document, Lines> now =
        books.in(() -> inTransaction(() -> journal.posted(List.of(document, Document.claim(2)))));
    assertThat(now).containsOnlyKeys(document);
    assertThat(now.get(document).on(AccountKind.REVENUE)).isEqualTo(Money.ofCents(-300));
  }

  private <T> T inTransaction(java.util.function.Supplier<T> work) {
    return new org.springframework.transaction.support.TransactionTemplate(transactions)
        .execute(status -> work.get());
  }

  @Test
  void eightWhoPostAtOnceKeepTheBooksRight() throws Exception {
    Books shared = books("Shared");
    int threads = 8;
    int batches = 25;
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    List<Future<List<Entry>>> work = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      Random random = new Random(thread);
      work.add(
          workers.submit(
              () -> {
                List<Entry> all = new ArrayList<>();
                for (int i = 0; i < batches; i++) {
                  List<Entry> some = List.of(Books.any(random, 20), Books.any(random, 20));
                  shared.post(some);
                  all.addAll(some);
                }
                return all;
              }));
    }
    Map<AccountKind, Long> wanted = new java.util.EnumMap<>(AccountKind.class);
    for (Future<List<Entry>> each : work) {
      for (Entry made : each.get()) {
        made.lines()
            .forEach(line -> wanted.merge(line.at().account(), line.amount().cents(), Long::sum));
      }
    }
    workers.shutdown();
    Balances.Trial trial = shared.in(() -> balances.trial(null));
    assertThat(trial.isBalanced()).isTrue();
    assertThat(trial.accounts())
        .allSatisfy(
            each -> assertThat(each.balance().cents()).isEqualTo(wanted.get(each.account())));
    assertThat(trial.accounts()).hasSameSizeAs(wanted.keySet());
    assertThat(count(shared.practice(), "journal_batch")).isEqualTo(threads * batches);
    assertThat(count(shared.practice(), "journal_entry")).isEqualTo(2L * threads * batches);
  }

  private long count(UUID practice, String table) throws SQLException {
    try (Connection connection = Books.asApplication(database, practice);
        Statement sql = connection.createStatement();
        var rows = sql.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
