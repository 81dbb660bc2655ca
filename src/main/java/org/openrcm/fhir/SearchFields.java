package org.openrcm.fhir;

import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.DATE;
import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.REFERENCE;
import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.STRING;
import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.TOKEN;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.remittance.NamedWord;

/**
 * What each type of resource can be searched by. In SQL {@code c} is the claim, as billed or as
 * decided, {@code s} its submission, {@code r} its check, {@code n} the row of anything that is
 * named once for all (table {@code named}).
 */
final class SearchFields {
  private static final String CREATED = "coalesce(r.production_date, r.payment_date)";

  /** Behind every text that begins with the same letters, in the order of code points. */
  static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  /** X12's qualifiers of the identifiers that FHIR has a system for (see {@link Parties}). */
  private static final Map<String, Set<String>> QUALIFIERS =
      Map.of(
          Systems.NPI, Set.of("XX", "HPI"),
          Systems.TAX_ID, Set.of("FI", "TJ"),
          Systems.SSN, Set.of("34", "SY"),
          Systems.NAIC, Set.of("NI", "NF"));

  private static final Map<String, List<SearchField>> FIELDS = fields();

  private SearchFields() {}

  /** The types that are served to be searched. */
  static Set<String> types() {
    return FIELDS.keySet();
  }

  static List<SearchField> of(String type) {
    return FIELDS.getOrDefault(type, List.of());
  }

  private static Map<String, List<SearchField>> fields() {
    Map<String, List<SearchField>> fields = new LinkedHashMap<>();
    fields.put("Claim", claim());
    fields.put("ExplanationOfBenefit", explanationOfBenefit());
    fields.put("ClaimResponse", claimResponse());
    fields.put("PaymentReconciliation", paymentReconciliation());
    fields.put("Account", Stream.concat(Stream.of(id("n.id")), BookFields.account()).toList());
    fields.put(
        "Task",
        withCommon("n.id", "When it was opened or changed", "n.changed_at", BookFields.task()));
    fields.put("Invoice", sent(BillFields.invoice()));
    fields.put("DocumentReference", sent(BillFields.document()));
    fields.put(
        "PaymentNotice",
        withCommon(
            "n.id",
            "When it was taken, or applied, given back or voided; days are UTC's",
            StoredPayments.CHANGED,
            BillFields.notice()));
    fields.put(
        "Communication",
        withCommon(
            "n.id",
            "When it was noted; days are UTC's",
            "n.noted_at",
            ContactFields.communication()));
    fields.put(
        "Flag",
        withCommon(
            "n.id",
            "When it was raised, taken off or ended; days are UTC's",
            "n.changed_at",
            ContactFields.flag()));
    fields.put(
        AuditEvents.TYPE,
        withCommon("n.id", "When it was done; days are UTC's", "n.recorded_at", AuditFields.all()));
    fields.put("Patient", withCommon("n.id", person("Patient")));
    fields.put("Coverage", withCommon("n.id", coverage()));
    fields.put("Organization", withCommon("n.id", organization()));
    fields.put("Practitioner", withCommon("n.id", person("Practitioner")));
    return fields;
  }

  private static List<SearchField> withCommon(String id, Stream<SearchField> fields) {
    return withCommon(id, loaded("remittance"), "r.loaded_at", fields);
  }

  private static List<SearchField> sent(Stream<SearchField> fields) {
    return withCommon(
        "n.id", "When the statement was issued; days are UTC's", "n.issued_at", fields);
  }

  private static String loaded(String source) {
    return "When the " + source + " that it comes from was loaded; days are UTC's";
  }

  /**
   * With what all have.
   *
   * @param updated column or expression of when it changed
   * @param words about that
   */
  private static List<SearchField> withCommon(
      String id, String words, String updated, Stream<SearchField> fields) {
    List<SearchField> all = new ArrayList<>();
    all.add(id(id));
    all.add(
        SearchField.standard(
            "_lastUpdated",
            DATE,
            "Resource-lastUpdated",
            words,
            values ->
                Condition.any(
                    values.dates().stream().map(date -> date.ofMoment(updated)).toList())));
    fields.forEach(all::add);
    return List.copyOf(all);
  }

  private static SearchField id(String column) {
    return SearchField.standard(
        "_id", TOKEN, "Resource-id", "", values -> Condition.in(column, "uuid", values.ids()));
  }

  private static List<SearchField> claim() {
    return withCommon(
        "c.id",
        loaded("submission"),
        "s.loaded_at",
        Stream.of(
            reference("patient", "Patient", "Claim-patient", "c.patient_id"),
            SearchField.standard(
                "identifier",
                TOKEN,
                "Claim-identifier",
                "The patient control number (CLM01); it has no system",
                values -> withoutSystem(values, "c.patient_control_number")),
            SearchField.standard(
                "created",
                DATE,
                "Claim-created",
                "Day on which the submission was made (BHT04)",
                values -> days(values, "s.submitted_on"))));
  }

  private static List<SearchField> explanationOfBenefit() {
    String type = "ExplanationOfBenefit";
    return withCommon(
        "c.id",
        Stream.of(
            reference("patient", "Patient", "ExplanationOfBenefit-patient", "c.patient_id"),
            claimNumber("ExplanationOfBenefit-identifier"),
            controlNumber("claim", "ExplanationOfBenefit-claim"),
            day("created", "ExplanationOfBenefit-created", CREATED),
            SearchField.ours(
                "payment-date",
                DATE,
                "explanation-of-benefit-payment-date",
                "Date of the check or transfer (ExplanationOfBenefit.payment.date)",
                SearchFields::paymentDate),
            status(type, "http://hl7.org/fhir/explanationofbenefit-status"),
            SearchField.ours(
                "insurer",
                REFERENCE,
                "explanation-of-benefit-insurer",
                "Who decided on the claim (ExplanationOfBenefit.insurer)",
                values -> references(values, "Organization", "r.payer_id")),
            reference("provider", "Organization", "ExplanationOfBenefit-provider", "r.payee_id")));
  }

  private static List<SearchField> claimResponse() {
    String type = "ClaimResponse";
    return withCommon(
        "c.id",
        Stream.of(
            reference("patient", "Patient", "ClaimResponse-patient", "c.patient_id"),
            claimNumber("ClaimResponse-identifier"),
            controlNumber("request", "ClaimResponse-request"),
            day("created", "ClaimResponse-created", CREATED),
            SearchField.standard(
                "payment-date",
                DATE,
                "ClaimResponse-payment-date",
                "Date of the check or transfer",
                SearchFields::paymentDate),
            status(type, "http://hl7.org/fhir/fm-status"),
            reference("insurer", "Organization", "ClaimResponse-insurer", "r.payer_id"),
            reference("requestor", "Organization", "ClaimResponse-requestor", "r.payee_id")));
  }

  private static List<SearchField> paymentReconciliation() {
    return withCommon(
        "n.id",
        "When the remittance was loaded or the state of its posting changed; days are UTC's",
        PostingStates.CHANGED,
        Stream.of(
            SearchField.ours(
                "posting-state",
                TOKEN,
                "payment-reconciliation-posting-state",
                "Where the check is on its way into the books",
                BookFields::postingState),
            SearchField.ours(
                "identifier",
                TOKEN,
                "payment-reconciliation-identifier",
                "Number of the check or transfer (PaymentReconciliation.paymentIdentifier)",
                values -> withoutSystem(values, "r.trace_number")),
            reference(
                "payment-issuer",
                "Organization",
                "PaymentReconciliation-payment-issuer",
                "r.payer_id"),
            reference("requestor", "Organization", "PaymentReconciliation-requestor", "r.payee_id"),
            day("created", "PaymentReconciliation-created", CREATED),
            SearchField.ours(
                "payment-date",
                DATE,
                "payment-reconciliation-payment-date",
                "Date of the check or transfer (PaymentReconciliation.paymentDate)",
                values -> days(values, "r.payment_date")),
            SearchField.standard(
                "status",
                TOKEN,
                "PaymentReconciliation-status",
                "All are active",
                values -> BookFields.always(values, "http://hl7.org/fhir/fm-status"))));
  }

  private static Stream<SearchField> person(String type) {
    String words = "Names that begin so, in upper or lower case";
    return Stream.of(
        name("name", type, type + "-name", words, "family", "given", "suffix"),
        name("family", type, "individual-family", words, "family"),
        name("given", type, "individual-given", words, "given"),
        number(type));
  }

  private static Stream<SearchField> organization() {
    String words = "Names that begin so, in upper or lower case";
    return Stream.of(
        name("name", "Organization", "Organization-name", words, "name"), number("Organization"));
  }

  private static Stream<SearchField> coverage() {
    return Stream.of(
        reference("patient", "Patient", "Coverage-patient", "n.patient_id"),
        reference("beneficiary", "Patient", "Coverage-beneficiary", "n.patient_id"));
  }

  static SearchField reference(String name, String target, String definition, String column) {
    return SearchField.standard(
        name, REFERENCE, definition, "", values -> references(values, target, column));
  }

  static Condition references(SearchValues values, String target, String column) {
    return Condition.in(column, "uuid", values.references(target));
  }

  private static SearchField day(String name, String definition, String column) {
    return SearchField.standard(name, DATE, definition, "", values -> days(values, column));
  }

  private static Condition days(SearchValues values, String column) {
    return Condition.any(values.dates().stream().map(date -> date.ofDay(column)).toList());
  }

  /** A predetermination (CLP02 25) says what would be paid: it has no payment. */
  private static Condition paymentDate(SearchValues values) {
    return days(values, "r.payment_date").and(Condition.of("c.status <> '25'"));
  }

  private static SearchField claimNumber(String definition) {
    return SearchField.standard(
        "identifier",
        TOKEN,
        definition,
        "The payer's claim control number (CLP07); it has no system",
        values -> withoutSystem(values, "c.payer_claim_control_number"));
  }

  /** The claim that was submitted is known by its number alone. */
  private static SearchField controlNumber(String name, String definition) {
    return SearchField.standard(
        name,
        REFERENCE,
        definition,
        "With the modifier :identifier only: the patient control number (CLP01)",
        values -> withoutSystem(values.identifiers(), "c.patient_control_number"));
  }

  static Condition withoutSystem(SearchValues values, String column) {
    return Condition.in(
        column,
        "text",
        values.tokens().stream()
            .filter(token -> token.system() == null || token.system().isEmpty())
            .map(SearchValues.Token::code)
            .filter(code -> !code.isEmpty())
            .toList());
  }

  private static SearchField status(String type, String system) {
    return SearchField.standard(
        "status",
        TOKEN,
        type + "-status",
        "active, or cancelled where it is a reversal (CLP02 22)",
        values -> {
          List<Condition> conditions = new ArrayList<>();
          for (SearchValues.Token token : values.tokens()) {
            if (is(token, system, "active")) {
              conditions.add(Condition.of("c.status <> '22'"));
            }
            if (is(token, system, "cancelled")) {
              conditions.add(Condition.of("c.status = '22'"));
            }
          }
          return Condition.any(conditions);
        });
  }

  /** Whether a code is asked for; a system alone asks for all of its codes. */
  static boolean is(SearchValues.Token token, String system, String code) {
    return (token.system() == null || token.system().equals(system))
        && (token.code().equals(code) || token.code().isEmpty());
  }

  private static SearchField name(
      String name, String type, String definition, String words, String... fields) {
    return SearchField.standard(
        name,
        STRING,
        definition,
        words,
        values ->
            among(
                type,
                values.strings().stream()
                    .map(NamedWord::folded)
                    .flatMap(word -> Arrays.stream(fields).map(field -> begins(field, word)))
                    .toList()));
  }

  private static Condition begins(String field, String word) {
    return Condition.of("(w.field = ? and w.word >= ? and w.word < ?)", field, word, word + LAST);
  }

  /** Whoever has one of these words: one list of ids, as alternatives between lists read all. */
  private static Condition among(String type, List<Condition> words) {
    Condition any = Condition.of("w.kind = ?", type).and(Condition.any(words));
    return new Condition(
        "n.id in (select w.id from named_word w where " + any.sql() + ")", any.values());
  }

  private static SearchField number(String type) {
    return SearchField.standard(
        "identifier",
        TOKEN,
        type + "-identifier",
        "In upper or lower case",
        values ->
            among(
                type,
                values.tokens().stream()
                    .map(token -> number(type, token, values.mark()))
                    .toList()));
  }

  private static Condition number(
      String type, SearchValues.Token token, UnaryOperator<String> mark) {
    if (token.code().isEmpty()) {
      throw Refusal.unsupported("Parameter identifier is supported with a value only");
    }
    String folded = NamedWord.folded(token.code());
    boolean maybeClosed = token.system() == null || token.system().equals(Systems.SSN);
    return Condition.in(
            "w.word", "text", maybeClosed ? List.of(folded, mark.apply(folded)) : List.of(folded))
        .and(Condition.of("w.field = 'identifier'"))
        .and(qualified(type, token.system()));
  }

  private static Condition qualified(String type, @Nullable String system) {
    if (system == null) {
      return Condition.ALWAYS;
    }
    // a member number has no system unless it is a social security number, and that by 34 alone
    Map<String, Set<String>> known =
        type.equals("Patient") ? Map.of(Systems.SSN, Set.of("34")) : QUALIFIERS;
    if (system.isEmpty()) {
      List<String> all = known.values().stream().flatMap(Set::stream).sorted().toList();
      return Condition.of("w.qualifier <> all(?::text[])", (Object) all.toArray(String[]::new));
    }
    return Condition.in("w.qualifier", "text", List.copyOf(known.getOrDefault(system, Set.of())));
  }
}
