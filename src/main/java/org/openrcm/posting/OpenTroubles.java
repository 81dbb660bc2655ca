package org.openrcm.posting;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What stands open on the exceptions list, by claim. */
@Component
public class OpenTroubles {
  private final JdbcClient sql;

  OpenTroubles(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * Of these claims: what is open for the claim itself, for any payment under its number, and for
   * what a check took back of it.
   *
   * @param claims their numbers
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Set<Trouble>> of(Collection<Long> claims) {
    Map<Long, Set<Trouble>> troubles = new HashMap<>();
    sql.sql(
            """
            select c.number, x.type from unnest(?::bigint[]) n (number)
            cross join lateral (
              select number, patient_control_number from claim where number = n.number offset 0) c
            cross join lateral (
              select type from posting_exception
              where source_number = c.number and source = 'CLAIM' and state = 'OPEN'
              union
              select e.type from (
                select remittance_number, ordinal from payment_posting
                where family = c.patient_control_number offset 0) p
              cross join lateral (
                select type from posting_exception
                where source_number = p.remittance_number and source = 'PAYMENT'
                  and source_place = p.ordinal and state = 'OPEN' offset 0) e
              union
              select e.type from (
                select entry from journal_line where claim_number = c.number offset 0) l
              cross join lateral (
                select source_number, source_place from journal_entry
                where number = l.entry and source = 'PROVIDER_ADJUSTMENT' offset 0) d
              cross join lateral (
                select type from posting_exception
                where source_number = d.source_number and source = 'PROVIDER_ADJUSTMENT'
                  and source_place = d.source_place and state = 'OPEN' offset 0) e) x
            """)
        .param(claims.toArray(Long[]::new))
        .query(
            row -> {
              troubles
                  .computeIfAbsent(row.getLong(1), key -> EnumSet.noneOf(Trouble.class))
                  .add(Trouble.valueOf(row.getString(2)));
            });
    return troubles;
  }
}
