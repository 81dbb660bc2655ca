package org.openrcm.posting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.money.Money;
import org.openrcm.remittance.ClaimKey;
import org.openrcm.remittance.Remittances;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Claims that are offered for a payment: one story, in which one thing after the other differs. */
@ServerTest
class CandidatesTest {
  private static final Path STORY =
      Path.of("src/test/resources/cases-posting/another-patient-under-our-number");

  @Autowired private ApplicationContext server;
  @Autowired private JdbcClient sql;
  @Autowired private Candidates candidates;
  @Autowired private Remittances remittances;
  private TestBooks books;

  @BeforeEach
  void twoClaims() {
    books = new TestBooks(server);
    books.load(STORY.resolve("1-claims.837"));
  }

  /** For the second payment: Juniper's, of LFP-6382, 140.00 on March 10. */
  private List<Candidate> of(String... replacements) throws IOException {
    String text = Files.readString(STORY.resolve("2-remit.835"));
    for (int i = 0; i < replacements.length; i += 2) {
      assertThat(text).contains(replacements[i]);
      text = text.replace(replacements[i], replacements[i + 1]);
    }
    books.load("remit.835", text.getBytes(StandardCharsets.US_ASCII));
    return books.ask(
        () -> {
          long number = sql.sql("select max(number) from remittance").query(Long.class).single();
          return candidates.of(
              remittances.claims(List.of(new ClaimKey(number, 2))).get(0).claim(),
              "BLUEFERN HEALTH PLAN");
        });
  }

  @Test
  void aNumberWithoutItsPunctuationIsFound() throws IOException {
    List<Candidate> found =
        of("CLP*LFP-6382", "CLP*lfp6382", "NM1*QC*1*ASKWITH", "NM1*QC*1*MARLOCK");
    assertThat(found).extracting(Candidate::control).containsExactly("LFP-6382");
    assertThat(found.get(0).score()).isEqualTo(100);
    assertThat(found.get(0).words())
        .isEqualTo(
            "Member number, name, day, charge and payer fit; the claim number is only written"
                + " differently");
  }

  @Test
  void whatDiffersIsSaidInWords() throws IOException {
    List<Candidate> found =
        of(
            "CLP*LFP-6382*1*140*100",
            "CLP*77*1*150*110",
            "SVC*HC:99213*140*100",
            "SVC*HC:99213*150*110",
            "BPR*I*212.4",
            "BPR*I*222.4");
    assertThat(found.get(0).control()).isEqualTo("LFP-6382");
    assertThat(found.get(0).words())
        .isEqualTo(
            "Member number, first name, day and payer fit; the last name differs; the charge differs"
                + " by 10.00");
    assertThat(found.get(0).fit()).isEqualTo("Fits in part");
  }

  @Test
  void aMissingNumberIsMadeUpForByNameDayAndCharge() throws IOException {
    List<Candidate> found =
        of(
            "CLP*LFP-6382", "CLP*0",
            "NM1*QC*1*ASKWITH*JUNIPER****MI*BFH100200533", "NM1*QC*1*MARLOCK*JUNIPER");
    assertThat(found.get(0).control()).isEqualTo("LFP-6382");
    assertThat(found.get(0).words()).isEqualTo("Name, day, charge and payer fit");
  }

  @Test
  void aNumberThatIsCutOffOrHasATypingErrorIsSaidToBeSo() throws IOException {
    assertThat(of("CLP*LFP-6382", "CLP*LFP-638").get(0).words())
        .contains("the claim number differs by one character");
    assertThat(of("CLP*LFP-6382", "CLP*LFP-6382 0144", "BF263802", "BF263803").get(0).words())
        .contains("the claim number begins alike");
  }

  @Test
  void whatHasNothingInCommonIsNotOffered() throws IOException {
    assertThat(
            of(
                "CLP*LFP-6382*1*140*100",
                "CLP*77*1*150*110",
                "SVC*HC:99213*140*100",
                "SVC*HC:99213*150*110",
                "BPR*I*212.4",
                "BPR*I*222.4",
                "NM1*QC*1*ASKWITH*JUNIPER****MI*BFH100200533",
                "NM1*QC*1*ASKWITH*WREN****MI*BFH100200999"))
        .isEmpty();
  }

  @Test
  void aTakebackIsLikeClaimsOfItsNumber() throws IOException {
    books.load(STORY.resolve("2-remit.835"));
    books.postAll();
    assertThat(takeback("BF266382A", 10000).get(0).words())
        .isEqualTo("Payer's number, amount paid and payer fit");
    assertThat(takeback("BF266382B", 4000).get(0).words())
        .isEqualTo(
            "Payer fits; the payer's number differs by one character; 100.00 was paid for it");
    assertThat(takeback("lfp-6382", 10000)).extracting(Candidate::control).contains("LFP-6382");
    assertThat(takeback("BF266382A 2026-03 LETTER", 10000).get(0).words())
        .contains("the payer's number is in the reference");
    assertThat(takeback("ZZ99", 10000)).isEmpty();
  }

  private List<Candidate> takeback(String reference, long cents) {
    return books.ask(
        () -> candidates.ofTakeback(reference, Money.ofCents(cents), "BLUEFERN HEALTH PLAN"));
  }

  @Test
  void numbersAreLookedForAsTheyMayHaveBeenWritten() {
    assertThat(Candidates.variants("lfp6382")).contains("LFP-6382", "lfp6382", "LFP6382");
    assertThat(Candidates.variants("000123")).contains("123", "0123", "00000123");
    assertThat(Candidates.variants("123")).contains("000123");
    assertThat(Candidates.variants("LFP-6382*1")).contains("LFP-6382");
    assertThat(Candidates.variants("")).isEmpty();
    assertThat(Likeness.plain("lfp-0063.82")).isEqualTo("LFP6382");
    assertThat(Likeness.isOneApart("LFP6382", "LFP6832")).isFalse();
    assertThat(Likeness.isOneApart("LFP6382", "LFP6383")).isTrue();
    assertThat(Likeness.isOneApart("LFP6382", "LFP638")).isTrue();
    assertThat(Likeness.isOneApart("LFP6382", "LFP6382")).isTrue();
  }
}
