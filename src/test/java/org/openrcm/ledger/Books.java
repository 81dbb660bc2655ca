package org.openrcm.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.openrcm.TestDatabase;
import org.openrcm.audit.Actor;
import org.openrcm.money.Money;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The books of a practice, written by the test itself. */
final class Books {
  static final LocalDate DAY = LocalDate.of(2026, 3, 4);

  private final Journal journal;
  private final TransactionTemplate transaction;
  private final UUID practice;

  Books(Journal journal, PlatformTransactionManager transactions, UUID practice) {
    this.journal = journal;
    this.transaction = new TransactionTemplate(transactions);
    this.practice = practice;
  }

  UUID practice() {
    return practice;
  }

  /** Posts these as one batch and answers its number. */
  long post(List<Entry> entries) {
    return in(
        () ->
            Objects.requireNonNull(
                transaction.execute(
                    status -> {
                      journal.lock();
                      return journal.post("TESTED", null, entries);
                    })));
  }

  /** Does work as the practice. */
  <T, X extends Exception> T in(Actor.Work<T, X> work) throws X {
    return Actor.job("test", practice).call(work);
  }

  /** Charges of a claim. */
  static Entry charges(long claim, long cents) {
    Lines lines = new Lines();
    lines.move(
        Money.ofCents(cents),
        at(AccountKind.INSURANCE_RECEIVABLE, claim, 1, null),
        at(AccountKind.REVENUE, claim, null, null));
    return new Entry(Document.claim(claim), DAY, lines.toList());
  }

  /** What a check paid for a claim. */
  static Entry payment(long remittance, int ordinal, long claim, long cents, String check) {
    Lines lines = new Lines();
    lines.move(
        Money.ofCents(cents),
        at(AccountKind.CASH_CLEARING, null, null, check),
        at(AccountKind.INSURANCE_RECEIVABLE, claim, 1, null));
    return new Entry(Document.payment(remittance, ordinal), DAY, lines.toList());
  }

  static Line.At at(AccountKind account, Long claim, Integer rank, String reference) {
    return new Line.At(account, claim, rank, null, null, reference, 7);
  }

  /** An entry of two to six lines on any accounts. */
  static Entry any(Random random, int claims) {
    List<Line> lines = new ArrayList<>();
    long sum = 0;
    int more = 1 + random.nextInt(5);
    for (int i = 0; i < more; i++) {
      long cents = 1 + random.nextInt(100_000);
      lines.add(line(random, claims, random.nextBoolean() ? cents : -cents));
      sum += lines.get(i).amount().cents();
    }
    if (sum == 0) {
      lines.add(line(random, claims, 5));
      sum = 5;
    }
    lines.add(line(random, claims, -sum));
    Document document =
        random.nextBoolean()
            ? Document.claim(1 + random.nextInt(claims))
            : Document.payment(1 + random.nextInt(claims), 1 + random.nextInt(3));
    return new Entry(document, DAY.plusDays(random.nextInt(30)), lines);
  }

  private static Line line(Random random, int claims, long cents) {
    AccountKind account = AccountKind.values()[random.nextInt(12)];
    Long claim = random.nextInt(4) == 0 ? null : 1L + random.nextInt(claims);
    Integer rank =
        account == AccountKind.INSURANCE_RECEIVABLE ? Integer.valueOf(1 + random.nextInt(2)) : null;
    String reference = claim == null ? "R" + random.nextInt(4) : null;
    return new Line(at(account, claim, rank, reference), Money.ofCents(cents));
  }

  /** A connection as the application has, in a transaction of this practice. */
  static Connection asApplication(TestDatabase database, UUID practice) throws SQLException {
    return within(database.asApplication(), practice);
  }

  static Connection asOwner(TestDatabase database, UUID practice) throws SQLException {
    return within(database.asOwner(), practice);
  }

  private static Connection within(Connection connection, UUID practice) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement sql = connection.createStatement()) {
      sql.execute("select set_config('app.practice', '" + practice + "', true)");
    }
    return connection;
  }
}
