package org.openrcm.posting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.ledger.Source;
import org.openrcm.web.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists the practice's exceptions, on record for each patient whose claim is among them. */
@Component
class ExceptionList {
  private static final int FETCH = 1000;
  private static final int PAYERS = 100;

  /** What a row is about is looked up for the rows that are shown. */
  private static final String SELECT =
      """
      select x.*,
        case x.source
          when 'CLAIM' then (select c.patient_control_number from claim c
            where c.number = x.source_number)
          when 'PAYMENT' then (select c.patient_control_number from claim_payment c
            where c.remittance_number = x.source_number and c.ordinal = x.source_place)
          when 'CHECK' then (select r.trace_number from remittance r
            where r.number = x.source_number)
          else (select a.reference from provider_adjustment a
            where a.remittance_number = x.source_number and a.position = x.source_place)
        end as what,
        case when x.source = 'PROVIDER_ADJUSTMENT' then (
          select a.reason from provider_adjustment a
          where a.remittance_number = x.source_number and a.position = x.source_place)
        end as reason,
        case x.source
          when 'CLAIM' then (select c.patient_id from claim c where c.number = x.source_number)
          when 'PAYMENT' then (select c.patient_id from claim_payment c
            where c.remittance_number = x.source_number and c.ordinal = x.source_place)
        end as patient_id
      from (select * from posting_exception %s) x\s""";

  private final JdbcClient sql;
  private final AuditTrail audit;
  private final Clock clock;

  ExceptionList(JdbcClient sql, AuditTrail audit, Clock clock) {
    this.sql = sql;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What a filter finds.
   *
   * @param types figures of each type that there is among what the rest of the filter finds
   * @param count of all that it finds
   * @param cents what is at stake in all of them
   */
  record Found(
      Slice<ExceptionRow> rows, List<OfType> types, long count, long cents, long ofAllTypes) {}

  /** How many there are of a type, and what is at stake in them. */
  record OfType(Trouble type, long count, long cents) {}

  /**
   * A part of what the filter finds.
   *
   * @param sent the search as it was sent, for the record
   */
  @Transactional
  public Found search(ExceptionFilter filter, String sent, int limit) {
    Map<String, Object> values = new HashMap<>();
    String where = filter.where(values, false) + filter.beyond(values);
    List<ExceptionRow> rows =
        sql.sql(SELECT.formatted(where + " " + filter.order() + " limit :limit") + filter.order())
            .params(values)
            .param("limit", limit + 1)
            .query(this::row)
            .list();
    Slice<ExceptionRow> slice = Slice.of(rows, limit, filter::key);
    audit.record(
        Action.QUERY,
        Subject.search(Exceptions.SUBJECT, sent),
        slice.rows().stream().map(ExceptionRow::patient).filter(Objects::nonNull).toList());
    return found(slice, filter);
  }

  private Found found(Slice<ExceptionRow> slice, ExceptionFilter filter) {
    Map<String, Object> values = new HashMap<>();
    List<OfType> types =
        new ArrayList<>(
            sql.sql(
                    "select type, count(*), sum(amount_cents)::bigint from posting_exception "
                        + filter.where(values, true)
                        + " group by type")
                .params(values)
                .query(
                    (row, index) ->
                        new OfType(
                            Trouble.valueOf(row.getString(1)), row.getLong(2), row.getLong(3)))
                .list());
    types.sort((one, other) -> Long.compare(other.cents(), one.cents()));
    long all = types.stream().mapToLong(OfType::count).sum();
    List<OfType> chosen =
        filter.type().isEmpty()
            ? types
            : types.stream().filter(each -> each.type().slug().equals(filter.type())).toList();
    filter
        .trouble()
        .filter(type -> chosen.isEmpty())
        .ifPresent(type -> types.add(new OfType(type, 0, 0)));
    return new Found(
        slice,
        types,
        chosen.stream().mapToLong(OfType::count).sum(),
        chosen.stream().mapToLong(OfType::cents).sum(),
        all);
  }

  /** The payers that there are, as they are named. */
  @Transactional
  public List<String> payers() {
    return sql.sql(
            """
            select payer from posting_exception where payer is not null
            group by payer order by payer limit ?
            """)
        .param(PAYERS)
        .query(String.class)
        .list();
  }

  /** Gives all that the filter finds; that it was copied out is on record for each patient. */
  @Transactional
  public void copy(ExceptionFilter filter, String sent, Consumer<ExceptionRow> each) {
    Map<String, Object> values = new HashMap<>();
    String select = SELECT.formatted(filter.where(values, false));
    audit.record(
        Action.COPY,
        Subject.search(Exceptions.SUBJECT, sent),
        sql.sql("select distinct patient_id from (" + select + ") e where patient_id is not null")
            .params(values)
            .query(UUID.class)
            .list());
    sql.sql(select + filter.order())
        .withFetchSize(FETCH)
        .params(values)
        .query((ResultSet row) -> each.accept(row(row, 0)));
  }

  private ExceptionRow row(ResultSet row, int index) throws SQLException {
    Source source = Source.valueOf(row.getString("source"));
    Instant opened = row.getObject("opened_at", OffsetDateTime.class).toInstant();
    OffsetDateTime closed = row.getObject("closed_at", OffsetDateTime.class);
    return new ExceptionRow(
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        Trouble.valueOf(row.getString("type")),
        kind(source, row.getString("reason")),
        Objects.requireNonNullElse(row.getString("what"), ""),
        row.getString("payer"),
        row.getLong("amount_cents"),
        opened,
        days(opened, closed == null ? clock.instant() : closed.toInstant()),
        Matter.State.valueOf(row.getString("state")),
        row.getObject("owner_id", UUID.class),
        row.getString("owner_name"),
        row.getObject("patient_id", UUID.class));
  }

  /** Whole days, none of them negative when a clock was set back. */
  static long days(Instant from, Instant until) {
    return Math.max(0, Duration.between(from, until).toDays());
  }

  /** What a document is called. */
  static String kind(Source source, @Nullable String reason) {
    return switch (source) {
      case CLAIM -> "Claim";
      case PAYMENT -> "Payment of claim";
      case CHECK -> "Check";
      case PATIENT_PAYMENT -> "Patient payment";
      case REFUND -> "Refund";
      case WRITE_OFF -> "Write-off";
      case PROVIDER_ADJUSTMENT -> "FB".equals(reason) ? "Forward balance" : "Takeback";
    };
  }
}
