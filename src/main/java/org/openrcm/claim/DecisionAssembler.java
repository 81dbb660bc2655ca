package org.openrcm.claim;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Parts;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.Values;
import org.openrcm.money.Money;
import org.openrcm.x12.Segment;

/** Puts together what an earlier payer decided about a line: loop 2430. */
final class DecisionAssembler {
  private static final long SVD = ClaimParts.elements(1, 2, 3, 4, 5, 6);

  private final Values values;
  private final ClaimParts parts;

  private boolean open;
  private @Nullable String unreadable;
  private String payer = "";
  private Money paid = Money.ZERO;
  private @Nullable Procedure procedure;
  private @Nullable String revenueCode;
  private @Nullable BigDecimal units;
  private @Nullable String bundledLine;
  private final List<Adjustment> adjustments = new ArrayList<>();
  private final List<Period> periods = new ArrayList<>();
  private final List<Amount> amounts = new ArrayList<>();

  DecisionAssembler(Values values, ClaimParts parts) {
    this.values = values;
    this.parts = parts;
  }

  boolean isOpen() {
    return open;
  }

  /** Why one of the line's decisions cannot be used, or null. */
  @Nullable String unreadable() {
    return unreadable;
  }

  /** Starts a decision; false when its SVD says more than is held. */
  boolean begin(Segment svd) {
    reset();
    Money itsPayment = values.money(svd, 2);
    if (itsPayment == null) {
      unreadable = "an earlier payer's decision has no payment that can be read";
      return true;
    }
    open = true;
    payer = svd.text(1);
    paid = itsPayment;
    procedure = Parts.procedure(svd, 3);
    revenueCode = svd.textOrNull(4);
    units = values.quantity(svd, 5);
    bundledLine = svd.textOrNull(6);
    return ClaimParts.hasOnly(svd, SVD)
        && ClaimParts.holdsProcedure(svd, 3)
        && (units != null || svd.isEmpty(5));
  }

  boolean add(Segment segment) {
    switch (segment.tag()) {
      case "CAS" -> {
        if (!parts.adjustments(segment, adjustments)) {
          unreadable = "an adjustment has no amount that can be read";
        }
        return true;
      }
      case "DTP" -> {
        return parts.period(segment, periods);
      }
      case "AMT" -> {
        return parts.amount(segment, amounts);
      }
      default -> {
        return false;
      }
    }
  }

  LineDecision end() {
    LineDecision ended =
        new LineDecision(
            payer,
            paid,
            procedure,
            revenueCode,
            units,
            bundledLine,
            Parts.frozen(adjustments),
            Parts.frozen(periods),
            Parts.frozen(amounts));
    reset();
    return ended;
  }

  void clear() {
    unreadable = null;
    reset();
  }

  private void reset() {
    open = false;
    procedure = null;
    revenueCode = null;
    units = null;
    bundledLine = null;
    adjustments.clear();
    periods.clear();
    amounts.clear();
  }
}
