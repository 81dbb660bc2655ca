package org.openrcm.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openrcm.ServerTest;
import org.openrcm.TestUsers;
import org.openrcm.account.FlagKind;
import org.openrcm.account.Flags;
import org.openrcm.contact.Channel;
import org.openrcm.contact.Contact;
import org.openrcm.contact.Contacts;
import org.openrcm.contact.Outcome;
import org.openrcm.contact.Ruling;
import org.openrcm.identity.Role;
import org.openrcm.payment.Desk;
import org.openrcm.statement.PaperTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Letters of follow-up, from the wish to the paper. */
@ServerTest
class LettersTest {
  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private JdbcClient sql;
  @Autowired private Letters letters;
  @Autowired private LetterFiles files;
  @Autowired private Contacts contacts;
  @Autowired private Flags flags;
  private Desk desk;

  @BeforeEach
  void aDeskWithALetterhead() {
    desk = Desk.open(server, "Larkmoor Family Practice");
    users
        .signedIn(desk.practice(), Role.MANAGER)
        .post(
            "/statements/policy",
            "name",
            "Larkmoor Family Practice",
            "address",
            "12 Meadow Street\nLarkmoor VT 05999",
            "phone",
            "802 555 0100",
            "hours",
            "Monday to Friday",
            "hoursInSpanish",
            "de lunes a viernes",
            "minimum",
            "5",
            "interval",
            "30",
            "due",
            "21",
            "help",
            "true",
            "helpPhone",
            "802 555 0111",
            "helpPage",
            "larkmoor.example/help");
  }

  private boolean want(Stage stage, String cause) {
    return desk.in(() -> TestWishes.want(server, desk.account(), stage, cause));
  }

  private UUID print() {
    return desk.as(() -> files.print());
  }

  private void speaks(String language) {
    desk.in(
        () ->
            sql.sql("update account set language = ? where number = ?")
                .params(language, desk.account())
                .update());
  }

  private String text(byte[] pdf) throws Exception {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
    }
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void everyLetterIsTaggedInBothLanguagesAndSaysWhatIsOwed(Stage stage) throws Exception {
    for (String language : List.of("en", "es")) {
      speaks(language);
      want(stage, language);
      byte[] pdf = desk.as(() -> files.file(print()).orElseThrow());
      Files.createDirectories(Path.of("target", "paper"));
      Files.write(Path.of("target", "paper", "letter-" + stage + "-" + language + ".pdf"), pdf);
      byte[] alone =
          desk.in(
              () ->
                  sql.sql("select pdf from letter_sent where language = ?")
                      .param(language)
                      .query((row, index) -> row.getBytes(1))
                      .single());
      PaperTest.isTagged(alone);
      assertThat(text(pdf))
          .contains("Larkmoor Family Practice", "Tansy Quillby", "802 555 0100", "$35.00")
          .contains(language.equals("es") ? "llámenos" : "call us");
    }
  }

  @Test
  void theSameCauseIsOneLetter() {
    assertThat(want(Stage.PROMISE_BROKEN, "promise 1")).isTrue();
    assertThat(want(Stage.PROMISE_BROKEN, "promise 1")).isFalse();
    assertThat(desk.count("letter")).isEqualTo(1);
  }

  @Test
  void aPrintedLetterIsKeptWithItsHashAndIsAContact() throws Exception {
    want(Stage.PROMISE_BROKEN, "promise 1");
    UUID file = print();
    assertThat(file).isNotNull();
    byte[] pdf =
        desk.in(
            () ->
                sql.sql("select pdf from letter_sent")
                    .query((row, index) -> row.getBytes(1))
                    .single());
    byte[] hash =
        desk.in(
            () ->
                sql.sql("select pdf_hash from letter_sent")
                    .query((row, index) -> row.getBytes(1))
                    .single());
    assertThat(MessageDigest.getInstance("SHA-256").digest(pdf)).isEqualTo(hash);
    List<Contact> log = desk.in(() -> contacts.of(desk.account()));
    assertThat(log).hasSize(1);
    assertThat(log.get(0).what().channel()).isEqualTo(Channel.MAIL);
    assertThat(log.get(0).what().outcome()).isEqualTo(Outcome.SENT);
    assertThat(log.get(0).wasForbidden()).isFalse();
    assertThat(print()).as("nothing waits any more").isNull();
    assertThat(desk.as(() -> files.file(file))).isPresent();
  }

  @Test
  void whatTheFirewallForbidsIsWithheldAndSaysWhy() {
    want(Stage.IN_COLLECTIONS, "account");
    UUID flag =
        desk.in(() -> flags.raise(desk.account(), null, FlagKind.DISPUTE, null, "Not theirs"));
    assertThat(print()).isNull();
    assertThat(desk.as(() -> letters.forecast()))
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.decision().forbids())
                    .extracting(Ruling::rule)
                    .containsExactly("C21"));
    assertThat(desk.count("contact_decision where not allowed")).isEqualTo(1);
    desk.in(() -> flags.lower(desk.account(), flag));
    assertThat(print()).isNotNull();
  }

  @Test
  void aLetterAsksForNoVisitThatIsDisputed() throws Exception {
    want(Stage.IN_COLLECTIONS, "account");
    desk.in(() -> flags.raise(desk.account(), desk.claim(1), FlagKind.DISPUTE, null, "Not theirs"));
    UUID file = print();
    assertThat(text(desk.as(() -> files.file(file).orElseThrow())))
        .contains("$15.00")
        .doesNotContain("$35.00");
  }

  @Test
  void aReminderOfAPlanIsNotHeldBackByARequestForHelp() {
    want(Stage.INSTALMENT_MISSED, "plan 1 part 2");
    want(Stage.IN_COLLECTIONS, "account");
    desk.in(() -> flags.raise(desk.account(), null, FlagKind.ASSISTANCE, null, "A form came"));
    assertThat(desk.as(() -> letters.forecast()))
        .extracting(each -> each.letter().stage() + " " + each.decision().allowed())
        .containsExactly("INSTALMENT_MISSED true", "IN_COLLECTIONS false");
  }

  @Test
  void whatIsWithheldKeepsNoLaterLetterFromGoingOut() {
    desk.in(() -> flags.raise(desk.account(), null, FlagKind.ASSISTANCE, null, "A form came"));
    for (int i = 0; i < Letters.AT_ONCE; i++) {
      want(Stage.IN_COLLECTIONS, "account " + i);
    }
    want(Stage.INSTALMENT_MISSED, "plan 1 part 2");
    assertThat(desk.as(() -> letters.forecast()))
        .filteredOn(each -> each.decision().allowed())
        .extracting(each -> each.letter().stage())
        .containsExactly(Stage.INSTALMENT_MISSED);
    assertThat(print()).isNotNull();
    assertThat(desk.count("letter_sent")).isEqualTo(1);
    assertThat(desk.count("letter where decision_id is null")).as("never asked for").isZero();
    assertThat(print()).isNull();
  }

  @Test
  void c16AValidationNoticeIsDueFiveDaysAfterTheFirstLetterOfACollector() {
    want(Stage.IN_COLLECTIONS, "account");
    print();
    assertThat(desk.as(() -> letters.validationDue())).as("of a practice's own bills").isEmpty();
    users
        .signedIn(desk.practice(), Role.MANAGER)
        .post(
            "/contact/policy",
            "role",
            "THIRD_PARTY",
            "zone",
            "America/New_York",
            "agent",
            "Plumtree Recovery");
    assertThat(desk.as(() -> letters.validationDue()))
        .singleElement()
        .satisfies(
            due -> {
              assertThat(due.last())
                  .isEqualTo(LocalDate.now(ZoneId.of("America/New_York")).plusDays(5));
              assertThat(due.late()).isFalse();
            });
  }

  @Test
  void c15ALetterOfACollectorSaysThatItIsOneInItsLanguage() throws Exception {
    users
        .signedIn(desk.practice(), Role.MANAGER)
        .post(
            "/contact/policy",
            "role",
            "THIRD_PARTY",
            "zone",
            "America/New_York",
            "agent",
            "Plumtree Recovery");
    want(Stage.IN_COLLECTIONS, "first");
    assertThat(text(desk.as(() -> files.file(print()).orElseThrow())))
        .contains("Plumtree Recovery is a debt collector. This is an attempt to collect a debt");
    speaks("es");
    want(Stage.PROMISE_BROKEN, "second");
    assertThat(text(desk.as(() -> files.file(print()).orElseThrow())))
        .contains("Esta comunicación es de un cobrador de deudas.");
  }

  @Test
  void aWithdrawnLetterIsNotPrintedUntilItIsWantedAgain() {
    want(Stage.INSTALMENT_MISSED, "plan 1 part 2");
    UUID id = desk.in(() -> sql.sql("select id from letter").query(UUID.class).single());
    assertThat(desk.as(() -> letters.withdraw(id, false))).isTrue();
    assertThat(desk.as(() -> letters.withdraw(id, false))).isFalse();
    assertThat(print()).isNull();
    assertThat(desk.as(() -> letters.withdraw(id, true))).isTrue();
    assertThat(print()).isNotNull();
    assertThat(desk.as(() -> letters.withdraw(id, false))).as("it is printed").isFalse();
  }
}
