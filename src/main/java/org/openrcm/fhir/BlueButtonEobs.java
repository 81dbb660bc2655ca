package org.openrcm.fhir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.ExplanationOfBenefit.AdjudicationComponent;
import org.hl7.fhir.r4.model.ExplanationOfBenefit.DiagnosisComponent;
import org.hl7.fhir.r4.model.ExplanationOfBenefit.ProcedureComponent;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Person;
import org.openrcm.claim.Claim;
import org.openrcm.claim.HealthCode;
import org.openrcm.claim.Named;
import org.openrcm.remittance.ClaimPayment;

/**
 * An ExplanationOfBenefit from an 837 and the 835 that answers it, by the profile of C4BB for the
 * kind of claim: Professional-NonClinician, Inpatient- or Outpatient-Institutional, Oral.
 *
 * <p>Neither of the two has an element for the payer's network: where C4BB takes it, the payment
 * status is {@code other}. The dental profile takes only in or out, so that few dental claims meet
 * it: those that the payer calls out of network ({@link BlueButtonNeeds#network}). All others stay
 * with our own. Amounts of an institutional claim stand with its lines where the 835 has lines, and
 * adjustments of the claim as a whole then as adjustment reasons with their amounts; otherwise they
 * all stand with the claim. A professional or dental claim without lines in the 835 shows the lines
 * as billed, with what was charged.
 */
final class BlueButtonEobs {
  private static final CodeableConcept OTHER = Elements.concept(Systems.C4BB_STATUS, "other");

  private final ClaimView view;
  private final Joined joined;
  private final BilledView billed;
  private final BlueButtonNeeds needs;
  private final Elements elements;
  private final List<BilledView.Carer> team = new ArrayList<>();
  private final ExplanationOfBenefit eob = new ExplanationOfBenefit();

  private BlueButtonEobs(ClaimView view, Joined joined) {
    this.view = view;
    this.joined = joined;
    this.billed = joined.billed();
    this.needs = new BlueButtonNeeds(view, joined);
    this.elements = view.check().elements();
  }

  /**
   * The EOB.
   *
   * @param missing takes the elements for want of which no profile is met
   * @return null when any is missing
   */
  static @Nullable ExplanationOfBenefit of(ClaimView view, Joined joined, Set<String> missing) {
    BlueButtonEobs maker = new BlueButtonEobs(view, joined);
    maker.needs.lacks(missing);
    if (!missing.isEmpty()) {
      return null;
    }
    ExplanationOfBenefit eob = maker.make();
    maker.needs.lacks(eob, missing);
    return missing.isEmpty() ? eob : null;
  }

  private ExplanationOfBenefit make() {
    ClaimPayment claim = view.claim();
    Source.stamp(eob, view.id(), view.check(), claim.segment(), BlueButton.profile(profileName()));
    InstantType asOf = view.check().asOf();
    if (asOf != null) {
      eob.getMeta().setLastUpdatedElement(asOf);
    }
    ExplanationOfBenefits.extensions(view, eob);
    String number = claim.payerClaimControlNumber();
    if (number != null) {
      eob.addIdentifier(
          Elements.identifier(null, number).setType(ExplanationOfBenefits.CLAIM_NUMBER));
    }
    eob.setStatus(
        claim.isReversal()
            ? ExplanationOfBenefit.ExplanationOfBenefitStatus.CANCELLED
            : ExplanationOfBenefit.ExplanationOfBenefitStatus.ACTIVE);
    eob.setType(elements.code(Systems.CLAIM_TYPE, billed.type()));
    CodeableConcept subType = billed.subType();
    if (subType != null) {
      eob.setSubType(subType);
    }
    eob.setUse(ExplanationOfBenefit.Use.CLAIM);
    eob.setPatient(view.patientReference());
    eob.setBillablePeriod(
        ExplanationOfBenefits.period(
            elements, billed.period()[0] == null ? view.period() : billed.period()));
    eob.setCreatedElement(elements.dateTime(view.created()));
    eob.setInsurer(view.check().payer());
    Reference provider = needs.provider();
    if (provider != null) {
      eob.setProvider(provider);
    }
    for (String prior : view.priorClaims()) {
      eob.addRelated()
          .setRelationship(ExplanationOfBenefits.PRIOR)
          .setReference(
              Elements.identifier(null, prior).setType(ExplanationOfBenefits.CLAIM_NUMBER));
    }
    if (view.check().remittance().payee().name() != null) {
      eob.getPayee().setType(ExplanationOfBenefits.PAYEE_PROVIDER).setParty(view.check().payee());
    }
    eob.setClaim(view.request());
    eob.setClaimResponse(Elements.reference("ClaimResponse", view.id()));
    eob.setOutcome(ExplanationOfBenefit.RemittanceOutcome.COMPLETE);
    eob.setDisposition(view.disposition());
    careTeam();
    information();
    codes();
    insurance();
    new BlueButtonItems(view, joined, team, eob).add();
    adjudication();
    view.totals((category, sum) -> eob.addTotal().setCategory(category).setAmount(sum));
    ExplanationOfBenefits.payment(view, eob.getPayment());
    return eob;
  }

  private String profileName() {
    String kind =
        switch (billed.submission().kind()) {
          case PROFESSIONAL -> "Professional-NonClinician";
          case INSTITUTIONAL ->
              billed.isInpatient() ? "Inpatient-Institutional" : "Outpatient-Institutional";
          case DENTAL -> "Oral";
        };
    return "ExplanationOfBenefit-" + kind;
  }

  /** Persons in roles that C4BB knows, and who can be told by a number. */
  private void careTeam() {
    for (BilledView.Carer carer : billed.team()) {
      Resource person = joined.people().get(carer.id());
      if (!carer.isPerson()
          || !CareTeam.isBlueButton(carer.role(), billed.isInstitutional())
          || person == null
          || BlueButton.missing(person) != null) {
        continue;
      }
      team.add(carer);
      eob.addCareTeam()
          .setSequence(team.size())
          .setProvider(carer.reference())
          .setRole(CareTeam.role(carer.role(), elements));
    }
    String rendering = view.renderingId();
    Person person = view.parties().rendering();
    if (rendering != null
        && person != null
        && !billed.isInstitutional()
        && !person.organization()
        && person.lastName() != null
        && "XX".equals(person.idQualifier())) {
      eob.addCareTeam()
          .setSequence(team.size() + 1)
          .setProvider(Elements.reference("Practitioner", rendering))
          .setRole(CareTeam.role("82", elements));
    }
  }

  /** What the 835 tells, and of the 837 what C4BB has a place for and the 835 does not tell. */
  private void information() {
    SupportingInfo.add(view, eob);
    Set<String> told = new HashSet<>();
    eob.getSupportingInfo().forEach(info -> told.add(category(info.getCategory())));
    for (Info info : BilledInfo.ofClaim(billed)) {
      String category = category(info.category());
      boolean wanted =
          switch (category) {
            case "medicalrecordnumber" -> true;
            case "typeofbill", "pointoforigin", "admtype", "discharge-status" ->
                billed.isInstitutional();
            case "admissionperiod", "drg" -> billed.isInpatient();
            default -> false;
          };
      if (wanted && told.add(category)) {
        info.addTo(eob);
      }
    }
    Named facility = billed.claim().provider("77");
    if (facility != null && !billed.isInstitutional()) {
      Resource place = joined.people().get(BilledIds.party(facility));
      if (place instanceof Organization && BlueButton.missing(place) == null) {
        Info.value(
                elements.code(Systems.C4BB_SUPPORTING_INFO, "servicefacility"),
                Elements.reference("Organization", place.getIdPart()))
            .addTo(eob);
      }
    }
  }

  static String category(CodeableConcept concept) {
    Coding coding = concept.getCodingFirstRep();
    return coding.getSystem().equals(Systems.C4BB_SUPPORTING_INFO) ? coding.getCode() : "";
  }

  /** Diagnoses keep the sequence that the claim gives them, which its lines point to. */
  private void codes() {
    Claim claim = billed.claim();
    int sequence = 0;
    for (HealthCode code : claim.codes()) {
      if (code.isDiagnosis()) {
        sequence++;
        if (Diagnoses.isBlueButton(code, billed.isInpatient())) {
          DiagnosisComponent diagnosis = eob.addDiagnosis().setSequence(sequence);
          diagnosis.setDiagnosis(Diagnoses.diagnosis(code, elements));
          diagnosis.addType(Diagnoses.type(code, billed.isInstitutional(), elements));
          if (code.presentOnAdmission() != null && billed.isInpatient()) {
            diagnosis.setOnAdmission(Diagnoses.onAdmission(code.presentOnAdmission(), billed));
          }
        }
      } else if (code.isProcedure() && !code.qualifier().equals("CAH")) {
        ProcedureComponent procedure = eob.addProcedure();
        procedure.setSequence(eob.getProcedure().size());
        procedure.addType(Diagnoses.procedureType(code, elements));
        procedure.setProcedure(Diagnoses.procedure(code, elements));
        if (code.start() != null) {
          procedure.setDateElement(elements.dateTime(code.start()));
        }
      }
    }
  }

  private void insurance() {
    BilledCoverage answered = joined.coverage();
    var focal = eob.addInsurance().setFocal(true).setCoverage(answered.reference());
    for (var reference : view.claim().references()) {
      if (reference.qualifier().equals("G1")) {
        focal.addPreAuthRef(reference.value());
      }
    }
    for (BilledCoverage other : billed.coverages()) {
      Resource coverage = joined.people().get(other.id());
      if (!other.equals(answered) && coverage != null && BlueButton.missing(coverage) == null) {
        eob.addInsurance().setFocal(false).setCoverage(other.reference());
      }
    }
  }

  private void adjudication() {
    if (billed.isInstitutional() || billed.isOral()) {
      status("benefitpaymentstatus", eob.addAdjudication());
    }
    String network = needs.network();
    if (billed.isOral() && network != null) {
      eob.addAdjudication()
          .setCategory(Elements.concept(Systems.C4BB_DISCRIMINATOR, "renderingnetworkstatus"))
          .setReason(elements.code(Systems.C4BB_STATUS, network));
    }
    boolean withLines = !view.claim().lines().isEmpty();
    if (!withLines) {
      var check = view.check();
      if (billed.isInstitutional()) {
        Decision.amount(Decision.SUBMITTED, check.money(view.claim().charged()))
            .toEob(eob.addAdjudication());
      }
      Decision.amount(Decision.BENEFIT, check.money(view.claim().paid()))
          .toEob(eob.addAdjudication());
    }
    for (Decision decision : view.decisions()) {
      Decision placed =
          billed.isInstitutional() && withLines ? withoutAmountCategory(decision) : decision;
      placed.toEob(eob.addAdjudication());
    }
  }

  /** Where lines have the amounts, none of the claim's own may stand in a category of theirs. */
  private Decision withoutAmountCategory(Decision decision) {
    if (decision.reason() != null) {
      return decision.amount() == null
          ? decision
          : new Decision(
              Decision.REMARK,
              decision.reason(),
              decision.amount(),
              decision.value(),
              decision.group());
    }
    String category = decision.category().getCodingFirstRep().getCode();
    String qualifier =
        switch (category) {
          case "eligible" -> "AU";
          case "paidbypatient" -> "F5";
          default -> null;
        };
    return qualifier == null || decision.amount() == null
        ? decision
        : Decision.amount(elements.code(Systems.x12(522), qualifier), decision.amount());
  }

  static void status(String kind, AdjudicationComponent to) {
    to.setCategory(Elements.concept(Systems.C4BB_DISCRIMINATOR, kind)).setReason(OTHER);
  }
}
