package org.openrcm.cli;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Dated;
import org.openrcm.billing.Person;
import org.openrcm.billing.Procedure;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Outcome;
import org.openrcm.remittance.ProviderAdjustment;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.RemittanceHandler;
import org.openrcm.remittance.ServicePayment;
import org.openrcm.remittance.Wording;

/** Prints remittances as text on 96 columns: check, claims, lines, adjustments, totals. */
final class PaperRemittance implements RemittanceHandler {
  private static final int WIDTH = 96;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("MMM d, yyyy", Locale.US);

  private final PrintWriter out;
  private @Nullable Wording words;
  private boolean apartFromClaims;

  PaperRemittance(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void start(Remittance remittance) {
    apartFromClaims = false;
    Remittance.Payment payment = remittance.payment();
    Wording wording = Wording.of(remittance);
    words = wording;
    LocalDate day = Wording.day(remittance);
    rule('=');
    sides(Wording.name(remittance.payer()), "Remittance " + remittance.trace().number());
    sides(Wording.address(remittance.payer()), day == null ? "no date" : DAY.format(day));
    sides(
        "To " + Wording.name(remittance.payee()) + Wording.number(remittance.payee()),
        wording.method(payment.method())
            + "  "
            + (payment.amount() == null ? "amount not readable" : dollars(payment.amount())));
    rule('=');
  }

  @Override
  public void claim(Remittance remittance, ClaimPayment claim) {
    endAdjustments();
    Person patient = claim.person("QC");
    sides(
        "Claim "
            + claim.patientControlNumber()
            + (patient == null ? "" : "  " + Wording.name(patient)),
        claim.payerClaimControlNumber() == null
            ? ""
            : "payer's number " + claim.payerClaimControlNumber());
    sides("  " + words().status(claim), stay(claim));
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
        Wording.service(line),
        date(line.dates()),
        amount(line.charged()),
        amount(line.paid()),
        amount(Wording.toPatient(line.adjustments())));
    Procedure billed = line.submittedProcedure();
    if (billed != null) {
      out.println("      billed as " + billed.code());
    }
    line.adjustments().forEach(this::adjustment);
    for (ServicePayment.Remark remark : line.remarks()) {
      note(remark.code(), "", words().remark(remark));
    }
  }

  private static String date(List<Dated> dates) {
    return dates.isEmpty() ? "" : DAY.format(dates.get(0).date());
  }

  private static String date(List<Dated> dates, String qualifier) {
    return date(dates.stream().filter(dated -> dated.qualifier().equals(qualifier)).toList());
  }

  private void adjustment(Adjustment adjustment) {
    note(
        adjustment.group() + "-" + adjustment.carc(),
        amount(adjustment.amount()),
        words().adjustment(adjustment));
  }

  private void remarks(@Nullable Outcome outcome) {
    if (outcome != null) {
      outcome.remarks().forEach(remark -> note(remark, "", words().remark(remark)));
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
    note(
        adjustment.reason(),
        amount(adjustment.amount().negated()),
        words().providerAdjustment(adjustment));
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

  private Wording words() {
    return Objects.requireNonNull(words, "no check has started");
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
}
