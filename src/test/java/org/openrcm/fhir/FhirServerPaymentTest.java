package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrcm.fhir.FhirReader.id;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Invoice;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.PaymentNotice;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestUsers;
import org.openrcm.fhir.FhirPractices.Recorded;
import org.openrcm.payment.Method;
import org.openrcm.payment.PatientPayment;
import org.openrcm.payment.Payments;
import org.openrcm.payment.Receiving;
import org.openrcm.payment.Refunds;
import org.openrcm.posting.TestBooks;
import org.openrcm.statement.Mailing;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Payments of patients over FHIR: how much, when, for what, and what became of it. */
@ServerTest
class FhirServerPaymentTest {
  private static TestBooks books;

  /** One of each kind, in the order in which they were taken. */
  private static PatientPayment early;

  private static PatientPayment late;
  private static PatientPayment voided;
  private static PatientPayment refunded;

  private TestApi program;
  private FhirReader reader;

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private FhirPractices practices;
  @Autowired private JdbcClient sql;
  @Autowired private Payments payments;
  @Autowired private Refunds refunds;

  @BeforeEach
  void aPatientPays() {
    if (books == null) {
      books = new TestBooks(server);
      books.loadCase("discount-and-coinsurance");
      books.postAll();
      // $37.48 is owed
      early = take(Method.CASH, "7.48");
      new Mailing(server, books).send(LocalDate.of(2026, 11, 2));
      late = take(Method.CHEQUE, "20.00");
      voided = take(Method.CASH, "3.00");
      books.ask(() -> payments.voidToday(voided.id()));
      refunded = take(Method.CASH, "25.00");
      books.ask(
          () ->
              refunds.refund(
                  refunded.id(), org.openrcm.money.Money.of("5.00"), UUID.randomUUID().toString()));
    }
    // a token lasts five minutes
    program = users.api(books.practice, "system/*.rs");
    reader = new FhirReader(program);
  }

  private PatientPayment take(Method method, String amount) {
    return books.ask(
        () ->
            payments.take(
                new Receiving(
                    sql.sql("select number from account").query(Long.class).single(),
                    org.openrcm.money.Money.of(amount),
                    method,
                    method == Method.CHEQUE ? "1044" : null,
                    List.of(),
                    true,
                    UUID.randomUUID().toString())));
  }

  private PaymentNotice notice(PatientPayment payment) {
    return reader.one(PaymentNotice.class, "PaymentNotice?identifier=" + payment.reference());
  }

  private static Extension become(PaymentNotice notice) {
    return notice.getExtensionByUrl(Systems.PATIENT_PAYMENT_EXTENSION);
  }

  private static BigDecimal amount(Extension of, String name) {
    return ((Money) of.getExtensionByUrl(name).getValue()).getValue();
  }

  /** In the words of this test: method, visits, credit and what was given back. */
  private static String words(PaymentNotice notice) {
    Extension become = become(notice);
    StringBuilder words =
        new StringBuilder(((Coding) become.getExtensionByUrl("method").getValue()).getCode());
    for (Extension visit : become.getExtensionsByUrl("visit")) {
      Reference claim = (Reference) visit.getExtensionByUrl("claim").getValue();
      words.append(' ').append(claim.getIdentifier().getValue()).append(' ');
      words.append(amount(visit, "amount"));
    }
    return words
        + " credit "
        + amount(become, "credit")
        + " refunded "
        + amount(become, "refunded");
  }

  @Test
  void aPaymentSaysWhatBecameOfIt() {
    // 37.48 - 7.48 - 20.00 leaves 10.00 for the last, whose rest is credit; 5.00 of that went back
    assertThat(words(notice(early))).isEqualTo("cash LFP-6011 7.48 credit 0.00 refunded 0.00");
    assertThat(words(notice(late))).isEqualTo("check LFP-6011 20.00 credit 0.00 refunded 0.00");
    assertThat(words(notice(voided))).isEqualTo("cash credit 0.00 refunded 0.00");
    assertThat(words(notice(refunded))).isEqualTo("cash LFP-6011 10.00 credit 10.00 refunded 5.00");
  }

  @Test
  void everyPaymentIsANoticeOfItsAmountItsDayAndItsState() {
    Map<String, String> served = new TreeMap<>();
    for (PaymentNotice notice : reader.all(PaymentNotice.class, 2)) {
      boolean cancelled = notice.getStatus() == PaymentNotice.PaymentNoticeStatus.CANCELLED;
      assertThat(notice.hasPaymentStatus()).isEqualTo(!cancelled);
      served.put(
          id(notice),
          String.join(
              " ",
              notice.getIdentifierFirstRep().getValue(),
              notice.getAmount().getValue().toPlainString(),
              notice.getPaymentDateElement().getValueAsString(),
              Boolean.toString(cancelled)));
      assertThat(notice.getPayment().getIdentifier().getValue())
          .isEqualTo(notice.getIdentifierFirstRep().getValue());
      assertThat(notice.getRecipient().getResource()).isInstanceOf(Organization.class);
      assertThat(((Organization) notice.getPayee().getResource()).getName())
          .isEqualTo("Larkmoor Family Practice");
      if (!cancelled) {
        Extension become = become(notice);
        BigDecimal visits =
            become.getExtensionsByUrl("visit").stream()
                .map(visit -> amount(visit, "amount"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(visits.add(amount(become, "credit")).add(amount(become, "refunded")))
            .isEqualByComparingTo(notice.getAmount().getValue());
      }
      assertThat(ProfileValidator.shared().errors(notice)).as(id(notice)).isEmpty();
    }
    Map<String, String> kept = new TreeMap<>();
    for (String row :
        books.ask(
            () ->
                sql.sql(
                        """
                        select concat_ws(' ', replace(id::text, '-', ''), 'PP-' || number,
                          (amount_cents / 100.0)::numeric(12, 2), received_on,
                          voided_at is not null)
                        from patient_payment
                        """)
                    .query(String.class)
                    .list())) {
      kept.put(
          row.substring(0, 32),
          row.substring(33).replaceAll(" t$", " true").replaceAll(" f$", " false"));
    }
    assertThat(served).hasSize(4).isEqualTo(kept);
  }

  @Test
  void aPaymentIsForTheStatementBeforeItOrForTheAccount() {
    Invoice invoice = reader.one(Invoice.class, "Invoice");
    String account = invoice.getAccount().getReference();
    assertThat(notice(early).getRequest().getReference()).isEqualTo(account);
    assertThat(notice(late).getRequest().getReference()).isEqualTo("Invoice/" + id(invoice));
    assertThat(
            ((Reference) become(notice(late)).getExtensionByUrl("account").getValue())
                .getReference())
        .isEqualTo(account);
    assertThat(found("request=Invoice/" + id(invoice))).isEqualTo(ids(late, voided, refunded));
    assertThat(found("request=" + account)).isEqualTo(ids(early));
    assertThat(found("request:Account=" + account)).isEqualTo(ids(early));
    assertThat(found("account=" + account)).isEqualTo(ids(early, late, voided, refunded));
    Bundle along =
        reader.bundle("/fhir/PaymentNotice?_include=PaymentNotice:request&account=" + account);
    assertThat(along.getEntry())
        .extracting(entry -> entry.getResource().fhirType())
        .contains("Invoice", "Account")
        .hasSize(6);
    assertThat(ProfileValidator.shared().errors(along)).isEmpty();
  }

  private List<String> found(String search) {
    return reader.found(PaymentNotice.class, "PaymentNotice?" + search).stream()
        .map(FhirReader::id)
        .sorted()
        .toList();
  }

  private static List<String> ids(PatientPayment... of) {
    return Arrays.stream(of).map(each -> each.id().toString().replace("-", "")).sorted().toList();
  }

  @Test
  void paymentsAreFoundByNumberStateAndTime() {
    String day = early.takenAt().toString().substring(0, 10);
    assertThat(found("_id=" + ids(late).get(0))).isEqualTo(ids(late));
    assertThat(found("identifier=" + late.reference() + "," + early.reference()))
        .isEqualTo(ids(early, late));
    assertThat(found("status=cancelled")).isEqualTo(ids(voided));
    assertThat(found("status=active")).isEqualTo(ids(early, late, refunded));
    assertThat(found("payment-status=paid")).isEqualTo(ids(early, late, refunded));
    assertThat(found("created=ge" + day)).isEqualTo(ids(early, late, voided, refunded));
    assertThat(found("created=le" + late.takenAt())).contains(ids(early).get(0));
    for (String search :
        List.of(
            "identifier=" + late.number(),
            "identifier=PP-",
            "identifier=http://example.org%7C" + late.reference(),
            "payment-status=cleared",
            "status=draft",
            "created=lt" + day,
            "request=Invoice/0123456789abcdef0123456789abcdef",
            "account=0123456789abcdef0123456789abcdef")) {
      assertThat(found(search)).as(search).isEmpty();
    }
  }

  @Test
  void whatIsDoneToAPaymentLaterIsFoundByWhenItChanged() {
    TestBooks own = new TestBooks(server);
    own.loadCase("discount-and-coinsurance");
    own.postAll();
    FhirReader reads = new FhirReader(users.api(own.practice, "system/*.rs"));
    PatientPayment paid =
        own.ask(
            () ->
                payments.take(
                    new Receiving(
                        sql.sql("select number from account").query(Long.class).single(),
                        org.openrcm.money.Money.of("9.00"),
                        Method.CASH,
                        null,
                        List.of(),
                        false,
                        UUID.randomUUID().toString())));
    PaymentNotice before = reads.one(PaymentNotice.class, "PaymentNotice");
    String since =
        "PaymentNotice?_lastUpdated=gt"
            + before.getMeta().getLastUpdatedElement().getValueAsString();
    assertThat(reads.found(PaymentNotice.class, since)).isEmpty();
    own.ask(
        () ->
            refunds.refund(
                paid.id(), org.openrcm.money.Money.of("2.00"), UUID.randomUUID().toString()));
    PaymentNotice after = reads.one(PaymentNotice.class, since);
    assertThat(words(after)).isEqualTo("cash LFP-6011 7.00 credit 0.00 refunded 2.00");
    assertThat(after.getMeta().getLastUpdated()).isAfter(before.getMeta().getLastUpdated());
  }

  @Test
  void aLookLeavesARowAndNobodyElseSeesAPayment() {
    String id = ids(late).get(0);
    long since = practices.endOfRecord(books.practice);
    assertThat(program.get("/fhir/PaymentNotice/" + id).statusCode()).isEqualTo(200);
    List<Recorded> rows = practices.recorded(books.practice, since);
    assertThat(rows)
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.action()).isEqualTo("VIEW");
              assertThat(row.subject()).isEqualTo("PaymentNotice");
              assertThat(row.subjectId()).isEqualTo(id);
              assertThat(row.patient()).isNotNull();
            });
    UUID others = users.practice("Mossbank");
    TestApi other = users.api(others, "system/*.rs");
    assertThat(other.get("/fhir/PaymentNotice/" + id).statusCode()).isEqualTo(404);
    for (String search : List.of("", "?_id=" + id, "?identifier=" + late.reference())) {
      assertThat(other.get("/fhir/PaymentNotice" + search).body()).doesNotContain("\"entry\"");
    }
    assertThat(practices.recorded(others, 0)).anyMatch(row -> row.outcome() == 8);
    TestApi without = users.api(books.practice, "system/Invoice.rs");
    assertThat(without.get("/fhir/PaymentNotice/" + id).statusCode()).isEqualTo(403);
    TestApi with = users.api(books.practice, "system/PaymentNotice.rs");
    assertThat(with.get("/fhir/PaymentNotice/" + id).statusCode()).isEqualTo(200);
  }

  @Test
  void aPageCostsTheSameHoweverMuchIsOnIt() {
    String path = "/fhir/PaymentNotice?_count=";
    reader.bundle(path + 1);
    int before = StatementCount.now();
    reader.bundle(path + 1);
    int forOne = StatementCount.now() - before;
    before = StatementCount.now();
    reader.bundle(path + 50);
    // the first page of several keeps its search
    assertThat(StatementCount.now() - before).isLessThan(forOne);
  }
}
