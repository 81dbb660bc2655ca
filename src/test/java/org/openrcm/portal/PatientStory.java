package org.openrcm.portal;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.money.Money;
import org.openrcm.payment.Method;
import org.openrcm.payment.Payments;
import org.openrcm.payment.Receiving;
import org.openrcm.posting.TestBooks;
import org.openrcm.statement.TestBills;
import org.springframework.context.ApplicationContext;

/**
 * A practice with the account of Tansy Quillby: $37.48 of coinsurance for March 2, $132.50 of
 * deductible for March 3, and a visit of which the insurer refused all, on which the office works.
 * Bills were sent. Another patient has an account there too.
 */
public final class PatientStory {
  public static final LocalDate BORN = LocalDate.of(1984, 6, 11);

  private static final AtomicInteger COUNT = new AtomicInteger();

  public static final String OWED = "$169.98";

  private final ApplicationContext server;
  private final Letters letters;
  public final TestBooks books;
  public final TestBills bills;
  public final long account;
  public final long stranger;

  public PatientStory(ApplicationContext server) {
    this.server = server;
    letters = new Letters(server);
    letters.forgetTries();
    books =
        new TestBooks(server, server.getBean(TestUsers.class).practice("Larkmoor Family Practice"));
    bills = new TestBills(server, books);
    books.loadCase("discount-and-coinsurance");
    books.loadCase("deductible-takes-all", PatientStory::asTansy);
    books.loadCase("denied-as-too-late", PatientStory::asTansy);
    books.loadCase("not-covered-and-the-patient-owes");
    books.postAll();
    account = bills.account("LFP-6011");
    stranger = bills.account("LFP-6051");
    bills.send(account);
    bills.send(stranger);
  }

  private static String asTansy(String x12) {
    return x12.replace("FERNWICK*ODRAN****MI*BFH100200411", "QUILLBY*TANSY****MI*BFH100200300")
        .replace("OXWISTLE*HOBART****MI*BFH100201044", "QUILLBY*TANSY****MI*BFH100200300")
        .replace("DMG*D8*19720902*M", "DMG*D8*19840611*F")
        .replace("DMG*D8*19550712*M", "DMG*D8*19840611*F");
  }

  /** The letter that lies on Tansy Quillby's table. */
  public Letters.Letter letter() {
    return letter(account, BORN);
  }

  public Letters.Letter letter(long of, LocalDate born) {
    TestBills.OnPaper paper = bills.paper(of);
    return new Letters.Letter(
        books.practice, of, bills.accountId(of), paper.id(), paper.code(), born);
  }

  /** Tansy Quillby at a browser, with a sign-in of her own. */
  public TestSession patient() {
    return letters.holder(letter(), "patient" + COUNT.incrementAndGet() + "@portal.example");
  }

  /** Who has her letter, and no more. */
  public TestSession guest() {
    return letters.guest(letter());
  }

  /** The other patient, who came by code. */
  public TestSession stranger() {
    return letters.guest(letter(stranger, LocalDate.of(1979, 5, 30)));
  }

  /** Pays so much at the desk, for the oldest visit first. */
  public UUID pays(String amount) {
    return pays(account, amount, false);
  }

  /**
   * Pays at the desk.
   *
   * @param keep whether what is more than is owed stays as credit
   */
  public UUID pays(long of, String amount, boolean keep) {
    AtomicReference<UUID> taken = new AtomicReference<>();
    Receiving wanted =
        new Receiving(
            of, Money.of(amount), Method.CASH, null, List.of(), keep, UUID.randomUUID().toString());
    books.run(() -> taken.set(server.getBean(Payments.class).take(wanted).id()));
    return taken.get();
  }

  public UUID practice() {
    return books.practice;
  }
}
