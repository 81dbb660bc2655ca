package org.openrcm.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openrcm.ServerTest;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** What the database keeps of secrets says nothing without the file beside it. */
@ServerTest
class VaultTest {
  private static final byte[] SECRET = "twenty bytes, no more".substring(0, 20).getBytes();

  @Autowired private TestUsers users;
  @Autowired private JdbcClient sql;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private FieldVault fields;
  @Autowired private Vault vault;

  @Value("${openrcm.secrets.keys}")
  private Path ofTheServer;

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
  void aNewKeyTakesFieldsOverAndTheOldOneMayGo() throws Exception {
    UUID practice = users.practice("Field vault");
    Actor inside = Actor.job("test", practice);
    String closed = inside.call(() -> fields.close("078-05-1120", "ssn"));
    Path file = folder.resolve("keys.txt");
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 9);
    String line = Base64.getEncoder().encodeToString(key) + "\n";
    Files.writeString(file, Files.readString(ofTheServer) + line);
    new FieldVault(sql, transactions, vault()).renew(practice);
    Files.writeString(file, line);
    FieldVault later = new FieldVault(sql, transactions, vault());
    assertThat(inside.call(() -> later.open(closed, "ssn"))).isEqualTo("078-05-1120");
    assertThat(inside.call(() -> later.mark("078-05-1120")))
        .isEqualTo(inside.call(() -> fields.mark("078-05-1120")));
    FieldVault without = new FieldVault(sql, transactions, new Vault(new VaultKeys(ofTheServer)));
    assertThatThrownBy(() -> inside.call(() -> without.open(closed, "ssn")))
        .hasMessageContaining("not among the keys");
    // servers that start on this database later know their own key only
    Files.writeString(file, line + Files.readString(ofTheServer));
    new FieldVault(sql, transactions, vault()).renew(practice);
    assertThat(inside.call(() -> fieldsOfTheServer().open(closed, "ssn"))).isEqualTo("078-05-1120");
  }

  private FieldVault fieldsOfTheServer() {
    return new FieldVault(sql, transactions, vault);
  }
}
