package org.openrcm.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BroughtPostgresTest {
  /** As a first start leaves it. */
  @TempDir private static Path made;

  @TempDir private Path folder;

  @BeforeAll
  static void firstStart() throws IOException {
    BroughtPostgres.start(made).close();
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** A folder after its first start. */
  private Path laterData() throws Exception {
    Process copying = new ProcessBuilder("cp", "-a", made.toString(), data().toString()).start();
    assertThat(copying.waitFor()).isZero();
    return data();
  }

  /** A folder before its first start, but with the programs unpacked: it takes seconds. */
  private Path newData() throws IOException {
    Files.createDirectories(data());
    Files.createSymbolicLink(data().resolve("programs"), made.resolve("programs"));
    return data();
  }

  private static Connection connect(BroughtPostgres postgres, String role, String password)
      throws SQLException {
    return DriverManager.getConnection(postgres.url(), role, password);
  }

  private static String ask(Connection connection, String question) throws SQLException {
    try (Statement sql = connection.createStatement();
        ResultSet answer = sql.executeQuery(question)) {
      answer.next();
      return answer.getString(1);
    }
  }

  private static void write(BroughtPostgres postgres, String value) throws SQLException {
    try (Connection owner = connect(postgres, BroughtPostgres.OWNER, postgres.passwords().owner());
        Statement sql = owner.createStatement()) {
      sql.execute("create table if not exists kept (value text)");
      sql.execute("insert into kept values ('" + value + "')");
    }
  }

  private static String written(BroughtPostgres postgres) throws SQLException {
    try (Connection owner =
        connect(postgres, BroughtPostgres.OWNER, postgres.passwords().owner())) {
      return ask(owner, "select string_agg(value, ' ' order by value) from kept");
    }
  }

  private ProcessHandle postmaster() throws IOException {
    List<String> lines = Files.readAllLines(data().resolve("postgres/postmaster.pid"));
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).orElseThrow();
  }

  @Test
  void itIsDurableAndOpenToThisMachineByPasswordOnly() throws Exception {
    try (BroughtPostgres postgres = BroughtPostgres.start(laterData())) {
      String superuser = postgres.passwords().superuser();
      try (Connection connection = connect(postgres, "postgres", superuser)) {
        assertThat(ask(connection, "show fsync")).isEqualTo("on");
        assertThat(ask(connection, "show synchronous_commit")).isEqualTo("on");
        assertThat(ask(connection, "show full_page_writes")).isEqualTo("on");
        assertThat(ask(connection, "show listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(ask(connection, "show server_version")).startsWith("18");
        assertThat(ask(connection, "show server_encoding")).isEqualTo("UTF8");
        assertThat(
                ask(
                    connection,
                    "select string_agg(distinct auth_method, ' ') from pg_hba_file_rules"))
            .isEqualTo("scram-sha-256");
      }
      for (String role : List.of("postgres", BroughtPostgres.OWNER, BroughtPostgres.APPLICATION)) {
        assertThatThrownBy(() -> connect(postgres, role, "guessed").close())
            .as(role)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
      }
      try (Connection application =
          connect(postgres, BroughtPostgres.APPLICATION, postgres.passwords().application())) {
        assertThat(
                ask(
                    application,
                    "select rolsuper or rolbypassrls from pg_roles"
                        + " where rolname = current_user"))
            .isEqualTo("f");
      }
    }
  }

  @Test
  void onlyItsOwnerMayLookIntoTheFolder() throws Exception {
    laterData();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data().resolve("passwords.properties"))))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(data())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("the superuser's password for initdb is gone again")
          .contains("lock", "passwords.properties", "postgres")
          // unpacked once for a whole run of tests, into the folder of whichever came first
          .isSubsetOf("lock", "passwords.properties", "postgres", "programs");
    }
  }

  @Test
  void dataStayOverStopAndStart() throws Exception {
    try (BroughtPostgres postgres = BroughtPostgres.start(laterData())) {
      write(postgres, "one");
    }
    try (BroughtPostgres postgres = BroughtPostgres.start(data())) {
      assertThat(written(postgres)).isEqualTo("one");
    }
  }

  @Test
  void committedDataStayWhenTheDatabaseIsKilled() throws Exception {
    BroughtPostgres killed = BroughtPostgres.start(laterData());
    write(killed, "one");
    ProcessHandle postmaster = postmaster();
    postmaster.destroyForcibly();
    postmaster.onExit().get();
    killed.close();
    try (BroughtPostgres postgres = BroughtPostgres.start(data())) {
      assertThat(written(postgres)).isEqualTo("one");
    }
  }

  @Test
  void aFolderInUseIsRefusedWithWhoHasIt() throws Exception {
    try (BroughtPostgres first = BroughtPostgres.start(laterData())) {
      assertThatThrownBy(() -> BroughtPostgres.start(data()))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("Another OpenRCM uses the folder " + first.folder())
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("--data");
    }
  }

  @Test
  void aFirstStartThatWasCutShortIsSetAsideAndBegunAgain() throws IOException, SQLException {
    Files.createDirectories(newData().resolve("postgres"));
    Files.writeString(data().resolve("postgres/postgresql.conf"), "half written");
    try (BroughtPostgres postgres = BroughtPostgres.start(data())) {
      write(postgres, "one");
      assertThat(written(postgres)).isEqualTo("one");
    }
    try (Stream<Path> files = Files.list(data())) {
      assertThat(files.filter(file -> file.toString().contains("postgres-unfinished-")))
          .singleElement()
          .satisfies(
              aside -> assertThat(aside.resolve("postgresql.conf")).hasContent("half written"));
    }
  }

  @Test
  void aDatabaseOfAnotherPostgresIsRefusedAndLeftAsItIs() throws Exception {
    Path version = laterData().resolve("postgres/PG_VERSION");
    Files.writeString(version, "15\n");
    assertThatThrownBy(() -> BroughtPostgres.start(data()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("PostgreSQL 15");
    assertThat(version).hasContent("15");
  }

  @Test
  void aProcessThatOnlyHasTheNumberOfTheOldDatabaseIsLeftAlone() throws Exception {
    laterData();
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(
          data().resolve("postgres/postmaster.pid"),
          other.pid() + "\n" + data().resolve("postgres") + "\n");
      BroughtPostgres.start(data()).close();
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroy();
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsRefusedPlainly() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> BroughtPostgres.start(file.resolve("data")))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("cannot be used");
  }
}
