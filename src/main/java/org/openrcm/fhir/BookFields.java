package org.openrcm.fhir;

import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.DATE;
import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.REFERENCE;
import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.STRING;
import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.TOKEN;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.openrcm.audit.PatientSearches;
import org.openrcm.posting.Trouble;

/**
 * What the resources of the books can be searched by. In SQL {@code n} is the account or the task,
 * {@code r} a check.
 */
final class BookFields {
  /** The states that each status can be of, which have an index. */
  private static final Map<String, List<String>> TASK_STATES =
      Map.of(
          "draft", List.of("OUT"),
          "requested", List.of("OPEN", "WAITING"),
          "ready", List.of("WAITING"),
          "in-progress", List.of("OPEN", "HELD"),
          "on-hold", List.of("SNOOZED"),
          "completed", List.of("SOLVED", "OUT"),
          "cancelled", List.of("CLOSED", "OUT"));

  private BookFields() {}

  /** Where a check is on its way into the books. */
  static Condition postingState(SearchValues values) {
    List<String> states = new ArrayList<>();
    for (SearchValues.Token token : values.tokens()) {
      for (PostingState state : PostingState.values()) {
        if (SearchFields.is(token, Systems.POSTING_STATE, state.code())) {
          states.addAll(state.stored());
        }
      }
    }
    Condition any = Condition.in("p.state", "text", states);
    return new Condition(
        "r.number in (select p.remittance_number from remittance_posting p where "
            + any.sql()
            + ")",
        any.values());
  }

  static Stream<SearchField> account() {
    return Stream.of(
        SearchField.standard(
            "identifier",
            TOKEN,
            "Account-identifier",
            "The patient control number of a claim (CLM01), or a member number in upper or lower"
                + " case; neither has a system",
            BookFields::accountNumber),
        SearchField.standard(
            "name",
            STRING,
            "Account-name",
            "Last name, first name, middle name, or how they begin, in upper or lower case",
            values ->
                Condition.any(values.strings().stream().map(BookFields::accountName).toList())),
        SearchField.standard(
            "status",
            TOKEN,
            "Account-status",
            "All are active",
            values -> always(values, "http://hl7.org/fhir/account-status")),
        patient("patient", "Account-patient"),
        patient("subject", "Account-subject"));
  }

  /** Where nothing has another status. */
  static Condition always(SearchValues values, String system) {
    return values.tokens().stream().anyMatch(token -> SearchFields.is(token, system, "active"))
        ? Condition.ALWAYS
        : Condition.NEVER;
  }

  private static SearchField patient(String name, String definition) {
    return SearchField.standard(
        name,
        REFERENCE,
        definition,
        "A Patient as claims (837) or payments applied to them (835) name them",
        values -> accountOf(values.references("Patient")));
  }

  private static Condition accountOf(List<UUID> patients) {
    return within("n.number in (%s)", accountsOf(patients));
  }

  /** A query of the numbers of the accounts on which these patients are treated. */
  static Condition accountsOf(List<UUID> patients) {
    return within(
        "select a.account_number from account_claim a where a.claim_number in (%s)",
        claimsOf(patients));
  }

  /** A query of the numbers of claims: those of patients, and those that their payments are for. */
  static Condition claimsOf(List<UUID> patients) {
    Condition billed = Condition.in("b.patient_id", "uuid", patients);
    Condition decided = Condition.in("d.patient_id", "uuid", patients);
    return new Condition(
        """
        select b.number from claim b where %s
        union all
        select p.claim_number from claim_payment d join payment_posting p
          on p.remittance_number = d.remittance_number and p.ordinal = d.ordinal
        where p.outcome in ('APPLIED', 'REVERSED') and %s"""
            .formatted(billed.sql(), decided.sql()),
        Stream.concat(billed.values().stream(), decided.values().stream()).toList());
  }

  private static Condition accountNumber(SearchValues values) {
    Condition control = SearchFields.withoutSystem(values, "a.control");
    List<Condition> any = new ArrayList<>();
    any.add(
        new Condition(
            "n.number in (select a.account_number from account_claim a where "
                + control.sql()
                + ")",
            control.values()));
    values.tokens().stream()
        .filter(token -> token.system() == null || token.system().isEmpty())
        .forEach(token -> any.add(member(token.code())));
    return Condition.any(any);
  }

  /** Found by the first word of the number, which has an index, and held against all of it. */
  private static Condition member(String number) {
    List<String> words = PatientSearches.cut(number);
    return words.isEmpty()
        ? Condition.NEVER
        : Condition.of(
            """
            (n.number in (select w.account_number from account_word w where w.word = ?)
            and exists (select from account_coverage v where v.account_number = n.number
              and ? in (lower(v.member_id), lower(v.payers_member_id))))""",
            words.get(0),
            number.toLowerCase(Locale.ROOT));
  }

  static Stream<SearchField> task() {
    return Stream.of(
        SearchField.standard(
            "status",
            TOKEN,
            "Task-status",
            "requested, in-progress once somebody owns it, completed when its cause is gone,"
                + " cancelled when somebody closed it; of the collections queue also draft, ready"
                + " and on-hold",
            BookFields::taskStatus),
        SearchField.standard(
            "code", TOKEN, "Task-code", "What is the matter, or collect", BookFields::trouble),
        SearchField.standard(
            "owner",
            REFERENCE,
            "Task-owner",
            "With the modifier :identifier only: the number that a Task gives of its owner",
            BookFields::owner),
        SearchField.standard(
            "focus",
            REFERENCE,
            "Task-focus",
            "A ClaimResponse, a Claim, or a PaymentReconciliation; of the queue an Account",
            BookFields::focus),
        SearchField.standard("patient", REFERENCE, "Task-patient", "", BookFields::patientOfTask),
        SearchField.standard("subject", REFERENCE, "Task-subject", "", BookFields::patientOfTask),
        SearchField.standard(
            "authored-on",
            DATE,
            "Task-authored-on",
            "When it was opened; days are UTC's",
            values -> moments(values, "n.opened_at")),
        SearchField.standard(
            "modified",
            DATE,
            "Task-modified",
            "As _lastUpdated",
            values -> moments(values, "n.changed_at")));
  }

  private static Condition moments(SearchValues values, String column) {
    return Condition.any(values.dates().stream().map(date -> date.ofMoment(column)).toList());
  }

  private static Condition taskStatus(SearchValues values) {
    List<Condition> any = new ArrayList<>();
    for (SearchValues.Token token : values.tokens()) {
      TASK_STATES.forEach(
          (code, states) -> {
            if (SearchFields.is(token, "http://hl7.org/fhir/task-status", code)) {
              any.add(
                  Condition.in("n.state", "text", states).and(Condition.of("n.status = ?", code)));
            }
          });
    }
    return Condition.any(any);
  }

  private static Condition trouble(SearchValues values) {
    List<String> types = new ArrayList<>();
    for (SearchValues.Token token : values.tokens()) {
      for (Trouble trouble : Trouble.values()) {
        if (SearchFields.is(token, Systems.POSTING_EXCEPTION, trouble.slug())) {
          types.add(trouble.name());
        }
      }
      if (SearchFields.is(token, Systems.COLLECTION, CollectionTasks.COLLECT)) {
        types.add("COLLECT");
      }
    }
    return Condition.in("n.type", "text", types);
  }

  private static Condition owner(SearchValues values) {
    return Condition.in("n.owner_id", "uuid", values.staff());
  }

  private static Condition focus(SearchValues values) {
    List<Condition> any = new ArrayList<>();
    for (String type : List.of("ClaimResponse", "Claim", "PaymentReconciliation", "Account")) {
      if (values.modifier() == null || type.equals(values.modifier())) {
        any.add(about(type, values.references(type)));
      }
    }
    return Condition.any(any);
  }

  private static Condition about(String type, List<UUID> ids) {
    return switch (type) {
      case "ClaimResponse" -> payments(Condition.in("p.id", "uuid", ids));
      case "Claim" -> claims(Condition.in("b.id", "uuid", ids));
      case "Account" ->
          within(
              """
              (n.source = 'ACCOUNT' and n.source_number in (
                select a.number from account a where %s))""",
              Condition.in("a.id", "uuid", ids));
      default ->
          // a check in parts is told by its first one
          within(
              """
              (n.source in ('CHECK', 'PROVIDER_ADJUSTMENT') and n.source_number in (
                select m.remittance_number from named m
                where m.kind = 'PaymentReconciliation' and m.claim_ordinal = 1 and %s))""",
              Condition.in("m.id", "uuid", ids));
    };
  }

  private static Condition payments(Condition of) {
    return within(
        """
        (n.source = 'PAYMENT' and (n.source_number, n.source_place) in (
          select p.remittance_number, p.ordinal from claim_payment p where %s))""",
        of);
  }

  private static Condition claims(Condition of) {
    return within(
        "(n.source = 'CLAIM' and n.source_number in (select b.number from claim b where %s))", of);
  }

  private static Condition within(String sql, Condition condition) {
    return new Condition(sql.formatted(condition.sql()), condition.values());
  }

  private static Condition patientOfTask(SearchValues values) {
    List<UUID> ids = values.references("Patient");
    return Condition.any(
        List.of(
            payments(Condition.in("p.patient_id", "uuid", ids)),
            claims(Condition.in("b.patient_id", "uuid", ids)),
            within("(n.source = 'ACCOUNT' and n.source_number in (%s))", accountsOf(ids))));
  }

  /** Accounts are kept in the order of their names, in capitals and without punctuation. */
  private static Condition accountName(String name) {
    String begin = name.replaceAll("[\\s,]+", " ").strip().toUpperCase(Locale.ROOT);
    return Condition.of("(n.sort_name >= ? and n.sort_name < ?)", begin, begin + SearchFields.LAST);
  }
}
