package org.openrcm.report;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Person;
import org.openrcm.claim.Claim;
import org.openrcm.claim.Claims;
import org.openrcm.claim.Named;
import org.openrcm.claim.OtherCoverage;
import org.openrcm.claim.StoredBill;
import org.openrcm.posting.TestBooks;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the report has to say of any books, worked out apart from it: all lines are read, claim by
 * claim, and the claims as they were sent. Slow, and so simple that it can be believed.
 */
final class PlainScan {
  private static final String RANKS = "PSTABCDEFGH";
  private static final Set<String> DENIED = Set.of("DENIED_PENDING_REVIEW", "DENIAL_WRITE_OFF");
  private static final Set<String> GIVEN_UP =
      Set.of("BAD_DEBT", "CHARITY", "SMALL_BALANCE", "DENIAL_WRITE_OFF");
  private static final Set<String> OPEN =
      Set.of(
          "INSURANCE_RECEIVABLE", "PATIENT_RECEIVABLE", "DENIED_PENDING_REVIEW", "AGENCY_PLACED");

  private final JdbcClient sql;
  private final TestBooks books;
  private final Claims claims;

  private PlainScan(ApplicationContext server, TestBooks books) {
    this.sql = server.getBean(JdbcClient.class);
    this.claims = server.getBean(Claims.class);
    this.books = books;
  }

  private record Line(
      long claim,
      String account,
      @Nullable Integer rank,
      long cents,
      String source,
      long number,
      int place,
      LocalDate day,
      boolean reversal,
      long charged) {}

  /** All rows and all totals, one a line, in order. */
  static List<String> of(ApplicationContext server, TestBooks books) {
    return new PlainScan(server, books).scan();
  }

  /** What the report has. */
  static List<String> kept(ApplicationContext server, TestBooks books) {
    JdbcClient sql = server.getBean(JdbcClient.class);
    return books.ask(
        () ->
            Stream.of(
                    """
                    select concat_ws('|', 'open', claim_number, owes, rank, payer, provider, day,
                      billed_on, cents) from report_open
                    """,
                    """
                    select concat_ws('|', 'decided', claim_number, remittance_number, ordinal, payer,
                      provider, day, charged_cents, denied_cents) from report_decision
                    """,
                    """
                    select concat_ws('|', 'claim', claim_number, payer, provider, day, charged_cents,
                      discount_cents, collected_cents, given_up_cents, open_cents) from report_claim
                    """,
                    """
                    select concat_ws('|', 'open total', clock, grain, owes, payer, provider, day,
                      claims,
                      cents) from report_open_total
                    """,
                    """
                    select concat_ws('|', 'decided total', payer, provider, to_char(month, 'YYYY-MM'),
                      decided, denied, charged_cents, denied_cents) from report_decision_total
                    """,
                    """
                    select concat_ws('|', 'claim total', payer, provider, to_char(month, 'YYYY-MM'),
                      claims, charged_cents, discount_cents, collected_cents, given_up_cents,
                      open_cents) from report_claim_total
                    """)
                .flatMap(each -> sql.sql(each).query(String.class).list().stream())
                .sorted()
                .toList());
  }

  private List<String> scan() {
    Map<Long, List<Line>> lines =
        books.ask(this::lines).stream().collect(Collectors.groupingBy(Line::claim));
    Map<Long, StoredBill> bills = new HashMap<>();
    books.ask(() -> claims.find(ids())).forEach(bill -> bills.put(bill.number(), bill));
    Map<Long, String> billed = billed();
    List<String> found = new ArrayList<>();
    Map<String, long[]> totals = new TreeMap<>();
    lines.forEach((claim, each) -> add(claim, each, bills.get(claim), billed, found, totals));
    totals.forEach(
        (key, sums) ->
            found.add(
                key
                    + "|"
                    + java.util.Arrays.stream(sums)
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining("|"))));
    return found.stream().sorted().toList();
  }

  private List<UUID> ids() {
    return sql.sql("select id from claim").query(UUID.class).list();
  }

  private List<Line> lines() {
    return sql.sql(
            """
            select l.claim_number, l.account, l.rank, l.amount_cents, e.source, e.source_number,
              e.source_place, e.day, coalesce(p.status = '22', false) as reversal,
              coalesce(p.charged_cents, 0) as charged
            from journal_line l join journal_entry e on e.number = l.entry
            left join claim_payment p on e.source = 'PAYMENT'
              and p.remittance_number = e.source_number and p.ordinal = e.source_place
            where l.claim_number is not null
            """)
        .query(
            (row, index) ->
                new Line(
                    row.getLong(1),
                    row.getString(2),
                    row.getObject(3, Integer.class),
                    row.getLong(4),
                    row.getString(5),
                    row.getLong(6),
                    row.getInt(7),
                    Objects.requireNonNull(row.getObject(8, LocalDate.class)),
                    row.getBoolean(9),
                    row.getLong(10)))
        .list();
  }

  private Map<Long, String> billed() {
    Map<Long, String> billed = new HashMap<>();
    books.ask(
        () -> {
          sql.sql(
                  """
                  select v.claim_number, min(s.issued_on)::text from statement_visit v
                  join statement s on s.number = v.statement_number group by v.claim_number
                  """)
              .query(
                  row -> {
                    billed.put(row.getLong(1), row.getString(2));
                  });
          return true;
        });
    return billed;
  }

  private static void add(
      long claim,
      List<Line> lines,
      @Nullable StoredBill bill,
      Map<Long, String> billed,
      List<String> found,
      Map<String, long[]> totals) {
    LocalDate day =
        lines.stream()
            .filter(line -> line.source().equals("CLAIM"))
            .map(Line::day)
            .min(Comparator.naturalOrder())
            .orElseGet(
                () -> lines.stream().map(Line::day).min(Comparator.naturalOrder()).orElseThrow());
    String payer = bill == null ? "" : upper(bill.claim().subscriber().payer().person().lastName());
    String provider = bill == null ? "" : provider(bill.claim());
    long charged = -sum(lines, line -> line.account().equals("REVENUE"));
    long discount = sum(lines, line -> line.account().equals("CONTRACTUAL_ADJUSTMENT"));
    long collected = -sum(lines, line -> true);
    long givenUp = sum(lines, line -> GIVEN_UP.contains(line.account()));
    long open = sum(lines, line -> OPEN.contains(line.account()));
    if (charged != 0 || discount != 0 || collected != 0 || givenUp != 0 || open != 0) {
      String amounts = join(charged, discount, collected, givenUp, open);
      found.add(join("claim", claim, payer, provider, day, amounts));
      plus(
          totals,
          join("claim total", payer, provider, YearMonth.from(day)),
          1,
          charged,
          discount,
          collected,
          givenUp,
          open);
    }
    addOpen(claim, lines, bill, payer, provider, day, billed, found, totals);
    addDecided(claim, lines, bill, payer, provider, found, totals);
  }

  private static void addOpen(
      long claim,
      List<Line> lines,
      @Nullable StoredBill bill,
      String payer,
      String provider,
      LocalDate day,
      Map<Long, String> billed,
      List<String> found,
      Map<String, long[]> totals) {
    Map<String, Long> owing = new TreeMap<>();
    for (Line line : lines) {
      switch (line.account()) {
        case "INSURANCE_RECEIVABLE" ->
            owing.merge("INSURER|" + rank(line), line.cents(), Long::sum);
        case "PATIENT_RECEIVABLE" -> owing.merge("PATIENT|0", line.cents(), Long::sum);
        case "DENIED_PENDING_REVIEW" -> owing.merge("DENIED|0", line.cents(), Long::sum);
        default -> {}
      }
    }
    owing.values().removeIf(cents -> cents == 0);
    owing.forEach(
        (key, cents) -> {
          String owes = key.substring(0, key.indexOf('|'));
          int rank = Integer.parseInt(key.substring(key.indexOf('|') + 1));
          String of = rank == 0 ? payer : insurer(bill, rank);
          String bills =
              owes.equals("PATIENT") ? billed.getOrDefault(claim, "infinity") : "infinity";
          found.add(join("open", claim, owes, rank, of, provider, day, bills, cents));
          plusDay(totals, "SERVICE", owes, of, provider, day.toString(), cents);
          if (owes.equals("PATIENT")) {
            plusDay(totals, "STATEMENT", owes, of, provider, bills, cents);
          }
        });
  }

  private static void plusDay(
      Map<String, long[]> totals,
      String clock,
      String owes,
      String payer,
      String provider,
      String day,
      long cents) {
    String month = day.equals("infinity") ? day : YearMonth.from(LocalDate.parse(day)) + "-01";
    plus(totals, join("open total", clock, "DAY", owes, payer, provider, day), 1, cents);
    plus(totals, join("open total", clock, "MONTH", owes, payer, provider, month), 1, cents);
  }

  private static void addDecided(
      long claim,
      List<Line> lines,
      @Nullable StoredBill bill,
      String payer,
      String provider,
      List<String> found,
      Map<String, long[]> totals) {
    lines.stream()
        .filter(line -> line.source().equals("PAYMENT") && !line.reversal())
        .collect(Collectors.groupingBy(line -> join(line.number(), line.place())))
        .forEach(
            (document, each) -> {
              Map<String, Long> net = new HashMap<>();
              each.forEach(
                  line -> net.merge(line.account() + "|" + line.rank(), line.cents(), Long::sum));
              if (net.values().stream().allMatch(cents -> cents == 0)) {
                return;
              }
              long denied = Math.max(0, sum(each, line -> DENIED.contains(line.account())));
              String of =
                  net.entrySet().stream()
                      .filter(one -> one.getKey().startsWith("INSURANCE") && one.getValue() != 0)
                      .min(Comparator.comparing(Map.Entry<String, Long>::getValue))
                      .map(one -> insurer(bill, Integer.parseInt(one.getKey().split("[|]")[1])))
                      .filter(name -> !name.isEmpty())
                      .orElse(payer);
              LocalDate day =
                  each.stream().map(Line::day).min(Comparator.naturalOrder()).orElseThrow();
              long charged = each.get(0).charged();
              found.add(join("decided", claim, document, of, provider, day, charged, denied));
              plus(
                  totals,
                  join("decided total", of, provider, YearMonth.from(day)),
                  1,
                  denied > 0 ? 1 : 0,
                  charged,
                  denied);
            });
  }

  private interface Which {
    boolean is(Line line);
  }

  private static long sum(List<Line> lines, Which which) {
    return lines.stream().filter(which::is).mapToLong(Line::cents).sum();
  }

  private static int rank(Line line) {
    return line.rank() == null ? 1 : line.rank();
  }

  private static String insurer(@Nullable StoredBill bill, int rank) {
    if (bill == null) {
      return "";
    }
    Claim claim = bill.claim();
    if (rank(claim.subscriber().membership().sequence()) == rank) {
      return upper(claim.subscriber().payer().person().lastName());
    }
    for (OtherCoverage other : claim.otherCoverages()) {
      if (rank(other.membership().sequence()) == rank) {
        Named payer = other.payer();
        return payer == null ? "" : upper(payer.person().lastName());
      }
    }
    return "";
  }

  private static int rank(@Nullable String sequence) {
    int at = sequence == null || sequence.length() != 1 ? -1 : RANKS.indexOf(sequence);
    return at < 0 ? 1 : at + 1;
  }

  private static String provider(Claim claim) {
    Named seen = claim.provider("82") == null ? claim.provider("71") : claim.provider("82");
    Person person = seen == null ? claim.billing().provider().person() : seen.person();
    return Stream.of(person.lastName(), person.firstName())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(", "))
        .toUpperCase(Locale.ROOT);
  }

  private static String upper(@Nullable String name) {
    return name == null ? "" : name.strip().toUpperCase(Locale.ROOT);
  }

  private static void plus(Map<String, long[]> totals, String key, long... numbers) {
    long[] sums = totals.computeIfAbsent(key, each -> new long[numbers.length]);
    for (int i = 0; i < numbers.length; i++) {
      sums[i] += numbers[i];
    }
  }

  private static String join(Object... values) {
    return Stream.of(values).map(Object::toString).collect(Collectors.joining("|"));
  }
}
