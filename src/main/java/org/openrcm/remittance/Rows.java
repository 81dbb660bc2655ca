package org.openrcm.remittance;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.SetSource;
import org.openrcm.money.Money;
import org.openrcm.x12.SetEnd;

/** Records from rows: what {@link CheckRows} wrote, read back. */
final class Rows {
  private Rows() {}

  static StoredRemittance remittance(ResultSet row, Guard guard) throws SQLException {
    RemittanceHandler.Totals totals =
        new RemittanceHandler.Totals(
            row.getInt("claims"),
            row.getInt("unread"),
            Money.ofCents(row.getLong("charged_cents")),
            Money.ofCents(row.getLong("paid_cents")),
            Money.ofCents(row.getLong("adjusted_cents")),
            SetEnd.valueOf(row.getString("set_end")),
            Flat.unmapped(list(row, "unmapped_outside")));
    String currency = row.getString("currency");
    Remittance remittance =
        new Remittance(
            source(row),
            payment(row, guard),
            new Remittance.Trace(
                row.getString("trace_number"),
                row.getString("trace_originator"),
                row.getString("trace_supplement")),
            currency == null
                ? null
                : new Remittance.Currency(currency, row.getString("currency_rate")),
            row.getString("receiver_id"),
            row.getString("version_id"),
            date(row, "production_date"),
            Json.read(guard.json(row.getString("payer")), Party.class),
            Json.read(guard.json(row.getString("payee")), Party.class),
            guard.unmapped(Flat.unmapped(list(row, "unmapped"))));
    return new StoredRemittance(
        row.getLong("number"),
        uuid(row, "id"),
        row.getObject("loaded_at", OffsetDateTime.class).toInstant(),
        uuid(row, "file_id"),
        remittance,
        totals);
  }

  private static SetSource source(ResultSet row) throws SQLException {
    return new SetSource(
        row.getString("file_name"),
        row.getString("file_hash"),
        row.getString("sender"),
        row.getString("interchange_control"),
        row.getString("group_control"),
        row.getString("set_control"),
        row.getString("guide"),
        row.getInt("occurrence"));
  }

  private static Remittance.Payment payment(ResultSet row, Guard guard) throws SQLException {
    return new Remittance.Payment(
        row.getString("handling"),
        money(row, "amount_cents"),
        row.getString("credit_debit"),
        row.getString("method"),
        row.getString("format"),
        guard.account(Flat.account(list(row, "originator"))),
        row.getString("originator_id"),
        row.getString("originator_supplement"),
        guard.account(Flat.account(list(row, "receiver"))),
        date(row, "payment_date"));
  }

  static ClaimGroup group(ResultSet row) throws SQLException {
    String provider = row.getString("provider");
    String inpatient = row.getString("inpatient");
    return new ClaimGroup(
        row.getString("number"),
        provider == null ? null : Json.read(provider, ClaimGroup.ProviderTotals.class),
        inpatient == null ? null : Json.read(inpatient, ClaimGroup.InpatientTotals.class));
  }

  static StoredClaim claim(
      ResultSet row,
      ClaimGroup group,
      List<Adjustment> adjustments,
      List<ServicePayment> lines,
      Guard guard)
      throws SQLException {
    ClaimPayment claim =
        new ClaimPayment(
            group,
            row.getString("patient_control_number"),
            row.getString("status"),
            Money.ofCents(row.getLong("charged_cents")),
            Money.ofCents(row.getLong("paid_cents")),
            money(row, "patient_responsibility_cents"),
            row.getString("filing_indicator"),
            row.getString("payer_claim_control_number"),
            row.getString("facility_type"),
            row.getString("frequency"),
            row.getString("drg"),
            row.getBigDecimal("drg_weight"),
            row.getBigDecimal("discharge_fraction"),
            adjustments,
            guard.people(Flat.people(list(row, "people"))),
            Flat.outcome(list(row, "inpatient")),
            Flat.outcome(list(row, "outpatient")),
            guard.references(Flat.references(list(row, "refs"))),
            Flat.dates(list(row, "dates")),
            Flat.contacts(list(row, "contacts")),
            Flat.amounts(list(row, "amounts")),
            Flat.quantities(list(row, "quantities")),
            lines,
            guard.unmapped(Flat.unmapped(list(row, "unmapped"))),
            row.getInt("ordinal"),
            row.getLong("segment"),
            row.getLong("byte_offset"),
            row.getLong("byte_length"));
    return new StoredClaim(
        new ClaimKey(row.getLong("remittance_number"), row.getInt("ordinal")),
        uuid(row, "id"),
        uuid(row, "patient_id"),
        uuid(row, "coverage_id"),
        row.getString("prior_claim_number"),
        claim);
  }

  static ServicePayment line(ResultSet row, List<Adjustment> adjustments, Guard guard)
      throws SQLException {
    return new ServicePayment(
        new Procedure(
            row.getString("qualifier"),
            row.getString("code"),
            Flat.plain(list(row, "modifiers")),
            row.getString("description")),
        Money.ofCents(row.getLong("charged_cents")),
        Money.ofCents(row.getLong("paid_cents")),
        row.getString("revenue_code"),
        row.getBigDecimal("units_paid"),
        Flat.procedure(list(row, "submitted")),
        row.getBigDecimal("units_billed"),
        Flat.dates(list(row, "dates")),
        adjustments,
        guard.references(Flat.references(list(row, "refs"))),
        Flat.amounts(list(row, "amounts")),
        Flat.quantities(list(row, "quantities")),
        Flat.remarks(list(row, "remarks")),
        row.getLong("segment"));
  }

  static Adjustment adjustment(ResultSet row) throws SQLException {
    return new Adjustment(
        row.getString("adjustment_group"),
        row.getString("carc"),
        Money.ofCents(row.getLong("amount_cents")),
        row.getBigDecimal("quantity"),
        row.getLong("segment"));
  }

  static ProviderAdjustment providerAdjustment(ResultSet row) throws SQLException {
    return new ProviderAdjustment(
        row.getString("provider"),
        date(row, "fiscal_period_end"),
        row.getString("reason"),
        row.getString("reference"),
        Money.ofCents(row.getLong("amount_cents")),
        row.getLong("segment"));
  }

  static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  static @Nullable LocalDate date(ResultSet row, String column) throws SQLException {
    return row.getObject(column, LocalDate.class);
  }

  static @Nullable Money money(ResultSet row, String column) throws SQLException {
    long cents = row.getLong(column);
    return row.wasNull() ? null : Money.ofCents(cents);
  }

  private static String @Nullable [] list(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    return array == null ? null : (String[]) array.getArray();
  }
}
