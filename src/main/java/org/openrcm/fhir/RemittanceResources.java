package org.openrcm.fhir;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.PaymentReconciliation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.ContentId;
import org.openrcm.billing.Person;
import org.openrcm.billing.SetSource;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimParties;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Identities;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.RemittanceHandler.Totals;

/**
 * An 835 as FHIR R4 resources: pure functions from records to resources. One instance serves one
 * thread.
 */
public final class RemittanceResources {
  private final Elements elements = new Elements();
  private final boolean provenance;
  private @Nullable RemittanceView last;

  /**
   * Makes resources.
   *
   * @param provenance whether each claim comes with a Provenance that names its bytes in the file
   */
  public RemittanceResources(boolean provenance) {
    this.provenance = provenance;
  }

  /** Payer and payee. */
  public List<Resource> of(Remittance remittance) {
    RemittanceView check = view(remittance);
    return List.of(
        Source.stamp(Parties.payer(remittance), check.payerId(), check, 1, null),
        Source.stamp(Parties.payee(remittance), Identities.payeeId(remittance), check, 1, null));
  }

  /**
   * A claim: Patient, the subscriber's Patient, Practitioner or Organization, Coverage,
   * ClaimResponse and ExplanationOfBenefit, in this order.
   *
   * @param id from {@link Identities#claimId}
   * @param priorClaimNumber CLP07 of the reversal before it that it corrects, or null
   */
  public List<Resource> of(
      Remittance remittance, ClaimPayment claim, String id, @Nullable String priorClaimNumber) {
    ClaimView view = ClaimView.of(view(remittance), claim, id, priorClaimNumber);
    List<Resource> resources = new ArrayList<>(7);
    people(view, resources);
    List<String> otherCoverages = coverages(view, resources);
    resources.add(ClaimResponses.of(view));
    resources.add(ExplanationOfBenefits.of(view, otherCoverages));
    if (provenance) {
      resources.add(provenance(view));
    }
    return resources;
  }

  /** A part of the check itself; see {@link PaymentReconciliations}. */
  PaymentReconciliation payment(
      Remittance remittance,
      List<PaymentReconciliations.Detail> details,
      @Nullable Money amount,
      int part,
      @Nullable Totals totals) {
    return PaymentReconciliations.of(view(remittance), details, amount, part, totals);
  }

  // the very same remittance comes with claim after claim: comparing all it says would cost more
  @SuppressWarnings("ReferenceEquality")
  private RemittanceView view(Remittance remittance) {
    RemittanceView view = last;
    if (view == null || view.remittance() != remittance) {
      view = RemittanceView.of(remittance, elements);
      last = view;
    }
    return view;
  }

  private static void people(ClaimView view, List<Resource> into) {
    ClaimParties parties = view.parties();
    String payerId = view.check().payerId();
    into.add(
        stamped(
            Parties.patient(parties.patient(), parties.corrected(), payerId),
            parties.patientId(),
            view));
    ClaimParties.Insured insured = parties.insured();
    if (insured != null && !insured.id().equals(parties.patientId())) {
      into.add(stamped(Parties.policyHolder(insured), insured.id(), view));
    }
    Person rendering = parties.rendering();
    String renderingId = parties.renderingId();
    if (rendering != null && renderingId != null) {
      into.add(
          stamped(
              rendering.organization()
                  ? Parties.organization(rendering)
                  : Parties.practitioner(rendering),
              renderingId,
              view));
    }
  }

  private static List<String> coverages(ClaimView view, List<Resource> into) {
    ClaimParties parties = view.parties();
    into.add(
        stamped(
            Parties.coverage(
                view.patientReference(),
                parties.memberId(),
                parties.insured(),
                view.check().payer(),
                view.claim().filingIndicator()),
            parties.coverageId(),
            view));
    List<String> others = new ArrayList<>(2);
    for (ClaimParties.OtherCoverage other : parties.others()) {
      other(view, other, into);
      others.add(other.id());
    }
    return others;
  }

  private static void other(ClaimView view, ClaimParties.OtherCoverage other, List<Resource> into) {
    Reference payor;
    Person payer = other.payer();
    if (payer == null) {
      payor = Elements.absent(new Reference());
    } else {
      into.add(stamped(Parties.organization(payer), other.payerId(), view));
      payor = Elements.reference("Organization", other.payerId());
    }
    ClaimParties.Insured insured = other.insured();
    if (insured != null) {
      into.add(stamped(Parties.policyHolder(insured), insured.id(), view));
    }
    String memberId = insured == null ? null : insured.person().id();
    into.add(
        stamped(
            Parties.coverage(view.patientReference(), memberId, insured, payor, null),
            other.id(),
            view));
  }

  private static <T extends Resource> T stamped(T resource, String id, ClaimView view) {
    return Source.stamp(resource, id, view.check(), view.claim().segment(), null);
  }

  /** When it was recorded is left out, so that two runs give the same bytes. */
  private static Provenance provenance(ClaimView view) {
    SetSource source = view.check().remittance().source();
    ClaimPayment claim = view.claim();
    Provenance provenance = new Provenance();
    provenance.addTarget(Elements.reference("ExplanationOfBenefit", view.id()));
    provenance.addTarget(Elements.reference("ClaimResponse", view.id()));
    provenance.setRecordedElement(Elements.absent(new InstantType()));
    provenance.setActivity(
        Elements.concept("http://terminology.hl7.org/CodeSystem/v3-DataOperation", "CREATE"));
    provenance
        .addAgent()
        .setType(
            Elements.concept(
                "http://terminology.hl7.org/CodeSystem/provenance-participant-type", "assembler"))
        .setWho(new Reference().setDisplay("OpenRCM"));
    Provenance.ProvenanceEntityComponent entity =
        provenance.addEntity().setRole(Provenance.ProvenanceEntityRole.SOURCE);
    Identifier file = Elements.identifier("urn:ietf:rfc:3986", "urn:sha256:" + source.fileHash());
    entity.setWhat(new Reference().setIdentifier(file).setDisplay(source.file()));
    if (claim.byteOffset() >= 0) {
      entity.addExtension(
          Systems.SEGMENT_RANGE_EXTENSION,
          new StringType(claim.byteOffset() + "-" + (claim.byteOffset() + claim.byteLength())));
    }
    return Source.stamp(
        provenance,
        ContentId.of("provenance", view.id(), source.fileHash()),
        view.check(),
        claim.segment(),
        null);
  }
}
