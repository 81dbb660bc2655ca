package org.openrcm.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Role;
import org.openrcm.report.Totals;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Denials that are given up: what the books are then, and when the insurer changes its mind. */
@ServerTest
class DenialWriteOffsTest {
  @Autowired private ApplicationContext server;
  @Autowired private DenialWriteOffs writeOffs;
  @Autowired private DenialList list;
  @Autowired private Posting posting;
  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;
  @Autowired private JdbcClient sql;
  private TestBooks books;
  private Actor biller;
  private Actor manager;

  @BeforeEach
  void aPractice() {
    books = new TestBooks(server);
    biller = somebody(Role.BILLER);
    manager = somebody(Role.MANAGER);
  }

  private Actor somebody(Role role) {
    return TestUsers.actor(books.practice, role.code(), role);
  }

  private void tell(String story) {
    books.loadCase(story);
    books.postAll();
  }

  private static String ledgerOf(String story) throws IOException {
    return Files.readString(Path.of("src/test/resources/cases-posting", story, "ledger.tsv"));
  }

  private List<Denial.Shown> shown(String kind) {
    DenialFilter filter = DenialFilter.of(Map.of("view", "items", "kind", kind));
    return books.ask(() -> list.items(filter, "", 50)).rows().rows();
  }

  private List<DenialWriteOffs.Chosen> all(String kind) {
    return shown(kind).stream()
        .map(row -> row.denial().choice())
        .filter(choice -> !choice.isEmpty())
        .map(DenialWriteOffs.Chosen::of)
        .toList();
  }

  private void writeOff(Actor who, Collection<DenialWriteOffs.Chosen> chosen) {
    who.run(() -> writeOffs.writeOff(chosen, "Too late"));
  }

  private static void refuses(Refused.Why why, ThrowingCallable verb) {
    assertThatThrownBy(verb)
        .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.why()).isEqualTo(why));
  }

  @Test
  void whatIsWrittenOffIsToBeWorkedNoMoreUntilThatIsUndone() throws IOException {
    tell("one-line-denied");
    writeOff(biller, all(""));
    // the accounts come in the order of their names
    assertThat(books.balances())
        .isEqualTo(
            ledgerOf("one-line-denied").replace("DENIED_PENDING_REVIEW", "DENIAL_WRITE_OFF"));
    assertThat(shown("")).isEmpty();
    assertThat(shown("written-off"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.denial().kind()).isEqualTo("Written off");
              assertThat(row.denial().code()).isEqualTo("CO-50");
              assertThat(row.denial().cents()).isEqualTo(5000);
            });
    UUID check = books.checks("POSTED").get(0);
    assertThat(books.preview(check)).isEqualTo(books.whatItBrought(check));
    biller.run(() -> writeOffs.undo(all("written-off")));
    assertThat(books.balances()).isEqualTo(ledgerOf("one-line-denied"));
    assertThat(shown("written-off")).isEmpty();
  }

  @Test
  void anInsurerThatPaysAfterAllTakesTheDenialBackAndNothingIsGivenUp() throws IOException {
    tell("denied-then-paid");
    UUID second = books.checks("POSTED").get(1);
    books.run(() -> posting.undo(second));
    books.settled();
    writeOff(manager, all(""));
    assertThat(books.balances()).contains("DENIAL_WRITE_OFF").doesNotContain("DENIED_PENDING");
    books.run(() -> posting.post(second, List.of()));
    books.settled();
    assertThat(books.balances()).isEqualTo(ledgerOf("denied-then-paid"));
    assertThat(shown("written-off")).isEmpty();
    // the check that pays was a mistake: the decision about the denial still holds
    books.run(() -> posting.undo(second));
    books.settled();
    assertThat(shown("written-off")).hasSize(1);
    books.undoAll();
    assertThat(books.balances()).doesNotContain("DENIAL_WRITE_OFF");
  }

  /** Two lines of a claim, both denied as not necessary; {@code second} is the other's charge. */
  private void bothLinesDenied(String second) {
    int all = 150 + Integer.parseInt(second);
    books.loadCase(
        "one-line-denied",
        text ->
            text.replace("CLM*LFP-6041*200*", "CLM*LFP-6041*" + all + "*")
                .replace("SV1*HC:87880*50*", "SV1*HC:87880*" + second + "*")
                .replace("BPR*I*100*", "BPR*I*0*")
                .replace("CLP*LFP-6041*1*200*100*20*", "CLP*LFP-6041*1*" + all + "*0**")
                .replace("SVC*HC:99213*150*100**1", "SVC*HC:99213*150*0**1")
                .replaceAll("CAS.CO.45.30~\\s*CAS.PR.3.20~", "CAS*CO*50*150~")
                .replace("SVC*HC:87880*50*", "SVC*HC:87880*" + second + "*")
                .replace("CAS*CO*50*50~", "CAS*CO*50*" + second + "~"));
    books.postAll();
  }

  private DenialWriteOffs.Chosen of(long cents) {
    return DenialWriteOffs.Chosen.of(
        shown("").stream()
            .filter(row -> row.denial().cents() == cents)
            .findFirst()
            .orElseThrow()
            .denial()
            .choice());
  }

  private void reverse(String claim, String lines) throws IOException {
    String text =
        Files.readString(Path.of("src/test/resources/cases-posting/one-line-denied/2-remit.835"));
    String reversal =
        text.replace("50402", "50499")
            .replace("260402", "260499")
            .replace("20260323", "20260423")
            .replace("BPR*I*100*", "BPR*I*0*")
            .replace("CLP*LFP-6041*1*200*100*20*", claim)
            .replaceAll("(?s)SVC.HC:99213.*?SE.22", lines + "SE*22");
    books.load("reversal.835", reversal.getBytes(StandardCharsets.US_ASCII));
    books.postAll();
  }

  private void applyAsSent() {
    UUID exception =
        books.ask(
            () ->
                sql.sql("select id from posting_exception where type = 'REVERSAL_DIFFERS'")
                    .query(UUID.class)
                    .single());
    books.run(() -> server.getBean(Solving.class).asSent(exception));
  }

  @Test
  void aReversalOfOneLineTakesBackWhatWasWrittenOffOfThatLine() throws IOException {
    bothLinesDenied("50");
    writeOff(biller, List.of(of(5000)));
    reverse(
        "CLP*LFP-6041*22*-50*0**",
        "SVC*HC:87880*-50*0~DTM*472*20260303~CAS*CO*50*-50~REF*6R*LFP-6041-2~");
    applyAsSent();
    assertThat(books.balances())
        .contains("DENIED_PENDING_REVIEW\tLFP-6041\t\t\t150.00")
        .contains("INSURANCE_RECEIVABLE\tLFP-6041\t1\t\t50.00")
        .doesNotContain("DENIAL_WRITE_OFF");
  }

  /** A reversal that forgets the minus signs of its adjustments. */
  @Test
  void whatStandsInAReversalCannotBeWrittenOff() throws IOException {
    bothLinesDenied("50");
    reverse(
        "CLP*LFP-6041*22*-50*0**",
        "SVC*HC:87880*-50*0~DTM*472*20260303~CAS*CO*50*50~REF*6R*LFP-6041-2~");
    applyAsSent();
    List<Denial> reversed =
        shown("").stream().map(Denial.Shown::denial).filter(Denial::reversal).toList();
    assertThat(reversed).hasSize(1);
    Denial one = reversed.get(0);
    assertThat(one.cents()).isEqualTo(5000);
    assertThat(one.choice()).isEmpty();
    DenialWriteOffs.Chosen chosen =
        new DenialWriteOffs.Chosen(
            one.key(), new Refusal(one.claimNumber(), one.segment(), one.code()));
    refuses(Refused.Why.DENIAL_GONE, () -> writeOff(biller, List.of(chosen)));
  }

  /** However a reversal lists what it takes back, the whole of it is taken back. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SVC*HC:87880*-50*0~DTM*472*20260303~CAS*CO*50*-50~REF*6R*LFP-6041-2~"
            + "SVC*HC:99213*-150*0~DTM*472*20260303~CAS*CO*50*-150~REF*6R*LFP-6041-1~",
        "SVC*HC:99213*-150*0~DTM*472*20260303~CAS*CO*50*-150~REF*6R*LFP-6041-1~"
            + "SVC*HC:87880*-50*0~DTM*472*20260303~CAS*CO*50*-50~REF*6R*LFP-6041-2~"
      })
  void aReversalTakesBackWhatWasWrittenOffInWhateverOrder(String lines) throws IOException {
    bothLinesDenied("50");
    writeOff(biller, List.of(of(5000)));
    String before = books.balances();
    assertThat(before)
        .contains("DENIED_PENDING_REVIEW\tLFP-6041\t\t\t150.00")
        .contains("DENIAL_WRITE_OFF\tLFP-6041\t\t\t50.00");
    reverse("CLP*LFP-6041*22*-200*0**", lines);
    assertThat(books.exceptions()).isEqualTo("type\tclaim\tamount\n");
    assertThat(books.balances())
        .isEqualTo(
            "account\tclaim\trank\treference\tbalance\n"
                + "INSURANCE_RECEIVABLE\tLFP-6041\t1\t\t200.00\n"
                + "REVENUE\tLFP-6041\t\t\t-200.00\n");
    assertThat(shown("")).isEmpty();
    assertThat(shown("written-off")).isEmpty();
    UUID last = books.checks("POSTED").get(1);
    books.run(() -> posting.undo(last));
    books.settled();
    assertThat(books.balances()).isEqualTo(before);
  }

  @Test
  void ofOneClaimNotMoreIsWrittenOffInPartsThanAtOnce() {
    bothLinesDenied("120");
    refuses(Refused.Why.ABOVE_LIMIT, () -> writeOff(biller, all("")));
    writeOff(biller, List.of(of(15_000)));
    refuses(Refused.Why.ABOVE_LIMIT, () -> writeOff(biller, List.of(of(12_000))));
    writeOff(manager, List.of(of(12_000)));
    assertThat(shown("")).isEmpty();
  }

  /** What was decided of one claim is no decision of another that takes its place. */
  @Test
  void aClaimThatIsSentAgainHasItsDenialsOpen() {
    tell("one-line-denied");
    writeOff(biller, all(""));
    books.loadCase(
        "one-line-denied",
        text ->
            text.contains("*835*")
                ? text
                : text.replace("50401", "50498").replace("*20260309*", "*20260409*"));
    assertThat(shown("written-off")).isEmpty();
    assertThat(shown("")).hasSize(1);
    writeOff(biller, all(""));
    assertThat(shown("written-off")).hasSize(1);
  }

  @Test
  void whatIsWrittenOffIsADenialOfTheReportStillAndOnRecordForItsPatient() {
    tell("one-line-denied");
    writeOff(biller, all(""));
    books.run(() -> server.getBean(Totals.class).catchUp(() -> {}));
    assertThat(books.count("select denied_cents from report_decision")).isEqualTo(5000);
    assertThat(books.count("select given_up_cents from report_claim")).isEqualTo(5000);
    assertThat(books.count("select open_cents from report_claim")).isEqualTo(2000);
    assertThat(
            books.count(
                "select count(*) from posting_command where kind = 'WRITE_OFF'"
                    + " and detail like 'CO-50 in segment %: Too late'"))
        .isEqualTo(1);
    UUID patient =
        books.ask(() -> sql.sql("select patient_id from claim").query(UUID.class).single());
    assertThat(
            database.column(
                "select patient_id::text from audit_event where practice_id = ?"
                    + " and action = 'CHANGE' and subject_type = 'Denial'",
                books.practice))
        .containsExactly(patient.toString());
  }

  @Test
  void nobodyWritesOffMoreThanTheyMayAndOfSeveralThenNone() {
    tell("one-line-denied");
    tell("denied-then-paid");
    books.run(() -> posting.undo(books.checks("POSTED").get(2)));
    books.settled();
    List<DenialWriteOffs.Chosen> both = all("");
    assertThat(both).hasSize(2);
    refuses(Refused.Why.ABOVE_LIMIT, () -> writeOff(biller, both));
    refuses(Refused.Why.ABOVE_LIMIT, () -> writeOff(somebody(Role.POSTER), both));
    assertThat(shown("written-off")).isEmpty();
    writeOff(manager, both);
    assertThat(shown("written-off")).hasSize(2);
    refuses(Refused.Why.ABOVE_LIMIT, () -> biller.run(() -> writeOffs.undo(both)));
    manager.run(() -> writeOffs.undo(both));
    assertThat(shown("")).hasSize(2);
  }

  @Test
  void whatIsNotThereIsRefused() {
    tell("one-line-denied");
    tell("reduced-by-the-payer");
    List<DenialWriteOffs.Chosen> denials = all("");
    assertThat(shown("")).as("a reduction cannot be chosen").hasSize(2);
    assertThat(denials).hasSize(1);
    refuses(Refused.Why.NONE_CHOSEN, () -> writeOff(biller, List.of()));
    refuses(Refused.Why.NOTE_NEEDED, () -> biller.run(() -> writeOffs.writeOff(denials, " ")));
    refuses(Refused.Why.DENIAL_GONE, () -> biller.run(() -> writeOffs.undo(denials)));
    for (String choice : List.of("", "1", "1-1", "x-1-1 1 CO-50", "1-1-1 CO-50", "9-9-9 9 CO-1 ")) {
      refuses(Refused.Why.DENIAL_GONE, () -> DenialWriteOffs.Chosen.of(choice));
    }
    refuses(
        Refused.Why.DENIAL_GONE,
        () -> writeOff(biller, List.of(DenialWriteOffs.Chosen.of("987654-1-1 23 CO-50"))));
    Actor stranger = TestUsers.actor(new TestBooks(server).practice, "x", Role.MANAGER);
    refuses(Refused.Why.DENIAL_GONE, () -> writeOff(stranger, denials));
    assertThat(shown("written-off")).isEmpty();
  }

  @Test
  void ofTwoWhoDecideAtOnceTheSecondIsTold() throws Exception {
    tell("one-line-denied");
    List<DenialWriteOffs.Chosen> denials = all("");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<?>> each = new ArrayList<>();
    for (Actor who : List.of(biller, manager)) {
      each.add(threads.submit(() -> writeOff(who, denials)));
    }
    threads.shutdown();
    int refused = 0;
    for (Future<?> one : each) {
      try {
        one.get();
      } catch (java.util.concurrent.ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(Refused.class);
        refused++;
      }
    }
    assertThat(refused).isEqualTo(1);
    assertThat(
            books.count(
                "select sum(amount_cents) from journal_line where account = 'DENIAL_WRITE_OFF'"))
        .isEqualTo(5000);
  }

  @Test
  void aBillerDoesItOnThePageAndUndoesItThere() {
    tell("one-line-denied");
    TestSession robin = users.signedIn(books.practice, Role.BILLER);
    String choice = all("").get(0).choice();
    assertThat(robin.get("/denials?view=items").body()).contains("value=\"" + choice + "\"");
    robin.post("/denials/write-off?view=items", "denial", choice);
    assertThat(robin.get("/denials?view=items").body())
        .contains("Write in a few words why nothing is left to do.")
        .contains("checked=\"checked\"");
    HttpResponse<String> answer =
        robin.post("/denials/write-off?view=items", "denial", choice, "note", "Appeal was lost");
    assertThat(answer.headers().firstValue("Location").orElseThrow())
        .endsWith("/denials?view=items");
    String page = robin.get("/denials?view=items").body();
    assertThat(page).contains("Written off.").doesNotContain("value=\"" + choice + "\"");
    String done = robin.get("/denials?view=items&kind=written-off").body();
    assertThat(done).contains("Appeal was lost").doesNotContain("Next step");
    assertThat(robin.get("/denials.csv?view=items&kind=written-off").body())
        .contains(",Appeal was lost");
    String undo = page.replaceAll("(?s).*action=\"(/denials/undo-write-off[^\"]*)\".*", "$1");
    robin.post(undo.replace("&amp;", "&"));
    assertThat(robin.get("/denials?view=items").body())
        .contains("To be worked again.")
        .doesNotContain("undo-write-off");
    assertThat(shown("")).hasSize(1);
    TestSession poster = users.signedIn(books.practice, Role.POSTER);
    assertThat(poster.get("/denials?view=items").body())
        .contains("LFP-6041")
        .doesNotContain("name=\"denial\"");
    assertThat(poster.post("/denials/write-off", "denial", choice, "note", "x").statusCode())
        .isEqualTo(403);
  }
}
