package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.account.Preferences;
import org.openrcm.contact.Channel;
import org.openrcm.contact.Contacts;
import org.openrcm.contact.Purpose;
import org.openrcm.contact.Ruling;
import org.openrcm.money.Money;
import org.openrcm.posting.TestBooks;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Bills by e-mail, with a mail server that takes them, and with others. */
@ServerTest
@TestPropertySource(
    properties = {
      "openrcm.jobs.back-off=50ms",
      "openrcm.jobs.poll=50ms",
      "openrcm.mail.pause=0s",
      "openrcm.mail.attempts=5"
    })
class EmailsTest {
  private static final int PORT = freePort();
  private static final String NAME = "Larkmoor Family Practice";

  @Autowired private ApplicationContext server;
  @Autowired private TestDatabase database;
  @Autowired private JdbcClient sql;
  @Autowired private Policies policies;
  @Autowired private Statements statements;
  @Autowired private Deliveries deliveries;
  @Autowired private Runs runs;
  @Autowired private RunAccounts runAccounts;
  @Autowired private PrintBatch batch;
  @Autowired private CameBack cameBack;
  @Autowired private AccountStatements desk;
  @Autowired private Preferences.Desk preferences;
  @Autowired private Contacts contacts;

  private GreenMail mail;
  private TestBooks books;
  private List<Long> accounts;

  @DynamicPropertySource
  static void mailServer(DynamicPropertyRegistry settings) {
    settings.add("spring.mail.port", () -> PORT);
  }

  /**
   * Free now and later: tests stop the mail server and start it again, and meanwhile a connection
   * that anybody opens may take a port of the range that systems take callers' ports from.
   */
  private static int freePort() {
    for (int port = 20_000 + (int) (ProcessHandle.current().pid() % 10_000); ; port++) {
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // somebody listens here: the next one
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @BeforeEach
  void aMailServer() {
    mail = new GreenMail(new ServerSetup(PORT, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
  }

  @AfterEach
  void noMailServer() {
    mail.stop();
  }

  /** So many patients, all of whom owe something; the first of them asked for e-mail. */
  private void crowd(int patients, int byEmail) {
    books = new TestBooks(server);
    books.receiveCrowd(patients);
    books.settled();
    books.postAll();
    accounts =
        books.ask(
            () -> sql.sql("select number from account order by number").query(Long.class).list());
    assertThat(accounts).hasSize(patients);
    policy(NAME);
    for (int i = 0; i < byEmail; i++) {
      wish(i, "en", address(i));
    }
  }

  private static String address(int patient) {
    return "patient" + patient + "@example.org";
  }

  private void policy(String name) {
    Policy policy =
        new Policy(
            new Policy.Letterhead(
                name,
                List.of("12 Mill Lane", "Larkmoor VT 05001"),
                "802-555-0100",
                "Monday to Friday, 8 am to 5 pm",
                null,
                "office@larkmoor.example"),
            Money.of("1.00"),
            Policy.INTERVAL_DAYS,
            Policy.DUE_DAYS,
            "larkmoor.example/my",
            new Policy.Help(false, null, null));
    books.run(() -> policies.set(policy));
  }

  private void wish(int patient, String language, String email) {
    books.run(
        () -> preferences.set(accounts.get(patient), new Preferences(language, false, email)));
  }

  private Preferences wishOf(int patient) {
    return books.ask(() -> preferences.of(accounts.get(patient)));
  }

  private UUID run() {
    UUID run = books.ask(runs::make);
    books.settled();
    assertThat(books.ask(() -> runs.send(run))).isTrue();
    return run;
  }

  /** By hand. */
  private Content bill(int patient) {
    String id =
        books.ask(
            () ->
                sql.sql("select id::text from account where number = ?")
                    .param(accounts.get(patient))
                    .query(String.class)
                    .single());
    assertThat(books.ask(() -> desk.send(id))).isTrue();
    return contents(patient).get(0);
  }

  private Content settledBill() {
    Content bill = bill(0);
    books.settled();
    return bill;
  }

  private List<Content> contents(int patient) {
    return books.ask(
        () ->
            sql
                .sql("select content from statement where account_number = ? order by number desc")
                .param(accounts.get(patient))
                .query(String.class)
                .list()
                .stream()
                .map(Statements::content)
                .toList());
  }

  private Delivery last(Content bill) {
    return books.ask(() -> deliveries.last(bill.number()).orElse(null));
  }

  private UUID id(Content bill) {
    return books.ask(
        () ->
            sql.sql("select id from statement where number = ?")
                .param(bill.number())
                .query(UUID.class)
                .single());
  }

  private AccountStatements.View page(int patient) {
    return books.ask(
        () ->
            desk.view(
                sql.sql("select id::text from account where number = ?")
                    .param(accounts.get(patient))
                    .query(String.class)
                    .single()));
  }

  private void waitForTries(int tries) throws InterruptedException {
    waitFor(
        "select count(*) from job where kind = 'STATEMENT_EMAIL' and attempts >= " + tries,
        "it was not tried " + tries + " times");
  }

  private boolean waitFor(String count, String otherwise) throws InterruptedException {
    for (int i = 0; i < 500; i++) {
      if (books.count(count) > 0) {
        return true;
      }
      Thread.sleep(20);
    }
    throw new AssertionError(otherwise);
  }

  private void asOwner(String statement) throws SQLException {
    try (Connection owner = database.asOwner()) {
      owner.createStatement().execute(statement);
    }
  }

  private static String text(MimeMessage message) throws Exception {
    return ((String) message.getContent()).replace("\r\n", "\n");
  }

  @Test
  void aRunSendsOneEmailEachToThoseWhoAskedForItAndPaperToTheRest() throws Exception {
    crowd(5, 3);
    UUID run = run();
    books.settled();
    MimeMessage[] received = mail.getReceivedMessages();
    Set<String> to = new TreeSet<>();
    for (MimeMessage message : received) {
      assertThat(message.getAllRecipients()).hasSize(1);
      to.add(message.getAllRecipients()[0].toString());
    }
    assertThat(received).hasSize(3);
    assertThat(to).containsExactly(address(0), address(1), address(2));
    assertThat(books.ask(() -> batch.parts(run)))
        .singleElement()
        .satisfies(part -> assertThat(part.statements()).isEqualTo(2));
    assertThat(books.ask(() -> runAccounts.ways(run))).isEqualTo(new RunAccounts.Ways(2, 3, 0, 0));
    assertThat(
            books.count(
                "select count(distinct patient_id) from audit_event where action = 'SEND'"
                    + " and subject_type = 'Statement' and actor_kind = 'JOB' and outcome = 0"))
        .isEqualTo(3);
    assertThat(page(0).sent())
        .singleElement()
        .satisfies(
            sent -> {
              assertThat(sent.way()).isEqualTo("E-mail");
              assertThat(sent.delivery().state()).isEqualTo(Delivery.State.SENT);
            });
    assertThat(page(4).sent())
        .singleElement()
        .satisfies(
            sent -> {
              assertThat(sent.way()).isEqualTo("Mail");
              assertThat(sent.delivery()).isNull();
            });
  }

  @Test
  void itSaysWhereTheBillIsAndNothingOfWhatStandsOnIt() throws Exception {
    crowd(1, 1);
    Content bill = bill(0);
    books.settled();
    MimeMessage message = mail.getReceivedMessages()[0];
    InternetAddress from = (InternetAddress) message.getFrom()[0];
    assertThat(from.getPersonal()).isEqualTo(NAME);
    assertThat(from.getAddress()).isEqualTo("bills@openrcm.example");
    assertThat(((InternetAddress) message.getReplyTo()[0]).getAddress())
        .isEqualTo("office@larkmoor.example");
    assertThat(message.getSubject()).isEqualTo("You have a new bill from " + NAME);
    assertThat(message.getContentType()).startsWith("text/plain");
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(message.getMessageID()).isEqualTo("<statement." + id(bill) + "@openrcm.example>");
    Written write = new Written(Language.EN);
    String text = text(message);
    assertThat(text)
        .contains(
            "https://larkmoor.example/my",
            "Your code: " + bill.code(),
            "birth date",
            "works until " + write.day(bill.issued().plusDays(180)),
            "Please pay by " + write.day(bill.due()),
            "Call us at 802-555-0100",
            "on paper again");
    assertThat(Codes.isCode(bill.code())).isTrue();
    List<String> secrets = new ArrayList<>();
    secrets.add(bill.patient());
    secrets.add(bill.addressee().name());
    secrets.addAll(List.of(bill.patient().split(" ")));
    secrets.addAll(bill.addressee().address());
    bill.visits()
        .forEach(
            visit -> {
              secrets.add(visit.control());
              secrets.add(write.day(visit.from()));
              secrets.add(write.services(visit));
              visit.insurers().forEach(insurer -> secrets.add(insurer.name()));
              visit.services().forEach(service -> secrets.add(write.service(service)));
            });
    assertThat(secrets).hasSizeGreaterThan(6).allSatisfy(each -> assertThat(each).isNotBlank());
    String all = message.getSubject() + "\n" + text;
    assertThat(all).doesNotContainIgnoringCase(secrets.toArray(String[]::new));
    assertThat(all).doesNotContain("$", write.money(bill.owed()), bill.owed().toString());
  }

  @Test
  void inSpanishForWhoReadsSpanishAndUnderANameInAnyScript() throws Exception {
    crowd(1, 0);
    String name = "Клиника «Ларкмур» 診療所 " + "x".repeat(150);
    policy(name);
    wish(0, "es", "josé@correo.example");
    bill(0);
    books.settled();
    assertThat(mail.getReceivedMessages()).as("no mail server takes such a name").isEmpty();
    assertThat(last(contents(0).get(0)).why()).isEqualTo(Undelivered.ADDRESS);

    crowd(1, 0);
    policy(name);
    wish(0, "es", "jose@señal.example");
    bill(0);
    books.settled();
    MimeMessage message = mail.getReceivedMessages()[0];
    assertThat(message.getAllRecipients()[0]).hasToString("jose@xn--seal-hqa.example");
    assertThat(message.getSubject()).isEqualTo("Tiene una factura nueva de " + name);
    assertThat(((InternetAddress) message.getFrom()[0]).getPersonal()).isEqualTo(name);
    assertThat(text(message))
        .contains("Su código: ", "El código sirve hasta el ", "“Cómo le escribimos”", name)
        .contains("Atendemos Monday to Friday, 8 am to 5 pm.");
  }

  @Test
  void aNameCannotBeginAHeader() throws Exception {
    crowd(1, 1);
    policy("Larkmoor\r\nBcc: everybody@example.org\r\n\r\nPay here: evil.example\u2028\u202e!");
    bill(0);
    books.settled();
    MimeMessage message = mail.getReceivedMessages()[0];
    String flat = "Larkmoor Bcc: everybody@example.org Pay here: evil.example !";
    assertThat(mail.getReceivedMessages()).hasSize(1);
    assertThat(message.getHeader("Bcc")).isNull();
    assertThat(message.getRecipients(Message.RecipientType.CC)).isNull();
    assertThat(message.getAllRecipients()).hasSize(1);
    assertThat(((InternetAddress) message.getFrom()[0]).getPersonal()).isEqualTo(flat);
    assertThat(message.getSubject()).isEqualTo("You have a new bill from " + flat);
    assertThat(text(message))
        .startsWith("A new bill from " + flat + " is ready for you.\n")
        .contains("We answer Monday to Friday, 8 am to 5 pm.");
  }

  @Test
  void cutOffBetweenSendingAndNotingItSendsTheSameMessageAgain() throws Exception {
    crowd(1, 1);
    asOwner(
        "create trigger cut_off before insert on statement_delivery for each row"
            + " execute function refuse_change()");
    try {
      bill(0);
      assertThat(mail.waitForIncomingEmail(20_000, 2)).isTrue();
    } finally {
      asOwner("drop trigger cut_off on statement_delivery");
    }
    books.settled();
    Set<String> ids = new TreeSet<>();
    for (MimeMessage message : mail.getReceivedMessages()) {
      ids.add(message.getMessageID());
    }
    assertThat(mail.getReceivedMessages()).hasSizeGreaterThan(1);
    assertThat(ids).hasSize(1);
    assertThat(books.count("select count(*) from statement_delivery where state = 'SENT'"))
        .isEqualTo(1);
  }

  @Test
  void whatCannotBeSentNowIsSentLater() throws Exception {
    crowd(1, 1);
    mail.stop();
    Content bill = bill(0);
    waitForTries(2);
    assertThat(last(bill).state()).isEqualTo(Delivery.State.FAILED);
    assertThat(last(bill).why()).isEqualTo(Undelivered.SERVER);
    // there may be more tries before it is there, and between it and the next
    MadeUpMailServer.during(
        PORT,
        "RCPT",
        "451 4.2.1 try later",
        () ->
            waitFor(
                "select count(*) from statement_delivery where why = 'LATER'",
                "nobody was told to try later"));
    mail.start();
    books.settled();
    assertThat(mail.getReceivedMessages()).hasSize(1);
    assertThat(last(bill).state()).isEqualTo(Delivery.State.SENT);
    assertThat(books.ask(cameBack::waiting)).isZero();
    assertThat(
            books.ask(
                () ->
                    sql.sql("select why from statement_delivery where state = 'FAILED'")
                        .query(String.class)
                        .set()))
        .containsExactlyInAnyOrder("LATER", "SERVER");
  }

  @Test
  void whatOurServerCannotSendForTooLongIsPrintedAndTheWishForEmailStays() {
    crowd(1, 1);
    mail.stop();
    Content bill = bill(0);
    books.settled();
    assertThat(last(bill).state()).isEqualTo(Delivery.State.PAPER);
    assertThat(last(bill).why()).isEqualTo(Undelivered.SERVER);
    assertThat(books.ask(cameBack::waiting)).isEqualTo(1);
    assertThat(wishOf(0).paper()).isFalse();
    assertThat(page(0).trouble()).isNull();
  }

  @Test
  void aRelayThatDoesNotLetUsSendIsNotThePatientsFault() throws Exception {
    crowd(1, 1);
    mail.stop();
    Content bill =
        MadeUpMailServer.during(PORT, "RCPT", "550 5.7.1 relaying denied", this::settledBill);
    assertThat(last(bill).state()).isEqualTo(Delivery.State.PAPER);
    assertThat(last(bill).why()).isEqualTo(Undelivered.POLICY);
    assertThat(wishOf(0).paper()).isFalse();
  }

  @Test
  void anAddressThatDoesNotExistIsPrintedOnceAndTheNextBillsGoByMail() throws Exception {
    crowd(4, 2);
    mail.stop();
    UUID run =
        MadeUpMailServer.during(
            PORT,
            "RCPT",
            "550 5.1.1 no such user",
            () -> {
              UUID sent = run();
              books.settled();
              return sent;
            });
    Content first = contents(0).get(0);
    assertThat(last(first).state()).isEqualTo(Delivery.State.PAPER);
    assertThat(last(first).why()).isEqualTo(Undelivered.ADDRESS);
    assertThat(books.ask(() -> runAccounts.ways(run))).isEqualTo(new RunAccounts.Ways(2, 0, 0, 2));
    assertThat(wishOf(0)).isEqualTo(new Preferences("en", true, address(0)));
    assertThat(page(0).trouble()).isEqualTo(Undelivered.ADDRESS);
    assertThat(against(0)).as("nothing else is written there").contains("ARRIVES");
    assertThat(against(2)).doesNotContain("ARRIVES");
    wish(2, "en", address(0));
    assertThat(against(2)).as("whoever is reached there").contains("ARRIVES");
    assertThat(books.count("select count(*) from account_correction where kind = 'EMAIL_FAILED'"))
        .isEqualTo(2);
    assertThat(books.ask(() -> batch.parts(run)).get(0).statements())
        .as("what was printed before stays as it was")
        .isEqualTo(2);

    UUID file = books.ask(cameBack::make);
    assertThat(books.ask(cameBack::make)).as("each is in one file").isNull();
    try (PDDocument pdf = Loader.loadPDF(books.ask(() -> cameBack.print(file, false)))) {
      assertThat(new PDFTextStripper().getText(pdf))
          .contains(String.valueOf(first.number()), String.valueOf(contents(1).get(0).number()));
    }
    assertThat(books.ask(cameBack::files))
        .singleElement()
        .satisfies(each -> assertThat(each.statements()).isEqualTo(2));
    assertThat(last(first).state()).isEqualTo(Delivery.State.PRINTED);
    assertThat(last(first).why()).isEqualTo(Undelivered.ADDRESS);

    LocalDate later = LocalDate.now().plusDays(60);
    books.ask(() -> statements.issue(accounts.subList(0, 1), policies.current(), null, later));
    assertThat(
            books.ask(
                () ->
                    sql.sql(
                            "select channel from statement where account_number = ? order by number")
                        .param(accounts.get(0))
                        .query(String.class)
                        .list()))
        .containsExactly("EMAIL", "MAIL");
    wish(0, "en", "corrected@example.org");
    assertThat(against(0)).as("it is corrected").doesNotContain("ARRIVES");
  }

  /** The rules by which a patient may not be asked by e-mail. */
  private List<String> against(int patient) {
    return books
        .ask(() -> contacts.decide(accounts.get(patient), Channel.EMAIL, Purpose.COLLECT))
        .forbids()
        .stream()
        .map(Ruling::rule)
        .toList();
  }

  @Test
  void whatIsRefusedWholeIsPrintedToo() throws Exception {
    crowd(1, 1);
    mail.stop();
    Content bill = MadeUpMailServer.during(PORT, "DATA", "554 5.6.0 not wanted", this::settledBill);
    assertThat(last(bill).why()).isEqualTo(Undelivered.REFUSED);
    assertThat(wishOf(0).paper()).isTrue();
  }

  @Test
  void anEmailThatCameBackLaterIsPrintedInAFileOfItsOwn() {
    crowd(2, 2);
    run();
    books.settled();
    UUID one = id(contents(0).get(0));
    UUID other = id(contents(1).get(0));
    assertThat(books.ask(() -> cameBack.note(one)).noted()).isTrue();
    assertThat(books.ask(() -> cameBack.note(one)).noted()).as("known").isFalse();
    UUID file = books.ask(cameBack::make);
    assertThat(books.ask(() -> cameBack.note(other)).noted()).isTrue();
    UUID next = books.ask(cameBack::make);
    assertThat(books.ask(cameBack::files))
        .extracting(CameBack.File::id)
        .containsExactly(next, file);
    assertThat(books.ask(cameBack::files)).extracting(CameBack.File::statements).containsOnly(1);
    assertThat(wishOf(0).paper()).isTrue();
    assertThat(against(0)).contains("ARRIVES");
  }

  @Test
  void whatCameBackFromAnAddressThatIsCorrectedByThenSaysNothingOfTheNewOne() {
    crowd(1, 1);
    run();
    books.settled();
    wish(0, "en", "corrected@example.org");
    assertThat(books.ask(() -> cameBack.note(id(contents(0).get(0)))).noted()).isTrue();
    assertThat(against(0)).doesNotContain("ARRIVES");
    assertThat(wishOf(0)).isEqualTo(new Preferences("en", false, "corrected@example.org"));
  }

  @Test
  void whoAsksForPaperMeanwhileGetsPaper() throws Exception {
    crowd(1, 1);
    mail.stop();
    Content bill = bill(0);
    waitForTries(1);
    books.run(() -> preferences.set(accounts.get(0), new Preferences("en", true, null)));
    mail.start();
    books.settled();
    assertThat(mail.getReceivedMessages()).isEmpty();
    assertThat(last(bill).state()).isEqualTo(Delivery.State.PAPER);
    assertThat(last(bill).why()).isEqualTo(Undelivered.PAPER_WANTED);
  }
}
