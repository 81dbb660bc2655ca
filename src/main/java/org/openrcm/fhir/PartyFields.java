package org.openrcm.fhir;

import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.STRING;
import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.TOKEN;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.remittance.NamedWord;

/**
 * What people, organisations and coverages can be searched by: by the words and numbers that they
 * are named by. In SQL {@code n} is their row.
 */
final class PartyFields {
  /** X12's qualifiers of the identifiers that FHIR has a system for (see {@link Parties}). */
  private static final Map<String, Set<String>> QUALIFIERS =
      Map.of(
          Systems.NPI, Set.of("XX", "HPI"),
          Systems.TAX_ID, Set.of("FI", "TJ"),
          Systems.SSN, Set.of("34", "SY"),
          Systems.NAIC, Set.of("NI", "NF"));

  private PartyFields() {}

  static Stream<SearchField> person(String type) {
    String words = "Names that begin so, in upper or lower case";
    return Stream.of(
        name("name", type, type + "-name", words, "family", "given", "suffix"),
        name("family", type, "individual-family", words, "family"),
        name("given", type, "individual-given", words, "given"),
        number(type));
  }

  static Stream<SearchField> organization() {
    String words = "Names that begin so, in upper or lower case";
    return Stream.of(
        name("name", "Organization", "Organization-name", words, "name"), number("Organization"));
  }

  static Stream<SearchField> coverage() {
    return Stream.of(
        SearchFields.reference("patient", "Patient", "Coverage-patient", "n.patient_id"),
        SearchFields.reference("beneficiary", "Patient", "Coverage-beneficiary", "n.patient_id"));
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
    return Condition.of(
        "(w.field = ? and w.word >= ? and w.word < ?)", field, word, word + SearchFields.LAST);
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
