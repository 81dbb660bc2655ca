package org.openrcm.remittance;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Address;
import org.openrcm.billing.Contact;
import org.openrcm.billing.Parts;
import org.openrcm.billing.Reference;
import org.openrcm.billing.SetSource;
import org.openrcm.billing.Unmapped;
import org.openrcm.billing.Values;
import org.openrcm.money.Money;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.Place;
import org.openrcm.x12.Segment;

/** Puts the header of an 835 together: BPR to DTM, loops 1000A and 1000B. */
final class HeaderAssembler {
  /** So many bytes are kept of a header; real ones have one or two thousand. */
  private static final long LARGEST = 1L << 20;

  private final SetSource source;
  private final Values values;
  private final FindingSink findings;
  private Place paymentPlace;
  private long bytes;

  private Remittance.Payment payment =
      new Remittance.Payment("", null, "", "", null, null, null, null, null, null);
  private Remittance.Trace trace = new Remittance.Trace("", null, null);
  private Remittance.@Nullable Currency currency;
  private @Nullable String receiverId;
  private @Nullable String versionId;
  private @Nullable LocalDate productionDate;
  private final PartyAssembler payer = new PartyAssembler();
  private final PartyAssembler payee = new PartyAssembler();
  private final List<Unmapped> unmapped = new ArrayList<>();

  HeaderAssembler(SetSource source, Place st, Values values, FindingSink findings) {
    this.source = source;
    this.values = values;
    this.findings = findings;
    this.paymentPlace = st;
  }

  /** Where BPR stands, or ST when there is none. */
  Place paymentPlace() {
    return paymentPlace;
  }

  void add(Segment segment) {
    boolean fits = bytes <= LARGEST;
    bytes += segment.byteLength();
    if (bytes > LARGEST || !segment.isWhole()) {
      if (fits && bytes > LARGEST) {
        findings.add(
            Adjudication.HEADER_TOO_LARGE,
            segment.place(),
            "what stands from here to the first claim is not kept");
      }
      return;
    }
    switch (segment.key()) {
      case "Transaction.BPR" -> payment(segment);
      case "Transaction.TRN" ->
          trace =
              new Remittance.Trace(segment.text(2), segment.textOrNull(3), segment.textOrNull(4));
      case "Transaction.CUR" ->
          currency = new Remittance.Currency(segment.text(2), segment.textOrNull(3));
      case "Transaction.REF-EV" -> receiverId = segment.textOrNull(2);
      case "Transaction.REF-F2" -> versionId = segment.textOrNull(2);
      case "Transaction.DTM-405" -> productionDate = values.date(segment, 2);
      default -> {
        boolean taken =
            segment.slot() != null
                && switch (segment.loop().id()) {
                  case "1000A" -> payer.add(segment);
                  case "1000B" -> payee.add(segment);
                  default -> false;
                };
        if (!taken) {
          unmapped.add(new Unmapped(segment.number(), segment.raw()));
        }
      }
    }
  }

  private void payment(Segment bpr) {
    paymentPlace = bpr.place();
    Money amount = values.money(bpr, 2);
    payment =
        new Remittance.Payment(
            bpr.text(1),
            amount,
            bpr.text(3),
            bpr.text(4),
            bpr.textOrNull(5),
            account(bpr, 6),
            bpr.textOrNull(10),
            bpr.textOrNull(11),
            account(bpr, 12),
            values.date(bpr, 16));
    if (amount != null && amount.isZero() != (bpr.is(1, "H") && bpr.is(4, "NON"))) {
      findings.add(
          Adjudication.ZERO_PAYMENT,
          paymentPlace.at("BPR02"),
          "a payment of zero goes with BPR01 H and BPR04 NON, and only that");
    }
  }

  private static Remittance.@Nullable BankAccount account(Segment bpr, int first) {
    if (bpr.isEmpty(first + 1) && bpr.isEmpty(first + 3)) {
      return null;
    }
    return new Remittance.BankAccount(
        bpr.textOrNull(first),
        bpr.textOrNull(first + 1),
        bpr.textOrNull(first + 2),
        bpr.textOrNull(first + 3));
  }

  Remittance end() {
    return new Remittance(
        source,
        payment,
        trace,
        currency,
        receiverId,
        versionId,
        productionDate,
        payer.end(),
        payee.end(),
        List.copyOf(unmapped));
  }

  /** Loop 1000A or 1000B. */
  private static final class PartyAssembler {
    private @Nullable String name;
    private @Nullable String idQualifier;
    private @Nullable String id;
    private List<String> lines = List.of();
    private @Nullable Address address;
    private final List<Reference> references = new ArrayList<>();
    private final List<Contact> contacts = new ArrayList<>();
    private Party.@Nullable Delivery delivery;

    boolean add(Segment segment) {
      switch (segment.slot() == null ? "" : segment.tag()) {
        case "N1" -> {
          name = segment.textOrNull(2);
          idQualifier = segment.textOrNull(3);
          id = segment.textOrNull(4);
        }
        case "N3" -> {
          lines =
              segment.has(2) ? List.of(segment.text(1), segment.text(2)) : List.of(segment.text(1));
          address = new Address(lines, null, null, null, null, null);
        }
        case "N4" ->
            address =
                new Address(
                    lines,
                    segment.textOrNull(1),
                    segment.textOrNull(2),
                    segment.textOrNull(3),
                    segment.textOrNull(4),
                    segment.textOrNull(7));
        case "REF" -> references.add(Parts.reference(segment));
        case "PER" -> contacts.add(Parts.contact(segment));
        case "RDM" ->
            delivery =
                new Party.Delivery(segment.text(1), segment.textOrNull(2), segment.textOrNull(3));
        default -> {
          return false;
        }
      }
      return true;
    }

    Party end() {
      return new Party(
          name, idQualifier, id, address, List.copyOf(references), List.copyOf(contacts), delivery);
    }
  }
}
