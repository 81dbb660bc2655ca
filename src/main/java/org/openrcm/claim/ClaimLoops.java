package org.openrcm.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.x12.X12Writer;

/** Writes a claim: loops 2300 to 2440, in the order of the standard. */
final class ClaimLoops {
  /** What stands before and after the segments that have their own lists. */
  private static final List<String> AFTER_DATES = List.of("DN1", "DN2");

  private static final List<String> BEFORE_AMOUNTS = List.of("CN1", "DSB", "UR");
  private static final List<String> AFTER_NOTES =
      List.of("CR1", "CR2", "CR3", "CR4", "CR5", "CR6", "CR8", "CRC");
  private static final List<String> OF_COVERAGE = List.of("DMG", "OI", "MIA", "MOA");
  private static final Set<String> OF_CLAIM =
      Set.of(
          "DN1", "DN2", "CN1", "DSB", "UR", "K3", "CR1", "CR2", "CR3", "CR4", "CR5", "CR6", "CR8",
          "CRC", "HCP");

  private static final int MOST_CODES = 12;
  private static final int MOST_REASONS = 3;

  private final X12Writer out;
  private final ClaimSegments segments;
  private final LineLoops lines;
  private final ClaimKind kind;

  ClaimLoops(X12Writer out, ClaimSegments segments, ClaimKind kind) {
    this.out = out;
    this.segments = segments;
    this.lines = new LineLoops(out, segments, kind);
    this.kind = kind;
  }

  void claim(Claim claim) {
    head(claim);
    segments.periods(claim.periods());
    Claim.Admission admission = claim.admission();
    if (admission != null) {
      out.tag("CL1").text(admission.type()).text(admission.source());
      out.text(admission.patientStatus());
    }
    List<Detail> details = claim.details();
    refuseOthers(details, OF_CLAIM);
    write(AFTER_DATES, details);
    segments.attachments(claim.attachments());
    write(BEFORE_AMOUNTS, details);
    segments.amounts(claim.amounts());
    segments.references(claim.references());
    segments.details("K3", details);
    segments.notes(claim.notes());
    write(AFTER_NOTES, details);
    codes(claim.codes());
    segments.quantities(claim.quantities());
    segments.details("HCP", details);
    claim.providers().forEach(segments::party);
    claim.otherCoverages().forEach(this::coverage);
    claim.lines().forEach(lines::line);
  }

  private void head(Claim claim) {
    Claim.Terms terms = claim.terms();
    out.tag("CLM").text(claim.patientControlNumber());
    out.text(ClaimSegments.text(claim.charged())).skip(2);
    out.composite(claim.facilityType(), claim.facilityQualifier(), claim.frequency());
    out.text(terms.signatureOnFile()).text(terms.assignment()).text(terms.benefitsAssigned());
    out.text(terms.release()).text(terms.signatureSource());
    List<@Nullable String> causes = new ArrayList<>(terms.causes());
    while (causes.size() < 3) {
      causes.add(null);
    }
    causes.add(terms.causeState());
    causes.add(terms.causeCountry());
    out.composite(causes).text(terms.program()).skip(6).text(terms.reason());
    out.text(terms.delayReason());
  }

  /** Throws when one of the details has no place in its loop. */
  static void refuseOthers(List<Detail> details, Set<String> tags) {
    for (Detail detail : details) {
      if (!tags.contains(detail.tag())) {
        throw new IllegalArgumentException("an 837 has no place here for " + detail.tag());
      }
    }
  }

  private void write(List<String> tags, List<Detail> details) {
    if (details.isEmpty()) {
      return;
    }
    for (String tag : tags) {
      segments.details(tag, details);
    }
  }

  /** HI: codes that follow one another and belong together share one, as far as it holds them. */
  private void codes(List<HealthCode> codes) {
    int from = 0;
    while (from < codes.size()) {
      String group = group(codes.get(from).qualifier());
      int most = most(group);
      int to = from + 1;
      while (to < codes.size()
          && to - from < most
          && group(codes.get(to).qualifier()).equals(group)) {
        to++;
      }
      segments.codes(codes.subList(from, to));
      from = to;
    }
  }

  /** What stands in one HI with codes of this qualifier, by a name of our own. */
  private String group(String qualifier) {
    return switch (qualifier) {
      case "ABK", "BK" -> kind == ClaimKind.INSTITUTIONAL ? "principal" : "diagnoses";
      case "ABF", "BF", "TQ" -> "diagnoses";
      case "ABJ", "BJ" -> "admitting";
      case "APR", "PR" -> "reasons";
      case "ABN", "BN" -> "causes";
      case "BBR", "BR", "CAH" -> "principal procedure";
      case "BBQ", "BQ" -> "procedures";
      default -> qualifier;
    };
  }

  private static int most(String group) {
    return switch (group) {
      case "principal", "admitting", "principal procedure", "DR" -> 1;
      case "reasons" -> MOST_REASONS;
      default -> MOST_CODES;
    };
  }

  private void coverage(OtherCoverage coverage) {
    segments.membership(coverage.membership());
    segments.adjustments(coverage.adjustments());
    segments.amounts(coverage.amounts());
    refuseOthers(coverage.details(), Set.copyOf(OF_COVERAGE));
    write(OF_COVERAGE, coverage.details());
    segments.party(coverage.subscriber());
    segments.party(coverage.payer());
    coverage.providers().forEach(segments::party);
  }
}
