package org.openrcm.report;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Whose claims they are, and where their pages are. */
@Component
class NamedClaims {
  private final JdbcClient sql;

  NamedClaims(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * A claim.
   *
   * @param control CLM01
   * @param account null when it is on none yet
   */
  record Named(UUID id, String control, String patient, UUID patientId, @Nullable UUID account) {

    Table.Cell claim() {
      return Table.Cell.of(control.isEmpty() ? "(no number)" : control).to("/claims/" + id);
    }

    Table.Cell who() {
      Table.Cell cell = Table.Cell.of(patient);
      return account == null ? cell : cell.to("/accounts/" + account);
    }
  }

  /** Of many claims at once, by their number. */
  static final class Found {
    private final Map<Long, Named> claims = new HashMap<>();

    Table.Cell claim(@Nullable Long number) {
      Named named = claims.get(number);
      return named == null ? Table.Cell.of(null) : named.claim();
    }

    Table.Cell who(@Nullable Long number) {
      Named named = claims.get(number);
      return named == null ? Table.Cell.of(null) : named.who();
    }

    Set<UUID> patients() {
      Set<UUID> patients = new LinkedHashSet<>();
      claims.values().forEach(each -> patients.add(each.patientId()));
      return patients;
    }
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public Found of(Collection<Long> numbers) {
    Found found = new Found();
    sql.sql(
            """
            select c.number, c.id, c.patient_control_number, c.patient_name, c.patient_id,
              a.id as account
            from unnest(?::bigint[]) n (number)
            cross join lateral (select * from claim where number = n.number offset 0) c
            left join lateral (
              select account_number from account_claim
              where claim_number = n.number offset 0) o on true
            left join lateral (
              select id from account where number = o.account_number offset 0) a on true
            """)
        .param(numbers.toArray(Long[]::new))
        .query(
            row -> {
              found.claims.put(
                  row.getLong("number"),
                  new Named(
                      Objects.requireNonNull(row.getObject("id", UUID.class)),
                      row.getString("patient_control_number"),
                      row.getString("patient_name"),
                      Objects.requireNonNull(row.getObject("patient_id", UUID.class)),
                      row.getObject("account", UUID.class)));
            });
    return found;
  }
}
