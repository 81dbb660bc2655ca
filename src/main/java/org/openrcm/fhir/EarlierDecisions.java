package org.openrcm.fhir;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.ClaimResponse.ItemComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Extension;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Procedure;
import org.openrcm.claim.Claim;
import org.openrcm.claim.Detail;
import org.openrcm.claim.LineDecision;
import org.openrcm.claim.OtherCoverage;
import org.openrcm.claim.Period;
import org.openrcm.claim.ServiceLine;

/**
 * What earlier payers decided about a claim, as the provider tells the next one (loops 2320 and
 * 2430): a ClaimResponse for each of them, to which the claim's insurance refers.
 */
final class EarlierDecisions {
  private static final String DECIDED = "573";

  private EarlierDecisions() {}

  /** The id of this payer's ClaimResponse, or null where it is not said to have decided. */
  static @Nullable String id(BilledView view, BilledCoverage coverage) {
    OtherCoverage other = coverage.other();
    if (other == null || other.payer() == null) {
      return null;
    }
    boolean decided =
        !other.adjustments().isEmpty()
            || !other.amounts().isEmpty()
            || view.claim().lines().stream()
                .anyMatch(line -> line.decisions().stream().anyMatch(one -> isBy(one, coverage)));
    return decided
        ? BilledIds.earlierDecision(view.id(), view.coverages().indexOf(coverage))
        : null;
  }

  private static boolean isBy(LineDecision decision, BilledCoverage coverage) {
    return coverage.payer() != null && decision.payer().equals(coverage.payer().person().id());
  }

  static List<ClaimResponse> of(BilledView view) {
    List<ClaimResponse> responses = new ArrayList<>();
    for (BilledCoverage coverage : view.coverages()) {
      String id = id(view, coverage);
      if (id != null && coverage.other() != null) {
        responses.add(response(view, coverage, coverage.other(), id));
      }
    }
    return responses;
  }

  private static ClaimResponse response(
      BilledView view, BilledCoverage coverage, OtherCoverage other, String id) {
    Claim claim = view.claim();
    ClaimResponse response = new ClaimResponse();
    Source.stamp(response, id, view.source() + claim.segment(), null);
    for (Detail detail : other.details()) {
      response.addExtension(Claims.segment(detail));
    }
    response.setStatus(ClaimResponse.ClaimResponseStatus.ACTIVE);
    response.setType(view.elements().code(Systems.CLAIM_TYPE, view.type()));
    response.setUse(ClaimResponse.Use.CLAIM);
    response.setPatient(view.patient());
    response.setCreatedElement(view.elements().dateTime(decided(claim, coverage, other)));
    if (coverage.payerId() != null) {
      response.setInsurer(Elements.reference("Organization", coverage.payerId()));
    }
    response.setRequestor(view.billing());
    response.setRequest(view.self());
    response.setOutcome(ClaimResponse.RemittanceOutcome.COMPLETE);
    for (int i = 0; i < claim.lines().size(); i++) {
      for (LineDecision decision : claim.lines().get(i).decisions()) {
        if (isBy(decision, coverage)) {
          item(view, decision, response.addItem().setItemSequence(i + 1));
        }
      }
    }
    List<Decision> decisions = new ArrayList<>();
    Decision.adjustments(other.adjustments(), view.amounts(), decisions);
    for (var amount : other.amounts()) {
      // AMT*D is what this payer paid
      CodeableConcept category =
          amount.qualifier().equals("D")
              ? Decision.BENEFIT
              : view.elements().code(Systems.x12(522), amount.qualifier());
      decisions.add(Decision.amount(category, view.amounts().money(amount.amount())));
    }
    decisions.forEach(decision -> decision.toClaimResponse(response.addAdjudication()));
    response.addInsurance().setSequence(1).setFocal(true).setCoverage(coverage.reference());
    return response;
  }

  /** DTP*573 of the payer, otherwise of a line that it decided. */
  private static @Nullable LocalDate decided(
      Claim claim, BilledCoverage coverage, OtherCoverage other) {
    if (other.payer() != null) {
      for (Period period : other.payer().periods()) {
        if (period.qualifier().equals(DECIDED)) {
          return period.start();
        }
      }
    }
    for (ServiceLine line : claim.lines()) {
      for (LineDecision decision : line.decisions()) {
        if (isBy(decision, coverage) && !decision.periods().isEmpty()) {
          return decision.periods().get(0).start();
        }
      }
    }
    return null;
  }

  private static void item(BilledView view, LineDecision from, ItemComponent item) {
    Elements elements = view.elements();
    Procedure procedure = from.procedure();
    if (procedure != null) {
      item.addExtension(Procedures.submitted(procedure, elements));
    }
    if (from.revenueCode() != null) {
      item.addExtension(Source.unmapped("SVD04 " + from.revenueCode()));
    }
    if (from.bundledLine() != null) {
      item.addExtension(Source.unmapped("SVD06 " + from.bundledLine()));
    }
    for (Period period : from.periods()) {
      item.addExtension(Source.unmapped(period(period)));
    }
    List<Decision> decisions = new ArrayList<>();
    decisions.add(Decision.amount(Decision.BENEFIT, view.amounts().money(from.paid())));
    if (from.units() != null) {
      decisions.add(
          new Decision(Decision.ALLOWED_UNITS, null, null, new DecimalType(from.units()), null));
    }
    Decision.adjustments(from.adjustments(), view.amounts(), decisions);
    for (var amount : from.amounts()) {
      decisions.add(
          Decision.amount(
              elements.code(Systems.x12(522), amount.qualifier()),
              view.amounts().money(amount.amount())));
    }
    decisions.forEach(decision -> decision.toClaimResponse(item.addAdjudication()));
  }

  private static String period(Period period) {
    return "DTP*"
        + period.qualifier()
        + "*"
        + period.start()
        + (period.end() == null ? "" : "/" + period.end());
  }

  /** Decisions of a line by payers that the claim does not name: kept, as they have no place. */
  static List<Extension> unclaimed(BilledView view, ServiceLine line) {
    List<Extension> extensions = new ArrayList<>();
    for (LineDecision decision : line.decisions()) {
      boolean named =
          view.coverages().stream()
              .anyMatch(coverage -> id(view, coverage) != null && isBy(decision, coverage));
      if (!named) {
        extensions.add(Source.unmapped("SVD*" + decision.payer() + "*" + decision.paid()));
        for (Adjustment one : decision.adjustments()) {
          extensions.add(
              Source.unmapped("CAS*" + one.group() + "*" + one.carc() + "*" + one.amount()));
        }
      }
    }
    return extensions;
  }
}
