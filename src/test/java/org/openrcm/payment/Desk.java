package org.openrcm.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.openrcm.TestDatabase;
import org.openrcm.TestUsers;
import org.openrcm.account.Accounts;
import org.openrcm.account.Practiced;
import org.openrcm.audit.Actor;
import org.openrcm.ledger.AccountKind;
import org.openrcm.ledger.Document;
import org.openrcm.ledger.Entry;
import org.openrcm.ledger.Journal;
import org.openrcm.ledger.Line;
import org.openrcm.ledger.Lines;
import org.openrcm.money.Money;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A practice of a test's own with one patient's account: $15 owed for a visit, $20 for a later one.
 */
public final class Desk {
  private final ApplicationContext server;
  private final JdbcClient sql;
  private final Practiced practiced;
  private final List<Long> claims;
  private final long account;
  private final UUID id;
  private long remittances = 100;

  private Desk(ApplicationContext server, String name) {
    this.server = server;
    this.sql = server.getBean(JdbcClient.class);
    TestUsers users = server.getBean(TestUsers.class);
    this.practiced =
        new Practiced(users.practice(name), server.getBean(TransactionTemplate.class), sql);
    this.claims =
        practiced.aStory(users, server.getBean(Accounts.class), server.getBean(Journal.class));
    insurerLeaves(1, "20");
    this.account = in(() -> server.getBean(Accounts.class).ofClaims(claims).get(claims.get(0)));
    this.id =
        in(
            () ->
                sql.sql("select id from account where number = ?")
                    .param(account)
                    .query(UUID.class)
                    .single());
  }

  public static Desk open(ApplicationContext server, String name) {
    return new Desk(server, name);
  }

  public UUID practice() {
    return practiced.practice();
  }

  public long account() {
    return account;
  }

  public UUID id() {
    return id;
  }

  public long claim(int at) {
    return claims.get(at);
  }

  /** In a transaction of the practice. */
  public <T> T in(Supplier<T> work) {
    return practiced.in(work);
  }

  /** As the practice, without a transaction. */
  public <T> T as(Supplier<T> work) {
    return Actor.job("test", practice()).call(work::get);
  }

  /** An insurer leaves so much more of a visit to the patient; negative is less. */
  public void insurerLeaves(int claim, String amount) {
    Line.At insurer =
        new Line.At(AccountKind.INSURANCE_RECEIVABLE, claims.get(claim), 1, null, null, null, 1);
    Line.At patient =
        new Line.At(AccountKind.PATIENT_RECEIVABLE, claims.get(claim), null, null, "PR-2", null, 1);
    Lines lines = new Lines().move(Money.of(amount), patient, insurer);
    practiced.post(
        server.getBean(Journal.class),
        new Entry(Document.payment(++remittances, 1), LocalDate.of(2026, 3, 20), lines.toList()));
  }

  public PatientPayment cash(String amount) {
    return cash(amount, UUID.randomUUID().toString());
  }

  public PatientPayment cash(String amount, String key) {
    return take(amount, true, key);
  }

  PatientPayment take(String amount, boolean keep, String key, Long... visits) {
    return as(
        () ->
            server
                .getBean(Payments.class)
                .take(
                    new Receiving(
                        account, Money.of(amount), Method.CASH, null, List.of(visits), keep, key)));
  }

  public Owed owed() {
    return in(() -> server.getBean(PatientBalances.class).of(account));
  }

  /** The path of the test gateway's page for a card payment that was started. */
  public String cardPage(String amount) {
    Checkout checkout =
        as(
            () ->
                server
                    .getBean(Checkouts.class)
                    .start(
                        new Checkouts.Starting(
                            account,
                            Money.of(amount),
                            List.of(),
                            false,
                            "http://localhost/back",
                            "http://localhost/away",
                            UUID.randomUUID().toString())));
    return URI.create(String.valueOf(checkout.url())).getPath();
  }

  /** As the gateway signs an event now. */
  public static String signature(byte[] event) {
    byte[] secret = TestDatabase.WEBHOOK_SECRET.getBytes(StandardCharsets.UTF_8);
    return new WebhookSignature(secret, Clock.systemUTC()).sign(event);
  }

  /** What is owed for each visit that was not paid whole, oldest first, and the credit. */
  public String standing() {
    Owed owed = owed();
    StringBuilder text = new StringBuilder();
    owed.visits().forEach(visit -> text.append(visit.owed()).append(' '));
    return text.append("credit ").append(owed.credit()).toString();
  }

  /** Patient receivables by claim. */
  Map<Long, Long> receivables() {
    Map<Long, Long> cents = new HashMap<>();
    owed().visits().forEach(visit -> cents.put(visit.claim(), visit.owed().cents()));
    return cents;
  }

  public long count(String from) {
    return in(() -> sql.sql("select count(*) from " + from).query(Long.class).single());
  }

  private List<String> texts(String query) {
    return in(() -> sql.sql(query).query(String.class).list());
  }

  /** What must hold of the books, whatever was paid, voided, refunded and applied. */
  public void isSound() {
    assertThat(
            texts(
                """
                select e.number::text from journal_entry e
                join journal_line l on l.entry = e.number
                group by e.number having sum(l.amount_cents) <> 0
                """))
        .as("entries that do not balance")
        .isEmpty();
    assertThat(
            texts(
                """
                select p.number || ' has ' || coalesce(sum(l.amount_cents), 0)
                from patient_payment p
                left join journal_line l on l.reference = 'PP-' || p.number
                  and l.account = 'CASH_CLEARING'
                group by p.number, p.amount_cents, p.voided_at
                having coalesce(sum(l.amount_cents), 0) <> case when p.voided_at is null
                  then p.amount_cents - coalesce((select sum(r.amount_cents) from patient_refund r
                    where r.payment_number = p.number and r.state <> 'FAILED'), 0)
                  else 0 end
                """))
        .as("payments whose cash is not what was paid less what was given back")
        .isEmpty();
    assertThat(
            texts(
                """
                select reference from journal_line
                where account = 'UNAPPLIED_CREDIT' and reference like 'PP-%'
                group by reference having sum(amount_cents) > 0
                """))
        .as("credits below zero")
        .isEmpty();
    assertThat(
            texts(
                """
                select coalesce(sum(l.amount_cents), 0)::text from journal_entry e
                join journal_line l on l.entry = e.number
                where e.source in ('PATIENT_PAYMENT', 'REFUND') and l.account not in
                  ('CASH_CLEARING', 'UNAPPLIED_CREDIT', 'PATIENT_RECEIVABLE')
                """))
        .as("money of patients elsewhere")
        .containsExactly("0");
  }
}
