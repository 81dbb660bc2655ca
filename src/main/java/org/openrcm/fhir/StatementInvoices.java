package org.openrcm.fhir;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Invoice;
import org.hl7.fhir.r4.model.Invoice.InvoiceLineItemComponent;
import org.hl7.fhir.r4.model.Invoice.InvoiceLineItemPriceComponentComponent;
import org.hl7.fhir.r4.model.Invoice.InvoicePriceComponentType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.ContentId;
import org.openrcm.billing.Procedure;
import org.openrcm.money.Money;
import org.openrcm.statement.EobItem;
import org.openrcm.statement.SentStatement;

/**
 * A statement as an Invoice: a line item for each service, with what it cost, what the plan took
 * off and what insurers paid; one for each visit that somebody paid for already; one for credit.
 * Their components, those that are taken off taken off, are the total, which is what the paper asks
 * for.
 */
final class StatementInvoices {
  private static final CodeableConcept NUMBER =
      Elements.concept(Systems.PATIENT_BILL, "statement-number");
  private static final Amounts AMOUNTS = Amounts.in(null, new Elements());

  private final SentStatement sent;
  private final Elements elements = new Elements();
  private final Invoice invoice = new Invoice();

  private StatementInvoices(SentStatement sent) {
    this.sent = sent;
  }

  /**
   * The Invoice of a statement; nothing in it changes after it was issued.
   *
   * @param patient the id of the Patient whose visits are on it; null when none can be read here
   */
  static Invoice of(SentStatement sent, @Nullable UUID patient) {
    return new StatementInvoices(sent).draw(patient);
  }

  static Identifier number(SentStatement sent) {
    return Elements.identifier(null, Long.toString(sent.number())).setType(NUMBER);
  }

  /** Such as {@code final-notice}. */
  static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Invoice draw(@Nullable UUID patient) {
    invoice.setId(ContentId.text(sent.id()));
    invoice.getMeta().addProfile(Systems.INVOICE_PROFILE);
    invoice.getMeta().setLastUpdatedElement(Elements.instant(sent.issuedAt()));
    invoice.addExtension(Systems.PAYMENT_DUE_EXTENSION, new DateType(sent.due().toString()));
    since();
    sent.visits().forEach(visit -> invoice.addExtension(visit(visit)));
    invoice.addIdentifier(number(sent));
    invoice.setStatus(Invoice.InvoiceStatus.ISSUED);
    invoice.setType(
        Elements.concept(Systems.PATIENT_BILL, "statement")
            .addCoding(Elements.coding(Systems.PATIENT_BILL, code(sent.stage()))));
    Reference subject = BillParties.subject(sent, patient, invoice);
    invoice.setSubject(subject);
    invoice.setRecipient(BillParties.recipient(sent, subject, invoice));
    invoice.setDateElement(new DateTimeType(sent.issued().toString()));
    invoice.setIssuer(BillParties.issuer(sent, invoice));
    invoice.setAccount(Elements.reference("Account", ContentId.text(sent.account())));
    sent.visits().forEach(this::items);
    if (!sent.credit().isZero()) {
      deducted(item(new CodeableConcept(), "credit"), "credit", sent.credit());
    }
    totals();
    return invoice;
  }

  /** What changed since the statement before. */
  private void since() {
    SentStatement.Since since = sent.since();
    if (since != null) {
      Extension forward = invoice.addExtension();
      forward.setUrl(Systems.BALANCE_FORWARD_EXTENSION);
      forward.addExtension("issued", new DateType(since.issued().toString()));
      forward.addExtension("before", AMOUNTS.money(since.before()));
      forward.addExtension("decided", AMOUNTS.money(since.decided()));
      forward.addExtension("paid", AMOUNTS.money(since.paid()));
      forward.addExtension("forgiven", AMOUNTS.money(since.forgiven()));
      forward.addExtension("aside", AMOUNTS.money(since.aside()));
      forward.addExtension("given-up", AMOUNTS.money(since.givenUp()));
    }
  }

  /** Where a visit's figures come from. */
  private static Extension visit(SentStatement.Visit visit) {
    Extension of = new Extension(Systems.BILLED_VISIT_EXTENSION);
    Reference claim = claim(visit);
    if (!visit.control().isEmpty()) {
      claim.setIdentifier(PatientAccounts.control(visit.control()));
    }
    of.addExtension("claim", claim);
    Period period = new Period();
    period.setStartElement(new DateTimeType(visit.from().toString()));
    period.setEndElement(
        new DateTimeType((visit.until() == null ? visit.from() : visit.until()).toString()));
    of.addExtension("period", period);
    of.addExtension("owed", AMOUNTS.money(visit.owed()));
    visit
        .eobs()
        .forEach(
            eob ->
                of.addExtension(
                    "eob", Elements.reference("ExplanationOfBenefit", ContentId.text(eob))));
    visit.entries().forEach(entry -> of.addExtension("entry", new StringType(entry.toString())));
    return of;
  }

  private static Reference claim(SentStatement.Visit visit) {
    return Elements.reference("Claim", ContentId.text(visit.claim()));
  }

  private void items(SentStatement.Visit visit) {
    for (SentStatement.Line line : visit.lines()) {
      // a payment of the patient is for no line, and is told below
      if (!line.charged().isZero()
          || !line.discount().isZero()
          || !line.insurers().isZero()
          || !line.share().isZero()) {
        InvoiceLineItemComponent item = item(service(line), "visit");
        item.addExtension(origin(visit, line));
        component(
            item.getPriceComponent(), InvoicePriceComponentType.BASE, "charged", line.charged());
        component(
            item.getPriceComponent(),
            InvoicePriceComponentType.DISCOUNT,
            "discount",
            line.discount());
        deducted(item, "insurers", line.insurers());
      }
    }
    if (!visit.paid().isZero() || !visit.forgiven().isZero() || !visit.givenUp().isZero()) {
      InvoiceLineItemComponent item = item(new CodeableConcept(), "settled");
      item.addExtension(origin(visit, null));
      deducted(item, "paid", visit.paid());
      deducted(item, "forgiven", visit.forgiven());
      deducted(item, "given-up", visit.givenUp());
    }
  }

  /** Of what line it is, and where its amounts stand. */
  private static Extension origin(SentStatement.Visit visit, SentStatement.@Nullable Line line) {
    Extension origin = new Extension(Systems.BILLED_LINE_EXTENSION);
    origin.addExtension("claim", claim(visit));
    if (line != null) {
      if (line.number() != null && line.number() > 0) {
        origin.addExtension("line", new PositiveIntType(line.number()));
      }
      line.items().forEach(item -> origin.addExtension(decision(item)));
      line.entries()
          .forEach(entry -> origin.addExtension("entry", new StringType(entry.toString())));
    }
    return origin;
  }

  private static Extension decision(EobItem item) {
    Extension decision = new Extension("decision");
    decision.addExtension(
        "eob", Elements.reference("ExplanationOfBenefit", ContentId.text(item.eob())));
    if (item.sequence() != null) {
      decision.addExtension("item", new PositiveIntType(item.sequence()));
    }
    return decision;
  }

  private CodeableConcept service(SentStatement.Line line) {
    CodeableConcept service = new CodeableConcept();
    if (line.code() != null) {
      String list = line.list() == null ? "" : line.list();
      Procedures.concept(new Procedure(list, line.code(), List.of(), null), elements)
          .getCoding()
          .forEach(service::addCoding);
    }
    if (line.revenueCode() != null) {
      service.addCoding(Elements.coding(Systems.REVENUE, line.revenueCode()));
    }
    return service;
  }

  /**
   * A line item.
   *
   * @param otherwise what it is of where it has no codes
   */
  private InvoiceLineItemComponent item(CodeableConcept of, String otherwise) {
    InvoiceLineItemComponent item = invoice.addLineItem();
    item.setSequence(invoice.getLineItem().size());
    item.setChargeItem(of.hasCoding() ? of : Elements.concept(Systems.PATIENT_BILL, otherwise));
    return item;
  }

  private static void deducted(InvoiceLineItemComponent item, String code, Money amount) {
    component(item.getPriceComponent(), InvoicePriceComponentType.DEDUCTION, code, amount);
  }

  private static void component(
      List<InvoiceLineItemPriceComponentComponent> to,
      InvoicePriceComponentType type,
      String code,
      Money amount) {
    if (!amount.isZero()) {
      InvoiceLineItemPriceComponentComponent component =
          new InvoiceLineItemPriceComponentComponent();
      component.setType(type);
      component.setCode(Elements.concept(Systems.PATIENT_BILL, code));
      component.setAmount(AMOUNTS.money(amount));
      to.add(component);
    }
  }

  private void totals() {
    List<SentStatement.Line> lines =
        sent.visits().stream().flatMap(visit -> visit.lines().stream()).toList();
    List<InvoiceLineItemPriceComponentComponent> to = invoice.getTotalPriceComponent();
    component(
        to,
        InvoicePriceComponentType.BASE,
        "charged",
        sum(lines.stream().map(SentStatement.Line::charged).toList()));
    component(
        to,
        InvoicePriceComponentType.DISCOUNT,
        "discount",
        sum(lines.stream().map(SentStatement.Line::discount).toList()));
    deducted(to, "insurers", sum(lines.stream().map(SentStatement.Line::insurers).toList()));
    deducted(to, "paid", sum(sent.visits().stream().map(SentStatement.Visit::paid).toList()));
    deducted(
        to, "forgiven", sum(sent.visits().stream().map(SentStatement.Visit::forgiven).toList()));
    deducted(
        to, "given-up", sum(sent.visits().stream().map(SentStatement.Visit::givenUp).toList()));
    deducted(to, "credit", sent.credit());
    invoice.setTotalNet(AMOUNTS.money(sent.owed()));
    invoice.setTotalGross(AMOUNTS.money(sent.owed()));
  }

  private static void deducted(
      List<InvoiceLineItemPriceComponentComponent> to, String code, Money amount) {
    component(to, InvoicePriceComponentType.DEDUCTION, code, amount);
  }

  private static Money sum(List<Money> amounts) {
    return amounts.stream().reduce(Money.ZERO, Money::plus);
  }
}
