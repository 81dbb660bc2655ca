package org.openrcm.simulator;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Address;
import org.openrcm.billing.Adjustment;
import org.openrcm.billing.Amount;
import org.openrcm.billing.Contact;
import org.openrcm.billing.Dated;
import org.openrcm.billing.Person;
import org.openrcm.billing.Procedure;
import org.openrcm.billing.Quantity;
import org.openrcm.billing.Reference;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimGroup;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Figure;
import org.openrcm.remittance.Outcome;
import org.openrcm.remittance.Party;
import org.openrcm.remittance.ProviderAdjustment;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.ServicePayment;
import org.openrcm.x12.X12Writer;

/**
 * Writes remittances as 835s (005010X221A1), in the order of the guide: what {@code
 * RemittanceReader} reads of it is what was written, but for positions in the file.
 *
 * <p>Segments that are no part of the records ({@code unmapped}) are not written. Between begin and
 * end of a transaction set: {@link #header}, then for each group {@link #group} and its claims,
 * then the adjustments.
 */
final class RemittanceWriter {
  private static final int TRIPLETS = 6;
  private static final int ADJUSTMENTS_OF_A_SEGMENT = 6;

  private final X12Writer out;

  RemittanceWriter(X12Writer out) {
    this.out = out;
  }

  /** BPR to the payee. */
  void header(Remittance remittance) {
    payment(remittance.payment());
    Remittance.Trace trace = remittance.trace();
    out.tag("TRN").text("1").text(trace.number()).text(trace.originator()).text(trace.supplement());
    Remittance.Currency currency = remittance.currency();
    if (currency != null) {
      out.tag("CUR").text("PR").text(currency.code()).text(currency.rate());
    }
    if (remittance.receiverId() != null) {
      out.tag("REF").text("EV").text(remittance.receiverId());
    }
    if (remittance.versionId() != null) {
      out.tag("REF").text("F2").text(remittance.versionId());
    }
    if (remittance.productionDate() != null) {
      out.tag("DTM").text("405").day(remittance.productionDate());
    }
    party("PR", remittance.payer());
    party("PE", remittance.payee());
  }

  private void payment(Remittance.Payment payment) {
    out.tag("BPR").text(payment.handling()).text(amount(payment.amount()));
    out.text(payment.creditDebit()).text(payment.method()).text(payment.format());
    account(payment.originator());
    out.text(payment.originatorId()).text(payment.originatorSupplement());
    account(payment.receiver());
    out.day(payment.date());
  }

  private void account(Remittance.@Nullable BankAccount account) {
    if (account == null) {
      out.skip(4);
      return;
    }
    out.text(account.bankQualifier()).text(account.bank());
    out.text(account.accountQualifier()).text(account.account());
  }

  private void party(String entity, Party party) {
    out.tag("N1").text(entity).text(party.name()).text(party.idQualifier()).text(party.id());
    Address address = party.address();
    if (address != null) {
      out.tag("N3");
      address.lines().forEach(out::text);
      out.tag("N4").text(address.city()).text(address.state()).text(address.postalCode());
      out.text(address.country()).skip(2).text(address.subdivision());
    }
    references(party.references());
    contacts(party.contacts());
    Party.Delivery delivery = party.delivery();
    if (delivery != null) {
      out.tag("RDM").text(delivery.method()).text(delivery.name()).text(delivery.address());
    }
  }

  /** LX with the totals that follow it. */
  void group(ClaimGroup group) {
    out.tag("LX").text(group.number());
    ClaimGroup.ProviderTotals totals = group.provider();
    if (totals != null) {
      out.tag("TS3").text(totals.id()).text(totals.facilityType()).day(totals.fiscalPeriodEnd());
      out.text(plain(totals.claims())).text(amount(totals.charges()));
      figures("TS3", 6, 24, totals.others());
    }
    ClaimGroup.InpatientTotals inpatient = group.inpatient();
    if (inpatient != null) {
      out.tag("TS2");
      figures("TS2", 1, 19, inpatient.figures());
    }
  }

  /** Loop 2100 with its lines. */
  void claim(ClaimPayment claim) {
    out.tag("CLP").text(claim.patientControlNumber()).text(claim.status());
    out.text(amount(claim.charged())).text(amount(claim.paid()));
    out.text(amount(claim.patientResponsibility())).text(claim.filingIndicator());
    out.text(claim.payerClaimControlNumber()).text(claim.facilityType()).text(claim.frequency());
    out.skip(1).text(claim.drg()).text(plain(claim.drgWeight()));
    out.text(plain(claim.dischargeFraction()));
    adjustments(claim.adjustments());
    claim.people().forEach(this::person);
    outcome("MIA", claim.inpatient());
    outcome("MOA", claim.outpatient());
    references(claim.references());
    dates(claim.dates());
    contacts(claim.contacts());
    amounts(claim.amounts());
    quantities(claim.quantities());
    claim.lines().forEach(this::line);
  }

  private void person(Person person) {
    out.tag("NM1").text(person.entity()).text(person.organization() ? "2" : "1");
    out.text(person.lastName()).text(person.firstName()).text(person.middleName());
    out.skip(1).text(person.suffix()).text(person.idQualifier()).text(person.id());
  }

  private void line(ServicePayment line) {
    out.tag("SVC").composite(procedure(line.procedure()));
    out.text(amount(line.charged())).text(amount(line.paid())).text(line.revenueCode());
    out.text(plain(line.unitsPaid()));
    Procedure submitted = line.submittedProcedure();
    out.composite(submitted == null ? List.of() : procedure(submitted));
    out.text(plain(line.unitsBilled()));
    dates(line.dates());
    adjustments(line.adjustments());
    references(line.references());
    amounts(line.amounts());
    quantities(line.quantities());
    for (ServicePayment.Remark remark : line.remarks()) {
      out.tag("LQ").text(remark.list()).text(remark.code());
    }
  }

  private static List<@Nullable String> procedure(Procedure procedure) {
    @Nullable String[] parts = new @Nullable String[7];
    parts[0] = procedure.qualifier();
    parts[1] = procedure.code();
    for (int i = 0; i < procedure.modifiers().size(); i++) {
      parts[2 + i] = procedure.modifiers().get(i);
    }
    parts[6] = procedure.description();
    return Arrays.asList(parts);
  }

  /** A CAS for each run of one group that was one segment, of up to six triplets. */
  private void adjustments(List<Adjustment> adjustments) {
    int inSegment = 0;
    Adjustment before = null;
    for (Adjustment adjustment : adjustments) {
      boolean goesOn =
          before != null
              && inSegment < TRIPLETS
              && before.group().equals(adjustment.group())
              && before.segment() == adjustment.segment();
      if (!goesOn) {
        out.tag("CAS").text(adjustment.group());
        inSegment = 0;
      }
      out.text(adjustment.carc()).text(amount(adjustment.amount()));
      out.text(plain(adjustment.quantity()));
      inSegment++;
      before = adjustment;
    }
  }

  private void outcome(String tag, @Nullable Outcome outcome) {
    if (outcome == null) {
      return;
    }
    boolean inpatient = tag.equals("MIA");
    int remark = 0;
    out.tag(tag);
    for (int i = 1; i <= (inpatient ? 24 : 9); i++) {
      if (inpatient ? i == 5 || (i >= 20 && i <= 23) : i >= 3 && i <= 7) {
        List<String> remarks = outcome.remarks();
        out.text(remark < remarks.size() ? remarks.get(remark++) : null);
      } else {
        out.text(plain(outcome.figure(designator(tag, i))));
      }
    }
  }

  private void figures(String tag, int first, int last, List<Figure> figures) {
    for (int i = first; i <= last; i++) {
      String designator = designator(tag, i);
      BigDecimal value = null;
      for (Figure figure : figures) {
        value = figure.designator().equals(designator) ? figure.value() : value;
      }
      out.text(plain(value));
    }
  }

  private static String designator(String tag, int element) {
    return tag + (element < 10 ? "0" : "") + element;
  }

  /** PLB: up to six adjustments of one provider and year in a segment. */
  void providerAdjustments(List<ProviderAdjustment> adjustments) {
    int inSegment = 0;
    ProviderAdjustment before = null;
    for (ProviderAdjustment adjustment : adjustments) {
      boolean goesOn =
          before != null
              && inSegment < ADJUSTMENTS_OF_A_SEGMENT
              && before.provider().equals(adjustment.provider())
              && before.segment() == adjustment.segment();
      if (!goesOn) {
        out.tag("PLB").text(adjustment.provider()).day(adjustment.fiscalPeriodEnd());
        inSegment = 0;
      }
      out.composite(adjustment.reason(), adjustment.reference());
      out.text(amount(adjustment.amount()));
      inSegment++;
      before = adjustment;
    }
  }

  private void references(List<Reference> references) {
    for (Reference reference : references) {
      out.tag("REF").text(reference.qualifier()).text(reference.value());
    }
  }

  private void dates(List<Dated> dates) {
    for (Dated dated : dates) {
      out.tag("DTM").text(dated.qualifier()).day(dated.date());
    }
  }

  private void contacts(List<Contact> contacts) {
    for (Contact contact : contacts) {
      out.tag("PER").text(contact.function()).text(contact.name());
      for (Contact.Channel channel : contact.channels()) {
        out.text(channel.qualifier()).text(channel.value());
      }
    }
  }

  private void amounts(List<Amount> amounts) {
    for (Amount amount : amounts) {
      out.tag("AMT").text(amount.qualifier()).text(amount(amount.amount()));
    }
  }

  private void quantities(List<Quantity> quantities) {
    for (Quantity quantity : quantities) {
      out.tag("QTY").text(quantity.qualifier()).text(plain(quantity.value()));
    }
  }

  /** Dollars as X12 writes a decimal: no zeros at the end, no bare point. */
  static @Nullable String amount(@Nullable Money money) {
    if (money == null) {
      return null;
    }
    long cents = Math.abs(money.cents());
    String sign = money.isNegative() ? "-" : "";
    String dollars = sign + cents / 100;
    if (cents % 100 == 0) {
      return dollars;
    }
    return cents % 10 == 0
        ? dollars + "." + cents % 100 / 10
        : dollars + (cents % 100 < 10 ? ".0" : ".") + cents % 100;
  }

  private static @Nullable String plain(@Nullable BigDecimal value) {
    return value == null ? null : value.toPlainString();
  }
}
