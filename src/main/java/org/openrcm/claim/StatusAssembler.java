package org.openrcm.claim;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Parts;
import org.openrcm.billing.Person;
import org.openrcm.billing.Quantity;
import org.openrcm.billing.Reference;
import org.openrcm.billing.SetSource;
import org.openrcm.billing.Values;
import org.openrcm.money.Money;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.Segment;
import org.openrcm.x12.SetEnd;

/** Puts one 277CA together, a claim at a time. */
final class StatusAssembler {
  private static final long LARGEST_SUM = Long.MAX_VALUE / 4;

  private final SetSource source;
  private final Values values;
  private final Parts parts;
  private final AcknowledgementHandler handler;
  private final FindingSink findings;

  private @Nullable String reference;
  private @Nullable LocalDate date;
  private @Nullable LocalTime time;
  private @Nullable Person sender;
  private @Nullable String trace;
  private @Nullable LocalDate received;
  private @Nullable LocalDate processed;

  private @Nullable StatusReport report;
  private @Nullable OpenParty party;
  private @Nullable OpenClaim claim;
  private @Nullable Person provider;
  private @Nullable Person patient;
  private int claims;
  private int accepted;
  private int rejected;
  private Money charged = Money.ZERO;

  StatusAssembler(
      SetSource source, Values values, AcknowledgementHandler handler, FindingSink findings) {
    this.source = source;
    this.values = values;
    this.parts = new Parts(values);
    this.handler = handler;
    this.findings = findings;
  }

  /** 2000B or 2000C. */
  private static final class OpenParty {
    final PartyStatus.Level level;
    final long segment;
    final long offset;
    @Nullable Person person;
    @Nullable String trace;
    final List<Status> statuses = new ArrayList<>(1);
    final List<Reference> references = new ArrayList<>(0);
    final List<Quantity> quantities = new ArrayList<>(2);
    final List<Amount> amounts = new ArrayList<>(2);
    int kept;

    OpenParty(PartyStatus.Level level, Segment hl) {
      this.level = level;
      this.segment = hl.number();
      this.offset = hl.byteOffset();
    }

    PartyStatus end() {
      return new PartyStatus(
          level,
          person,
          trace,
          List.copyOf(statuses),
          List.copyOf(references),
          List.copyOf(quantities),
          List.copyOf(amounts),
          segment,
          offset);
    }
  }

  void add(Segment segment) {
    if (segment.slot() == null || !segment.isWhole()) {
      return;
    }
    switch (segment.loop().id()) {
      case "Transaction", "2000A", "2100A", "2200A" -> header(segment);
      case "2000B" -> open(new OpenParty(PartyStatus.Level.SUBMITTER, segment));
      case "2000C" -> {
        open(new OpenParty(PartyStatus.Level.PROVIDER, segment));
        provider = null;
      }
      case "2100B", "2100C", "2200B", "2200C" -> party(segment);
      case "2000D" -> {
        endClaim();
        endParty();
        patient = null;
      }
      case "2100D" -> patient = segment.key().equals("2100D.NM1") ? Parts.person(segment) : patient;
      case "2200D", "2220D" -> claim(segment);
      default -> {
        // the guide has no other loops
      }
    }
  }

  private void header(Segment segment) {
    switch (segment.key()) {
      case "Transaction.BHT" -> {
        reference = segment.textOrNull(3);
        date = values.date(segment, 4);
        time = AcknowledgementReader.time(segment, 5);
      }
      case "2100A.NM1" -> sender = Parts.person(segment);
      case "2200A.TRN" -> trace = segment.textOrNull(2);
      case "2200A.DTP-050" -> received = values.date(segment, 3);
      case "2200A.DTP-009" -> processed = values.date(segment, 3);
      default -> {
        // ST, SE and HL say nothing more
      }
    }
  }

  private StatusReport started() {
    StatusReport current = report;
    if (current == null) {
      current = new StatusReport(source, reference, date, time, sender, trace, received, processed);
      report = current;
      handler.start(current);
    }
    return current;
  }

  private void open(OpenParty opened) {
    endClaim();
    endParty();
    started();
    party = opened;
  }

  private void party(Segment segment) {
    OpenParty open = party;
    if (open == null) {
      return;
    }
    if (++open.kept > OpenClaim.KEPT) {
      tooLarge(segment, open.kept);
      return;
    }
    switch (segment.tag()) {
      case "NM1" -> {
        open.person = Parts.person(segment);
        provider = open.level == PartyStatus.Level.PROVIDER ? open.person : provider;
      }
      case "TRN" -> open.trace = segment.textOrNull(2);
      case "STC" -> open.statuses.add(OpenClaim.status(segment, values));
      case "REF" -> open.references.add(Parts.reference(segment));
      case "QTY" -> parts.quantity(segment, open.quantities);
      case "AMT" -> parts.amount(segment, open.amounts);
      default -> {
        // the guide has no others
      }
    }
  }

  private void claim(Segment segment) {
    if (segment.key().equals("2200D.TRN")) {
      endClaim();
      claim = new OpenClaim(segment);
      return;
    }
    OpenClaim open = claim;
    if (open == null) {
      // without its TRN a status is nobody's; still it is told
      open = new OpenClaim(segment);
      claim = open;
    }
    if (open.keeps()) {
      open.add(segment, values);
    } else {
      tooLarge(segment, open.kept);
    }
  }

  private void tooLarge(Segment segment, int kept) {
    if (kept == OpenClaim.KEPT + 1) {
      findings.add(
          AcknowledgementTooLarge.ACKNOWLEDGEMENT_TOO_LARGE,
          segment.place(),
          "more is said here than is kept: " + OpenClaim.KEPT + " segments");
    }
  }

  private void endParty() {
    OpenParty ended = party;
    party = null;
    if (ended != null) {
      handler.party(started(), ended.end());
    }
  }

  private void endClaim() {
    OpenClaim ended = claim;
    claim = null;
    if (ended == null) {
      return;
    }
    claims++;
    ClaimStatus status = ended.end(provider, patient, claims);
    switch (status.acceptance()) {
      case ACCEPTED -> accepted++;
      case REJECTED -> rejected++;
      case UNDECIDED -> {}
    }
    Money amount = status.statuses().isEmpty() ? null : status.statuses().get(0).amount();
    if (amount != null && Math.abs(charged.cents()) < LARGEST_SUM) {
      charged = charged.plus(amount);
    }
    handler.claim(started(), status);
  }

  void end(SetEnd end) {
    endClaim();
    endParty();
    handler.end(
        started(), new AcknowledgementHandler.Totals(claims, accepted, rejected, charged, end));
  }
}
