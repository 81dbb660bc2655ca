package org.openrcm.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PaymentReconciliation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Person;
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
    return of(remittance, false);
  }

  /**
   * Payer and payee.
   *
   * @param joined whether EOBs of C4BB may refer to them, so that they name its profile too
   */
  List<Resource> of(Remittance remittance, boolean joined) {
    RemittanceView check = view(remittance);
    List<Resource> parties =
        List.of(
            Source.stamp(Parties.payer(remittance), check.payerId(), check, 1, null),
            Source.stamp(
                Parties.payee(remittance), Identities.payeeId(remittance), check, 1, null));
    if (joined) {
      parties.forEach(party -> BlueButton.declare(party, check.asOf()));
    }
    return parties;
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
    return of(remittance, claim, id, priorClaimNumber, null).resources();
  }

  /**
   * What became of a claim.
   *
   * @param missing elements for want of which the EOB of a joined claim meets no profile of C4BB
   */
  public record Answer(List<Resource> resources, Set<String> missing) {}

  /**
   * A claim joined with its 837. Patient, Coverage and all others that the 837 names are as it
   * describes them, and ClaimResponse and EOB refer to them. Where the 835 says of patient or
   * coverage anything else, its own Patient (linked to the other) and Coverage are there too. The
   * EOB is one of C4BB where nothing is missing for that, otherwise as without an 837.
   *
   * @param id from {@link Identities#claimId}
   * @param priorClaimNumber CLP07 of the reversal before it that it corrects, or null
   * @param billed the claim that it answers, null where none is known
   */
  public Answer of(
      Remittance remittance,
      ClaimPayment claim,
      String id,
      @Nullable String priorClaimNumber,
      @Nullable Billed billed) {
    BilledView bill =
        billed == null ? null : BilledView.of(billed.submission(), billed.claim(), elements);
    ClaimView view = ClaimView.of(view(remittance), claim, id, priorClaimNumber, bill);
    Joined joined = view.joined();
    List<Resource> resources = new ArrayList<>(7);
    Set<String> missing = new TreeSet<>();
    if (joined != null) {
      resources.addAll(JoinedParties.named(joined));
    }
    if (joined == null || !joined.agrees()) {
      people(view, resources);
    } else {
      rendering(view, resources);
    }
    List<String> otherCoverages = coverages(view, resources);
    resources.add(ClaimResponses.of(view));
    ExplanationOfBenefit eob = joined == null ? null : BlueButtonEobs.of(view, joined, missing);
    resources.add(eob == null ? ExplanationOfBenefits.of(view, otherCoverages) : eob);
    if (provenance) {
      resources.add(provenance(view));
    }
    return new Answer(resources, missing);
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
    Patient patient = Parties.patient(parties.patient(), parties.corrected(), payerId);
    if (view.joined() != null) {
      patient.addLink().setType(Patient.LinkType.SEEALSO).setOther(view.patientReference());
    }
    into.add(stamped(patient, view.known(parties.patientId()), view));
    ClaimParties.Insured insured = parties.insured();
    if (insured != null && !insured.id().equals(parties.patientId())) {
      into.add(stamped(Parties.policyHolder(insured), insured.id(), view));
    }
    rendering(view, into);
  }

  private static void rendering(ClaimView view, List<Resource> into) {
    Person rendering = view.parties().rendering();
    String renderingId = view.renderingId();
    if (rendering != null && renderingId != null) {
      Resource provider =
          stamped(
              rendering.organization()
                  ? Parties.organization(rendering)
                  : Parties.practitioner(rendering),
              renderingId,
              view);
      into.add(
          view.joined() == null ? provider : BlueButton.declare(provider, view.check().asOf()));
    }
  }

  private static List<String> coverages(ClaimView view, List<Resource> into) {
    ClaimParties parties = view.parties();
    if (view.joined() == null || !view.joined().agrees()) {
      into.add(
          stamped(
              Parties.coverage(
                  view.patientReference(),
                  parties.memberId(),
                  parties.insured(),
                  view.check().payer(),
                  view.claim().filingIndicator()),
              view.coverageId(),
              view));
    }
    List<String> others = new ArrayList<>(2);
    for (ClaimParties.OtherCoverage other : parties.others()) {
      other(view, other, into);
      others.add(view.known(other.id()));
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
            view.known(other.id()),
            view));
  }

  private static <T extends Resource> T stamped(T resource, String id, ClaimView view) {
    return Source.stamp(resource, id, view.check(), view.claim().segment(), null);
  }

  private static Provenance provenance(ClaimView view) {
    ClaimPayment claim = view.claim();
    Provenance provenance =
        Provenances.of(
            List.of(
                Elements.reference("ExplanationOfBenefit", view.id()),
                Elements.reference("ClaimResponse", view.id())),
            view.id(),
            view.check().remittance().source(),
            claim.byteOffset(),
            claim.byteLength());
    return Source.stamp(provenance, provenance.getIdPart(), view.check(), claim.segment(), null);
  }
}
