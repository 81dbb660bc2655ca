package org.openrcm.posting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openrcm.ServerTest;
import org.openrcm.claim.Claims;
import org.openrcm.simulator.Scenario;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The books of a whole month, held against what the payers that made it up mean by it. */
@ServerTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedBooksTest {
  private static final int CLAIMS = 500;
  private static final int SEED = 2026;

  @Autowired private ApplicationContext server;
  @Autowired private JdbcClient sql;
  @Autowired private Claims claims;
  @Autowired private Posting posting;

  private SimulatedMonth month;
  private TestBooks books;

  @BeforeAll
  void postTheMonth(@TempDir Path folder) throws IOException {
    month = SimulatedMonth.make(folder, CLAIMS, SEED);
    books = new TestBooks(server);
    receive(books, month.files());
    books.postAll();
  }

  private static void receive(TestBooks books, List<Path> files) throws IOException {
    for (Path file : files) {
      books.receive(file.getFileName().toString(), Files.readAllBytes(file));
    }
    books.settled();
  }

  /** What a claim comes to, in cents by account; insurers by rank. */
  private static final class Owed extends TreeMap<String, Long> {
    private static final long serialVersionUID = 1L;

    Owed add(String account, long cents) {
      merge(account, cents, Long::sum);
      values().removeIf(each -> each == 0);
      return this;
    }
  }

  @Test
  void theBooksAreSoundAndTheCashOfEachCheckIsWhatThePayerSays() {
    SoundBooks.check(server, books);
    Map<String, Long> cash = new TreeMap<>(month.checks());
    cash.values().removeIf(cents -> cents == 0);
    assertThat(
            sums(
                """
                select reference, sum(amount_cents) from journal_line
                where account = 'CASH_CLEARING' group by 1 having sum(amount_cents) <> 0
                """))
        .isEqualTo(cash);
  }

  @Test
  void eachClaimIsPaidAdjustedAndOwedAsItsPayerMeans() {
    Map<String, Bill> bills = bills();
    Map<String, Owed> owed = owed();
    Map<String, Owed> intended = new TreeMap<>();
    for (SimulatedMonth.Intended row : month.intended()) {
      Bill bill = bills.get(row.claim());
      if (bill != null) {
        Owed its = intended(row, bill);
        if (!its.isEmpty()) {
          intended.put(row.claim(), its);
        }
      }
    }
    List<String> differ = new ArrayList<>();
    TreeSet<String> all = new TreeSet<>(owed.keySet());
    all.addAll(intended.keySet());
    for (String claim : all) {
      if (!Objects.equals(owed.get(claim), intended.get(claim))) {
        differ.add(claim + " is " + owed.get(claim) + ", intended " + intended.get(claim));
      }
    }
    assertThat(differ).isEmpty();
  }

  private Owed intended(SimulatedMonth.Intended row, Bill bill) {
    Owed owed = new Owed();
    boolean takenOver = row.state().equals("replaced") || row.state().equals("voided");
    if (takenOver || !bill.charging()) {
      return owed;
    }
    owed.add("REVENUE", -row.charged()).add("INSURER " + bill.rank(), row.charged());
    boolean undecided =
        row.state().startsWith("rejected")
            || row.state().startsWith("accepted")
            || row.isOf(Scenario.NOT_A_MEMBER)
            || row.isOf(Scenario.PREDETERMINATION);
    if (undecided) {
      return owed;
    }
    int rank = row.isOf(Scenario.SECONDARY) ? 2 : 1;
    boolean passedOn = row.isOf(Scenario.CROSSOVER);
    TreeSet<Integer> others = new TreeSet<>(bill.others());
    others.add(bill.rank());
    Integer next = others.higher(rank);
    if (next == null && passedOn) {
      next = rank + 1;
    }
    owed.add(
        "INSURER " + rank, -row.charged() + (row.isOf(Scenario.TAKEN_BACK) ? row.takenBack() : 0));
    owed.add(next == null ? "PATIENT" : "INSURER " + next, row.patientOwes());
    owed.add("PAID", row.paid());
    // what an earlier payer did, whose check never came here, that payer still owes in the books
    boolean onlySecond = row.isOf(Scenario.SECONDARY) && bill.rank() == 2;
    owed.add(onlySecond ? "INSURER 1" : "ADJUSTED", row.charged() - row.paid() - row.patientOwes());
    return owed;
  }

  private Map<String, Bill> bills() {
    return books.ask(
        () ->
            claims
                .ofControlNumbers(
                    sql.sql("select patient_control_number from claim").query(String.class).set())
                .stream()
                .map(Bill::of)
                .collect(Collectors.toMap(Bill::control, bill -> bill)));
  }

  private Map<String, Owed> owed() {
    Map<String, Owed> owed = new TreeMap<>();
    books.ask(
        () -> {
          sql.sql(
                  """
                  select c.patient_control_number, case account
                    when 'REVENUE' then account
                    when 'PATIENT_RECEIVABLE' then 'PATIENT'
                    when 'INSURANCE_RECEIVABLE' then 'INSURER ' || rank
                    else 'ADJUSTED' end, l.amount_cents
                  from journal_line l join claim c on c.number = l.claim_number
                  union all
                  select c.patient_control_number, 'PAID', -l.amount_cents
                  from journal_line l join claim c on c.number = l.claim_number
                  join journal_entry e on e.number = l.entry where e.source = 'PAYMENT'
                  """)
              .query(
                  row -> {
                    owed.computeIfAbsent(row.getString(1), claim -> new Owed())
                        .add(row.getString(2), row.getLong(3));
                  });
          return true;
        });
    owed.values().removeIf(Map::isEmpty);
    return owed;
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

  @Test
  void theOrderOfFilesAndWhoPostsThemMakeNoDifference() throws IOException {
    TestBooks shuffled = new TestBooks(server);
    for (String payer :
        sums("select payer, count(*) from remittance_posting group by 1").keySet()) {
      shuffled.run(() -> posting.mode(payer, "A payer", Mode.AUTOMATIC));
    }
    List<Path> files = new ArrayList<>(month.files());
    Collections.shuffle(files, new Random(SEED));
    receive(shuffled, files);
    shuffled.postAll();
    assertThat(shuffled.balances()).isEqualTo(books.balances());
    assertThat(shuffled.exceptions()).isEqualTo(books.exceptions());
    SoundBooks.check(server, shuffled);
  }
}
