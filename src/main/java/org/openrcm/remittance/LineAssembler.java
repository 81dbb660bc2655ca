package org.openrcm.remittance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Dated;
import org.openrcm.billing.Parts;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.Quantity;
import org.openrcm.billing.Reference;
import org.openrcm.billing.Values;
import org.openrcm.money.Money;
import org.openrcm.x12.Segment;

/** Puts one service line together from the segments of loop 2110. */
final class LineAssembler {
  private static final Procedure NONE = new Procedure("", "", List.of(), null);

  private final Values values;
  private final Parts parts;
  private boolean open;
  private long number;
  private Procedure procedure = NONE;
  private Money charged = Money.ZERO;
  private Money paid = Money.ZERO;
  private @Nullable String revenueCode;
  private @Nullable BigDecimal unitsPaid;
  private @Nullable Procedure submitted;
  private @Nullable BigDecimal unitsBilled;
  private final List<Dated> dates = new ArrayList<>();
  private final List<Adjustment> adjustments = new ArrayList<>();
  private final List<Reference> references = new ArrayList<>();
  private final List<Amount> amounts = new ArrayList<>();
  private final List<Quantity> quantities = new ArrayList<>();
  private final List<ServicePayment.Remark> remarks = new ArrayList<>();

  LineAssembler(Values values, Parts parts) {
    this.values = values;
    this.parts = parts;
  }

  boolean isOpen() {
    return open;
  }

  List<Adjustment> adjustments() {
    return adjustments;
  }

  /** Starts a line; false when it lacks an amount that it cannot be without. */
  boolean begin(Segment svc) {
    clear();
    Money itsCharge = values.money(svc, 2);
    Money itsPayment = values.money(svc, 3);
    if (itsCharge == null || itsPayment == null) {
      return false;
    }
    open = true;
    number = svc.number();
    charged = itsCharge;
    paid = itsPayment;
    Procedure adjudicated = Parts.procedure(svc, 1);
    procedure = adjudicated == null ? NONE : adjudicated;
    revenueCode = svc.textOrNull(4);
    unitsPaid = values.quantity(svc, 5);
    submitted = Parts.procedure(svc, 6);
    unitsBilled = values.quantity(svc, 7);
    return true;
  }

  /** Takes a later segment of the line, but for CAS; false when it is none of a line's. */
  boolean add(Segment segment) {
    switch (segment.key()) {
      case "2110.DTM" -> parts.date(segment, dates);
      case "2110.REF-ServiceIdentification",
          "2110.REF-6R",
          "2110.REF-RenderingProvider",
          "2110.REF-0K" ->
          references.add(Parts.reference(segment));
      case "2110.AMT" -> parts.amount(segment, amounts);
      case "2110.QTY" -> parts.quantity(segment, quantities);
      case "2110.LQ" -> remarks.add(new ServicePayment.Remark(segment.text(1), segment.text(2)));
      default -> {
        return false;
      }
    }
    return true;
  }

  ServicePayment end() {
    open = false;
    return new ServicePayment(
        procedure,
        charged,
        paid,
        revenueCode,
        unitsPaid,
        submitted,
        unitsBilled,
        Parts.frozen(dates),
        Parts.frozen(adjustments),
        Parts.frozen(references),
        Parts.frozen(amounts),
        Parts.frozen(quantities),
        Parts.frozen(remarks),
        number);
  }

  void clear() {
    open = false;
    dates.clear();
    adjustments.clear();
    references.clear();
    amounts.clear();
    quantities.clear();
    remarks.clear();
  }
}
