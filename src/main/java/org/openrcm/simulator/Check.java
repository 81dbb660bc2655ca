package org.openrcm.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.openrcm.billing.Address;
import org.openrcm.billing.Contact;
import org.openrcm.billing.Person;
import org.openrcm.billing.Reference;
import org.openrcm.billing.SetSource;
import org.openrcm.claim.Claim;
import org.openrcm.claim.Named;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Party;
import org.openrcm.remittance.ProviderAdjustment;
import org.openrcm.remittance.Remittance;
import org.openrcm.x12.X12Writer;

/**
 * One payment that is being put together: its claims as they will be written, and what it comes to.
 *
 * <p>Invariant: the payment is what its claims are paid less its adjustments.
 */
final class Check {
  private static final Contact DESK =
      new Contact("BL", "REMITTANCE DESK", List.of(new Contact.Channel("TE", "8005550199")));

  private final Payer payer;
  private final LocalDate day;
  private final Party payee;
  private final String payeeId;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final List<ProviderAdjustment> adjustments = new ArrayList<>();
  private int segments;
  private int claims;
  private Money charged = Money.ZERO;
  private Money paid = Money.ZERO;
  private Money adjusted = Money.ZERO;

  Check(Payer payer, LocalDate day, Claim claim) {
    this.payer = payer;
    this.day = day;
    this.payee = payee(claim.billing().provider());
    this.payeeId = payeeId(claim);
  }

  /** Who is paid: the billing provider's NPI, or the tax number of one without. */
  static String payeeId(Claim claim) {
    Named billing = claim.billing().provider();
    String npi = billing.npi();
    String tax = billing.reference("EI");
    return npi != null ? npi : tax == null ? "999999999" : tax;
  }

  private static Party payee(Named billing) {
    Person person = billing.person();
    String tax = billing.reference("EI");
    boolean byNpi = billing.npi() != null;
    String first = person.firstName();
    String name = first == null ? person.lastName() : person.lastName() + " " + first;
    return new Party(
        name,
        byNpi ? "XX" : "FI",
        byNpi ? billing.npi() : tax == null ? "999999999" : tax,
        billing.address(),
        byNpi && tax != null ? List.of(new Reference("TJ", tax)) : List.of(),
        List.of(),
        null);
  }

  Payer payer() {
    return payer;
  }

  LocalDate day() {
    return day;
  }

  String payeeId() {
    return payeeId;
  }

  int claims() {
    return claims;
  }

  int bytes() {
    return body.size();
  }

  Money charged() {
    return charged;
  }

  /** Sum of CLP04. */
  Money paid() {
    return paid;
  }

  /** Sum of PLB amounts. */
  Money adjusted() {
    return adjusted;
  }

  /** BPR02. */
  Money amount() {
    return paid.minus(adjusted);
  }

  List<ProviderAdjustment> adjustments() {
    return adjustments;
  }

  void add(ClaimPayment payment) {
    X12Writer out = new X12Writer(body);
    RemittanceWriter writer = new RemittanceWriter(out);
    if (claims == 0) {
      writer.group(PaymentMaker.GROUP);
    }
    writer.claim(payment);
    segments += out.segments();
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    claims++;
    charged = charged.plus(payment.charged());
    paid = paid.plus(payment.paid());
  }

  /** A PLB pair; positive lowers the payment. */
  void adjust(String reason, String reference, Money amount) {
    LocalDate yearEnd = LocalDate.of(day.getYear(), 12, 31);
    adjustments.add(new ProviderAdjustment(payeeId, yearEnd, reason, reference, amount, 0));
    adjusted = adjusted.plus(amount);
  }

  /** The transaction set. */
  void write(X12Writer out, String control, String trace) {
    out.beginSet("835", control, null);
    RemittanceWriter writer = new RemittanceWriter(out);
    writer.header(remittance(trace));
    int before = out.segments();
    out.verbatim(body.toString(StandardCharsets.UTF_8));
    writer.providerAdjustments(adjustments);
    int all = before + segments + (out.segments() - before) + 1;
    out.tag("SE").text(Integer.toString(all)).text(control);
  }

  private Remittance remittance(String trace) {
    Money amount = amount();
    String originator = Payer.originator(payer.id());
    boolean byCheck = Dice.of(0, "method", payer.id()).chance(250);
    boolean wired = !amount.isZero() && !byCheck;
    Remittance.Payment payment =
        new Remittance.Payment(
            amount.isZero() ? "H" : "I",
            amount,
            "C",
            amount.isZero() ? "NON" : byCheck ? "CHK" : "ACH",
            wired ? "CCP" : null,
            wired ? account(payer.id()) : null,
            wired ? originator : null,
            null,
            wired ? account(payeeId) : null,
            day);
    Party sender =
        new Party(
            payer.name(),
            null,
            null,
            address(payer.id()),
            List.of(new Reference("2U", Payer.plain(payer.id()))),
            List.of(DESK),
            null);
    return new Remittance(
        new SetSource("", "", "", "", "", "", "", 1),
        payment,
        new Remittance.Trace(trace, originator, null),
        null,
        null,
        null,
        day.minusDays(1),
        sender,
        payee,
        List.of());
  }

  /** An account at a bank whose number is given to none. */
  private static Remittance.BankAccount account(String owner) {
    return new Remittance.BankAccount(
        "01", "999999992", "DA", Dice.of(0, "account", owner).digits(9));
  }

  private static Address address(String id) {
    Dice dice = Dice.of(0, "address", id);
    return Names.address(dice, dice.oneOf(Names.towns()));
  }
}
