package org.openrcm.statement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.openrcm.posting.TestBooks;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The accounts of a practice of a test's own, and the bills that their patients are sent. */
public final class TestBills {
  private static final Pattern CODE = Pattern.compile("[2-9A-Z]{5}-[2-9A-Z]{5}");

  private final ApplicationContext server;
  private final JdbcClient sql;
  private final TestBooks books;

  public TestBills(ApplicationContext server, TestBooks books) {
    this.server = server;
    this.sql = server.getBean(JdbcClient.class);
    this.books = books;
    hoursInSpanish(null);
  }

  /** Sets how the practice bills anew. */
  public void hoursInSpanish(@Nullable String hours) {
    Policy.Letterhead from =
        new Policy.Letterhead(
            "Larkmoor Family Practice",
            List.of("8 Larkmoor Green", "Larkmoor OH 43999"),
            "800 555 0144",
            "Monday to Friday, 8 am to 5 pm",
            hours,
            null);
    Policy policy =
        new Policy(
            from,
            Money.of("1"),
            30,
            21,
            "bills.example.org/my",
            new Policy.Help(true, "800 555 0145", "bills.example.org/help"));
    books.run(() -> server.getBean(Policies.class).set(policy));
  }

  /** The number of the account of the claim of this CLM01. */
  public long account(String control) {
    return books.ask(
        () ->
            sql.sql("select account_number from account_claim where control = ? limit 1")
                .param(control)
                .query(Long.class)
                .single());
  }

  public UUID accountId(long account) {
    return books.ask(
        () ->
            sql.sql("select id from account where number = ?")
                .param(account)
                .query(UUID.class)
                .single());
  }

  public UUID claim(String control) {
    return books.ask(
        () ->
            sql.sql("select claim_id from account_claim where control = ? limit 1")
                .param(control)
                .query(UUID.class)
                .single());
  }

  /** Sends the account a bill, whatever the day. */
  public void send(long account) {
    send(account, LocalDate.now());
  }

  /** Sends it the next one, two months from now. */
  public void sendLater(long account) {
    send(account, LocalDate.now().plusDays(60));
  }

  /** Sends it one that is of this day. */
  public void send(long account, LocalDate day) {
    if (issue(account, day).isEmpty()) {
      throw new AssertionError("no bill was sent");
    }
  }

  /** Sends the account a bill if there is anything to bill. */
  public void trySend(long account) {
    issue(account, LocalDate.now());
  }

  private Map<Long, Long> issue(long account, LocalDate day) {
    return books.ask(
        () ->
            server
                .getBean(Statements.class)
                .issue(List.of(account), server.getBean(Policies.class).current(), null, day)
                .numbers());
  }

  /** What the last bill on paper asks for, and the code that is printed on it. */
  public record OnPaper(String owed, String code, UUID id) {}

  public OnPaper paper(long account) {
    Bills.Sent last =
        books
            .ask(() -> server.getBean(Bills.class).sent(account).stream().findFirst())
            .orElseThrow();
    byte[] pdf = books.ask(() -> server.getBean(Bills.class).pdf(account, last.id())).orElseThrow();
    try (PDDocument document = Loader.loadPDF(pdf)) {
      String text = new PDFTextStripper().getText(document);
      Matcher code = CODE.matcher(text);
      Matcher owed = Pattern.compile("You owe (\\$[0-9,.]+)").matcher(text);
      if (!code.find() || !owed.find()) {
        throw new AssertionError(text);
      }
      return new OnPaper(owed.group(1), code.group(), last.id());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
