package org.openrcm.fhir;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.ContentId;
import org.openrcm.fhir.ExceptionTasks.Exceptional;
import org.openrcm.money.Money;
import org.openrcm.posting.Trouble;
import org.openrcm.remittance.Identities;
import org.openrcm.remittance.Remittances;
import org.openrcm.remittance.StoredRemittance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tasks as the database has them: exceptions of posting here, entries of the collections queue by
 * {@link StoredEntries}.
 */
@Component
class StoredTasks {
  private static final CodeableConcept CONTROL_NUMBER =
      Elements.concept(Systems.CLAIM_INFORMATION, "patient-control-number");

  private final JdbcClient database;
  private final Remittances remittances;
  private final StoredEntries entries;

  StoredTasks(JdbcClient database, Remittances remittances, StoredEntries entries) {
    this.database = database;
    this.remittances = remittances;
    this.entries = entries;
  }

  /**
   * An exception and what it is about: a claim payment, a claim, or else the check of its row.
   *
   * @param patient of claim or payment
   * @param here whether that Patient can be read here
   * @param control patient control number of the claim
   */
  private record About(
      Exceptional exception,
      @Nullable UUID payment,
      @Nullable UUID claim,
      @Nullable UUID patient,
      boolean here,
      @Nullable String control) {}

  /** The tasks of these rows; a handful of queries, however many there are. */
  void draw(List<Row> rows, Map<String, Drawn> into) {
    if (rows.isEmpty()) {
      return;
    }
    Map<UUID, About> found = find(rows);
    entries.draw(rows.stream().filter(row -> !found.containsKey(row.id())).toList(), into);
    Map<Long, StoredRemittance> checks =
        remittances.remittances(
            rows.stream()
                .filter(row -> isOfCheck(found.get(row.id())))
                .map(Row::set)
                .collect(Collectors.toSet()));
    for (Row row : rows) {
      About about = found.get(row.id());
      if (about != null) {
        UUID patient = about.patient();
        into.put(
            row.reference(),
            new Drawn(
                row,
                ExceptionTasks.of(about.exception(), focus(about, row, checks), patient(about)),
                patient == null ? Set.of() : Set.of(patient)));
      }
    }
  }

  private static boolean isOfCheck(@Nullable About about) {
    return about != null && about.payment() == null && about.claim() == null;
  }

  /** A check in parts is told by its first one. */
  private static Reference focus(About about, Row row, Map<Long, StoredRemittance> checks) {
    if (about.payment() != null) {
      return Elements.reference("ClaimResponse", ContentId.text(about.payment()));
    }
    if (about.claim() != null) {
      return Elements.reference("Claim", ContentId.text(about.claim()));
    }
    return Elements.reference(
        "PaymentReconciliation", Identities.paymentId(Drawing.check(checks, row).remittance(), 1));
  }

  private static @Nullable Reference patient(About about) {
    UUID patient = about.patient();
    if (patient == null) {
      return null;
    }
    if (about.here()) {
      return Elements.reference("Patient", ContentId.text(patient));
    }
    String control = Objects.requireNonNullElse(about.control(), "");
    return new Reference()
        .setType("Patient")
        .setIdentifier(Elements.identifier(null, control).setType(CONTROL_NUMBER));
  }

  private Map<UUID, About> find(List<Row> rows) {
    Map<UUID, About> found = new HashMap<>();
    database
        .sql(
            """
            select x.*, p.id as payment_id, b.id as claim_id,
              coalesce(p.patient_id, b.patient_id) as patient_id, n.id is not null as here,
              coalesce(p.patient_control_number, b.patient_control_number) as control
            from posting_exception x
            left join claim_payment p on x.source = 'PAYMENT'
              and p.remittance_number = x.source_number and p.ordinal = x.source_place
            left join claim b on x.source = 'CLAIM' and b.number = x.source_number
            left join named n on n.kind = 'Patient'
              and n.id = coalesce(p.patient_id, b.patient_id)
            where x.id = any(?)
            """)
        .param(rows.stream().map(Row::id).toArray(UUID[]::new))
        .query(
            row -> {
              About about = about(row);
              found.put(about.exception().id(), about);
            });
    return found;
  }

  private static About about(ResultSet row) throws SQLException {
    return new About(
        new Exceptional(
            Objects.requireNonNull(row.getObject("id", UUID.class)),
            Trouble.valueOf(row.getString("type")),
            Money.ofCents(row.getLong("amount_cents")),
            Objects.requireNonNull(moment(row, "opened_at")),
            Objects.requireNonNull(moment(row, "changed_at")),
            row.getString("state"),
            row.getObject("owner_id", UUID.class),
            row.getString("owner_name"),
            moment(row, "closed_at"),
            row.getString("closed_by"),
            row.getString("note")),
        row.getObject("payment_id", UUID.class),
        row.getObject("claim_id", UUID.class),
        row.getObject("patient_id", UUID.class),
        row.getBoolean("here"),
        row.getString("control"));
  }

  private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
    OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
    return moment == null ? null : moment.toInstant();
  }
}
