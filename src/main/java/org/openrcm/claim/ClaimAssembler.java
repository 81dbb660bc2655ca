package org.openrcm.claim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Parts;
import org.openrcm.billing.Quantity;
import org.openrcm.billing.Unmapped;
import org.openrcm.billing.Values;
import org.openrcm.money.Money;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.Place;
import org.openrcm.x12.Segment;

/** Puts one claim of an 837 together from the segments of loops 2300 to 2440. */
final class ClaimAssembler {
  /** A claim of more bytes is not held in memory; 999 full lines need a fifth of it. */
  private static final long LARGEST = 4L << 20;

  private static final long CLM = ClaimParts.elements(1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 19, 20);
  private static final long CL1 = ClaimParts.elements(1, 2, 3);
  private static final int FACILITY = 3;
  private static final int CAUSES = 3;

  private final String file;
  private final FindingSink findings;
  private final Values values;
  private final ClaimParts parts;
  private final LineAssembler line;
  private final CoverageAssembler coverage;
  private final PartyAssembler provider;

  private boolean open;
  private @Nullable String unreadable;
  private @Nullable String transactionSet;
  private int ordinal;
  private long number;
  private long start;
  private long length;

  private String patientControlNumber = "";
  private Money charged = Money.ZERO;
  private @Nullable String facilityType;
  private @Nullable String facilityQualifier;
  private @Nullable String frequency;
  private Claim.Terms terms =
      new Claim.Terms(null, null, null, null, null, List.of(), null, null, null, null, null);
  private Claim.@Nullable Admission admission;
  private final List<Period> periods = new ArrayList<>();
  private final List<Attachment> attachments = new ArrayList<>();
  private final List<Amount> amounts = new ArrayList<>();
  private final List<ClaimReference> references = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private final List<Detail> details = new ArrayList<>();
  private final List<HealthCode> codes = new ArrayList<>();
  private final List<Quantity> quantities = new ArrayList<>();
  private final List<Named> providers = new ArrayList<>();
  private final List<OtherCoverage> coverages = new ArrayList<>();
  private final List<ServiceLine> lines = new ArrayList<>();
  private final List<Unmapped> unmapped = new ArrayList<>();

  ClaimAssembler(String file, FindingSink findings, Values values, ClaimParts parts) {
    this.file = file;
    this.findings = findings;
    this.values = values;
    this.parts = parts;
    this.line = new LineAssembler(values, parts);
    this.coverage = new CoverageAssembler(values, parts);
    this.provider = new PartyAssembler(values, parts);
  }

  boolean isOpen() {
    return open;
  }

  /** Whether a segment stands in one of the loops of a claim. */
  static boolean isOfClaim(Segment segment) {
    String loop = segment.loop().id();
    return loop.startsWith("23") || loop.startsWith("24");
  }

  /**
   * Starts a claim at its CLM.
   *
   * @param before what came before it that no record holds
   */
  void begin(Segment clm, int itsOrdinal, List<Unmapped> before) {
    clear();
    open = true;
    transactionSet = clm.transactionSet();
    ordinal = itsOrdinal;
    number = clm.number();
    start = clm.byteOffset();
    unmapped.addAll(before);
    if (!reach(clm)) {
      return;
    }
    patientControlNumber = clm.text(1);
    Money itsCharge = values.money(clm, 2);
    if (itsCharge == null) {
      refuse("it has no charge that can be read");
      return;
    }
    charged = itsCharge;
    facilityType = clm.textOrNull(5, 1);
    facilityQualifier = clm.textOrNull(5, 2);
    frequency = clm.textOrNull(5, 3);
    terms = terms(clm);
    if (!ClaimParts.hasOnly(clm, CLM)
        || clm.components(5).size() > FACILITY
        || clm.components(11).size() > CAUSES + 2) {
      unmapped.add(new Unmapped(clm.number(), clm.raw()));
    }
  }

  private static Claim.Terms terms(Segment clm) {
    List<String> causes = List.of();
    for (int i = 1; i <= CAUSES; i++) {
      String cause = clm.textOrNull(11, i);
      if (cause != null) {
        causes = causes.isEmpty() ? new ArrayList<>(CAUSES) : causes;
        causes.add(cause);
      }
    }
    return new Claim.Terms(
        clm.textOrNull(6),
        clm.textOrNull(7),
        clm.textOrNull(8),
        clm.textOrNull(9),
        clm.textOrNull(10),
        Parts.frozen(causes),
        clm.textOrNull(11, 4),
        clm.textOrNull(11, 5),
        clm.textOrNull(12),
        clm.textOrNull(19),
        clm.textOrNull(20));
  }

  /** Takes a later segment of the claim. */
  void add(Segment segment) {
    if (reach(segment) && (segment.slot() == null || !hold(segment))) {
      unmapped.add(new Unmapped(segment.number(), segment.raw()));
    }
  }

  /** False when not all that the segment says is held in values. */
  private boolean hold(Segment segment) {
    String loop = segment.loop().id();
    if (loop.startsWith("24")) {
      return addToLine(segment);
    }
    switch (loop) {
      case "2300" -> {
        return addToClaim(segment);
      }
      case "2320" -> {
        boolean held = addToCoverage(segment);
        refuse(coverage.unreadable());
        return held;
      }
      default -> {
        return loop.startsWith("233")
            ? coverage.isOpen() && coverage.add(segment)
            : loop.startsWith("231") && addToProvider(segment);
      }
    }
  }

  private boolean addToLine(Segment segment) {
    if (segment.opensLoop() && segment.tag().equals("LX")) {
      closeProvider();
      closeCoverage();
      closeLine();
      return line.begin(segment);
    }
    return line.isOpen() && line.add(segment);
  }

  private boolean addToCoverage(Segment segment) {
    if (segment.tag().equals("SBR")) {
      closeCoverage();
      return coverage.begin(segment);
    }
    return coverage.isOpen() && coverage.add(segment);
  }

  private boolean addToProvider(Segment segment) {
    if (segment.tag().equals("NM1")) {
      closeProvider();
      return provider.begin(segment);
    }
    return provider.isOpen() && provider.add(segment);
  }

  private boolean addToClaim(Segment segment) {
    switch (segment.tag()) {
      case "DTP" -> {
        return parts.period(segment, periods);
      }
      case "CL1" -> {
        if (admission != null) {
          return false;
        }
        admission =
            new Claim.Admission(
                segment.textOrNull(1), segment.textOrNull(2), segment.textOrNull(3));
        return ClaimParts.hasOnly(segment, CL1);
      }
      case "PWK" -> {
        return ClaimParts.attachment(segment, attachments);
      }
      case "AMT" -> {
        return parts.amount(segment, amounts);
      }
      case "REF" -> {
        return ClaimParts.reference(segment, references);
      }
      case "NTE" -> {
        return ClaimParts.note(segment, notes);
      }
      case "HI" -> {
        return parts.codes(segment, codes);
      }
      case "QTY" -> {
        return parts.quantity(segment, quantities);
      }
      default -> {
        return details.add(ClaimParts.detail(segment));
      }
    }
  }

  /** Takes a segment that stands in the midst of the claim, as it was sent. */
  void keep(Segment segment) {
    if (reach(segment)) {
      unmapped.add(new Unmapped(segment.number(), segment.raw()));
    }
  }

  /** Counts a segment in; false when the claim is not to be read further. */
  private boolean reach(Segment segment) {
    length = segment.byteOffset() + segment.byteLength() - start;
    if (length > LARGEST) {
      refuse("it is longer than " + LARGEST + " bytes");
    } else if (!segment.isWhole()) {
      refuse("part of it could not be read");
    }
    return unreadable == null;
  }

  /** Gives the claim up, unless there is no reason to; what was read of it so far is let go. */
  void refuse(@Nullable String why) {
    if (unreadable == null) {
      unreadable = why;
    }
  }

  private void closeProvider() {
    Named ended = provider.end();
    if (ended != null) {
      providers.add(ended);
    }
  }

  private void closeCoverage() {
    if (coverage.isOpen()) {
      coverages.add(coverage.end());
    }
  }

  private void closeLine() {
    if (line.isOpen()) {
      refuse(line.unreadable());
      if (unreadable == null) {
        lines.add(line.end());
      }
    }
  }

  /** Ends the claim; null, with a finding, when it could not be read whole. */
  @Nullable Claim end(Billing billing, Subscriber subscriber, @Nullable Patient patient) {
    open = false;
    if (unreadable == null) {
      closeProvider();
      closeCoverage();
      closeLine();
    }
    if (unreadable != null) {
      findings.add(Billed.CLAIM_NOT_READ, place(), "this claim is not used: " + unreadable);
      return null;
    }
    return new Claim(
        billing,
        subscriber,
        patient,
        patientControlNumber,
        charged,
        facilityType,
        facilityQualifier,
        frequency,
        terms,
        admission,
        Parts.frozen(periods),
        Parts.frozen(attachments),
        Parts.frozen(amounts),
        Parts.frozen(references),
        Parts.frozen(notes),
        Parts.frozen(details),
        Parts.frozen(codes),
        Parts.frozen(quantities),
        Parts.frozen(providers),
        Parts.frozen(coverages),
        Parts.frozen(lines),
        Parts.frozen(unmapped),
        ordinal,
        number,
        start,
        length);
  }

  /** Where its CLM stands. */
  Place place() {
    return new Place(file, transactionSet, number, "CLM", "2300", null, start);
  }

  private void clear() {
    unreadable = null;
    admission = null;
    line.clear();
    coverage.clear();
    provider.clear();
    periods.clear();
    attachments.clear();
    amounts.clear();
    references.clear();
    notes.clear();
    details.clear();
    codes.clear();
    quantities.clear();
    providers.clear();
    coverages.clear();
    lines.clear();
    unmapped.clear();
  }
}
