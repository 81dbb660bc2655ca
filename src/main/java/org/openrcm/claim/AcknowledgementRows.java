package org.openrcm.claim;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.SetSource;

/** Acknowledgements of one file as rows, and as events of the claims that they speak of. */
final class AcknowledgementRows {
  private final Clock clock;
  private @Nullable LocalDate sent;

  AcknowledgementRows(Clock clock) {
    this.clock = clock;
  }

  /** The day on which the group or interchange that is read was made (GS04, ISA09). */
  void sentOn(@Nullable LocalDate day) {
    sent = day;
  }

  private LocalDate day(@Nullable LocalDate told) {
    LocalDate day = told == null ? sent : told;
    return day == null ? LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault()) : day;
  }

  AcknowledgementWriter.Row of(InterchangeAcknowledgement ta1) {
    UUID id =
        ClaimEvents.Arrived.id(
            "TA1",
            ta1.source().sender(),
            ta1.interchangeControl(),
            ta1.date(),
            ta1.time(),
            ta1.code(),
            ta1.note());
    return new AcknowledgementWriter.Row(
        id,
        "TA1",
        null,
        ta1.interchangeControl(),
        null,
        null,
        ta1.code(),
        List.of(ta1.note()),
        day(null),
        ta1.segment(),
        ta1.byteOffset());
  }

  AcknowledgementWriter.Row of(GroupAcknowledgement group, SetAcknowledgement set) {
    return row(group, set.setControl(), set.code(), set.codes(), set.segment(), set.byteOffset());
  }

  /** Of a group whose acknowledgement names no set. */
  AcknowledgementWriter.Row of(GroupAcknowledgement group, GroupAcknowledgement.Result result) {
    return row(group, null, result.code(), result.errors(), group.segment(), group.byteOffset());
  }

  private AcknowledgementWriter.Row row(
      GroupAcknowledgement group,
      @Nullable String setControl,
      String code,
      List<String> codes,
      long segment,
      long byteOffset) {
    return new AcknowledgementWriter.Row(
        ClaimEvents.Arrived.id(
            "999", key(group.source()), group.groupControl(), setControl, code, segment),
        "999",
        group.source().set(),
        null,
        group.groupControl(),
        setControl,
        code,
        codes,
        day(null),
        segment,
        byteOffset);
  }

  AcknowledgementWriter.Row of(StatusReport report, AcknowledgementHandler.Totals totals) {
    return new AcknowledgementWriter.Row(
        ClaimEvents.Arrived.id("277CA", key(report.source()), report.reference()),
        "277CA",
        report.source().set(),
        null,
        null,
        null,
        null,
        List.of(totals.accepted() + " accepted", totals.rejected() + " rejected"),
        day(report.date()),
        1,
        -1);
  }

  /** A 999 has something against a segment of a claim. */
  ClaimEvents.Arrived error(
      GroupAcknowledgement group,
      SetAcknowledgement set,
      SetAcknowledgement.SegmentError error,
      String control) {
    return new ClaimEvents.Arrived(
        ClaimEvents.Arrived.id("999", key(group.source()), set.setControl(), error.segment()),
        ClaimEvent.Kind.ERROR,
        day(null),
        control,
        null,
        error.tag() + (error.code() == null ? "" : ":" + error.code()),
        null,
        null,
        null,
        null,
        null,
        error.segment(),
        error.byteOffset());
  }

  /** A 277CA tells of a claim. */
  ClaimEvents.Arrived told(StatusReport report, ClaimStatus claim) {
    Status first = claim.statuses().isEmpty() ? null : claim.statuses().get(0);
    return new ClaimEvents.Arrived(
        ClaimEvents.Arrived.id("277CA", key(report.source()), claim.ordinal()),
        kind(claim),
        day(first == null || first.date() == null ? report.date() : first.date()),
        claim.patientControlNumber(),
        claim.payerClaimControlNumber(),
        first == null ? "" : code(first),
        null,
        null,
        null,
        null,
        null,
        claim.segment(),
        claim.byteOffset());
  }

  /** A claim of a batch that was refused whole. */
  ClaimEvents.Arrived refused(
      StatusReport report,
      PartyStatus party,
      AcknowledgementWriter.Answered submission,
      String control) {
    return new ClaimEvents.Arrived(
        ClaimEvents.Arrived.id("277CA", key(report.source()), submission.id(), control),
        ClaimEvent.Kind.REJECTED,
        day(report.date()),
        control,
        null,
        party.statuses().isEmpty() ? "" : code(party.statuses().get(0)),
        null,
        null,
        null,
        null,
        submission.number(),
        party.segment(),
        party.byteOffset());
  }

  private static ClaimEvent.Kind kind(ClaimStatus claim) {
    return switch (claim.acceptance()) {
      case REJECTED -> ClaimEvent.Kind.REJECTED;
      case ACCEPTED -> ClaimEvent.Kind.ACCEPTED;
      case UNDECIDED ->
          claim.statuses().stream()
                  .flatMap(status -> status.codes().stream())
                  .anyMatch(code -> code.category().equals("A0"))
              ? ClaimEvent.Kind.FORWARDED
              : ClaimEvent.Kind.STATUS;
    };
  }

  /** STC01, components with a colon between them. */
  private static String code(Status status) {
    if (status.codes().isEmpty()) {
      return "";
    }
    Status.Code code = status.codes().get(0);
    return code.category() + ":" + code.code() + (code.entity() == null ? "" : ":" + code.entity());
  }

  private static String key(SetSource source) {
    return String.join(
        "\u0000",
        source.sender(),
        source.interchangeControl(),
        source.groupControl(),
        source.setControl(),
        Integer.toString(source.occurrence()));
  }
}
