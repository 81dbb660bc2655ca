package org.openrcm.fhir;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Amount;
import org.openrcm.claim.Attachment;
import org.openrcm.claim.Claim;
import org.openrcm.claim.ClaimReference;
import org.openrcm.claim.HealthCode;
import org.openrcm.claim.Named;
import org.openrcm.claim.Note;
import org.openrcm.claim.PatientFacts;
import org.openrcm.claim.Period;
import org.openrcm.claim.ServiceLine;

/**
 * What a claim as billed tells beside parties, diagnoses, procedures and services, as supporting
 * information: by C4BB's categories where it has one, otherwise by ours with X12's own codes.
 */
final class BilledInfo {
  private final BilledView view;
  private final Elements elements;
  private final List<Info> infos = new ArrayList<>();

  private BilledInfo(BilledView view) {
    this.view = view;
    this.elements = view.elements();
  }

  /** All that loop 2300 and the patient's loop tell. */
  static List<Info> ofClaim(BilledView view) {
    BilledInfo info = new BilledInfo(view);
    Claim claim = view.claim();
    info.numbers();
    info.bill();
    info.admission();
    info.terms(claim.terms());
    claim.codes().forEach(info::code);
    info.patient();
    for (Period period : claim.periods()) {
      if (!hasPlaceOfItsOwn(view, period)) {
        info.period(period);
      }
    }
    info.amounts(claim.amounts());
    for (var quantity : claim.quantities()) {
      info.quantity(quantity.qualifier(), quantity.value());
    }
    claim.attachments().forEach(info::attachment);
    claim.notes().forEach(info::note);
    claim.providers().stream().filter(BilledView::isPlace).forEach(info::place);
    return info.infos;
  }

  /** The same of a line: loop 2400. */
  static List<Info> ofLine(BilledView view, ServiceLine line) {
    BilledInfo info = new BilledInfo(view);
    for (ServiceLine.Indicator indicator : line.indicators()) {
      info.add(
          info.ours(indicator.designator()),
          info.elements.code(Systems.x12(element(indicator.designator())), indicator.code()));
    }
    if (line.notCovered() != null) {
      info.infos.add(
          Info.value(info.ours("not-covered"), view.amounts().quantity(line.notCovered())));
    }
    ServiceLine.Dental dental = line.dental();
    if (dental != null && dental.prosthesis() != null) {
      info.add(info.ours("prosthesis"), info.elements.code(Systems.x12(1358), dental.prosthesis()));
    }
    for (Period period : line.periods()) {
      if (!period.qualifier().equals("472") || period.start() == null || period.time() != null) {
        info.period(period);
      }
    }
    info.amounts(line.amounts());
    for (var quantity : line.quantities()) {
      info.quantity(quantity.qualifier(), quantity.value());
    }
    line.attachments().forEach(info::attachment);
    line.notes().forEach(info::note);
    line.providers().stream().filter(BilledView::isPlace).forEach(info::place);
    return info.infos;
  }

  private static int element(String designator) {
    return switch (designator) {
      case "SV115" -> 1327;
      default -> 1073;
    };
  }

  /** DTP*434 is the billable period, 435 the admission's start, 439 the day of the accident. */
  private static boolean hasPlaceOfItsOwn(BilledView view, Period period) {
    return switch (period.qualifier()) {
      case "434", "439" -> period.start() != null && period.time() == null;
      case "435" -> view.isInstitutional() && period.start() != null && period.time() == null;
      default -> false;
    };
  }

  private CodeableConcept c4bb(String category) {
    return elements.code(Systems.C4BB_SUPPORTING_INFO, category);
  }

  private CodeableConcept ours(String category) {
    return elements.code(Systems.CLAIM_INFORMATION, category);
  }

  private void add(CodeableConcept category, CodeableConcept code) {
    infos.add(Info.code(category, code));
  }

  private void x12(String category, int dataElement, @Nullable String code) {
    if (code != null) {
      add(ours(category), elements.code(Systems.x12(dataElement), code));
    }
  }

  private void numbers() {
    for (ClaimReference reference : view.claim().references()) {
      if (reference.qualifier().equals("EA")) {
        infos.add(Info.value(c4bb("medicalrecordnumber"), new StringType(reference.value())));
      }
    }
  }

  private void bill() {
    String facility = view.claim().facilityType();
    String frequency = view.claim().frequency();
    if (view.isInstitutional() && facility != null) {
      String bill = frequency == null ? facility : facility + frequency;
      add(c4bb("typeofbill"), elements.code(Systems.TYPE_OF_BILL, bill));
      return;
    }
    if (facility != null) {
      add(ours("place-of-service"), elements.code(Systems.PLACE_OF_SERVICE, facility));
    }
    x12("claim-frequency", 1325, frequency);
  }

  /** CL1 and DTP*435. The stay ends with the statement where an hour of discharge was sent. */
  private void admission() {
    Claim claim = view.claim();
    Period admitted = claim.period("435");
    if (view.isInstitutional() && admitted != null && admitted.start() != null) {
      var stay = new org.hl7.fhir.r4.model.Period();
      stay.setStartElement(elements.dateTime(admitted.start()));
      LocalDate last = claim.period("096") == null ? null : view.period()[1];
      if (last != null && !last.isBefore(admitted.start())) {
        stay.setEndElement(elements.dateTime(last));
      }
      infos.add(new Info(c4bb("admissionperiod"), null, stay, null));
    }
    Claim.Admission admission = claim.admission();
    if (admission == null) {
      return;
    }
    if (admission.type() != null) {
      add(
          c4bb("admtype"),
          elements.code(Systems.NUBC + "PriorityTypeOfAdmitOrVisit", admission.type()));
    }
    if (admission.source() != null) {
      boolean newborn = "4".equals(admission.type());
      String system = Systems.NUBC + (newborn ? "PointOfOriginNewborn" : "PointOfOrigin");
      add(c4bb("pointoforigin"), elements.code(system, admission.source()));
    }
    if (admission.patientStatus() != null) {
      add(
          c4bb("discharge-status"),
          elements.code(Systems.NUBC + "PatDischargeStatus", admission.patientStatus()));
    }
  }

  private void terms(Claim.Terms terms) {
    x12("signature-on-file", 1073, terms.signatureOnFile());
    x12("assignment", 1359, terms.assignment());
    x12("benefits-assigned", 1073, terms.benefitsAssigned());
    x12("release", 1363, terms.release());
    x12("signature-source", 1351, terms.signatureSource());
    terms.causes().forEach(cause -> x12("related-cause", 1362, cause));
    x12("cause-state", 156, terms.causeState());
    x12("cause-country", 26, terms.causeCountry());
    x12("program", 1366, terms.program());
    x12("claim-reason", 1383, terms.reason());
    x12("delay-reason", 1514, terms.delayReason());
  }

  /** HI, but for diagnoses and procedures. */
  private void code(HealthCode code) {
    if (code.isDiagnosis() || code.isProcedure()) {
      return;
    }
    switch (code.qualifier()) {
      case "DR" -> healthCode(c4bb("drg"), Systems.DRG, code);
      case "BG" -> healthCode(ours("condition"), Systems.NUBC + "ConditionCodes", code);
      case "BH" -> healthCode(ours("occurrence"), Systems.NUBC + "OccurrenceCodes", code);
      case "BI" -> healthCode(ours("occurrence-span"), Systems.NUBC + "OccurrenceSpanCodes", code);
      case "BE" -> healthCode(ours("value"), Systems.NUBC + "ValueCodes", code);
      case "BP", "BO" -> {
        boolean level1 = !code.code().isEmpty() && Character.isDigit(code.code().charAt(0));
        healthCode(ours("anesthesia"), level1 ? Systems.CPT : Systems.HCPCS, code);
      }
      default -> healthCode(ours("health-code"), Systems.x12(1270) + "/" + code.qualifier(), code);
    }
  }

  private void healthCode(CodeableConcept category, String system, HealthCode code) {
    Type value = null;
    if (code.amount() != null) {
      value = view.amounts().quantity(code.amount());
    } else if (code.quantity() != null) {
      value = Elements.quantity(code.quantity());
    }
    Type timing = timing(code.start(), code.end());
    infos.add(new Info(category, elements.code(system, code.code()), timing, value));
  }

  private void patient() {
    Claim claim = view.claim();
    PatientFacts facts =
        claim.patient() == null ? claim.subscriber().facts() : claim.patient().facts();
    if (facts == null) {
      return;
    }
    if (facts.weight() != null) {
      Quantity weight = Elements.quantity(facts.weight());
      weight.setUnit("[lb_av]").setSystem(Systems.UCUM).setCode("[lb_av]");
      infos.add(Info.value(c4bb("patientweight"), weight));
    }
    if (facts.pregnant()) {
      x12("pregnancy", 1073, "Y");
    }
  }

  /** A time of day has no zone in X12 and thus no type of its own in FHIR: it is text. */
  private void period(Period period) {
    Type value = period.time() == null ? null : new StringType(period.time().toString());
    Type timing = timing(period.start(), period.end());
    infos.add(
        new Info(ours("date"), elements.code(Systems.x12(374), period.qualifier()), timing, value));
  }

  private @Nullable Type timing(@Nullable LocalDate start, @Nullable LocalDate end) {
    if (start == null) {
      return null;
    }
    return end == null ? elements.date(start) : Claims.period(elements, start, end);
  }

  private void amounts(List<Amount> amounts) {
    for (Amount amount : amounts) {
      CodeableConcept code = elements.code(Systems.x12(522), amount.qualifier());
      infos.add(new Info(ours("amount"), code, null, view.amounts().quantity(amount.amount())));
    }
  }

  private void quantity(String qualifier, BigDecimal value) {
    CodeableConcept code = elements.code(Systems.x12(673), qualifier);
    infos.add(new Info(ours("quantity"), code, null, Elements.quantity(value)));
  }

  /** PWK: what paper it is, how it comes, and the number it bears. */
  private void attachment(Attachment attachment) {
    var number = new org.hl7.fhir.r4.model.Identifier();
    number.setType(elements.code(Systems.x12(756), attachment.transmission()));
    if (attachment.controlNumber() != null) {
      number.setValue(attachment.controlNumber());
    }
    Reference paper = new Reference().setType("DocumentReference").setIdentifier(number);
    CodeableConcept report = elements.code(Systems.x12(755), attachment.report());
    infos.add(new Info(ours("attachment"), report, null, paper));
  }

  private void note(Note note) {
    CodeableConcept code = elements.code(Systems.x12(363), note.code());
    infos.add(new Info(ours("note"), code, null, new StringType(note.text())));
  }

  private void place(Named place) {
    CodeableConcept category =
        switch (place.person().entity()) {
          case "PW" -> c4bb("pickuplocation");
          case "45" -> c4bb("dropofflocation");
          default -> c4bb("servicefacility");
        };
    infos.add(Info.value(category, Elements.reference("Location", BilledIds.location(place))));
  }
}
