package org.openrcm.fhir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.ExplanationOfBenefit.ItemComponent;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.claim.ClaimKind;
import org.openrcm.remittance.ClaimPayment;

/**
 * What C4BB's profile for the kind of claim asks for, and whether an 837 and the 835 that answers
 * it say it. What is missing is named by the path of the element in FHIR.
 */
final class BlueButtonNeeds {
  private static final String EOB = "ExplanationOfBenefit.";
  private static final String ITEM = EOB + "item.";

  private final ClaimView view;
  private final Joined joined;
  private final BilledView billed;

  BlueButtonNeeds(ClaimView view, Joined joined) {
    this.view = view;
    this.joined = joined;
    this.billed = joined.billed();
  }

  /**
   * What both files lack.
   *
   * @param missing takes the elements for want of which no profile is met
   */
  void lacks(Set<String> missing) {
    ClaimPayment claim = view.claim();
    if (claim.isPredetermination()) {
      missing.add(EOB + "use (an estimate is no claim)");
    }
    if (claim.payerClaimControlNumber() == null) {
      missing.add(EOB + "identifier (the payer's claim number)");
    }
    if (view.check().asOf() == null) {
      missing.add(EOB + "created");
    }
    if (billed.period()[0] == null && view.period()[0] == null) {
      missing.add(EOB + "billablePeriod.start");
    }
    if (claim.lines().isEmpty() && billed.claim().lines().isEmpty()) {
      missing.add(EOB + "item");
    }
    lacks(view.patientReference(), missing);
    lacks(joined.coverage().reference(), missing);
    String payer = joined.coverage().payerId();
    if (payer != null) {
      lacks(Elements.reference("Organization", payer), missing);
    }
    Organization insurer = Parties.payer(view.check().remittance());
    if (insurer.getName() == null) {
      missing.add("Organization.name");
    }
    Reference provider = provider();
    if (provider == null) {
      missing.add(EOB + "provider (" + (billed.isOral() ? "a person" : "an organisation") + ")");
    } else {
      lacks(provider, missing);
    }
    boolean diagnosed =
        billed.claim().codes().stream()
            .anyMatch(
                code -> code.isDiagnosis() && Diagnoses.isBlueButton(code, billed.isInpatient()));
    if (!billed.isOral() && !diagnosed) {
      missing.add(EOB + "diagnosis");
    }
    if (billed.isOral() && network() == null) {
      missing.add(EOB + "adjudication (renderingnetworkstatus)");
    }
    if (billed.isInpatient() && billed.claim().period("435") == null) {
      missing.add(EOB + "supportingInfo (admissionperiod)");
    }
  }

  private void lacks(Reference reference, Set<String> missing) {
    Resource resource = joined.people().get(id(reference));
    String lacking =
        resource == null ? "resource " + reference.getType() : BlueButton.missing(resource);
    if (lacking != null) {
      missing.add(lacking);
    }
  }

  private static String id(Reference reference) {
    return reference.getReference().substring(reference.getReference().indexOf('/') + 1);
  }

  /**
   * The network status, which the dental profile has to know, where the 835 says it: reason 242
   * says that the provider is outside of the plan's network. No code says that a provider is
   * inside; a price by contract (CO 45) does not, since the same code stands for prices by law or
   * by schedule.
   */
  @Nullable String network() {
    List<Adjustment> reasons = new ArrayList<>(view.claim().adjustments());
    view.claim().lines().forEach(line -> reasons.addAll(line.adjustments()));
    return reasons.stream().anyMatch(reason -> reason.carc().equals("242")) ? "outofnetwork" : null;
  }

  /** Who bills; for dental claims the dentist, for institutional ones an organisation. */
  @Nullable Reference provider() {
    boolean company = billed.claim().billing().provider().person().organization();
    if (billed.isInstitutional()) {
      return company ? billed.billing() : null;
    }
    if (!billed.isOral() || !company) {
      return billed.billing();
    }
    for (BilledView.Carer carer : billed.team()) {
      if (carer.role().equals("82") && carer.isPerson()) {
        return carer.reference();
      }
    }
    return null;
  }

  /** What the lines and the supporting information of a made EOB lack. */
  void lacks(ExplanationOfBenefit eob, Set<String> missing) {
    for (ItemComponent item : eob.getItem()) {
      if (!products(billed.submission().kind())
          .contains(item.getProductOrService().getCodingFirstRep().getSystem())) {
        missing.add(ITEM + "productOrService (of " + names(billed.submission().kind()) + ")");
      }
      if (billed.isInpatient() && !item.hasRevenue()) {
        missing.add(ITEM + "revenue");
      }
      if (!billed.isInstitutional() && !item.hasServiced()) {
        missing.add(ITEM + "serviced");
      }
      if (billed.isInstitutional()
          && !billed.isInpatient()
          && !(item.getServiced() instanceof DateType)) {
        missing.add(ITEM + "serviced (one day)");
      }
      if (!billed.isInstitutional() && !item.hasLocation()) {
        missing.add(ITEM + "location (place of service)");
      }
    }
    Set<String> once = new HashSet<>();
    List<String> twice = new ArrayList<>();
    eob.getSupportingInfo().stream()
        .map(info -> BlueButtonEobs.category(info.getCategory()))
        .filter(category -> !category.isEmpty() && !category.equals("additionalbodysite"))
        .filter(category -> !once.add(category))
        .forEach(twice::add);
    twice.forEach(category -> missing.add(EOB + "supportingInfo (one " + category + ")"));
  }

  private static Set<String> products(ClaimKind kind) {
    return switch (kind) {
      case PROFESSIONAL -> Set.of(Systems.CPT, Systems.HCPCS, Systems.ABSENT_REASON);
      case INSTITUTIONAL ->
          Set.of(Systems.CPT, Systems.HCPCS, Systems.HIPPS, Systems.ABSENT_REASON);
      case DENTAL -> Set.of(Systems.CDT, Systems.ABSENT_REASON);
    };
  }

  private static String names(ClaimKind kind) {
    return switch (kind) {
      case PROFESSIONAL -> "CPT or HCPCS";
      case INSTITUTIONAL -> "CPT, HCPCS or HIPPS";
      case DENTAL -> "CDT";
    };
  }
}
