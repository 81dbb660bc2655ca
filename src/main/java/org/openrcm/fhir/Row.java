package org.openrcm.fhir;

import java.util.UUID;
import org.openrcm.billing.ContentId;

/**
 * Where a resource is drawn from.
 *
 * @param type of the resource
 * @param set number of the check; of a Claim, that of its submission; of an Account, its own, as of
 *     a Communication and a Flag that of their account; of an AuditEvent that of its entry; of a
 *     Task, that of the document or account it is about
 * @param ordinal of the claim in it; 0 for the check itself; of a PaymentReconciliation, which of
 *     its parts
 * @param claims how many the check or submission has
 */
record Row(String type, UUID id, long set, int ordinal, int claims) {

  /** As the resource has it. */
  String idText() {
    return ContentId.text(id);
  }

  /** {@code Type/id}. */
  String reference() {
    return type + "/" + idText();
  }
}
