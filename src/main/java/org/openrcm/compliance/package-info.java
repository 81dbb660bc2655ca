/**
 * What the privacy office does with the record: the accounting of disclosures that a patient can
 * ask for, and the review of who looked at more than their work needs.
 *
 * <p>In: disclosures as people note them, requests for an accounting, the audit record and dated
 * rules. Out: the accounting with what the law asks for (45 CFR 164.528), findings with the entries
 * behind each, and who reviewed them. Never: a disclosure on an accounting while an official had it
 * held, a finding that its own person signs off, a finding that is forgotten.
 */
@NullMarked
package org.openrcm.compliance;

import org.jspecify.annotations.NullMarked;
