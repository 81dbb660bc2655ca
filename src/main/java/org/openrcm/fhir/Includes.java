package org.openrcm.fhir;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Account;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.ExplanationOfBenefit.CareTeamComponent;
import org.hl7.fhir.r4.model.ExplanationOfBenefit.InsuranceComponent;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Invoice;
import org.hl7.fhir.r4.model.PaymentNotice;
import org.hl7.fhir.r4.model.PaymentReconciliation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/** What {@code _include} can bring along: the references of each type, by search parameter. */
final class Includes {
  private static final Map<String, Map<String, Function<Resource, Stream<Reference>>>> PATHS =
      new TreeMap<>();

  static {
    path("ExplanationOfBenefit", "patient", ExplanationOfBenefit.class, e -> of(e.getPatient()));
    path("ExplanationOfBenefit", "provider", ExplanationOfBenefit.class, e -> of(e.getProvider()));
    path("ExplanationOfBenefit", "insurer", ExplanationOfBenefit.class, e -> of(e.getInsurer()));
    path(
        "ExplanationOfBenefit",
        "coverage",
        ExplanationOfBenefit.class,
        e -> e.getInsurance().stream().map(InsuranceComponent::getCoverage));
    path(
        "ExplanationOfBenefit",
        "care-team",
        ExplanationOfBenefit.class,
        e -> e.getCareTeam().stream().map(CareTeamComponent::getProvider));
    path("Account", "patient", Account.class, a -> a.getSubject().stream());
    path("Account", "subject", Account.class, a -> a.getSubject().stream());
    path("ClaimResponse", "patient", ClaimResponse.class, c -> of(c.getPatient()));
    path("ClaimResponse", "insurer", ClaimResponse.class, c -> of(c.getInsurer()));
    path("ClaimResponse", "requestor", ClaimResponse.class, c -> of(c.getRequestor()));
    path(
        "PaymentReconciliation",
        "payment-issuer",
        PaymentReconciliation.class,
        p -> of(p.getPaymentIssuer()));
    path(
        "PaymentReconciliation",
        "requestor",
        PaymentReconciliation.class,
        p -> of(p.getRequestor()));
    path("Invoice", "account", Invoice.class, i -> of(i.getAccount()));
    path("Invoice", "patient", Invoice.class, i -> of(i.getSubject()));
    path("Invoice", "subject", Invoice.class, i -> of(i.getSubject()));
    path("DocumentReference", "patient", DocumentReference.class, d -> of(d.getSubject()));
    path("DocumentReference", "subject", DocumentReference.class, d -> of(d.getSubject()));
    path(
        "DocumentReference",
        "related",
        DocumentReference.class,
        d -> d.getContext().getRelated().stream());
    path("PaymentNotice", "request", PaymentNotice.class, n -> of(n.getRequest()));
    path("Task", "focus", Task.class, Includes::focus);
    path("Task", "patient", Task.class, t -> of(t.getFor()));
    path("Task", "subject", Task.class, t -> of(t.getFor()));
    path("Communication", "account", Communication.class, c -> c.getAbout().stream());
    path("Communication", "patient", Communication.class, c -> of(c.getSubject()));
    path("Communication", "subject", Communication.class, c -> of(c.getSubject()));
    path("Flag", "account", Flag.class, Includes::account);
    path("Flag", "patient", Flag.class, f -> of(f.getSubject()));
    path("Flag", "subject", Flag.class, f -> of(f.getSubject()));
    path("Coverage", "patient", Coverage.class, c -> of(c.getBeneficiary()));
    path("Coverage", "beneficiary", Coverage.class, c -> of(c.getBeneficiary()));
    path("Coverage", "subscriber", Coverage.class, c -> of(c.getSubscriber()));
    path("Coverage", "policy-holder", Coverage.class, c -> of(c.getPolicyHolder()));
    path("Coverage", "payor", Coverage.class, c -> c.getPayor().stream());
  }

  private Includes() {}

  private static <T extends Resource> void path(
      String type, String name, Class<T> of, Function<T, Stream<Reference>> path) {
    PATHS
        .computeIfAbsent(type, any -> new LinkedHashMap<>())
        .put(name, resource -> path.apply(of.cast(resource)));
  }

  private static Stream<Reference> of(Reference reference) {
    return Stream.of(reference);
  }

  private static Stream<Reference> account(Flag flag) {
    return flag.getExtensionsByUrl(Systems.FLAGGED_ACCOUNT_EXTENSION).stream()
        .map(extension -> (Reference) extension.getValue());
  }

  /** A check can be long, and a page of tasks about many: each is to be asked for by itself. */
  private static Stream<Reference> focus(Task task) {
    Reference focus = task.getFocus();
    return focus.hasReference() && focus.getReference().startsWith("PaymentReconciliation/")
        ? Stream.empty()
        : Stream.of(focus);
  }

  /** The names that {@code _include} may have for a type, such as {@code patient}. */
  static Collection<String> names(String type) {
    return PATHS.getOrDefault(type, Map.of()).keySet();
  }

  /** As {@code _include} has them, such as {@code ExplanationOfBenefit:patient}. */
  static List<String> all(String type) {
    return names(type).stream().map(name -> type + ":" + name).toList();
  }

  /** What a resource refers to by these names, as {@code Type/id}. */
  static Stream<String> references(Resource resource, List<String> names) {
    Map<String, Function<Resource, Stream<Reference>>> paths =
        PATHS.getOrDefault(resource.fhirType(), Map.of());
    return names.stream()
        .flatMap(name -> paths.getOrDefault(name, any -> Stream.empty()).apply(resource))
        .filter(Reference::hasReference)
        .map(Reference::getReference)
        // what is contained is there already
        .filter(reference -> !reference.startsWith("#"));
  }
}
