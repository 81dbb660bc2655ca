/**
 * FHIR R4 views of what other modules hold, and their JSON.
 *
 * <p>In: {@link org.openrcm.remittance.Remittance}s and {@link org.openrcm.claim.Submission}s with
 * their claims; in the server also the books, bills and payments by their modules, the audit
 * record, and the collections queue and contacts by their tables, since their modules stand above.
 * Out: HAPI's R4 resources by pure functions, of an 837 ({@link org.openrcm.fhir.ClaimResources}),
 * of an 835 ({@link org.openrcm.fhir.RemittanceResources}) and of both joined ({@link
 * org.openrcm.fhir.BilledClaims}), as NDJSON or Bundles; at {@code /fhir} a server that reads and
 * searches the same, and at {@code /audit.ndjson} all AuditEvents of a filter. The profiles of our
 * own are in {@code fhir-profiles/}.
 *
 * <p>Never: a fact that the source does not state, a code display that is licensed, an id that
 * differs from run to run or from the database's, an answer without its audit rows, a value of a
 * search in a link or an error; the audit record without a scope that names it; of the collections
 * queue, contacts and flags a service, a diagnosis, a number or an address, and a note only with a
 * scope of its own.
 */
@NullMarked
package org.openrcm.fhir;

import org.jspecify.annotations.NullMarked;
