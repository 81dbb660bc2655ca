package org.openrcm.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/** No card number is ours to keep (P11; PCI DSS 4.0.1, SAQ A). */
@ServerTest
@ExtendWith(OutputCaptureExtension.class)
class CardNumbersTest {
  /** Numbers that no card has: of gateways, for tests. */
  private static final String CANARY = "5555555555554444";

  private static final String SPACED = "5555 5555 5555 4444";

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4242424242424242",
        "4242 4242 4242 4242",
        "card 4242-4242-4242-4242, 12/29",
        "378282246310005",
        "x4111111111111111"
      })
  void aCardNumberIsKnownByItsCheckDigit(String text) {
    assertThat(CardNumbers.isIn(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1001",
        "4242424242424241",
        "802 555 0100",
        "0000000000000000",
        "12345678901234567890123"
      })
  void otherNumbersAreNone(String text) {
    assertThat(CardNumbers.isIn(text)).isFalse();
  }

  @Test
  void oneThatIsTypedAnywhereIsInNoTableAndNoLog(CapturedOutput output) throws Exception {
    Desk desk = Desk.open(server, "Canary");
    TestSession poster = users.signedIn(desk.practice(), Role.POSTER, Role.MANAGER);
    String page = desk.cardPage("12.00");
    TestSession payer = users.anonymous();
    payer.get(page);
    // as a page that asked for it would send it
    assertThat(payer.post(page, "choice", "pay", "card", CANARY, "number", SPACED).statusCode())
        .isEqualTo(302);
    users.settled(desk.practice());
    assertThat(desk.count("patient_payment")).as("paid").isEqualTo(1);
    String account = "/accounts/" + desk.id();
    for (String typed : List.of(CANARY, SPACED)) {
      var taken =
          poster.post(
              account + "/payments",
              "method",
              "cheque",
              "amount",
              "1",
              "cheque",
              typed,
              "key",
              "key-" + typed.length());
      assertThat(taken.statusCode()).isEqualTo(422);
      assertThat(taken.body()).contains("looks like a card").doesNotContain(typed);
      assertThat(
              poster
                  .post(account + "/flags", "kind", "hold", "note", "Card is " + typed)
                  .statusCode())
          .isEqualTo(422);
    }
    users.settled(desk.practice());
    assertThat(tablesWith(CANARY)).as("tables with the number").isEmpty();
    assertThat(tablesWith("Canary")).as("that the search finds what is there").isNotEmpty();
    assertThat(output.getAll().replaceAll("[ -]", "")).doesNotContain(CANARY);
  }

  /** All tables, as their owner dumps them: also in JSON and bytes. */
  private List<String> tablesWith(String figures) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = database.asSuperuser();
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      ResultSet names =
          statement.executeQuery("select tablename from pg_tables where schemaname = 'public'");
      while (names.next()) {
        tables.add(names.getString(1));
      }
      for (String table : tables) {
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from \"%1$s\" t where translate(t::text, ' -', '') like '%%%2$s%%'"
                        .formatted(table, figures)
                    + " or position('%s' in t::text) > 0"
                        .formatted(
                            java.util.HexFormat.of()
                                .formatHex(
                                    figures.getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
        rows.next();
        if (rows.getLong(1) > 0) {
          found.add(table);
        }
      }
    }
    return found;
  }
}
