package org.openrcm.fhir;

import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.DATE;
import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.REFERENCE;
import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.STRING;
import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.TOKEN;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.openrcm.audit.Actor;
import org.openrcm.billing.ContentId;

/** What the audit record can be searched by. In SQL {@code n} is the entry. */
final class AuditFields {
  private static final String ACTIONS = "http://hl7.org/fhir/audit-event-action";
  private static final String OUTCOMES = "http://hl7.org/fhir/audit-event-outcome";

  private AuditFields() {}

  static Stream<SearchField> all() {
    return Stream.of(
        SearchField.standard(
            "date",
            DATE,
            "AuditEvent-date",
            "As _lastUpdated",
            values ->
                Condition.any(
                    values.dates().stream().map(date -> date.ofMoment("n.recorded_at")).toList())),
        SearchField.standard(
            "patient",
            REFERENCE,
            "AuditEvent-patient",
            "Whose data it was about, or who was at their own",
            values -> Condition.in("n.patient_id", "uuid", values.references("Patient"))),
        SearchField.standard(
            "agent",
            REFERENCE,
            "AuditEvent-agent",
            "A Patient at their own data; with the modifier :identifier the number that an"
                + " AuditEvent gives of a person or a program",
            AuditFields::agent),
        SearchField.standard(
            "agent-name",
            STRING,
            "AuditEvent-agent-name",
            "How the name of the person, program or job begins, in upper or lower case",
            AuditFields::agentName),
        SearchField.standard(
            "action",
            TOKEN,
            "AuditEvent-action",
            "C, R, U, D or E",
            values -> kinds(values, AuditFields::act)),
        SearchField.standard(
            "outcome",
            TOKEN,
            "AuditEvent-outcome",
            "0 where it was done, 4 or 8 where it was refused",
            AuditFields::outcome),
        SearchField.standard(
            "type",
            TOKEN,
            "AuditEvent-type",
            "rest, or a code of DICOM",
            values -> kinds(values, AuditKind::type)),
        SearchField.standard(
            "subtype",
            TOKEN,
            "AuditEvent-subtype",
            "create, read, update, delete or search, or a code of DICOM or of ISO 21089",
            values -> kinds(values, AuditKind::subtype)),
        SearchField.standard(
            "entity",
            REFERENCE,
            "AuditEvent-entity",
            "A resource that can be read here; with the modifier :identifier a request, or anything"
                + " else by the number that an AuditEvent gives of it",
            AuditFields::entity));
  }

  private static Condition agent(SearchValues values) {
    if (!"identifier".equals(values.modifier())) {
      return Condition.of("n.actor_kind = ?", Actor.Kind.PATIENT.name())
          .and(Condition.in("n.patient_id", "uuid", values.references("Patient")));
    }
    return Condition.in("n.actor_id", "uuid", values.staff());
  }

  private static Condition agentName(SearchValues values) {
    return Condition.any(
        values.strings().stream()
            .map(
                name ->
                    Condition.of(
                        "starts_with(lower(n.actor_name), ?)", name.toLowerCase(Locale.ROOT)))
            .toList());
  }

  private static Coding act(AuditKind kind) {
    return Elements.coding(ACTIONS, kind.action().toCode());
  }

  private static Condition kinds(SearchValues values, Function<AuditKind, Coding> coding) {
    return Condition.in(
        "n.action",
        "text",
        Stream.of(AuditKind.values())
            .filter(
                kind ->
                    values.tokens().stream()
                        .anyMatch(
                            token ->
                                SearchFields.is(
                                    token,
                                    coding.apply(kind).getSystem(),
                                    coding.apply(kind).getCode())))
            .map(AuditKind::stored)
            .toList());
  }

  private static Condition outcome(SearchValues values) {
    List<Condition> any = new ArrayList<>();
    for (int outcome : new int[] {0, 4, 8, 12}) {
      if (values.tokens().stream()
          .anyMatch(token -> SearchFields.is(token, OUTCOMES, Integer.toString(outcome)))) {
        any.add(Condition.of("n.outcome = ?", outcome));
      }
    }
    return Condition.any(any);
  }

  private static Condition entity(SearchValues values) {
    if ("identifier".equals(values.modifier())) {
      List<String> numbers =
          values.identifiers().tokens().stream()
              .filter(token -> token.system() == null || token.system().isEmpty())
              .map(SearchValues.Token::code)
              .toList();
      return Condition.any(
          List.of(
              Condition.in("n.request_id", "text", numbers),
              Condition.in("n.subject_id", "text", numbers)));
    }
    List<Condition> any = new ArrayList<>();
    for (String type : AuditEvents.RESOURCES) {
      if (values.modifier() == null || type.equals(values.modifier())) {
        any.add(about(type, values.references(type)));
      }
    }
    return Condition.any(any);
  }

  /** Pages record an id with hyphens, and FHIR without. */
  private static Condition about(String type, List<UUID> ids) {
    Condition subject =
        Condition.of("n.subject_type = ?", type)
            .and(
                Condition.in(
                    "n.subject_id",
                    "text",
                    ids.stream()
                        .flatMap(id -> Stream.of(id.toString(), ContentId.text(id)))
                        .toList()));
    return type.equals("Patient")
        ? Condition.any(List.of(Condition.in("n.patient_id", "uuid", ids), subject))
        : subject;
  }
}
