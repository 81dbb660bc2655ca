package org.openrcm.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What accounts, claims and references come to, at any moment. A moment means all batches that were
 * posted by then; null means now. Reading joins the caller's transaction.
 */
@Component
public class Balances {
  private final JdbcClient sql;

  Balances(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * How far the books had come.
   *
   * @param batch the last one; 0 before the first
   * @param entry the last one of that batch; 0 before the first
   * @param postedAt when that batch was posted; null before the first
   */
  public record Point(long batch, long entry, @Nullable Instant postedAt) {
    public static final Point START = new Point(0, 0, null);

    /** The earlier of the two. */
    public Point earlier(Point other) {
      return other.batch < batch ? other : this;
    }
  }

  /** What an account comes to; positive is debit. */
  public record Standing(AccountKind account, Money balance, long lines) {

    /** The balance when it is debit, otherwise zero. */
    public Money debit() {
      return balance.isNegative() ? Money.ZERO : balance;
    }

    /** The balance without its sign when it is credit, otherwise zero. */
    public Money credit() {
      return balance.isNegative() ? balance.negated() : Money.ZERO;
    }
  }

  /** All accounts that were ever used, in the order of {@link AccountKind}. */
  public record Trial(Point point, List<Standing> accounts) {

    public Money debit() {
      return accounts.stream().map(Standing::debit).reduce(Money.ZERO, Money::plus);
    }

    public Money credit() {
      return accounts.stream().map(Standing::credit).reduce(Money.ZERO, Money::plus);
    }

    /** Whether debit and credit are equal, as they are after every batch. */
    public boolean isBalanced() {
      return debit().equals(credit());
    }

    public Money on(AccountKind account) {
      return accounts.stream()
          .filter(each -> each.account() == account)
          .map(Standing::balance)
          .findFirst()
          .orElse(Money.ZERO);
    }
  }

  /**
   * What a claim has on an account.
   *
   * @param rank of an insurance receivable; null elsewhere
   */
  public record OfClaim(AccountKind account, @Nullable Integer rank, Money balance) {}

  /** How far the books had come at a moment. */
  @Transactional
  public Point point(@Nullable Instant moment) {
    JdbcClient.StatementSpec query =
        moment == null
            ? sql.sql(
                """
                select number, last_entry, posted_at from journal_batch
                order by number desc limit 1
                """)
            : sql.sql(
                    """
                    select number, last_entry, posted_at from journal_batch where posted_at <= ?
                    order by posted_at desc, number desc limit 1
                    """)
                .param(moment.atOffset(ZoneOffset.UTC));
    return query
        .query((row, index) -> new Point(row.getLong(1), row.getLong(2), instant(row, 3)))
        .optional()
        .orElse(Point.START);
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** When the first batch was posted; empty when none was. */
  @Transactional
  public Optional<Instant> since() {
    return sql.sql("select posted_at from journal_batch order by number limit 1")
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }

  /** All accounts; a row of each account is read, however many lines it has. */
  @Transactional
  public Trial trial(@Nullable Instant moment) {
    Point point = point(moment);
    return new Trial(point, standings(List.of(AccountKind.values()), point));
  }

  /** What an account comes to; zero when it was never used. */
  @Transactional
  public Standing on(AccountKind account, Point point) {
    List<Standing> found = standings(List.of(account), point);
    return found.isEmpty() ? new Standing(account, Money.ZERO, 0) : found.get(0);
  }

  private List<Standing> standings(List<AccountKind> accounts, Point point) {
    Map<AccountKind, Standing> found = new EnumMap<>(AccountKind.class);
    sql.sql(
            """
            select t.account, t.balance_cents, t.lines from unnest(?::text[]) a (account)
            cross join lateral (
              select t.account, t.balance_cents, t.lines from ledger_total t
              where t.account = a.account and t.batch <= ? order by t.batch desc limit 1) t
            """)
        .param(names(accounts))
        .param(point.batch())
        .query(
            row -> {
              AccountKind account = AccountKind.valueOf(row.getString(1));
              Money balance = Money.ofCents(row.getLong(2));
              found.put(account, new Standing(account, balance, row.getLong(3)));
            });
    return List.copyOf(found.values());
  }

  private static String[] names(Collection<AccountKind> accounts) {
    return accounts.stream().map(AccountKind::name).toArray(String[]::new);
  }

  /** What an account came to at each of some moments, in their order. */
  @Transactional
  public Map<AccountKind, List<Money>> history(
      Collection<AccountKind> accounts, List<Instant> moments) {
    Map<AccountKind, Money[]> found = new EnumMap<>(AccountKind.class);
    accounts.forEach(
        account -> {
          Money[] balances = new Money[moments.size()];
          Arrays.fill(balances, Money.ZERO);
          found.put(account, balances);
        });
    sql.sql(
            """
            select m.place, a.account, t.balance_cents
            from unnest(?::timestamptz[]) with ordinality m (moment, place)
            cross join lateral (
              select b.number from journal_batch b where b.posted_at <= m.moment
              order by b.posted_at desc, b.number desc limit 1) b
            cross join unnest(?::text[]) a (account)
            cross join lateral (
              select t.balance_cents from ledger_total t
              where t.account = a.account and t.batch <= b.number
              order by t.batch desc limit 1) t
            """)
        .param(moments.stream().map(Instant::toString).toArray(String[]::new))
        .param(names(accounts))
        .query(
            row -> {
              Money[] balances = found.get(AccountKind.valueOf(row.getString(2)));
              if (balances != null) {
                balances[row.getInt(1) - 1] = Money.ofCents(row.getLong(3));
              }
            });
    Map<AccountKind, List<Money>> history = new EnumMap<>(AccountKind.class);
    found.forEach((account, balances) -> history.put(account, List.of(balances)));
    return history;
  }

  /**
   * What claims have on their accounts, by the claim's number; what comes to zero is left out, and
   * so is a claim that has nothing else.
   */
  @Transactional
  public Map<Long, List<OfClaim>> claims(Collection<Long> numbers, @Nullable Instant moment) {
    Map<Long, List<OfClaim>> found = new HashMap<>();
    sql.sql(
            """
            select claim_number, account, rank, sum(amount_cents)::bigint as cents
            from journal_line where claim_number = any (?) and entry <= ?
            group by claim_number, account, rank having sum(amount_cents) <> 0
            order by claim_number, account, rank
            """)
        .param(numbers.toArray(Long[]::new))
        .param(point(moment).entry())
        .query(
            row -> {
              found
                  .computeIfAbsent(row.getLong(1), claim -> new ArrayList<>())
                  .add(
                      new OfClaim(
                          AccountKind.valueOf(row.getString(2)),
                          row.getObject(3, Integer.class),
                          Money.ofCents(row.getLong(4))));
            });
    return found;
  }

  /** What a reference (a check's number, a takeback's) has on each account where it is not zero. */
  @Transactional
  public Map<AccountKind, Money> reference(String reference, @Nullable Instant moment) {
    Map<AccountKind, Money> found = new EnumMap<>(AccountKind.class);
    sql.sql(
            """
            select account, sum(amount_cents)::bigint as cents
            from journal_line where reference = ? and entry <= ?
            group by account having sum(amount_cents) <> 0
            """)
        .param(reference)
        .param(point(moment).entry())
        .query(
            row -> {
              found.put(AccountKind.valueOf(row.getString(1)), Money.ofCents(row.getLong(2)));
            });
    return found;
  }
}
