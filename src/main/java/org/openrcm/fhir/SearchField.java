package org.openrcm.fhir;

import org.hl7.fhir.r4.model.Enumerations.SearchParamType;

/**
 * Something that resources of a type can be searched by: what the CapabilityStatement says of it,
 * and what it comes to in SQL.
 *
 * @param definition canonical URL of its SearchParameter
 */
record SearchField(
    String name, SearchParamType type, String definition, String words, Matching matching) {

  /** Makes a condition of the values that a search gives. */
  interface Matching {
    Condition of(SearchValues values);
  }

  private static final String STANDARD = "http://hl7.org/fhir/SearchParameter/";

  static SearchField standard(
      String name, SearchParamType type, String definition, String words, Matching matching) {
    return new SearchField(name, type, STANDARD + definition, words, matching);
  }

  static SearchField ours(
      String name, SearchParamType type, String definition, String words, Matching matching) {
    return new SearchField(
        name, type, Systems.OURS + "SearchParameter/" + definition, words, matching);
  }
}
