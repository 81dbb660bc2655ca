package org.openrcm.collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openrcm.collections.CollectorsFloor.refused;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openrcm.MovableClock;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.account.Flag;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Flags;
import org.openrcm.contact.Contacted;
import org.openrcm.contact.Contacts;
import org.openrcm.contact.Direction;
import org.openrcm.contact.Outcome;
import org.openrcm.identity.Colleague;
import org.openrcm.identity.Role;
import org.openrcm.money.Money;
import org.openrcm.payment.PatientPayment;
import org.openrcm.payment.Payments;
import org.openrcm.payment.Refunds;
import org.openrcm.statement.EarlierBills;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is in the queue, who is next, and what becomes of an account that somebody holds. */
@ServerTest
@Import(MovableClock.InServer.class)
class QueueTest {
  @Autowired private ApplicationContext server;
  @Autowired private MovableClock clock;
  @Autowired private HandingOut handingOut;
  @Autowired private Leases leases;
  @Autowired private Assignments assignments;
  @Autowired private Working working;
  @Autowired private Queues queues;
  @Autowired private Flags flags;
  @Autowired private Contacts contacts;
  @Autowired private Payments payments;
  @Autowired private Refunds refunds;
  @Autowired private JdbcClient sql;
  @Autowired private TestUsers users;

  private void act(CollectorsFloor floor, TestUsers.Person who, Runnable what) {
    floor.as(
        who,
        () -> {
          what.run();
          return true;
        });
    floor.settled();
  }

  /** Sends the form of the work screen: names and values by turns. */
  private void work(UUID lease, String act, String... fields) {
    Map<String, String> sent = new HashMap<>(Map.of("act", act));
    for (int i = 0; i < fields.length; i += 2) {
      sent.put(fields[i], fields[i + 1]);
    }
    working.save(lease, WorkForm.of(sent), key());
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  private static String day(CollectorsFloor floor, int later) {
    return floor.today().plusDays(later).toString();
  }

  @Test
  void anAccountIsInOnceEveryStatementWasSentAndTheLastIsPastDue() {
    CollectorsFloor floor = CollectorsFloor.unbilled(server, 1);
    long account = floor.account(1);
    for (int days : new int[] {103, 73, 43}) {
      floor.bills.send(account, floor.today().minusDays(days));
      floor.settled();
      assertThat(floor.reasons(account))
          .containsExactly(Eligibility.ONLY_AFTER_FULL_STATEMENT_CYCLE);
      assertThat(floor.entry(account).reasons().get(0).until()).isNull();
    }
    floor.bills.send(account, floor.today().minusDays(13));
    floor.settled();
    Entry entry = floor.entry(account);
    assertThat(entry.state()).isEqualTo(Entry.State.OUT);
    assertThat(entry.reasons())
        .as("the day after the last one to pay on")
        .containsExactly(
            new Reason(Eligibility.ONLY_AFTER_FULL_STATEMENT_CYCLE, floor.today().plusDays(9)));
    floor.daysPass(clock, 9);
    entry = floor.entry(account);
    assertThat(entry.state()).isEqualTo(Entry.State.WAITING);
    assertThat(entry.owed()).isEqualTo(Money.of("30"));
    assertThat(entry.askedOn()).isEqualTo(floor.today().minusDays(112));
  }

  /** What was paid and is owed anew was not asked for yet, however often the visit was. */
  @Test
  void aBalanceThatComesBackBeginsAnew() {
    CollectorsFloor floor = CollectorsFloor.open(server, 1);
    long account = floor.account(1);
    PatientPayment mistaken = floor.pays(account, "30");
    floor.books.ask(() -> payments.voidToday(mistaken.id()));
    floor.settled();
    assertThat(floor.entry(account).state())
        .as("what was voided never was")
        .isEqualTo(Entry.State.WAITING);
    PatientPayment paid = floor.pays(account, "30");
    floor.books.ask(() -> refunds.refund(paid.id(), Money.of("30"), key()));
    floor.settled();
    assertThat(floor.reasons(account)).containsExactly(Eligibility.ONLY_AFTER_FULL_STATEMENT_CYCLE);
    floor.daysPass(clock, 31);
    floor.bills.send(account, floor.today());
    floor.settled();
    assertThat(
            floor.books.ask(
                () ->
                    sql.sql("select stage from statement order by number desc limit 1")
                        .query(String.class)
                        .single()))
        .isEqualTo("FIRST");
    assertThat(floor.reasons(account)).containsExactly(Eligibility.ONLY_AFTER_FULL_STATEMENT_CYCLE);
  }

  @Test
  void everyReasonIsKeptAndEndsByItself() {
    CollectorsFloor floor = CollectorsFloor.open(server, 1);
    long account = floor.account(1);
    assertThat(floor.reasons(account)).isEmpty();
    Map<FlagKind, Eligibility> rules =
        Map.of(
            FlagKind.DISPUTE, Eligibility.NEVER_WHILE_DISPUTED,
            FlagKind.ASSISTANCE, Eligibility.NEVER_WHILE_ASSISTANCE_IS_PENDING,
            FlagKind.BANKRUPTCY, Eligibility.NEVER_IN_BANKRUPTCY,
            FlagKind.DECEASED, Eligibility.NEVER_THE_DECEASED,
            FlagKind.ATTORNEY, Eligibility.NEVER_PAST_A_LAWYER,
            FlagKind.HOLD, Eligibility.NEVER_WHILE_ON_HOLD);
    rules.keySet().forEach(kind -> floor.flag(account, kind));
    floor.flag(account, FlagKind.RETURNED_MAIL);
    floor.settled();
    assertThat(floor.reasons(account)).containsExactlyInAnyOrderElementsOf(rules.values());
    assertThat(floor.next(floor.collector())).isEmpty();
    for (Flag flag : floor.books.ask(() -> flags.of(List.of(account))).get(account)) {
      floor.books.ask(() -> flags.lower(account, flag.id()));
    }
    floor.settled();
    assertThat(floor.entry(account).state()).isEqualTo(Entry.State.WAITING);
  }

  @Test
  void whoOwesMoreComesFirstAndNobodyGetsWhatAnotherHolds() {
    CollectorsFloor floor = CollectorsFloor.open(server, 4);
    floor.pays(floor.account(2), "20");
    floor.settled();
    List<Long> given = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      given.add(floor.take(floor.collector()).number());
    }
    assertThat(given).doesNotHaveDuplicates().hasSize(4);
    assertThat(given.get(3)).as("owes the least").isEqualTo(floor.account(2));
    assertThat(floor.next(floor.collector())).isEmpty();
    assertThat(floor.count("select count(*) from collection_entry where state = 'HELD'"))
        .isEqualTo(4);
  }

  @Test
  void aCollectorHoldsOneAccountHoweverOftenTheyAsk() {
    CollectorsFloor floor = CollectorsFloor.open(server, 2);
    TestUsers.Person collector = floor.collector();
    Lease first = floor.take(collector);
    assertThat(floor.take(collector).id()).isEqualTo(first.id());
    act(floor, collector, () -> leases.putBack(first.id()));
    assertThat(floor.take(collector).number()).isEqualTo(first.number());
  }

  @Test
  void aLeaseThatRanOutComesBackAndIsWorthNothing() {
    CollectorsFloor floor = CollectorsFloor.open(server, 1);
    TestUsers.Person gone = floor.collector();
    TestUsers.Person there = floor.collector();
    Lease lost = floor.take(gone);
    clock.move(Duration.ofMinutes(9));
    assertThat(floor.as(gone, () -> leases.renew(lost.id()))).isPresent();
    clock.move(Duration.ofMinutes(9));
    assertThat(floor.next(there)).isEmpty();
    clock.move(Duration.ofMinutes(2));
    Lease found = floor.take(there);
    assertThat(found.number()).isEqualTo(lost.number());
    assertThat(floor.as(gone, () -> leases.renew(lost.id()))).isEmpty();
    refused(
        Refused.Reason.LEASE_RAN_OUT,
        () -> act(floor, gone, () -> work(lost.id(), "snooze", "until", day(floor, 1))));
    refused(Refused.Reason.LEASE_RAN_OUT, () -> act(floor, gone, () -> leases.putBack(found.id())));
    assertThat(floor.entry(found.number()).lease()).isEqualTo(found);
  }

  @Test
  void whatWasSkippedComesLastForThisCollectorAndOnlyToday() {
    CollectorsFloor floor = CollectorsFloor.open(server, 3);
    TestUsers.Person collector = floor.collector();
    List<Long> seen = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Lease lease = floor.take(collector);
      seen.add(lease.number());
      act(floor, collector, () -> work(lease.id(), "skip"));
    }
    assertThat(seen.subList(0, 3)).doesNotHaveDuplicates();
    assertThat(seen.get(3)).as("the first that was skipped").isEqualTo(seen.get(0));
    assertThat(floor.take(floor.collector()).number()).isEqualTo(seen.get(0));
    floor.daysPass(clock, 1);
    assertThat(floor.take(collector).number()).isEqualTo(seen.get(0));
  }

  @Test
  void whatIsLaidAsideRestsUntilItsDay() {
    CollectorsFloor floor = CollectorsFloor.open(server, 1);
    TestUsers.Person collector = floor.collector();
    Lease lease = floor.take(collector);
    refused(
        Refused.Reason.SNOOZE_NOT_LATER,
        () -> act(floor, collector, () -> work(lease.id(), "snooze", "until", day(floor, 0))));
    refused(
        Refused.Reason.SNOOZE_TOO_FAR,
        () -> act(floor, collector, () -> work(lease.id(), "snooze", "until", day(floor, 91))));
    act(
        floor,
        collector,
        () -> work(lease.id(), "snooze", "until", day(floor, 2), "note", "call on Friday"));
    assertThat(floor.entry(lease.number()).state()).isEqualTo(Entry.State.SNOOZED);
    floor.daysPass(clock, 1);
    assertThat(floor.next(collector)).isEmpty();
    floor.daysPass(clock, 1);
    assertThat(floor.take(collector).number()).isEqualTo(lease.number());
    act(floor, collector, () -> work(floorLease(floor, lease), "snooze", "until", day(floor, 9)));
    act(floor, collector, () -> assignments.wake(lease.number()));
    assertThat(floor.take(collector).number()).isEqualTo(lease.number());
  }

  private UUID floorLease(CollectorsFloor floor, Lease lease) {
    return floor.entry(lease.number()).lease().id();
  }

  @Test
  void whatIsForOneCollectorIsTheirsAloneUntilTheyLeave() {
    CollectorsFloor floor = CollectorsFloor.open(server, 2);
    TestUsers.Person giver = floor.collector();
    TestUsers.Person taker = floor.collector();
    Lease lease = floor.take(giver);
    act(
        floor,
        giver,
        () -> work(lease.id(), "transfer", "to", taker.id().toString(), "note", "speaks Spanish"));
    assertThat(floor.take(giver).number()).isNotEqualTo(lease.number());
    assertThat(floor.next(floor.collector())).isEmpty();
    assertThat(floor.take(taker).number()).isEqualTo(lease.number());
    act(floor, taker, () -> leases.putBack(floorLease(floor, lease)));
    floor.books.run(
        () ->
            server
                .getBean(org.openrcm.identity.Memberships.class)
                .set(taker.id(), floor.practice(), Set.of()));
    floor.daysPass(clock, 1);
    assertThat(floor.take(floor.collector()).number()).isEqualTo(lease.number());
  }

  @Test
  void aSupervisorTakesAnAccountBackAndGivesItToSomebodyElse() {
    CollectorsFloor floor = CollectorsFloor.open(server, 1);
    TestUsers.Person holder = floor.collector();
    TestUsers.Person other = floor.collector();
    Lease lease = floor.take(holder);
    assertThat(floor.books.ask(() -> server.getBean(Entries.class).held()))
        .extracting(each -> each.lease().holderName())
        .containsExactly(holder.name());
    floor.books.run(() -> assignments.takeBack(lease.number()));
    refused(Refused.Reason.LEASE_RAN_OUT, () -> act(floor, holder, () -> work(lease.id(), "skip")));
    floor.books.run(
        () -> assignments.reassign(lease.number(), new Colleague(other.id(), other.name())));
    assertThat(floor.next(holder)).isEmpty();
    assertThat(floor.take(other).number()).isEqualTo(lease.number());
  }

  @Test
  void anAccountIsInTheFirstQueueThatItFitsAndTeamsWorkTheirOwn() {
    CollectorsFloor floor = CollectorsFloor.open(server, 3);
    TestUsers.Person ours = floor.collector();
    TestUsers.Person others = floor.collector();
    floor.pays(floor.account(1), "20");
    floor.books.run(() -> queues.saveTeam(0, "Spanish desk", Set.of(ours.id())));
    long team = floor.books.ask(() -> queues.teams().get(0).number());
    floor.books.run(
        () ->
            queues.save(
                new WorkQueue(0, 0, "Small", team, null, null, null, Money.of("10"), null)));
    floor.books.run(
        () -> queues.save(new WorkQueue(0, 0, "Old", null, 115, null, null, null, "en")));
    floor.settled();
    List<WorkQueue> all = floor.books.ask(queues::all);
    assertThat(all).extracting(WorkQueue::name).containsExactly("Small", "Old", "All others");
    assertThat(floor.entry(floor.account(1)).queue()).isEqualTo(all.get(0).number());
    assertThat(floor.entry(floor.account(2)).queue()).isEqualTo(all.get(1).number());
    Map<Long, Queues.Waiting> waiting = floor.books.ask(queues::waiting);
    assertThat(waiting.get(all.get(0).number()).money()).isEqualTo(Money.of("10"));
    assertThat(waiting.get(all.get(1).number()).count()).isEqualTo(2);
    assertThat(floor.books.ask(() -> queues.of(others.id())))
        .extracting(WorkQueue::name)
        .containsExactly("Old", "All others");
    List<Long> mine =
        floor.books.ask(() -> queues.of(ours.id())).stream().map(WorkQueue::number).toList();
    assertThat(floor.as(ours, () -> handingOut.next(mine)).orElseThrow().number())
        .isEqualTo(floor.account(1));
    refused(
        Refused.Reason.TEAM_HAS_QUEUES, () -> floor.books.run(() -> queues.removeTeam(team, true)));
    floor.books.run(() -> queues.raise(all.get(1).number()));
    floor.books.run(() -> queues.remove(all.get(0).number(), true));
    floor.settled();
    assertThat(floor.entry(floor.account(1)).queue()).isEqualTo(all.get(1).number());
  }

  @Test
  void whatIsNotedOnTheContactPageCountsInTheQueueAtOnce() {
    CollectorsFloor.moveTo(clock, CollectorsFloor.NOON);
    CollectorsFloor floor = CollectorsFloor.open(server, 2);
    long account = floor.account(1);
    TestSession collector = users.signedIn(floor.practice(), Role.COLLECTOR);
    String page = "/accounts/" + floor.id(account);
    assertThat(open(floor)).containsExactlyInAnyOrder(account, floor.account(2));

    sent(collector.post(page + "/notices", "kind", "cease"));
    floor.settled();
    assertThat(open(floor)).containsExactly(floor.account(2));
    sent(collector.post(page + "/notices/" + notice(floor) + "/lift"));
    floor.settled();
    assertThat(open(floor)).hasSize(2);

    // the number is that of both
    String[] refusal = {"kind", "refused-channel", "channel", "CALL", "address", "602 555 0142"};
    sent(collector.post(page + "/notices", refusal));
    floor.settled();
    assertThat(open(floor)).isEmpty();
    sent(collector.post(page + "/notices/" + notice(floor) + "/lift"));
    floor.settled();
    assertThat(open(floor)).hasSize(2);

    String[] talk = {"key", key(), "channel", "CALL", "direction", "OUT", "outcome", "SPOKE"};
    List<String> said = new ArrayList<>(List.of(talk));
    said.addAll(List.of("purpose", "COLLECT", "party", "PAYER"));
    said.addAll(List.of("at", floor.today().atStartOfDay().toString()));
    sent(collector.post(page + "/contacts", said.toArray(String[]::new)));
    floor.settled();
    assertThat(open(floor)).as("not for seven days").containsExactly(floor.account(2));
  }

  private static void sent(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
  }

  private static String notice(CollectorsFloor floor) {
    return floor.text("select id::text from contact_notice where lifted_at is null");
  }

  /** Whose patients may be called now, as the queue knows it. */
  private List<Long> open(CollectorsFloor floor) {
    return floor.books.ask(
        () ->
            sql.sql("select account_number from collection_entry where open and not stale")
                .query(Long.class)
                .list());
  }

  @Test
  void anEntryIsStaleInTheTransactionInWhichAContactIsNoted() {
    CollectorsFloor.moveTo(clock, CollectorsFloor.NOON);
    CollectorsFloor floor = CollectorsFloor.open(server, 2);
    List<Long> current =
        floor.books.ask(
            () -> {
              contacts.log(
                  floor.account(1),
                  Contacted.call(Direction.OUT, Outcome.SPOKE, clock.instant(), ""),
                  key());
              return open(floor);
            });
    assertThat(current).containsExactly(floor.account(2));
  }

  @Test
  void aMadeUpPracticeBeginsWithAccountsThatWereAskedOftenEnough() {
    CollectorsFloor floor = CollectorsFloor.unbilled(server, 3);
    for (int start = 0; start < 2; start++) {
      floor.books.run(server.getBean(EarlierBills.class)::send);
      floor.settled();
      assertThat(floor.count("select count(*) from statement")).isEqualTo(12);
    }
    for (int i = 1; i <= 3; i++) {
      Entry entry = floor.entry(floor.account(i));
      assertThat(entry.state()).isEqualTo(Entry.State.WAITING);
      assertThat(entry.owed()).isEqualTo(Money.of("30"));
    }
  }
}
