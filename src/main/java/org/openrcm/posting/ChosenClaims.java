package org.openrcm.posting;

import java.util.Locale;
import java.util.UUID;
import org.openrcm.web.Sent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds the claim that somebody chose from a list, or typed the number of. */
@Component
class ChosenClaims {
  private final JdbcClient sql;

  ChosenClaims(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * The claim.
   *
   * @param id as the list has it; empty when none of it was chosen
   * @param number that we or the payer gave it; of several with the same the latest: they are one
   *     bill
   * @throws Refused when nothing was chosen, or there is no such claim
   */
  @Transactional
  public UUID of(String id, String number) {
    String wanted = Sent.text(number);
    if (!id.isEmpty()) {
      try {
        return UUID.fromString(id);
      } catch (IllegalArgumentException e) {
        throw new Refused(Refused.Why.NO_SUCH_CLAIM);
      }
    }
    if (wanted.isEmpty()) {
      throw new Refused(Refused.Why.CLAIM_NEEDED);
    }
    String[] numbers = {wanted, wanted.toUpperCase(Locale.ROOT)};
    return sql.sql(
            """
            select id from (
              select id, number, 1 as way from claim where patient_control_number = any (:numbers)
              union all
              select id, number, 2 from claim where payer_claim_number = any (:numbers)) c
            order by way, number desc limit 1
            """)
        .param("numbers", numbers)
        .query(UUID.class)
        .optional()
        .orElseThrow(() -> new Refused(Refused.Why.NO_SUCH_CLAIM));
  }
}
