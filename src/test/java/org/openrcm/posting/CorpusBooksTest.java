package org.openrcm.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openrcm.RemittanceCounts;
import org.openrcm.ServerTest;
import org.openrcm.x12.Corpus;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Remittances that others made, of claims that nobody here has billed: all their money is posted,
 * waits as unapplied, and stands on the exceptions list. What there is to post is counted from the
 * files' bytes by a splitter that knows nothing of the mapping.
 */
@ServerTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorpusBooksTest {
  @Autowired private ApplicationContext server;
  @Autowired private JdbcClient sql;
  @Autowired private Posting posting;

  private TestBooks books;

  /** A check, as it is known from file to file. */
  private record Paid(String trace, String payer, long cents) implements Comparable<Paid> {
    @Override
    public int compareTo(Paid other) {
      return toString().compareTo(other.toString());
    }
  }

  @BeforeAll
  void postAll() throws IOException {
    assumeTrue(Corpus.isThere(), Corpus.ABSENT);
    books = new TestBooks(server);
    load(books);
    books.postAll();
  }

  private static List<Corpus.Entry> remittances() {
    return Corpus.entries().stream().filter(entry -> entry.sets().startsWith("835")).toList();
  }

  private static void load(TestBooks books) throws IOException {
    for (Corpus.Entry entry : remittances()) {
      books.receive(entry.file().getFileName().toString(), Files.readAllBytes(entry.file()));
    }
    books.settled();
  }

  /** Checks of files with a sound envelope, each once; in cents what its claims are paid. */
  private static Map<Paid, Long> sent() throws IOException {
    Map<Paid, Long> sent = new TreeMap<>();
    for (Path file : Corpus.received()) {
      long amount = 0;
      long claims = 0;
      String trace = "";
      String payer = "";
      for (String[] segment : RemittanceCounts.segments(Files.readAllBytes(file))) {
        switch (segment[0]) {
          case "BPR" -> amount = cents(segment[2]);
          case "TRN" -> {
            trace = segment[2];
            payer = segment.length > 3 ? segment[3] : "";
          }
          case "CLP" -> claims += cents(segment[4]);
          case "SE" -> {
            sent.putIfAbsent(new Paid(trace, payer, amount), claims);
            claims = 0;
          }
          default -> {
            // moves no money of a check without claims
          }
        }
      }
    }
    return sent;
  }

  private static long cents(String decimal) {
    return decimal.isEmpty() ? 0 : new BigDecimal(decimal).movePointRight(2).longValueExact();
  }

  private Map<String, Long> sums(String query) {
    Map<String, Long> sums = new TreeMap<>();
    books.ask(
        () -> {
          sql.sql(query)
              .query(
                  row -> {
                    sums.put(row.getString(1), row.getLong(2));
                  });
          return true;
        });
    return sums;
  }

  private List<String> texts(TestBooks of, String query) {
    return of.ask(() -> sql.sql(query).query(String.class).list());
  }

  @Test
  void theCashOfEachCheckIsWhatItsBytesSay() throws IOException {
    Map<String, Long> cash = new TreeMap<>();
    sent().keySet().forEach(paid -> cash.merge(paid.trace(), paid.cents(), Long::sum));
    cash.values().removeIf(cents -> cents == 0);
    assertThat(cash).hasSizeGreaterThan(20);
    assertThat(
            sums(
                """
                select reference, sum(amount_cents) from journal_line
                where account = 'CASH_CLEARING' group by 1 having sum(amount_cents) <> 0
                """))
        .isEqualTo(cash);
    assertThat(texts(books, "select id from remittance"))
        .as("every check that was sent, once")
        .hasSameSizeAs(sent().keySet());
    assertThat(books.checks("POSTED")).hasSameSizeAs(sent().keySet());
  }

  @Test
  void allThatWasPaidForClaimsIsUnappliedAndNoClaimHasAnyOfIt() throws IOException {
    Map<String, Long> unapplied = new TreeMap<>();
    sent().forEach((paid, claims) -> unapplied.merge(paid.trace(), -claims, Long::sum));
    unapplied.values().removeIf(cents -> cents == 0);
    assertThat(
            sums(
                """
                select l.reference, sum(l.amount_cents) from journal_line l
                join journal_entry e on e.number = l.entry
                where l.account = 'UNAPPLIED_CREDIT' and e.source = 'PAYMENT'
                group by 1 having sum(l.amount_cents) <> 0
                """))
        .isEqualTo(unapplied);
    assertThat(
            texts(
                books,
                """
                select distinct l.account from journal_line l
                join journal_entry e on e.number = l.entry
                where l.claim_number is not null
                  or e.source = 'PAYMENT' and l.account not in ('CASH_CLEARING', 'UNAPPLIED_CREDIT')
                """))
        .isEmpty();
    SoundBooks.check(server, books);
  }

  @Test
  void everyPaymentStandsOnTheListWithWhyItIsNotApplied() {
    assertThat(
            texts(
                books,
                """
                select r.trace_number || ' ' || c.patient_control_number || ' ' || p.outcome
                from payment_posting p
                join remittance r on r.number = p.remittance_number
                join claim_payment c on c.remittance_number = p.remittance_number
                  and c.ordinal = p.ordinal
                left join posting_exception x on x.source = 'PAYMENT'
                  and x.source_number = p.remittance_number and x.source_place = p.ordinal
                  and x.state = 'OPEN' and x.type = p.outcome
                  and x.amount_cents = abs(case when c.paid_cents = 0
                      or p.outcome in ('NOT_OURS', 'PATIENT_UNKNOWN', 'ESTIMATE')
                    then c.charged_cents else c.paid_cents end)
                where x.id is null
                """))
        .isEmpty();
    assertThat(
            new HashSet<>(
                texts(books, "select type from posting_exception where source = 'PAYMENT'")))
        .contains("NO_CLAIM");
  }

  @Test
  void whatDoesNotPostByItselfIsOnTheListAndAllElsePosts() throws IOException {
    TestBooks automatic = new TestBooks(server);
    for (String payer : texts(books, "select distinct payer from remittance_posting")) {
      automatic.run(() -> posting.mode(payer, "A payer", Mode.AUTOMATIC));
    }
    load(automatic);
    String onTheList =
        """
        select r.trace_number from remittance r
        join posting_exception x on x.source = 'CHECK' and x.source_number = r.number
        where x.state = 'OPEN' and x.type in ('UNBALANCED', 'INCOMPLETE', 'AMOUNT_TOO_LARGE')
        order by r.number
        """;
    String waiting =
        """
        select r.trace_number from remittance r
        join remittance_posting p on p.remittance_number = r.number
        where p.state <> 'POSTED' order by r.number
        """;
    assertThat(texts(automatic, waiting)).isEqualTo(texts(automatic, onTheList));
    assertThat(automatic.checks("POSTED")).hasSizeGreaterThan(20);
    SoundBooks.check(server, automatic);
    automatic.postAll();
    assertThat(automatic.balances()).isEqualTo(books.balances());
  }
}
