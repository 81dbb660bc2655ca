package org.openrcm.collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.openrcm.MovableClock;
import org.openrcm.TestUsers;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Flags;
import org.openrcm.identity.Role;
import org.openrcm.money.Money;
import org.openrcm.payment.Method;
import org.openrcm.payment.PatientPayment;
import org.openrcm.payment.Payments;
import org.openrcm.payment.Receiving;
import org.openrcm.posting.TestBooks;
import org.openrcm.statement.TestBills;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A practice of a test's own whose patients owe $30 each and were sent every statement. */
public final class CollectorsFloor {
  /** Before today, each early enough that the next stage is reached; the last is past due. */
  private static final int[] ISSUED = {115, 85, 55, 25};

  /** Noon in New York, in the morning in Los Angeles: calls are allowed in both. */
  public static final LocalTime NOON = LocalTime.of(17, 0);

  private static final List<Long> REST = List.of(WorkQueue.REST.number());

  private final ApplicationContext server;
  private final TestUsers users;
  private final JdbcClient sql;
  private final Clock clock;
  public final TestBooks books;
  public final TestBills bills;

  private CollectorsFloor(ApplicationContext server, int patients) {
    this.server = server;
    this.users = server.getBean(TestUsers.class);
    this.sql = server.getBean(JdbcClient.class);
    this.clock = server.getBean(Clock.class);
    this.books = new TestBooks(server);
    this.bills = new TestBills(server, books);
    if (patients > 0) {
      books.receiveCrowd(patients);
      books.settled();
      books.postAll();
    }
  }

  /** Moves a clock on until it shows this time, in UTC. */
  public static void moveTo(MovableClock clock, LocalTime time) {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    OffsetDateTime then = now.with(time);
    clock.move(Duration.between(now, then.isBefore(now) ? then.plusDays(1) : then));
  }

  /** Of patients who were not sent anything yet. */
  public static CollectorsFloor unbilled(ApplicationContext server, int patients) {
    return new CollectorsFloor(server, patients);
  }

  /** Of patients who are all in the queue. */
  public static CollectorsFloor open(ApplicationContext server, int patients) {
    CollectorsFloor floor = unbilled(server, patients);
    floor.areAt("6025550142", "AZ", "85004");
    for (int i = 1; i <= patients; i++) {
      floor.billThrough(floor.account(i));
    }
    floor.settled();
    return floor;
  }

  /** Of one patient, who owes for so many visits and is in the queue. */
  public static CollectorsFloor ofVisits(ApplicationContext server, int visits) {
    CollectorsFloor floor = unbilled(server, 0);
    floor.books.receiveVisits(visits);
    floor.settled();
    floor.books.postAll();
    floor.areAt("6025550142", "AZ", "85004");
    floor.billThrough(floor.account(1));
    floor.settled();
    return floor;
  }

  /** Sends an account all statements of the cycle. */
  public void billThrough(long account) {
    for (int days : ISSUED) {
      bills.send(account, today().minusDays(days));
    }
  }

  public UUID practice() {
    return books.practice;
  }

  public LocalDate today() {
    return LocalDate.now(clock);
  }

  /** The number of the account of a patient, from 1. */
  public long account(int patient) {
    return bills.account("CROWD" + patient);
  }

  public UUID id(long account) {
    return bills.accountId(account);
  }

  /** Waits until the queue is as the facts are. */
  public void settled() {
    books.settled();
  }

  public TestUsers.Person collector() {
    return users.person(practice(), Role.COLLECTOR);
  }

  /** As a collector would, signed in. */
  public <T> T as(TestUsers.Person person, Supplier<T> work) {
    return TestUsers.actor(practice(), person, Role.COLLECTOR).call(work::get);
  }

  /** Asks for the next account, of whatever queue. */
  Optional<Lease> next(TestUsers.Person collector) {
    return as(collector, () -> server.getBean(HandingOut.class).next(REST));
  }

  Lease take(TestUsers.Person collector) {
    return next(collector).orElseThrow();
  }

  /** Moves the server's clock on, and has the queue begin its day. */
  void daysPass(MovableClock ofServer, int days) {
    ofServer.move(Duration.ofDays(days));
    books.run(server.getBean(CollectionJobs.class)::lookAfter);
    settled();
  }

  static void refused(Refused.Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  /** Where all patients are, and how they are called. */
  public void areAt(String phone, String state, String zip) {
    books.ask(
        () ->
            sql.sql("update account set phone = ?, state = ?, postal_code = ?")
                .params(phone, state, zip)
                .update());
  }

  void isBorn(long account, LocalDate day) {
    books.ask(
        () ->
            sql.sql("update account set birth_date = ? where number = ?")
                .params(day, account)
                .update());
  }

  public void flag(long account, FlagKind kind) {
    books.ask(() -> server.getBean(Flags.class).raise(account, null, kind, null, "by a test"));
  }

  public PatientPayment pays(long account, String amount) {
    return books.ask(
        () ->
            server
                .getBean(Payments.class)
                .take(
                    new Receiving(
                        account,
                        Money.of(amount),
                        Method.CASH,
                        null,
                        List.of(),
                        false,
                        UUID.randomUUID().toString())));
  }

  /** As if a collector had laid the account aside for a week. */
  public void snooze(long account) {
    books.ask(
        () ->
            sql.sql(
                    """
                    update collection_entry set state = 'SNOOZED', snoozed_until = ?
                    where account_number = ?
                    """)
                .params(today().plusDays(7), account)
                .update());
  }

  /** The account that somebody holds. */
  public long held() {
    return count("select account_number from collection_entry where state = 'HELD'");
  }

  Entry entry(long account) {
    return books.ask(() -> server.getBean(Entries.class).find(account)).orElseThrow();
  }

  List<Eligibility> reasons(long account) {
    return entry(account).reasons().stream().map(Reason::rule).toList();
  }

  public String text(String query) {
    return books.ask(() -> sql.sql(query).query(String.class).single());
  }

  public long count(String query) {
    return books.ask(() -> sql.sql(query).query(Long.class).single());
  }
}
