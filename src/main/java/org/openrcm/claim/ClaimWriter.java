package org.openrcm.claim;

import org.jspecify.annotations.Nullable;
import org.openrcm.x12.X12Writer;

/**
 * Writes submissions as 837 transaction sets of their kind, one claim at a time, in memory that
 * does not grow. The envelope is the caller's:
 *
 * <pre>
 *   out.beginInterchange(...);
 *   out.beginGroup("HC", sender, receiver, at, control, submission.kind().guide());
 *   ClaimWriter claims = new ClaimWriter(out);
 *   claims.begin(submission, "0001");
 *   claims.write(claim);
 *   claims.end();
 *   out.endGroup();
 *   out.endInterchange();
 * </pre>
 *
 * <p>Claims that follow one another share the HL of an equal billing provider, subscriber and
 * patient: whoever wants small files hands them in sorted. A subscriber's own claims and those of
 * the dependents stand under two HLs of the subscriber, because HL04 says in advance which it is.
 * What is {@code unmapped} is not written: it has no place in the guide.
 */
public final class ClaimWriter {
  private static final String BILLING = "20";
  private static final String SUBSCRIBER = "22";
  private static final String PATIENT = "23";

  private final X12Writer out;
  private final ClaimSegments segments;
  private ClaimLoops loops;

  private @Nullable Billing billing;
  private @Nullable Subscriber subscriber;
  private @Nullable Patient patient;
  private boolean hasDependents;
  private int levels;
  private int billingLevel;
  private int subscriberLevel;

  public ClaimWriter(X12Writer out) {
    this.out = out;
    this.segments = new ClaimSegments(out);
    this.loops = new ClaimLoops(out, segments, ClaimKind.PROFESSIONAL);
  }

  /**
   * Starts a transaction set of the submission's kind: ST, BHT, 1000A and 1000B.
   *
   * @param setControl ST02
   */
  public void begin(Submission submission, String setControl) {
    loops = new ClaimLoops(out, segments, submission.kind());
    billing = null;
    subscriber = null;
    patient = null;
    levels = 0;
    out.beginSet("837", setControl, submission.kind().guide());
    out.tag("BHT").text("0019").text(submission.purpose()).text(submission.reference());
    out.day(submission.date()).text(segments.time(submission.time())).text(submission.use());
    segments.party(submission.submitter());
    segments.party(submission.receiver());
  }

  /**
   * Writes a claim, with the levels above it where they differ from those of the claim before.
   *
   * @throws IllegalArgumentException when a charge or a number of units is below zero, which an 837
   *     has no place for (nothing of the claim is written then), or when a text holds one of the
   *     file's delimiters (the file is not to be used then)
   */
  public void write(Claim claim) {
    refuseNegative(claim);
    Patient itsPatient = claim.patient();
    if (!claim.billing().equals(billing)) {
      billing(claim.billing());
    }
    if (!claim.subscriber().equals(subscriber) || hasDependents != (itsPatient != null)) {
      subscriber(claim.subscriber(), itsPatient != null);
    }
    if (itsPatient != null && !itsPatient.equals(patient)) {
      patient(itsPatient);
    }
    loops.claim(claim);
  }

  /** Ends the transaction set. */
  public void end() {
    out.endSet();
  }

  private static void refuseNegative(Claim claim) {
    boolean negative = claim.charged().isNegative();
    for (ServiceLine line : claim.lines()) {
      negative |= line.charged().isNegative();
      negative |= line.quantity() != null && line.quantity().signum() < 0;
    }
    if (negative) {
      throw new IllegalArgumentException(
          "an 837 has no charges or units below zero: take a claim back with a void or a"
              + " replacement (CLM05-3 8 or 7)");
    }
  }

  private void billing(Billing its) {
    billing = its;
    subscriber = null;
    billingLevel = level(null, BILLING, true);
    if (its.taxonomy() != null) {
      out.tag("PRV").text("BI").text("PXC").text(its.taxonomy());
    }
    if (its.currency() != null) {
      out.tag("CUR").text("85").text(its.currency());
    }
    segments.details(its.details());
    segments.party(its.provider());
    segments.party(its.payTo());
    segments.party(its.payToPlan());
  }

  private void subscriber(Subscriber its, boolean withDependents) {
    subscriber = its;
    hasDependents = withDependents;
    patient = null;
    subscriberLevel = level(billingLevel, SUBSCRIBER, withDependents);
    segments.membership(its.membership());
    if (its.facts() != null) {
      segments.facts(its.facts());
    }
    segments.party(its.person());
    segments.party(its.payer());
  }

  private void patient(Patient its) {
    patient = its;
    level(subscriberLevel, PATIENT, false);
    segments.facts(its.facts());
    segments.party(its.person());
  }

  private int level(@Nullable Integer parent, String code, boolean hasChildren) {
    levels++;
    out.tag("HL").text(Integer.toString(levels)).text(parent == null ? null : parent.toString());
    out.text(code).text(hasChildren ? "1" : "0");
    return levels;
  }
}
