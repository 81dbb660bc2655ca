package org.openrcm.bench;

import static org.openrcm.bench.MadeUp.amount;
import static org.openrcm.bench.MadeUp.date;

import java.time.LocalDate;
import org.openrcm.bench.ClaimWriter.Identity;
import org.openrcm.bench.ClaimWriter.Setting;

/**
 * One made-up payment of one payer to one practice: ST to SE.
 *
 * <p>Invariant: BPR02 is the sum of CLP04 less the sum of the PLB amounts, and never negative: what
 * would be is carried forward by a PLB.
 */
final class RemittanceSet {
  /** A payer: its name, its identifier, CLP06, and whether it pays as Medicare does. */
  private record Payer(String name, String id, String filing, boolean medicare, boolean hospital) {}

  private static final Payer[] PAYERS = {
    new Payer("NORTHERN LANTERN HEALTH PLAN", "NLHP1", "12", false, false),
    new Payer("PLAINFIELD MUTUAL", "PLMU7", "15", false, false),
    new Payer("HARBOR STATE BENEFIT TRUST", "HSBT3", "12", false, false),
    new Payer("FEDERAL PART B OF NOWHERE", "FPB99", "MB", true, false),
    new Payer("EASTVALE COMMUNITY HMO", "ECHM2", "HM", false, true),
    new Payer("FEDERAL PART A OF NOWHERE", "FPA98", "MA", true, true)
  };

  private final MadeUp madeUp;
  private final String controlNumber;
  private final LocalDate day;
  private final Payer payer;
  private final String payeeNpi;
  private final String traceNumber;
  private final SegmentText body = new SegmentText();
  private final SegmentText text = new SegmentText();
  private long paid;
  private long providerAdjusted;
  private long claims;
  private long lines;

  RemittanceSet(MadeUp madeUp, String controlNumber, LocalDate day, int ordinal) {
    this.madeUp = madeUp;
    this.controlNumber = controlNumber;
    this.day = day;
    this.payer = PAYERS[madeUp.between(0, PAYERS.length - 1)];
    this.payeeNpi = madeUp.npi();
    this.traceNumber = payer.id + date(day) + MadeUp.padded(ordinal, 6);
  }

  SegmentText text() {
    return text;
  }

  long claims() {
    return claims;
  }

  long lines() {
    return lines;
  }

  /** Fills {@link #text()} with a payment of so many claims; called once. */
  void write(int claimsWanted) {
    if (payer.hospital) {
      int stays = claimsWanted / 8;
      batch(1, Setting.INPATIENT, stays);
      batch(2, Setting.OUTPATIENT, claimsWanted - stays);
    } else {
      batch(1, Setting.PROFESSIONAL, claimsWanted);
    }
    providerAdjustments();
    text.add("ST", "835", controlNumber);
    header(paid - providerAdjusted);
    text.add(body);
    text.add("SE", String.valueOf(text.segments() + 1), controlNumber);
  }

  private void batch(int number, Setting setting, int claimsWanted) {
    if (claimsWanted == 0) {
      return;
    }
    SegmentText claimText = new SegmentText();
    ClaimWriter writer = new ClaimWriter(madeUp, payer.filing, setting);
    Adjudication adjudication = new Adjudication(madeUp, payer.medicare);
    long chargedHere = 0;
    int written = 0;
    while (written < claimsWanted) {
      Identity patient = writer.newPatient(day);
      AdjudicatedClaim claim = decided(adjudication, setting);
      if (madeUp.chance(1) && claimsWanted - written > 1) {
        chargedHere += written(claimText, writer, claim.reversed(), patient);
        written++;
        claim = adjudication.corrected(claim);
      }
      chargedHere += written(claimText, writer, claim, patient);
      written++;
    }
    body.add("LX", String.valueOf(number));
    if (payer.medicare) {
      String facility = setting == Setting.OUTPATIENT ? "13" : "11";
      String yearEnd = day.getYear() + "1231";
      String count = String.valueOf(written);
      body.add("TS3", payeeNpi, facility, yearEnd, count, amount(chargedHere));
    }
    body.add(claimText);
  }

  private static AdjudicatedClaim decided(Adjudication adjudication, Setting setting) {
    return switch (setting) {
      case PROFESSIONAL -> adjudication.professional();
      case OUTPATIENT -> adjudication.outpatient();
      case INPATIENT -> adjudication.inpatient();
    };
  }

  /** Writes the claim, counts it in, and returns what was charged. */
  private long written(SegmentText to, ClaimWriter writer, AdjudicatedClaim claim, Identity who) {
    writer.write(to, claim, who);
    claims++;
    lines += claim.lines().size();
    paid += claim.paid();
    return claim.charged();
  }

  /** PLB in a third of the payments, and wherever the payment would be negative without one. */
  private void providerAdjustments() {
    String yearEnd = day.getYear() + "1231";
    if (madeUp.chance(35) && paid > 500_000) {
      long takenBack = madeUp.between(1_000, 200_000);
      long interest = -madeUp.between(1, 5_000);
      String receivable = "WO:" + day.getYear() + madeUp.digits(10);
      body.add("PLB", payeeNpi, yearEnd, receivable, amount(takenBack), "L6", amount(interest));
      providerAdjusted = takenBack + interest;
    } else if (paid < 0) {
      body.add("PLB", payeeNpi, yearEnd, "FB:" + traceNumber, amount(paid));
      providerAdjusted = paid;
    }
  }

  private void header(long payment) {
    String payerTax = "1" + madeUp.digits(9);
    if (payment == 0) {
      text.add("BPR", bpr("H", "0", "NON", "", payerTax));
    } else if (madeUp.chance(20)) {
      text.add("BPR", bpr("I", amount(payment), "CHK", "", payerTax));
    } else {
      text.add("BPR", bpr("I", amount(payment), "ACH", "CCP", payerTax));
    }
    text.add("TRN", "1", traceNumber, payerTax);
    text.add("DTM", "405", date(day.minusDays(1)));
    text.add("N1", "PR", payer.name);
    text.add("N3", madeUp.between(100, 999) + " INVENTION WAY");
    text.add("N4", "MADEUPTON", "OH", "45001");
    text.add("REF", "2U", payer.id);
    text.add("PER", "BL", "REMITTANCE DESK", "TE", "800555" + madeUp.digits(4));
    text.add("N1", "PE", "WILLOW CREEK MEDICAL GROUP", "XX", payeeNpi);
    text.add("N3", "44 MADEUP STREET");
    text.add("N4", "FAIRHAVEN", "OH", "45003");
    text.add("REF", "TJ", madeUp.digits(9));
  }

  private String[] bpr(
      String handling, String payment, String method, String format, String payerTax) {
    boolean wired = !format.isEmpty();
    return new String[] {
      handling,
      payment,
      "C",
      method,
      format,
      wired ? "01" : "",
      wired ? "012345672" : "",
      wired ? "DA" : "",
      wired ? madeUp.digits(9) : "",
      wired ? payerTax : "",
      "",
      wired ? "01" : "",
      wired ? "876543212" : "",
      wired ? "DA" : "",
      wired ? madeUp.digits(10) : "",
      date(day)
    };
  }
}
