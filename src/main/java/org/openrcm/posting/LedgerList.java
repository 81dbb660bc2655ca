package org.openrcm.posting;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Balances;
import org.openrcm.ledger.PostedLine;
import org.openrcm.ledger.PostedLines;
import org.openrcm.web.Slice;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists lines of the ledger, on record for each patient who is shown. */
@Component
class LedgerList {
  static final String SUBJECT = "JournalEntry";

  private static final int AT_ONCE = 1000;

  private final PostedLines lines;
  private final Balances balances;
  private final Origins origins;
  private final AuditTrail audit;

  LedgerList(PostedLines lines, Balances balances, Origins origins, AuditTrail audit) {
    this.lines = lines;
    this.balances = balances;
    this.origins = origins;
    this.audit = audit;
  }

  /**
   * Lines that were found.
   *
   * @param sum of all of them, and how many they are
   * @param point up to which batch the books were looked at
   */
  record Found(Slice<LedgerLine> rows, PostedLines.Sum sum, Balances.Point point) {}

  /** A part of the lines that a filter finds; {@code sent} is the search for the record. */
  @Transactional
  public Found lines(LedgerFilter filter, String sent, int limit) {
    Balances.Point point = until(filter);
    PostedLines.Wanted wanted = wanted(filter, point);
    return found(wanted, LedgerFilter.key(filter.after()), sent, limit, point);
  }

  /**
   * Lines on an account, of a claim or a reference, for programs.
   *
   * @param account null for all, when a claim or a reference is given
   */
  @Transactional
  public Found lines(
      @Nullable AccountKind account,
      String claim,
      String reference,
      PostedLines.@Nullable Key after,
      String sent,
      int limit) {
    Balances.Point point = balances.point(null);
    PostedLines.Wanted wanted =
        new PostedLines.Wanted(
            account,
            origins.named(claim),
            reference.isEmpty() ? null : reference,
            Balances.Point.START,
            point);
    return found(wanted, after, sent, limit, point);
  }

  private Found found(
      PostedLines.Wanted wanted,
      PostedLines.@Nullable Key after,
      String sent,
      int limit,
      Balances.Point point) {
    Slice<PostedLine> slice =
        Slice.of(
            lines.list(wanted, after, limit + 1), limit, line -> line.entry() + "_" + line.place());
    List<LedgerLine> rows = origins.lines(slice.rows());
    audit.record(Action.QUERY, Subject.search(SUBJECT, sent), LedgerLine.patients(rows));
    return new Found(new Slice<>(rows, slice.next()), lines.sum(wanted), point);
  }

  private Balances.Point until(LedgerFilter filter) {
    return balances.point(filter.asOfMoment()).earlier(balances.point(filter.untilMoment()));
  }

  private PostedLines.Wanted wanted(LedgerFilter filter, Balances.Point until) {
    return new PostedLines.Wanted(
        filter.account(),
        origins.named(filter.claim()),
        filter.reference().isEmpty() ? null : filter.reference(),
        filter.fromMoment() == null ? Balances.Point.START : balances.point(filter.fromMoment()),
        until);
  }

  /** What references were found to come to; {@code next} is where the next part begins. */
  record Grouped(
      Slice<PostedLines.OfReference> rows, PostedLines.References all, Balances.Point point) {}

  /** A part of what the references of an account come to. */
  @Transactional
  public Grouped references(LedgerFilter filter, String sent, int limit) {
    Balances.Point point = until(filter);
    PostedLines.References found =
        lines.references(wanted(filter, point), filter.lastReference(), limit + 1);
    audit.record(Action.QUERY, Subject.search(SUBJECT, sent));
    return new Grouped(Slice.of(found.rows(), limit, LedgerFilter::key), found, point);
  }

  /** Gives all lines; that they were copied out is on record for each patient. */
  @Transactional
  public void copy(LedgerFilter filter, String sent, Consumer<LedgerLine> each) {
    PostedLines.Wanted wanted = wanted(filter, until(filter));
    Set<UUID> known = new HashSet<>();
    PostedLines.Key after = null;
    List<PostedLine> some;
    do {
      some = lines.list(wanted, after, AT_ONCE);
      List<LedgerLine> rows = origins.lines(some);
      Set<UUID> patients = LedgerLine.patients(rows);
      patients.removeAll(known);
      if (!patients.isEmpty()) {
        audit.record(Action.COPY, Subject.search(SUBJECT, sent), patients);
        known.addAll(patients);
      }
      rows.forEach(each);
      after = some.isEmpty() ? null : key(some.get(some.size() - 1));
    } while (some.size() == AT_ONCE);
    if (known.isEmpty()) {
      audit.record(Action.COPY, Subject.search(SUBJECT, sent));
    }
  }

  private static PostedLines.Key key(PostedLine line) {
    return new PostedLines.Key(line.entry(), line.place());
  }

  /** Gives what all references come to; that it was copied out is on record. */
  @Transactional
  public void copyReferences(
      LedgerFilter filter, String sent, Consumer<PostedLines.OfReference> each) {
    audit.record(Action.COPY, Subject.search(SUBJECT, sent));
    PostedLines.Wanted wanted = wanted(filter, until(filter));
    lines.references(wanted, null, Integer.MAX_VALUE).rows().forEach(each);
  }
}
