package org.openrcm.collections;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openrcm.MovableClock;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.account.Flag;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Flags;
import org.openrcm.identity.Role;
import org.openrcm.letter.LetterFiles;
import org.openrcm.money.Money;
import org.openrcm.payment.Plan;
import org.openrcm.payment.Plans;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Letters wait by themselves when they become necessary, and not when they are not any more. */
@ServerTest
@Import(MovableClock.InServer.class)
class FollowUpTest {
  @Autowired private ApplicationContext server;
  @Autowired private MovableClock clock;
  @Autowired private Promises promises;
  @Autowired private Plans plans;
  @Autowired private CollectionJobs jobs;
  @Autowired private Flags flags;
  @Autowired private LetterFiles files;
  @Autowired private Timelines timelines;
  @Autowired private TestUsers users;
  @Autowired private JdbcClient sql;

  private void daysPass(CollectorsFloor floor, int days) {
    clock.move(Duration.ofDays(days));
    floor.books.run(jobs::lookAfter);
    floor.settled();
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  private Promise promise(CollectorsFloor floor, long account, String amount, int days) {
    return floor.as(
        floor.collector(),
        () -> promises.make(account, Money.of(amount), floor.today().plusDays(days), key()));
  }

  private Plan plan(CollectorsFloor floor, long account, int days) {
    return floor.as(
        floor.collector(),
        () -> plans.make(account, Money.of("30"), 2, floor.today().plusDays(days), key()));
  }

  /** The letters that an account ever had, in their order, each with what became of it. */
  private List<String> letters(CollectorsFloor floor, long account) {
    return floor.books.ask(
        () ->
            sql.sql(
                    """
                    select stage || case when withdrawn_at is not null then ' withdrawn'
                      when exists (select from letter_sent s where s.letter_number = l.number)
                      then ' printed' else ' waits' end
                    from letter l where account_number = ? order by number
                    """)
                .param(account)
                .query(String.class)
                .list());
  }

  private void print(CollectorsFloor floor) {
    floor.books.run(files::print);
    floor.settled();
  }

  private List<String> told(CollectorsFloor floor, long account) {
    return floor.books.ask(() -> timelines.of(account)).stream()
        .filter(each -> each.what().startsWith("Letter w"))
        .map(each -> each.what() + ": " + each.words() + ", by " + each.by())
        .toList();
  }

  @Test
  void whoComesIntoTheQueueIsWrittenToOnceForTheDebt() {
    CollectorsFloor floor = CollectorsFloor.unbilled(server, 2);
    floor.areAt("6025550142", "AZ", "85004");
    long account = floor.account(1);
    for (int days : new int[] {103, 73, 43, 13}) {
      floor.bills.send(account, floor.today().minusDays(days));
    }
    floor.settled();
    assertThat(letters(floor, account)).as("the last may still be paid").isEmpty();
    daysPass(floor, 9);
    assertThat(letters(floor, account)).containsExactly("IN_COLLECTIONS waits");
    assertThat(letters(floor, floor.account(2))).as("was never billed").isEmpty();
    assertThat(told(floor, account)).containsExactly("Letter wanted: Went to collections, by null");
    assertThat(
            floor.count(
                """
                select count(*) from audit_event where action = 'ADD' and subject_type = 'Letter'
                  and actor_kind = 'JOB' and actor_name = 'WORK_OUT_QUEUE' and patient_id in (
                    select patient_id from account_claim where account_number = %d)
                """
                    .formatted(account)))
        .isEqualTo(1);
    print(floor);
    daysPass(floor, 1);
    floor.pays(account, "10");
    floor.flag(account, FlagKind.HOLD);
    floor.settled();
    lowerAll(floor, account);
    assertThat(letters(floor, account)).containsExactly("IN_COLLECTIONS printed");
  }

  private void lowerAll(CollectorsFloor floor, long account) {
    for (Flag flag : floor.books.ask(() -> flags.of(List.of(account))).get(account)) {
      floor.books.ask(() -> flags.lower(account, flag.id()));
    }
    floor.settled();
  }

  @Test
  void aPromiseThatIsNotKeptIsALetterTheDayAfter() {
    CollectorsFloor floor = CollectorsFloor.open(server, 3);
    long broken = floor.account(1);
    long kept = floor.account(2);
    print(floor);
    promise(floor, broken, "20", 2);
    promise(floor, kept, "20", 2);
    floor.pays(kept, "20");
    daysPass(floor, 2);
    assertThat(letters(floor, broken)).containsExactly("IN_COLLECTIONS printed");
    daysPass(floor, 1);
    daysPass(floor, 1);
    assertThat(letters(floor, broken))
        .containsExactly("IN_COLLECTIONS printed", "PROMISE_BROKEN waits");
    assertThat(letters(floor, kept)).containsExactly("IN_COLLECTIONS printed");
    assertThat(letters(floor, floor.account(3))).containsExactly("IN_COLLECTIONS printed");
    promise(floor, broken, "20", 1);
    floor.settled();
    assertThat(letters(floor, broken))
        .containsExactly("IN_COLLECTIONS printed", "PROMISE_BROKEN withdrawn");
    daysPass(floor, 2);
    assertThat(letters(floor, broken))
        .as("another promise")
        .containsExactly(
            "IN_COLLECTIONS printed", "PROMISE_BROKEN withdrawn", "PROMISE_BROKEN waits");
    floor.pays(broken, "20");
    floor.settled();
    assertThat(letters(floor, broken).get(2))
        .as("late, but it came")
        .isEqualTo("PROMISE_BROKEN withdrawn");
    assertThat(told(floor, broken))
        .containsExactly(
            "Letter withdrawn: Promise not kept, by null",
            "Letter wanted: Promise not kept, by null",
            "Letter withdrawn: Promise not kept, by null",
            "Letter wanted: Promise not kept, by null",
            "Letter wanted: Went to collections, by null");
  }

  @Test
  void anInstalmentThatIsMissedIsALetterAfterItsGrace() {
    CollectorsFloor floor = CollectorsFloor.open(server, 2);
    long behind = floor.account(1);
    long kept = floor.account(2);
    print(floor);
    plan(floor, behind, 2);
    plan(floor, kept, 2);
    floor.pays(kept, "15");
    daysPass(floor, 2 + 5);
    assertThat(letters(floor, behind)).containsExactly("IN_COLLECTIONS printed");
    daysPass(floor, 1);
    daysPass(floor, 1);
    assertThat(letters(floor, behind))
        .containsExactly("IN_COLLECTIONS printed", "INSTALMENT_MISSED waits");
    assertThat(letters(floor, kept)).containsExactly("IN_COLLECTIONS printed");
    print(floor);
    daysPass(floor, 31);
    assertThat(letters(floor, behind))
        .as("the next part")
        .containsExactly(
            "IN_COLLECTIONS printed", "INSTALMENT_MISSED printed", "INSTALMENT_MISSED waits");
    floor.pays(behind, "30");
    floor.settled();
    assertThat(letters(floor, behind).get(2)).isEqualTo("INSTALMENT_MISSED withdrawn");
  }

  @Test
  void whatAFlagKeepsOutOfTheQueueIsNotWrittenTo() {
    CollectorsFloor floor = CollectorsFloor.open(server, 3);
    long promised = floor.account(1);
    long planned = floor.account(2);
    print(floor);
    promise(floor, promised, "20", 2);
    plan(floor, planned, 2);
    floor.flag(promised, FlagKind.DISPUTE);
    floor.flag(planned, FlagKind.HOLD);
    daysPass(floor, 8);
    assertThat(letters(floor, promised)).containsExactly("IN_COLLECTIONS printed");
    assertThat(letters(floor, planned)).containsExactly("IN_COLLECTIONS printed");
    lowerAll(floor, promised);
    lowerAll(floor, planned);
    assertThat(letters(floor, promised))
        .containsExactly("IN_COLLECTIONS printed", "PROMISE_BROKEN waits");
    assertThat(letters(floor, planned))
        .containsExactly("IN_COLLECTIONS printed", "INSTALMENT_MISSED waits");
    floor.flag(promised, FlagKind.DISPUTE);
    floor.settled();
    print(floor);
    assertThat(letters(floor, promised))
        .as("withheld by the firewall, which says why")
        .containsExactly("IN_COLLECTIONS printed", "PROMISE_BROKEN waits");
    assertThat(letters(floor, planned).get(1)).isEqualTo("INSTALMENT_MISSED printed");
  }

  @Test
  void whatIsPaidJustBeforeThePrintingIsNotPrinted() {
    CollectorsFloor floor = CollectorsFloor.open(server, 2);
    long paid = floor.account(1);
    long promised = floor.account(2);
    // the printing may come before the job that each of these leaves
    floor.pays(paid, "30");
    promise(floor, promised, "20", 2);
    floor.books.run(files::print);
    // forbidden when nothing is owed: withdrawn by the job alone
    assertThat(letters(floor, paid)).doesNotContain("IN_COLLECTIONS printed");
    assertThat(letters(floor, promised)).containsExactly("IN_COLLECTIONS withdrawn");
    floor.settled();
    assertThat(letters(floor, paid)).containsExactly("IN_COLLECTIONS withdrawn");
    TestSession manager = users.signedIn(floor.practice(), Role.MANAGER);
    assertThat(manager.get("/letters").body())
        .contains("By itself: its reason went away", "No letter waits");
    LocalDate last = floor.today().plusDays(3);
    daysPass(floor, 3);
    assertThat(floor.today()).isEqualTo(last);
    assertThat(letters(floor, promised))
        .containsExactly("IN_COLLECTIONS withdrawn", "PROMISE_BROKEN waits");
  }

  @Test
  void whatAPersonWithdrewStaysWithdrawnAndWhatWentByItselfComesBack() {
    CollectorsFloor floor = CollectorsFloor.open(server, 2);
    long person = floor.account(1);
    long itself = floor.account(2);
    UUID id =
        floor.books.ask(
            () ->
                sql.sql("select id from letter where account_number = ?")
                    .param(person)
                    .query(UUID.class)
                    .single());
    TestSession manager = users.signedIn(floor.practice(), Role.MANAGER);
    manager.post("/letters/" + id + "/withdraw");
    Plan plan = plan(floor, itself, 20);
    floor.settled();
    assertThat(letters(floor, itself)).containsExactly("IN_COLLECTIONS withdrawn");
    floor.as(floor.collector(), () -> plans.cancel(plan.id()));
    daysPass(floor, 1);
    assertThat(letters(floor, itself)).containsExactly("IN_COLLECTIONS waits");
    assertThat(letters(floor, person)).containsExactly("IN_COLLECTIONS withdrawn");
  }

  @Test
  void twoPracticesFollowUpTheirOwnAlone() {
    CollectorsFloor ours = CollectorsFloor.open(server, 1);
    CollectorsFloor theirs = CollectorsFloor.open(server, 2);
    String waiting = "select count(*) from letter where withdrawn_at is null";
    assertThat(ours.count(waiting)).isEqualTo(1);
    assertThat(theirs.count(waiting)).isEqualTo(2);
    theirs.pays(theirs.account(1), "30");
    theirs.settled();
    assertThat(ours.count(waiting)).isEqualTo(1);
    assertThat(theirs.count(waiting)).isEqualTo(1);
    TestSession us = users.signedIn(ours.practice(), Role.MANAGER);
    String page = us.get("/letters").body();
    assertThat(page).contains("/accounts/" + ours.id(ours.account(1)));
    for (int i = 1; i <= 2; i++) {
      assertThat(page).doesNotContain(theirs.id(theirs.account(i)).toString());
    }
  }
}
