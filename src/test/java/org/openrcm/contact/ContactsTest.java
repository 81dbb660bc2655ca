package org.openrcm.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.MovableClock;
import org.openrcm.ServerTest;
import org.openrcm.account.Flag;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Flags;
import org.openrcm.account.Preferences;
import org.openrcm.payment.Desk;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The firewall with all that it gathers and keeps, and the log. */
@ServerTest
@Import(MovableClock.InServer.class)
class ContactsTest {
  private static final String PHONE = "8025550142";

  @Autowired private ApplicationContext server;
  @Autowired private JdbcClient sql;
  @Autowired private Contacts contacts;
  @Autowired private Notices notices;
  @Autowired private ValidationClocks clocks;
  @Autowired private DecisionRows rows;
  @Autowired private Gathering gathering;
  @Autowired private Flags flags;
  @Autowired private Preferences.Desk preferences;
  @Autowired private MovableClock clock;
  private Desk desk;

  @BeforeEach
  void aMondayAfternoonInVermont() {
    desk = Desk.open(server, "Larkmoor Family Practice");
    desk.in(
        () ->
            sql.sql(
                    "update account set phone = '802-555-0142', email = 'tansy@gmail.com' where number = ?")
                .param(desk.account())
                .update());
    LocalDate monday = LocalDate.now(clock).with(TemporalAdjusters.next(DayOfWeek.MONDAY));
    clock.move(
        Duration.between(
            clock.instant(),
            monday.atTime(LocalTime.of(15, 0)).atZone(Situation.NEW_YORK).toInstant()));
  }

  private Decision decide(Channel channel, Purpose purpose) {
    return desk.in(() -> contacts.decide(desk.account(), channel, purpose));
  }

  private Contact log(Contacted what) {
    return log(what, UUID.randomUUID().toString());
  }

  private Contact log(Contacted what, String key) {
    return desk.in(() -> contacts.log(desk.account(), what, key));
  }

  private Contacted call(Outcome outcome) {
    return Contacted.call(Direction.OUT, outcome, clock.instant(), "");
  }

  private static List<String> rules(Decision decision) {
    return decision.forbids().stream().map(Ruling::rule).toList();
  }

  @Test
  void aDecisionForEachChannelIsStoredWithItsRules() {
    Map<Channel, Decision> decided = desk.in(() -> contacts.decide(desk.account()));
    assertThat(decided.keySet()).containsExactly(Channel.values());
    Decision call = decided.get(Channel.CALL);
    assertThat(call.allowed()).isTrue();
    assertThat(call.to()).isEqualTo(PHONE);
    assertThat(call.zones()).containsExactly(Situation.NEW_YORK);
    assertThat(call.when()).isEqualTo("Yes, until 9:00 PM (New York)");
    assertThat(call.visits()).containsExactly(desk.claim(0), desk.claim(1));
    assertThat(rules(decided.get(Channel.TEXT))).containsExactlyInAnyOrder("C11", "C29");
    assertThat(decided.get(Channel.EMAIL).allowed()).isTrue();
    assertThat(decided.get(Channel.MAIL).allowed()).isTrue();
    assertThat(desk.count("contact_decision")).isEqualTo(5);
    assertThat(desk.count("contact_facts")).isEqualTo(1);
  }

  @Test
  void aStoredDecisionIsMadeAgainFromWhatIsStored() {
    log(call(Outcome.SPOKE));
    Decision made = decide(Channel.CALL, Purpose.COLLECT);
    clock.move(Duration.ofDays(30));
    DecisionRows.Stored stored = desk.in(() -> rows.find(desk.account(), made.id()).orElseThrow());
    assertThat(stored.decision()).isEqualTo(made);
    assertThat(stored.sameRules()).isTrue();
    Verdict again = stored.again();
    assertThat(again.allowed()).isEqualTo(made.allowed()).isFalse();
    assertThat(again.nextAllowed()).isEqualTo(made.nextAllowed());
    assertThat(again.rulings()).isEqualTo(made.rulings());
    assertThat(again.visits()).isEqualTo(made.visits());
  }

  @Test
  void aConversationClosesCallsForSevenDays() {
    assertThat(log(call(Outcome.SPOKE)).wasForbidden()).isFalse();
    Decision decision = decide(Channel.CALL, Purpose.COLLECT);
    assertThat(rules(decision)).containsExactly("C2");
    clock.move(Duration.ofDays(7));
    assertThat(decide(Channel.CALL, Purpose.COLLECT).allowed()).isTrue();
  }

  @Test
  void aContactThatARuleForbadeIsOnTheLogWithTheRule() {
    log(call(Outcome.SPOKE));
    clock.move(Duration.ofHours(1));
    Contact second = log(call(Outcome.NO_ANSWER));
    assertThat(second.wasForbidden()).isTrue();
    List<Contact> log = desk.in(() -> contacts.of(desk.account()));
    assertThat(log).hasSize(2);
    assertThat(log.get(0)).isEqualTo(second);
    assertThat(rules(log.get(0).decision())).containsExactly("C2");
  }

  @Test
  void theSameKeyIsTheSameContactAlsoWhenItComesTwiceAtOnce() throws Exception {
    String key = UUID.randomUUID().toString();
    Contacted what = call(Outcome.NO_ANSWER);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<UUID>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(() -> log(what, key).id());
      }
      List<UUID> ids = new ArrayList<>();
      for (Future<UUID> each : threads.invokeAll(calls)) {
        ids.add(each.get());
      }
      assertThat(ids).hasSize(8).containsOnly(ids.get(0));
    } finally {
      threads.shutdown();
    }
    assertThat(desk.count("contact")).isEqualTo(1);
    assertThatThrownBy(() -> log(call(Outcome.SPOKE), key)).isInstanceOf(Refused.class);
  }

  @Test
  void whatCannotHaveBeenSoIsRefused() {
    Instant now = clock.instant();
    refuses(
        Refused.Reason.IN_FUTURE,
        Contacted.call(Direction.OUT, Outcome.SPOKE, now.plusSeconds(60), ""));
    refuses(
        Refused.Reason.TOO_OLD,
        Contacted.call(Direction.OUT, Outcome.SPOKE, now.minus(61, ChronoUnit.DAYS), ""));
    refuses(
        Refused.Reason.NOT_OF_CHANNEL, Contacted.call(Direction.OUT, Outcome.RECEIVED, now, ""));
    refuses(
        Refused.Reason.NO_ADDRESS,
        new Contacted(
            Channel.CALL,
            Direction.OUT,
            Outcome.SPOKE,
            Purpose.COLLECT,
            Party.PAYER,
            "not a number",
            now,
            ""));
    assertThat(desk.count("contact")).isZero();
  }

  private void refuses(Refused.Reason reason, Contacted what) {
    assertThatThrownBy(() -> log(what))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  @Test
  void theLogAndDecisionsAreNeverChanged() {
    log(call(Outcome.SPOKE));
    for (String change :
        List.of(
            "update contact set note = 'x'",
            "delete from contact",
            "update contact_decision set allowed = true",
            "delete from contact_facts",
            "delete from contact_notice",
            "update contact_notice set kind = 'CEASE'")) {
      assertThatThrownBy(() -> desk.in(() -> sql.sql(change).update()))
          .as(change)
          .isInstanceOf(DataAccessException.class);
    }
  }

  @Test
  void aTextThatSaysStopIsARefusalAtOnceForEveryAccountOfTheNumber() {
    desk.in(
        () ->
            notices.note(
                desk.account(),
                Told.of(NoticeKind.TEXT_CONSENT, clock.instant().truncatedTo(ChronoUnit.MICROS))
                    .at(PHONE),
                "",
                ""));
    assertThat(decide(Channel.TEXT, Purpose.COLLECT).allowed()).isTrue();
    clock.move(Duration.ofMinutes(10));
    long other = desk.in(() -> other());
    desk.in(
        () ->
            contacts.log(
                other,
                new Contacted(
                    Channel.TEXT,
                    Direction.IN,
                    Outcome.RECEIVED,
                    Purpose.ANSWER,
                    Party.PAYER,
                    "+1 802 555 0142",
                    clock.instant(),
                    "Stop!"),
                UUID.randomUUID().toString()));
    assertThat(rules(decide(Channel.TEXT, Purpose.COLLECT)))
        .containsExactlyInAnyOrder("C13", "C29");
    assertThat(decide(Channel.TEXT, Purpose.CONFIRM_REFUSAL).allowed()).isTrue();
    assertThat(decide(Channel.CALL, Purpose.COLLECT).allowed()).isTrue();
    clock.move(Duration.ofMinutes(5).plusSeconds(1));
    assertThat(rules(decide(Channel.TEXT, Purpose.CONFIRM_REFUSAL))).containsExactly("C29");
  }

  private Long other() {
    return sql.sql("select number from account where number <> ? order by number limit 1")
        .param(desk.account())
        .query(Long.class)
        .single();
  }

  @Test
  void anAddressInTheWestAndANumberInTheEastMustBothBeRight() {
    desk.in(
        () ->
            sql.sql("update account set state = 'CA', postal_code = '94110' where number = ?")
                .param(desk.account())
                .update());
    Decision decision = decide(Channel.CALL, Purpose.COLLECT);
    assertThat(decision.zones())
        .containsExactlyInAnyOrder(Situation.NEW_YORK, Situation.LOS_ANGELES);
    assertThat(decision.when()).isEqualTo("Yes, until 9:00 PM (New York), 6:00 PM (Los Angeles)");
    clock.move(Duration.ofHours(6));
    assertThat(decide(Channel.CALL, Purpose.COLLECT).when())
        .endsWith("11:00 AM (New York), Tue, " + tuesday() + ", 8:00 AM (Los Angeles) on");
  }

  private String tuesday() {
    LocalDate day = clock.instant().atZone(Situation.NEW_YORK).toLocalDate().plusDays(1);
    return java.time.format.DateTimeFormatter.ofPattern("MMM d", java.util.Locale.US).format(day);
  }

  @Test
  void flagsOfTheAccountCount() {
    UUID flag =
        desk.in(() -> flags.raise(desk.account(), desk.claim(0), FlagKind.DISPUTE, null, "x"));
    Decision half = decide(Channel.CALL, Purpose.COLLECT);
    assertThat(half.allowed()).isTrue();
    assertThat(half.visits()).containsExactly(desk.claim(1));
    desk.in(() -> flags.lower(desk.account(), flag));
    desk.in(() -> flags.raise(desk.account(), null, FlagKind.BANKRUPTCY, null, "x"));
    assertThat(rules(decide(Channel.MAIL, Purpose.COLLECT))).containsExactly("C30");
    desk.in(() -> flags.raise(desk.account(), null, FlagKind.RETURNED_MAIL, null, "x"));
    assertThat(rules(decide(Channel.MAIL, Purpose.COLLECT)))
        .containsExactlyInAnyOrder("C30", "REACH");
  }

  @Test
  void whatIsTakenOffDoesNotCount() {
    UUID cease =
        desk.in(
            () ->
                notices.note(
                    desk.account(), Told.of(NoticeKind.CEASE, clock.instant()), "", "A letter"));
    assertThat(rules(decide(Channel.MAIL, Purpose.COLLECT))).containsExactly("C8");
    assertThat(desk.in(() -> notices.lift(desk.account(), cease))).isTrue();
    assertThat(desk.in(() -> notices.lift(desk.account(), cease))).isFalse();
    assertThat(decide(Channel.MAIL, Purpose.COLLECT).allowed()).isTrue();
  }

  @Test
  void aLawyerAndAPetitionAreFlagsOfTheAccountUntilTheyAreTakenOff() {
    UUID byHand =
        desk.in(() -> flags.raise(desk.account(), null, FlagKind.ATTORNEY, null, "A call"));
    UUID lawyer = desk.in(() -> notices.note(desk.account(), told(NoticeKind.LAWYER), "Ames", ""));
    desk.in(() -> flags.lower(desk.account(), byHand));
    assertThat(up()).as("the notice has a flag of its own").containsExactly(FlagKind.ATTORNEY);
    Told petition = told(NoticeKind.BANKRUPTCY).on(LocalDate.of(2026, 3, 2));
    UUID wrong = desk.in(() -> notices.note(desk.account(), petition, "Ohio, 7", ""));
    UUID right = desk.in(() -> notices.note(desk.account(), petition, "Ohio, 8", ""));
    desk.in(() -> notices.lift(desk.account(), wrong));
    assertThat(up()).containsExactlyInAnyOrder(FlagKind.ATTORNEY, FlagKind.BANKRUPTCY);
    desk.in(() -> notices.lift(desk.account(), right));
    desk.in(() -> notices.lift(desk.account(), lawyer));
    desk.in(() -> notices.note(desk.account(), told(NoticeKind.CEASE), "", ""));
    assertThat(up()).isEmpty();
  }

  private Told told(NoticeKind kind) {
    return Told.of(kind, clock.instant().truncatedTo(ChronoUnit.MICROS));
  }

  private List<FlagKind> up() {
    LocalDate today = LocalDate.now(clock);
    return desk.in(() -> flags.of(List.of(desk.account()))).values().stream()
        .flatMap(List::stream)
        .filter(flag -> flag.holdsOn(today))
        .map(Flag::kind)
        .toList();
  }

  @Test
  void whoWantsNoEmailGetsBillsOnPaperAgain() {
    Preferences email = new Preferences("en", false, "Tansy@Example.org");
    for (long each : List.of(desk.account(), desk.in(() -> other()))) {
      desk.in(
          () -> {
            preferences.set(each, email);
            return email;
          });
    }
    Told other = told(NoticeKind.REFUSED_CHANNEL).by(Channel.EMAIL).at("other@example.org");
    desk.in(() -> notices.note(desk.account(), other, "", ""));
    assertThat(desk.in(() -> preferences.of(desk.account()))).isEqualTo(email);
    Told text = told(NoticeKind.REFUSED_CHANNEL).by(Channel.TEXT);
    desk.in(() -> notices.note(desk.account(), text, "", ""));
    assertThat(desk.in(() -> preferences.of(desk.account()))).isEqualTo(email);
    log(
        new Contacted(
            Channel.EMAIL,
            Direction.IN,
            Outcome.RECEIVED,
            Purpose.ANSWER,
            Party.PAYER,
            "tansy@example.org",
            clock.instant(),
            "Stop"));
    assertThat(desk.in(() -> preferences.of(desk.account())).paper()).isTrue();
    assertThat(desk.in(() -> preferences.of(other())).paper()).as("of the same address").isTrue();
  }

  @Test
  void aForecastOfManySaysTheSameAndKeepsNothing() {
    log(call(Outcome.SPOKE));
    long decisions = desk.count("contact_decision");
    Map<Long, Map<Channel, Decision>> forecast =
        desk.in(() -> contacts.forecast(List.of(desk.account(), other())));
    assertThat(forecast.keySet()).containsExactlyInAnyOrder(desk.account(), desk.in(() -> other()));
    assertThat(rules(forecast.get(desk.account()).get(Channel.CALL))).containsExactly("C2");
    assertThat(desk.count("contact_decision")).isEqualTo(decisions);
  }

  @Test
  void c19ThePeriodEndsThirtyDaysAfterReceiptForWhoMustSendANotice() {
    LocalDate wednesday = LocalDate.of(2026, 11, 25);
    clock.move(Duration.between(clock.instant(), Situation.at("2026-11-27T10:00")));
    desk.in(
        () ->
            notices.note(
                desk.account(),
                Told.of(NoticeKind.VALIDATION_SENT, clock.instant()).on(wednesday),
                "",
                ""));
    assertThat(period()).as("of a practice's own bills").isEmpty();
    collects(CollectorRole.PRE_DEFAULT_SERVICER);
    assertThat(period()).isEmpty();
    collects(CollectorRole.THIRD_PARTY);
    LocalDate last = LocalDate.of(2027, 1, 2);
    assertThat(period())
        .contains(new ValidationClocks.Period(wednesday, LocalDate.of(2026, 12, 3), last, false));
    clock.move(Duration.between(clock.instant(), Situation.at("2027-01-02T23:59")));
    assertThat(period()).hasValueSatisfying(period -> assertThat(period.over()).isFalse());
    clock.move(Duration.ofMinutes(1));
    assertThat(period()).hasValueSatisfying(period -> assertThat(period.over()).isTrue());
  }

  @Test
  void c16TheNoticeIsInTimeForFiveDaysFromTheFirstCommunication() {
    collects(CollectorRole.THIRD_PARTY);
    assertThat(period()).as("nobody spoke of it").isEmpty();
    log(call(Outcome.SPOKE));
    LocalDate last = clock.instant().atZone(Situation.NEW_YORK).toLocalDate().plusDays(5);
    assertThat(period()).contains(new ValidationClocks.Period(null, null, last, false));
    clock.move(Duration.ofDays(6));
    assertThat(period()).contains(new ValidationClocks.Period(null, null, last, true));
  }

  private Optional<ValidationClocks.Period> period() {
    return desk.in(() -> clocks.of(desk.account()));
  }

  private void collects(CollectorRole role) {
    desk.as(
        () -> {
          server.getBean(Settings.class).set(new Setting(role, "America/New_York", false, "Plum"));
          return true;
        });
  }

  @Test
  void stepsBeyondAskingWaitForTheClocksOfAHospital() {
    assertThat(desk.in(() -> contacts.steps(desk.account())).get(Step.LIEN))
        .isNotEmpty()
        .allMatch(Ruling::allows);
    UUID flag =
        desk.in(() -> flags.raise(desk.account(), desk.claim(0), FlagKind.DISPUTE, null, "x"));
    assertThat(desk.in(() -> contacts.steps(desk.account())).get(Step.LIEN))
        .filteredOn(ruling -> !ruling.allows())
        .extracting(Ruling::rule)
        .containsExactly("C21");
    desk.in(() -> flags.lower(desk.account(), flag));
    desk.as(
        () -> {
          server
              .getBean(Settings.class)
              .set(new Setting(CollectorRole.FIRST_PARTY, "America/New_York", true, ""));
          return true;
        });
    assertThat(desk.in(() -> contacts.steps(desk.account())).get(Step.LIEN))
        .filteredOn(ruling -> !ruling.allows())
        .hasSize(3)
        .allMatch(ruling -> ruling.rule().equals("C31"));
  }
}
