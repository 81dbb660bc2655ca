package org.openrcm.intake;

import java.util.List;
import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.claim.Claim;
import org.openrcm.claim.Claims;
import org.openrcm.claim.NoSuchClaim;
import org.openrcm.claim.StoredBill;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The page of a claim's segments: here, because only this room has the bytes. */
@Controller
class ClaimSegments {
  private static final int MOST = 2_000;

  private final Reader reader;

  ClaimSegments(Reader reader) {
    this.reader = reader;
  }

  @GetMapping("/claims/{id}/raw")
  String segments(@PathVariable String id, Model model) {
    Found found = reader.read(NoSuchClaim.id(id));
    Claim claim = found.bill().claim();
    model.addAttribute("id", found.bill().id());
    model.addAttribute("control", claim.patientControlNumber());
    model.addAttribute("file", found.bill().submission().source().file());
    model.addAttribute("segments", found.segments());
    model.addAttribute("shortened", found.segments().size() == MOST);
    model.addAttribute(
        "source",
        "/files/%s/raw?at=%d&segment=%d#s%d"
            .formatted(
                found.bill().fileId(),
                Math.max(0, claim.byteOffset()),
                claim.segment(),
                claim.segment()));
    return "intake/claim";
  }

  /** A claim with the segments that it was read from. */
  record Found(StoredBill bill, List<RawSegment> segments) {}

  /** Reads a claim's segments. */
  @Component
  static class Reader {
    private final Claims claims;
    private final RawView raw;
    private final AuditTrail trail;

    Reader(Claims claims, RawView raw, AuditTrail trail) {
      this.claims = claims;
      this.raw = raw;
      this.trail = trail;
    }

    /**
     * A claim's segments, on record.
     *
     * @throws NoSuchClaim when the practice has none of this id; on record
     */
    @Transactional
    public Found read(UUID id) {
      StoredBill bill = claims.find(id).orElseThrow(() -> NoSuchClaim.denied(trail, id));
      trail.record(Action.VIEW, Subject.of("Claim", id), List.of(bill.patientId()));
      Claim claim = bill.claim();
      return new Found(
          bill,
          raw.segments(
              bill.fileId(), claim.byteOffset(), claim.byteOffset() + claim.byteLength(), MOST));
    }
  }
}
