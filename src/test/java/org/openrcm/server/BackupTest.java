package org.openrcm.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.audit.Actor;
import org.openrcm.cli.CommandRun;
import org.openrcm.identity.Memberships;
import org.openrcm.identity.Role;
import org.openrcm.identity.Staff;
import org.openrcm.identity.TestAuthenticators;
import org.openrcm.intake.Intake;
import org.openrcm.intake.Via;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * What src/docs/backup.md says, done: a server is backed up while it works, goes on, and is lost; a
 * copy takes its place. Each test goes on where the last one ended.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupTest {
  private static final String EMAIL = "keeper@larkfield.example";
  private static final String PASSWORD = "a long walk to the mill";
  private static final byte[] SECRET =
      "twenty bytes, no more".substring(0, 20).getBytes(StandardCharsets.US_ASCII);

  @TempDir private static Path folder;
  private static ConfigurableApplicationContext server;
  private static UUID practice;
  private static String firstKey;
  private static CommandRun backup;

  /** As they were when the backup began. */
  private static String books;

  private static Set<String> files;

  private static Path at(String name) {
    return folder.resolve(name);
  }

  private static ConfigurableApplicationContext serve(Path data) {
    return Server.start("--openrcm.data=" + data, "--server.port=0", "--management.server.port=0");
  }

  @BeforeAll
  static void aServerIsBackedUpAndLost() throws Exception {
    // so that the programs of PostgreSQL are not those of the folder that is lost
    assertThat(TestDatabase.fresh()).isNotNull();
    server = serve(at("original"));
    server.getBean(MadeUpPractice.class).open();
    practice =
        UUID.fromString(ask(at("original"), "select id::text from practice where made_up").get(0));
    keep("all.835", String.join("", samples()));
    keep("all.835", String.join("", samples()));
    somebodyWithASecondFactor();
    TestSession manager = signIn(at("original"));
    for (String page : List.of("/reports", "/accounts", "/statements", "/ledger")) {
      assertThat(manager.get(page).statusCode()).as(page).isEqualTo(200);
    }
    firstKey = Files.readAllLines(at("original/audit/keys.txt")).get(1);
    books = books(at("original"));
    files = files(at("original"));
    backUpAmidUploads();

    keep("what came after the backup");
    server.close();
    run("cp", "-a", at("original/audit").toString(), at("newer").toString());
    run("rm", "-r", at("original").toString());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void somebodyWithASecondFactor() throws Exception {
    Staff staff = server.getBean(Staff.class);
    UUID person = staff.create(EMAIL, "Kestrel Oakhollow");
    Actor.job("test", practice)
        .run(() -> server.getBean(Memberships.class).grant(person, practice, Role.MANAGER));
    String hash = server.getBean(PasswordEncoder.class).encode(PASSWORD);
    execute(
        at("original"),
        "update staff set password_hash = '%s' where id = '%s'".formatted(hash, person));
    TestAuthenticators.keep(staff, person, SECRET);
  }

  /** As long as the copy is made files come in, and are read. */
  private static void backUpAmidUploads() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    List<Throwable> troubles = new ArrayList<>();
    Thread sender =
        new Thread(
            () -> {
              for (int i = 0; !ended.get(); i++) {
                try {
                  keep("no X12, but a file that comes in: " + i);
                  Thread.sleep(10);
                } catch (Exception e) {
                  troubles.add(e);
                }
              }
            });
    sender.start();
    backup =
        CommandRun.of(
            "backup", "--data=" + at("original"), "--to=" + at("backup"), "--keys=" + at("keys"));
    ended.set(true);
    sender.join();
    assertThat(troubles).isEmpty();
  }

  /** A large file: the database keeps its bytes apart from its rows. */
  private static List<String> samples() throws IOException {
    List<String> samples = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("samples"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".835")).sorted().toList()) {
        samples.add(Files.readString(file));
      }
    }
    return samples;
  }

  private static void keep(String content) throws Exception {
    keep("x", content);
  }

  private static void keep(String name, String content) throws Exception {
    byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
    Actor.job("test", practice)
        .call(
            () ->
                server
                    .getBean(Intake.class)
                    .receive(name, Via.API, new ByteArrayInputStream(bytes)));
  }

  private static TestSession signIn(Path data) throws Exception {
    execute(data, "update staff set totp_last_step = 0");
    TestSession session =
        new TestSession(
            URI.create(
                "http://localhost:" + server.getEnvironment().getProperty("local.server.port")));
    session.get("/sign-in");
    session.post("/sign-in", "email", EMAIL, "password", PASSWORD);
    session.get("/sign-in/code");
    TimeBasedOneTimePasswordGenerator codes = new TimeBasedOneTimePasswordGenerator();
    session.post(
        "/sign-in/code",
        "code",
        codes.generateOneTimePasswordString(
            new SecretKeySpec(SECRET, codes.getAlgorithm()), Instant.now(), Locale.ROOT));
    return session;
  }

  private static Connection superuser(Path data) throws IOException, SQLException {
    Properties passwords = new Properties();
    try (var in = Files.newBufferedReader(data.resolve("passwords.properties"))) {
      passwords.load(in);
    }
    String port = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3).strip();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/openrcm",
        "postgres",
        passwords.getProperty("superuser"));
  }

  private static List<String> ask(Path data, String question) throws Exception {
    List<String> answers = new ArrayList<>();
    try (Connection connection = superuser(data);
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery(question)) {
      while (rows.next()) {
        answers.add(rows.getString(1));
      }
    }
    return answers;
  }

  /** Past all triggers, as the owner of a database can. */
  private static void execute(Path data, String statements) throws Exception {
    try (Connection connection = superuser(data);
        Statement sql = connection.createStatement()) {
      sql.execute("set session_replication_role = replica; " + statements);
    }
  }

  private static String books(Path data) throws Exception {
    return String.join(
        "\n",
        ask(
            data,
            """
            select concat_ws('|', practice_id, account, sum(amount_cents), count(*))
            from journal_line group by practice_id, account
            union all select concat_ws('|', number, encode(sha256(pdf), 'hex')) from statement
            order by 1
            """));
  }

  /** What their pieces hash to by SQL is not looked at: verify-data is to do that. */
  private static Set<String> files(Path data) throws Exception {
    return new TreeSet<>(
        ask(
            data,
            """
            select concat_ws('|', f.id, encode(f.sha256, 'hex'), encode(
              sha256(string_agg(p.content, '' order by p.start)), 'hex'))
            from received_file f join file_piece p on p.file_id = f.id group by f.id, f.sha256
            """));
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static CommandRun verify(String... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of("verify-data", "--data=" + at("restored"), "--key=" + firstKey),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static void assertWhole(CommandRun verified) {
    assertThat(verified.text()).as(verified.errors()).endsWith("All of it is whole.\n");
    assertThat(verified.exitCode()).isZero();
  }

  private static void assertNamed(CommandRun verified, String... named) {
    assertThat(verified.text()).as(verified.errors()).contains(named).contains("NOT whole");
    assertThat(verified.exitCode()).isEqualTo(1);
  }

  @Test
  @Order(1)
  void aBackupIsWholeByItsSumsAndHasNoKeys() throws Exception {
    assertThat(backup.exitCode()).as(backup.errors()).isZero();
    assertThat(backup.text()).contains("files with").contains(at("keys").toString());
    run("sh", "-c", "cd " + at("backup") + " && sha256sum --check --quiet SHA256SUMS");
    try (Stream<Path> all = Files.walk(at("backup"))) {
      assertThat(all.map(file -> file.getFileName().toString()))
          .contains("PG_VERSION", "backup_label", "keys.txt")
          .doesNotContain("secret-keys.txt", "secret-key.txt", "postmaster.pid");
    }
    CommandRun again =
        CommandRun.of(
            "backup", "--data=" + at("newer"), "--to=" + at("backup"), "--keys=" + at("keys"));
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.errors()).contains("something at " + at("backup") + " already");
  }

  @Test
  @Order(2)
  void withoutItsKeysNobodyWouldSignIn() throws Exception {
    run("cp", "-a", at("backup").toString(), at("restored").toString());
    assertNamed(
        verify(),
        "secrets: there is no file of keys at " + at("restored/secret-keys.txt"),
        "Secrets are NOT whole: none could be opened");
  }

  @Test
  @Order(3)
  void withThemTheCopyIsWhole() throws Exception {
    run("cp", "-a", at("keys") + "/.", at("restored").toString());
    assertWhole(verify());
  }

  @Test
  @Order(4)
  void checkpointsFromAfterTheBackupTellThatTheRecordIsCutOff() {
    assertNamed(
        verify("--checkpoints=" + at("newer")), "CUT_OFF", "Books are whole", "Files are whole");
  }

  @Test
  @Order(5)
  void aServerOnTheCopyHasWhatWasThereAndLetsPeopleIn() throws Exception {
    server = serve(at("restored"));
    assertThat(books(at("restored"))).isEqualTo(books).isNotEmpty();
    assertThat(files(at("restored"))).containsAll(files);
    assertThat(files).isNotEmpty();
    assertThat(signIn(at("restored")).get("/reports").statusCode()).isEqualTo(200);
    keep("what comes in now");
    assertWhole(verify());
  }

  /**
   * Something that the owner of the database did.
   *
   * @param named what verify-data says of it
   */
  private record Tampering(String what, String undone, String named) {}

  @Test
  @Order(6)
  void whatItsOwnerChangedIsNamed() throws Exception {
    String file =
        one("select id::text from received_file where name like '%.835' and via = 'SAMPLE'");
    String check =
        one(
            "select source_number from journal_entry where source = 'PAYMENT'"
                + " order by source_number");
    String entry =
        one(
            "select number from journal_entry where source = 'PAYMENT' and source_number = "
                + check
                + " order by number");
    String account = one("select account from journal_line where line = 1 and entry = " + entry);
    String statement = one("select number from statement");
    String claim = one("select claim_number from claim_owing");
    String staff = one("select id::text from staff where totp_secret is not null");
    String event = one("select events[1] from audit_batch");
    List<Tampering> all =
        List.of(
            reversed(
                "update file_piece set content = set_byte(content, 40, get_byte(content, 40) # 1)"
                    + " where start = 0 and file_id = '"
                    + file
                    + "'",
                "file " + file + ": "),
            reversed(
                "update received_file set sha256 = set_byte(sha256, 3, get_byte(sha256, 3) # 1)"
                    + " where id = '"
                    + file
                    + "'",
                "file " + file + ": its SHA-256 is "),
            aside("received_file", "name = 'all.835' and duplicate_of is null", " repeats file "),
            aside("file_piece", "file_id = '" + file + "'", "file " + file + ": 0 bytes are there"),
            aside("received_file", "id = '" + file + "'", "file " + file + " is not there"),
            new Tampering(
                "update journal_line set amount_cents = amount_cents + 7 where line = 1 and entry = "
                    + entry,
                "update journal_line set amount_cents = amount_cents - 7 where line = 1 and entry = "
                    + entry,
                "entry " + entry + " does not come to zero"),
            new Tampering(
                "update journal_line set amount_cents = amount_cents + 7 * (3 - 2 * line)"
                    + " where line < 3 and entry = "
                    + entry,
                "update journal_line set amount_cents = amount_cents - 7 * (3 - 2 * line)"
                    + " where line < 3 and entry = "
                    + entry,
                "the balance of " + account + " is not the sum of its lines from batch "),
            aside("journal_line", "entry = " + entry, "entry " + entry + " has lost its lines"),
            aside("journal_entry", "number = " + entry, "entry " + entry + " is gone"),
            aside("remittance", "number = " + check, " is posted for payment " + check),
            new Tampering(
                "update claim_owing set insurance_cents = insurance_cents + 1 where claim_number = "
                    + claim,
                "update claim_owing set insurance_cents = insurance_cents - 1 where claim_number = "
                    + claim,
                "what is open of claim " + claim),
            new Tampering(
                "update report_claim_total set charged_cents = charged_cents + 1",
                "update report_claim_total set charged_cents = charged_cents - 1",
                "the report of what was charged in "),
            reversed(
                "update statement set pdf = set_byte(pdf, 400, get_byte(pdf, 400) # 1)"
                    + " where number = "
                    + statement,
                "statement " + statement + " is not the PDF that was sent"),
            reversed(
                "update staff set totp_secret = set_byte(totp_secret, 30, get_byte(totp_secret, 30)"
                    + " # 1) where id = '"
                    + staff
                    + "'",
                "secrets: staff/" + staff),
            reversed(
                "update field_key set kept = set_byte(kept, 30, get_byte(kept, 30) # 1)",
                "secrets: field_key/" + practice),
            new Tampering(
                "update audit_event set actor_name = actor_name || '!' where id = " + event,
                "update audit_event set actor_name = rtrim(actor_name, '!') where id = " + event,
                "CHANGED, entry " + event));
    for (Tampering each : all) {
      execute(at("restored"), each.what());
      assertNamed(verify(), each.named());
      execute(at("restored"), each.undone());
    }
    assertWhole(verify());
  }

  private static String one(String question) throws Exception {
    return ask(at("restored"), question).get(0);
  }

  private static Tampering reversed(String statement, String named) {
    return new Tampering(statement, statement, named);
  }

  /** Rows that are taken away. */
  private static Tampering aside(String table, String where, String named) {
    return new Tampering(
        "create table aside as select * from %1$s where %2$s; delete from %1$s where %2$s"
            .formatted(table, where),
        "insert into %1$s select * from aside; drop table aside".formatted(table),
        named);
  }

  @Test
  @Order(7)
  void aByteThatTurnedOnTheDiskNamesTheFile() throws Exception {
    String file =
        one(
            """
            select f.id::text from received_file f join file_piece p on p.file_id = f.id
            where f.name = 'all.835' and f.duplicate_of is null and length(p.content) > 2500
            """);
    byte[] content =
        HexFormat.of()
            .parseHex(
                one(
                    "select encode(substr(content, 200, 600), 'hex') from file_piece"
                        + " where start = 0 and file_id = '"
                        + file
                        + "'"));
    Path table =
        at("restored/postgres")
            .resolve(
                one(
                    "select pg_relation_filepath(reltoastrelid) from pg_class"
                        + " where relname = 'file_piece'"));
    server.close();
    byte[] disk = Files.readAllBytes(table);
    int place = indexOf(disk, content);
    disk[place + 100] ^= 1;
    Files.write(table, disk);
    assertNamed(verify(), "file " + file + ": ", "The record is whole", "Books are whole");
    disk[place + 100] ^= 1;
    Files.write(table, disk);
    assertWhole(verify());
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int at = 0; at + part.length <= all.length; at++) {
      int same = 0;
      while (same < part.length && all[at + same] == part[same]) {
        same++;
      }
      if (same == part.length) {
        return at;
      }
    }
    throw new AssertionError("not there");
  }
}
