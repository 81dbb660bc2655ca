package org.openrcm.collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
import org.openrcm.payment.Plans;
import org.openrcm.statement.EarlierBills;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is in the queue, who is next, and what becomes of an account that somebody holds. */
@ServerTest
@Import(MovableClock.InServer.class)
class QueueTest {
  private static final List<Long> REST = List.of(WorkQueue.REST.number());

  @Autowired private ApplicationContext server;
  @Autowired private MovableClock clock;
  @Autowired private HandingOut handingOut;
  @Autowired private Leases leases;
  @Autowired private Assignments assignments;
  @Autowired private Working working;
  @Autowired private Promises promises;
  @Autowired private Plans plans;
  @Autowired private Queues queues;
  @Autowired private CollectionJobs jobs;
  @Autowired private Flags flags;
  @Autowired private Contacts contacts;
  @Autowired private JdbcClient sql;
  @Autowired private TestUsers users;

  private static void refused(Refused.Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private Optional<Lease> next(CollectorsFloor floor, TestUsers.Person collector) {
    return floor.as(collector, () -> handingOut.next(REST));
  }

  private Lease take(CollectorsFloor floor, TestUsers.Person collector) {
    return next(floor, collector).orElseThrow();
  }

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

  private static String day(CollectorsFloor floor, int later) {
    return floor.today().plusDays(later).toString();
  }

  private void daysPass(CollectorsFloor floor, int days) {
    clock.move(Duration.ofDays(days));
    floor.books.run(jobs::lookAfter);
    floor.settled();
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
    daysPass(floor, 9);
    entry = floor.entry(account);
    assertThat(entry.state()).isEqualTo(Entry.State.WAITING);
    assertThat(entry.owed()).isEqualTo(Money.of("30"));
    assertThat(entry.askedOn()).isEqualTo(floor.today().minusDays(112));
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
    assertThat(next(floor, floor.collector())).isEmpty();
    for (Flag flag : floor.books.ask(() -> flags.of(List.of(account))).get(account)) {
      floor.books.ask(() -> flags.lower(account, flag.id()));
    }
    floor.settled();
    assertThat(floor.entry(account).state()).isEqualTo(Entry.State.WAITING);
  }

  @Test
  void whatIsPaidOrPromisedOrPlannedIsNotAskedForAndWhatIsBrokenComesBackFirst() {
    CollectorsFloor floor = CollectorsFloor.open(server, 4);
    TestUsers.Person collector = floor.collector();
    long paid = floor.account(1);
    long promised = floor.account(2);
    long planned = floor.account(3);
    floor.pays(paid, "30");
    LocalDate friday = floor.today().plusDays(3);
    promise(floor, promised, "20", friday);
    floor.as(
        collector, () -> plans.make(planned, Money.of("30"), 2, floor.today().plusDays(2), key()));
    floor.settled();
    assertThat(floor.reasons(paid)).contains(Eligibility.ONLY_AFTER_FULL_STATEMENT_CYCLE);
    assertThat(floor.entry(promised).reasons())
        .containsExactly(new Reason(Eligibility.NEVER_BEFORE_A_PROMISE_IS_DUE, friday.plusDays(1)));
    assertThat(floor.reasons(planned)).containsExactly(Eligibility.NEVER_WHILE_A_PLAN_IS_KEPT);
    assertThat(take(floor, collector).number()).isEqualTo(floor.account(4));
    daysPass(floor, 3);
    // the plan is behind since yesterday; the promise can be kept until tonight
    assertThat(floor.reasons(promised)).isNotEmpty();
    Entry behind = floor.entry(planned);
    assertThat(behind.state()).isEqualTo(Entry.State.WAITING);
    assertThat(behind.score().first()).isTrue();
    assertThat(take(floor, collector).number()).isEqualTo(planned);
    daysPass(floor, 1);
    assertThat(floor.entry(promised).score().first()).isTrue();
    assertThat(floor.entry(promised).score().parts())
        .extracting(Score.Part::words)
        .contains("a promise to pay was not kept");
  }

  private Promise promise(CollectorsFloor floor, long account, String amount, LocalDate day) {
    return floor.as(floor.collector(), () -> promises.make(account, Money.of(amount), day, key()));
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  @Test
  void aPromiseIsKeptByWhatIsPaidUntilItsDayAndByNothingElse() {
    CollectorsFloor floor = CollectorsFloor.open(server, 3);
    LocalDate day = floor.today().plusDays(2);
    floor.pays(floor.account(1), "10");
    for (int i = 1; i <= 3; i++) {
      promise(floor, floor.account(i), "15", day);
    }
    floor.pays(floor.account(1), "14.99");
    floor.pays(floor.account(2), "15");
    assertThat(states(floor, 1)).containsExactly(Promise.State.OPEN);
    assertThat(states(floor, 2)).containsExactly(Promise.State.KEPT);
    clock.move(Duration.ofDays(3));
    floor.pays(floor.account(1), "0.01");
    floor.pays(floor.account(3), "30");
    assertThat(states(floor, 1)).containsExactly(Promise.State.BROKEN);
    assertThat(states(floor, 2)).containsExactly(Promise.State.KEPT);
    assertThat(states(floor, 3)).containsExactly(Promise.State.BROKEN);
  }

  private List<Promise.State> states(CollectorsFloor floor, int patient) {
    long account = floor.account(patient);
    return floor
        .books
        .ask(() -> promises.of(List.of(account)))
        .getOrDefault(account, List.of())
        .stream()
        .map(Promise::state)
        .toList();
  }

  @Test
  void aPromiseInThePastTooFarOffOrForMoreThanIsOwedIsRefused() {
    CollectorsFloor floor = CollectorsFloor.open(server, 1);
    long account = floor.account(1);
    LocalDate today = floor.today();
    refused(
        Refused.Reason.PROMISE_IN_THE_PAST, () -> promise(floor, account, "5", today.minusDays(1)));
    refused(Refused.Reason.PROMISE_TOO_FAR, () -> promise(floor, account, "5", today.plusDays(61)));
    refused(Refused.Reason.PROMISE_ABOVE_OWED, () -> promise(floor, account, "30.01", today));
    refused(Refused.Reason.NOT_ABOVE_ZERO, () -> promise(floor, account, "0", today));
    refused(Refused.Reason.NOT_ABOVE_ZERO, () -> promise(floor, account, "-5", today));
    assertThat(states(floor, 1)).isEmpty();
    String key = key();
    Promise once =
        floor.as(floor.collector(), () -> promises.make(account, Money.of("30"), today, key));
    Promise again =
        floor.as(floor.collector(), () -> promises.make(account, Money.of("30"), today, key));
    assertThat(again).isEqualTo(once);
    refused(
        Refused.Reason.SENT_BEFORE,
        () ->
            floor.as(floor.collector(), () -> promises.make(account, Money.of("29"), today, key)));
    promise(floor, account, "10", today.plusDays(60));
    assertThat(states(floor, 1)).containsExactly(Promise.State.OPEN, Promise.State.WITHDRAWN);
  }

  @Test
  void whoOwesMoreComesFirstAndNobodyGetsWhatAnotherHolds() {
    CollectorsFloor floor = CollectorsFloor.open(server, 4);
    floor.pays(floor.account(2), "20");
    floor.settled();
    List<Long> given = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      given.add(take(floor, floor.collector()).number());
    }
    assertThat(given).doesNotHaveDuplicates().hasSize(4);
    assertThat(given.get(3)).as("owes the least").isEqualTo(floor.account(2));
    assertThat(next(floor, floor.collector())).isEmpty();
    assertThat(floor.count("select count(*) from collection_entry where state = 'HELD'"))
        .isEqualTo(4);
  }

  @Test
  void aCollectorHoldsOneAccountHoweverOftenTheyAsk() {
    CollectorsFloor floor = CollectorsFloor.open(server, 2);
    TestUsers.Person collector = floor.collector();
    Lease first = take(floor, collector);
    assertThat(take(floor, collector).id()).isEqualTo(first.id());
    act(floor, collector, () -> leases.putBack(first.id()));
    assertThat(take(floor, collector).number()).isEqualTo(first.number());
  }

  @Test
  void aLeaseThatRanOutComesBackAndIsWorthNothing() {
    CollectorsFloor floor = CollectorsFloor.open(server, 1);
    TestUsers.Person gone = floor.collector();
    TestUsers.Person there = floor.collector();
    Lease lost = take(floor, gone);
    clock.move(Duration.ofMinutes(9));
    assertThat(floor.as(gone, () -> leases.renew(lost.id()))).isPresent();
    clock.move(Duration.ofMinutes(9));
    assertThat(next(floor, there)).isEmpty();
    clock.move(Duration.ofMinutes(2));
    Lease found = take(floor, there);
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
      Lease lease = take(floor, collector);
      seen.add(lease.number());
      act(floor, collector, () -> work(lease.id(), "skip"));
    }
    assertThat(seen.subList(0, 3)).doesNotHaveDuplicates();
    assertThat(seen.get(3)).as("the first that was skipped").isEqualTo(seen.get(0));
    assertThat(take(floor, floor.collector()).number()).isEqualTo(seen.get(0));
    daysPass(floor, 1);
    assertThat(take(floor, collector).number()).isEqualTo(seen.get(0));
  }

  @Test
  void whatIsLaidAsideRestsUntilItsDay() {
    CollectorsFloor floor = CollectorsFloor.open(server, 1);
    TestUsers.Person collector = floor.collector();
    Lease lease = take(floor, collector);
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
    daysPass(floor, 1);
    assertThat(next(floor, collector)).isEmpty();
    daysPass(floor, 1);
    assertThat(take(floor, collector).number()).isEqualTo(lease.number());
    act(floor, collector, () -> work(floorLease(floor, lease), "snooze", "until", day(floor, 9)));
    act(floor, collector, () -> assignments.wake(lease.number()));
    assertThat(take(floor, collector).number()).isEqualTo(lease.number());
  }

  private UUID floorLease(CollectorsFloor floor, Lease lease) {
    return floor.entry(lease.number()).lease().id();
  }

  @Test
  void whatIsForOneCollectorIsTheirsAloneUntilTheyLeave() {
    CollectorsFloor floor = CollectorsFloor.open(server, 2);
    TestUsers.Person giver = floor.collector();
    TestUsers.Person taker = floor.collector();
    Lease lease = take(floor, giver);
    act(
        floor,
        giver,
        () -> work(lease.id(), "transfer", "to", taker.id().toString(), "note", "speaks Spanish"));
    assertThat(take(floor, giver).number()).isNotEqualTo(lease.number());
    assertThat(next(floor, floor.collector())).isEmpty();
    assertThat(take(floor, taker).number()).isEqualTo(lease.number());
    act(floor, taker, () -> leases.putBack(floorLease(floor, lease)));
    floor.books.run(
        () ->
            server
                .getBean(org.openrcm.identity.Memberships.class)
                .set(taker.id(), floor.practice(), Set.of()));
    daysPass(floor, 1);
    assertThat(take(floor, floor.collector()).number()).isEqualTo(lease.number());
  }

  @Test
  void aSupervisorTakesAnAccountBackAndGivesItToSomebodyElse() {
    CollectorsFloor floor = CollectorsFloor.open(server, 1);
    TestUsers.Person holder = floor.collector();
    TestUsers.Person other = floor.collector();
    Lease lease = take(floor, holder);
    assertThat(floor.books.ask(() -> server.getBean(Entries.class).held()))
        .extracting(each -> each.lease().holderName())
        .containsExactly(holder.name());
    floor.books.run(() -> assignments.takeBack(lease.number()));
    refused(Refused.Reason.LEASE_RAN_OUT, () -> act(floor, holder, () -> work(lease.id(), "skip")));
    floor.books.run(
        () -> assignments.reassign(lease.number(), new Colleague(other.id(), other.name())));
    assertThat(next(floor, holder)).isEmpty();
    assertThat(take(floor, other).number()).isEqualTo(lease.number());
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
