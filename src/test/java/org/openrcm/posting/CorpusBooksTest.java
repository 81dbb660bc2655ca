package org.openrcm.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
 *
 * <p>Many of the files are of one example and pay by one check number, so each has a practice of
 * its own; {@link #allOfThemInOnePracticePostEachCheckOnce} has them in one.
 */
@ServerTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorpusBooksTest {
  private static final String NOT_POSTED =
      """
      select r.trace_number from remittance r
      join remittance_posting p on p.remittance_number = r.number
      where p.state <> 'POSTED' order by r.number
      """;
  private static final String ON_THE_LIST =
      """
      select r.trace_number from remittance r
      join posting_exception x on x.source = 'CHECK' and x.source_number = r.number
      where x.state = 'OPEN' and x.type in ('UNBALANCED', 'INCOMPLETE', 'AMOUNT_TOO_LARGE')
      order by r.number
      """;

  @Autowired private ApplicationContext server;
  @Autowired private JdbcClient sql;
  @Autowired private Posting posting;

  private final Map<Path, TestBooks> books = new LinkedHashMap<>();

  /** What a check is known by from file to file. */
  private record Paid(String trace, String payer, long cents) {}

  @BeforeAll
  void load() throws IOException {
    assumeTrue(Corpus.isThere(), Corpus.ABSENT);
    for (Path file : Corpus.received()) {
      TestBooks its = new TestBooks(server);
      for (Paid paid : sent(file).keySet()) {
        its.run(() -> posting.mode(paid.payer(), "A payer", Mode.AUTOMATIC));
      }
      its.receive(file.getFileName().toString(), Files.readAllBytes(file));
      books.put(file, its);
    }
    books.values().forEach(TestBooks::settled);
  }

  /** Each check of a file once, and what its claims are paid, in cents. */
  private static Map<Paid, Long> sent(Path file) throws IOException {
    Map<Paid, Long> sent = new HashMap<>();
    Paid paid = new Paid("", "", 0);
    long claims = 0;
    for (String[] segment : RemittanceCounts.segments(Files.readAllBytes(file))) {
      switch (segment[0]) {
        case "BPR" -> paid = new Paid("", "", cents(segment[2]));
        case "TRN" -> paid = new Paid(segment[2], segment[3], paid.cents());
        case "CLP" -> claims += cents(segment[4]);
        case "SE" -> {
          sent.putIfAbsent(paid, claims);
          claims = 0;
        }
        default -> {
          // moves no money of claims
        }
      }
    }
    return sent;
  }

  private static long cents(String decimal) {
    return decimal.isEmpty() ? 0 : new BigDecimal(decimal).movePointRight(2).longValueExact();
  }

  private Map<String, Long> sums(TestBooks of, String query) {
    Map<String, Long> sums = new TreeMap<>();
    of.ask(
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
  void whatDoesNotPostByItselfIsOnTheListAndThenNoCentIsMissing() throws IOException {
    assertThat(books).hasSizeGreaterThan(45);
    int waited = 0;
    for (Map.Entry<Path, TestBooks> each : books.entrySet()) {
      TestBooks its = each.getValue();
      String file = each.getKey().toString();
      Map<Paid, Long> sent = sent(each.getKey());
      List<String> notPosted = texts(its, NOT_POSTED);
      assertThat(notPosted).as(file).isEqualTo(texts(its, ON_THE_LIST));
      waited += notPosted.size();
      its.postAll();
      assertThat(its.checks("POSTED")).as(file).hasSameSizeAs(sent.keySet());
      assertThat(sums(its, cash())).as(file).isEqualTo(cash(sent));
      assertThat(sums(its, unapplied())).as(file).isEqualTo(unapplied(sent));
      assertThat(texts(its, appliedToAClaim())).as(file).isEmpty();
      assertThat(texts(its, notOnTheList())).as(file).isEmpty();
      assertThat(its.cashThatIsNotThePayment()).as(file).isEmpty();
    }
    assertThat(waited).as("checks that do not add up").isBetween(1, books.size() / 2);
  }

  private static String cash() {
    return """
    select reference, sum(amount_cents) from journal_line
    where account = 'CASH_CLEARING' group by 1 having sum(amount_cents) <> 0
    """;
  }

  private static Map<String, Long> cash(Map<Paid, Long> sent) {
    Map<String, Long> cash = new TreeMap<>();
    sent.keySet().forEach(paid -> cash.merge(paid.trace(), paid.cents(), Long::sum));
    cash.values().removeIf(cents -> cents == 0);
    return cash;
  }

  private static String unapplied() {
    return """
    select l.reference, sum(l.amount_cents) from journal_line l
    join journal_entry e on e.number = l.entry
    where l.account = 'UNAPPLIED_CREDIT' and e.source = 'PAYMENT'
    group by 1 having sum(l.amount_cents) <> 0
    """;
  }

  private static Map<String, Long> unapplied(Map<Paid, Long> sent) {
    Map<String, Long> unapplied = new TreeMap<>();
    sent.forEach((paid, claims) -> unapplied.merge(paid.trace(), -claims, Long::sum));
    unapplied.values().removeIf(cents -> cents == 0);
    return unapplied;
  }

  private static String appliedToAClaim() {
    return """
    select distinct l.account from journal_line l join journal_entry e on e.number = l.entry
    where l.claim_number is not null
      or e.source = 'PAYMENT' and l.account not in ('CASH_CLEARING', 'UNAPPLIED_CREDIT')
    """;
  }

  /** Payments without an open exception of their reason, with what is at stake. */
  private static String notOnTheList() {
    return """
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
    """;
  }

  /** Also those with a broken envelope, or of an older guide, of which nothing is read. */
  @Test
  void allOfThemInOnePracticePostEachCheckOnce() throws IOException {
    TestBooks all = new TestBooks(server);
    for (Corpus.Entry entry : Corpus.entries()) {
      if (entry.sets().startsWith("835")) {
        all.receive(entry.file().getFileName().toString(), Files.readAllBytes(entry.file()));
      }
    }
    all.settled();
    all.postAll();
    SoundBooks.check(server, all);
    Set<Paid> once = new HashSet<>();
    Set<String> again = new TreeSet<>();
    Set<String> traces = new TreeSet<>();
    for (Path file : books.keySet()) {
      for (Paid paid : sent(file).keySet()) {
        traces.add(paid.trace());
        if (!once.add(paid)) {
          again.add(paid.trace());
        }
      }
    }
    assertThat(texts(all, "select distinct trace_number from remittance order by 1"))
        .containsExactlyElementsOf(traces);
    assertThat(
            texts(
                all,
                """
                select r.trace_number from remittance r
                join posting_exception x on x.source_number = r.number
                where x.type = 'CAME_TWICE'
                """))
        .containsAll(again);
    assertThat(texts(all, notOnTheList())).isEmpty();
    assertThat(all.checks("POSTED")).hasSizeBetween(traces.size(), once.size());
  }
}
