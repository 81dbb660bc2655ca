package org.openrcm.posting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.billing.FileSegments;
import org.openrcm.billing.SegmentText;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.PostedLine;
import org.openrcm.ledger.PostedLines;
import org.openrcm.money.Money;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An entry as its page shows it.
 *
 * @param first its first line, which tells what all of them have in common
 * @param all entries for its document, this one among them, in their order
 * @param standing what all of them together come to, without what is zero
 */
record EntryPage(LedgerLine first, List<Line> lines, List<Moved> all, List<Standing> standing) {

  /**
   * A line with the segment that says its amount.
   *
   * @param segment null when it cannot be read any more
   */
  record Line(LedgerLine line, @Nullable SegmentText segment) {

    /** The address of the segment in its file. */
    public @Nullable String source() {
      Origin origin = line.origin();
      return origin == null || segment == null
          ? line.source()
          : origin.source(segment.byteOffset(), segment.number());
    }

    /** Whether an element of the segment says the amount. */
    public boolean isAmount(SegmentText.Element element) {
      return mayBeAmount(element.designator()) && isSame(element.text());
    }

    private boolean mayBeAmount(String designator) {
      return switch (line.posted().document().source()) {
        case CLAIM -> Set.of("CLM02", "SV102", "SV203", "SV302").contains(designator);
        case PAYMENT ->
            designator.startsWith("CAS") || Set.of("CLP04", "SVC03", "AMT02").contains(designator);
        case PROVIDER_ADJUSTMENT -> designator.startsWith("PLB");
        case CHECK -> designator.equals("BPR02");
        case PATIENT_PAYMENT, REFUND, WRITE_OFF -> false;
      };
    }

    private boolean isSame(String text) {
      try {
        long cents = Money.of(text.strip()).cents();
        return Math.abs(cents) == Math.abs(line.posted().line().amount().cents());
      } catch (NumberFormatException | ArithmeticException e) {
        return false;
      }
    }
  }

  /**
   * One of the entries for the document.
   *
   * @param amount what it moved: its debit
   */
  record Moved(long number, PostedLine.Batch batch, Money amount) {}

  /** What the document has on an account. */
  record Standing(AccountKind account, String detail, Money balance) {}

  public long number() {
    return first.posted().entry();
  }

  public PostedLine.Batch batch() {
    return first.posted().batch();
  }

  public @Nullable Origin origin() {
    return first.origin();
  }

  /** What stands on each side. */
  public Money amount() {
    return lines.stream()
        .map(each -> each.line().debit())
        .reduce(Money.ZERO, (sum, debit) -> debit == null ? sum : sum.plus(debit));
  }

  /** Claims that it is on, each once. */
  public List<Origin.BilledClaim> claims() {
    Map<Long, Origin.BilledClaim> claims = new LinkedHashMap<>();
    for (Line each : lines) {
      Origin.BilledClaim claim = each.line().claim();
      if (claim != null) {
        claims.put(claim.number(), claim);
      }
    }
    return List.copyOf(claims.values());
  }

  /** Reads entries for their pages. */
  @Component
  static class Reader {
    private final PostedLines journal;
    private final Origins origins;
    private final FileSegments segments;
    private final AuditTrail audit;

    Reader(PostedLines journal, Origins origins, FileSegments segments, AuditTrail audit) {
      this.journal = journal;
      this.origins = origins;
      this.segments = segments;
      this.audit = audit;
    }

    /**
     * An entry, recorded as seen.
     *
     * @throws NoSuchEntry when the practice has none of this number; on record
     */
    @Transactional
    public EntryPage read(long number) {
      List<PostedLine> posted = journal.entry(number);
      if (posted.isEmpty()) {
        throw NoSuchEntry.denied(audit, number);
      }
      List<LedgerLine> lines = origins.lines(posted);
      audit.record(
          Action.VIEW,
          Subject.of(LedgerList.SUBJECT, Long.toString(number)),
          LedgerLine.patients(lines));
      Map<Long, SegmentText> texts = texts(lines);
      List<PostedLine> all = journal.of(posted.get(0).document());
      return new EntryPage(
          lines.get(0),
          lines.stream().map(line -> new Line(line, texts.get(line.segment()))).toList(),
          moved(all),
          standing(all));
    }

    private Map<Long, SegmentText> texts(List<LedgerLine> lines) {
      Origin origin = lines.get(0).origin();
      return origin == null
          ? Map.of()
          : segments.find(
              new FileSegments.Wanted(
                  origin.file(),
                  origin.byteOffset(),
                  origin.transactionSet(),
                  lines.stream().map(LedgerLine::segment).collect(Collectors.toSet())));
    }

    private static List<Moved> moved(List<PostedLine> all) {
      Map<Long, Moved> entries = new LinkedHashMap<>();
      for (PostedLine line : all) {
        Money amount = line.line().amount();
        Money debit = amount.isNegative() ? Money.ZERO : amount;
        entries.merge(
            line.entry(),
            new Moved(line.entry(), line.batch(), debit),
            (one, other) ->
                new Moved(one.number(), one.batch(), one.amount().plus(other.amount())));
      }
      return List.copyOf(entries.values());
    }

    private static List<Standing> standing(List<PostedLine> all) {
      record Place(AccountKind account, @Nullable Integer rank) {}
      Map<Place, Money> sums = new LinkedHashMap<>();
      for (PostedLine line : all) {
        Place place = new Place(line.line().at().account(), line.line().at().rank());
        sums.merge(place, line.line().amount(), Money::plus);
      }
      List<Standing> standing = new ArrayList<>();
      sums.forEach(
          (place, sum) -> {
            String turn = LedgerLine.turn(place.rank());
            if (!sum.isZero()) {
              standing.add(new Standing(place.account(), turn == null ? "" : turn, sum));
            }
          });
      return standing;
    }
  }
}
