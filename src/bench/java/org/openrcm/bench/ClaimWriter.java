package org.openrcm.bench;

import static org.openrcm.bench.MadeUp.amount;
import static org.openrcm.bench.MadeUp.date;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.openrcm.bench.AdjudicatedClaim.Adjustment;
import org.openrcm.bench.AdjudicatedClaim.Line;

/** Writes loop 2100 and its 2110 lines, with invented people, in the order of 005010X221A1. */
final class ClaimWriter {
  /** Which guide the claim was billed under, as CLP08 and the lines show it. */
  enum Setting {
    PROFESSIONAL,
    OUTPATIENT,
    INPATIENT
  }

  /**
   * What two sendings of one claim have in common.
   *
   * @param account CLP01
   * @param payerNumber CLP07
   */
  record Identity(
      String account,
      String payerNumber,
      String lastName,
      String firstName,
      String middle,
      String memberId,
      LocalDate served) {}

  private static final String[] NOTHING = {};

  private final MadeUp madeUp;
  private final String filingIndicator;
  private final Setting setting;

  ClaimWriter(MadeUp madeUp, String filingIndicator, Setting setting) {
    this.madeUp = madeUp;
    this.filingIndicator = filingIndicator;
    this.setting = setting;
  }

  Identity newPatient(LocalDate paidOn) {
    LocalDate served = paidOn.minusDays(madeUp.between(12, 75));
    return new Identity(
        madeUp.oneOf("A", "K", "PT", "") + madeUp.digits(madeUp.between(6, 9)),
        date(served).substring(0, 4) + madeUp.digits(10),
        madeUp.lastName(),
        madeUp.firstName(),
        madeUp.middleInitial(),
        madeUp.letter() + madeUp.letter() + madeUp.digits(9),
        served);
  }

  void write(SegmentText to, AdjudicatedClaim claim, Identity who) {
    boolean hospital = setting != Setting.PROFESSIONAL;
    boolean stay = setting == Setting.INPATIENT;
    boolean reversal = claim.status().equals("22");
    to.add(
        "CLP",
        who.account,
        claim.status(),
        amount(claim.charged()),
        amount(claim.paid()),
        reversal ? "" : patientResponsibility(claim),
        filingIndicator,
        who.payerNumber,
        hospital ? (stay ? "11" : "13") : "11",
        "1",
        "",
        stay ? madeUp.oneOf("193", "291", "470", "603", "871") : "",
        stay ? madeUp.oneOf("0.8437", "1.2015", "1.8902") : "");
    adjustments(to, claim.adjustments());
    people(to, who);
    if (stay) {
      to.add("MIA", String.valueOf(madeUp.between(1, 9)), "", "", amount(claim.paid()), remark(60));
    } else if (hospital || madeUp.chance(20)) {
      to.add("MOA", "", "", madeUp.oneOf("MA01", "MA18", "MA130"), remark(25));
    }
    references(to, who);
    if (!claim.lines().isEmpty()) {
      long allowed = claim.lines().stream().mapToLong(Line::allowed).sum();
      to.add("AMT", "AU", amount(allowed));
    }
    if (stay) {
      to.add("QTY", "CA", String.valueOf(madeUp.between(1, 9)));
    }
    int number = 1;
    for (Line line : claim.lines()) {
      line(to, line, who, number++);
    }
  }

  private static String patientResponsibility(AdjudicatedClaim claim) {
    long cents = claim.patientResponsibility();
    return cents == 0 ? "" : amount(cents);
  }

  private String remark(int percent) {
    return madeUp.chance(percent) ? madeUp.oneOf("MA01", "MA07", "MA28", "N522") : "";
  }

  private void people(SegmentText to, Identity who) {
    to.add("NM1", "QC", "1", who.lastName, who.firstName, who.middle, "", "", "MI", who.memberId);
    if (madeUp.chance(25)) {
      String subscriber = madeUp.firstName();
      to.add("NM1", "IL", "1", who.lastName, subscriber, "", "", "", "MI", who.memberId);
    }
    if (madeUp.chance(4)) {
      String corrected = who.lastName + "-" + madeUp.letter();
      to.add("NM1", "74", "1", corrected, who.firstName, "", "", "", "C", who.memberId);
    }
    if (madeUp.chance(90)) {
      String last = madeUp.lastName();
      to.add("NM1", "82", "1", last, madeUp.firstName(), "", "", "", "XX", madeUp.npi());
    }
  }

  private void references(SegmentText to, Identity who) {
    if (madeUp.chance(70)) {
      to.add("REF", "1L", "GRP" + madeUp.digits(7));
    }
    if (madeUp.chance(50)) {
      to.add("REF", "CE", madeUp.oneOf("CHOICE PLUS NETWORK", "STANDARD PPO", "OPEN ACCESS"));
    }
    if (madeUp.chance(40)) {
      to.add("REF", "EA", "MR" + madeUp.digits(7));
    }
    to.add("DTM", "232", date(who.served));
    to.add("DTM", "233", date(who.served.plusDays(setting == Setting.INPATIENT ? 4 : 0)));
    to.add("DTM", "050", date(who.served.plusDays(5)));
    if (madeUp.chance(30)) {
      to.add("PER", "CX", "CLAIM DESK", "TE", "800555" + madeUp.digits(4));
    }
  }

  private void line(SegmentText to, Line line, Identity who, int number) {
    to.add(
        "SVC",
        line.procedure(),
        amount(line.charged()),
        amount(line.paid()),
        line.revenue(),
        String.valueOf(line.units()));
    to.add("DTM", "472", date(who.served));
    adjustments(to, line.adjustments());
    if (setting == Setting.PROFESSIONAL) {
      to.add("REF", "LU", "11");
    }
    to.add("REF", "6R", who.account + "L" + number);
    if (madeUp.chance(50)) {
      to.add("REF", "HPI", madeUp.npi());
    }
    if (line.allowed() != 0) {
      to.add("AMT", "B6", amount(line.allowed()));
    }
    if (!line.remark().isEmpty()) {
      to.add("LQ", "HE", line.remark());
    }
  }

  /** One CAS for each run of one group, up to six triplets in each. */
  private static void adjustments(SegmentText to, List<Adjustment> adjustments) {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < adjustments.size(); i++) {
      Adjustment adjustment = adjustments.get(i);
      boolean newGroup = i == 0 || !adjustments.get(i - 1).group().equals(adjustment.group());
      if (newGroup || elements.size() > 18) {
        flush(to, elements);
        elements.add(adjustment.group());
      } else {
        elements.add(""); // the quantity of the triplet before
      }
      elements.add(adjustment.carc());
      elements.add(amount(adjustment.cents()));
    }
    flush(to, elements);
  }

  private static void flush(SegmentText to, List<String> elements) {
    if (!elements.isEmpty()) {
      to.add("CAS", elements.toArray(NOTHING));
      elements.clear();
    }
  }
}
