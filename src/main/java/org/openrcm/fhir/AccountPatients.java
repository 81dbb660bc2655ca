package org.openrcm.fhir;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.ContentId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who is treated on accounts, by the ids of their Patients. */
@Component
class AccountPatients {
  private static final CodeableConcept CONTROL_NUMBER =
      Elements.concept(Systems.CLAIM_INFORMATION, "patient-control-number");

  private final JdbcClient database;

  AccountPatients(JdbcClient database) {
    this.database = database;
  }

  /**
   * Those of an account.
   *
   * @param all as claims and payments for them name them
   * @param here those of them that can be read here, in order
   * @param control the number of a claim (CLM01); empty for an account without any
   */
  record Treated(Set<UUID> all, Set<UUID> here, String control) {
    static final Treated NOBODY = new Treated(Set.of(), Set.of(), "");

    /**
     * The one whose account it is, where a resource has one: the first that can be read here, else
     * somebody whom a claim's number tells; null for an account without a claim.
     */
    @Nullable Reference subject() {
      if (!here.isEmpty()) {
        return Elements.reference("Patient", ContentId.text(here.iterator().next()));
      }
      return control.isEmpty()
          ? null
          : new Reference()
              .setType("Patient")
              .setIdentifier(Elements.identifier(null, control).setType(CONTROL_NUMBER));
    }
  }

  /** By the number of the account; those without anybody are left out. */
  Map<Long, Treated> of(Collection<Long> accounts) {
    Map<Long, Treated> treated = new HashMap<>();
    database
        .sql(
            """
            select t.account_number, t.patient_id, n.id is not null, t.control from (
              select account_number, patient_id, min(control) as control from account_claim
              where account_number = any(:accounts) group by 1, 2
              union
              select a.account_number, c.patient_id, min(a.control) from account_claim a
              join payment_posting p
                on p.claim_number = a.claim_number and p.outcome in ('APPLIED', 'REVERSED')
              join claim_payment c
                on c.remittance_number = p.remittance_number and c.ordinal = p.ordinal
              where a.account_number = any(:accounts) group by 1, 2) t
            left join named n on n.kind = 'Patient' and n.id = t.patient_id
            order by t.account_number, t.control
            """)
        .param("accounts", accounts.toArray(Long[]::new))
        .query(
            row -> {
              UUID patient = row.getObject(2, UUID.class);
              String control = row.getString(4);
              Treated its =
                  treated.computeIfAbsent(
                      row.getLong(1),
                      number -> new Treated(new HashSet<>(), new TreeSet<>(), control));
              its.all().add(patient);
              if (row.getBoolean(3)) {
                its.here().add(patient);
              }
            });
    return treated;
  }
}
