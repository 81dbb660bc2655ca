package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.openrcm.money.Money;
import org.openrcm.posting.TestBooks;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds bills against the books: each number on the page is a sum of lines of the journal, which
 * are read here in another way than bills are drawn.
 */
final class TracedBills {
  private static final Set<String> DISCOUNT =
      Set.of("CONTRACTUAL_ADJUSTMENT", "PAYER_REDUCTION", "DENIAL_WRITE_OFF");
  private static final Set<String> DECISIONS = Set.of("PAYMENT", "PROVIDER_ADJUSTMENT");
  private static final Set<String> HELP = Set.of("CHARITY", "SMALL_BALANCE");
  private static final Set<String> BY_PATIENT = Set.of("PATIENT_PAYMENT", "REFUND");

  private final JdbcClient sql;
  private final Paper paper;
  private final Statements statements;
  private final TestBooks books;

  TracedBills(ApplicationContext server, TestBooks books) {
    this.sql = server.getBean(JdbcClient.class);
    this.paper = server.getBean(Paper.class);
    this.statements = server.getBean(Statements.class);
    this.books = books;
  }

  /** A line of the journal that is for a claim. */
  private record Line(long entry, String account, long cents, String source, String code) {
    boolean isShare() {
      return account.equals("PATIENT_RECEIVABLE") && DECISIONS.contains(source);
    }
  }

  /** All that were sent since a number, in their order. */
  List<Content> sentAfter(long number) {
    return books.ask(
        () ->
            sql
                .sql("select id from statement where number > ? order by number")
                .param(number)
                .query(java.util.UUID.class)
                .list()
                .stream()
                .map(id -> statements.find(id).orElseThrow().content())
                .toList());
  }

  /** Of a bill that was just sent: nothing was posted since. */
  void check(Content bill) {
    ReadBill page = ReadBill.of(paper.page(bill));
    List<ReadBill.Seen> seen = page.visits();
    assertThat(seen).as("visits on the page").hasSameSizeAs(bill.visits()).isNotEmpty();
    Set<Money> explained = new HashSet<>();
    Money owed = bill.credit().negated();
    for (int i = 0; i < seen.size(); i++) {
      check(seen.get(i), bill.visits().get(i), explained);
      owed = owed.plus(seen.get(i).owed());
    }
    assertThat(page.owed()).as("owed for all visits, less credit").isEqualTo(owed);
    assertThat(page.onSlip()).as("on the slip").isEqualTo(owed);
    assertThat(bill.credit()).as("credit").isEqualTo(credit(bill.account()));
    if (bill.since() != null) {
      assertThat(bill.since().paid()).as("paid since").isEqualTo(paidSinceTheLast(bill));
      assertThat(bill.since().unbilled())
          .as("bad debt since")
          .isEqualTo(Money.ofCents(Math.max(0, sinceTheLast(bill, "BAD_DEBT").cents())));
    }
    List<Money> changes = page.changes();
    if (!changes.isEmpty()) {
      assertThat(sum(changes.subList(0, changes.size() - 1))).as("since the last").isEqualTo(owed);
      assertThat(changes.get(changes.size() - 1)).isEqualTo(owed);
    }
    explained.addAll(changes);
    explained.addAll(List.of(owed, bill.credit(), Money.ZERO));
    bill.waiting().forEach(visit -> explained.add(visit.charged()));
    assertThat(explained).as("amounts that no entry explains").containsAll(page.all());
  }

  private void check(ReadBill.Seen seen, Content.BilledVisit visit, Set<Money> explained) {
    String name = visit.control();
    // the page alone: it adds up
    assertThat(sum(seen.before())).as("charged less all of %s", name).isEqualTo(seen.share());
    assertThat(seen.share().plus(sum(seen.after()))).as("owed for %s", name).isEqualTo(seen.owed());
    assertThat(sum(seen.reasons())).as("reasons of %s", name).isEqualTo(seen.share());
    for (List<Money> service : seen.services()) {
      assertThat(service.get(0).plus(sum(service.subList(1, 3)))).isEqualTo(service.get(3));
      explained.addAll(service);
    }
    if (!seen.services().isEmpty()) {
      assertThat(sum(seen.services().stream().map(each -> each.get(0)).toList()))
          .isEqualTo(seen.before().get(0));
      assertThat(sum(seen.services().stream().map(each -> each.get(3)).toList()))
          .isEqualTo(seen.share());
    }
    List<Line> lines = lines(visit);
    // the books: each figure is the sum of lines, and names the entries that they are in
    traced("charged", visit.charged(), lines, line -> line.account().equals("REVENUE"), -1);
    traced("discount", visit.discount(), lines, line -> DISCOUNT.contains(line.account()), 1);
    traced(
        "paid",
        visit.paid(),
        lines,
        line -> line.account().equals("PATIENT_RECEIVABLE") && BY_PATIENT.contains(line.source()),
        -1);
    traced("forgiven", visit.forgiven(), lines, line -> HELP.contains(line.account()), 1);
    for (Content.Share share : visit.shares()) {
      traced(
          share.code(),
          share.amount(),
          lines,
          line -> line.isShare() && line.code().equals(share.code()),
          1);
      explained.add(share.amount().amount());
    }
    Money insurers =
        sum(visit.insurers().stream().map(insurer -> insurer.paid().amount()).toList());
    assertThat(insurers)
        .as("insurers for %s", name)
        .isEqualTo(cents(lines, line -> DECISIONS.contains(line.source())).negated());
    assertThat(seen.before().get(0)).isEqualTo(visit.charged().amount());
    assertThat(seen.share()).isEqualTo(cents(lines, Line::isShare));
    assertThat(seen.owed())
        .as("owed for %s by the ledger", name)
        .isEqualTo(cents(lines, line -> line.account().equals("PATIENT_RECEIVABLE")));
    assertThat(seen.owed())
        .as("owed for %s, and what its last payer left to the patient", name)
        .isLessThanOrEqualTo(finalShare(visit));
    explained.addAll(seen.before());
    explained.addAll(seen.after());
    explained.addAll(List.of(seen.share(), seen.owed(), visit.agreed()));
  }

  private static void traced(
      String what, Figure figure, List<Line> lines, Predicate<Line> which, int sign) {
    assertThat(figure.amount().cents()).as(what).isEqualTo(sign * cents(lines, which).cents());
    assertThat(figure.entries())
        .as("entries of %s", what)
        .containsExactlyInAnyOrderElementsOf(
            lines.stream().filter(which).map(Line::entry).distinct().toList());
  }

  private static Money cents(List<Line> lines, Predicate<Line> which) {
    return Money.ofCents(lines.stream().filter(which).mapToLong(Line::cents).sum());
  }

  private static Money sum(List<Money> amounts) {
    return amounts.stream().reduce(Money.ZERO, Money::plus);
  }

  private List<Line> lines(Content.BilledVisit visit) {
    return books.ask(
        () ->
            sql.sql(
                    """
                    select l.entry, l.account, l.amount_cents, e.source, coalesce(l.code, '')
                    from journal_line l join journal_entry e on e.number = l.entry
                    join claim c on c.number = l.claim_number where c.id = ?
                    """)
                .param(visit.claim())
                .query(
                    (row, index) ->
                        new Line(
                            row.getLong(1),
                            row.getString(2),
                            row.getLong(3),
                            row.getString(4),
                            row.getString(5)))
                .list());
  }

  private Money credit(long account) {
    return books.ask(
        () ->
            Money.ofCents(
                sql.sql(
                        """
                        select coalesce(-sum(l.amount_cents), 0)::bigint from journal_line l
                        join patient_payment p on l.reference = 'PP-' || p.number
                        where l.account = 'UNAPPLIED_CREDIT' and p.account_number = ?
                        """)
                    .param(account)
                    .query(Long.class)
                    .single()));
  }

  /** What the patient paid between a bill and the one before it, less what was paid back. */
  private Money paidSinceTheLast(Content bill) {
    return books.ask(
        () ->
            Money.ofCents(
                sql.sql(
                        """
                        select coalesce(-sum(l.amount_cents), 0)::bigint
                        from journal_line l join journal_entry e on e.number = l.entry,
                          (select entry, lag(entry) over (order by number) as before, number
                            from statement where account_number = :account) s
                        where s.number = :bill and l.entry > s.before and l.entry <= s.entry
                          and e.source in ('PATIENT_PAYMENT', 'REFUND')
                          and (l.account = 'PATIENT_RECEIVABLE' and l.claim_number in (
                              select claim_number from account_claim where account_number = :account)
                            or l.account = 'UNAPPLIED_CREDIT' and l.reference in (
                              select 'PP-' || number from patient_payment
                              where account_number = :account))
                        """)
                    .param("account", bill.account())
                    .param("bill", bill.number())
                    .query(Long.class)
                    .single()));
  }

  private Money sinceTheLast(Content bill, String account) {
    return books.ask(
        () ->
            Money.ofCents(
                sql.sql(
                        """
                        select coalesce(sum(l.amount_cents), 0)::bigint from journal_line l,
                          (select entry, lag(entry) over (order by number) as before, number
                            from statement where account_number = :account) s
                        where s.number = :bill and l.entry > s.before and l.entry <= s.entry
                          and l.account = :kind and l.claim_number in (
                            select claim_number from account_claim where account_number = :account)
                        """)
                    .param("account", bill.account())
                    .param("bill", bill.number())
                    .param("kind", account)
                    .query(Long.class)
                    .single()));
  }

  /** What the payer of the highest rank that has a say adjusted to the patient, in its 835. */
  private Money finalShare(Content.BilledVisit visit) {
    TreeMap<Integer, Long> shares = new TreeMap<>();
    List<Integer> standing = new ArrayList<>();
    books.ask(
        () -> {
          sql.sql(
                  """
                  select p.rank, p.outcome = 'APPLIED' and cp.status <> '22' as stands,
                    coalesce((select sum(a.amount_cents) from adjustment a
                      where a.remittance_number = p.remittance_number
                        and a.claim_ordinal = p.ordinal and a.adjustment_group = 'PR'), 0)
                  from payment_posting p join claim c on c.number = p.claim_number
                  join claim_payment cp on cp.remittance_number = p.remittance_number
                    and cp.ordinal = p.ordinal
                  where c.id = ? and p.outcome in ('APPLIED', 'REVERSED')
                  """)
              .param(visit.claim())
              .query(
                  row -> {
                    shares.merge(row.getInt(1), row.getLong(3), Long::sum);
                    if (row.getBoolean(2)) {
                      standing.add(row.getInt(1));
                    }
                  });
          return true;
        });
    int last = standing.stream().mapToInt(Integer::intValue).max().orElseThrow();
    return Money.ofCents(shares.get(last));
  }
}
