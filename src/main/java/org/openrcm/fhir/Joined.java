package org.openrcm.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Person;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.Reference;
import org.openrcm.claim.Period;
import org.openrcm.claim.ServiceLine;
import org.openrcm.remittance.ClaimParties;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Party;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.ServicePayment;

/**
 * A claim of an 835 beside the claim of an 837 that it answers.
 *
 * @param coverage whose payer answers
 * @param lines for each line of the 835 the line that it answers, null where none can be told
 * @param people all that the 837 names, by id
 * @param agrees whether the 835 says of patient and coverage nothing but what the 837 says
 */
record Joined(
    BilledView billed,
    BilledCoverage coverage,
    List<@Nullable ServiceLine> lines,
    Map<String, Resource> people,
    boolean agrees) {

  static Joined of(
      Remittance remittance, ClaimPayment payment, ClaimParties parties, BilledView billed) {
    BilledCoverage coverage = coverage(remittance.payer(), billed);
    List<@Nullable ServiceLine> lines = new ArrayList<>(payment.lines().size());
    for (ServicePayment line : payment.lines()) {
      lines.add(answered(line, payment, billed.claim().lines()));
    }
    return new Joined(
        billed,
        coverage,
        lines,
        ClaimResources.people(billed),
        agrees(payment, parties, billed, coverage));
  }

  /** The coverage whose payer the check names; where that cannot be told, the one billed. */
  private static BilledCoverage coverage(Party payer, BilledView billed) {
    List<String> ids = new ArrayList<>();
    if (payer.id() != null) {
      ids.add(payer.id());
    }
    for (Reference reference : payer.references()) {
      ids.add(reference.value());
    }
    BilledCoverage focal = billed.focal();
    if (focal.isOf(payer.name(), ids)) {
      return focal;
    }
    return billed.coverages().stream()
        .filter(coverage -> coverage.isOf(payer.name(), ids))
        .findFirst()
        .orElse(focal);
  }

  /**
   * The line with the same control number (REF*6R, or LX01 where none was sent); otherwise the only
   * one with the same procedure, charge and day; otherwise the only one there is.
   */
  private static @Nullable ServiceLine answered(
      ServicePayment line, ClaimPayment payment, List<ServiceLine> billed) {
    for (Reference reference : line.references()) {
      if (!reference.qualifier().equals("6R")) {
        continue;
      }
      for (ServiceLine candidate : billed) {
        String number = candidate.controlNumber();
        if (reference.value().equals(number == null ? candidate.number() : number)) {
          return candidate;
        }
      }
    }
    List<ServiceLine> alike = billed.stream().filter(one -> isAlike(line, one)).toList();
    if (alike.size() == 1) {
      return alike.get(0);
    }
    return alike.isEmpty() && billed.size() == 1 && payment.lines().size() == 1
        ? billed.get(0)
        : null;
  }

  private static boolean isAlike(ServicePayment paid, ServiceLine billed) {
    Procedure submitted =
        paid.submittedProcedure() == null ? paid.procedure() : paid.submittedProcedure();
    String code = billed.procedure() == null ? billed.revenueCode() : billed.procedure().code();
    if (!submitted.code().equals(code)
        || Math.abs(paid.charged().cents()) != billed.charged().cents()) {
      return false;
    }
    var day = ClaimView.date(paid.dates(), "472");
    Period served = billed.period("472");
    return day == null || served == null || day.equals(served.start());
  }

  private static boolean agrees(
      ClaimPayment payment, ClaimParties parties, BilledView billed, BilledCoverage coverage) {
    Person told = parties.patient();
    Person known = billed.claim().treated().person();
    String number = coverage.memberNumber();
    ClaimParties.Insured insured = parties.insured();
    String filing = payment.filingIndicator();
    return parties.corrected() == null
        && isKnown(told.lastName(), known.lastName())
        && isKnown(told.firstName(), known.firstName())
        && isKnown(told.middleName(), known.middleName())
        && isKnown(told.suffix(), known.suffix())
        && isKnown(told.id(), known.id() == null ? number : known.id())
        && isKnown(parties.memberId(), number)
        && (insured == null || (insured.corrected() == null && coverage.subscriber() != null))
        && (insured == null
            || coverage.subscriber() == null
            || isSaid(insured.person(), coverage.subscriber().person()))
        && isKnown(filing, coverage.membership().filingIndicator());
  }

  private static boolean isSaid(Person told, Person known) {
    return isKnown(told.lastName(), known.lastName())
        && isKnown(told.firstName(), known.firstName())
        && isKnown(told.middleName(), known.middleName());
  }

  /** Whether it says nothing, or only what is known. */
  private static boolean isKnown(@Nullable String told, @Nullable String known) {
    return told == null || told.equalsIgnoreCase(known);
  }
}
