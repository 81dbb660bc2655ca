package org.openrcm.statement;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.openrcm.money.Money;
import org.openrcm.posting.TestBooks;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sends the patients of a test's practice their statements. */
public final class Mailing {
  private final TestBooks books;
  private final Statements statements;
  private final Policies policies;
  private final JdbcClient sql;

  public Mailing(ApplicationContext server, TestBooks books) {
    this.books = books;
    this.statements = server.getBean(Statements.class);
    this.policies = server.getBean(Policies.class);
    this.sql = server.getBean(JdbcClient.class);
    Policy policy =
        new Policy(
            new Policy.Letterhead(
                "Larkmoor Family Practice",
                List.of("12 Mill Lane", "Larkmoor VT 05001"),
                "802-555-0100",
                "Monday to Friday, 8 am to 5 pm",
                null,
                "bills@larkmoor.example"),
            Money.of("1.00"),
            Policy.INTERVAL_DAYS,
            Policy.DUE_DAYS,
            "larkmoor.example/my",
            new Policy.Help(false, null, null));
    books.ask(
        () -> {
          policies.set(policy);
          return true;
        });
  }

  /** Sends all who are due on this day a statement, and answers the numbers of what was sent. */
  public Collection<Long> send(LocalDate day) {
    return books.ask(
        () -> {
          List<Long> accounts =
              sql.sql("select number from account order by number").query(Long.class).list();
          return statements.issue(accounts, policies.current(), null, day).numbers().values();
        });
  }

  /** The code on a statement. */
  public String code(long number) {
    UUID id =
        books.ask(
            () ->
                sql.sql("select id from statement where number = ?")
                    .param(number)
                    .query(UUID.class)
                    .single());
    return books.ask(() -> statements.find(id).orElseThrow().content().code());
  }
}
