package org.openrcm.simulator;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Person;
import org.openrcm.claim.Claim;
import org.openrcm.claim.Named;
import org.openrcm.claim.Period;
import org.openrcm.claim.ServiceLine;
import org.openrcm.claim.Submission;
import org.openrcm.money.Money;
import org.openrcm.x12.X12Writer;

/**
 * Writes a 277CA (005010X214) for one transaction set of claims: which were taken in, and which
 * were turned back before anything was decided. One claim is held at a time.
 */
final class StatusWriter {
  static final String GUIDE = "005010X214";

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HHmm");
  private static final int LONGEST_NUMBER = 35;

  private final X12Writer out;
  private final Submission submission;
  private final LocalDate received;
  private final LocalDate day;
  private int levels;
  private int provider;
  private @Nullable Named lastProvider;

  /**
   * A writer for one set; the envelope and ST to SE are the caller's.
   *
   * @param received when the claims came
   * @param day when they were looked at
   */
  StatusWriter(X12Writer out, Submission submission, LocalDate received, LocalDate day) {
    this.out = out;
    this.submission = submission;
    this.received = received;
    this.day = day;
  }

  /** What a set's claims come to by themselves. */
  record Totals(int accepted, Money acceptedCharges, int rejected, Money rejectedCharges) {
    static final Totals NONE = new Totals(0, Money.ZERO, 0, Money.ZERO);

    Totals with(Claim claim, boolean isRejected) {
      return isRejected
          ? new Totals(
              accepted, acceptedCharges, rejected + 1, rejectedCharges.plus(claim.charged()))
          : new Totals(
              accepted + 1, acceptedCharges.plus(claim.charged()), rejected, rejectedCharges);
    }
  }

  /** BHT and the levels of the payer and of the submitter, with the totals. */
  void begin(Totals totals, LocalDateTime at, String reference) {
    out.tag("BHT").text("0085").text("08").text(reference).day(at.toLocalDate());
    out.text(MINUTE.format(at)).text("TH");
    level(0, "20", true);
    Named receiver = submission.receiver();
    Person who = receiver == null ? null : receiver.person();
    out.tag("NM1").text("AY").text("2").text(name(who, "CLAIM DESK"));
    out.skip(4).text("46").text(id(who, "CLAIMDESK"));
    out.tag("TRN").text("1").text(reference);
    out.tag("DTP").text("050").text("D8").day(received);
    out.tag("DTP").text("009").text("D8").day(day);
    level(1, "21", true);
    Named sent = submission.submitter();
    Person submitter = sent == null ? null : sent.person();
    out.tag("NM1").text("41").text(submitter != null && !submitter.organization() ? "1" : "2");
    out.text(name(submitter, "SUBMITTER")).skip(4).text("46").text(id(submitter, "SUBMITTER"));
    String number = submission.reference();
    out.tag("TRN").text("2").text(number == null ? submission.source().setControl() : number);
    Money all = totals.acceptedCharges.plus(totals.rejectedCharges);
    status("A1", "19", "PR", "WQ", all);
    if (totals.accepted > 0) {
      out.tag("QTY").text("90").text(Integer.toString(totals.accepted));
    }
    if (totals.rejected > 0) {
      out.tag("QTY").text("AA").text(Integer.toString(totals.rejected));
    }
    if (totals.accepted > 0) {
      out.tag("AMT").text("YU").text(RemittanceWriter.amount(totals.acceptedCharges));
    }
    if (totals.rejected > 0) {
      out.tag("AMT").text("YY").text(RemittanceWriter.amount(totals.rejectedCharges));
    }
  }

  /**
   * The level of a claim, and of its provider where that is another than before.
   *
   * @param rejection null when it is accepted
   * @param payerNumber the payer's number of it, where it is accepted
   */
  void claim(Claim claim, Refusals.@Nullable Rejection rejection, String payerNumber) {
    Named billing = claim.billing().provider();
    if (!billing.equals(lastProvider)) {
      provider(claim, billing);
      lastProvider = billing;
    }
    level(provider, "PT", false);
    Person patient = claim.treated().person();
    Person subscriber = claim.subscriber().person().person();
    String member = patient.id() == null ? subscriber.id() : patient.id();
    out.tag("NM1").text("QC").text("1").text(name(patient, "UNKNOWN"));
    out.text(patient.firstName()).text(patient.middleName()).skip(1).text(patient.suffix());
    out.text("MI").text(member == null ? "UNKNOWN" : member);
    String number = claim.patientControlNumber();
    int end = Math.min(LONGEST_NUMBER, number.length());
    out.tag("TRN").text("2").text(number.substring(0, end));
    if (rejection == null) {
      status("A2", "20", "PR", "WQ", claim.charged());
      out.tag("REF").text("1K").text(payerNumber);
    } else {
      status(rejection.category(), rejection.status(), rejection.entity(), "U", claim.charged());
    }
    String trace = claim.reference("D9");
    if (trace != null) {
      out.tag("REF").text("D9").text(trace);
    }
    if ("A".equals(claim.facilityQualifier()) && claim.facilityType() != null) {
      String frequency = claim.frequency();
      out.tag("REF").text("BLT");
      out.text(claim.facilityType() + (frequency == null ? "" : frequency));
    }
    days(claim);
  }

  private void provider(Claim claim, Named billing) {
    level(2, "19", true);
    provider = levels;
    Person person = billing.person();
    out.tag("NM1").text("85").text(person.organization() ? "2" : "1");
    out.text(name(person, "PROVIDER")).text(person.firstName()).skip(3);
    out.text(billing.npi() == null ? "FI" : "XX").text(Check.payeeId(claim));
  }

  private void level(int parent, String code, boolean hasChildren) {
    levels++;
    out.tag("HL").text(Integer.toString(levels));
    out.text(parent == 0 ? null : Integer.toString(parent)).text(code);
    out.text(code.equals("PT") ? null : hasChildren ? "1" : "0");
  }

  private void status(String category, String code, String entity, String action, Money amount) {
    out.tag("STC").composite(category, code, entity).day(day).text(action);
    out.text(RemittanceWriter.amount(amount));
  }

  /** First to last day of service; an estimate has none, and gets the day on which it came. */
  private void days(Claim claim) {
    Period statement = claim.period("434");
    LocalDate first = statement == null ? null : statement.start();
    LocalDate last = statement == null ? null : statement.last();
    for (ServiceLine line : claim.lines()) {
      Period served = line.period("472");
      LocalDate start = served == null ? null : served.start();
      LocalDate end = served == null ? null : served.last();
      if (start != null && end != null && statement == null) {
        first = first == null || start.isBefore(first) ? start : first;
        last = last == null || end.isAfter(last) ? end : last;
      }
    }
    LocalDate from = first == null ? received : first;
    LocalDate to = last == null ? from : last;
    out.tag("DTP").text("472");
    if (from.equals(to)) {
      out.text("D8").day(from);
    } else {
      DateTimeFormatter basic = DateTimeFormatter.BASIC_ISO_DATE;
      out.text("RD8").text(basic.format(from) + "-" + basic.format(to));
    }
  }

  private static String name(@Nullable Person person, String otherwise) {
    String name = person == null ? null : person.lastName();
    return name == null ? otherwise : name;
  }

  private static String id(@Nullable Person person, String otherwise) {
    String id = person == null ? null : person.id();
    return id == null ? otherwise : id;
  }
}
