package org.openrcm.posting;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.web.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists checks by where they are on their way into the books. It shows no patient. */
@Component
class PostingList {
  private static final String SELECT =
      """
      select r.number, r.id, r.trace_number as trace, r.payer_name as payer, p.day,
        p.amount_cents, r.claims, p.state, coalesce(m.mode, 'REVIEW') as mode,
        p.difference_cents, (p.whole and p.postable and p.difference_cents = 0
          and p.unbalanced = 0) as clean, p.postable,
        x.exceptional, x.denied
      from remittance_posting p
      join remittance r on r.number = p.remittance_number
      left join payer_mode m on m.payer = p.payer
      cross join lateral (
        select count(*) filter (where outcome not in ('APPLIED', 'REVERSED')) as exceptional,
          count(*) filter (where denied_cents + reduced_cents <> 0) as denied
        from payment_posting q where q.remittance_number = p.remittance_number) x
      where\s""";

  private final JdbcClient sql;

  PostingList(JdbcClient sql) {
    this.sql = sql;
  }

  /** Which checks to list. */
  enum Which {
    WAITING("Waiting", "p.state in ('WAITING', 'PREPARING', 'POSTING')"),
    HELD("On hold", "p.state = 'HELD'"),
    POSTED("Posted", "p.state in ('POSTED', 'UNDOING')"),
    UNDONE("Undone", "p.state = 'UNDONE'"),
    ALL("All", "true");

    private final String label;
    private final String where;

    Which(String label, String where) {
      this.label = label;
      this.where = where;
    }

    public String label() {
      return label;
    }

    static Which of(String text) {
      for (Which which : values()) {
        if (which.name().equalsIgnoreCase(text)) {
          return which;
        }
      }
      return WAITING;
    }
  }

  /**
   * A check.
   *
   * @param clean balanced and whole
   */
  record Row(
      long number,
      UUID id,
      String trace,
      @Nullable String payer,
      LocalDate day,
      @Nullable Long amountCents,
      int claims,
      Diff.State state,
      Mode mode,
      long differenceCents,
      boolean clean,
      boolean postable,
      int exceptional,
      int denied) {}

  /** How many there are, and what they come to. */
  record Total(long count, long cents) {}

  @Transactional
  Slice<Row> list(Which which, @Nullable Long before, int limit) {
    List<Row> rows =
        sql.sql(SELECT + which.where + " and r.number < ? order by r.number desc limit ?")
            .params(before == null ? Long.MAX_VALUE : before, limit + 1)
            .query(Row.class)
            .list();
    return Slice.of(rows, limit, row -> Long.toString(row.number()));
  }

  @Transactional
  Map<Which, Total> totals() {
    Map<Which, Total> totals = new EnumMap<>(Which.class);
    for (Which which : Which.values()) {
      totals.put(
          which,
          sql.sql(
                  "select count(*), coalesce(sum(amount_cents), 0)::bigint as cents"
                      + " from remittance_posting p where "
                      + which.where)
              .query(Total.class)
              .single());
    }
    return totals;
  }

  /** Checks that can be posted all at once: clean ones of payers whose mode is ONE_CLICK. */
  @Transactional
  List<UUID> oneClick() {
    return sql.sql(
            """
            select r.id from remittance_posting p
            join remittance r on r.number = p.remittance_number
            join payer_mode m on m.payer = p.payer and m.mode in ('ONE_CLICK', 'AUTOMATIC')
            where p.state = 'WAITING' and p.postable and p.whole and p.difference_cents = 0
              and p.unbalanced = 0
            order by r.number
            """)
        .query(UUID.class)
        .list();
  }

  /** A payer and how its checks are posted. */
  record Payer(String payer, String name, Mode mode, long checks, long waiting) {}

  @Transactional
  List<Payer> payers() {
    return sql.sql(
            """
            select p.payer, max(coalesce(r.payer_name, p.payer)) as name,
              coalesce(max(m.mode), 'REVIEW') as mode, count(*) as checks,
              count(*) filter (where p.state = 'WAITING') as waiting
            from remittance_posting p join remittance r on r.number = p.remittance_number
            left join payer_mode m on m.payer = p.payer
            group by p.payer order by 2, 1
            """)
        .query(Payer.class)
        .list();
  }
}
