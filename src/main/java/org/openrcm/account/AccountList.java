package org.openrcm.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.PatientSearches;
import org.openrcm.audit.Subject;
import org.openrcm.web.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists the practice's accounts with what is owed, on record for each patient who is shown. */
@Component
class AccountList {
  private static final int FETCH = 1000;
  private static final int AT_ONCE = 10_000;

  private static final String OWING =
      """
      with owing as (
        select c.account_number, sum(o.insurance_cents)::bigint as insurance_cents,
          sum(o.patient_cents)::bigint as patient_cents
        from claim_owing o join account_claim c on c.claim_number = o.claim_number
        group by c.account_number)
      """;
  private static final String OF_ALL = "left join owing o on o.account_number = a.number";
  private static final String OF_EACH =
      """
      left join lateral (
        select sum(o.insurance_cents)::bigint as insurance_cents,
          sum(o.patient_cents)::bigint as patient_cents
        from account_claim c join claim_owing o on o.claim_number = c.claim_number
        where c.account_number = a.number) o on true
      """;

  private final JdbcClient sql;
  private final AuditTrail audit;
  private final PatientSearches patients;
  private final Accounts accounts;
  private final Owing owing;

  AccountList(
      JdbcClient sql, AuditTrail audit, PatientSearches patients, Accounts accounts, Owing owing) {
    this.sql = sql;
    this.audit = audit;
    this.patients = patients;
    this.accounts = accounts;
    this.owing = owing;
  }

  /** An account as the list shows it. */
  record Row(
      long number,
      UUID id,
      String name,
      @Nullable LocalDate birthDate,
      long insuranceCents,
      long patientCents,
      @Nullable LocalDate lastService) {}

  /**
   * What a filter finds.
   *
   * @param count of all that it finds, and what is owed on all of them
   */
  record Found(Slice<Row> rows, long count, long insuranceCents, long patientCents) {}

  /**
   * A part of what the filter finds.
   *
   * @param sent the search as it was sent, for the record
   */
  @Transactional
  public Found search(AccountFilter filter, String sent, int limit) {
    owing.catchUp();
    Map<String, Object> values = new HashMap<>();
    String where = filter.where(values, patients.words(filter.patientSearch()));
    Map<String, Object> all = Map.copyOf(values);
    String some = where + filter.beyond(values) + " " + filter.order() + " limit :limit";
    List<Row> rows =
        sql.sql(shown(filter.needsAmounts(), "*", some))
            .params(values)
            .param("limit", limit + 1)
            .query(AccountList::row)
            .list();
    Slice<Row> slice = Slice.of(rows, limit, row -> Long.toString(row.number()));
    if (!slice.isEmpty() || !filter.isAll()) {
      audit.record(
          Action.QUERY,
          Subject.search(Accounts.SUBJECT, sent),
          accounts.patients(slice.rows().stream().map(Row::number).toList()));
    }
    return sql.sql(
            shown(
                true,
                """
                count(*), coalesce(sum(insurance_cents), 0)::bigint,
                  coalesce(sum(patient_cents), 0)::bigint
                """,
                where))
        .params(all)
        .query((row, index) -> new Found(slice, row.getLong(1), row.getLong(2), row.getLong(3)))
        .single();
  }

  private static String shown(boolean ofAll, String what, String where) {
    return """
        %s
        select %s from (
          select a.number, a.id, a.last_name, a.first_name, a.birth_date, a.sort_name, a.seen_on,
            coalesce(o.insurance_cents, 0) as insurance_cents,
            coalesce(o.patient_cents, 0) as patient_cents
          from account a %s) shown
        %s
        """
        .formatted(ofAll ? OWING : "", what, ofAll ? OF_ALL : OF_EACH, where);
  }

  /** Gives all that the filter finds; that it was copied out is on record for each patient. */
  @Transactional
  public void copy(AccountFilter filter, String sent, Consumer<Row> each) {
    owing.catchUp();
    Map<String, Object> values = new HashMap<>();
    String where = filter.where(values, patients.words(filter.patientSearch()));
    record(where, values, sent);
    sql.sql(shown(true, "*", where + " " + filter.order()))
        .withFetchSize(FETCH)
        .params(values)
        .query((ResultSet row) -> each.accept(row(row, 0)));
  }

  private void record(String where, Map<String, Object> values, String sent) {
    long last = 0;
    List<Long> some;
    do {
      some =
          sql.sql(shown(true, "number", where + " and number > :last order by number limit :limit"))
              .params(values)
              .param("last", last)
              .param("limit", AT_ONCE)
              .query(Long.class)
              .list();
      if (!some.isEmpty() || last == 0) {
        audit.record(Action.COPY, Subject.search(Accounts.SUBJECT, sent), accounts.patients(some));
      }
      last = some.isEmpty() ? last : some.get(some.size() - 1);
    } while (some.size() == AT_ONCE);
  }

  private static Row row(ResultSet row, int index) throws SQLException {
    return new Row(
        row.getLong("number"),
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        Naming.lastFirst(row.getString("last_name"), row.getString("first_name")),
        row.getObject("birth_date", LocalDate.class),
        row.getLong("insurance_cents"),
        row.getLong("patient_cents"),
        row.getObject("seen_on", LocalDate.class));
  }
}
