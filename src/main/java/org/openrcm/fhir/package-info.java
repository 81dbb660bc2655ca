/**
 * FHIR R4 views of what other modules hold, and their JSON.
 *
 * <p>In: {@link org.openrcm.remittance.Remittance}s and their claims. Out: HAPI's R4 resources by
 * pure functions ({@link org.openrcm.fhir.RemittanceResources}), and NDJSON or Bundles of them
 * ({@link org.openrcm.fhir.RemittanceExport}); at {@code /fhir} a server that reads and searches
 * the same resources, drawn from rows. The profiles that they declare are in {@code
 * fhir-profiles/}. Never: a fact that the source does not state, a code display that is licensed,
 * an id that differs from run to run, an answer without its audit rows, a value of a search in a
 * link or an error.
 */
@NullMarked
package org.openrcm.fhir;

import org.jspecify.annotations.NullMarked;
