package org.openrcm.claim;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.x12.X12Writer;

/** Writes a service line: loops 2400 to 2440, in the order of the standard. */
final class LineLoops {
  private static final List<String> AFTER_SERVICE = List.of("SV4", "SV5", "SV6", "SV7", "HI");
  private static final List<String> AFTER_PAPERS =
      List.of("CR1", "CR2", "CR3", "CR4", "CR5", "CRC");
  private static final List<String> AFTER_QUANTITIES = List.of("MEA", "CN1");
  private static final List<String> AT_END = List.of("PS1", "IMM", "HSD", "HCP");
  private static final Set<String> OF_LINE =
      Set.of(
          "SV4", "SV5", "SV6", "SV7", "HI", "CR1", "CR2", "CR3", "CR4", "CR5", "CRC", "MEA", "CN1",
          "K3", "PS1", "IMM", "HSD", "HCP");
  private static final int LAST_OF_SV1 = 21;
  private static final int LAST_OF_SV2 = 10;
  private static final int LAST_OF_SV3 = 11;

  private final X12Writer out;
  private final ClaimSegments segments;
  private final ClaimKind kind;

  LineLoops(X12Writer out, ClaimSegments segments, ClaimKind kind) {
    this.out = out;
    this.segments = segments;
    this.kind = kind;
  }

  void line(ServiceLine line) {
    out.tag("LX").text(line.number());
    switch (kind) {
      case PROFESSIONAL -> professional(line);
      case INSTITUTIONAL -> institutional(line);
      case DENTAL -> dental(line);
    }
    List<Detail> details = line.details();
    ClaimLoops.refuseOthers(details, OF_LINE);
    write(AFTER_SERVICE, details);
    segments.attachments(line.attachments());
    write(AFTER_PAPERS, details);
    segments.periods(line.periods());
    segments.quantities(line.quantities());
    write(AFTER_QUANTITIES, details);
    segments.references(line.references());
    segments.amounts(line.amounts());
    segments.details("K3", details);
    segments.notes(line.notes());
    write(AT_END, details);
    drug(line.drug());
    line.providers().forEach(segments::party);
    line.decisions().forEach(this::decision);
    segments.details(line.forms());
  }

  private void write(List<String> tags, List<Detail> details) {
    if (details.isEmpty()) {
      return;
    }
    for (String tag : tags) {
      segments.details(tag, details);
    }
  }

  private void professional(ServiceLine line) {
    out.tag("SV1");
    segments.procedure(line.procedure());
    out.text(ClaimSegments.text(line.charged())).text(line.unit());
    out.text(ClaimSegments.text(line.quantity())).text(line.facilityType());
    indicators(line, "SV1", 6, 6);
    pointers(line);
    indicators(line, "SV1", 8, LAST_OF_SV1);
  }

  private void institutional(ServiceLine line) {
    out.tag("SV2").text(line.revenueCode());
    segments.procedure(line.procedure());
    out.text(ClaimSegments.text(line.charged())).text(line.unit());
    out.text(ClaimSegments.text(line.quantity()));
    indicators(line, "SV2", 6, 6);
    out.text(ClaimSegments.text(line.notCovered()));
    indicators(line, "SV2", 8, LAST_OF_SV2);
  }

  private void dental(ServiceLine line) {
    ServiceLine.Dental dental = line.dental();
    out.tag("SV3");
    segments.procedure(line.procedure());
    out.text(ClaimSegments.text(line.charged())).text(line.facilityType());
    out.composite(dental == null ? List.of() : dental.areas());
    out.text(dental == null ? null : dental.prosthesis());
    out.text(ClaimSegments.text(line.quantity()));
    indicators(line, "SV3", 7, LAST_OF_SV3 - 1);
    pointers(line);
    if (dental != null) {
      for (ServiceLine.Tooth tooth : dental.teeth()) {
        out.tag("TOO").text("JP").text(tooth.number()).composite(tooth.surfaces());
      }
    }
  }

  private void pointers(ServiceLine line) {
    out.composite(line.diagnosisPointers().stream().map(String::valueOf).toList());
  }

  private void indicators(ServiceLine line, String tag, int first, int last) {
    for (int i = first; i <= last; i++) {
      segments.element(indicator(line, tag, i));
    }
  }

  private static @Nullable String indicator(ServiceLine line, String tag, int element) {
    if (line.indicators().isEmpty()) {
      return null;
    }
    String designator = tag + (element < 10 ? "0" : "") + element;
    for (ServiceLine.Indicator indicator : line.indicators()) {
      if (indicator.designator().equals(designator)) {
        return indicator.code();
      }
    }
    return null;
  }

  private void drug(ServiceLine.@Nullable Drug drug) {
    if (drug == null) {
      return;
    }
    out.tag("LIN").skip(1).text(drug.qualifier()).text(drug.code());
    if (drug.quantity() != null || drug.unit() != null) {
      out.tag("CTP").skip(3).text(ClaimSegments.text(drug.quantity())).composite(drug.unit());
    }
    segments.references(drug.references());
  }

  private void decision(LineDecision decision) {
    out.tag("SVD").text(decision.payer()).text(ClaimSegments.text(decision.paid()));
    segments.procedure(decision.procedure());
    out.text(decision.revenueCode()).text(ClaimSegments.text(decision.units()));
    out.text(decision.bundledLine());
    segments.adjustments(decision.adjustments());
    segments.periods(decision.periods());
    segments.amounts(decision.amounts());
  }
}
