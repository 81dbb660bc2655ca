package org.openrcm.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.TestUsers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database keeps of secrets says nothing without the file beside it. */
@ServerTest
class VaultTest {
  private static final byte[] SECRET = "twenty bytes, no more".substring(0, 20).getBytes();

  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;
  @Autowired private JdbcClient sql;
  @Autowired private Staff staff;
  @Autowired private Vault vault;
  @Autowired private KeptSecrets kept;

  @TempDir private Path folder;

  private Vault vault() throws IOException {
    return new Vault(new VaultKeys(folder.resolve("keys.txt")));
  }

  @Test
  void whatIsClosedOpensInItsPlaceAlone() throws Exception {
    byte[] closed = vault().close(SECRET, "staff/1");
    assertThat(vault().open(closed, "staff/1")).isEqualTo(SECRET);
    assertThatThrownBy(() -> vault().open(closed, "staff/2"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(vault().close(SECRET, "staff/1")).isNotEqualTo(closed);
    for (int at = 0; at < closed.length; at++) {
      byte[] changed = closed.clone();
      changed[at] ^= 1;
      assertThatThrownBy(() -> vault().open(changed, "staff/1"))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void theKeysAreForTheirOwnersEyes() throws Exception {
    Path file = folder.resolve("keys.txt");
    String key = Files.readString(vaultFile(file)).strip();
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(new VaultKeys(file).newest().toString()).doesNotContain(key);
  }

  private static Path vaultFile(Path file) throws IOException {
    assertThat(new VaultKeys(file).newest()).isNotNull();
    return file;
  }

  @Test
  void aLineThatIsNoKeyIsRefusedWithoutShowingIt() throws Exception {
    Path file = Files.writeString(folder.resolve("keys.txt"), "c2VjcmV0IGJ1dCBzaG9ydA==\n");
    assertThatThrownBy(() -> new VaultKeys(file))
        .hasMessageContaining("is no key")
        .hasMessageNotContaining("c2Vj")
        .hasNoCause();
  }

  @Test
  void theLastKeyClosesAndAllOpen() throws Exception {
    byte[] old = vault().close(SECRET, "here");
    Path file = folder.resolve("keys.txt");
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 7);
    String first = Files.readString(file);
    Files.writeString(file, first + Base64.getEncoder().encodeToString(key) + "\n");
    Vault both = vault();
    assertThat(both.open(old, "here")).isEqualTo(SECRET);
    assertThat(both.isFresh(old)).isFalse();
    byte[] fresh = both.close(SECRET, "here");
    assertThat(both.isFresh(fresh)).isTrue();
    Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n");
    assertThat(vault().open(fresh, "here")).isEqualTo(SECRET);
    assertThatThrownBy(() -> vault().open(old, "here")).hasMessageContaining("not among the keys");
  }

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
