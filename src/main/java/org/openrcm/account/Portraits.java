package org.openrcm.account;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads accounts for those who show them elsewhere. It writes no audit rows: they do. */
@Component
public class Portraits {
  private final JdbcClient sql;
  private final CoverageRows coverages;

  Portraits(JdbcClient sql, CoverageRows coverages) {
    this.sql = sql;
    this.coverages = coverages;
  }

  /** By account number; a handful of queries, however many there are. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Portrait> of(Collection<Long> numbers) {
    Map<Long, Map<String, Coverage>> covered = coverages.of(numbers);
    Map<Long, List<Portrait.Billed>> claims = claims(numbers);
    Map<Long, Portrait> portraits = new HashMap<>();
    sql.sql("select * from account where number = any(?)")
        .param(numbers.toArray(Long[]::new))
        .query(
            row -> {
              State state = StateRows.state(row);
              portraits.put(
                  state.number(),
                  Portrait.of(
                      state,
                      CoverageRows.shown(covered.getOrDefault(state.number(), Map.of()).values()),
                      claims.getOrDefault(state.number(), List.of())));
            });
    return portraits;
  }

  private Map<Long, List<Portrait.Billed>> claims(Collection<Long> accounts) {
    Map<Long, List<Portrait.Billed>> claims = new HashMap<>();
    sql.sql(
            """
            select account_number, claim_number, claim_id, patient_id, control
            from account_claim where account_number = any(?) order by on_day desc, claim_number desc
            """)
        .param(accounts.toArray(Long[]::new))
        .query(
            row -> {
              claims
                  .computeIfAbsent(row.getLong(1), key -> new ArrayList<>())
                  .add(
                      new Portrait.Billed(
                          row.getLong(2),
                          Objects.requireNonNull(row.getObject(3, UUID.class)),
                          Objects.requireNonNull(row.getObject(4, UUID.class)),
                          row.getString(5)));
            });
    return claims;
  }
}
