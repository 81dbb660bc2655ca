package org.openrcm.report;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The report as of one moment: whatever is posted while it is read, its figures fit together. Lists
 * are on record for each patient who is shown.
 */
@Component
class Reports {
  static final String SUBJECT = "Report";

  private static final int AT_ONCE = 1000;

  private final JdbcClient sql;
  private final Totals totals;
  private final AuditTrail audit;
  private final Clock clock;
  private final List<Figure.Reader> figures;
  private final Map<String, Listing> listings = new LinkedHashMap<>();

  Reports(
      JdbcClient sql,
      Totals totals,
      AuditTrail audit,
      Clock clock,
      List<Figure.Reader> figures,
      List<Listing> listings) {
    this.sql = sql;
    this.totals = totals;
    this.audit = audit;
    this.clock = clock;
    this.figures = figures;
    listings.forEach(each -> this.listings.put(each.heading().name(), each));
  }

  /**
   * The whole page.
   *
   * @param payers those that any claim names, {@code providers} likewise
   */
  record Report(Moment moment, List<Shown> figures, List<Choice> payers, List<Choice> providers) {

    /** Whether there is nothing to report on. */
    public boolean isEmpty() {
      return moment.entry() == 0;
    }
  }

  /** What can be chosen: as addresses have it, and in words. */
  record Choice(String value, String words) {}

  /** A figure under its heading. */
  record Shown(Listing.Heading heading, Figure figure) {}

  @Transactional(isolation = Isolation.REPEATABLE_READ)
  public Report read(ReportFilter filter) {
    Moment moment = moment();
    return new Report(
        moment,
        figures.stream().map(each -> new Shown(each.heading(), each.read(filter, moment))).toList(),
        choices("payer", Words::payer),
        choices("provider", Words::provider));
  }

  private List<Choice> choices(String column, UnaryOperator<String> words) {
    return sql
        .sql("select distinct %1$s from report_claim_total order by %1$s".formatted(column))
        .query(String.class)
        .list()
        .stream()
        .map(key -> new Choice(ReportFilter.sent(key), words.apply(key)))
        .toList();
  }

  private Moment moment() {
    long entry = totals.entry();
    Instant postedAt =
        sql.sql(
                """
                select b.posted_at from journal_entry e join journal_batch b on b.number = e.batch
                where e.number = ?
                """)
            .param(entry)
            .query(OffsetDateTime.class)
            .optional()
            .map(OffsetDateTime::toInstant)
            .orElse(null);
    return new Moment(
        entry,
        postedAt,
        totals.behind(),
        LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault()));
  }

  /**
   * The list of this name.
   *
   * @throws NoSuchElementException when there is none
   */
  Listing listing(String name) {
    Listing listing = listings.get(name);
    if (listing == null) {
      throw new NoSuchElementException("no such list");
    }
    return listing;
  }

  /** A part of a list; {@code sent} is the search for the record. */
  @Transactional(isolation = Isolation.REPEATABLE_READ)
  public Listing.Part part(Listing listing, ReportFilter filter, String sent, int limit) {
    Listing.Part part = listing.part(filter, moment(), limit);
    audit.record(Action.QUERY, Subject.search(SUBJECT, sent), part.patients());
    return part;
  }

  /** Gives a list whole, in parts; that it was copied out is on record. */
  @Transactional(isolation = Isolation.REPEATABLE_READ)
  public void copy(Listing listing, ReportFilter filter, String sent, Consumer<Table> each) {
    Moment moment = moment();
    ReportFilter next = filter;
    while (true) {
      Listing.Part part = listing.part(next, moment, AT_ONCE);
      audit.record(Action.COPY, Subject.search(SUBJECT, sent), part.patients());
      each.accept(part.table());
      if (part.next() == null) {
        return;
      }
      next = filter.after(part.next());
    }
  }
}
