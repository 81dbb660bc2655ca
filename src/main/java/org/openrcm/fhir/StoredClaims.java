package org.openrcm.fhir;

import org.hl7.fhir.r4.model.Claim;
import org.openrcm.billing.ContentId;
import org.openrcm.claim.StoredBill;

/** Claims as the database has them, drawn by the same functions as the command line has. */
final class StoredClaims {
  private StoredClaims() {}

  /** The Claim of a stored bill; it was last updated when it was loaded. */
  static Claim draw(StoredBill bill, ClaimResources mapper) {
    Claim claim =
        mapper.of(bill.submission(), bill.claim()).stream()
            .filter(Claim.class::isInstance)
            .map(Claim.class::cast)
            .findFirst()
            .orElseThrow();
    claim.setId(ContentId.text(bill.id()));
    claim.getMeta().setLastUpdatedElement(Elements.instant(bill.loadedAt()));
    return claim;
  }
}
