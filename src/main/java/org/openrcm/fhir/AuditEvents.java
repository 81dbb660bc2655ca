package org.openrcm.fhir;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditEntry;
import org.openrcm.billing.ContentId;

/**
 * An entry of the audit record as an AuditEvent, in the shape of IHE BALP (Basic Audit Log
 * Patterns): a browser or program that asked, the server that answered, the person; the request,
 * the patient, and the one thing or the search that it was about. It says what the entry says and
 * no more: of the server there is no address, as none is on the record. A refusal has the same
 * shape with its outcome, and meets no profile of BALP, whose are of successes.
 */
final class AuditEvents {
  static final String TYPE = "AuditEvent";

  private static final String SERVER = "OpenRCM";
  private static final Coding PERSON =
      Elements.coding(Systems.AUDIT_ENTITY_TYPE, "1").setDisplay("Person");
  private static final Coding SYSTEM_OBJECT =
      Elements.coding(Systems.AUDIT_ENTITY_TYPE, "2").setDisplay("System Object");
  private static final Coding REQUEST = Elements.coding(Systems.BALP_ENTITY_TYPE, "XrequestId");
  private static final Coding APPLICATION_SERVER =
      Elements.coding(Systems.AUDIT_SOURCE_TYPE, "4").setDisplay("Application Server");

  /** What can be read here by the id that the record has. */
  static final Set<String> RESOURCES =
      Stream.concat(SearchFields.types().stream(), Stream.of(BinaryEndpoint.TYPE))
          .collect(Collectors.toUnmodifiableSet());

  private final String practice;

  /**
   * Draws the entries of a practice.
   *
   * @param practice its name
   */
  AuditEvents(String practice) {
    this.practice = practice;
  }

  AuditEvent of(AuditEntry entry) {
    AuditKind kind = AuditKind.of(entry.action());
    AuditEvent event = new AuditEvent();
    event.setId(ContentId.text(entry.publicId()));
    event.getMeta().setLastUpdatedElement(Elements.instant(entry.at()));
    profiles(entry, kind, event);
    event.setType(kind.type());
    event.addSubtype(kind.subtype());
    event.setAction(kind.action());
    event.setRecordedElement(Elements.instant(entry.at()));
    event.setOutcome(AuditEventOutcome.fromCode(Integer.toString(entry.outcome())));
    if (entry.why() != null && !entry.why().isBlank()) {
      event.setOutcomeDesc(entry.why());
    }
    event.addPurposeOfEvent(purpose(entry));
    agents(entry, kind, event);
    event.getSource().setObserver(server()).addType(APPLICATION_SERVER);
    if (!practice.isBlank()) {
      event.getSource().setSite(practice);
    }
    entities(entry, kind, event);
    return event;
  }

  private static void profiles(AuditEntry entry, AuditKind kind, AuditEvent event) {
    if (entry.isRefused()) {
      event.getMeta().addProfile(Systems.AUDIT_PROFILE);
      return;
    }
    boolean ofPatient = entry.patient() != null;
    event.getMeta().addProfile(kind.profile(ofPatient));
    String balp = kind.balpProfile(ofPatient);
    if (balp != null) {
      event.getMeta().addProfile(balp);
    }
  }

  private static CodeableConcept purpose(AuditEntry entry) {
    return Elements.concept(Systems.ACT_REASON, entry.purpose());
  }

  private static void agents(AuditEntry entry, AuditKind kind, AuditEvent event) {
    AuditEventAgentComponent client = event.addAgent();
    client.setType(new CodeableConcept(kind.client()));
    network(entry.address(), client);
    AuditEventAgentComponent server = event.addAgent();
    server.setType(new CodeableConcept(kind.server()));
    server.setWho(server()).setRequestor(false);
    network(null, server);
    if (isPerson(entry)) {
      // a browser is known by where it is
      client.setWho(
          entry.address() == null
              ? Elements.absent(new Reference())
              : new Reference().setDisplay(entry.address()));
      client.setRequestor(false);
      AuditEventAgentComponent user = event.addAgent();
      user.setType(new CodeableConcept(kind.user()));
      user.setWho(person(entry)).setRequestor(true);
      user.addPurposeOfUse(purpose(entry));
      known(entry, user);
    } else {
      client.setWho(named(new Reference().setType("Device"), entry)).setRequestor(true);
      if (!kind.isBare()) {
        known(entry, client);
      }
    }
  }

  private static boolean isPerson(AuditEntry entry) {
    return entry.actorKind().equals(Actor.Kind.STAFF.name()) || isPatient(entry);
  }

  private static boolean isPatient(AuditEntry entry) {
    return entry.actorKind().equals(Actor.Kind.PATIENT.name());
  }

  /** A patient at their own bill is an agent by the same reference as the patient that it is of. */
  private static Reference person(AuditEntry entry) {
    UUID patient = entry.patient();
    if (!isPatient(entry)) {
      return named(new Reference().setType("Practitioner"), entry);
    }
    return named(
        patient == null
            ? new Reference().setType("Patient")
            : Elements.reference("Patient", ContentId.text(patient)),
        entry);
  }

  private static Reference named(Reference who, AuditEntry entry) {
    UUID id = entry.actorId();
    if (id != null) {
      who.setIdentifier(Elements.identifier(ExceptionTasks.URI, ExceptionTasks.UUID_URI + id));
    }
    if (!entry.actor().isBlank()) {
      who.setDisplay(entry.actor());
    }
    return who;
  }

  private static void known(AuditEntry entry, AuditEventAgentComponent agent) {
    if (!entry.actor().isBlank()) {
      agent.setName(entry.actor());
    }
    for (String role : List.of(entry.roles().split(" "))) {
      if (!role.isBlank()) {
        agent.addRole().setText(role);
      }
    }
  }

  private static Reference server() {
    return new Reference().setType("Device").setDisplay(SERVER);
  }

  private static void network(@Nullable String address, AuditEventAgentComponent agent) {
    if (address == null || address.isBlank()) {
      agent.getNetwork().setAddressElement(Elements.absent(new StringType()));
    } else {
      agent.getNetwork().setAddress(address).setType(AuditEventAgentNetworkType._2);
    }
  }

  private static void entities(AuditEntry entry, AuditKind kind, AuditEvent event) {
    AuditEventEntityComponent request = event.addEntity().setType(REQUEST);
    request.setWhat(new Reference().setIdentifier(Elements.identifier(null, entry.request())));
    UUID patient = entry.patient();
    if (patient != null) {
      AuditEventEntityComponent whose = event.addEntity().setType(PERSON);
      whose.setWhat(Elements.reference("Patient", ContentId.text(patient)));
      whose.setRole(role("1", "Patient"));
    }
    AuditEventEntityComponent about = event.addEntity().setType(SYSTEM_OBJECT);
    if (kind.isOfSearch(entry.query() != null)) {
      about.setRole(role("24", "Query"));
      about.setDescription(entry.subjectType());
      about.setQuery(query(entry));
    } else {
      about.setRole(role("4", "Domain Resource"));
      about.setWhat(subject(entry));
      if (entry.query() != null && !kind.isBare()) {
        about.setQuery(query(entry));
      }
    }
  }

  private static Coding role(String code, String display) {
    return Elements.coding(Systems.OBJECT_ROLE, code).setDisplay(display);
  }

  /** What was looked for, a question mark, and the query in the very bytes that were sent. */
  private static byte[] query(AuditEntry entry) {
    String sent = entry.query() == null ? "" : "?" + entry.query();
    return (entry.subjectType() + sent).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Reference subject(AuditEntry entry) {
    String id = entry.subjectId();
    if (id == null || id.isBlank()) {
      return new Reference().setDisplay(entry.subjectType());
    }
    UUID uuid = SearchValues.id(id.replace("-", ""));
    if (uuid != null && RESOURCES.contains(entry.subjectType())) {
      return Elements.reference(entry.subjectType(), ContentId.text(uuid));
    }
    return new Reference()
        .setIdentifier(Elements.identifier(null, id))
        .setDisplay(entry.subjectType());
  }
}
