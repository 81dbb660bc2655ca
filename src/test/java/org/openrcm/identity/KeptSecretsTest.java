package org.openrcm.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.TestUsers;
import org.openrcm.vault.Vault;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database keeps of sign-ins is closed, also what was kept before there was a vault. */
@ServerTest
class KeptSecretsTest {
  private static final byte[] SECRET = "twenty bytes, no more".substring(0, 20).getBytes();

  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;
  @Autowired private JdbcClient sql;
  @Autowired private Staff staff;
  @Autowired private Vault vault;
  @Autowired private KeptSecrets kept;

  @Test
  void aSecretFromBeforeIsClosedAtTheNextStartAndStillWorks() throws Exception {
    UUID person = users.person(users.practice("Vault"), Role.POSTER).id();
    sql.sql("update staff set totp_secret = ? where id = ?").params(SECRET, person).update();
    kept.renew();
    byte[] now =
        sql.sql("select totp_secret from staff where id = ?")
            .param(person)
            .query(byte[].class)
            .single();
    assertThat(now).isNotEqualTo(SECRET);
    assertThat(vault.open(now, "staff/" + person)).isEqualTo(SECRET);
    kept.renew();
    assertThat(
            sql.sql("select totp_secret from staff where id = ?")
                .param(person)
                .query(byte[].class)
                .single())
        .isEqualTo(now);
  }

  /** Reads every value of every table, as who steals the database does. */
  @Test
  void noSecretIsAnywhereInTheDatabase() throws Exception {
    UUID practice = users.practice("Vault");
    UUID person = users.person(practice, Role.POSTER).id();
    TestAuthenticators.keep(staff, person, SECRET);
    users.api(practice, "system/Task.rs").get("/fhir/Task");
    Set<String> canaries =
        Set.of(
            new String(SECRET, StandardCharsets.US_ASCII),
            HexFormat.of().formatHex(SECRET),
            Base64.getEncoder().encodeToString(SECRET),
            "\"d\":\"");
    try (Connection all = database.asSuperuser();
        Statement tables = all.createStatement();
        ResultSet names =
            tables.executeQuery(
                "select relname from pg_class where relkind = 'r' and relnamespace ="
                    + " 'public'::regnamespace")) {
      while (names.next()) {
        String table = names.getString(1);
        assertThat(dump(all, table)).as(table).doesNotContain(canaries.toArray(String[]::new));
      }
    }
    assertThat(sql.sql("select count(*) from signing_key").query(Long.class).single()).isEqualTo(1);
  }

  private static String dump(Connection all, String table) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (Statement query = all.createStatement();
        ResultSet rows = query.executeQuery("select t::text from " + table + " t")) {
      while (rows.next()) {
        text.append(rows.getString(1)).append('\n');
      }
    }
    return text.toString();
  }
}
