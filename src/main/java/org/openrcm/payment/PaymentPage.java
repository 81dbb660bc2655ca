package org.openrcm.payment;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Portrait;
import org.openrcm.account.Portraits;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.identity.Practice;
import org.openrcm.identity.Practices;
import org.openrcm.ledger.Document;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A payment as its page and its receipt show it.
 *
 * @param practice its name
 * @param patient first name first
 * @param account its id, for addresses
 * @param owed on the account now
 * @param whyNotVoid null when it can be voided now
 * @param entries of the journal, for it and its refunds
 */
record PaymentPage(
    Receipt receipt,
    String practice,
    String patient,
    UUID account,
    Money owed,
    Refused.@Nullable Reason whyNotVoid,
    List<Entry> entries) {

  /** An entry of the journal. */
  record Entry(long number, String cause, LocalDate day, String by) {}

  public PatientPayment payment() {
    return receipt.payment();
  }

  public boolean mayBeVoided() {
    return whyNotVoid == null;
  }

  /** Reads payments for their pages. */
  @Component
  static class Reader {
    private final JdbcClient sql;
    private final PatientPaymentRows rows;
    private final Payments payments;
    private final Receipts receipts;
    private final PatientBalances balances;
    private final Portraits portraits;
    private final Practices practices;
    private final AuditTrail audit;

    Reader(
        JdbcClient sql,
        PatientPaymentRows rows,
        Payments payments,
        Receipts receipts,
        PatientBalances balances,
        Portraits portraits,
        Practices practices,
        AuditTrail audit) {
      this.sql = sql;
      this.rows = rows;
      this.payments = payments;
      this.receipts = receipts;
      this.balances = balances;
      this.portraits = portraits;
      this.practices = practices;
      this.audit = audit;
    }

    /**
     * A payment, recorded as seen.
     *
     * @param id of it; PP- or RF- and the number do too
     * @throws NoSuchPayment when the practice has none; on record
     */
    @Transactional
    public PaymentPage read(Action action, String id) {
      PatientPayment payment =
          find(id)
              .orElseThrow(
                  () -> {
                    audit.denied(
                        action, Subject.list(Payments.SUBJECT), "There is no such payment.");
                    return new NoSuchPayment();
                  });
      payments.record(action, payment);
      Receipt receipt = receipts.of(payment);
      Portrait portrait = portraits.of(List.of(payment.account())).get(payment.account());
      return new PaymentPage(
          receipt,
          practices.find(Actor.currentPractice()).map(Practice::name).orElse(""),
          portrait == null ? "" : name(portrait),
          portrait == null ? new UUID(0, 0) : portrait.id(),
          balances.of(payment.account()).owed(),
          payments.whyNotVoid(payment),
          entries(payment, receipt.refunds()));
    }

    private Optional<PatientPayment> find(String id) {
      if (id.matches("PP-\\d{1,18}")) {
        return rows.find(Long.parseLong(id.substring(3)));
      }
      if (id.matches("RF-\\d{1,18}")) {
        return sql.sql("select payment_number from patient_refund where number = ?")
            .param(Long.parseLong(id.substring(3)))
            .query(Long.class)
            .optional()
            .flatMap(rows::find);
      }
      return rows.find(NoSuchPayment.id(id));
    }

    static String name(Portrait portrait) {
      String name =
          Stream.of(
                  portrait.patient().firstName(),
                  portrait.patient().middleName(),
                  portrait.patient().lastName(),
                  portrait.patient().suffix())
              .filter(Objects::nonNull)
              .collect(Collectors.joining(" "));
      return name.isBlank() ? "(no name)" : name;
    }

    private List<Entry> entries(PatientPayment payment, List<Refund> given) {
      Map<Document, String> documents = new HashMap<>();
      documents.put(payment.document(), payment.reference());
      given.forEach(refund -> documents.put(refund.document(), refund.reference()));
      List<Document> all = new ArrayList<>(documents.keySet());
      return sql.sql(
              """
              select e.number, e.day, b.cause, b.actor_name
              from unnest(?::text[], ?::bigint[]) d (source, number)
              cross join lateral (
                select * from journal_entry
                where source_number = d.number and source = d.source and source_place = 0
                offset 0) e
              join journal_batch b on b.number = e.batch
              order by e.number
              """)
          .param(all.stream().map(each -> each.source().name()).toArray(String[]::new))
          .param(all.stream().map(Document::number).toArray(Long[]::new))
          .query(
              (row, index) ->
                  new Entry(
                      row.getLong("number"),
                      words(row.getString("cause")),
                      PatientPaymentRows.day(row, "day"),
                      row.getString("actor_name")))
          .list();
    }

    private static String words(String cause) {
      return switch (cause) {
        case "PATIENT_PAID" -> "Paid";
        case "PAYMENT_VOIDED" -> "Voided";
        case "CREDIT_APPLIED" -> "Credit applied";
        case "PAYMENT_FOLLOWED" -> "Moved with its visit";
        case "REFUNDED" -> "Given back";
        case "REFUND_FAILED" -> "Refund failed";
        default -> cause;
      };
    }
  }
}
