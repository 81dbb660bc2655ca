package org.openrcm.remittance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestDatabase;
import org.openrcm.TestFiles;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.openrcm.claim.Claims;
import org.openrcm.identity.Role;
import org.openrcm.posting.TestBooks;
import org.openrcm.vault.FieldVault;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Social security numbers and bank accounts are nowhere in the database as they are (rule H5), and
 * where they have to be they come out as they were.
 */
@ServerTest
class GuardedNumbersTest {
  private static final String OF_THE_PATIENT = "078051120";
  private static final String OF_A_REFERENCE = "219099999";
  private static final String UNPLACED = "457555462";
  private static final String OF_A_BILL = "078051121";
  private static final String ACCOUNT = "90210776655";

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;
  @Autowired private Remittances remittances;
  @Autowired private Claims claims;
  @Autowired private FieldVault vault;
  @Autowired private JdbcClient sql;

  private static byte[] remittance() throws Exception {
    return Files.readString(Path.of("samples/family-practice.835"))
        .replaceFirst(
            "BPR\\*[^~]*~",
            "BPR*I*483.22*C*ACH*CCP*01*011000015*DA*%1$s*1890000101**01*011000028*DA*%1$s*20260612~"
                .formatted(ACCOUNT))
        .replaceFirst(
            "NM1\\*QC\\*1\\*QUILLBY\\*TANSY\\*\\*\\*\\*MI\\*[^~]*~",
            "NM1*QC*1*QUILLBY*TANSY****34*%s~REF*SY*%s~".formatted(OF_THE_PATIENT, OF_A_REFERENCE))
        .replaceFirst("LX\\*1~", "QQ*SY*" + UNPLACED + "~LX*1~")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Where in the database one of them stands, as who steals it would find it. */
  private List<String> found(String... canaries) throws Exception {
    List<String> found = new ArrayList<>();
    try (Connection all = database.asSuperuser();
        Statement tables = all.createStatement();
        ResultSet names =
            tables.executeQuery(
                "select relname from pg_class where relkind = 'r' and relnamespace ="
                    + " 'public'::regnamespace")) {
      while (names.next()) {
        String table = names.getString(1);
        all.setAutoCommit(false);
        try (Statement query = all.createStatement()) {
          query.setFetchSize(500);
          try (ResultSet rows = query.executeQuery("select t::text from " + table + " t")) {
            while (rows.next()) {
              String row = rows.getString(1);
              for (String canary : canaries) {
                // bytes are shown in hexadecimal
                if (row.contains(canary) || row.contains(hex(canary))) {
                  found.add(table + " has " + canary);
                }
              }
            }
          }
        }
      }
    }
    return found;
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Files as they came are compressed: who steals them knows how to read that. */
  private List<String> foundInFiles(UUID practice, String... canaries) throws Exception {
    List<String> found = new ArrayList<>();
    try (Connection all = database.asSuperuser();
        Statement query = all.createStatement();
        ResultSet rows =
            query.executeQuery(
                "select length, content from file_piece where practice_id = '" + practice + "'")) {
      while (rows.next()) {
        byte[] content = rows.getBytes(2);
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (!Zstd.isError(Zstd.getFrameContentSize(content))) {
          text += new String(Zstd.decompress(content, rows.getInt(1)), StandardCharsets.US_ASCII);
        }
        for (String canary : canaries) {
          if (text.contains(canary)) {
            found.add(canary);
          }
        }
      }
    }
    return found;
  }

  @Test
  void aDumpOfTheDatabaseHasNoneOfThemAndReadersHaveAll() throws Exception {
    UUID practice = users.practice("Guarded");
    TestFiles files = new TestFiles(users, practice);
    UUID file = files.load("ssn.835", remittance());
    assertThat(files.state(file)).isIn("LOADED", "LOADED_WITH_FINDINGS", "READ");
    TestBooks books = new TestBooks(server, practice);
    books.loadCase(
        "denied-as-too-late",
        text -> text.replaceAll("(DMG\\*D8\\*[^~]*~)", "$1REF*SY*" + OF_A_BILL + "~"));
    books.settled();
    TestApi program = users.api(practice, "system/Patient.rs", "system/Claim.rs");
    String url = "/fhir/Patient?identifier=http://hl7.org/fhir/sid/us-ssn%7C" + OF_THE_PATIENT;
    assertThat(program.get(url).body()).contains("TANSY", OF_THE_PATIENT);
    assertThat(program.get("/fhir/Patient?identifier=" + OF_THE_PATIENT).body()).contains("TANSY");
    users.signedIn(practice, Role.BILLER).get("/accounts");

    String[] canaries = {OF_THE_PATIENT, OF_A_REFERENCE, UNPLACED, OF_A_BILL, ACCOUNT};
    assertThat(found(canaries))
        .as("a search without a system stands in the audit record as it was sent (BALP)")
        .containsOnly("audit_event has " + OF_THE_PATIENT);
    assertThat(found("HAZELTHWAITE")).as("what is not guarded is found").isNotEmpty();
    assertThat(foundInFiles(practice, canaries)).isEmpty();

    Actor.job("test", practice)
        .run(
            () -> {
              UUID id =
                  books.ask(
                      () ->
                          sql.sql("select id from remittance where file_id = ?")
                              .param(file)
                              .query(UUID.class)
                              .single());
              StoredRemittance stored = remittances.find(id).orElseThrow();
              assertThat(stored.remittance().payment().originator().account()).isEqualTo(ACCOUNT);
              assertThat(stored.remittance().payment().receiver().account()).isEqualTo(ACCOUNT);
              assertThat(stored.remittance().unmapped().toString()).contains(UNPLACED);
              ClaimPayment claim = remittances.claims(stored.number(), 0, 1).get(0).claim();
              assertThat(claim.person("QC").id()).isEqualTo(OF_THE_PATIENT);
              assertThat(claim.references().toString()).contains(OF_A_REFERENCE);
              UUID bill =
                  books.ask(
                      () -> sql.sql("select id from claim limit 1").query(UUID.class).single());
              assertThat(claims.find(bill).orElseThrow().claim().treated().reference("SY"))
                  .isEqualTo(OF_A_BILL);
            });
  }

  @Test
  void eachPracticeAndFieldHasItsOwn() {
    Actor one = Actor.job("test", users.practice("One"));
    Actor other = Actor.job("test", users.practice("Other"));
    String closed = one.call(() -> vault.close(ACCOUNT, "account"));
    assertThat(closed).doesNotContain(ACCOUNT);
    assertThat(one.call(() -> vault.close(ACCOUNT, "account")))
        .as("never twice")
        .isNotEqualTo(closed);
    assertThat(one.call(() -> vault.open(closed, "account"))).isEqualTo(ACCOUNT);
    for (Runnable wrong :
        List.<Runnable>of(
            () -> other.call(() -> vault.open(closed, "account")),
            () -> one.call(() -> vault.open(closed, "ssn")),
            () ->
                one.call(() -> vault.open(closed.substring(0, closed.length() - 2), "account")))) {
      assertThatThrownBy(wrong::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageNotContaining(ACCOUNT);
    }
    assertThat(one.call(() -> vault.mark(ACCOUNT)))
        .isEqualTo(one.call(() -> vault.mark(ACCOUNT)))
        .isNotEqualTo(other.call(() -> vault.mark(ACCOUNT)));
  }

  @Test
  void whatOnlyLooksClosedIsTakenAsItIs() throws Exception {
    UUID practice = users.practice("Tricked");
    TestBooks books = new TestBooks(server, practice);
    String tricky = "closed:AAAA";
    String text =
        new String(remittance(), StandardCharsets.US_ASCII)
            .replace(OF_THE_PATIENT, tricky)
            .replace("QQ*SY*" + UNPLACED, tricky);
    books.load("tricky.835", text.getBytes(StandardCharsets.US_ASCII));
    Actor.job("test", practice)
        .run(
            () -> {
              UUID id =
                  books.ask(() -> sql.sql("select id from remittance").query(UUID.class).single());
              StoredRemittance stored = remittances.find(id).orElseThrow();
              assertThat(stored.remittance().unmapped().toString()).contains(tricky);
              assertThat(remittances.claims(stored.number(), 0, 1).get(0).claim().person("QC").id())
                  .isEqualTo(tricky);
            });
  }
}
