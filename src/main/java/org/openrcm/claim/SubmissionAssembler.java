package org.openrcm.claim;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Parts;
import org.openrcm.billing.SetSource;
import org.openrcm.billing.Unmapped;
import org.openrcm.billing.Values;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.Segment;

/** Puts the header of an 837 together: BHT, loops 1000A and 1000B. */
final class SubmissionAssembler {
  /** So many bytes are kept of a header; real ones have some hundred. */
  private static final long LARGEST = 1L << 20;

  private static final long BHT = ClaimParts.elements(1, 2, 3, 4, 5, 6);

  private final SetSource source;
  private final ClaimKind kind;
  private final Values values;
  private final FindingSink findings;
  private final PartyAssembler party;
  private long bytes;

  private @Nullable String purpose;
  private @Nullable String reference;
  private @Nullable LocalDate date;
  private @Nullable LocalTime time;
  private @Nullable String use;
  private @Nullable Named submitter;
  private @Nullable Named receiver;
  private final List<Unmapped> unmapped = new ArrayList<>();

  SubmissionAssembler(
      SetSource source, ClaimKind kind, Values values, ClaimParts parts, FindingSink findings) {
    this.source = source;
    this.kind = kind;
    this.values = values;
    this.findings = findings;
    this.party = new PartyAssembler(values, parts);
  }

  /** Takes a segment that stands before the first HL. */
  void add(Segment segment) {
    if (!fits(segment) || !segment.isWhole()) {
      return;
    }
    boolean held =
        segment.slot() != null
            && switch (segment.tag()) {
              case "BHT" -> beginning(segment);
              case "NM1" -> named(segment);
              default -> party.isOpen() && party.add(segment);
            };
    if (!held) {
      unmapped.add(new Unmapped(segment.number(), segment.raw()));
    }
  }

  /** Keeps, as it was sent, a segment of a level above the first claim. */
  void keep(Segment segment) {
    if (fits(segment) && segment.isWhole()) {
      unmapped.add(new Unmapped(segment.number(), segment.raw()));
    }
  }

  private boolean fits(Segment segment) {
    boolean fitted = bytes <= LARGEST;
    bytes += segment.byteLength();
    if (fitted && bytes > LARGEST) {
      findings.add(
          Billed.HEADER_TOO_LARGE,
          segment.place(),
          "what stands from here to the first claim is not kept");
    }
    return bytes <= LARGEST;
  }

  private boolean beginning(Segment bht) {
    purpose = bht.textOrNull(2);
    reference = bht.textOrNull(3);
    date = values.date(bht, 4);
    time = ClaimParts.time(bht.text(5));
    use = bht.textOrNull(6);
    return ClaimParts.hasOnly(bht, BHT)
        && bht.is(1, "0019")
        && (date != null || bht.isEmpty(4))
        && (time != null || bht.isEmpty(5));
  }

  private boolean named(Segment nm1) {
    closeParty();
    boolean isSubmitter = nm1.loop().id().equals("1000A");
    return (isSubmitter ? submitter : receiver) == null && party.begin(nm1);
  }

  private void closeParty() {
    Named ended = party.end();
    if (ended == null) {
      return;
    }
    if (ended.loop().equals("1000A")) {
      submitter = ended;
    } else {
      receiver = ended;
    }
  }

  Submission end() {
    closeParty();
    return new Submission(
        source,
        kind,
        purpose,
        reference,
        date,
        time,
        use,
        submitter,
        receiver,
        Parts.frozen(unmapped));
  }
}
