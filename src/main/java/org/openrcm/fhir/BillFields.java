package org.openrcm.fhir;

import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.DATE;
import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.REFERENCE;
import static org.hl7.fhir.r4.model.Enumerations.SearchParamType.TOKEN;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.openrcm.statement.Stage;

/**
 * What patients' bills and payments can be searched by. In SQL {@code n} is the statement, or the
 * payment.
 */
final class BillFields {
  private static final String NUMBER = "The number of the statement; it has no system";

  private BillFields() {}

  static Stream<SearchField> invoice() {
    return Stream.of(
        number("Invoice-identifier"),
        SearchField.standard(
            "date",
            DATE,
            "Invoice-date",
            "Day on which it was issued",
            values ->
                Condition.any(
                    values.dates().stream().map(date -> date.ofDay("n.issued_on")).toList())),
        status("Invoice-status", "All are issued", "http://hl7.org/fhir/invoice-status", "issued"),
        SearchField.standard(
            "type", TOKEN, "Invoice-type", "statement, or how it speaks", BillFields::type),
        SearchField.standard(
            "account",
            REFERENCE,
            "Invoice-account",
            "",
            values -> account(values.references("Account"))),
        patient("patient", "Invoice-patient"),
        patient("subject", "Invoice-subject"));
  }

  static Stream<SearchField> document() {
    return Stream.of(
        SearchField.standard(
            "identifier",
            TOKEN,
            "clinical-identifier",
            NUMBER + "; or urn:sha256: and the hash of the PDF",
            BillFields::document),
        SearchField.standard(
            "date",
            DATE,
            "DocumentReference-date",
            "When it was issued; days are UTC's",
            values -> moments(values, "n.issued_at")),
        status(
            "DocumentReference-status",
            "All are current",
            "http://hl7.org/fhir/document-reference-status",
            "current"),
        SearchField.standard(
            "type",
            TOKEN,
            "clinical-type",
            "All are UNK, as LOINC has no code known for a bill: category says what they are",
            values -> only(values, Systems.NULL_FLAVOR, "UNK")),
        SearchField.standard(
            "category",
            TOKEN,
            "DocumentReference-category",
            "All are statements",
            BillFields::statement),
        SearchField.standard(
            "related",
            REFERENCE,
            "DocumentReference-related",
            "Its Invoice, or the Account",
            BillFields::related),
        patient("patient", "clinical-patient"),
        patient("subject", "DocumentReference-subject"));
  }

  static Stream<SearchField> notice() {
    return Stream.of(
        SearchField.standard(
            "identifier",
            TOKEN,
            "PaymentNotice-identifier",
            "The number of the payment, such as PP-12; it has no system",
            BillFields::payment),
        SearchField.standard(
            "created",
            DATE,
            "PaymentNotice-created",
            "When it was taken; days are UTC's",
            values -> moments(values, "n.taken_at")),
        SearchField.standard(
            "status",
            TOKEN,
            "PaymentNotice-status",
            "active, or cancelled where it was voided",
            BillFields::noticeStatus),
        SearchField.standard(
            "payment-status",
            TOKEN,
            "PaymentNotice-payment-status",
            "paid; none where it was voided",
            BillFields::paid),
        SearchField.standard(
            "request",
            REFERENCE,
            "PaymentNotice-request",
            "The Invoice that came before it; of a payment without one, its Account",
            BillFields::request),
        SearchField.ours(
            "account",
            REFERENCE,
            "payment-notice-account",
            "The Account that it was paid on, whether its request is that or an Invoice",
            values -> account(values.references("Account"))));
  }

  private static SearchField number(String definition) {
    return SearchField.standard(
        "identifier", TOKEN, definition, NUMBER, values -> numbers(values, ""));
  }

  /** Numbers as they are written, behind what stands before them. */
  private static Condition numbers(SearchValues values, String before) {
    Long[] numbers =
        values.tokens().stream()
            .filter(token -> token.system() == null || token.system().isEmpty())
            .map(SearchValues.Token::code)
            .filter(code -> code.matches(before + "[1-9]\\d{0,17}"))
            .map(code -> Long.valueOf(code.substring(before.length())))
            .toArray(Long[]::new);
    return numbers.length == 0
        ? Condition.NEVER
        : Condition.of("n.number = any(?::bigint[])", (Object) numbers);
  }

  private static Condition payment(SearchValues values) {
    return numbers(values, "PP-");
  }

  private static Condition document(SearchValues values) {
    List<Condition> any = new ArrayList<>();
    any.add(numbers(values, ""));
    values.tokens().stream()
        .filter(token -> token.system() == null || token.system().equals(ExceptionTasks.URI))
        .map(SearchValues.Token::code)
        .filter(code -> code.matches("urn:sha256:[0-9a-f]{64}"))
        .map(code -> code.substring("urn:sha256:".length()))
        .forEach(hash -> any.add(Condition.of("n.pdf_hash = decode(?, 'hex')", hash)));
    return Condition.any(any);
  }

  private static Condition moments(SearchValues values, String column) {
    return Condition.any(values.dates().stream().map(date -> date.ofMoment(column)).toList());
  }

  private static SearchField status(String definition, String words, String system, String only) {
    return SearchField.standard(
        "status", TOKEN, definition, words, values -> only(values, system, only));
  }

  private static Condition only(SearchValues values, String system, String code) {
    return values.tokens().stream().anyMatch(token -> SearchFields.is(token, system, code))
        ? Condition.ALWAYS
        : Condition.NEVER;
  }

  private static Condition statement(SearchValues values) {
    return only(values, Systems.PATIENT_BILL, "statement");
  }

  private static Condition type(SearchValues values) {
    List<String> stages =
        Arrays.stream(Stage.values())
            .filter(
                stage ->
                    values.tokens().stream()
                        .anyMatch(
                            token ->
                                SearchFields.is(
                                    token, Systems.PATIENT_BILL, StatementInvoices.code(stage))))
            .map(Enum::name)
            .toList();
    return Condition.any(List.of(statement(values), Condition.in("n.stage", "text", stages)));
  }

  private static Condition account(List<UUID> accounts) {
    return within(
        "n.account_number in (select a.number from account a where %s)",
        Condition.in("a.id", "uuid", accounts));
  }

  private static Condition related(SearchValues values) {
    List<Condition> any = new ArrayList<>();
    if (values.modifier() == null || values.modifier().equals("Invoice")) {
      any.add(Condition.in("n.id", "uuid", values.references("Invoice")));
    }
    if (values.modifier() == null || values.modifier().equals("Account")) {
      any.add(account(values.references("Account")));
    }
    return Condition.any(any);
  }

  private static Condition request(SearchValues values) {
    List<Condition> any = new ArrayList<>();
    String before = "(" + StoredPayments.STATEMENT_BEFORE + ")";
    if (values.modifier() == null || values.modifier().equals("Invoice")) {
      List<UUID> ids = values.references("Invoice");
      any.add(
          within(
                  "n.account_number in (select s.account_number from statement s where %s)",
                  Condition.in("s.id", "uuid", ids))
              .and(Condition.in(before, "uuid", ids)));
    }
    if (values.modifier() == null || values.modifier().equals("Account")) {
      any.add(account(values.references("Account")).and(Condition.of(before + " is null")));
    }
    return Condition.any(any);
  }

  private static Condition noticeStatus(SearchValues values) {
    List<Condition> any = new ArrayList<>();
    for (SearchValues.Token token : values.tokens()) {
      if (SearchFields.is(token, "http://hl7.org/fhir/fm-status", "active")) {
        any.add(Condition.of("n.voided_at is null"));
      }
      if (SearchFields.is(token, "http://hl7.org/fhir/fm-status", "cancelled")) {
        any.add(Condition.of("n.voided_at is not null"));
      }
    }
    return Condition.any(any);
  }

  private static Condition paid(SearchValues values) {
    return only(values, Systems.PAYMENT_STATUS, "paid").and(Condition.of("n.voided_at is null"));
  }

  private static SearchField patient(String name, String definition) {
    return SearchField.standard(
        name,
        REFERENCE,
        definition,
        "A Patient as claims (837) of its visits or payments applied to them (835) name them",
        values ->
            within(
                """
                n.number in (select v.statement_number from statement_visit v
                  where v.claim_number in (%s))""",
                BookFields.claimsOf(values.references("Patient"))));
  }

  private static Condition within(String sql, Condition condition) {
    return new Condition(sql.formatted(condition.sql()), condition.values());
  }
}
