package org.openrcm.cli;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.openrcm.remittance.Adjustment;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.CodeList;
import org.openrcm.remittance.Dated;
import org.openrcm.remittance.Outcome;
import org.openrcm.remittance.Party;
import org.openrcm.remittance.Person;
import org.openrcm.remittance.ProviderAdjustment;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.RemittanceHandler;
import org.openrcm.remittance.ServicePayment;

/** Prints remittances as text on 96 columns: check, claims, lines, adjustments, totals. */
final class PaperRemittance implements RemittanceHandler {
  private static final int WIDTH = 96;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("MMM d, yyyy", Locale.US);

  private final PrintWriter out;
  private final CodeList groups = CodeList.load("claim-adjustment-group");
  private final CodeList reasons = CodeList.load("claim-adjustment-reason");
  private final CodeList remarks = CodeList.load("remittance-advice-remark");
  private final CodeList statuses = CodeList.load("claim-status");
  private final CodeList methods = CodeList.load("payment-method");
  private final CodeList providerReasons = CodeList.load("provider-adjustment-reason");
  private @Nullable LocalDate day;
  private boolean apartFromClaims;

  PaperRemittance(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void start(Remittance remittance) {
    apartFromClaims = false;
    Remittance.Payment payment = remittance.payment();
    day = payment.date() == null ? remittance.productionDate() : payment.date();
    rule('=');
    sides(name(remittance.payer()), "Remittance " + remittance.trace().number());
    sides(address(remittance.payer()), day == null ? "no date" : DAY.format(day));
    String method = words(methods, payment.method());
    sides(
        "To " + name(remittance.payee()) + number(remittance.payee()),
        (method == null ? payment.method() : method)
            + "  "
            + (payment.amount() == null ? "amount not readable" : dollars(payment.amount())));
    rule('=');
  }

  @Override
  public void claim(Remittance remittance, ClaimPayment claim) {
    endAdjustments();
    Person patient = claim.person("QC");
    sides(
        "Claim " + claim.patientControlNumber() + (patient == null ? "" : "  " + name(patient)),
        claim.payerClaimControlNumber() == null
            ? ""
            : "payer's number " + claim.payerClaimControlNumber());
    String status = words(statuses, claim.status());
    sides("  " + (status == null ? "Status " + claim.status() : status), stay(claim));
    otherPayer("  Sent on to ", claim.person("TT"));
    otherPayer("  Another payer comes first: ", claim.person("PR"));
    row("", "", "charged", "paid", "patient");
    for (ServicePayment line : claim.lines()) {
      line(line);
    }
    if (!claim.lines().isEmpty() && hasNotes(claim)) {
      out.println("  On the claim as a whole");
    }
    for (Adjustment adjustment : claim.adjustments()) {
      adjustment(adjustment);
    }
    remarks(claim.inpatient());
    remarks(claim.outpatient());
    row(
        "Claim total",
        "",
        amount(claim.charged()),
        amount(claim.paid()),
        amount(claim.adjustedToPatient()));
    rule('-');
  }

  /** Days (DTM 232, 233) and DRG of the claim, where sent. */
  private static String stay(ClaimPayment claim) {
    StringBuilder text = new StringBuilder(claim.drg() == null ? "" : "DRG " + claim.drg() + "  ");
    String first = date(claim.dates(), "232");
    String last = date(claim.dates(), "233");
    text.append(first);
    if (!last.isEmpty() && !last.equals(first)) {
      text.append(" to ").append(last);
    }
    return text.toString().strip();
  }

  private void otherPayer(String words, @Nullable Person payer) {
    if (payer != null && payer.lastName() != null) {
      out.println(words + payer.lastName());
    }
  }

  private static boolean hasNotes(ClaimPayment claim) {
    Outcome inpatient = claim.inpatient();
    Outcome outpatient = claim.outpatient();
    return !claim.adjustments().isEmpty()
        || (inpatient != null && !inpatient.remarks().isEmpty())
        || (outpatient != null && !outpatient.remarks().isEmpty());
  }

  private void line(ServicePayment line) {
    row(
        service(line),
        date(line.dates()),
        amount(line.charged()),
        amount(line.paid()),
        amount(toPatient(line)));
    ServicePayment.Procedure billed = line.submittedProcedure();
    if (billed != null) {
      out.println("      billed as " + billed.code());
    }
    line.adjustments().forEach(this::adjustment);
    for (ServicePayment.Remark remark : line.remarks()) {
      boolean known = remark.list().equals("HE");
      note(
          remark.code(),
          "",
          known ? words(remarks, remark.code()) : "code of list " + remark.list());
    }
  }

  private static Money toPatient(ServicePayment line) {
    Money sum = Money.ZERO;
    for (Adjustment adjustment : line.adjustments()) {
      if (adjustment.isPatientResponsibility()) {
        sum = sum.plus(adjustment.amount());
      }
    }
    return sum;
  }

  private static String service(ServicePayment line) {
    StringBuilder text = new StringBuilder();
    if (line.revenueCode() != null) {
      text.append("rev ").append(line.revenueCode()).append(' ');
    }
    if (line.procedure().qualifier().equals("NU")) {
      text.append("rev ");
    }
    text.append(line.procedure().code());
    line.procedure().modifiers().forEach(modifier -> text.append('-').append(modifier));
    if (line.unitsPaid() != null) {
      text.append("  x ").append(line.unitsPaid().toPlainString());
    }
    return text.toString();
  }

  private static String date(List<Dated> dates) {
    return dates.isEmpty() ? "" : DAY.format(dates.get(0).date());
  }

  private static String date(List<Dated> dates, String qualifier) {
    return date(dates.stream().filter(dated -> dated.qualifier().equals(qualifier)).toList());
  }

  private void adjustment(Adjustment adjustment) {
    String why = words(reasons, adjustment.carc());
    String who = words(groups, adjustment.group());
    note(
        adjustment.group() + "-" + adjustment.carc(),
        amount(adjustment.amount()),
        (why == null ? "no words for this reason" : why) + (who == null ? "" : "; " + lower(who)));
  }

  private static String lower(String words) {
    return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
  }

  private void remarks(@Nullable Outcome outcome) {
    if (outcome != null) {
      outcome.remarks().forEach(remark -> note(remark, "", words(remarks, remark)));
    }
  }

  private void note(String code, String amount, @Nullable String words) {
    String left = String.format("      %-8s %12s  ", code, amount);
    StringBuilder line = new StringBuilder(left);
    for (String word : words == null ? new String[0] : words.split(" ")) {
      if (line.length() + word.length() > WIDTH) {
        out.println(line.toString().stripTrailing());
        line.setLength(0);
        line.append(" ".repeat(left.length()));
      }
      line.append(word).append(' ');
    }
    out.println(line.toString().stripTrailing());
  }

  @Override
  public void adjustment(Remittance remittance, ProviderAdjustment adjustment) {
    if (!apartFromClaims) {
      apartFromClaims = true;
      out.println("Apart from claims");
    }
    String why = words(providerReasons, adjustment.reason());
    String reference = adjustment.reference() == null ? "" : "  " + adjustment.reference();
    note(
        adjustment.reason(),
        amount(adjustment.amount().negated()),
        (why == null ? "" : why) + reference);
  }

  private void endAdjustments() {
    if (apartFromClaims) {
      apartFromClaims = false;
      rule('-');
    }
  }

  @Override
  public void end(Remittance remittance, Totals totals) {
    endAdjustments();
    Money payment = remittance.payment().amount();
    row("", "", "charged", "claims paid", "payment");
    row(
        totals.claims() + (totals.claims() == 1 ? " claim" : " claims"),
        "",
        amount(totals.charged()),
        amount(totals.paid()),
        payment == null ? "" : amount(payment));
    if (totals.unread() > 0) {
      out.println("Not read: " + totals.unread() + ". The sums are not the whole.");
    } else if (payment == null) {
      out.println("The payment's amount cannot be read.");
    } else if (totals.paid().minus(totals.adjusted()).equals(payment)) {
      out.println("The payment is what the claims and adjustments come to.");
    } else {
      out.println("The payment is NOT what the claims and adjustments come to.");
    }
    out.println();
  }

  private @Nullable String words(CodeList list, String code) {
    return list.words(code, day).or(() -> list.words(code, null)).orElse(null);
  }

  private void row(String what, String when, String charged, String paid, String patient) {
    String row = String.format("  %-42s %-12s %12s %12s %12s", what, when, charged, paid, patient);
    out.println(row.stripTrailing());
  }

  private void sides(String left, String right) {
    int gap = Math.max(2, WIDTH - left.length() - right.length());
    out.println((left + " ".repeat(gap) + right).stripTrailing());
  }

  private void rule(char of) {
    out.println(String.valueOf(of).repeat(WIDTH));
  }

  /** With a comma for thousands, negative in parentheses. */
  private static String amount(Money money) {
    String text = String.format(Locale.US, "%,.2f", money.toDecimal().abs());
    return money.isNegative() ? "(" + text + ")" : text + " ";
  }

  private static String dollars(Money money) {
    return "$ " + amount(money).strip();
  }

  private static String name(Party party) {
    return party.name() == null ? "(no name)" : party.name();
  }

  private static String number(Party party) {
    String id = party.id();
    return id == null ? "" : ("XX".equals(party.idQualifier()) ? ", NPI " : ", ") + id;
  }

  private static String name(Person person) {
    StringBuilder text = new StringBuilder();
    text.append(person.lastName() == null ? "" : person.lastName());
    if (person.firstName() != null) {
      text.append(", ").append(person.firstName());
    }
    if (person.middleName() != null) {
      text.append(' ').append(person.middleName());
    }
    if (person.id() != null) {
      text.append("  member ").append(person.id());
    }
    return text.toString();
  }

  private static String address(Party party) {
    Party.Address address = party.address();
    if (address == null) {
      return "";
    }
    List<String> parts = new ArrayList<>(address.lines());
    StringBuilder place = new StringBuilder();
    for (String part :
        new @Nullable String[] {address.city(), address.state(), zip(address.postalCode())}) {
      if (part != null) {
        place.append(place.length() == 0 ? "" : " ").append(part);
      }
    }
    if (place.length() > 0) {
      parts.add(place.toString());
    }
    return String.join(", ", parts);
  }

  /** ZIP+4 is sent without its hyphen. */
  private static @Nullable String zip(@Nullable String code) {
    return code != null && code.matches("\\d{9}")
        ? code.substring(0, 5) + "-" + code.substring(5)
        : code;
  }
}
