package org.openrcm.fhir;

import ca.uhn.fhir.rest.annotation.Metadata;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IServerConformanceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestSecurityComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;

/**
 * What this server can do, made from the very tables that it works by ({@link SearchFields}, {@link
 * Includes}).
 */
public final class Capabilities implements IServerConformanceProvider<CapabilityStatement> {
  private static final String SECURITY_SERVICE =
      "http://terminology.hl7.org/CodeSystem/restful-security-service";
  private static final Map<String, List<String>> PROFILES =
      Map.ofEntries(
          Map.entry("Claim", List.of(Systems.CLAIM_PROFILE)),
          Map.entry("ExplanationOfBenefit", List.of(Systems.EOB_PROFILE)),
          Map.entry("ClaimResponse", List.of(Systems.CLAIM_RESPONSE_PROFILE)),
          Map.entry("PaymentReconciliation", List.of(Systems.PAYMENT_PROFILE)),
          Map.entry("Account", List.of(Systems.ACCOUNT_PROFILE)),
          Map.entry("Task", List.of(Systems.TASK_PROFILE, Systems.COLLECTION_TASK_PROFILE)),
          Map.entry("Invoice", List.of(Systems.INVOICE_PROFILE)),
          Map.entry("DocumentReference", List.of(Systems.DOCUMENT_PROFILE)),
          Map.entry("PaymentNotice", List.of(Systems.NOTICE_PROFILE)),
          Map.entry("Communication", List.of(Systems.COMMUNICATION_PROFILE)),
          Map.entry("Flag", List.of(Systems.FLAG_PROFILE)),
          Map.entry(AuditEvents.TYPE, AuditKind.profiles()));

  private final Instant since;

  /**
   * The statement of a server.
   *
   * @param since when it was started: from then on this is what it can do
   */
  Capabilities(Instant since) {
    this.since = since;
  }

  @Override
  public void setRestfulServer(RestfulServer server) {
    // everything there is to say is known without it
  }

  @Override
  @Metadata
  public CapabilityStatement getServerConformance(
      HttpServletRequest request, RequestDetails details) {
    String base = details.getFhirServerBase();
    CapabilityStatement statement = new CapabilityStatement();
    statement.setName("OpenRCM");
    statement.setTitle(
        "OpenRCM: claims, remittances, patient accounts, statements, payments, exceptions, the"
            + " collections queue, contacts, flags and the audit record as FHIR resources");
    statement.setStatus(PublicationStatus.ACTIVE);
    statement.setDate(Date.from(since));
    statement.setKind(CapabilityStatement.CapabilityStatementKind.INSTANCE);
    statement.getSoftware().setName("OpenRCM").setVersion(version());
    statement.getImplementation().setDescription("OpenRCM").setUrl(base);
    statement.setFhirVersion(FHIRVersion._4_0_1);
    statement.addFormat("application/fhir+json");
    statement.addFormat("application/fhir+xml");
    CapabilityStatementRestComponent rest = statement.addRest();
    rest.setMode(RestfulCapabilityMode.SERVER);
    rest.setDocumentation(
        "Read only. Unknown search parameters are refused unless Prefer: handling=lenient is sent."
            + " Pages hold at most "
            + SearchRequest.MOST
            + " resources; links to further pages are good for a day.");
    security(rest.getSecurity(), base);
    SearchFields.types().forEach(type -> resource(type, rest.addResource()));
    binary(rest.addResource());
    return statement;
  }

  private static String version() {
    return Objects.requireNonNullElse(
        Capabilities.class.getPackage().getImplementationVersion(), "development");
  }

  private static void security(CapabilityStatementRestSecurityComponent security, String base) {
    security.setCors(false);
    security.addService(Elements.concept(SECURITY_SERVICE, "SMART-on-FHIR"));
    security.setDescription(
        "OAuth 2.0 client credentials with SMART system scopes, such as"
            + " system/ExplanationOfBenefit.rs; see "
            + base
            + SmartConfiguration.PATH);
  }

  private static void resource(String type, CapabilityStatementRestResourceComponent resource) {
    resource.setType(type);
    PROFILES.getOrDefault(type, List.of()).forEach(resource::addSupportedProfile);
    readOnly(resource);
    resource.addInteraction().setCode(TypeRestfulInteraction.SEARCHTYPE);
    Includes.all(type).forEach(resource::addSearchInclude);
    for (SearchField field : SearchFields.of(type)) {
      var parameter = resource.addSearchParam();
      parameter.setName(field.name());
      parameter.setDefinition(field.definition());
      parameter.setType(field.type());
      if (!field.words().isEmpty()) {
        parameter.setDocumentation(field.words());
      }
    }
  }

  private static void readOnly(CapabilityStatementRestResourceComponent resource) {
    resource.addInteraction().setCode(TypeRestfulInteraction.READ);
    resource.setVersioning(ResourceVersionPolicy.NOVERSION);
    resource.setReadHistory(false);
    resource.setUpdateCreate(false);
    resource.setConditionalCreate(false);
    resource.setConditionalUpdate(false);
  }

  private static void binary(CapabilityStatementRestResourceComponent resource) {
    resource.setType(BinaryEndpoint.TYPE);
    resource.setDocumentation(
        "The PDF of a DocumentReference: as it was sent, or as a resource where FHIR is asked for");
    readOnly(resource);
  }
}
