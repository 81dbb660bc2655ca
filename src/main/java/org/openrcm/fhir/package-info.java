/**
 * FHIR R4 views of what other modules hold, and their JSON.
 *
 * <p>In: {@link org.openrcm.remittance.Remittance}s and their claims. Out: HAPI's R4 resources by
 * pure functions ({@link org.openrcm.fhir.RemittanceResources}), and NDJSON or Bundles of them
 * ({@link org.openrcm.fhir.RemittanceExport}). The profiles that they declare are in {@code
 * fhir-profiles/}. Never: a fact that the source does not state, a code display that is licensed,
 * or an id that differs from run to run.
 */
@NullMarked
package org.openrcm.fhir;

import org.jspecify.annotations.NullMarked;
