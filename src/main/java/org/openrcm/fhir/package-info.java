/**
 * FHIR R4 views of what other modules hold, and their JSON.
 *
 * <p>In: {@link org.openrcm.remittance.Remittance}s and {@link org.openrcm.claim.Submission}s with
 * their claims; in the server also accounts, what the ledger has on them, and the exceptions and
 * states of posting, statements as they were sent, what patients paid, the collections queue, the
 * log of contacts, what stands on accounts (these by the names that the database has: no module
 * above is known here), and entries of the audit record. Out: HAPI's R4 resources by pure
 * functions, of an 837 ({@link org.openrcm.fhir.ClaimResources}), of an 835 ({@link
 * org.openrcm.fhir.RemittanceResources}) and of an 835 joined with the 837 that it answers ({@link
 * org.openrcm.fhir.BilledClaims} finds it, and the ExplanationOfBenefit is then one of CARIN Blue
 * Button where nothing is missing for that); NDJSON or Bundles of them ({@link
 * org.openrcm.fhir.ClaimExport}, {@link org.openrcm.fhir.RemittanceExport}); at {@code /fhir} a
 * server that reads and searches the same resources, drawn from rows, and at {@code /audit.ndjson}
 * all AuditEvents of a filter. The profiles of our own are in {@code fhir-profiles/}. Never: a fact
 * that the source does not state, a code display that is licensed, an id that differs from run to
 * run or from the database's, an answer without its audit rows, a value of a search in a link or an
 * error; the audit record without a scope that names it; of the collections queue, contacts and
 * flags a service, a diagnosis, a number or an address, and a note only with a scope of its own.
 */
@NullMarked
package org.openrcm.fhir;

import org.jspecify.annotations.NullMarked;
