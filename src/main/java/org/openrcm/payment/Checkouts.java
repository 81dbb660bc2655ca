package org.openrcm.payment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Card payments from the wish to the gateway's page. What was paid there is told by its events, and
 * by nothing that a browser says.
 */
@Component
public class Checkouts {
  static final String SUBJECT = "Checkout";

  private final JdbcClient sql;
  private final Gateway gateway;
  private final PatientBalances balances;
  private final PatientPaymentRows rows;
  private final Accounts accounts;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;

  Checkouts(
      JdbcClient sql,
      Gateway gateway,
      PatientBalances balances,
      PatientPaymentRows rows,
      Accounts accounts,
      AuditTrail audit,
      PlatformTransactionManager transactions) {
    this.sql = sql;
    this.gateway = gateway;
    this.balances = balances;
    this.rows = rows;
    this.accounts = accounts;
    this.audit = audit;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * A card payment that somebody wishes to make.
   *
   * @param account its number
   * @param visits claims that it is for, by number; empty: the oldest first
   * @param keepRest whether it may be more than is owed now
   * @param successUrl where the payer's browser goes after paying, {@code cancelUrl} otherwise: no
   *     patient data in them
   * @param key of the sender's, one for each payment
   */
  public record Starting(
      long account,
      Money amount,
      List<Long> visits,
      boolean keepRest,
      String successUrl,
      String cancelUrl,
      String key) {

    /** Without the addresses: who comes by another one asks for the same. */
    Wish wish() {
      return Wish.of(key, account, amount.cents(), visits.stream().sorted().toList(), keepRest);
    }
  }

  /** Whether cards can be taken on this server. */
  public boolean isOpen() {
    return !(gateway instanceof NoGateway);
  }

  /**
   * Opens the page to pay on, once for each key. To be called outside of any transaction: the
   * gateway is asked between two of its own, so that it is broken off anywhere without harm.
   *
   * @return with the page's address
   * @throws Refused when it breaks a rule, or the gateway cannot be reached
   */
  public Checkout start(Starting wanted) {
    if (!isOpen()) {
      throw new Refused(Refused.Reason.NO_GATEWAY);
    }
    Checkout begun = required(transaction.execute(status -> begin(wanted)));
    if (begun.url() != null) {
      return begun;
    }
    try {
      Gateway.Session session =
          gateway.open(
              new Gateway.Order(
                  begun.id(),
                  Actor.currentPractice(),
                  begun.amount(),
                  begun.successUrl(),
                  begun.cancelUrl()));
      return required(transaction.execute(status -> opened(begun.id(), session)));
    } catch (Gateway.Failure e) {
      throw new Refused(Refused.Reason.GATEWAY_SILENT);
    }
  }

  private static <T> T required(@Nullable T value) {
    return Objects.requireNonNull(value);
  }

  private Checkout begin(Starting wanted) {
    Amounts.checked(wanted.amount());
    Wish wish = wanted.wish();
    Optional<Checkout> before = begun(wish);
    if (before.isPresent()) {
      return before.get();
    }
    Payments.checkVisits(
        balances.of(wanted.account()), wanted.amount(), wanted.visits(), wanted.keepRest());
    UUID id = UUID.randomUUID();
    int added =
        sql.sql(
                """
                insert into payment_checkout (practice_id, id, account_number, amount_cents, visits,
                  success_url, cancel_url, idempotency_key, request_hash, started_by)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """)
            .param(Actor.currentPractice())
            .param(id)
            .param(wanted.account())
            .param(wanted.amount().cents())
            .param(wanted.visits().toArray(Long[]::new))
            .param(wanted.successUrl())
            .param(wanted.cancelUrl())
            .param(wish.key())
            .param(wish.hash())
            .param(Actor.current().name())
            .update();
    if (added > 0) {
      audit.record(
          Action.ADD, Subject.of(SUBJECT, id), accounts.patients(List.of(wanted.account())));
    }
    return begun(wish).orElseThrow();
  }

  private Optional<Checkout> begun(Wish wish) {
    return sql.sql("select * from payment_checkout where idempotency_key = ?")
        .param(wish.key())
        .query(
            (row, index) -> {
              wish.mustBe(row.getString("request_hash"));
              return checkout(row, index);
            })
        .optional();
  }

  private Checkout opened(UUID id, Gateway.Session session) {
    sql.sql("update payment_checkout set session_id = ?, url = ? where id = ?")
        .params(session.id(), session.url(), id)
        .update();
    return find(id).orElseThrow();
  }

  /** The checkout of this id, with what came of it so far. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<Checkout> find(UUID id) {
    return sql.sql("select * from payment_checkout where id = ?")
        .param(id)
        .query(Checkouts::checkout)
        .optional();
  }

  /** Likewise, of the key that it was started with. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<Checkout> find(String key) {
    return sql.sql("select * from payment_checkout where idempotency_key = ?")
        .param(key)
        .query(Checkouts::checkout)
        .optional();
  }

  /** The payment that was made there; empty until the gateway told of it. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<PatientPayment> payment(UUID checkout) {
    return rows.ofCheckout(checkout);
  }

  /** Paid stays paid; what expired can still be paid, since the money is here then. */
  void change(UUID id, Checkout.State state) {
    sql.sql("update payment_checkout set state = ? where id = ? and state <> 'PAID'")
        .params(state.name(), id)
        .update();
  }

  void declined(UUID id) {
    sql.sql("update payment_checkout set declined_at = now() where id = ?").param(id).update();
  }

  private static Checkout checkout(ResultSet row, int index) throws SQLException {
    Long[] visits = (Long[]) row.getArray("visits").getArray();
    return new Checkout(
        PatientPaymentRows.uuid(row, "id"),
        row.getLong("account_number"),
        Money.ofCents(row.getLong("amount_cents")),
        List.of(visits),
        row.getString("success_url"),
        row.getString("cancel_url"),
        row.getString("url"),
        Checkout.State.valueOf(row.getString("state")),
        row.getObject("declined_at") != null);
  }
}
