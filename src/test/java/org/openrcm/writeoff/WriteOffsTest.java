package org.openrcm.writeoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Flags;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Role;
import org.openrcm.money.Money;
import org.openrcm.payment.Desk;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is proposed, approved, refused and undone: by two people, to the cent, and once. */
@ServerTest
class WriteOffsTest {
  private static final int AT_ONCE = 8;

  @Autowired private ApplicationContext server;
  @Autowired private WriteOffs writeOffs;
  @Autowired private TestUsers users;
  @Autowired private JdbcClient sql;

  private Desk desk;
  private Actor collector;
  private Actor biller;
  private Actor manager;

  @BeforeEach
  void aDesk() {
    desk = Desk.open(server, "Write-offs");
    collector = somebody("Wren", Role.COLLECTOR);
    biller = somebody("Robin", Role.BILLER);
    manager = somebody("Jay", Role.MANAGER);
  }

  private Actor somebody(String name, Role role) {
    return TestUsers.actor(desk.practice(), name, role);
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  private WriteOffs.Proposal wish(Kind kind, Map<Long, Money> visits, String key) {
    return new WriteOffs.Proposal(desk.account(), kind, visits, "Moved away", key);
  }

  private WriteOff propose(Actor who, Kind kind, int visit, String amount) {
    return who.call(
        () -> writeOffs.propose(wish(kind, Map.of(desk.claim(visit), Money.of(amount)), key())));
  }

  private static void refused(Refused.Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private long on(String account) {
    return desk.count("journal_line where account = '" + account + "'") == 0
        ? 0
        : desk.in(
            () ->
                sql.sql("select sum(amount_cents)::bigint from journal_line where account = ?")
                    .param(account)
                    .query(Long.class)
                    .single());
  }

  @Test
  void oneProposesAnotherApprovesAndItIsOwedNoMore() {
    WriteOff one = propose(collector, Kind.BAD_DEBT, 0, "15");
    assertThat(one.state()).isEqualTo(WriteOff.State.PROPOSED);
    assertThat(desk.standing()).isEqualTo("15.00 20.00 credit 0.00");
    WriteOff done = biller.call(() -> writeOffs.approve(one.id()));
    assertThat(done.state()).isEqualTo(WriteOff.State.APPROVED);
    assertThat(desk.standing()).isEqualTo("20.00 credit 0.00");
    assertThat(on("BAD_DEBT")).isEqualTo(1500);
    assertThat(manager.call(() -> writeOffs.undo(one.id())).state())
        .isEqualTo(WriteOff.State.UNDONE);
    assertThat(manager.call(() -> writeOffs.undo(one.id())).state())
        .isEqualTo(WriteOff.State.UNDONE);
    assertThat(desk.standing()).isEqualTo("15.00 20.00 credit 0.00");
    assertThat(on("BAD_DEBT")).isZero();
    desk.isSound();
  }

  @Test
  void nobodyApprovesWhatTheyProposedNotEvenAManager() {
    WriteOff one = propose(manager, Kind.CHARITY, 0, "15");
    refused(Refused.Reason.SAME_PERSON, () -> manager.call(() -> writeOffs.approve(one.id())));
    // the same person in another session, with another name and other roles
    Actor again =
        TestUsers.actor(
            desk.practice(),
            new TestUsers.Person(manager.id(), "", "Jay at home"),
            Role.MANAGER,
            Role.BILLER);
    refused(Refused.Reason.SAME_PERSON, () -> again.call(() -> writeOffs.approve(one.id())));
    refused(
        Refused.Reason.NO_PERSON,
        () -> Actor.job("job", desk.practice()).call(() -> writeOffs.approve(one.id())));
    assertThat(desk.standing()).isEqualTo("15.00 20.00 credit 0.00");
  }

  @Test
  void limitsGoByRoleAndAmount() {
    desk.insurerLeaves(0, "300");
    WriteOff one = propose(collector, Kind.BAD_DEBT, 0, "315");
    refused(Refused.Reason.ABOVE_LIMIT, () -> biller.call(() -> writeOffs.approve(one.id())));
    refused(Refused.Reason.ABOVE_LIMIT, () -> biller.call(() -> writeOffs.refuse(one.id())));
    Actor poster = somebody("Finch", Role.POSTER);
    refused(Refused.Reason.ABOVE_LIMIT, () -> poster.call(() -> writeOffs.approve(one.id())));
    manager.call(() -> writeOffs.approve(one.id()));
    refused(Refused.Reason.ABOVE_LIMIT, () -> biller.call(() -> writeOffs.undo(one.id())));
    assertThat(desk.standing()).isEqualTo("20.00 credit 0.00");
  }

  @Test
  void aSmallBalanceIsAllThatIsOwedAndIsGivenUpAtOnce() {
    refused(Refused.Reason.NOT_SMALL, () -> propose(collector, Kind.SMALL_BALANCE, 0, "1"));
    desk.cash("30");
    refused(Refused.Reason.SMALL_IS_ALL, () -> propose(collector, Kind.SMALL_BALANCE, 1, "4.99"));
    assertThat(propose(collector, Kind.SMALL_BALANCE, 1, "5").state())
        .isEqualTo(WriteOff.State.APPROVED);
    assertThat(desk.standing()).isEqualTo("credit 0.00");
    assertThat(on("SMALL_BALANCE")).isEqualTo(500);
  }

  @Test
  void notMoreThanIsOwedNowAlsoWhenSomebodyPaidInBetween() {
    refused(Refused.Reason.MORE_THAN_OWED, () -> propose(collector, Kind.BAD_DEBT, 0, "15.01"));
    refused(Refused.Reason.NO_VISIT, () -> propose(collector, Kind.BAD_DEBT, 0, "0"));
    WriteOff one = propose(collector, Kind.BAD_DEBT, 0, "15");
    refused(Refused.Reason.WAITS_ALREADY, () -> propose(biller, Kind.CHARITY, 0, "1"));
    desk.cash("1");
    refused(Refused.Reason.MORE_THAN_OWED, () -> biller.call(() -> writeOffs.approve(one.id())));
    assertThat(collector.call(() -> writeOffs.refuse(one.id())).state())
        .isEqualTo(WriteOff.State.REFUSED);
    refused(Refused.Reason.DECIDED, () -> biller.call(() -> writeOffs.approve(one.id())));
    refused(Refused.Reason.NOT_APPROVED, () -> biller.call(() -> writeOffs.undo(one.id())));
    assertThat(desk.standing()).isEqualTo("14.00 20.00 credit 0.00");
  }

  @Test
  void sentAndApprovedEightTimesAtOnceThereIsOneEffect() throws Exception {
    String key = key();
    Map<Long, Money> visits = Map.of(desk.claim(0), Money.of("15"));
    List<UUID> ids =
        atOnce(
            () -> collector.call(() -> writeOffs.propose(wish(Kind.BAD_DEBT, visits, key))).id());
    assertThat(new HashSet<>(ids)).hasSize(1);
    refused(
        Refused.Reason.SENT_BEFORE,
        () -> collector.call(() -> writeOffs.propose(wish(Kind.CHARITY, visits, key))));
    List<WriteOff.State> states =
        atOnce(() -> biller.call(() -> writeOffs.approve(ids.get(0))).state());
    assertThat(states).containsOnly(WriteOff.State.APPROVED);
    assertThat(desk.count("journal_entry where source = 'WRITE_OFF'")).isEqualTo(1);
    assertThat(collector.call(() -> writeOffs.propose(wish(Kind.BAD_DEBT, visits, key))).id())
        .isEqualTo(ids.get(0));
    atOnce(() -> manager.call(() -> writeOffs.undo(ids.get(0))).state());
    assertThat(desk.count("journal_entry where source = 'WRITE_OFF'")).isEqualTo(2);
    assertThat(desk.standing()).isEqualTo("15.00 20.00 credit 0.00");
  }

  private static <T> List<T> atOnce(Callable<T> work) throws Exception {
    ExecutorService people = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<T>> all = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        all.add(work);
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> each : people.invokeAll(all)) {
        answers.add(each.get());
      }
      return answers;
    } finally {
      people.shutdown();
    }
  }

  @Test
  void whatAPatientPaidBeforeHelpWasGrantedIsNamedForTheRefundDesk() {
    desk.cash("4.99");
    WriteOff little = propose(collector, Kind.CHARITY, 0, "10.01");
    assertThat(biller.call(() -> writeOffs.approve(little.id())).refund()).isEqualTo(Money.ZERO);
    desk.cash("5");
    WriteOff more = propose(collector, Kind.CHARITY, 1, "15");
    assertThat(biller.call(() -> writeOffs.approve(more.id())).refund()).isEqualTo(Money.of("5"));
    desk.insurerLeaves(1, "7");
    desk.cash("6");
    WriteOff debt = propose(collector, Kind.BAD_DEBT, 1, "1");
    assertThat(biller.call(() -> writeOffs.approve(debt.id())).refund()).isEqualTo(Money.ZERO);
  }

  @Test
  void paymentsGoToNoDisputedVisitUnlessThePayerNamesIt() {
    desk.in(
        () ->
            server
                .getBean(Flags.class)
                .raise(desk.account(), desk.claim(0), FlagKind.DISPUTE, null, "Was never there"));
    desk.cash("10");
    assertThat(desk.standing()).isEqualTo("15.00 10.00 credit 0.00");
    desk.cash("100");
    assertThat(desk.standing()).isEqualTo("15.00 credit 90.00");
  }

  @Test
  void whatAnInsurerPaysAfterAllIsNotGivenUp() {
    WriteOff one = propose(collector, Kind.BAD_DEBT, 0, "15");
    biller.call(() -> writeOffs.approve(one.id()));
    desk.insurerLeaves(0, "-10");
    assertThat(on("BAD_DEBT")).isEqualTo(500);
    TestSession robin = users.signedIn(desk.practice(), Role.BILLER);
    for (String page :
        List.of("/write-offs?show=decided", "/accounts/" + desk.id() + "/write-offs")) {
      assertThat(robin.get(page).body()).contains("now 5.00");
    }
    assertThat(robin.get("/write-offs.csv?show=decided").body())
        .contains("Bad debt,15.00,1,")
        .contains(",0.00,5.00");
    assertThat(desk.standing()).as("nothing is owed to the patient").isEqualTo("20.00 credit 0.00");
    desk.insurerLeaves(0, "-5");
    assertThat(on("BAD_DEBT")).isZero();
    WriteOff other = propose(collector, Kind.CHARITY, 1, "20");
    biller.call(() -> writeOffs.approve(other.id()));
    desk.insurerLeaves(1, "-20");
    manager.call(() -> writeOffs.undo(other.id()));
    desk.insurerLeaves(1, "20");
    assertThat(on("CHARITY")).as("undone while there is nothing of it").isZero();
    desk.insurerLeaves(0, "13");
    assertThat(on("BAD_DEBT")).as("the insurer takes most of it back").isEqualTo(1300);
    desk.insurerLeaves(0, "8");
    assertThat(on("BAD_DEBT")).as("no more than was approved").isEqualTo(1500);
    assertThat(desk.standing()).isEqualTo("6.00 20.00 credit 0.00");
    manager.call(() -> writeOffs.undo(one.id()));
    assertThat(desk.standing()).isEqualTo("21.00 20.00 credit 0.00");
    desk.isSound();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverIsDoneTheBooksBalanceAndUndoingAllOfItIsNothing(long seed) {
    Random random = new Random(seed);
    List<WriteOff> done = new ArrayList<>();
    Map<Long, Money> before = owed();
    long inAll = 3500;
    for (int step = 0; step < 40; step++) {
      try {
        if (random.nextInt(3) == 0) {
          int claim = random.nextInt(2);
          Money now = owed().getOrDefault(desk.claim(claim), Money.ZERO);
          // never more than all that is owed and given up: the rest would be the patient's credit
          long all = now.cents() + given(desk.claim(claim));
          long less = random.nextInt(3) == 0 ? all : Math.min(all, 1 + random.nextInt(1_500));
          long cents = random.nextBoolean() && all > 0 ? -less : 1 + random.nextInt(700);
          desk.insurerLeaves(claim, Money.ofCents(cents).toString());
          before.merge(desk.claim(claim), Money.ofCents(cents), Money::plus);
          inAll += cents;
        } else if (random.nextInt(3) > 0 || done.isEmpty()) {
          Kind kind = random.nextBoolean() ? Kind.CHARITY : Kind.BAD_DEBT;
          WriteOff one =
              propose(
                  collector,
                  kind,
                  random.nextInt(2),
                  Money.ofCents(1 + random.nextInt(900)).toString());
          done.add(one);
          biller.call(
              () ->
                  random.nextInt(4) == 0
                      ? writeOffs.refuse(one.id())
                      : writeOffs.approve(one.id()));
        } else {
          UUID some = done.get(random.nextInt(done.size())).id();
          biller.call(() -> writeOffs.undo(some));
        }
      } catch (Refused e) {
        // a refusal changes nothing, which the sums below would show
      }
      desk.isSound();
      assertThat(on("CHARITY") + on("BAD_DEBT") + on("PATIENT_RECEIVABLE")).isEqualTo(inAll);
      owed().values().forEach(cents -> assertThat(cents.isNegative()).isFalse());
    }
    assertThat(done).isNotEmpty();
    for (WriteOff one : done) {
      try {
        manager.call(() -> writeOffs.undo(one.id()));
      } catch (Refused e) {
        assertThat(e.reason()).isEqualTo(Refused.Reason.NOT_APPROVED);
      }
    }
    before.values().removeIf(Money::isZero);
    assertThat(owed()).isEqualTo(before);
    assertThat(on("CHARITY") + on("BAD_DEBT")).isZero();
  }

  /** What is given up of a claim, in cents. */
  private long given(long claim) {
    return desk.in(
        () ->
            sql.sql(
                    """
                    select coalesce(sum(amount_cents), 0)::bigint from journal_line
                    where claim_number = ? and account in ('CHARITY', 'BAD_DEBT')
                    """)
                .param(claim)
                .query(Long.class)
                .single());
  }

  private Map<Long, Money> owed() {
    Map<Long, Money> owed = new HashMap<>();
    desk.owed().visits().forEach(visit -> owed.put(visit.claim(), visit.owed()));
    return owed;
  }

  @Test
  void thePagesShowWhatItDoesAndWhoHasToDecide() {
    TestSession wren = users.signedIn(desk.practice(), Role.COLLECTOR);
    TestSession robin = users.signedIn(desk.practice(), Role.BILLER);
    String at = "/accounts/" + desk.id() + "/write-offs";
    assertThat(wren.get(at).body()).contains("Give money up").contains("See what it does");
    String visit = Long.toString(desk.claim(0));
    String key = key();
    assertThat(wren.post(at, "key", key, "kind", "bad_debt", "visit", visit, "note", "").body())
        .contains("Say why");
    String preview =
        wren.post(at, "key", key, "kind", "bad_debt", "visit", visit, "note", "Moved away").body();
    assertThat(preview).contains("what it does").contains("value=\"" + visit + ":1500\"");
    assertThat(desk.count("write_off")).isZero();
    String part = visit + ":1500";
    for (int i = 0; i < 2; i++) {
      wren.post(
          at,
          "key",
          key,
          "kind",
          "bad_debt",
          "visit",
          visit,
          "part",
          part,
          "note",
          "Moved away",
          "step",
          "send");
    }
    assertThat(desk.count("write_off")).isEqualTo(1);
    assertThat(wren.get("/write-offs").body())
        .contains("another person has to")
        .doesNotContain("/approve");
    String list = robin.get("/write-offs").body();
    String id = list.replaceAll("(?s).*/write-offs/([0-9a-f-]{36})/approve.*", "$1");
    assertThat(wren.post("/write-offs/" + id + "/approve").statusCode()).isEqualTo(403);
    assertThat(desk.standing()).isEqualTo("15.00 20.00 credit 0.00");
    robin.post("/write-offs/" + id + "/approve");
    assertThat(desk.standing()).isEqualTo("20.00 credit 0.00");
    assertThat(robin.get("/write-offs?show=decided").body()).contains("Approved");
    assertThat(robin.get("/write-offs.csv?show=decided").body())
        .contains("Bad debt,15.00,1,")
        .contains(",0.00,15.00");
    robin.post("/write-offs/" + id + "/undo");
    assertThat(desk.standing()).isEqualTo("15.00 20.00 credit 0.00");
  }
}
