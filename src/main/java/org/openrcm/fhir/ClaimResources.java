package org.openrcm.fhir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.openrcm.claim.Billing;
import org.openrcm.claim.Claim;
import org.openrcm.claim.Named;
import org.openrcm.claim.ServiceLine;
import org.openrcm.claim.Submission;

/**
 * An 837 as FHIR R4 resources: pure functions from records to resources. One instance serves one
 * thread.
 *
 * <p>The same Patient stands for all claims whose patient has the same name, birth date, payer and
 * member number. An 835 tells no birth date: where a claim of it is joined with its 837, {@link
 * RemittanceResources} lets the answer refer to the Patient made here, and links the Patient that
 * the 835 describes to it where that one says anything else.
 */
public final class ClaimResources {
  private final Elements elements = new Elements();
  private final boolean provenance;

  /**
   * Makes resources.
   *
   * @param provenance whether each claim comes with a Provenance that names its bytes in the file
   */
  public ClaimResources(boolean provenance) {
    this.provenance = provenance;
  }

  /**
   * A claim: who is named first, then their Coverages, then the Claim and the ClaimResponses of
   * earlier payers. Each id is there once.
   */
  public List<Resource> of(Submission submission, Claim claim) {
    BilledView view = BilledView.of(submission, claim, elements);
    Map<String, Resource> resources = new LinkedHashMap<>();
    add(claims(view), resources);
    EarlierDecisions.of(view).forEach(response -> resources.put(response.getId(), response));
    List<Resource> all = new ArrayList<>(people(view).values());
    all.addAll(resources.values());
    if (provenance) {
      all.add(
          Source.stamp(
              Provenances.of(
                  List.of(view.self()),
                  view.id(),
                  submission.source(),
                  claim.byteOffset(),
                  claim.byteLength()),
              org.openrcm.billing.ContentId.of(
                  "provenance", view.id(), submission.source().fileHash()),
              view.source() + claim.segment(),
              null));
    }
    return all;
  }

  private static Resource claims(BilledView view) {
    return BlueButton.declare(Claims.of(view), view.asOf());
  }

  private static void add(Resource resource, Map<String, Resource> into) {
    into.putIfAbsent(resource.getIdPart(), resource);
  }

  /** Everybody and every place that the claim names, and the coverages; by id. */
  static Map<String, Resource> people(BilledView view) {
    Map<String, Resource> people = new LinkedHashMap<>();
    Claim claim = view.claim();
    coverages(view, people);
    named(view, view.submission().submitter(), people);
    named(view, view.submission().receiver(), people);
    billing(view, people);
    for (BilledView.Carer carer : view.team()) {
      carer(view, carer, people);
    }
    places(view, claim.providers(), people);
    for (ServiceLine line : claim.lines()) {
      places(view, line.providers(), people);
    }
    return people;
  }

  private static void put(
      BilledView view, String id, Resource resource, Map<String, Resource> into) {
    if (!into.containsKey(id)) {
      Source.stamp(resource, id, view.source() + view.claim().segment(), null);
      into.put(id, BlueButton.declare(resource, view.asOf()));
    }
  }

  private static void coverages(BilledView view, Map<String, Resource> into) {
    for (BilledCoverage coverage : view.coverages()) {
      if (coverage.payer() != null && coverage.payerId() != null) {
        put(view, coverage.payerId(), BilledParties.payer(coverage.payer()), into);
      }
    }
    String focal = view.focal().payerId();
    Reference payer = focal == null ? null : Elements.reference("Organization", focal);
    put(view, view.patientId(), BilledParties.patient(view.claim(), payer, view.elements()), into);
    for (BilledCoverage coverage : view.coverages()) {
      if (coverage.subscriber() != null && coverage.subscriberId() != null) {
        put(
            view,
            coverage.subscriberId(),
            BilledParties.holder(
                coverage.subscriber(), view.patient(), coverage.relationship(), view.elements()),
            into);
      }
      put(view, coverage.id(), coverage.toResource(view.patient()), into);
    }
  }

  /** Submitter, receiver or plan: nothing but a name and numbers. */
  private static void named(BilledView view, @Nullable Named named, Map<String, Resource> into) {
    if (named != null) {
      put(
          view,
          BilledIds.party(named),
          named.person().organization()
              ? BilledParties.organization(named)
              : BilledParties.practitioner(named),
          into);
    }
  }

  private static void billing(BilledView view, Map<String, Resource> into) {
    Billing billing = view.claim().billing();
    Named provider = billing.provider();
    if (provider.person().organization()) {
      put(view, view.billingId(), BilledParties.provider(provider, billing.taxonomy()), into);
    } else {
      put(view, view.billingId(), BilledParties.practitioner(provider), into);
      if (billing.taxonomy() != null) {
        role(view, view.billing(), billing.taxonomy(), into);
      }
    }
    if (billing.payTo() != null) {
      location(view, billing.payTo(), view.billing(), into);
    }
    named(view, billing.payToPlan(), into);
  }

  private static void carer(BilledView view, BilledView.Carer carer, Map<String, Resource> into) {
    Named named = carer.named();
    String taxonomy = named.specialty() == null ? null : named.specialty().taxonomy();
    if (!carer.isPerson()) {
      put(view, carer.id(), BilledParties.organization(named), into);
      return;
    }
    put(view, carer.id(), BilledParties.practitioner(named), into);
    if (taxonomy != null) {
      role(view, carer.reference(), taxonomy, into);
    }
  }

  /** What somebody is, by PRV, in the service of the one who bills. */
  private static void role(
      BilledView view, Reference practitioner, String taxonomy, Map<String, Resource> into) {
    PractitionerRole role = new PractitionerRole();
    role.setPractitioner(practitioner);
    if (view.claim().billing().provider().person().organization()) {
      role.setOrganization(view.billing());
    }
    role.addSpecialty(view.elements().code(Systems.TAXONOMY, taxonomy));
    String id = BilledIds.role(practitioner.getReference(), taxonomy, view.billingId());
    put(view, id, role, into);
  }

  private static void places(BilledView view, List<Named> all, Map<String, Resource> into) {
    for (Named named : all) {
      if (named.person().entity().equals("77")) {
        named(view, named, into);
        location(view, named, Elements.reference("Organization", BilledIds.party(named)), into);
      } else if (BilledView.isPlace(named)) {
        location(view, named, null, into);
      }
    }
  }

  private static void location(
      BilledView view, Named named, @Nullable Reference owner, Map<String, Resource> into) {
    boolean company = owner != null && owner.getReference().startsWith("Organization/");
    put(
        view,
        BilledIds.location(named),
        BilledParties.location(named, company ? owner : null),
        into);
  }
}
