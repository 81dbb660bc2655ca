package org.openrcm.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestFiles;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Where claims are in their lives after what came back for them, in whatever order it came. */
@ServerTest
class ClaimStatusTest {
  @Autowired private TestUsers users;
  @Autowired private JdbcClient sql;
  @Autowired private TransactionTemplate transaction;
  private UUID practice;
  private TestFiles files;
  private int loaded;

  @BeforeEach
  void aPractice() {
    aPracticeOfItsOwn();
  }

  private void aPracticeOfItsOwn() {
    practice = users.practice("Status");
    files = new TestFiles(users, practice);
  }

  private UUID load(String text) {
    return files.load("file" + ++loaded + ".x12", text.getBytes(StandardCharsets.US_ASCII));
  }

  private <T> T ask(java.util.function.Supplier<T> question) {
    return Actor.job("test", practice).call(() -> transaction.execute(status -> question.get()));
  }

  /** State, paid and owed of each claim, in the order of their numbers. */
  private Map<String, String> states() {
    return ask(
        () -> {
          Map<String, String> states = new LinkedHashMap<>();
          sql.sql(
                  """
                  select patient_control_number || coalesce(nullif('/' || frequency, '/1'), ''),
                    state, paid_cents, owed_cents
                  from claim order by patient_control_number, frequency
                  """)
              .query(
                  row -> {
                    states.put(
                        row.getString(1),
                        row.getString(2) + " " + row.getLong(3) + " " + row.getLong(4));
                  });
          return states;
        });
  }

  private String fileState(UUID file) {
    return ask(
        () ->
            sql.sql(
                    """
                    select concat_ws('; ', type, outcome, claims, reason) from file_set
                    where file_id = ? order by position limit 1
                    """)
                .param(file)
                .query(String.class)
                .single());
  }

  @Test
  void aClaimThatWasReadWaits() {
    UUID file = load(Bills.claims(1, "20260301", "C-1", "C-2"));
    assertThat(fileState(file)).isEqualTo("837; LOADED; 2");
    assertThat(states()).containsEntry("C-1", "READ 0 0").containsEntry("C-2", "READ 0 0");
  }

  @Test
  void aFileWithTheSameSetAgainIsADuplicate() {
    load(Bills.claims(1, "20260301", "C-1"));
    UUID again = load(Bills.claims(1, "20260301", "C-1") + "\n");
    assertThat(files.state(again)).isEqualTo("DUPLICATE");
    assertThat(fileState(again)).startsWith("837; DUPLICATE; 0; It is there already");
    assertThat(states()).hasSize(1);
  }

  @Test
  void theSameControlNumbersWithOtherClaimsAreAnotherSet() {
    load(Bills.claims(1, "20260301", "C-1"));
    UUID other = load(Bills.claims(1, "20260301", "C-1", "C-2"));
    assertThat(fileState(other)).isEqualTo("837; LOADED; 1; One of its claims was there before.");
    assertThat(states()).containsOnlyKeys("C-1", "C-2");
  }

  @Test
  void a999AcceptsOrRefusesAllClaimsOfItsSet() {
    load(Bills.claims(1, "20260301", "C-1"));
    load(Bills.claims(2, "20260301", "C-2"));
    UUID answer = load(Bills.answer999(51, "20260302", 1, "A"));
    load(Bills.answer999(52, "20260302", 2, "R"));
    assertThat(states())
        .containsEntry("C-1", "ACKNOWLEDGED 0 0")
        .containsEntry("C-2", "REJECTED_BY_999 0 0");
    assertThat(fileState(answer)).contains("999; LOADED", "Answers group 1, set 0001", "accepted");
  }

  @Test
  void a999ForAFileThatWasNeverSentIsKeptAndSaysSo() {
    UUID answer = load(Bills.answer999(51, "20260302", 77, "A"));
    assertThat(files.state(answer)).isEqualTo("LOADED");
    assertThat(fileState(answer)).contains("never sent from here", "group 77");
    assertThat(
            ask(() -> sql.sql("select count(*) from acknowledgement").query(Long.class).single()))
        .isEqualTo(1);
  }

  @Test
  void a277caAcceptsSomeClaimsAndRejectsOthers() {
    load(Bills.claims(1, "20260301", "C-1", "C-2", "C-3"));
    load(Bills.answer999(51, "20260302", 1, "A"));
    load(Bills.status(61, "20260303", "B1", "C-1", "P-1", "A2", "C-2", "", "A7"));
    assertThat(states())
        .containsEntry("C-1", "ACCEPTED 0 0")
        .containsEntry("C-2", "REJECTED 0 0")
        .containsEntry("C-3", "ACKNOWLEDGED 0 0");
  }

  @Test
  void anEightThirtyFivePaysDeniesAndPaysInPart() {
    load(Bills.claims(1, "20260301", "C-1", "C-2", "C-3"));
    load(
        Bills.remittance(
            71,
            "20260310",
            230,
            Bills.paid("C-1", "P-1"),
            Bills.denied("C-2", "P-2"),
            Bills.partlyPaid("C-3", "P-3")));
    assertThat(states())
        .containsEntry("C-1", "PAID 13000 1000")
        .containsEntry("C-2", "DENIED 0 0")
        .containsEntry("C-3", "PARTLY_PAID 10000 0");
  }

  @Test
  void aReversalAloneReversesAndWithACorrectionTheCorrectionHolds() {
    load(Bills.claims(1, "20260301", "C-1", "C-2"));
    load(Bills.remittance(71, "20260310", 260, Bills.paid("C-1", "P-1"), Bills.paid("C-2", "P-2")));
    load(
        Bills.remittance(
            72,
            "20260320",
            -160,
            Bills.reversed("C-1", "P-1"),
            Bills.reversed("C-2", "P-2"),
            Bills.partlyPaid("C-2", "P-2")));
    assertThat(states())
        .containsEntry("C-1", "REVERSED 0 0")
        .containsEntry("C-2", "PARTLY_PAID 10000 0");
  }

  @Test
  void aReplacementTakesTheClaimsPlaceAndIsPaidUnderTheFirstNumber() {
    load(Bills.claims(1, "20260301", "C-1"));
    load(Bills.remittance(71, "20260310", 0, Bills.denied("C-1", "P-1")));
    load(Bills.claims(2, "20260315", List.of(Bills.Bill.of("C-1B").replacing("P-1"))));
    assertThat(states()).containsEntry("C-1", "REPLACED 0 0").containsEntry("C-1B/7", "READ 0 0");
    // T11: the payer goes on to call it by the first claim's number
    load(Bills.remittance(72, "20260325", 130, Bills.paid("C-1", "P-9")));
    assertThat(states())
        .containsEntry("C-1", "REPLACED 0 0")
        .containsEntry("C-1B/7", "PAID 13000 1000");
  }

  @Test
  void aVoidTakesBackTheClaimOfTheSameNumberUnlessItIsRefused() {
    load(Bills.claims(1, "20260301", "C-1", "C-2"));
    load(
        Bills.claims(
            2,
            "20260305",
            List.of(Bills.Bill.of("C-1").voiding("P-1"), Bills.Bill.of("C-2").voiding("P-2"))));
    load(Bills.status(61, "20260306", "B2", "C-2", "", "A3"));
    assertThat(states())
        .containsEntry("C-1", "VOIDED 0 0")
        .containsEntry("C-2", "READ 0 0")
        .containsEntry("C-2/8", "REJECTED 0 0");
  }

  @Test
  void theOrderInWhichFilesComeMakesNoDifference() {
    List<String> arrivals =
        List.of(
            Bills.claims(1, "20260301", "C-1", "C-2", "C-3", "C-4", "C-5"),
            Bills.answer999(51, "20260302", 1, "A"),
            Bills.status(
                61,
                "20260303",
                "B1",
                "C-1",
                "P-1",
                "A2",
                "C-2",
                "P-2",
                "A2",
                "C-3",
                "",
                "A7",
                "C-5",
                "P-5",
                "A2"),
            Bills.remittance(
                71, "20260310", 260, Bills.paid("C-1", "P-1"), Bills.paid("C-2", "P-2")),
            Bills.remittance(
                72, "20260320", -130, Bills.reversed("C-2", "P-2"), Bills.denied("C-2", "P-2")),
            Bills.claims(2, "20260315", List.of(Bills.Bill.of("C-5B").replacing("P-5"))),
            Bills.answer999(52, "20260316", 2, "R"));
    Map<String, String> wanted =
        Map.of(
            "C-1", "PAID 13000 1000",
            "C-2", "DENIED 0 0",
            "C-3", "REJECTED 0 0",
            "C-4", "ACKNOWLEDGED 0 0",
            "C-5", "ACCEPTED 0 0",
            "C-5B/7", "REJECTED_BY_999 0 0");
    for (long seed = 1; seed <= 5; seed++) {
      aPracticeOfItsOwn();
      List<String> shuffled = new ArrayList<>(arrivals);
      Collections.shuffle(shuffled, new Random(seed));
      shuffled.forEach(this::load);
      assertThat(states()).as("seed %s", seed).isEqualTo(wanted);
    }
  }

  @Test
  void aFileOfAllKindsIsReadWhole() {
    UUID file =
        load(
            Bills.claims(1, "20260301", "C-1")
                + Bills.answer999(51, "20260302", 1, "A")
                + Bills.status(61, "20260303", "B1", "C-1", "P-1", "A2")
                + Bills.remittance(71, "20260310", 130, Bills.paid("C-1", "P-1")));
    assertThat(files.state(file)).isEqualTo("LOADED");
    assertThat(states()).containsEntry("C-1", "PAID 13000 1000");
    assertThat(
            ask(
                () ->
                    sql.sql("select type || ' ' || outcome from file_set order by position")
                        .query(String.class)
                        .list()))
        .containsExactly("837 LOADED", "999 LOADED", "277 LOADED", "835 LOADED");
  }

  @Test
  void everyEventNamesTheSegmentThatSaysIt() {
    UUID file = load(Bills.claims(1, "20260301", "C-1"));
    String remittance = Bills.remittance(71, "20260310", 130, Bills.paid("C-1", "P-1"));
    UUID paid = load(remittance);
    assertThat(
            ask(
                () ->
                    sql.sql(
                            """
                            select concat_ws(' ', e.file_id, e.segment, e.byte_offset)
                            from claim_event e join claim c on c.number = e.claim_number
                            """)
                        .query(String.class)
                        .list()))
        .containsExactly(paid + " 7 " + remittance.indexOf("CLP*"));
    assertThat(file).isNotEqualTo(paid);
  }

  @Test
  void aClaimNeverGoesBackToAnEarlierStage() {
    assertThatThrownBy(ClaimState.PAID::acknowledged).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(ClaimState.ACCEPTED::rejectedBy999)
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(ClaimState.REJECTED::replaced).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(ClaimState.VOIDED::paid).isInstanceOf(IllegalStateException.class);
    assertThat(ClaimState.READ.acknowledged().accepted().denied().replaced())
        .isEqualTo(ClaimState.REPLACED);
  }
}
