package org.openrcm.claim;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Parts;
import org.openrcm.billing.Values;
import org.openrcm.x12.Segment;

/** Puts together which drug a line gave: loop 2410. */
final class DrugAssembler {
  private static final long LIN = ClaimParts.elements(2, 3);
  private static final long CTP = ClaimParts.elements(4, 5);

  private final Values values;

  private @Nullable String qualifier;
  private String code = "";
  private @Nullable BigDecimal quantity;
  private @Nullable String unit;
  private final List<ClaimReference> references = new ArrayList<>();

  DrugAssembler(Values values) {
    this.values = values;
  }

  /** Takes a segment; false when not all it says is held. */
  boolean add(Segment segment) {
    switch (segment.tag()) {
      case "LIN" -> {
        if (qualifier != null) {
          return false;
        }
        qualifier = segment.text(2);
        code = segment.text(3);
        return ClaimParts.hasOnly(segment, LIN);
      }
      case "CTP" -> {
        if (qualifier == null) {
          return false;
        }
        quantity = values.quantity(segment, 4);
        unit = segment.textOrNull(5, 1);
        return ClaimParts.hasOnly(segment, CTP)
            && (quantity != null || segment.isEmpty(4))
            && segment.components(5).size() <= 1;
      }
      case "REF" -> {
        return qualifier != null && ClaimParts.reference(segment, references);
      }
      default -> {
        return false;
      }
    }
  }

  /** The drug, or null when there is none. */
  ServiceLine.@Nullable Drug drug() {
    String itsQualifier = qualifier;
    return itsQualifier == null
        ? null
        : new ServiceLine.Drug(itsQualifier, code, quantity, unit, Parts.frozen(references));
  }

  void clear() {
    qualifier = null;
    code = "";
    quantity = null;
    unit = null;
    references.clear();
  }
}
