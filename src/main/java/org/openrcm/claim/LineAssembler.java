package org.openrcm.claim;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Parts;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.Quantity;
import org.openrcm.billing.Values;
import org.openrcm.money.Money;
import org.openrcm.x12.Segment;

/** Puts one service line together: loops 2400, 2410, 2420, 2430 and 2440. */
final class LineAssembler {
  private static final int LAST_ELEMENT = 21;
  private static final int POINTERS = 4;
  private static final long NUMBER = ClaimParts.elements(1);
  private static final long SV1 = ClaimParts.elements(1, 2, 3, 4, 5, 7);
  private static final long SV2 = ClaimParts.elements(1, 2, 3, 4, 5, 7);
  private static final long SV3 = ClaimParts.elements(1, 2, 3, 4, 5, 6, 11);
  private static final long TOO = ClaimParts.elements(1, 2, 3);

  private final Values values;
  private final ClaimParts parts;
  private final DrugAssembler drug;
  private final PartyAssembler provider;
  private final DecisionAssembler decision;

  private boolean open;
  private long segment;
  private String number = "";
  private @Nullable Procedure procedure;
  private @Nullable String revenueCode;
  private @Nullable Money charged;
  private @Nullable String unit;
  private @Nullable BigDecimal quantity;
  private @Nullable String facilityType;
  private List<Integer> pointers = List.of();
  private @Nullable Money notCovered;
  private boolean isDental;
  private List<String> areas = List.of();
  private @Nullable String prosthesis;
  private final List<ServiceLine.Tooth> teeth = new ArrayList<>();
  private final List<ServiceLine.Indicator> indicators = new ArrayList<>();
  private final List<Period> periods = new ArrayList<>();
  private final List<Quantity> quantities = new ArrayList<>();
  private final List<ClaimReference> references = new ArrayList<>();
  private final List<Amount> amounts = new ArrayList<>();
  private final List<Attachment> attachments = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private final List<Detail> details = new ArrayList<>();
  private final List<Named> providers = new ArrayList<>();
  private final List<LineDecision> decisions = new ArrayList<>();
  private final List<Detail> forms = new ArrayList<>();

  LineAssembler(Values values, ClaimParts parts) {
    this.values = values;
    this.parts = parts;
    this.drug = new DrugAssembler(values);
    this.provider = new PartyAssembler(values, parts);
    this.decision = new DecisionAssembler(values, parts);
  }

  boolean isOpen() {
    return open;
  }

  /** Why the line cannot be used so far, or null. */
  @Nullable String unreadable() {
    if (charged == null) {
      return "a service line has no charge that can be read";
    }
    return decision.unreadable();
  }

  /** Starts a line at its LX; false when that says more than is held. */
  boolean begin(Segment lx) {
    clear();
    open = true;
    segment = lx.number();
    number = lx.text(1);
    return ClaimParts.hasOnly(lx, NUMBER);
  }

  /** Takes a later segment of the line; false when not all it says is held. */
  boolean add(Segment segment) {
    String loop = segment.loop().id();
    return switch (loop) {
      case "2400" -> addToLine(segment);
      case "2410" -> drug.add(segment);
      case "2430" -> addToDecision(segment);
      case "2440" -> forms.add(ClaimParts.detail(segment));
      default -> loop.startsWith("2420") && addToProvider(segment);
    };
  }

  private boolean addToLine(Segment segment) {
    switch (segment.tag()) {
      case "SV1" -> {
        return professional(segment);
      }
      case "SV2" -> {
        return institutional(segment);
      }
      case "SV3" -> {
        return dental(segment);
      }
      case "TOO" -> {
        return tooth(segment);
      }
      case "DTP" -> {
        return parts.period(segment, periods);
      }
      case "REF" -> {
        return ClaimParts.reference(segment, references);
      }
      case "AMT" -> {
        return parts.amount(segment, amounts);
      }
      case "QTY" -> {
        return parts.quantity(segment, quantities);
      }
      case "PWK" -> {
        return ClaimParts.attachment(segment, attachments);
      }
      case "NTE" -> {
        return ClaimParts.note(segment, notes);
      }
      default -> {
        return details.add(ClaimParts.detail(segment));
      }
    }
  }

  private boolean professional(Segment sv1) {
    procedure = Parts.procedure(sv1, 1);
    charged = values.money(sv1, 2);
    unit = sv1.textOrNull(3);
    quantity = values.quantity(sv1, 4);
    facilityType = sv1.textOrNull(5);
    boolean whole = pointers(sv1, 7) && ClaimParts.holdsProcedure(sv1, 1);
    indicators(sv1, SV1);
    return whole && (quantity != null || sv1.isEmpty(4));
  }

  private boolean institutional(Segment sv2) {
    revenueCode = sv2.textOrNull(1);
    procedure = Parts.procedure(sv2, 2);
    charged = values.money(sv2, 3);
    unit = sv2.textOrNull(4);
    quantity = values.quantity(sv2, 5);
    notCovered = values.money(sv2, 7);
    indicators(sv2, SV2);
    return ClaimParts.holdsProcedure(sv2, 2)
        && (quantity != null || sv2.isEmpty(5))
        && (notCovered != null || sv2.isEmpty(7));
  }

  private boolean dental(Segment sv3) {
    isDental = true;
    procedure = Parts.procedure(sv3, 1);
    charged = values.money(sv3, 2);
    facilityType = sv3.textOrNull(3);
    areas = Parts.frozen(sv3.components(4));
    prosthesis = sv3.textOrNull(5);
    quantity = values.quantity(sv3, 6);
    boolean whole = pointers(sv3, 11) && ClaimParts.holdsProcedure(sv3, 1);
    indicators(sv3, SV3);
    return whole && (quantity != null || sv3.isEmpty(6));
  }

  private boolean tooth(Segment too) {
    teeth.add(new ServiceLine.Tooth(too.text(2), Parts.frozen(too.components(3))));
    return isDental && ClaimParts.hasOnly(too, TOO) && too.is(1, "JP");
  }

  private boolean pointers(Segment service, int element) {
    List<String> sent = service.components(element);
    if (sent.isEmpty()) {
      return true;
    }
    List<Integer> read = new ArrayList<>(POINTERS);
    for (String pointer : sent) {
      int digit = pointer.isEmpty() || pointer.length() > 2 ? -1 : digits(pointer);
      if (digit < 0) {
        continue;
      }
      read.add(digit);
    }
    pointers = Parts.frozen(read);
    return read.size() == sent.size() && sent.stream().noneMatch(text -> text.startsWith("0"));
  }

  private static int digits(String text) {
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** What else the service segment says. */
  private void indicators(Segment service, long held) {
    for (int i = 1; i <= service.elements() && i <= LAST_ELEMENT; i++) {
      if ((held >>> i & 1) == 0 && service.has(i)) {
        String designator = service.tag() + (i < 10 ? "0" : "") + i;
        indicators.add(
            new ServiceLine.Indicator(designator, ClaimParts.normal(service, service.text(i))));
      }
    }
  }

  private boolean addToProvider(Segment segment) {
    if (segment.tag().equals("NM1")) {
      closeProvider();
      return provider.begin(segment);
    }
    return provider.isOpen() && provider.add(segment);
  }

  private void closeProvider() {
    Named ended = provider.end();
    if (ended != null) {
      providers.add(ended);
    }
  }

  private boolean addToDecision(Segment segment) {
    if (segment.tag().equals("SVD")) {
      closeDecision();
      return decision.begin(segment);
    }
    return decision.isOpen() && decision.add(segment);
  }

  private void closeDecision() {
    if (decision.isOpen() && decision.unreadable() == null) {
      decisions.add(decision.end());
    }
  }

  /**
   * Ends the line.
   *
   * @throws IllegalStateException when it is {@link #unreadable}
   */
  ServiceLine end() {
    Money itsCharge = charged;
    if (itsCharge == null) {
      throw new IllegalStateException("an unreadable line was not refused");
    }
    closeProvider();
    closeDecision();
    open = false;
    return new ServiceLine(
        number,
        procedure,
        revenueCode,
        itsCharge,
        unit,
        quantity,
        facilityType,
        pointers,
        notCovered,
        isDental ? new ServiceLine.Dental(areas, prosthesis, Parts.frozen(teeth)) : null,
        Parts.frozen(indicators),
        Parts.frozen(periods),
        Parts.frozen(quantities),
        Parts.frozen(references),
        Parts.frozen(amounts),
        Parts.frozen(attachments),
        Parts.frozen(notes),
        Parts.frozen(details),
        drug.drug(),
        Parts.frozen(providers),
        Parts.frozen(decisions),
        Parts.frozen(forms),
        segment);
  }

  void clear() {
    open = false;
    procedure = null;
    revenueCode = null;
    charged = null;
    unit = null;
    quantity = null;
    facilityType = null;
    pointers = List.of();
    notCovered = null;
    isDental = false;
    areas = List.of();
    prosthesis = null;
    drug.clear();
    provider.clear();
    decision.clear();
    teeth.clear();
    indicators.clear();
    periods.clear();
    quantities.clear();
    references.clear();
    amounts.clear();
    attachments.clear();
    notes.clear();
    details.clear();
    providers.clear();
    decisions.clear();
    forms.clear();
  }
}
