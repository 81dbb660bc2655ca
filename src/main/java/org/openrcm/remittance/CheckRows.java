package org.openrcm.remittance;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Person;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.SetSource;
import org.openrcm.x12.SetEnd;

/** Records of a check as rows that wait to be written, in the columns of {@link StagedTable}. */
final class CheckRows {
  private static final String COVERAGE = "Coverage";

  private final Map<StagedTable, CopyRows> tables = new EnumMap<>(StagedTable.class);
  private final Guard guard;
  private int claims;

  CheckRows(Guard guard) {
    this.guard = guard;
  }

  /** Rows of one table. */
  CopyRows of(StagedTable table) {
    return tables.computeIfAbsent(table, name -> new CopyRows());
  }

  /** How many claims it holds. */
  int claims() {
    return claims;
  }

  boolean isEmpty() {
    return tables.isEmpty();
  }

  void check(Remittance remittance, String id, UUID fileId, String payerId, String payeeId) {
    CopyRows row = of(StagedTable.REMITTANCE);
    SetSource source = remittance.source();
    row.add(id)
        .add(fileId)
        .add(source.file())
        .add(source.fileHash())
        .add(source.sender())
        .add(source.interchangeControl())
        .add(source.groupControl())
        .add(source.setControl())
        .add(source.guide())
        .add(source.occurrence());
    payment(remittance.payment(), row);
    Remittance.Trace trace = remittance.trace();
    row.add(trace.number()).add(trace.originator()).add(trace.supplement());
    Remittance.Currency currency = remittance.currency();
    row.add(currency == null ? null : currency.code())
        .add(currency == null ? null : currency.rate())
        .add(remittance.receiverId())
        .add(remittance.versionId())
        .add(remittance.productionDate())
        .add(payerId)
        .add(payeeId)
        .add(remittance.payer().name())
        .add(remittance.payee().name())
        .add(guard.json(Json.text(remittance.payer())))
        .add(guard.json(Json.text(remittance.payee())))
        .add(Flat.unmapped(guard.unmapped(remittance.unmapped())));
    // its totals are written when it ends
    row.add(0).add(0).add(0).add(0).add(0).add(SetEnd.CUT_OFF.name()).endRow();
    Set<String> parties = new HashSet<>();
    named(NamedWord.ORGANIZATION, payerId, 0, null, parties, parties);
    named(NamedWord.ORGANIZATION, payeeId, 0, null, parties, parties);
    words(NamedWord.of(remittance), parties);
  }

  private void payment(Remittance.Payment payment, CopyRows row) {
    row.add(payment.handling())
        .add(payment.amount())
        .add(payment.creditDebit())
        .add(payment.method())
        .add(payment.format())
        .add(Flat.account(guard.account(payment.originator())))
        .add(payment.originatorId())
        .add(payment.originatorSupplement())
        .add(Flat.account(guard.account(payment.receiver())))
        .add(payment.date());
  }

  void group(int position, ClaimGroup group) {
    of(StagedTable.CLAIM_GROUP)
        .add(position)
        .add(group.number())
        .add(group.provider() == null ? null : Json.text(group.provider()))
        .add(group.inpatient() == null ? null : Json.text(group.inpatient()))
        .endRow();
  }

  void claim(
      ClaimPayment claim,
      String id,
      int groupPosition,
      ClaimParties parties,
      @Nullable String priorClaimNumber) {
    claims++;
    of(StagedTable.CLAIM_PAYMENT)
        .add(claim.ordinal())
        .add(id)
        .add(groupPosition)
        .add(claim.patientControlNumber())
        .add(claim.status())
        .add(claim.charged())
        .add(claim.paid())
        .add(claim.patientResponsibility())
        .add(claim.filingIndicator())
        .add(claim.payerClaimControlNumber())
        .add(claim.facilityType())
        .add(claim.frequency())
        .add(claim.drg())
        .add(claim.drgWeight())
        .add(claim.dischargeFraction())
        .add(Flat.people(guard.people(claim.people())))
        .add(Flat.outcome(claim.inpatient()))
        .add(Flat.outcome(claim.outpatient()))
        .add(Flat.references(guard.references(claim.references())))
        .add(Flat.dates(claim.dates()))
        .add(Flat.contacts(claim.contacts()))
        .add(Flat.amounts(claim.amounts()))
        .add(Flat.quantities(claim.quantities()))
        .add(Flat.unmapped(guard.unmapped(claim.unmapped())))
        .add(claim.segment())
        .add(claim.byteOffset())
        .add(claim.byteLength())
        .add(parties.patientId())
        .add(parties.coverageId())
        .add(priorClaimNumber)
        .endRow();
    adjustments(claim.ordinal(), 0, claim.adjustments());
    List<ServicePayment> lines = claim.lines();
    for (int i = 0; i < lines.size(); i++) {
      line(claim.ordinal(), i + 1, lines.get(i));
    }
  }

  private void line(int claim, int number, ServicePayment line) {
    Procedure procedure = line.procedure();
    of(StagedTable.SERVICE_PAYMENT)
        .add(claim)
        .add(number)
        .add(procedure.qualifier())
        .add(procedure.code())
        .add(Flat.plain(procedure.modifiers()))
        .add(procedure.description())
        .add(line.charged())
        .add(line.paid())
        .add(line.revenueCode())
        .add(line.unitsPaid())
        .add(Flat.procedure(line.submittedProcedure()))
        .add(line.unitsBilled())
        .add(Flat.dates(line.dates()))
        .add(Flat.references(guard.references(line.references())))
        .add(Flat.amounts(line.amounts()))
        .add(Flat.quantities(line.quantities()))
        .add(Flat.remarks(line.remarks()))
        .add(line.segment())
        .endRow();
    adjustments(claim, number, line.adjustments());
  }

  private void adjustments(int claim, int line, List<Adjustment> adjustments) {
    for (int i = 0; i < adjustments.size(); i++) {
      Adjustment adjustment = adjustments.get(i);
      of(StagedTable.ADJUSTMENT)
          .add(claim)
          .add(line)
          .add(i + 1)
          .add(adjustment.group())
          .add(adjustment.carc())
          .add(adjustment.amount())
          .add(adjustment.quantity())
          .add(adjustment.segment())
          .endRow();
    }
  }

  void adjustment(int position, ProviderAdjustment adjustment) {
    of(StagedTable.PROVIDER_ADJUSTMENT)
        .add(position)
        .add(adjustment.provider())
        .add(adjustment.fiscalPeriodEnd())
        .add(adjustment.reason())
        .add(adjustment.reference())
        .add(adjustment.amount())
        .add(adjustment.segment())
        .endRow();
  }

  /**
   * Everybody whom a claim names.
   *
   * @param known ids of those who have a row from this check already; grows
   */
  void named(ClaimPayment claim, ClaimParties parties, Set<String> known) {
    int ordinal = claim.ordinal();
    Set<String> fresh = new HashSet<>();
    String patientId = parties.patientId();
    named(NamedWord.PATIENT, patientId, ordinal, null, known, fresh);
    insured(parties.insured(), ordinal, known, fresh);
    Person rendering = parties.rendering();
    String renderingId = parties.renderingId();
    if (rendering != null && renderingId != null) {
      named(
          rendering.organization() ? NamedWord.ORGANIZATION : NamedWord.PRACTITIONER,
          renderingId,
          ordinal,
          null,
          known,
          fresh);
    }
    named(COVERAGE, parties.coverageId(), ordinal, patientId, known, fresh);
    for (ClaimParties.OtherCoverage other : parties.others()) {
      if (other.payer() != null) {
        named(NamedWord.ORGANIZATION, other.payerId(), ordinal, null, known, fresh);
      }
      insured(other.insured(), ordinal, known, fresh);
      named(COVERAGE, other.id(), ordinal, patientId, known, fresh);
    }
    if (!fresh.isEmpty()) {
      words(NamedWord.of(parties), fresh);
    }
  }

  private void insured(
      ClaimParties.@Nullable Insured insured, int ordinal, Set<String> known, Set<String> fresh) {
    if (insured != null) {
      boolean organization = insured.person().organization();
      String kind = organization ? NamedWord.ORGANIZATION : NamedWord.PATIENT;
      named(kind, insured.id(), ordinal, null, known, fresh);
    }
  }

  private void named(
      String kind,
      String id,
      int ordinal,
      @Nullable String patientId,
      Set<String> known,
      Set<String> fresh) {
    if (known.add(id)) {
      fresh.add(id);
      of(StagedTable.NAMED).add(kind).add(id).add(ordinal).add(patientId).endRow();
    }
  }

  private void words(List<NamedWord> words, Set<String> of) {
    for (NamedWord word : words) {
      if (of.contains(word.id())) {
        of(StagedTable.NAMED_WORD)
            .add(word.kind())
            .add(word.field())
            .add(guard.word(word))
            .add(word.id())
            .add(word.qualifier())
            .endRow();
      }
    }
  }

  /** The PaymentReconciliations that the check makes. */
  void payments(Remittance remittance, int parts) {
    for (int part = 1; part <= parts; part++) {
      of(StagedTable.NAMED)
          .add("PaymentReconciliation")
          .add(Identities.paymentId(remittance, part))
          .add(part)
          .add((String) null)
          .endRow();
    }
  }
}
