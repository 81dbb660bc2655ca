package org.openrcm.fhir;

import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.DATE;
import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.REFERENCE;
import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.TOKEN;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What contacts and flags can be searched by. In SQL {@code n} is the contact, or the flag. */
final class ContactFields {
  private ContactFields() {}

  static Stream<SearchField> communication() {
    return Stream.of(
        SearchField.standard(
            "status",
            TOKEN,
            "Communication-status",
            "completed, or not-done where nobody was reached",
            ContactFields::done),
        SearchField.standard(
            "category",
            TOKEN,
            "Communication-category",
            "By which way",
            values -> coded(values, Systems.CONTACT_CHANNEL, "n.channel")),
        SearchField.standard(
            "medium",
            TOKEN,
            "Communication-medium",
            "By which way, in HL7's codes",
            ContactFields::medium),
        SearchField.standard(
            "sent",
            DATE,
            "Communication-sent",
            "When we called or wrote; days are UTC's",
            values -> moments(values, "case when n.direction = 'OUT' then n.at end")),
        SearchField.standard(
            "received",
            DATE,
            "Communication-received",
            "When they called or wrote; days are UTC's",
            values -> moments(values, "case when n.direction <> 'OUT' then n.at end")),
        account("communication-account"),
        patient("patient", "Communication-patient"),
        patient("subject", "Communication-subject"));
  }

  static Stream<SearchField> flag() {
    return Stream.of(
        SearchField.ours(
            "status",
            TOKEN,
            "flag-status",
            "active, or inactive once it was taken off or has ended",
            ContactFields::flagStatus),
        SearchField.ours(
            "category", TOKEN, "flag-category", "billing or contact", ContactFields::category),
        SearchField.ours(
            "code",
            TOKEN,
            "flag-code",
            "What stands in the way",
            values ->
                Condition.any(
                    List.of(
                        Condition.of("n.category = 'BILLING'")
                            .and(coded(values, Systems.ACCOUNT_FLAG, "n.kind")),
                        Condition.of("n.category = 'CONTACT'")
                            .and(coded(values, Systems.CONTACT_NOTICE, "n.kind"))))),
        account("flag-account"),
        patient("patient", "clinical-patient"),
        patient("subject", "Flag-subject"));
  }

  /** Names of ours by their codes; a system alone asks for all of its codes. */
  private static Condition coded(SearchValues values, String system, String column) {
    List<String> names = new ArrayList<>();
    for (SearchValues.Token token : values.tokens()) {
      if (token.system() == null || token.system().equals(system)) {
        if (token.code().isEmpty()) {
          return Condition.ALWAYS;
        }
        String name = token.code().toUpperCase(Locale.ROOT).replace('-', '_');
        // codes are in small letters
        if (CollectionTasks.slug(name).equals(token.code())) {
          names.add(name);
        }
      }
    }
    return Condition.in(column, "text", names);
  }

  private static Condition done(SearchValues values) {
    Object completed = ContactCommunications.COMPLETED.toArray(String[]::new);
    List<Condition> any = new ArrayList<>();
    for (SearchValues.Token token : values.tokens()) {
      if (SearchFields.is(token, "http://hl7.org/fhir/event-status", "completed")) {
        any.add(Condition.of("n.outcome = any(?::text[])", completed));
      }
      if (SearchFields.is(token, "http://hl7.org/fhir/event-status", "not-done")) {
        any.add(Condition.of("n.outcome <> all(?::text[])", completed));
      }
    }
    return Condition.any(any);
  }

  private static Condition medium(SearchValues values) {
    List<String> channels = new ArrayList<>();
    for (SearchValues.Token token : values.tokens()) {
      for (Map.Entry<String, String> medium : ContactCommunications.MEDIUMS.entrySet()) {
        if (SearchFields.is(token, Systems.PARTICIPATION_MODE, medium.getValue())) {
          channels.add(medium.getKey());
        }
      }
    }
    return Condition.in("n.channel", "text", channels);
  }

  private static Condition flagStatus(SearchValues values) {
    return among(
        values, "http://hl7.org/fhir/flag-status", "n.status", List.of("active", "inactive"));
  }

  private static Condition category(SearchValues values) {
    return among(values, Systems.FLAG_CATEGORY, "lower(n.category)", List.of("billing", "contact"));
  }

  private static Condition among(
      SearchValues values, String system, String column, List<String> codes) {
    return Condition.in(
        column,
        "text",
        codes.stream()
            .filter(
                code ->
                    values.tokens().stream()
                        .anyMatch(token -> SearchFields.is(token, system, code)))
            .toList());
  }

  private static Condition moments(SearchValues values, String column) {
    return Condition.any(values.dates().stream().map(date -> date.ofMoment(column)).toList());
  }

  private static SearchField account(String definition) {
    return SearchField.ours(
        "account",
        REFERENCE,
        definition,
        "The Account that it is about",
        values ->
            within(
                "n.account_number in (select a.number from account a where %s)",
                Condition.in("a.id", "uuid", values.references("Account"))));
  }

  private static SearchField patient(String name, String definition) {
    return SearchField.standard(
        name,
        REFERENCE,
        definition,
        "A Patient as claims (837) of the account or payments applied to them (835) name them",
        values ->
            within(
                "n.account_number in (%s)", BookFields.accountsOf(values.references("Patient"))));
  }

  private static Condition within(String sql, Condition condition) {
    return new Condition(sql.formatted(condition.sql()), condition.values());
  }
}
