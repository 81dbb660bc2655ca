package org.openrcm.posting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.claim.Claims;
import org.openrcm.claim.StoredBill;
import org.openrcm.remittance.ClaimKey;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Remittances;
import org.openrcm.remittance.StoredClaim;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads families: the claims of one number (CLM01) with all claim payments that are for any of
 * them; or the payments of a number (CLP01) that no claim has.
 */
@Component
class Families {
  /**
   * Of some rows of payment_posting. The offsets have PostgreSQL go from each of them by an index:
   * of a practice that is new to its statistics it would read whole tables for every row. Under
   * row-level security an index is not reached by what coalesce answers, only by a column.
   */
  private static final String ROWS =
      """
      select p.remittance_number, p.ordinal, p.held, p.ruling, p.chosen_claim,
        w.written_off,
        one.claim,
        coalesce(c.patient_control_number, cp.patient_control_number) as family
      from (%s) p
      cross join lateral (
        select patient_control_number from claim_payment
        where remittance_number = p.remittance_number and ordinal = p.ordinal offset 0) cp
      left join lateral (
        select claim_number from claim_event
        where claim_payment_id = p.claim_payment_id offset 0) e on true
      cross join lateral (
        select coalesce(p.chosen_claim, e.claim_number) as claim offset 0) one
      left join lateral (
        select patient_control_number from claim where number = one.claim offset 0) c on true
      cross join lateral (
        select coalesce(array_agg(concat_ws(' ', claim_number, segment, code)), '{}') as written_off
        from denial_write_off
        where remittance_number = p.remittance_number and ordinal = p.ordinal) w
      """;

  private final JdbcClient sql;
  private final Claims claims;
  private final Remittances remittances;

  Families(JdbcClient sql, Claims claims, Remittances remittances) {
    this.sql = sql;
    this.claims = claims;
    this.remittances = remittances;
  }

  /** The claims of a number and what was decided of them. */
  record Family(List<Bill> bills, List<Decided> payments) {}

  /**
   * What was read.
   *
   * @param posted numbers of the checks that are posted
   * @param waiting numbers of the checks that are not and could be
   * @param elsewhere families to which payments belong now that were of these before
   */
  record Read(
      Map<String, Family> families, Set<Long> posted, Set<Long> waiting, Set<String> elsewhere) {}

  private record Row(
      ClaimKey key,
      String family,
      @Nullable Long claim,
      boolean chosen,
      boolean held,
      boolean asSent,
      Set<Refusal> writtenOff) {}

  private record CheckRow(Check check, String state, boolean postable) {}

  Read read(Collection<String> wanted) {
    Set<String> names = new HashSet<>(wanted);
    Map<String, Family> families = new LinkedHashMap<>();
    names.stream()
        .sorted()
        .forEach(name -> families.put(name, new Family(new ArrayList<>(), new ArrayList<>())));
    List<Long> numbers = new ArrayList<>();
    for (StoredBill stored : claims.ofControlNumbers(names)) {
      Bill bill = Bill.of(stored);
      numbers.add(bill.number());
      Objects.requireNonNull(families.get(bill.control())).bills().add(bill);
    }
    Map<ClaimKey, Row> rows = rows(names, numbers);
    Set<String> elsewhere = new HashSet<>();
    rows.values().removeIf(row -> !names.contains(row.family()) && elsewhere.add(row.family()));
    rows.values().removeIf(row -> !names.contains(row.family()));
    Map<Long, CheckRow> checks = checks(rows.keySet());
    for (StoredClaim stored : remittances.claims(rows.keySet())) {
      Row row = Objects.requireNonNull(rows.get(stored.key()));
      CheckRow check = checks.get(stored.key().remittanceNumber());
      if (check != null) {
        Objects.requireNonNull(families.get(row.family()))
            .payments()
            .add(decided(row, stored.id(), stored.claim(), check.check()));
      }
    }
    Set<Long> posted = new HashSet<>();
    Set<Long> waiting = new HashSet<>();
    checks.forEach(
        (number, check) -> {
          if (check.state().equals("POSTED")) {
            posted.add(number);
          } else if (check.postable()) {
            waiting.add(number);
          }
        });
    return new Read(families, posted, waiting, elsewhere);
  }

  private static Decided decided(Row row, UUID id, ClaimPayment payment, Check check) {
    return new Decided(
        row.key(),
        id,
        payment,
        check,
        row.claim(),
        row.chosen(),
        row.held(),
        row.asSent(),
        row.writtenOff());
  }

  private Map<ClaimKey, Row> rows(Set<String> names, List<Long> numbers) {
    Map<ClaimKey, Row> rows = new HashMap<>();
    sql.sql(ROWS.formatted("select * from payment_posting where family = any (?)"))
        .param(names.toArray(String[]::new))
        .query(Families::row)
        .list()
        .forEach(row -> rows.put(row.key(), row));
    if (!numbers.isEmpty()) {
      sql.sql(
              ROWS.formatted(
                  """
                  select p.* from claim_event e cross join lateral (
                    select * from payment_posting
                    where claim_payment_id = e.claim_payment_id offset 0) p
                  where e.claim_number = any (?)
                  """))
          .param(numbers.toArray(Long[]::new))
          .query(Families::row)
          .list()
          .forEach(row -> rows.put(row.key(), row));
    }
    return rows;
  }

  private static Row row(ResultSet row, int index) throws SQLException {
    return new Row(
        new ClaimKey(row.getLong("remittance_number"), row.getInt("ordinal")),
        row.getString("family"),
        row.getObject("claim", Long.class),
        row.getObject("chosen_claim") != null,
        row.getBoolean("held"),
        "AS_SENT".equals(row.getString("ruling")),
        Refusal.all((String[]) row.getArray("written_off").getArray()));
  }

  private Map<Long, CheckRow> checks(Set<ClaimKey> keys) {
    Map<Long, CheckRow> checks = new HashMap<>();
    sql.sql(
            """
            select r.number, r.id, r.trace_number, r.payer_name, p.payer, p.day, p.state, p.postable
            from remittance r join remittance_posting p on p.remittance_number = r.number
            where r.number = any (?)
            """)
        .param(keys.stream().map(ClaimKey::remittanceNumber).distinct().toArray(Long[]::new))
        .query(
            row -> {
              checks.put(
                  row.getLong("number"),
                  new CheckRow(check(row), row.getString("state"), row.getBoolean("postable")));
            });
    return checks;
  }

  static Check check(ResultSet row) throws SQLException {
    return new Check(
        row.getLong("number"),
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        Objects.requireNonNull(row.getObject("day", LocalDate.class)),
        row.getString("trace_number"),
        row.getString("payer"),
        row.getString("payer_name"));
  }
}
