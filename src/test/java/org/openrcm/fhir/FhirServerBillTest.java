package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrcm.fhir.FhirReader.id;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Account;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.ExplanationOfBenefit.ItemComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Invoice;
import org.hl7.fhir.r4.model.Invoice.InvoiceLineItemComponent;
import org.hl7.fhir.r4.model.Invoice.InvoiceLineItemPriceComponentComponent;
import org.hl7.fhir.r4.model.Invoice.InvoicePriceComponentType;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.fhir.FhirPractices.Recorded;
import org.openrcm.identity.Role;
import org.openrcm.payment.Method;
import org.openrcm.payment.Payments;
import org.openrcm.payment.Receiving;
import org.openrcm.posting.TestBooks;
import org.openrcm.statement.Mailing;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Statements over FHIR: what they ask for, to the cent and to the line, and their paper. */
@ServerTest
class FhirServerBillTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 2);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static TestBooks books;
  private static Mailing mailing;

  private TestApi program;
  private FhirReader reader;

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private FhirPractices practices;
  @Autowired private JdbcClient sql;
  @Autowired private Payments payments;

  @BeforeEach
  void aMonthIsBilled() throws IOException {
    if (books == null) {
      books = new TestBooks(server);
      books.load(Path.of("samples/month/claims.837"));
      try (Stream<Path> files = Files.walk(Path.of("samples/month/answers"))) {
        for (Path file :
            files.filter(each -> each.toString().matches(".*\\.(999|277|835)")).sorted().toList()) {
          books.receive(
              file.getParent().getFileName() + "-" + file.getFileName(), Files.readAllBytes(file));
        }
      }
      books.settled();
      books.postAll();
      mailing = new Mailing(server, books);
      assertThat(mailing.send(DAY)).hasSizeGreaterThan(5);
    }
    // a token lasts five minutes
    program = users.api(books.practice, "system/*.rs", "system/ledger.read");
    reader = new FhirReader(program);
  }

  /** A practice with one patient, who owes 22.48 and 15.00 for two services of one visit. */
  private TestBooks tansy() {
    TestBooks told = new TestBooks(server);
    told.loadCase("discount-and-coinsurance");
    told.postAll();
    return told;
  }

  private FhirReader reader(TestBooks of) {
    return new FhirReader(users.api(of.practice, "system/*.rs", "system/ledger.read"));
  }

  private static BigDecimal sum(Invoice invoice, InvoicePriceComponentType type) {
    return invoice.getLineItem().stream()
        .flatMap(item -> item.getPriceComponent().stream())
        .filter(component -> component.getType() == type)
        .map(component -> component.getAmount().getValue())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static String line(InvoiceLineItemComponent item) {
    StringBuilder text = new StringBuilder();
    item.getChargeItemCodeableConcept().getCoding().forEach(code -> text.append(code.getCode()));
    item.getPriceComponent().forEach(component -> text.append(' ').append(text(component)));
    return text.toString();
  }

  private static String text(InvoiceLineItemPriceComponentComponent component) {
    Money amount = component.getAmount();
    assertThat(amount.getCurrency()).isEqualTo("USD");
    return component.getType().toCode()
        + " "
        + component.getCode().getCodingFirstRep().getCode()
        + " "
        + amount.getValue();
  }

  @Test
  void everyStatementIsAnInvoiceOfWhatItAsksForAndItsPartsAddUp() {
    Map<String, BigDecimal> served = new TreeMap<>();
    int parts = 0;
    for (Invoice invoice : reader.all(Invoice.class, 3)) {
      BigDecimal total = invoice.getTotalNet().getValue();
      served.put(id(invoice) + " " + invoice.getIdentifierFirstRep().getValue(), total);
      assertThat(
              sum(invoice, InvoicePriceComponentType.BASE)
                  .subtract(sum(invoice, InvoicePriceComponentType.DISCOUNT))
                  .subtract(sum(invoice, InvoicePriceComponentType.DEDUCTION)))
          .as(id(invoice))
          .isEqualByComparingTo(total);
      assertThat(
              invoice.getExtensionsByUrl(Systems.BILLED_VISIT_EXTENSION).stream()
                  .map(visit -> ((Money) visit.getExtensionByUrl("owed").getValue()).getValue())
                  .reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo(total);
      for (InvoiceLineItemPriceComponentComponent all : invoice.getTotalPriceComponent()) {
        assertThat(
                invoice.getLineItem().stream()
                    .flatMap(item -> item.getPriceComponent().stream())
                    .filter(one -> one.getCode().equalsDeep(all.getCode()))
                    .map(one -> one.getAmount().getValue())
                    .reduce(BigDecimal.ZERO, BigDecimal::add))
            .isEqualByComparingTo(all.getAmount().getValue());
        parts++;
      }
      assertThat(invoice.getTotalGross().getValue()).isEqualTo(total);
      assertThat(ProfileValidator.shared().errors(invoice)).as(id(invoice)).isEmpty();
    }
    assertThat(parts).isGreaterThan(served.size());
    Map<String, BigDecimal> kept = new TreeMap<>();
    books.ask(
        () -> {
          sql.sql("select replace(id::text, '-', ''), number, owed_cents from statement")
              .query(
                  row -> {
                    kept.put(
                        row.getString(1) + " " + row.getLong(2),
                        BigDecimal.valueOf(row.getLong(3), 2));
                  });
          return true;
        });
    assertThat(served).hasSizeGreaterThan(5).isEqualTo(kept);
  }

  @Test
  void eachServiceIsTracedToItsClaimTheDecisionsAndTheJournal() {
    TestBooks told = tansy();
    new Mailing(server, told).send(DAY);
    FhirReader own = reader(told);
    Invoice invoice = own.one(Invoice.class, "Invoice");
    assertThat(invoice.getLineItem())
        .extracting(FhirServerBillTest::line)
        .containsExactly(
            "99213 base charged 165.00 discount discount 52.60 deduction insurers 89.92",
            "93000 base charged 100.00 discount discount 25.00 deduction insurers 60.00");
    assertThat(invoice.getTotalPriceComponent())
        .extracting(FhirServerBillTest::text)
        .containsExactly(
            "base charged 265.00", "discount discount 77.60", "deduction insurers 149.92");
    assertThat(invoice.getTotalNet().getValue()).isEqualTo("37.48");
    assertThat(invoice.getDateElement().getValueAsString()).isEqualTo("2026-11-02");
    assertThat(
            ((PrimitiveType<?>) invoice.getExtensionByUrl(Systems.PAYMENT_DUE_EXTENSION).getValue())
                .getValueAsString())
        .isEqualTo("2026-11-23");
    Extension visit = invoice.getExtensionByUrl(Systems.BILLED_VISIT_EXTENSION);
    Reference claim = (Reference) visit.getExtensionByUrl("claim").getValue();
    assertThat(claim.getIdentifier().getValue()).isEqualTo("LFP-6011");
    org.hl7.fhir.r4.model.Claim billed =
        own.read(org.hl7.fhir.r4.model.Claim.class, claim.getReference());
    for (InvoiceLineItemComponent item : invoice.getLineItem()) {
      Extension origin = item.getExtensionByUrl(Systems.BILLED_LINE_EXTENSION);
      assertThat(((Reference) origin.getExtensionByUrl("claim").getValue()).getReference())
          .isEqualTo(claim.getReference());
      int number = ((PositiveIntType) origin.getExtensionByUrl("line").getValue()).getValue();
      assertThat(billed.getItem().get(number - 1).getSequence()).isEqualTo(number);
      assertThat(billed.getItem().get(number - 1).getProductOrService().getCodingFirstRep())
          .usingRecursiveComparison()
          .isEqualTo(item.getChargeItemCodeableConcept().getCodingFirstRep());
      assertThat(billed.getItem().get(number - 1).getNet().getValue())
          .isEqualTo(item.getPriceComponentFirstRep().getAmount().getValue());
    }
    Reference eob = (Reference) visit.getExtensionByUrl("eob").getValue();
    assertThat(own.program().get("/fhir/" + eob.getReference()).body())
        .as("the decision leaves the same to the patient")
        .contains("\"value\":37.48");
    List<Extension> entries = visit.getExtensionsByUrl("entry");
    assertThat(entries).hasSize(2);
    for (Extension entry : entries) {
      HttpResponse<String> answer =
          own.program().get("/api/ledger/entries/" + entry.getValue().primitiveValue());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("LFP-6011");
    }
    assertThat(ProfileValidator.shared().errors(invoice)).isEmpty();
  }

  @Test
  void whatInsurersPaidForALineStandsInTheItemsThatItNames() {
    Map<String, ExplanationOfBenefit> eobs = new TreeMap<>();
    int paid = 0;
    int left = 0;
    for (Invoice invoice : reader.all(Invoice.class, 20)) {
      for (InvoiceLineItemComponent line : invoice.getLineItem()) {
        Extension origin = line.getExtensionByUrl(Systems.BILLED_LINE_EXTENSION);
        List<ItemComponent> items =
            origin.getExtensionsByUrl("decision").stream()
                .filter(decision -> decision.hasExtension("item"))
                .map(decision -> item(decision, eobs))
                .toList();
        if (items.isEmpty()) {
          continue;
        }
        assertThat(items.stream().map(item -> adjudicated(item, "benefit")).reduce(BigDecimal::add))
            .as("%s line %d", id(invoice), line.getSequence())
            .hasValueSatisfying(
                sum -> assertThat(sum).isEqualByComparingTo(component(line, "insurers")));
        paid++;
        if (items.size() == 1) {
          assertThat(leftToPatient(items.get(0)))
              .isEqualByComparingTo(
                  component(line, "charged")
                      .subtract(component(line, "discount"))
                      .subtract(component(line, "insurers")));
          left++;
        }
        assertThat(origin.getExtensionsByUrl("entry")).isNotEmpty();
      }
    }
    assertThat(paid).isGreaterThan(10);
    assertThat(left).isGreaterThan(10);
  }

  private ItemComponent item(Extension decision, Map<String, ExplanationOfBenefit> eobs) {
    Reference to = (Reference) decision.getExtensionByUrl("eob").getValue();
    ExplanationOfBenefit eob =
        eobs.computeIfAbsent(
            to.getReference(), each -> reader.read(ExplanationOfBenefit.class, each));
    int sequence = ((PositiveIntType) decision.getExtensionByUrl("item").getValue()).getValue();
    return eob.getItem().stream()
        .filter(item -> item.getSequence() == sequence)
        .findFirst()
        .orElseThrow();
  }

  private static BigDecimal adjudicated(ItemComponent item, String category) {
    return item.getAdjudication().stream()
        .filter(each -> each.getCategory().getCodingFirstRep().getCode().equals(category))
        .map(each -> each.getAmount().getValue())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal leftToPatient(ItemComponent item) {
    return item.getAdjudication().stream()
        .filter(each -> each.hasExtension(Systems.ADJUSTMENT_GROUP_EXTENSION))
        .filter(
            each ->
                each.getExtensionByUrl(Systems.ADJUSTMENT_GROUP_EXTENSION)
                    .getValue()
                    .primitiveValue()
                    .equals("PR"))
        .map(each -> each.getAmount().getValue())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal component(InvoiceLineItemComponent line, String code) {
    return line.getPriceComponent().stream()
        .filter(each -> each.getCode().getCodingFirstRep().getCode().equals(code))
        .map(each -> each.getAmount().getValue())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Test
  void whatIsPaidLaterChangesTheNextStatementAndNoneThatWasSent() {
    TestBooks told = tansy();
    Mailing mails = new Mailing(server, told);
    mails.send(DAY);
    FhirReader own = reader(told);
    Invoice before = own.one(Invoice.class, "Invoice");
    String first = own.program().get("/fhir/Invoice/" + id(before)).body();
    pay(told, "10.00");
    assertThat(own.program().get("/fhir/Invoice/" + id(before)).body()).isEqualTo(first);
    mails.send(DAY.plusDays(31));
    Invoice next = own.one(Invoice.class, "Invoice?date=2026-12-03");
    assertThat(line(next.getLineItem().get(2))).isEqualTo("settled deduction paid 10.00");
    assertThat(next.getTotalNet().getValue()).isEqualTo("27.48");
    Extension since = next.getExtensionByUrl(Systems.BALANCE_FORWARD_EXTENSION);
    assertThat(since.getExtension())
        .extracting(
            part ->
                part.getValue() instanceof Money money
                    ? part.getUrl() + " " + money.getValue()
                    : part.getUrl() + " " + part.getValue().primitiveValue())
        .containsExactly(
            "issued 2026-11-02",
            "before 37.48",
            "decided 0.00",
            "paid 10.00",
            "forgiven 0.00",
            "aside 0.00",
            "given-up 0.00");
    assertThat(before.hasExtension(Systems.BALANCE_FORWARD_EXTENSION)).isFalse();
    assertThat(ProfileValidator.shared().errors(next)).isEmpty();
    Account account = own.read(Account.class, next.getAccount().getReference());
    Money owed =
        (Money)
            account
                .getExtensionByUrl(Systems.BALANCE_EXTENSION)
                .getExtensionByUrl("patient")
                .getValue();
    assertThat(owed.getValue()).isEqualTo("27.48");
  }

  private void pay(TestBooks told, String amount) {
    long account = told.ask(() -> sql.sql("select number from account").query(Long.class).single());
    told.ask(
        () ->
            payments.take(
                new Receiving(
                    account,
                    org.openrcm.money.Money.of(amount),
                    Method.CASH,
                    null,
                    List.of(),
                    true,
                    UUID.randomUUID().toString())));
  }

  @Test
  void aStatementSaysWhoSendsItWhoseItIsAndWhoGetsIt() {
    TestBooks told = tansy();
    told.ask(
        () ->
            sql.sql(
                    """
                    update account set guarantor_last_name = 'MARLOCK',
                      guarantor_first_name = 'OTIS', guarantor_relationship = 'PARENT',
                      guarantor_address_1 = '3 MILL LANE', guarantor_city = 'LARKMOOR',
                      guarantor_state = 'VT', guarantor_postal_code = '05001'
                    """)
                .update());
    new Mailing(server, told).send(DAY);
    FhirReader own = reader(told);
    Invoice invoice = own.one(Invoice.class, "Invoice");
    RelatedPerson payer = (RelatedPerson) invoice.getRecipient().getResource();
    assertThat(payer.getNameFirstRep().getText()).isEqualTo("Otis Marlock");
    assertThat(payer.getPatient().getReference()).isEqualTo(invoice.getSubject().getReference());
    Patient patient = own.read(Patient.class, invoice.getSubject().getReference());
    assertThat(patient.getNameFirstRep().getFamily()).isEqualTo("QUILLBY");
    org.hl7.fhir.r4.model.Organization issuer =
        (org.hl7.fhir.r4.model.Organization) invoice.getIssuer().getResource();
    assertThat(issuer.getName()).isEqualTo("Larkmoor Family Practice");
    assertThat(issuer.getTelecom())
        .extracting(point -> point.getValue())
        .containsExactly("802-555-0100", "bills@larkmoor.example");
    assertThat(ProfileValidator.shared().errors(invoice)).isEmpty();
  }

  @Test
  void theAddresseeIsThePatientWhereNobodyElsePays() {
    List<Resource> addressees =
        reader.all(Invoice.class, 50).stream()
            .map(invoice -> (Resource) invoice.getRecipient().getResource())
            .toList();
    assertThat(addressees)
        .extracting(Resource::fhirType)
        .containsOnly("Patient", "RelatedPerson")
        .contains("Patient", "RelatedPerson");
    for (Resource addressee : addressees) {
      Address address =
          addressee instanceof Patient patient
              ? patient.getAddressFirstRep()
              : ((RelatedPerson) addressee).getAddressFirstRep();
      assertThat(address.getLine()).isNotEmpty();
    }
  }

  @Test
  void everyStatementHasItsPaperAndItsHashIsThatOfTheBytes() throws Exception {
    List<DocumentReference> documents = reader.all(DocumentReference.class, 4);
    assertThat(documents).hasSameSizeAs(reader.all(Invoice.class, 50)).hasSizeGreaterThan(5);
    Set<String> hashes = new TreeSet<>();
    for (DocumentReference document : documents) {
      assertThat(ProfileValidator.shared().errors(document)).as(id(document)).isEmpty();
      var paper = document.getContentFirstRep().getAttachment();
      HttpResponse<byte[]> answer = bytes(paper.getUrl(), "application/pdf");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
      byte[] pdf = answer.body();
      assertThat(pdf).hasSize(paper.getSize()).startsWith("%PDF-".getBytes("US-ASCII"));
      String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pdf));
      assertThat(document.getMasterIdentifier().getValue()).isEqualTo("urn:sha256:" + hash);
      hashes.add(hash);
      String invoice = document.getContext().getRelatedFirstRep().getReference();
      assertThat(reader.read(Invoice.class, invoice).getIdentifierFirstRep().getValue())
          .isEqualTo(document.getIdentifierFirstRep().getValue());
      // it is of US Core's profile where the patient can be read
      assertThat(document.getMeta().hasProfile(Systems.US_CORE_DOCUMENT))
          .isEqualTo(document.getSubject().getReference().startsWith("Patient/"));
    }
    assertThat(hashes).hasSameSizeAs(documents);
    assertThat(documents)
        .anyMatch(document -> document.getMeta().hasProfile(Systems.US_CORE_DOCUMENT));
  }

  private HttpResponse<byte[]> bytes(String path, String accept) throws Exception {
    HttpRequest.Builder request = program.request("/fhir/" + path);
    if (!accept.isEmpty()) {
      request.header("Accept", accept);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Test
  void aPaperComesAsItIsOrAsAResource() throws Exception {
    String path = "Binary/" + id(reader.all(Invoice.class, 50).get(0));
    byte[] pdf = bytes(path, "").body();
    for (String accept :
        List.of(
            "*/*",
            "application/pdf",
            "text/html, application/xhtml+xml, */*;q=0.8",
            "application/fhir+json;q=0.5, application/pdf")) {
      HttpResponse<byte[]> answer = bytes(path, accept);
      assertThat(answer.body()).as(accept).isEqualTo(pdf);
      assertThat(answer.headers().firstValue("Content-Disposition"))
          .hasValueSatisfying(form -> assertThat(form).startsWith("attachment"));
      assertThat(answer.headers().firstValue("X-Security-Context"))
          .hasValue("DocumentReference/" + path.substring("Binary/".length()));
      assertThat(answer.headers().firstValue("Cache-Control"))
          .hasValueSatisfying(cache -> assertThat(cache).contains("no-store"));
    }
    for (String form : List.of("json", "xml")) {
      for (String asked :
          List.of(
              "Accept application/fhir+" + form,
              "Accept application/fhir+" + form + ", */*;q=0.1",
              "_format=" + form)) {
        HttpResponse<byte[]> answer =
            asked.startsWith("Accept ")
                ? bytes(path, asked.substring("Accept ".length()))
                : bytes(path + "?" + asked, "application/pdf");
        assertThat(answer.headers().firstValue("Content-Type"))
            .hasValueSatisfying(type -> assertThat(type).contains("fhir+" + form));
        String text = new String(answer.body(), "UTF-8");
        FhirContext context = FhirContext.forR4Cached();
        Binary binary =
            (form.equals("json") ? context.newJsonParser() : context.newXmlParser())
                .parseResource(Binary.class, text);
        assertThat(binary.getData()).as(asked).isEqualTo(pdf);
        assertThat(binary.getContentType()).isEqualTo("application/pdf");
        if (form.equals("json")) {
          assertThat(ProfileValidator.shared().errors(text)).isEmpty();
        }
      }
    }
    assertThat(bytes(path, "text/plain").statusCode()).isEqualTo(406);
    assertThat(bytes("Invoice", "application/pdf").statusCode()).isEqualTo(406);
    assertThat(program.get("/fhir/Binary").statusCode()).isEqualTo(400);
    HttpResponse<Void> head =
        CLIENT.send(
            program
                .request("/fhir/" + path)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.discarding());
    assertThat(head.headers().firstValue("Content-Length")).hasValue(Integer.toString(pdf.length));
  }

  @ParameterizedTest
  @CsvSource({
    "Invoice, totalNet",
    "Invoice, account",
    "Invoice, issuer",
    "Invoice, recipient",
    "Invoice, identifier",
    "Invoice, lineItem",
    "Invoice, extension",
    "DocumentReference, masterIdentifier",
    "DocumentReference, category",
    "DocumentReference, subject",
    "DocumentReference, custodian",
    "DocumentReference, context"
  })
  void whatBreaksAPromiseOfTheProfileIsNotValid(String type, String promised) throws IOException {
    String id = id(reader.all(Invoice.class, 50).get(0));
    ObjectNode resource =
        (ObjectNode) new ObjectMapper().readTree(program.get("/fhir/" + type + "/" + id).body());
    assertThat(ProfileValidator.shared().errors(resource.toString())).isEmpty();
    assertThat(resource.remove(promised)).isNotNull();
    assertThat(ProfileValidator.shared().errors(resource.toString())).isNotEmpty();
  }

  @Test
  void noResourceHasTheCodeThatOpensTheBill() {
    for (Invoice invoice : reader.all(Invoice.class, 50)) {
      String code = mailing.code(Long.parseLong(invoice.getIdentifierFirstRep().getValue()));
      assertThat(code).hasSize(11);
      for (String type : List.of("Invoice", "DocumentReference")) {
        assertThat(program.get("/fhir/" + type + "/" + id(invoice)).body())
            .doesNotContain(code)
            .doesNotContain(code.replace("-", ""));
      }
    }
  }

  @Test
  void statementsAreFoundByNumberDayPatientAndAccount() {
    Invoice invoice =
        reader.all(Invoice.class, 50).stream()
            .filter(one -> one.getSubject().getReference().startsWith("Patient/"))
            .findFirst()
            .orElseThrow();
    String id = id(invoice);
    String number = invoice.getIdentifierFirstRep().getValue();
    String patient = invoice.getSubject().getReference();
    DocumentReference document = reader.read(DocumentReference.class, "DocumentReference/" + id);
    for (String search :
        List.of(
            "Invoice?_id=" + id,
            "Invoice?identifier=" + number,
            "Invoice?patient=" + patient + "&date=2026-11-02",
            "Invoice?subject=" + patient + "&status=issued",
            "Invoice?account=" + invoice.getAccount().getReference(),
            "Invoice?identifier=" + number + "&type=statement",
            "Invoice?identifier=" + number + "&type=" + Systems.PATIENT_BILL + "%7Cfirst")) {
      assertThat(id(reader.one(Invoice.class, search))).as(search).isEqualTo(id);
    }
    for (String search :
        List.of(
            "DocumentReference?identifier=" + number,
            "DocumentReference?identifier=" + document.getMasterIdentifier().getValue(),
            "DocumentReference?patient=" + patient + "&type=UNK&category=statement",
            "DocumentReference?related=Invoice/" + id,
            "DocumentReference?related:Account=" + invoice.getAccount().getReference(),
            "DocumentReference?_id=" + id + "&date=ge2026-01-01&status=current")) {
      assertThat(id(reader.one(DocumentReference.class, search))).as(search).isEqualTo(id);
    }
    for (String search :
        List.of(
            "Invoice?date=2026-11-03",
            "Invoice?identifier=http://example.org%7C" + number,
            "Invoice?identifier=99" + number + "99",
            "Invoice?identifier=" + number + "x",
            "Invoice?status=draft",
            "Invoice?type=reminder",
            "Invoice?patient=0123456789abcdef0123456789abcdef",
            "Invoice?account=0123456789abcdef0123456789abcdef",
            "Invoice?_lastUpdated=lt2020-01-01",
            "DocumentReference?status=superseded",
            "DocumentReference?category=clinical-note",
            "DocumentReference?related:Account=Account/" + id,
            "DocumentReference?identifier=urn:sha256:" + "0".repeat(64))) {
      assertThat(reader.bundle("/fhir/" + search).getEntry()).as(search).isEmpty();
    }
    assertThat(reader.bundle("/fhir/Invoice?_total=accurate&date=ge2026-11-02").getTotal())
        .isEqualTo(reader.all(Invoice.class, 50).size());
    Bundle along = reader.bundle("/fhir/DocumentReference?_include=*&_id=" + id);
    assertThat(along.getEntry())
        .extracting(entry -> entry.getResource().fhirType())
        .containsExactlyInAnyOrder("DocumentReference", "Patient", "Invoice", "Account");
    assertThat(ProfileValidator.shared().errors(along)).isEmpty();
  }

  @Test
  void eachLookLeavesARowForThePatientsOfItsVisits() throws Exception {
    Invoice invoice = reader.all(Invoice.class, 50).get(0);
    long number = Long.parseLong(invoice.getIdentifierFirstRep().getValue());
    for (String type : List.of("Invoice", "DocumentReference", "Binary")) {
      long since = practices.endOfRecord(books.practice);
      assertThat(bytes(type + "/" + id(invoice), "").statusCode()).isEqualTo(200);
      List<Recorded> rows = practices.recorded(books.practice, since);
      Set<UUID> patients =
          new TreeSet<>(
              books.ask(
                  () ->
                      sql.sql(
                              """
                              select c.patient_id from statement_visit v
                              join claim c on c.number = v.claim_number
                              where v.statement_number = ?
                              """)
                          .param(number)
                          .query(UUID.class)
                          .list()));
      assertThat(rows).extracting(Recorded::patient).containsAll(patients).doesNotContainNull();
      assertThat(rows)
          .allSatisfy(
              row -> {
                assertThat(row.action()).isEqualTo("VIEW");
                assertThat(row.subject()).isEqualTo(type);
                assertThat(row.subjectId()).isEqualTo(id(invoice));
                assertThat(row.outcome()).isZero();
              });
    }
    long since = practices.endOfRecord(books.practice);
    reader.found(Invoice.class, "Invoice?identifier=" + number);
    assertThat(practices.recorded(books.practice, since))
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.action()).isEqualTo("QUERY");
              assertThat(row.query()).asString().isEqualTo("identifier=" + number);
            });
  }

  @Test
  void neitherAnotherPracticeNorAnotherScopeSeesAStatement() {
    Invoice invoice = reader.all(Invoice.class, 50).get(0);
    String id = id(invoice);
    UUID others = users.practice("Mossbank");
    TestApi other = users.api(others, "system/*.rs");
    for (String type : List.of("Invoice", "DocumentReference", "Binary")) {
      assertThat(other.get("/fhir/" + type + "/" + id).statusCode()).as(type).isEqualTo(404);
    }
    for (String search :
        List.of(
            "Invoice",
            "Invoice?_id=" + id,
            "Invoice?identifier=" + invoice.getIdentifierFirstRep().getValue(),
            "Invoice?account=" + invoice.getAccount().getReference(),
            "Invoice?patient=" + invoice.getSubject().getReference(),
            "DocumentReference?related=" + id)) {
      assertThat(other.get("/fhir/" + search).body()).as(search).doesNotContain("\"entry\"");
    }
    assertThat(practices.recorded(others, 0)).anyMatch(row -> row.outcome() == 8);
    TestApi without = users.api(books.practice, "system/Invoice.rs", "system/DocumentReference.s");
    assertThat(without.get("/fhir/Invoice/" + id).statusCode()).isEqualTo(200);
    for (String closed :
        List.of(
            "DocumentReference/" + id,
            "Binary/" + id,
            "Invoice?_include=Invoice:account&_id=" + id,
            "PaymentNotice")) {
      long since = practices.endOfRecord(books.practice);
      assertThat(without.get("/fhir/" + closed).statusCode()).as(closed).isEqualTo(403);
      assertThat(practices.recorded(books.practice, since))
          .singleElement()
          .satisfies(row -> assertThat(row.outcome()).isEqualTo(8));
    }
    TestSession biller = users.signedIn(books.practice, Role.BILLER);
    assertThat(biller.get("/fhir/Binary/" + id).statusCode()).isEqualTo(200);
    TestSession collector = users.signedIn(books.practice, Role.COLLECTOR);
    assertThat(collector.get("/fhir/Binary/" + id).statusCode()).isEqualTo(403);
  }

  @Test
  void aPageCostsTheSameHoweverMuchIsOnIt() {
    for (String type : List.of("Invoice", "DocumentReference")) {
      String path = "/fhir/" + type + "?_include=*&_count=";
      reader.bundle(path + 1);
      int before = StatementCount.now();
      reader.bundle(path + 1);
      int forOne = StatementCount.now() - before;
      before = StatementCount.now();
      reader.bundle(path + 50);
      // the first page of several keeps its search
      assertThat(StatementCount.now() - before).as(type).isLessThan(forOne);
    }
  }
}
