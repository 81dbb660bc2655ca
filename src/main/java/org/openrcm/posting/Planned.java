package org.openrcm.posting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What posting a claim payment changes, worked out beforehand. */
record Planned(
    Money paid,
    Money contractual,
    Money refused,
    Money patient,
    Money nextPayer,
    Money insuranceBefore,
    Money insuranceAfter,
    Money patientBefore,
    Money patientAfter,
    @Nullable String outcome,
    boolean held,
    @Nullable UUID claimId) {

  /** Reads what is worked out for a check. */
  @Component
  static class Reader {
    private final JdbcClient sql;

    Reader(JdbcClient sql) {
      this.sql = sql;
    }

    /**
     * Some of the check's, by the claim's place in it.
     *
     * @param number of the check
     * @param after the place behind which to begin
     */
    Map<Integer, Planned> of(long number, int after, int limit, Diffs.Only only) {
      Map<Integer, Planned> planned = new HashMap<>();
      sql.sql(
              """
              select p.ordinal, p.paid_cents, p.contractual_cents,
                p.denied_cents + p.reduced_cents as refused_cents, p.patient_cents,
                p.next_payer_cents, p.insurance_before_cents, p.insurance_after_cents,
                p.patient_before_cents, p.patient_after_cents, p.outcome, p.held, c.id as claim_id
              from payment_posting p left join claim c on c.number = p.claim_number
              where p.remittance_number = ? and p.ordinal > ? and %s
              order by p.ordinal limit ?
              """
                  .formatted(only.where()))
          .params(number, after, limit)
          .query(
              row -> {
                planned.put(
                    row.getInt("ordinal"),
                    new Planned(
                        money(row, "paid_cents"),
                        money(row, "contractual_cents"),
                        money(row, "refused_cents"),
                        money(row, "patient_cents"),
                        money(row, "next_payer_cents"),
                        money(row, "insurance_before_cents"),
                        money(row, "insurance_after_cents"),
                        money(row, "patient_before_cents"),
                        money(row, "patient_after_cents"),
                        row.getString("outcome"),
                        row.getBoolean("held"),
                        row.getObject("claim_id", UUID.class)));
              });
      return planned;
    }

    private static Money money(ResultSet row, String column) throws SQLException {
      return Money.ofCents(row.getLong(column));
    }
  }
}
