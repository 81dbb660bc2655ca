package org.openrcm.fhir;

import java.util.Date;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.InstantType;
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
    InstantType loaded = new InstantType(Date.from(bill.loadedAt()));
    loaded.setTimeZoneZulu(true);
    claim.getMeta().setLastUpdatedElement(loaded);
    return claim;
  }
}
