package org.openrcm.payment;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Practices;
import org.openrcm.ledger.Journal;
import org.openrcm.money.Money;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes the gateway's events, each once: it is kept in the transaction of its effect, so that it
 * has both or neither. Their order does not matter.
 */
@Component
class GatewayEvents {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayEvents.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient sql;
  private final Practices practices;
  private final Journal journal;
  private final Checkouts checkouts;
  private final Payments payments;
  private final PatientPaymentRows rows;
  private final TransactionTemplate transaction;

  GatewayEvents(
      JdbcClient sql,
      Practices practices,
      Journal journal,
      Checkouts checkouts,
      Payments payments,
      PatientPaymentRows rows,
      PlatformTransactionManager transactions) {
    this.sql = sql;
    this.practices = practices;
    this.journal = journal;
    this.checkouts = checkouts;
    this.payments = payments;
    this.rows = rows;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** What came of an event. */
  enum Outcome {
    TAKEN,
    EXPIRED,
    DECLINED,
    /** The same was told by another event before. */
    KNOWN,
    /** About no checkout of ours. */
    UNKNOWN,
    /** Of a kind that changes nothing here. */
    PASSED_OVER,
    /** Somebody has to look at it: money of which it is not clear how much it is. */
    UNCLEAR
  }

  /**
   * An event as it came.
   *
   * @param practice that it names; null when it names none that is here
   */
  private record Event(
      String id,
      String type,
      @Nullable UUID practice,
      @Nullable UUID checkout,
      JsonNode about,
      String body) {}

  /**
   * Takes an event, whose signature was checked.
   *
   * @return false when it is no event at all
   */
  boolean receive(String body) {
    Event event = event(body);
    if (event == null) {
      return false;
    }
    if (event.practice() == null) {
      transaction.executeWithoutResult(status -> keep(event, Outcome.UNKNOWN));
    } else {
      Actor.job("Payment gateway", event.practice())
          .run(() -> transaction.executeWithoutResult(status -> take(event)));
    }
    return true;
  }

  private @Nullable Event event(String body) {
    try {
      JsonNode event = JSON.readTree(body);
      String id = event.path("id").asString("");
      String type = event.path("type").asString("");
      JsonNode about = event.path("data").path("object");
      if (!id.matches("[A-Za-z0-9_-]{1,200}") || !type.matches("[a-z0-9_.]{1,100}")) {
        return null;
      }
      UUID practice = uuid(about.path("metadata").path("practice").asString(""));
      boolean known = practice != null && practices.find(practice).isPresent();
      return new Event(
          id,
          type,
          known ? practice : null,
          uuid(about.path("metadata").path("checkout").asString("")),
          about,
          body);
    } catch (JacksonException e) {
      return null;
    }
  }

  private static @Nullable UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void take(Event event) {
    // one at a time, so that what is asked below stays so
    journal.lock();
    boolean known =
        sql.sql("select count(*) from gateway_event where id = ?")
                .param(event.id())
                .query(Long.class)
                .single()
            > 0;
    if (!known) {
      Outcome outcome = outcome(event);
      keep(event, outcome);
      if (outcome == Outcome.UNCLEAR) {
        LOG.warn("gateway event {} is not clear: look at what it says", event.id());
      }
    }
  }

  private Outcome outcome(Event event) {
    Optional<Checkout> found =
        event.checkout() == null ? Optional.empty() : checkouts.find(event.checkout());
    if (found.isEmpty()) {
      return Outcome.UNKNOWN;
    }
    Checkout checkout = found.get();
    return switch (event.type()) {
      case "checkout.session.completed", "checkout.session.async_payment_succeeded" ->
          event.about().path("payment_status").asString("").equals("paid")
              ? paid(checkout, event.about())
              : Outcome.PASSED_OVER;
      case "checkout.session.expired" -> {
        checkouts.change(checkout.id(), Checkout.State.EXPIRED);
        yield Outcome.EXPIRED;
      }
      case "checkout.session.async_payment_failed", "payment_intent.payment_failed" -> {
        checkouts.declined(checkout.id());
        yield Outcome.DECLINED;
      }
      default -> Outcome.PASSED_OVER;
    };
  }

  /** The money is here: as much as the gateway says, whatever is owed by now. */
  private Outcome paid(Checkout checkout, JsonNode session) {
    long cents = session.path("amount_total").asLong(0);
    String reference = session.path("payment_intent").asString("");
    if (cents <= 0
        || !session.path("currency").asString("").equals("usd")
        || !reference.matches("[A-Za-z0-9_-]{1,200}")) {
      return Outcome.UNCLEAR;
    }
    if (rows.ofCheckout(checkout.id()).isPresent() || isKnown(reference)) {
      return Outcome.KNOWN;
    }
    payments.post(
        new Receiving(
            checkout.account(),
            Money.ofCents(cents),
            Method.CARD,
            null,
            checkout.visits(),
            true,
            Checkout.key(checkout.id())),
        checkout.id(),
        reference);
    checkouts.change(checkout.id(), Checkout.State.PAID);
    return Outcome.TAKEN;
  }

  private boolean isKnown(String reference) {
    return sql.sql("select count(*) from patient_payment where gateway_reference = ?")
            .param(reference)
            .query(Long.class)
            .single()
        > 0;
  }

  private void keep(Event event, Outcome outcome) {
    sql.sql(
            """
            insert into gateway_event (practice_id, id, type, body, checkout_id, outcome)
            values (?, ?, ?, ?, ?, ?) on conflict do nothing
            """)
        .param(event.practice())
        .param(event.id())
        .param(event.type())
        .param(event.body().replace("\0", ""))
        .param(event.checkout())
        .param(outcome.name())
        .update();
  }
}
