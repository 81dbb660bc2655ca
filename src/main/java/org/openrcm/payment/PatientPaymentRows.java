package org.openrcm.payment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of payments and refunds. */
@Component
class PatientPaymentRows {
  private final JdbcClient sql;

  PatientPaymentRows(JdbcClient sql) {
    this.sql = sql;
  }

  long nextPayment() {
    return sql.sql("select nextval('patient_payment_number')").query(Long.class).single();
  }

  long nextRefund() {
    return sql.sql("select nextval('patient_refund_number')").query(Long.class).single();
  }

  void insert(PatientPayment payment, Wish wish, @Nullable UUID checkout) {
    sql.sql(
            """
            insert into patient_payment (practice_id, number, id, account_number, amount_cents,
              method, cheque_number, received_on, taken_at, taken_by, idempotency_key,
              request_hash, checkout_id, gateway_reference)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(Actor.currentPractice())
        .param(payment.number())
        .param(payment.id())
        .param(payment.account())
        .param(payment.amount().cents())
        .param(payment.method().name())
        .param(payment.chequeNumber())
        .param(payment.receivedOn())
        .param(at(payment.takenAt()))
        .param(payment.takenBy())
        .param(wish.key())
        .param(wish.hash())
        .param(checkout)
        .param(payment.gatewayReference())
        .update();
  }

  void insert(Refund refund, Wish wish) {
    sql.sql(
            """
            insert into patient_refund (practice_id, number, id, payment_number, amount_cents,
              method, made_on, made_at, made_by, idempotency_key, request_hash, state)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(Actor.currentPractice())
        .param(refund.number())
        .param(refund.id())
        .param(refund.payment())
        .param(refund.amount().cents())
        .param(refund.method().name())
        .param(refund.madeOn())
        .param(at(refund.madeAt()))
        .param(refund.madeBy())
        .param(wish.key())
        .param(wish.hash())
        .param(refund.state().name())
        .update();
  }

  static OffsetDateTime at(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }

  /** What was taken with this key before. */
  Optional<PatientPayment> taken(Wish wish) {
    return sql.sql("select * from patient_payment where idempotency_key = ?")
        .param(wish.key())
        .query(
            (row, index) -> {
              wish.mustBe(row.getString("request_hash"));
              return payment(row, index);
            })
        .optional();
  }

  /** What was given back with this key before. */
  Optional<Refund> refunded(Wish wish) {
    return sql.sql("select * from patient_refund where idempotency_key = ?")
        .param(wish.key())
        .query(
            (row, index) -> {
              wish.mustBe(row.getString("request_hash"));
              return refund(row, index);
            })
        .optional();
  }

  Optional<PatientPayment> find(UUID id) {
    return sql.sql("select * from patient_payment where id = ?")
        .param(id)
        .query(PatientPaymentRows::payment)
        .optional();
  }

  Optional<PatientPayment> find(long number) {
    return sql.sql("select * from patient_payment where number = ?")
        .param(number)
        .query(PatientPaymentRows::payment)
        .optional();
  }

  List<PatientPayment> find(Collection<Long> numbers) {
    return sql.sql("select * from patient_payment where number = any (?) order by number")
        .param(numbers.toArray(Long[]::new))
        .query(PatientPaymentRows::payment)
        .list();
  }

  /** All of an account, the latest first. */
  List<PatientPayment> ofAccount(long account) {
    return ofAccounts(List.of(account));
  }

  /** All of these accounts, the latest first. */
  List<PatientPayment> ofAccounts(Collection<Long> accounts) {
    return sql.sql(
            "select * from patient_payment where account_number = any (?) order by number desc")
        .param(accounts.toArray(Long[]::new))
        .query(PatientPaymentRows::payment)
        .list();
  }

  Optional<PatientPayment> ofCheckout(UUID checkout) {
    return sql.sql("select * from patient_payment where idempotency_key = ?")
        .param(Checkout.key(checkout))
        .query(PatientPaymentRows::payment)
        .optional();
  }

  Optional<Refund> findRefund(UUID id) {
    return sql.sql("select * from patient_refund where id = ?")
        .param(id)
        .query(PatientPaymentRows::refund)
        .optional();
  }

  /** Of these payments, in their order. */
  List<Refund> refunds(Collection<Long> payments) {
    return sql.sql("select * from patient_refund where payment_number = any (?) order by number")
        .param(payments.toArray(Long[]::new))
        .query(PatientPaymentRows::refund)
        .list();
  }

  void voided(PatientPayment payment, Instant now) {
    sql.sql("update patient_payment set voided_at = ?, voided_by = ? where number = ?")
        .params(at(now), Actor.current().name(), payment.number())
        .update();
  }

  void change(Refund refund, Refund.State state, @Nullable String reference) {
    sql.sql("update patient_refund set state = ?, gateway_reference = ? where number = ?")
        .param(state.name())
        .param(reference)
        .param(refund.number())
        .update();
  }

  static PatientPayment payment(ResultSet row, int index) throws SQLException {
    return new PatientPayment(
        row.getLong("number"),
        uuid(row, "id"),
        row.getLong("account_number"),
        Money.ofCents(row.getLong("amount_cents")),
        Method.valueOf(row.getString("method")),
        row.getString("cheque_number"),
        day(row, "received_on"),
        Objects.requireNonNull(moment(row, "taken_at")),
        row.getString("taken_by"),
        row.getString("gateway_reference"),
        moment(row, "voided_at"),
        row.getString("voided_by"));
  }

  private static Refund refund(ResultSet row, int index) throws SQLException {
    return new Refund(
        row.getLong("number"),
        uuid(row, "id"),
        row.getLong("payment_number"),
        Money.ofCents(row.getLong("amount_cents")),
        Method.valueOf(row.getString("method")),
        day(row, "made_on"),
        Objects.requireNonNull(moment(row, "made_at")),
        row.getString("made_by"),
        Refund.State.valueOf(row.getString("state")),
        row.getString("gateway_reference"));
  }

  static UUID uuid(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, UUID.class));
  }

  static LocalDate day(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, LocalDate.class));
  }

  static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
    OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
    return moment == null ? null : moment.toInstant();
  }
}
