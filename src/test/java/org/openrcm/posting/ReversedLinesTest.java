package org.openrcm.posting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a reversal takes back of each service, whatever the order in which it lists them. */
@ServerTest
class ReversedLinesTest {
  @Autowired private ApplicationContext server;
  @Autowired private JdbcClient sql;

  @Test
  void eachServiceIsTakenBackWhereItWasDecided() {
    TestBooks books = new TestBooks(server);
    books.loadCase("reversal-with-its-lines-in-another-order");
    books.postAll();
    assertThat(
            books.ask(
                () ->
                    sql.sql(
                            """
                            select service_line || ' ' || account || ' ' || sum(amount_cents)
                            from journal_line
                            where claim_number is not null and service_line is not null
                            group by service_line, account having sum(amount_cents) <> 0
                            order by service_line, account
                            """)
                        .query(String.class)
                        .list()))
        .containsExactly(
            "1 CONTRACTUAL_ADJUSTMENT 2000",
            "1 PATIENT_RECEIVABLE 1500",
            "1 REVENUE -10000",
            "2 REVENUE -5000");
  }
}
