package org.openrcm.payment;

import java.net.URI;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.jobs.Jobs;
import org.openrcm.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * A gateway that moves no money, for trying things out. It has a page of its own that asks for no
 * card, and tells what came of it as real ones do: by signed events over HTTP, later.
 */
final class TestGateway implements Gateway {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SESSION = "cs_test_";
  private static final int RANDOM_BYTES = 16;
  private static final int HEX = 2 * RANDOM_BYTES;

  private final SecureRandom random = new SecureRandom();
  private final JdbcClient sql;
  private final Jobs jobs;
  private final Clock clock;
  private final TransactionTemplate transaction;

  TestGateway(JdbcClient sql, Jobs jobs, Clock clock, PlatformTransactionManager transactions) {
    this.sql = sql;
    this.jobs = jobs;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** A page that was opened here. */
  record Page(
      UUID practice,
      String id,
      String reference,
      Money amount,
      String successUrl,
      String cancelUrl,
      boolean open,
      String payment) {}

  @Override
  public Session open(Order order) {
    String id = SESSION + hex(order.practice()) + random();
    Page page = in(order.practice(), () -> open(order, id));
    String url = URI.create(page.successUrl()).resolve("/test-gateway/" + page.id()).toString();
    return new Session(page.id(), url);
  }

  private Page open(Order order, String id) {
    sql.sql(
            """
            insert into test_gateway_session (practice_id, id, idempotency_key, reference,
              amount_cents, success_url, cancel_url, payment_id)
            values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """)
        .params(
            order.practice(),
            id,
            order.checkout().toString(),
            order.checkout().toString(),
            order.amount().cents(),
            order.successUrl(),
            order.cancelUrl(),
            "pi_test_" + random())
        .update();
    return sql.sql("select * from test_gateway_session where idempotency_key = ?")
        .param(order.checkout().toString())
        .query(TestGateway::page)
        .single();
  }

  private static Page page(ResultSet row, int index) throws SQLException {
    return new Page(
        PatientPaymentRows.uuid(row, "practice_id"),
        row.getString("id"),
        row.getString("reference"),
        Money.ofCents(row.getLong("amount_cents")),
        row.getString("success_url"),
        row.getString("cancel_url"),
        row.getString("state").equals("OPEN"),
        row.getString("payment_id"));
  }

  private String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String hex(UUID id) {
    return id.toString().replace("-", "");
  }

  /** The practice is in the id: who comes to the page is nobody that we know. */
  private static @Nullable UUID practice(String session) {
    if (!session.matches(SESSION + "[0-9a-f]{" + 2 * HEX + "}")) {
      return null;
    }
    String id = session.substring(SESSION.length(), SESSION.length() + HEX);
    return UUID.fromString(id.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
  }

  private <T> T in(UUID practice, Supplier<T> work) {
    return Objects.requireNonNull(
        Actor.job("Test gateway", practice).call(() -> transaction.execute(status -> work.get())));
  }

  Optional<Page> find(String session) {
    UUID practice = practice(session);
    return practice == null ? Optional.empty() : in(practice, () -> read(session, ""));
  }

  private Optional<Page> read(String session, String lock) {
    return sql.sql("select * from test_gateway_session where id = ? " + lock)
        .param(session)
        .query(TestGateway::page)
        .optional();
  }

  /** Pays, once. */
  void pay(Page page) {
    in(
        page.practice(),
        () -> {
          boolean open = read(page.id(), "for update").map(Page::open).orElse(false);
          if (open) {
            sql.sql("update test_gateway_session set state = 'PAID' where id = ?")
                .param(page.id())
                .update();
            tell("checkout.session.completed", page, "paid");
          }
          return open;
        });
  }

  /** The card is not taken; another one may be. */
  void decline(Page page) {
    in(
        page.practice(),
        () -> {
          boolean open = read(page.id(), "for update").map(Page::open).orElse(false);
          if (open) {
            tell("payment_intent.payment_failed", page, "unpaid");
          }
          return open;
        });
  }

  private void tell(String type, Page page, String status) {
    UUID id = UUID.randomUUID();
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("id", page.id());
    about.put("object", "checkout.session");
    about.put("amount_total", page.amount().cents());
    about.put("currency", "usd");
    about.put("payment_intent", page.payment());
    about.put("payment_status", status);
    about.put(
        "metadata", Map.of("practice", page.practice().toString(), "checkout", page.reference()));
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("id", "evt_test_" + hex(id));
    event.put("object", "event");
    event.put("type", type);
    event.put("created", clock.instant().getEpochSecond());
    event.put("livemode", false);
    event.put("data", Map.of("object", about));
    sql.sql("insert into test_gateway_event (practice_id, id, body) values (?, ?, ?)")
        .params(page.practice(), id, JSON.writeValueAsString(event))
        .update();
    jobs.enqueue(TestGatewayEvents.KIND, id);
  }

  @Override
  public String refund(String key, String payment, Money amount) {
    return in(Actor.currentPractice(), () -> give(key, payment, amount));
  }

  private String give(String key, String payment, Money amount) {
    // one refund of a payment at a time
    Optional<Long> paid =
        sql.sql(
                """
                select amount_cents from test_gateway_session
                where payment_id = ? and state = 'PAID' for update
                """)
            .param(payment)
            .query(Long.class)
            .optional();
    Optional<String> before =
        sql.sql("select id from test_gateway_refund where idempotency_key = ?")
            .param(key)
            .query(String.class)
            .optional();
    if (before.isPresent()) {
      return before.get();
    }
    long given =
        sql.sql(
                """
                select coalesce(sum(amount_cents), 0)::bigint from test_gateway_refund
                where payment_id = ?
                """)
            .param(payment)
            .query(Long.class)
            .single();
    if (paid.isEmpty() || given + amount.cents() > paid.get()) {
      throw new Declined("MORE_THAN_WAS_PAID");
    }
    String id = "re_test_" + random();
    sql.sql(
            """
            insert into test_gateway_refund (practice_id, id, idempotency_key, payment_id,
              amount_cents)
            values (?, ?, ?, ?, ?)
            """)
        .params(Actor.currentPractice(), id, key, payment, amount.cents())
        .update();
    return id;
  }
}
