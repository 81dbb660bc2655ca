package org.openrcm.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Role;
import org.openrcm.jobs.JobRun;
import org.openrcm.money.Money;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** Card payments, whatever the gateway tells how often and in which order. */
@ServerTest
class CheckoutsTest {
  private static final byte[] SECRET = TestDatabase.WEBHOOK_SECRET.getBytes(StandardCharsets.UTF_8);

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;
  @Autowired private Checkouts checkouts;
  @Autowired private Refunds refunds;
  @Autowired private RefundJob refundJob;
  @Autowired private GatewayEvents events;
  @Autowired private Gateway gateway;
  @Autowired private TransactionTemplate transaction;
  private final HttpClient client = HttpClient.newHttpClient();
  private Desk desk;

  @BeforeEach
  void aDesk() {
    desk = Desk.open(server, "Cards");
  }

  private Checkout start(String amount, String key, Long... visits) {
    return desk.as(
        () ->
            checkouts.start(
                new Checkouts.Starting(
                    desk.account(),
                    Money.of(amount),
                    List.of(visits),
                    false,
                    users.address() + "/back",
                    users.address() + "/away",
                    key)));
  }

  private Checkout start(String amount) {
    return start(amount, UUID.randomUUID().toString());
  }

  private String event(String id, String type, Checkout checkout, String cents) {
    return event(id, type, desk.practice().toString(), checkout.id().toString(), cents);
  }

  private static String event(
      String id, String type, String practice, String checkout, String cents) {
    return """
        {"id": "%s", "type": "%s", "data": {"object": {"id": "cs_1", "amount_total": %s,
        "currency": "usd", "payment_intent": "pi_%s", "payment_status": "paid",
        "metadata": {"practice": "%s", "checkout": "%s"}}}}
        """
        .formatted(id, type, cents, checkout, practice, checkout);
  }

  private static String paid(String id, Checkout checkout, Desk desk, String cents) {
    return event(
        id,
        "checkout.session.completed",
        desk.practice().toString(),
        checkout.id().toString(),
        cents);
  }

  private int send(String body) {
    return send(body, Clock.systemUTC(), SECRET);
  }

  private int send(String body, Clock clock, byte[] secret) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return send(bytes, new WebhookSignature(secret, clock).sign(bytes));
  }

  private int send(byte[] body, String signature) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(users.address().resolve("/webhooks/payments"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      if (signature != null) {
        request.header("OpenRCM-Signature", signature);
      }
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
      return answer.statusCode();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private long asSuperuser(String query, Object... values) throws Exception {
    try (Connection connection = database.asSuperuser();
        PreparedStatement count = connection.prepareStatement(query)) {
      for (int i = 0; i < values.length; i++) {
        count.setObject(i + 1, values[i]);
      }
      ResultSet row = count.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  private Checkout.State state(Checkout checkout) {
    return desk.in(() -> checkouts.find(checkout.id())).orElseThrow().state();
  }

  @Test
  void aPageIsOpenedOnceForEachKey() {
    String key = UUID.randomUUID().toString();
    Checkout first = start("20", key, desk.claim(1));
    assertThat(start("20", key, desk.claim(1))).isEqualTo(first);
    assertThat(first.url()).contains("/test-gateway/cs_test_");
    assertThat(desk.count("test_gateway_session")).isEqualTo(1);
    assertThatThrownBy(() -> start("19", key, desk.claim(1))).hasMessage("SENT_BEFORE");
    assertThatThrownBy(() -> start("-19")).hasMessage("NOT_ABOVE_ZERO");
    assertThatThrownBy(() -> start("35.01")).hasMessage("MORE_THAN_OWED");
  }

  @Test
  void aPageThatWasOpenedBeforeACrashIsFoundAgain() throws Exception {
    String key = UUID.randomUUID().toString();
    Checkout first = start("20", key);
    try (Connection connection = database.asSuperuser();
        Statement change = connection.createStatement()) {
      change.execute(
          "update payment_checkout set url = null, session_id = null where id = '%s'"
              .formatted(first.id()));
    }
    assertThat(start("20", key)).isEqualTo(first);
    assertThat(desk.count("test_gateway_session")).isEqualTo(1);
  }

  @Test
  void whatIsToldTenTimesInAnyOrderAtOnceHasOneEffect() throws Exception {
    Checkout checkout = start("20");
    List<String> told = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      told.add(paid("evt_" + checkout.id(), checkout, desk, "2000"));
      told.add(event("evt_e" + checkout.id(), "checkout.session.expired", checkout, "2000"));
      told.add(event("evt_f" + checkout.id(), "payment_intent.payment_failed", checkout, "2000"));
    }
    // the same payment told by other events
    told.add(paid("evt_other" + checkout.id(), checkout, desk, "2000"));
    told.add(
        event(
            "evt_async" + checkout.id(),
            "checkout.session.async_payment_succeeded",
            checkout,
            "2000"));
    Collections.shuffle(told, new Random(7));
    ExecutorService lines = Executors.newFixedThreadPool(6);
    List<Callable<Integer>> calls = new ArrayList<>();
    told.forEach(each -> calls.add(() -> send(each)));
    for (Future<Integer> answer : lines.invokeAll(calls)) {
      assertThat(answer.get()).isEqualTo(200);
    }
    lines.shutdown();
    assertThat(desk.standing()).isEqualTo("15.00 credit 0.00");
    assertThat(state(checkout)).isEqualTo(Checkout.State.PAID);
    assertThat(desk.count("patient_payment")).isEqualTo(1);
    assertThat(desk.count("gateway_event")).isEqualTo(5);
    desk.isSound();
  }

  @Test
  void whatIsForgedOrOldOrNotWholeHasNoEffect() {
    Checkout checkout = start("20");
    String body = paid("evt_1", checkout, desk, "2000");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String right = new WebhookSignature(SECRET, Clock.systemUTC()).sign(bytes);
    assertThat(send(body, Clock.systemUTC(), "another".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(400);
    assertThat(send(bytes, null)).isEqualTo(400);
    assertThat(send(bytes, "")).isEqualTo(400);
    assertThat(send(bytes, "t=1,v1=")).isEqualTo(400);
    assertThat(send(bytes, right.replaceFirst("t=\\d+", "t=" + Long.MAX_VALUE))).isEqualTo(400);
    char second = right.charAt(right.indexOf(',') - 1);
    String another = right.replace(second + ",", (char) ('0' + (second - '0' + 1) % 10) + ",");
    assertThat(another).isNotEqualTo(right);
    assertThat(send(bytes, another)).isEqualTo(400);
    assertThat(send(body.replace("2000", "2001").getBytes(StandardCharsets.UTF_8), right))
        .isEqualTo(400);
    assertThat(send(body, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-310)), SECRET))
        .isEqualTo(400);
    assertThat(send(body, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(310)), SECRET))
        .isEqualTo(400);
    assertThat(send("not json")).isEqualTo(400);
    assertThat(send("{}")).isEqualTo(400);
    assertThat(send("[".repeat(5000))).isEqualTo(400);
    assertThat(send(body + " ".repeat(70_000))).isEqualTo(413);
    assertThat(send(paid("evt_n", checkout, desk, "-2000"))).isEqualTo(200);
    assertThat(send(paid("evt_t", checkout, desk, "\"x\""))).isEqualTo(200);
    assertThat(send(paid("evt_c", checkout, desk, "2000").replace("\"usd\"", "\"eur\"")))
        .isEqualTo(200);
    assertThat(desk.count("patient_payment")).isZero();
    assertThat(desk.standing()).isEqualTo("15.00 20.00 credit 0.00");
    assertThat(desk.count("gateway_event where outcome = 'UNCLEAR'")).isEqualTo(3);
    // with two signatures, as while a secret is changed
    assertThat(send(bytes, right + ",v1=" + "0".repeat(64))).isEqualTo(200);
    assertThat(desk.count("patient_payment")).isEqualTo(1);
  }

  @Test
  void whatIsToldOfNoCheckoutOfOursIsKept() throws Exception {
    String nowhere = UUID.randomUUID().toString();
    String here = desk.practice().toString();
    String id = "evt_" + UUID.randomUUID();
    for (int i = 0; i < 2; i++) {
      assertThat(send(event(id, "checkout.session.completed", nowhere, nowhere, "5")))
          .isEqualTo(200);
      assertThat(send(event(id, "checkout.session.completed", here, nowhere, "5"))).isEqualTo(200);
      assertThat(send("{\"id\":\"" + id + "b\",\"type\":\"payout.paid\"}")).isEqualTo(200);
    }
    assertThat(desk.count("gateway_event where outcome = 'UNKNOWN'")).isEqualTo(1);
    String count = "select count(*) from gateway_event where practice_id is null and id = ?";
    assertThat(asSuperuser(count, id)).isEqualTo(1);
    assertThat(asSuperuser(count, id + "b")).isEqualTo(1);
    assertThat(desk.count("patient_payment")).isZero();
  }

  @Test
  void whatIsPaidWhileTheBalanceChangesIsTakenAndTheRestIsCredit() {
    Checkout checkout = start("35");
    desk.cash("30");
    assertThat(send(event("evt_x", "checkout.session.expired", checkout, "3500"))).isEqualTo(200);
    assertThat(state(checkout)).isEqualTo(Checkout.State.EXPIRED);
    assertThat(send(paid("evt_y", checkout, desk, "3500"))).isEqualTo(200);
    assertThat(state(checkout)).isEqualTo(Checkout.State.PAID);
    assertThat(desk.standing()).isEqualTo("credit 30.00");
    desk.isSound();
  }

  @Test
  void whatComesAfterThePaymentInTheWrongOrderTakesNothingBack() {
    Checkout checkout = start("20");
    assertThat(send(event("evt_d", "payment_intent.payment_failed", checkout, "2000")))
        .isEqualTo(200);
    assertThat(desk.in(() -> checkouts.find(checkout.id())).orElseThrow().declined()).isTrue();
    assertThat(send(paid("evt_p", checkout, desk, "2000"))).isEqualTo(200);
    for (String type :
        List.of(
            "checkout.session.expired",
            "payment_intent.payment_failed",
            "checkout.session.async_payment_failed",
            "charge.dispute.created")) {
      String id = "evt_" + type.replace('.', '_');
      assertThat(send(event(id, type, checkout, "2000"))).isEqualTo(200);
    }
    // told of as not paid yet, by an event that was on its way for longer
    assertThat(
            send(
                paid("evt_u", checkout, desk, "2000")
                    .replace("\"payment_status\": \"paid\"", "\"payment_status\": \"unpaid\"")))
        .isEqualTo(200);
    assertThat(state(checkout)).isEqualTo(Checkout.State.PAID);
    assertThat(desk.standing()).isEqualTo("15.00 credit 0.00");
    assertThat(desk.count("patient_payment")).isEqualTo(1);
  }

  @Test
  void oneThatIsToldWithoutAPaymentTakesNone() {
    Checkout checkout = start("20");
    assertThat(
            send(
                paid("evt_u", checkout, desk, "2000")
                    .replace("\"payment_status\": \"paid\"", "\"payment_status\": \"unpaid\"")))
        .isEqualTo(200);
    assertThat(state(checkout)).isNotEqualTo(Checkout.State.PAID);
    assertThat(desk.count("patient_payment")).isZero();
    // another practice's checkout is none of this one's
    Desk elsewhere = Desk.open(server, "Elsewhere");
    assertThat(send(paid("evt_w", checkout, elsewhere, "2000"))).isEqualTo(200);
    assertThat(desk.count("patient_payment") + elsewhere.count("patient_payment")).isZero();
  }

  @Test
  void anEventThatIsBrokenOffIsTakenWhenItIsToldAgain() {
    Checkout checkout = start("20");
    String body = paid("evt_b", checkout, desk, "2000");
    desk.as(
        () ->
            transaction.execute(
                status -> {
                  boolean taken = events.receive(body);
                  status.setRollbackOnly();
                  return taken;
                }));
    assertThat(desk.standing()).isEqualTo("15.00 20.00 credit 0.00");
    assertThat(send(body)).isEqualTo(200);
    assertThat(send(body)).isEqualTo(200);
    assertThat(desk.standing()).isEqualTo("15.00 credit 0.00");
    assertThat(desk.count("patient_payment")).isEqualTo(1);
  }

  @Test
  void theTestGatewayTellsByASignedEventWhatWasChosenOnItsPage() {
    Checkout checkout = start("20");
    String page = checkout.url().substring(users.address().toString().length());
    TestSession payer = users.anonymous();
    assertThat(payer.get(page).body()).contains("Pay $20.00", "no money moves");
    assertThat(payer.post(page, "choice", "decline").body()).contains("was not taken");
    users.settled(desk.practice());
    assertThat(desk.in(() -> checkouts.find(checkout.id())).orElseThrow().declined()).isTrue();
    payer.get(page);
    assertThat(payer.post(page, "choice", "pay").headers().firstValue("Location").orElse(""))
        .endsWith("/back");
    payer.get(page);
    payer.post(page, "choice", "pay");
    payer.post(page, "choice", "decline");
    users.settled(desk.practice());
    assertThat(state(checkout)).isEqualTo(Checkout.State.PAID);
    assertThat(desk.standing()).isEqualTo("15.00 credit 0.00");
    assertThat(desk.count("patient_payment where method = 'CARD'")).isEqualTo(1);
    assertThat(desk.count("gateway_event")).isEqualTo(2);
    for (String wrong : List.of("x", "cs_test_" + "0".repeat(64), "cs_test_")) {
      assertThat(payer.get("/test-gateway/" + wrong).statusCode()).isEqualTo(404);
    }
  }

  private PatientPayment card(String amount) {
    Checkout checkout = start(amount);
    TestGateway test = (TestGateway) gateway;
    test.pay(test.find(checkout.url().replaceFirst(".*/", "")).orElseThrow());
    users.settled(desk.practice());
    return desk.in(() -> checkouts.payment(checkout.id())).orElseThrow();
  }

  @Test
  void cardMoneyGoesBackThroughTheGatewayOnceAlsoWhenTheJobIsDoneAgain() throws Exception {
    PatientPayment paid = card("20");
    assertThatThrownBy(() -> desk.as(() -> server.getBean(Payments.class).voidToday(paid.id())))
        .hasMessage("CARD_IS_REFUNDED");
    Refund refund =
        desk.as(() -> refunds.refund(paid.id(), Money.of("8"), UUID.randomUUID().toString()));
    users.settled(desk.practice());
    for (int i = 0; i < 3; i++) {
      // as after a crash between the gateway's answer and our row
      try (Connection connection = database.asSuperuser();
          Statement change = connection.createStatement()) {
        change.execute(
            "update patient_refund set state = 'SENDING' where id = '" + refund.id() + "'");
      }
      Actor.job("test", desk.practice())
          .call(
              () -> {
                refundJob.send(refund.id(), new JobRun());
                return true;
              });
    }
    assertThat(desk.count("test_gateway_refund")).isEqualTo(1);
    assertThat(desk.count("patient_refund where state = 'DONE'")).isEqualTo(1);
    assertThat(desk.standing())
        .isEqualTo("8.00 15.00 credit 0.00".replace("8.00 15.00", "3.00 20.00"));
    desk.isSound();
  }

  @Test
  void aRefundThatTheGatewayRefusesIsTakenBackInTheBooks() throws Exception {
    PatientPayment paid = card("20");
    // somebody gave it back in the gateway's own program
    Actor.job("test", desk.practice())
        .call(() -> gateway.refund("by-hand", paid.gatewayReference(), Money.of("20")));
    desk.as(() -> refunds.refund(paid.id(), Money.of("8"), UUID.randomUUID().toString()));
    users.settled(desk.practice());
    assertThat(desk.count("patient_refund where state = 'FAILED'")).isEqualTo(1);
    assertThat(desk.standing()).isEqualTo("15.00 credit 0.00");
    desk.isSound();
  }

  @Test
  void aFormThatIsSentEightTimesAtOnceTakesOnePayment() throws Exception {
    TestSession poster = users.signedIn(desk.practice(), Role.POSTER);
    String at = "/accounts/" + desk.id() + "/payments";
    poster.get(at);
    String key = UUID.randomUUID().toString();
    ExecutorService clicks = Executors.newFixedThreadPool(8);
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      calls.add(
          () ->
              poster
                  .post(at, "amount", "$5", "method", "cheque", "cheque", "1001", "key", key)
                  .statusCode());
    }
    for (Future<Integer> answer : clicks.invokeAll(calls)) {
      assertThat(answer.get()).isEqualTo(302);
    }
    clicks.shutdown();
    assertThat(desk.count("patient_payment")).isEqualTo(1);
    assertThat(desk.standing()).isEqualTo("10.00 20.00 credit 0.00");
    assertThat(poster.post(at, "amount", "5", "method", "cash").statusCode()).isEqualTo(422);
    assertThat(poster.post(at, "amount", "-5", "method", "cash", "key", key).statusCode())
        .isEqualTo(422);
    assertThat(desk.count("patient_payment")).isEqualTo(1);
  }
}
