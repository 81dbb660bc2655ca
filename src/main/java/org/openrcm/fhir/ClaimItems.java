package org.openrcm.fhir;

import java.math.BigDecimal;
import java.util.List;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.Claim.ItemComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Procedure;
import org.openrcm.claim.ClaimReference;
import org.openrcm.claim.Detail;
import org.openrcm.claim.Period;
import org.openrcm.claim.ServiceLine;

/** Service lines of an 837 (loop 2400) as items of a FHIR Claim. */
final class ClaimItems {
  private ClaimItems() {}

  static void add(BilledView view, int index, Claim claim) {
    ServiceLine line = view.claim().lines().get(index);
    Elements elements = view.elements();
    ItemComponent item = claim.addItem();
    item.setSequence(index + 1);
    extensions(view, line, index, item);
    careTeam(view, index, item);
    diagnoses(view, line, item);
    for (Info info : BilledInfo.ofLine(view, line)) {
      item.addInformationSequence(info.addTo(claim));
    }
    if (line.revenueCode() != null) {
      item.setRevenue(elements.code(Systems.REVENUE, line.revenueCode()));
    }
    item.setProductOrService(product(line, elements));
    Procedure procedure = line.procedure();
    if (procedure != null) {
      for (String modifier : procedure.modifiers()) {
        item.addModifier(Procedures.modifier(procedure, modifier, elements));
      }
    }
    Type serviced = serviced(line, elements);
    if (serviced != null) {
      item.setServiced(serviced);
    }
    CodeableConcept place = place(view, line);
    if (place != null) {
      item.setLocation(place);
    }
    quantity(view, line, item);
    item.setNet(view.amounts().money(line.charged()));
    teeth(line, elements, claim, item);
    drug(line, elements, item);
  }

  private static void extensions(BilledView view, ServiceLine line, int index, ItemComponent item) {
    for (ClaimReference reference : line.references()) {
      item.addExtension(Claims.reference(reference, view.elements()));
    }
    if (!line.number().equals(Integer.toString(index + 1))) {
      item.addExtension(Source.unmapped("LX*" + line.number()));
    }
    for (Detail detail : line.details()) {
      item.addExtension(Claims.segment(detail));
    }
    for (Detail form : line.forms()) {
      item.addExtension(Claims.segment(form));
    }
    EarlierDecisions.unclaimed(view, line).forEach(item::addExtension);
  }

  /** Those named for the line, and those of the claim whose part nobody else plays here. */
  private static void careTeam(BilledView view, int index, ItemComponent item) {
    for (int sequence = 1; sequence <= view.team().size(); sequence++) {
      if (cares(view, view.team().get(sequence - 1), index)) {
        item.addCareTeamSequence(sequence);
      }
    }
  }

  static boolean cares(BilledView view, BilledView.Carer carer, int index) {
    return carer.line() == index
        || (carer.line() < 0
            && view.team().stream()
                .noneMatch(other -> other.line() == index && other.role().equals(carer.role())));
  }

  /** Pointers count the diagnoses as the claim lists them, as its sequences do. */
  private static void diagnoses(BilledView view, ServiceLine line, ItemComponent item) {
    long known =
        view.claim().codes().stream().filter(org.openrcm.claim.HealthCode::isDiagnosis).count();
    for (int pointer : line.diagnosisPointers()) {
      if (pointer >= 1 && pointer <= known) {
        item.addDiagnosisSequence(pointer);
      } else {
        // it points nowhere, which FHIR cannot say
        item.addExtension(Source.unmapped("pointer " + pointer));
      }
    }
  }

  /** What was done; a line with a revenue code only says no more than that. */
  static CodeableConcept product(ServiceLine line, Elements elements) {
    Procedure procedure = line.procedure();
    return procedure == null
        ? elements.code(Systems.ABSENT_REASON, "not-applicable")
        : Procedures.concept(procedure, elements);
  }

  static @Nullable Type serviced(ServiceLine line, Elements elements) {
    Period served = line.period("472");
    if (served == null || served.start() == null) {
      return null;
    }
    if (served.end() == null || served.end().equals(served.start())) {
      return elements.date(served.start());
    }
    return Claims.period(elements, served.start(), served.end());
  }

  /** Place of service of the line, otherwise of the claim; null for institutional claims. */
  static @Nullable CodeableConcept place(BilledView view, ServiceLine line) {
    String code = line.facilityType() == null ? view.claim().facilityType() : line.facilityType();
    return code == null || view.isInstitutional()
        ? null
        : view.elements().code(Systems.PLACE_OF_SERVICE, code);
  }

  private static void quantity(BilledView view, ServiceLine line, ItemComponent item) {
    if (line.quantity() == null) {
      return;
    }
    Quantity quantity = Elements.quantity(line.quantity());
    if (line.unit() != null) {
      quantity.setSystem(Systems.x12(355)).setCode(line.unit());
    }
    item.setQuantity(quantity);
    BigDecimal price = Claims.unitPrice(line.charged().toDecimal(), line.quantity());
    if (price != null) {
      var cents = org.openrcm.money.Money.ofCents(price.movePointRight(2).longValueExact());
      item.setUnitPrice(view.amounts().money(cents));
    }
  }

  /** The first tooth or area is the body site; others are supporting information. */
  private static void teeth(ServiceLine line, Elements elements, Claim claim, ItemComponent item) {
    ServiceLine.Dental dental = line.dental();
    if (dental == null) {
      return;
    }
    List<CodeableConcept> sites = Teeth.sites(dental, elements);
    if (!sites.isEmpty()) {
      item.setBodySite(sites.get(0));
    }
    for (Info further : Teeth.further(sites, elements)) {
      item.addInformationSequence(further.addTo(claim));
    }
    Teeth.surfaces(dental, elements).forEach(item::addSubSite);
  }

  /** LIN and CTP, as a detail of the line. */
  private static void drug(ServiceLine line, Elements elements, ItemComponent item) {
    ServiceLine.Drug drug = line.drug();
    if (drug == null) {
      return;
    }
    Claim.DetailComponent detail = item.addDetail();
    detail.setSequence(1);
    detail.setProductOrService(
        Procedures.concept(
            new Procedure(drug.qualifier(), drug.code(), List.of(), null), elements));
    if (drug.quantity() != null) {
      Quantity quantity = Elements.quantity(drug.quantity());
      if (drug.unit() != null) {
        quantity.setSystem(Systems.x12(355)).setCode(drug.unit());
      }
      detail.setQuantity(quantity);
    }
    for (ClaimReference reference : drug.references()) {
      detail.addExtension(Claims.reference(reference, elements));
    }
  }
}
