package org.openrcm.fhir;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.Claim.DiagnosisComponent;
import org.hl7.fhir.r4.model.Claim.InsuranceComponent;
import org.hl7.fhir.r4.model.Claim.ProcedureComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Unmapped;
import org.openrcm.claim.ClaimReference;
import org.openrcm.claim.Detail;
import org.openrcm.claim.HealthCode;
import org.openrcm.claim.Named;
import org.openrcm.claim.Submission;

/** One claim of an 837 as a FHIR Claim: all that was billed, in the provider's words. */
final class Claims {
  private static final CodeableConcept PRIOR = Elements.concept(Systems.RELATED_CLAIM, "prior");
  private static final CodeableConcept OTHER_PAYEE = Elements.concept(Systems.PAYEE_TYPE, "other");
  private static final CodeableConcept PROVIDER = Elements.concept(Systems.PAYEE_TYPE, "provider");
  private static final String ACCIDENT = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

  private Claims() {}

  static Claim of(BilledView view) {
    var billed = view.claim();
    Claim claim = new Claim();
    Source.stamp(claim, view.id(), view.source() + billed.segment(), Systems.CLAIM_PROFILE);
    extensions(view, claim);
    claim.addIdentifier(
        Elements.identifier(null, billed.patientControlNumber())
            .setType(Elements.concept(Systems.CLAIM_INFORMATION, "patient-control-number")));
    claim.setStatus(Claim.ClaimStatus.ACTIVE);
    claim.setType(view.elements().code(Systems.CLAIM_TYPE, view.type()));
    CodeableConcept subType = view.subType();
    if (subType != null) {
      claim.setSubType(subType);
    }
    claim.setUse(billed.isPredetermination() ? Claim.Use.PREDETERMINATION : Claim.Use.CLAIM);
    claim.setPatient(view.patient());
    @Nullable LocalDate[] days = view.period();
    if (days[0] != null) {
      claim.setBillablePeriod(period(view.elements(), days[0], days[1]));
    }
    claim.setCreatedElement(created(view.submission()));
    String insurer = view.focal().payerId();
    if (insurer != null) {
      claim.setInsurer(Elements.reference("Organization", insurer));
    }
    claim.setProvider(view.billing());
    // an 837 tells no priority, and FHIR wants one
    claim.setPriority(Elements.absent(new CodeableConcept()));
    String prior = billed.priorClaimNumber();
    if (prior != null) {
      claim
          .addRelated()
          .setRelationship(PRIOR)
          .setReference(
              Elements.identifier(null, prior).setType(ExplanationOfBenefits.CLAIM_NUMBER));
    }
    payee(view, claim);
    facility(view, claim);
    careTeam(view, claim);
    BilledInfo.ofClaim(view).forEach(info -> info.addTo(claim));
    codes(view, claim);
    for (BilledCoverage coverage : view.coverages()) {
      insurance(view, coverage, claim.addInsurance().setSequence(claim.getInsurance().size()));
    }
    accident(view, claim);
    for (int i = 0; i < billed.lines().size(); i++) {
      ClaimItems.add(view, i, claim);
    }
    claim.setTotal(view.amounts().money(billed.charged()));
    return claim;
  }

  private static DateTimeType created(Submission submission) {
    LocalDate day = submission.date();
    if (day == null) {
      return Elements.absent(new DateTimeType());
    }
    LocalTime time = submission.time();
    return time == null
        ? new DateTimeType(day.toString())
        : new DateTimeType(BilledView.instant(day, time).getValueAsString());
  }

  private static void extensions(BilledView view, Claim claim) {
    submission(view, claim);
    for (ClaimReference reference : view.claim().references()) {
      if (!hasPlaceOfItsOwn(reference)) {
        claim.addExtension(reference(reference, view.elements()));
      }
    }
    if (view.claim().ordinal() == 1) {
      for (Unmapped unmapped : view.submission().unmapped()) {
        claim.addExtension(Source.unmapped(unmapped.text()));
      }
    }
    for (Detail detail : view.claim().billing().details()) {
      claim.addExtension(segment(detail));
    }
    for (Detail detail : view.claim().details()) {
      claim.addExtension(segment(detail));
    }
    for (Unmapped unmapped : view.claim().unmapped()) {
      claim.addExtension(Source.unmapped(unmapped.text()));
    }
  }

  /** BHT and who sends to whom. */
  private static void submission(BilledView view, Claim claim) {
    Submission submission = view.submission();
    Extension extension = new Extension(Systems.SUBMISSION_EXTENSION);
    if (submission.reference() != null) {
      extension.addExtension("number", new StringType(submission.reference()));
    }
    if (submission.purpose() != null) {
      extension.addExtension("purpose", Elements.coding(Systems.x12(353), submission.purpose()));
    }
    if (submission.use() != null) {
      extension.addExtension("use", Elements.coding(Systems.x12(640), submission.use()));
    }
    party("submitter", submission.submitter(), extension);
    party("receiver", submission.receiver(), extension);
    if (extension.hasExtension()) {
      claim.addExtension(extension);
    }
  }

  private static void party(String part, @Nullable Named named, Extension extension) {
    if (named != null) {
      String type = named.person().organization() ? "Organization" : "Practitioner";
      extension.addExtension(part, Elements.reference(type, BilledIds.party(named)));
    }
  }

  /** F8 is in related, EA among supporting information, G1 with the insurance. */
  private static boolean hasPlaceOfItsOwn(ClaimReference reference) {
    return switch (reference.qualifier()) {
      case "F8", "EA", "G1" -> true;
      default -> false;
    };
  }

  static Extension reference(ClaimReference reference, Elements elements) {
    var identifier =
        Elements.identifier(null, reference.value())
            .setType(elements.code(Systems.x12(128), reference.qualifier()));
    if (reference.payer() != null) {
      var payer = new org.hl7.fhir.r4.model.Reference().setType("Organization");
      identifier.setAssigner(payer.setIdentifier(Elements.identifier(null, reference.payer())));
    }
    return new Extension(Systems.REFERENCE_EXTENSION, identifier);
  }

  /** A segment that FHIR has no place for, with the usual delimiters. */
  static Extension segment(Detail detail) {
    return Source.unmapped(detail.tag() + "*" + String.join("*", detail.elements()));
  }

  static Period period(Elements elements, LocalDate start, @Nullable LocalDate end) {
    Period period = new Period();
    period.setStartElement(elements.dateTime(start));
    if (end != null && end.isBefore(start)) {
      // FHIR knows no period that ends before it starts
      period.addExtension(Source.unmapped(end.toString().replace("-", "")));
    } else if (end != null) {
      period.setEndElement(elements.dateTime(end));
    }
    return period;
  }

  /** Whom to pay: the plan of 2010AC, otherwise the billing provider, at 2010AB's address. */
  private static void payee(BilledView view, Claim claim) {
    Named plan = view.claim().billing().payToPlan();
    Named payTo = view.claim().billing().payTo();
    if (plan != null) {
      claim
          .getPayee()
          .setType(OTHER_PAYEE)
          .setParty(Elements.reference("Organization", BilledIds.party(plan)));
    } else if (payTo != null) {
      claim.getPayee().setType(PROVIDER).setParty(view.billing());
    }
    if (payTo != null) {
      claim
          .getPayee()
          .addExtension(
              Systems.PAY_TO_EXTENSION, Elements.reference("Location", BilledIds.location(payTo)));
    }
  }

  private static void facility(BilledView view, Claim claim) {
    Named facility = view.claim().provider("77");
    if (facility != null) {
      claim.setFacility(Elements.reference("Location", BilledIds.location(facility)));
    }
  }

  private static void careTeam(BilledView view, Claim claim) {
    for (BilledView.Carer carer : view.team()) {
      Claim.CareTeamComponent member = claim.addCareTeam();
      member.setSequence(claim.getCareTeam().size());
      member.setProvider(carer.reference());
      member.setRole(CareTeam.role(carer.role(), view.elements()));
      Named.Specialty specialty = carer.named().specialty();
      if (specialty != null) {
        member.setQualification(view.elements().code(Systems.TAXONOMY, specialty.taxonomy()));
      }
    }
  }

  private static void codes(BilledView view, Claim claim) {
    for (HealthCode code : view.claim().codes()) {
      if (code.isDiagnosis()) {
        DiagnosisComponent diagnosis = claim.addDiagnosis();
        diagnosis.setSequence(claim.getDiagnosis().size());
        diagnosis.setDiagnosis(Diagnoses.diagnosis(code, view.elements()));
        diagnosis.addType(Diagnoses.type(code, view.isInstitutional(), view.elements()));
        if (code.presentOnAdmission() != null) {
          diagnosis.setOnAdmission(Diagnoses.onAdmission(code.presentOnAdmission(), view));
        }
      } else if (code.isProcedure()) {
        ProcedureComponent procedure = claim.addProcedure();
        procedure.setSequence(claim.getProcedure().size());
        procedure.addType(Diagnoses.procedureType(code, view.elements()));
        procedure.setProcedure(Diagnoses.procedure(code, view.elements()));
        if (code.start() != null) {
          procedure.setDateElement(view.elements().dateTime(code.start()));
        }
      }
    }
  }

  private static void insurance(
      BilledView view, BilledCoverage coverage, InsuranceComponent insurance) {
    insurance.setFocal(coverage.isFocal());
    insurance.setCoverage(coverage.reference());
    List<ClaimReference> references =
        coverage.isFocal() || coverage.payer() == null
            ? view.claim().references()
            : coverage.payer().references();
    for (ClaimReference reference : references) {
      if (reference.qualifier().equals("G1")) {
        insurance.addPreAuthRef(reference.value());
      }
    }
    String decision = EarlierDecisions.id(view, coverage);
    if (decision != null) {
      insurance.setClaimResponse(Elements.reference("ClaimResponse", decision));
    }
  }

  /** CLM11 with DTP*439; causes after the first stand among the supporting information. */
  private static void accident(BilledView view, Claim claim) {
    var billed = view.claim();
    var day = billed.period("439");
    List<String> causes = billed.terms().causes();
    if (day == null && causes.isEmpty()) {
      return;
    }
    LocalDate date = day == null ? null : day.start();
    claim
        .getAccident()
        .setDateElement(
            date == null ? Elements.absent(new DateType()) : view.elements().date(date));
    if (!causes.isEmpty()) {
      CodeableConcept type = Elements.concept(Systems.x12(1362), causes.get(0));
      if (causes.contains("AA")) {
        type.addCoding(Elements.coding(ACCIDENT, "MVA"));
      } else if (causes.contains("EM")) {
        type.addCoding(Elements.coding(ACCIDENT, "WPA"));
      }
      claim.getAccident().setType(type);
    }
    String state = billed.terms().causeState();
    String country = billed.terms().causeCountry();
    if (state != null || country != null) {
      var address = new org.hl7.fhir.r4.model.Address();
      address.setState(state);
      address.setCountry(country);
      claim.getAccident().setLocation(address);
    }
  }

  /** Charge over quantity, where that comes to whole cents; null otherwise. */
  static @Nullable BigDecimal unitPrice(BigDecimal charged, @Nullable BigDecimal quantity) {
    if (quantity == null || quantity.signum() == 0) {
      return null;
    }
    BigDecimal price = charged.divide(quantity, 2, RoundingMode.DOWN);
    return price.multiply(quantity).compareTo(charged) == 0 ? price : null;
  }
}
