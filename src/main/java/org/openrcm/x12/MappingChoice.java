package org.openrcm.x12;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses the mapping that reads a transaction set: by what its ST says, and else its GS. */
final class MappingChoice {
  private final Mappings mappings;
  private final FindingSink findings;
  private @Nullable Matcher last;

  MappingChoice(Mappings mappings, FindingSink findings) {
    this.mappings = mappings;
    this.findings = findings;
  }

  /**
   * A matcher that has begun with this ST; null, with a finding, when no mapping describes the set.
   *
   * @param guide of its group (GS08), which holds where ST03 is empty
   */
  @Nullable Matcher of(Segment st, String guide) {
    String version = st.elements() >= 3 && st.has(3) ? st.text(3) : guide;
    Optional<Mapping> found = mappings.find(st.text(1), version);
    if (found.isEmpty()) {
      // so that no reader of a transaction set takes it for one of its own
      st.slot = null;
      findings.add(Syntax.NO_MAPPING, st.place(), noMapping(st.text(1), version));
      return null;
    }
    Mapping mapping = found.get();
    Matcher matcher = last;
    if (matcher == null || matcher.mapping() != mapping) {
      matcher = new Matcher(mapping, findings);
      last = matcher;
    }
    matcher.begin(st);
    if (!mappings.isFixed() && !mapping.isExactFor(version)) {
      findings.add(
          Syntax.NEAREST_MAPPING,
          st.place(),
          "read by the mapping " + mapping.name() + ", the nearest to the version sent");
    }
    return matcher;
  }

  private String noMapping(String set, String version) {
    if (!Mappings.areNames(set, version)) {
      return "no mapping describes this transaction set; its segments are kept unread";
    }
    List<String> read = mappings.guidesOf(set);
    return "no mapping describes the transaction set "
        + (set + " " + version + "; its segments are kept unread")
        + (read.isEmpty() ? "" : ". What is read of " + set + ": " + String.join(", ", read));
  }
}
