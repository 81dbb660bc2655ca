package org.openrcm.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrcm.ServerTest;
import org.openrcm.TestUsers;
import org.openrcm.money.Money;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;

/** Balances of any moment are what the lines posted by then add up to, whatever was posted. */
@ServerTest
class BalancesTest {
  private static final int CLAIMS = 6;

  @Autowired private TestUsers users;
  @Autowired private Journal journal;
  @Autowired private Balances balances;
  @Autowired private PostedLines posted;
  @Autowired private PlatformTransactionManager transactions;

  private Books books() {
    return new Books(journal, transactions, users.practice("Larkfield"));
  }

  /** What was posted by a moment, in the order of the journal. */
  private record Then(Instant moment, Balances.Point point, List<Line> lines) {
    private <K> Map<K, Long> sums(Predicate<Line> which, Function<Line, K> key) {
      return lines.stream()
          .filter(which)
          .collect(
              Collectors.groupingBy(key, Collectors.summingLong(line -> line.amount().cents())));
    }
  }

  private List<Then> post(Books books, Random random, int batches) {
    List<Then> history = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      List<Entry> entries = new ArrayList<>();
      for (int k = 1 + random.nextInt(4); k > 0; k--) {
        entries.add(Books.any(random, CLAIMS));
      }
      books.post(entries);
      entries.forEach(entry -> lines.addAll(entry.lines()));
      Balances.Point point = books.in(() -> balances.point(null));
      history.add(new Then(point.postedAt(), point, List.copyOf(lines)));
    }
    return history;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20260304, 835})
  void areTheSumsOfTheLinesAtEveryBatch(long seed) {
    Books books = books();
    for (Then then : post(books, new Random(seed), 12)) {
      Balances.Trial trial = books.in(() -> balances.trial(then.moment()));
      assertThat(trial.point()).isEqualTo(then.point());
      assertThat(trial.isBalanced()).isTrue();
      assertThat(trial.accounts().stream().mapToLong(each -> each.balance().cents()).sum())
          .isZero();
      Map<AccountKind, Long> sums = then.sums(line -> true, line -> line.at().account());
      assertThat(trial.accounts())
          .allSatisfy(
              each -> assertThat(each.balance().cents()).isEqualTo(sums.get(each.account())))
          .hasSameSizeAs(sums.keySet());
      claims(books, then);
      references(books, then);
    }
  }

  private void claims(Books books, Then then) {
    List<Long> numbers = new ArrayList<>();
    for (long claim = 1; claim <= CLAIMS; claim++) {
      numbers.add(claim);
    }
    Map<Long, List<Balances.OfClaim>> found =
        books.in(() -> balances.claims(numbers, then.moment()));
    for (long claim : numbers) {
      Map<String, Long> wanted =
          then.sums(
              line -> Long.valueOf(claim).equals(line.at().claim()),
              line -> line.at().account() + " " + line.at().rank());
      wanted.values().removeIf(cents -> cents == 0);
      Map<String, Long> got = new HashMap<>();
      found
          .getOrDefault(claim, List.of())
          .forEach(each -> got.put(each.account() + " " + each.rank(), each.balance().cents()));
      assertThat(got).isEqualTo(wanted);
    }
  }

  private void references(Books books, Then then) {
    for (String reference : List.of("R0", "R1", "R2", "R3", "none")) {
      Map<AccountKind, Long> wanted =
          then.sums(line -> reference.equals(line.at().reference()), line -> line.at().account());
      wanted.values().removeIf(cents -> cents == 0);
      Map<AccountKind, Long> got = new HashMap<>();
      books
          .in(() -> balances.reference(reference, then.moment()))
          .forEach((account, money) -> got.put(account, money.cents()));
      assertThat(got).isEqualTo(wanted);
    }
  }

  @Test
  void linesOfAnAccountComeInPartsAndTheirSumIsKnownWithoutThem() {
    Books books = books();
    List<Then> history = post(books, new Random(9), 15);
    for (Then then : List.of(history.get(3), history.get(14))) {
      for (AccountKind account : List.of(AccountKind.REVENUE, AccountKind.INTEREST_INCOME)) {
        PostedLines.Wanted wanted = PostedLines.Wanted.on(account, then.point());
        List<PostedLine> all = all(books, wanted);
        List<Line> made =
            then.lines().stream().filter(line -> line.at().account() == account).toList();
        assertThat(all.stream().map(PostedLine::line).toList())
            .containsExactlyInAnyOrderElementsOf(made);
        assertThat(all)
            .isSortedAccordingTo(
                Comparator.comparingLong(PostedLine::entry)
                    .thenComparing(PostedLine::place)
                    .reversed());
        PostedLines.Sum sum = books.in(() -> posted.sum(wanted));
        assertThat(sum.count()).isEqualTo(made.size());
        assertThat(sum.balance().cents())
            .isEqualTo(made.stream().mapToLong(line -> line.amount().cents()).sum());
      }
    }
    between(books, history);
    narrowed(books, history);
  }

  private List<PostedLine> all(Books books, PostedLines.Wanted wanted) {
    List<PostedLine> all = new ArrayList<>();
    PostedLines.Key key = null;
    while (true) {
      PostedLines.Key before = key;
      List<PostedLine> some = books.in(() -> posted.list(wanted, before, 3));
      all.addAll(some);
      if (some.size() < 3) {
        return all;
      }
      PostedLine last = some.get(2);
      key = new PostedLines.Key(last.entry(), last.place());
    }
  }

  private void between(Books books, List<Then> history) {
    Then from = history.get(3);
    Then until = history.get(9);
    PostedLines.Wanted wanted =
        new PostedLines.Wanted(AccountKind.REVENUE, null, null, from.point(), until.point());
    List<Line> made =
        until.lines().subList(from.lines().size(), until.lines().size()).stream()
            .filter(line -> line.at().account() == AccountKind.REVENUE)
            .toList();
    assertThat(all(books, wanted).stream().map(PostedLine::line).toList())
        .containsExactlyInAnyOrderElementsOf(made);
    assertThat(books.in(() -> posted.sum(wanted)).count()).isEqualTo(made.size());
  }

  private void narrowed(Books books, List<Then> history) {
    Balances.Point end = history.get(14).point();
    List<Line> lines = history.get(14).lines();
    PostedLines.Wanted ofClaim =
        new PostedLines.Wanted(null, List.of(2L), null, Balances.Point.START, end);
    PostedLines.Wanted ofReference =
        new PostedLines.Wanted(null, null, "R1", Balances.Point.START, end);
    assertThat(all(books, ofClaim).stream().map(PostedLine::line).toList())
        .containsExactlyInAnyOrderElementsOf(
            lines.stream().filter(line -> Long.valueOf(2).equals(line.at().claim())).toList());
    assertThat(all(books, ofReference).stream().map(PostedLine::line).toList())
        .containsExactlyInAnyOrderElementsOf(
            lines.stream().filter(line -> "R1".equals(line.at().reference())).toList());
    assertThat(books.in(() -> posted.sum(ofReference)).count())
        .isEqualTo(all(books, ofReference).size());
  }

  @Test
  void referencesOfAnAccountComeOpenOnesFirst() {
    Books books = books();
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i <= 7; i++) {
      entries.add(Books.payment(i, 1, 1, 100L * i, "C" + i));
    }
    entries.add(Books.payment(2, 2, 1, -200, "C2"));
    entries.add(Books.payment(6, 2, 1, -600, "C6"));
    books.post(entries);
    PostedLines.Wanted wanted =
        PostedLines.Wanted.on(AccountKind.CASH_CLEARING, books.in(() -> balances.point(null)));
    List<String> names = new ArrayList<>();
    PostedLines.OfReference last = null;
    while (true) {
      PostedLines.OfReference after = last;
      PostedLines.References some = books.in(() -> posted.references(wanted, after, 2));
      assertThat(some.count()).isEqualTo(7);
      assertThat(some.open()).isEqualTo(5);
      assertThat(some.balance()).isEqualTo(Money.ofCents(2000));
      if (some.rows().isEmpty()) {
        break;
      }
      some.rows().forEach(row -> names.add(row.reference()));
      last = some.rows().get(some.rows().size() - 1);
    }
    assertThat(names).containsExactly("C1", "C3", "C4", "C5", "C7", "C2", "C6");
  }

  @Test
  void beforeTheFirstBatchThereIsNothing() {
    Books books = books();
    assertThat(books.in(() -> balances.trial(null)).accounts()).isEmpty();
    assertThat(books.in(() -> balances.since())).isEmpty();
    books.post(List.of(Books.charges(1, 100)));
    Instant first = books.in(() -> balances.since()).orElseThrow();
    Instant before = first.minus(Duration.ofNanos(1000));
    assertThat(books.in(() -> balances.trial(before)).accounts()).isEmpty();
    assertThat(books.in(() -> balances.trial(before)).isBalanced()).isTrue();
    assertThat(books.in(() -> balances.point(first)).batch()).isPositive();
    books.post(List.of(Books.charges(1, 50)));
    Map<AccountKind, List<Money>> history =
        books.in(
            () ->
                balances.history(
                    List.of(AccountKind.INSURANCE_RECEIVABLE, AccountKind.CHARITY),
                    List.of(before, first, Instant.now().plusSeconds(60))));
    assertThat(new TreeMap<>(history))
        .containsExactly(
            Map.entry(
                AccountKind.INSURANCE_RECEIVABLE,
                List.of(Money.ZERO, Money.ofCents(100), Money.ofCents(150))),
            Map.entry(AccountKind.CHARITY, List.of(Money.ZERO, Money.ZERO, Money.ZERO)));
  }

  @Test
  void anEntryIsReadBackAsItWasPosted() {
    Books books = books();
    Random random = new Random(4);
    Entry entry = Books.any(random, CLAIMS);
    books.post(List.of(entry));
    long number = books.in(() -> balances.point(null).entry());
    List<PostedLine> lines = books.in(() -> posted.entry(number));
    assertThat(lines.stream().map(PostedLine::line).toList()).isEqualTo(entry.lines());
    assertThat(lines).allSatisfy(line -> assertThat(line.document()).isEqualTo(entry.document()));
    assertThat(lines).allSatisfy(line -> assertThat(line.day()).isEqualTo(entry.day()));
    books.post(List.of(new Entry(entry.document(), Books.DAY, entry.lines())));
    List<PostedLine> both = books.in(() -> posted.of(entry.document()));
    Set<Long> entries = new HashSet<>();
    both.forEach(line -> entries.add(line.entry()));
    assertThat(entries).hasSize(2);
    assertThat(both).hasSize(2 * entry.lines().size());
  }
}
