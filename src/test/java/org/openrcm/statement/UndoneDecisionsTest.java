package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.money.Money;
import org.openrcm.posting.Posting;
import org.openrcm.posting.Solving;
import org.openrcm.posting.TestBooks;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A decision that is in the books no more, or is another claim's, says nothing on a bill. */
@ServerTest
class UndoneDecisionsTest {
  private static final Path STORY =
      Path.of("src/test/resources/cases-posting/discount-and-coinsurance");

  @Autowired private ApplicationContext server;
  @Autowired private JdbcClient sql;
  @Autowired private Visits visits;
  @Autowired private Statements statements;
  @Autowired private Policies policies;

  private TestBooks books;
  private String remittance;

  @BeforeEach
  void aClaim() throws IOException {
    books = new TestBooks(server);
    books.load(STORY.resolve("1-claims.837"));
    remittance = Files.readString(STORY.resolve("2-remit.835"));
  }

  private void post(String text) {
    books.load("remit.835", text.getBytes(StandardCharsets.US_ASCII));
    books.postAll();
  }

  private List<Decision> decisions() {
    return books.ask(
        () ->
            visits.of(accounts(), Long.MAX_VALUE).values().stream()
                .flatMap(List::stream)
                .flatMap(visit -> visit.decisions().stream())
                .toList());
  }

  private List<Long> accounts() {
    return sql.sql("select number from account").query(Long.class).list();
  }

  /** By a check of a second payer that was posted by mistake, 6.00 were left of 37.48. */
  @Test
  void whatAnUndoneCheckLeftToThePatientIsNotTheirFinalShare() {
    post(remittance);
    post(
        remittance
            .replace("50102", "50199")
            .replace("BF260102", "BF260199")
            .replace("BPR*I*149.92*", "BPR*I*30*")
            .replace("*1*265*149.92*37.48*", "*2*265*30*6*")
            .replace("*165*89.92**1", "*165*30**1")
            .replace("CAS*CO*45*52.6~", "CAS*OA*23*129~")
            .replace("CAS*PR*2*22.48~", "CAS*PR*3*6~")
            .replace("*100*60**1", "*100*0**1")
            .replaceAll("CAS.CO.45.25~\\s*CAS.PR.2.15~", "CAS*OA*23*100~")
            .replace("SE*23*", "SE*22*"));
    assertThat(decisions()).hasSize(2);
    UUID mistaken =
        books.ask(
            () ->
                sql.sql("select id from remittance where trace_number = 'BF260199'")
                    .query(UUID.class)
                    .single());
    books.run(() -> server.getBean(Posting.class).undo(mistaken));
    books.settled();
    assertThat(decisions()).singleElement().extracting(Decision::rank).isEqualTo(1);
    LocalDate day = LocalDate.of(2026, 11, 1);
    books.ask(() -> statements.issue(accounts(), policies.current(), null, day));
    assertThat(new TracedBills(server, books).sentAfter(0))
        .singleElement()
        .satisfies(bill -> assertThat(bill.owed()).isEqualTo(Money.of("37.48")));
  }

  /** A payment without a claim is matched to one by mistake, then to the right one. */
  @Test
  void aPaymentThatWasMatchedByMistakeIsADecisionOnTheRightClaimAlone() throws IOException {
    String claims = Files.readString(STORY.resolve("1-claims.837"));
    books.load(
        "another.837",
        claims
            .replace("50101", "50198")
            .replace("LFP-6011", "LFP-6012")
            .replace("*QUILLBY*TANSY*", "*QUILLBY*TEASEL*")
            .getBytes(StandardCharsets.US_ASCII));
    post(remittance.replace("CLP*LFP-6011*", "CLP*NOBODYS*"));
    UUID exception =
        books.ask(
            () ->
                sql.sql("select id from posting_exception where type = 'NO_CLAIM'")
                    .query(UUID.class)
                    .single());
    Solving solving = server.getBean(Solving.class);
    books.run(() -> solving.match(exception, claim("LFP-6012")));
    books.run(() -> solving.unmatch(exception));
    assertThat(decisions()).isEmpty();
    books.run(() -> solving.match(exception, claim("LFP-6011")));
    assertThat(decisions()).hasSize(1);
  }

  private UUID claim(String control) {
    return books.ask(
        () ->
            sql.sql("select id from claim where patient_control_number = ?")
                .param(control)
                .query(UUID.class)
                .single());
  }
}
