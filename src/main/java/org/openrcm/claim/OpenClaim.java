package org.openrcm.claim;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Parts;
import org.openrcm.billing.Person;
import org.openrcm.billing.Reference;
import org.openrcm.billing.Values;
import org.openrcm.x12.Segment;

/** A claim of a 277CA while its loop 2200D is being read. */
final class OpenClaim {
  /** So many segments are kept of a claim's statuses and lines. */
  static final int KEPT = 10_000;

  private static final int DAY = 8;

  private final String patientControlNumber;
  private final long segment;
  private final long offset;
  private final List<Status> statuses = new ArrayList<>(1);
  private final List<ClaimStatus.Line> lines = new ArrayList<>();
  private @Nullable String payerClaimControlNumber;
  private @Nullable String clearinghouseTrace;
  private @Nullable String billType;
  private @Nullable Period service;
  private @Nullable OpenLine line;
  int kept;

  OpenClaim(Segment first) {
    patientControlNumber = first.key().equals("2200D.TRN") ? first.text(2) : "";
    segment = first.number();
    offset = first.byteOffset();
  }

  /** 2220D. */
  private static final class OpenLine {
    final ClaimStatus.Line read;
    final List<Status> statuses = new ArrayList<>(1);
    final List<Reference> references = new ArrayList<>(0);
    @Nullable String controlNumber;
    @Nullable String prescription;
    @Nullable Period service;

    OpenLine(Segment svc, Values values) {
      read =
          new ClaimStatus.Line(
              Parts.procedure(svc, 1),
              values.money(svc, 2),
              svc.textOrNull(4),
              values.quantity(svc, 7),
              List.of(),
              null,
              null,
              List.of(),
              null,
              svc.number(),
              svc.byteOffset());
    }

    ClaimStatus.Line end() {
      return new ClaimStatus.Line(
          read.procedure(),
          read.charged(),
          read.revenueCode(),
          read.quantity(),
          List.copyOf(statuses),
          controlNumber,
          prescription,
          List.copyOf(references),
          service,
          read.segment(),
          read.byteOffset());
    }
  }

  /** Whether one more segment is kept. */
  boolean keeps() {
    return ++kept <= KEPT;
  }

  void add(Segment added, Values values) {
    if (added.loop().id().equals("2220D")) {
      line(added, values);
      return;
    }
    switch (added.tag()) {
      case "STC" -> statuses.add(status(added, values));
      case "REF" -> reference(added);
      case "DTP" -> service = period(added, values);
      default -> {
        // the guide has no others
      }
    }
  }

  private void reference(Segment ref) {
    switch (ref.text(1)) {
      case "1K" -> payerClaimControlNumber = ref.textOrNull(2);
      case "D9" -> clearinghouseTrace = ref.textOrNull(2);
      case "BLT" -> billType = ref.textOrNull(2);
      default -> {
        // the guide has no others
      }
    }
  }

  private void line(Segment added, Values values) {
    if (added.tag().equals("SVC")) {
      endLine();
      line = new OpenLine(added, values);
      return;
    }
    OpenLine open = line;
    if (open == null) {
      return;
    }
    switch (added.tag()) {
      case "STC" -> open.statuses.add(status(added, values));
      case "DTP" -> open.service = period(added, values);
      case "REF" -> {
        if (added.is(1, "FJ")) {
          open.controlNumber = added.textOrNull(2);
        } else if (added.is(1, "XZ")) {
          open.prescription = added.textOrNull(2);
        } else {
          open.references.add(Parts.reference(added));
        }
      }
      default -> {
        // the guide has no others
      }
    }
  }

  private void endLine() {
    OpenLine ended = line;
    line = null;
    if (ended != null) {
      lines.add(ended.end());
    }
  }

  ClaimStatus end(@Nullable Person provider, @Nullable Person patient, int ordinal) {
    endLine();
    return new ClaimStatus(
        provider,
        patient,
        patientControlNumber,
        List.copyOf(statuses),
        payerClaimControlNumber,
        clearinghouseTrace,
        billType,
        service,
        List.copyOf(lines),
        ordinal,
        segment,
        offset);
  }

  static Status status(Segment stc, Values values) {
    List<Status.Code> codes = new ArrayList<>(1);
    for (int element : new int[] {1, 10, 11}) {
      if (stc.has(element)) {
        codes.add(
            new Status.Code(
                stc.text(element, 1), stc.text(element, 2), stc.textOrNull(element, 3)));
      }
    }
    return new Status(
        List.copyOf(codes),
        values.date(stc, 2),
        stc.textOrNull(3),
        values.money(stc, 4),
        stc.textOrNull(12),
        stc.number(),
        stc.byteOffset());
  }

  /** DTP of one day or of a span; null, with a finding where it is no day, when it is neither. */
  private static @Nullable Period period(Segment dtp, Values values) {
    if (dtp.is(2, "RD8")) {
      String[] days = dtp.text(3).split("-", 2);
      LocalDate start = day(days[0]);
      LocalDate end = days.length > 1 ? day(days[1]) : null;
      return start == null ? null : new Period(dtp.text(1), start, end, null);
    }
    LocalDate day = values.date(dtp, 3);
    return day == null ? null : new Period(dtp.text(1), day, null, null);
  }

  private static @Nullable LocalDate day(String text) {
    if (!text.matches("[0-9]{" + DAY + "}")) {
      return null;
    }
    try {
      return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeException notInTheCalendar) {
      return null;
    }
  }
}
