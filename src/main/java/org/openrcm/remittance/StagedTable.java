package org.openrcm.remittance;

import java.util.Locale;

/**
 * The tables that a load fills. Row-level security refuses COPY, so rows are copied to a temporary
 * table of the connection (same columns but for practice and number of the check) and go from there
 * to the real one in one statement. Emptied by PostgreSQL when the transaction ends.
 */
enum StagedTable {
  REMITTANCE(
      "number",
      """
      id, file_id, file_name, file_hash, sender, interchange_control, group_control, set_control, \
      guide, occurrence, handling, amount_cents, credit_debit, method, format, originator, \
      originator_id, originator_supplement, receiver, payment_date, trace_number, \
      trace_originator, trace_supplement, currency, currency_rate, receiver_id, version_id, \
      production_date, payer_id, payee_id, payer_name, payee_name, payer, payee, unmapped, \
      claims, unread, charged_cents, paid_cents, adjusted_cents, set_end\
      """),
  CLAIM_GROUP("remittance_number", "position, number, provider, inpatient"),
  CLAIM_PAYMENT(
      "remittance_number",
      """
      ordinal, id, group_position, patient_control_number, status, charged_cents, paid_cents, \
      patient_responsibility_cents, filing_indicator, payer_claim_control_number, facility_type, \
      frequency, drg, drg_weight, discharge_fraction, people, inpatient, outpatient, refs, dates, \
      contacts, amounts, quantities, unmapped, segment, byte_offset, byte_length, patient_id, \
      coverage_id, prior_claim_number\
      """),
  SERVICE_PAYMENT(
      "remittance_number",
      """
      claim_ordinal, line, qualifier, code, modifiers, description, charged_cents, paid_cents, \
      revenue_code, units_paid, submitted, units_billed, dates, refs, amounts, quantities, \
      remarks, segment\
      """),
  ADJUSTMENT(
      "remittance_number",
      """
      claim_ordinal, line, position, adjustment_group, carc, amount_cents, quantity, segment\
      """),
  PROVIDER_ADJUSTMENT(
      "remittance_number",
      "position, provider, fiscal_period_end, reason, reference, amount_cents, segment"),
  NAMED("remittance_number", "kind, id, claim_ordinal, patient_id"),
  NAMED_WORD("", "kind, field, word, id, qualifier");

  private final String number;
  private final String columns;

  StagedTable(String number, String columns) {
    this.number = number;
    this.columns = columns;
  }

  private String table() {
    return name().toLowerCase(Locale.ROOT);
  }

  String stage() {
    return "pg_temp.staged_" + table();
  }

  String create() {
    return "create temporary table staged_%s on commit delete rows as select %s from %s with no data"
        .formatted(table(), columns, table());
  }

  String copy() {
    return "copy %s (%s) from stdin".formatted(stage(), columns);
  }

  /** Whether its rows carry the number of the check. */
  boolean isNumbered() {
    return !number.isEmpty();
  }

  /**
   * From the stage to the table; the parameters are the practice and, where rows are numbered, the
   * number of the check.
   *
   * <p>People are named by one check after the other: who is there stays as it is. Their rows go in
   * an order that is the same in every load, so that two loads that name the same people never wait
   * for each other both.
   */
  String insert() {
    String into = "insert into " + table() + " (practice_id, ";
    return switch (this) {
      case NAMED ->
          into
              + "%s, %s) select distinct on (id, kind) ?::uuid, ?::bigint, %s from %s"
                  .formatted(number, columns, columns, stage())
              + " order by id, kind, claim_ordinal on conflict do nothing";
      case NAMED_WORD ->
          into
              + "%s) select ?, %s from %s".formatted(columns, columns, stage())
              + " order by kind, field, word, id, qualifier on conflict do nothing";
      default ->
          into
              + "%s, %s) select ?, ?, %s from %s".formatted(number, columns, columns, stage())
              + (this == REMITTANCE ? " on conflict do nothing" : "");
    };
  }
}
