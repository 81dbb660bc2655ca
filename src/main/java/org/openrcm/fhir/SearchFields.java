package org.openrcm.fhir;

import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.DATE;
import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.REFERENCE;
import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.TOKEN;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What each type of resource can be searched by. In SQL {@code c} is the claim, as billed or as
 * decided, {@code s} its submission, {@code r} its check, {@code n} the row of anything that is
 * named once for all (table {@code named}).
 */
final class SearchFields {
  /** Behind every text that begins with the same letters, in the order of code points. */
  static final String LAST = Character.toString(Character.MAX_CODE_POINT);

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
    fields.put(
        "Claim", withCommon("c.id", loaded("submission"), "s.loaded_at", ClaimFields.claim()));
    fields.put("ExplanationOfBenefit", withCommon("c.id", ClaimFields.explanationOfBenefit()));
    fields.put("ClaimResponse", withCommon("c.id", ClaimFields.claimResponse()));
    fields.put(
        "PaymentReconciliation",
        withCommon(
            "n.id",
            "When the remittance was loaded or the state of its posting changed; days are UTC's",
            PostingStates.CHANGED,
            ClaimFields.paymentReconciliation()));
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
    fields.put("Patient", withCommon("n.id", PartyFields.person("Patient")));
    fields.put("Coverage", withCommon("n.id", PartyFields.coverage()));
    fields.put("Organization", withCommon("n.id", PartyFields.organization()));
    fields.put("Practitioner", withCommon("n.id", PartyFields.person("Practitioner")));
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

  static SearchField reference(String name, String target, String definition, String column) {
    return SearchField.standard(
        name, REFERENCE, definition, "", values -> references(values, target, column));
  }

  static Condition references(SearchValues values, String target, String column) {
    return Condition.in(column, "uuid", values.references(target));
  }

  static SearchField day(String name, String definition, String column) {
    return SearchField.standard(name, DATE, definition, "", values -> days(values, column));
  }

  static Condition days(SearchValues values, String column) {
    return Condition.any(values.dates().stream().map(date -> date.ofDay(column)).toList());
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

  /** Whether a code is asked for; a system alone asks for all of its codes. */
  static boolean is(SearchValues.Token token, String system, String code) {
    return (token.system() == null || token.system().equals(system))
        && (token.code().equals(code) || token.code().isEmpty());
  }
}
