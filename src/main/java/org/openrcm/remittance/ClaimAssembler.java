package org.openrcm.remittance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Contact;
import org.openrcm.billing.Dated;
import org.openrcm.billing.Parts;
import org.openrcm.billing.Person;
import org.openrcm.billing.Quantity;
import org.openrcm.billing.Reference;
import org.openrcm.billing.Unmapped;
import org.openrcm.billing.Values;
import org.openrcm.money.Money;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.Loop;
import org.openrcm.x12.Place;
import org.openrcm.x12.Segment;

/** Puts one claim of an 835 together from the segments of loops 2100 and 2110. */
final class ClaimAssembler {
  /** A claim of more bytes is not held in memory; 999 full lines need a tenth of it. */
  private static final long LARGEST = 4L << 20;

  private final FindingSink findings;
  private final Values values;
  private final Parts parts;
  private final Figures figures;
  private final LineAssembler line;

  private boolean open;
  private @Nullable Loop loop;
  private @Nullable String unreadable;
  private boolean isBalanced;
  private final String file;
  private @Nullable String transactionSet;
  private ClaimGroup group = ClaimGroup.NONE;
  private int ordinal;
  private long number;
  private long start;
  private long length;

  private String patientControlNumber = "";
  private String status = "";
  private Money charged = Money.ZERO;
  private Money paid = Money.ZERO;
  private @Nullable Money patientResponsibility;
  private @Nullable String filingIndicator;
  private @Nullable String payerClaimControlNumber;
  private @Nullable String facilityType;
  private @Nullable String frequency;
  private @Nullable String drg;
  private @Nullable BigDecimal drgWeight;
  private @Nullable BigDecimal dischargeFraction;
  private @Nullable Outcome inpatient;
  private @Nullable Outcome outpatient;
  private final List<Adjustment> adjustments = new ArrayList<>();
  private final List<Person> people = new ArrayList<>();
  private final List<Reference> references = new ArrayList<>();
  private final List<Dated> dates = new ArrayList<>();
  private final List<Contact> contacts = new ArrayList<>();
  private final List<Amount> amounts = new ArrayList<>();
  private final List<Quantity> quantities = new ArrayList<>();
  private final List<ServicePayment> lines = new ArrayList<>();
  private final List<Unmapped> unmapped = new ArrayList<>();

  ClaimAssembler(String file, FindingSink findings, Values values) {
    this.file = file;
    this.findings = findings;
    this.values = values;
    this.parts = new Parts(values);
    this.figures = new Figures(values);
    this.line = new LineAssembler(values, parts);
  }

  boolean isOpen() {
    return open;
  }

  /** Whether a segment stands inside the open claim: in its loop after its CLP, or in a line's. */
  boolean holds(Segment segment) {
    return open
        && (segment.loop() == loop ? !segment.opensLoop() : segment.loop().parent() == loop);
  }

  /** Starts a claim at its CLP. */
  void begin(Segment clp, ClaimGroup inGroup, int itsOrdinal) {
    clear();
    open = true;
    loop = clp.loop();
    transactionSet = clp.transactionSet();
    group = inGroup;
    ordinal = itsOrdinal;
    number = clp.number();
    start = clp.byteOffset();
    patientControlNumber = clp.text(1);
    status = clp.text(2);
    charged = required(clp, 3);
    paid = required(clp, 4);
    patientResponsibility = values.money(clp, 5);
    filingIndicator = clp.textOrNull(6);
    payerClaimControlNumber = clp.textOrNull(7);
    facilityType = clp.textOrNull(8);
    frequency = clp.textOrNull(9);
    drg = clp.textOrNull(11);
    drgWeight = values.quantity(clp, 12);
    dischargeFraction = values.quantity(clp, 13);
    reach(clp);
  }

  /** Takes a later segment of the claim. */
  void add(Segment segment) {
    reach(segment);
    if (unreadable != null) {
      return;
    }
    if (!segment.isWhole()) {
      refuse("part of it could not be read");
      return;
    }
    if (segment.loop() == loop ? !addToClaim(segment) : !addToLine(segment)) {
      unmapped.add(new Unmapped(segment.number(), segment.raw()));
    }
  }

  private boolean addToLine(Segment segment) {
    switch (segment.key()) {
      case "2110.SVC" -> service(segment);
      case "2110.CAS" -> adjustments(segment, line.adjustments());
      default -> {
        return segment.slot() != null && line.isOpen() && line.add(segment);
      }
    }
    return true;
  }

  private boolean addToClaim(Segment segment) {
    switch (segment.key()) {
      case "2100.CAS" -> adjustments(segment, adjustments);
      case "2100.NM1-QC",
          "2100.NM1-IL",
          "2100.NM1-74",
          "2100.NM1-82",
          "2100.NM1-TT",
          "2100.NM1-PR",
          "2100.NM1-GB" ->
          people.add(Parts.person(segment));
      case "2100.MIA" -> inpatient = figures.inpatient(segment);
      case "2100.MOA" -> outpatient = figures.outpatient(segment);
      case "2100.REF-OtherClaimRelated", "2100.REF-RenderingProvider" ->
          references.add(Parts.reference(segment));
      case "2100.DTM-Statement", "2100.DTM-036", "2100.DTM-050" -> parts.date(segment, dates);
      case "2100.PER" -> contacts.add(Parts.contact(segment));
      case "2100.AMT" -> parts.amount(segment, amounts);
      case "2100.QTY" -> parts.quantity(segment, quantities);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void service(Segment svc) {
    closeLine();
    if (!line.begin(svc)) {
      refuse("a service line has no charge or payment that can be read");
    }
  }

  private void adjustments(Segment cas, List<Adjustment> into) {
    if (!parts.adjustments(cas, into)) {
      refuse("an adjustment has no amount that can be read");
    }
  }

  private Money required(Segment clp, int element) {
    Money money = values.money(clp, element);
    if (money == null) {
      refuse("it has no charge or payment that can be read");
      return Money.ZERO;
    }
    return money;
  }

  private void reach(Segment segment) {
    length = segment.byteOffset() + segment.byteLength() - start;
    if (length > LARGEST && unreadable == null) {
      refuse("it is longer than " + LARGEST + " bytes");
    }
  }

  /** Gives the claim up; what was read of it so far is let go. */
  void refuse(String why) {
    if (unreadable == null) {
      unreadable = why;
    }
  }

  private void closeLine() {
    if (line.isOpen()) {
      lines.add(line.end());
    }
  }

  /** Ends the claim; null, with a finding, when it could not be read whole. */
  @Nullable ClaimPayment end() {
    open = false;
    if (unreadable != null) {
      findings.add(Adjudication.CLAIM_NOT_READ, place(), "this claim is not used: " + unreadable);
      return null;
    }
    closeLine();
    ClaimPayment claim =
        new ClaimPayment(
            group,
            patientControlNumber,
            status,
            charged,
            paid,
            patientResponsibility,
            filingIndicator,
            payerClaimControlNumber,
            facilityType,
            frequency,
            drg,
            drgWeight,
            dischargeFraction,
            Parts.frozen(adjustments),
            Parts.frozen(people),
            inpatient,
            outpatient,
            Parts.frozen(references),
            Parts.frozen(dates),
            Parts.frozen(contacts),
            Parts.frozen(amounts),
            Parts.frozen(quantities),
            Parts.frozen(lines),
            Parts.frozen(unmapped),
            ordinal,
            number,
            start,
            length);
    isBalanced = Balancing.check(claim, this::place, findings);
    return claim;
  }

  /** Whether the claim that ended last is in balance. */
  boolean isBalanced() {
    return isBalanced;
  }

  /** Where its CLP stands. */
  Place place() {
    return new Place(file, transactionSet, number, "CLP", "2100", null, start);
  }

  private void clear() {
    unreadable = null;
    inpatient = null;
    outpatient = null;
    line.clear();
    adjustments.clear();
    people.clear();
    references.clear();
    dates.clear();
    contacts.clear();
    amounts.clear();
    quantities.clear();
    lines.clear();
    unmapped.clear();
  }
}
