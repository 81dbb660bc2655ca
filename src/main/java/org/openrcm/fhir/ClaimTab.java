package org.openrcm.fhir;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Claim;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.claim.Claims;
import org.openrcm.claim.NoSuchClaim;
import org.openrcm.claim.StoredBill;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The page of a claim as FHIR has it: here, because only this room draws resources. */
@Controller
class ClaimTab {
  private final Reader reader;

  ClaimTab(Reader reader) {
    this.reader = reader;
  }

  @GetMapping("/claims/{id}/fhir")
  String claim(@PathVariable String id, Model model) {
    StoredBill bill = reader.read(NoSuchClaim.id(id));
    Claim claim = StoredClaims.draw(bill, new ClaimResources(false));
    model.addAttribute("id", bill.id());
    model.addAttribute("control", bill.claim().patientControlNumber());
    model.addAttribute("profiles", profiles(claim));
    model.addAttribute("resource", claim.getIdPart());
    model.addAttribute(
        "json",
        FhirContext.forR4Cached()
            .newJsonParser()
            .setPrettyPrint(true)
            .encodeResourceToString(claim));
    return "fhir/claim";
  }

  private static List<String> profiles(Claim claim) {
    return claim.getMeta().getProfile().stream().map(profile -> profile.getValue()).toList();
  }

  /** Reads a claim to be drawn. */
  @Component
  static class Reader {
    private final Claims claims;
    private final AuditTrail trail;

    Reader(Claims claims, AuditTrail trail) {
      this.claims = claims;
      this.trail = trail;
    }

    /**
     * A claim, recorded as seen.
     *
     * @throws NoSuchClaim when the practice has none of this id; on record
     */
    @Transactional
    public StoredBill read(UUID id) {
      StoredBill bill = claims.find(id).orElseThrow(() -> NoSuchClaim.denied(trail, id));
      trail.record(Action.VIEW, Subject.of("Claim", id), List.of(bill.patientId()));
      return bill;
    }
  }
}
