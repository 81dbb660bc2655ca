package org.openrcm.claim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Envelopes;
import org.openrcm.billing.Unmapped;
import org.openrcm.billing.Unreadable;
import org.openrcm.billing.Values;
import org.openrcm.money.Money;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.Segment;
import org.openrcm.x12.SegmentHandler;
import org.openrcm.x12.SetEnd;

/**
 * Turns the segments of 837 transaction sets of all three kinds into claims, one at a time, and
 * checks that they balance. Holds one claim in memory with the billing provider, subscriber and
 * patient it hangs below, whatever the size of the set. The levels are taken in the order of the
 * file: a claim belongs to those that are open where it stands.
 *
 * <p>Nothing is lost: a segment without a place, or one that says more than a record holds, is kept
 * as it was sent in {@code unmapped} of the claim that follows or holds it.
 *
 * <p>A reader is for one file: it counts how often the file repeats a transaction set.
 */
public final class ClaimReader implements SegmentHandler {
  private static final long LARGEST_SUM = Long.MAX_VALUE / 4;
  private static final long KEPT_BETWEEN_CLAIMS = 1L << 20;

  private final ClaimHandler handler;
  private final FindingSink findings;
  private final Values values;
  private final ClaimParts parts;
  private final HierarchyAssembler levels;
  private final ClaimAssembler claim;
  private final ClaimBalancing balancing;
  private final Envelopes envelopes;

  private boolean inSet;
  private @Nullable SubmissionAssembler header;
  private @Nullable Submission submission;
  private int claims;
  private int unread;
  private Money charged = Money.ZERO;
  private final List<Unmapped> between = new ArrayList<>();
  private long betweenBytes;

  /**
   * A reader of one file.
   *
   * @param file its name
   * @param fileHash SHA-256 of its bytes as received, in hexadecimal; empty when not known
   */
  public ClaimReader(String file, String fileHash, ClaimHandler handler, FindingSink findings) {
    this.envelopes = new Envelopes(file, fileHash);
    this.handler = handler;
    this.findings = findings;
    this.values = new Values(findings);
    this.parts = new ClaimParts(values);
    this.levels = new HierarchyAssembler(values, parts);
    this.claim = new ClaimAssembler(file, findings, values, parts);
    this.balancing = new ClaimBalancing(findings);
  }

  @Override
  public void segment(Segment segment) {
    if (inSet) {
      inside(segment);
      return;
    }
    if (segment.key().equals("Transaction.ST")) {
      begin(segment);
    } else {
      envelopes.follow(segment);
    }
  }

  private void begin(Segment st) {
    if (!st.is(1, "837")) {
      findings.add(
          Billed.NOT_A_CLAIM,
          st.place().at("ST01"),
          "an 837 is expected; this transaction set is passed over");
      return;
    }
    ClaimKind kind = ClaimKind.of(envelopes.guide(st));
    if (kind == null) {
      findings.add(
          Billed.NOT_A_CLAIM,
          st.place().at(st.has(3) ? "ST03" : null),
          "claims are read of 005010X222, 005010X223 and 005010X224, and this is none of them;"
              + " this transaction set is passed over");
      return;
    }
    inSet = true;
    header = new SubmissionAssembler(envelopes.begin(st), kind, values, parts, findings);
    submission = null;
    levels.clear();
    balancing.begin();
    claims = 0;
    unread = 0;
    charged = Money.ZERO;
    between.clear();
    betweenBytes = 0;
  }

  private void inside(Segment segment) {
    String loop = segment.loop().id();
    if (segment.slot() == null && segment.tag().equals("HL")) {
      endClaim();
      levels.lost(segment);
      keep(segment);
    } else if (segment.opensLoop() && loop.equals("2300")) {
      endClaim();
      started();
      claim.begin(segment, claims + unread + 1, between);
      claim.refuse(levels.unreadable());
      between.clear();
      betweenBytes = 0;
    } else if (ClaimAssembler.isOfClaim(segment)) {
      if (claim.isOpen()) {
        claim.add(segment);
      } else {
        keep(segment);
      }
    } else if (loop.startsWith("20")) {
      level(segment);
    } else if (segment.key().equals("Transaction.SE")) {
      endClaim();
    } else {
      outsideLevels(segment);
    }
  }

  private void level(Segment segment) {
    if (claim.isOpen() && !(segment.opensLoop() && segment.tag().equals("HL"))) {
      // a party of a level in the midst of a claim: its levels were complete before it
      claim.keep(segment);
      levels.namedAgain(segment);
      return;
    }
    endClaim();
    if (!levels.add(segment)) {
      keep(segment);
    }
  }

  private void outsideLevels(Segment segment) {
    SubmissionAssembler current = header;
    if (claim.isOpen()) {
      claim.add(segment);
    } else if (current != null && submission == null) {
      current.add(segment);
    } else {
      keep(segment);
    }
  }

  /** Keeps what no record holds for the submission, or for the next claim. */
  private void keep(Segment segment) {
    SubmissionAssembler current = header;
    if (submission == null && current != null) {
      current.keep(segment);
      return;
    }
    betweenBytes += segment.byteLength();
    if (segment.isWhole() && betweenBytes <= KEPT_BETWEEN_CLAIMS) {
      between.add(new Unmapped(segment.number(), segment.raw()));
    }
  }

  /** The first claim is reached, or the end: tells the handler, once. */
  private Submission started() {
    Submission current = submission;
    SubmissionAssembler assembler = header;
    if (current == null) {
      if (assembler == null) {
        throw new IllegalStateException("a claim before ST");
      }
      current = assembler.end();
      submission = current;
      handler.start(current);
    }
    return current;
  }

  private void endClaim() {
    if (!claim.isOpen()) {
      return;
    }
    Claim ended = claim.end(levels.billing(), levels.subscriber(), levels.patient());
    if (ended == null || isTooMuch()) {
      unread++;
      return;
    }
    claims++;
    charged = charged.plus(ended.charged());
    balancing.check(ended, claim.place());
    handler.claim(started(), ended);
  }

  /** Whether the sum has grown so large that one more amount might not fit. */
  private boolean isTooMuch() {
    if (Math.abs(charged.cents()) < LARGEST_SUM) {
      return false;
    }
    findings.add(
        Unreadable.AMOUNT_UNREADABLE,
        claim.place(),
        "the submission's sums are beyond what can be held");
    return true;
  }

  @Override
  public void endOfSet(SetEnd end) {
    if (!inSet) {
      return;
    }
    inSet = false;
    if (end == SetEnd.CUT_OFF && claim.isOpen()) {
      claim.refuse("the file ends before it does");
    }
    endClaim();
    Submission whole = started();
    handler.end(whole, new ClaimHandler.Totals(claims, unread, charged, end, List.copyOf(between)));
    header = null;
    submission = null;
    balancing.begin();
  }
}
