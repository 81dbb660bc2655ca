package org.openrcm.fhir;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.ExplanationOfBenefit.ItemComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Procedure;
import org.openrcm.claim.ClaimKind;
import org.openrcm.claim.ServiceLine;
import org.openrcm.money.Money;
import org.openrcm.remittance.ServicePayment;

/** The lines of an EOB by C4BB: what the 835 decided, with what only the 837 tells of each. */
final class BlueButtonItems {
  private final ClaimView view;
  private final Joined joined;
  private final BilledView billed;
  private final Elements elements;
  private final List<BilledView.Carer> team;
  private final ExplanationOfBenefit eob;

  /** Lines for this EOB, whose care team is these people in this order. */
  BlueButtonItems(
      ClaimView view, Joined joined, List<BilledView.Carer> team, ExplanationOfBenefit eob) {
    this.view = view;
    this.joined = joined;
    this.billed = joined.billed();
    this.elements = view.check().elements();
    this.team = team;
    this.eob = eob;
  }

  void add() {
    List<ServicePayment> paid = view.claim().lines();
    for (int i = 0; i < paid.size(); i++) {
      paid(paid.get(i), i);
    }
    if (paid.isEmpty()) {
      billed.claim().lines().forEach(this::billed);
    }
  }

  private void paid(ServicePayment line, int index) {
    ServiceLine known = joined.lines().get(index);
    ItemComponent item = eob.addItem().setSequence(index + 1);
    for (var reference : line.references()) {
      item.addExtension(ExplanationOfBenefits.reference(reference, elements));
    }
    Procedure submitted = line.submittedProcedure();
    if (submitted != null) {
      item.addExtension(Procedures.submitted(submitted, elements));
    }
    Procedure procedure = line.procedure();
    boolean revenueOnly = procedure.qualifier().equals("NU");
    String revenue = revenueOnly ? procedure.code() : line.revenueCode();
    if (revenue == null && known != null) {
      revenue = known.revenueCode();
    }
    if (revenue != null) {
      item.setRevenue(elements.code(Systems.REVENUE, revenue));
    }
    if (revenueOnly && known != null) {
      procedure(known, item);
    } else if (revenueOnly) {
      item.setProductOrService(elements.code(Systems.ABSENT_REASON, "not-applicable"));
    } else {
      item.setProductOrService(Procedures.concept(procedure, elements));
      for (String modifier : procedure.modifiers()) {
        item.addModifier(Procedures.modifier(procedure, modifier, elements));
      }
    }
    Type serviced = ExplanationOfBenefits.serviced(line, elements);
    if (serviced == null && known != null) {
      serviced = ClaimItems.serviced(known, elements);
    }
    serviced(serviced, item);
    var units = line.unitsBilled() == null ? line.unitsPaid() : line.unitsBilled();
    if (units != null) {
      item.setQuantity(Elements.quantity(units));
    }
    asBilled(known, item);
    decisions(view.lineDecisions().get(index), item);
  }

  /** A line that the 835 does not list: what was billed is all that is known of it. */
  private void billed(ServiceLine line) {
    ItemComponent item = eob.addItem();
    item.setSequence(eob.getItem().size());
    if (line.revenueCode() != null) {
      item.setRevenue(elements.code(Systems.REVENUE, line.revenueCode()));
    }
    procedure(line, item);
    serviced(ClaimItems.serviced(line, elements), item);
    if (line.quantity() != null) {
      item.setQuantity(Elements.quantity(line.quantity()));
    }
    asBilled(line, item);
    if (!billed.isInstitutional()) {
      Money charged = view.claim().isReversal() ? line.charged().negated() : line.charged();
      decisions(List.of(Decision.amount(Decision.SUBMITTED, view.check().money(charged))), item);
    }
  }

  private void procedure(ServiceLine line, ItemComponent item) {
    item.setProductOrService(ClaimItems.product(line, elements));
    Procedure procedure = line.procedure();
    if (procedure != null) {
      for (String modifier : procedure.modifiers()) {
        item.addModifier(Procedures.modifier(procedure, modifier, elements));
      }
    }
  }

  /** The line's own days; otherwise the claim's, where that is a single day. */
  private void serviced(@Nullable Type own, ItemComponent item) {
    if (own instanceof Period period
        && period.hasStart()
        && period
            .getStartElement()
            .getValueAsString()
            .equals(period.getEndElement().getValueAsString())) {
      item.setServiced(new DateType(period.getStartElement().getValueAsString()));
    } else if (own != null) {
      item.setServiced(own);
    } else if (billed.period()[0] != null && billed.period()[0].equals(billed.period()[1])) {
      item.setServiced(elements.date(billed.period()[0]));
    }
  }

  /** Place, diagnoses, people and teeth, which only the 837 tells. */
  private void asBilled(@Nullable ServiceLine line, ItemComponent item) {
    if (line == null) {
      String place = billed.claim().facilityType();
      if (place != null && !billed.isInstitutional()) {
        item.setLocation(elements.code(Systems.PLACE_OF_SERVICE, place));
      }
      return;
    }
    CodeableConcept place = ClaimItems.place(billed, line);
    if (place != null) {
      item.setLocation(place);
    }
    int index = billed.claim().lines().indexOf(line);
    for (int sequence = 1; sequence <= team.size(); sequence++) {
      if (ClaimItems.cares(billed, team.get(sequence - 1), index)) {
        item.addCareTeamSequence(sequence);
      }
    }
    for (int pointer : line.diagnosisPointers()) {
      if (eob.getDiagnosis().stream().anyMatch(one -> one.getSequence() == pointer)) {
        item.addDiagnosisSequence(pointer);
      }
    }
    teeth(line, item);
  }

  /** Surfaces are of a tooth: those of none, and those that C4BB has no code for, are left out. */
  private void teeth(ServiceLine line, ItemComponent item) {
    ServiceLine.Dental dental = line.dental();
    if (dental == null || billed.submission().kind() != ClaimKind.DENTAL) {
      return;
    }
    List<CodeableConcept> sites = Teeth.sites(dental, elements);
    if (sites.isEmpty()) {
      return;
    }
    item.setBodySite(sites.get(0));
    for (Info further : Teeth.further(sites, elements)) {
      item.addInformationSequence(further.addTo(eob));
    }
    if (!dental.teeth().isEmpty()) {
      for (CodeableConcept surface : Teeth.surfaces(dental, elements)) {
        if (surface.getCodingFirstRep().getSystem().equals(Systems.C4BB_SURFACE)) {
          item.addSubSite(surface);
        }
      }
    }
  }

  /** C4BB lets professional and dental lines have one remark in its own category. */
  private void decisions(List<Decision> decisions, ItemComponent item) {
    boolean remarked = false;
    for (Decision decision : decisions) {
      boolean remark = decision.category() == Decision.REMARK;
      if (remark && remarked && !billed.isInstitutional()) {
        new Decision(
                elements.code(Systems.CLAIM_INFORMATION, "remark"),
                decision.reason(),
                decision.amount(),
                decision.value(),
                decision.group())
            .toEob(item.addAdjudication());
      } else {
        decision.toEob(item.addAdjudication());
      }
      remarked |= remark;
    }
    if (!billed.isInstitutional()) {
      BlueButtonEobs.status("benefitpaymentstatus", item.addAdjudication());
    }
  }
}
