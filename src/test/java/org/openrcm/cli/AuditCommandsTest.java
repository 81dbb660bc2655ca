package org.openrcm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openrcm.server.ServedProcess;
import picocli.CommandLine;

/** The record of a server as it is served, looked at from beside it. */
class AuditCommandsTest {
  @TempDir private static Path folder;
  private static ServedProcess server;

  @BeforeAll
  static void serve() throws Exception {
    server = ServedProcess.start(folder, Map.of(), "--data", data()).ready();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static String data() {
    return folder.resolve("data").toString();
  }

  /** What a command printed, after its exit code. */
  private static String run(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine command = new CommandLine(new OpenRcm());
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(out));
    int code = OpenRcm.execute(command, arguments);
    return code + "\n" + out;
  }

  /** As who owns the tables. */
  private static Connection owner() throws Exception {
    Properties passwords = new Properties();
    try (var in = Files.newBufferedReader(Path.of(data(), "passwords.properties"))) {
      passwords.load(in);
    }
    String port = Files.readAllLines(Path.of(data(), "postgres/postmaster.pid")).get(3).strip();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/openrcm",
        "openrcm_owner",
        passwords.getProperty("owner"));
  }

  private static String firstKey() throws Exception {
    return Files.readAllLines(Path.of(data(), "audit", "keys.txt")).get(1);
  }

  private static long anEntry(Statement sql) throws Exception {
    sql.execute("select set_config('app.sealing', 'yes', false)");
    try (ResultSet row =
        sql.executeQuery(
            "select events[1] from audit_batch order by cardinality(events) desc limit 1")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void theRecordOfARunningServerIsWholeInTheDatabaseAndAsACopy() throws Exception {
    assertThat(run("verify-audit", "--data", data(), "--key", firstKey()))
        .startsWith("0\n")
        .contains("The record is whole");
    Path copy = folder.resolve("copy");
    assertThat(run("export-audit", "--data", data(), "-o", copy.toString())).startsWith("0\n");
    assertThat(run("verify-audit", "--from", copy.toString(), "--key", firstKey()))
        .startsWith("0\n")
        .contains("The record is whole");
    assertThat(copy.resolve("audit").resolve("secret-key.txt")).doesNotExist();
  }

  @Test
  void anEntryIsProvedToAnOutsider() throws Exception {
    long id;
    try (Connection connection = owner();
        Statement sql = connection.createStatement()) {
      id = anEntry(sql);
    }
    String printed = run("prove-entry", "--data", data(), Long.toString(id));
    assertThat(printed).startsWith("0\n");
    String proof = printed.substring(2);
    assertThat(check(proof)).startsWith("0\n" + id + "\n").contains("It is in the record");
    String other = proof.replaceFirst("extra AAAA", "extra AAAB");
    assertThat(other).isNotEqualTo(proof);
    assertThat(check(other)).startsWith("1\n").contains("It is NOT in the record");
    assertThat(check(proof.replaceFirst("index \\d+", "index 1000000")))
        .contains("It is NOT in the record");
    assertThat(run("prove-entry", "--data", data(), "999999999")).startsWith("1\n");
  }

  /** The script that an outsider has, run as they run it. */
  private static String check(String proof) throws Exception {
    Path file = Files.writeString(folder.resolve("proof.txt"), proof);
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "src/docs/CheckEntry.java",
                file.toString(),
                firstKey())
            .redirectErrorStream(true)
            .start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return java.waitFor() + "\n" + said;
  }

  @Test
  void anEntryThatItsOwnerChangedIsNamed() throws Exception {
    try (Connection connection = owner();
        Statement sql = connection.createStatement()) {
      long id = anEntry(sql);
      sql.execute("alter table audit_event disable trigger audit_event_stays");
      sql.execute("alter table audit_event no force row level security");
      sql.execute("update audit_event set actor_name = actor_name || '!' where id = " + id);
      try {
        assertThat(run("verify-audit", "--data", data()))
            .startsWith("1\n")
            .contains("CHANGED, entry " + id + ",", "The record is NOT whole");
      } finally {
        sql.execute("update audit_event set actor_name = rtrim(actor_name, '!') where id = " + id);
        sql.execute("alter table audit_event force row level security");
        sql.execute("alter table audit_event enable trigger audit_event_stays");
      }
    }
  }

  @Test
  void whatIsNoRecordIsSaidSoInALine() {
    for (List<String> where :
        List.of(
            List.of("--data", folder.resolve("nowhere").toString()),
            List.of("--from", folder.resolve("nowhere").toString()),
            List.of("--database", "jdbc:postgresql://127.0.0.1:1/none"))) {
      assertThat(run("verify-audit", where.get(0), where.get(1)))
          .startsWith("2\nopenrcm: ")
          .hasLineCount(2);
    }
  }
}
