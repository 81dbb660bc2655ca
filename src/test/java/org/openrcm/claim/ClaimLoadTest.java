package org.openrcm.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.openrcm.remittance.SetOutcome;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.StreamingEngine;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What is loaded back equals what was parsed, and nothing is there twice. */
@ServerTest
class ClaimLoadTest {
  private static final Path CORPUS = Path.of("../shared/x12-corpus");
  private static final StreamingEngine ENGINE = StreamingEngine.checking(Mappings.bundled());

  @Autowired private TestUsers users;
  @Autowired private Claims claims;
  @Autowired private JdbcClient sql;
  @Autowired private TransactionTemplate transaction;
  private UUID practice;

  @BeforeEach
  void aPractice() {
    practice = users.practice("Load");
  }

  /** What a handler is told. */
  private static final class Parsed implements ClaimHandler {
    final List<Submission> submissions = new ArrayList<>();
    final List<List<Claim>> claims = new ArrayList<>();

    @Override
    public void start(Submission submission) {
      submissions.add(submission);
      claims.add(new ArrayList<>());
    }

    @Override
    public void claim(Submission submission, Claim claim) {
      claims.get(claims.size() - 1).add(claim);
    }

    @Override
    public void end(Submission submission, Totals totals) {}
  }

  private static void read(byte[] x12, ClaimHandler into) {
    ENGINE.read(
        new ByteArrayInputStream(x12),
        "t.837",
        new ClaimReader("t.837", "", into, f -> {}),
        f -> {});
  }

  private List<SubmissionOutcome> load(byte[] x12) {
    UUID file = received();
    return Actor.job("test", practice)
        .call(
            () -> {
              try (ClaimLoad load = claims.load(file)) {
                read(x12, load);
                return load.outcomes();
              }
            });
  }

  private UUID received() {
    UUID file = UUID.randomUUID();
    return Actor.job("test", practice)
        .call(
            () ->
                transaction.execute(
                    status -> {
                      sql.sql(
                              """
                          insert into received_file
                            (practice_id, id, name, sha256, size, state, via, received_by)
                          values (?, ?, 't.837', ?, 1, 'READING', 'UPLOAD', 'test')
                          """)
                          .params(practice, file, file.toString().getBytes(StandardCharsets.UTF_8))
                          .update();
                      return file;
                    }));
  }

  private long count(String query) {
    return Actor.job("test", practice)
        .call(() -> transaction.execute(status -> sql.sql(query).query(Long.class).single()));
  }

  /** Loads it and compares all that is read back; answers how many claims there were. */
  private int sameAsParsed(byte[] x12) {
    Parsed parsed = new Parsed();
    read(x12, parsed);
    List<SubmissionOutcome> outcomes = load(x12);
    int compared = 0;
    for (int i = 0; i < outcomes.size(); i++) {
      SubmissionOutcome outcome = outcomes.get(i);
      if (outcome.outcome() != SetOutcome.Outcome.LOADED || outcome.reason() != null) {
        continue;
      }
      List<Claim> wanted = parsed.claims.get(i);
      List<StoredBill> found =
          Actor.job("test", practice)
              .call(() -> claims.ofSubmission(outcome.submissionId(), 0, Integer.MAX_VALUE));
      assertThat(found).extracting(StoredBill::claim).isEqualTo(wanted);
      if (!found.isEmpty()) {
        assertThat(found.get(0).submission()).isEqualTo(parsed.submissions.get(i));
      }
      compared += wanted.size();
    }
    return compared;
  }

  @Test
  void whatIsLoadedBackEqualsWhatWasParsed() {
    assertThat(sameAsParsed(text("C-1", "C-2", "C-3"))).isEqualTo(3);
  }

  private static byte[] text(String... controls) {
    return Bills.claims(1, "20260301", controls).getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void soItIsForAllClaimsOfTheCorpus() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(CORPUS), "the corpus is not here");
    List<Path> files = new ArrayList<>();
    for (String line : Files.readAllLines(CORPUS.resolve("INDEX.tsv"))) {
      Path file = CORPUS.resolve(line.split("\t", -1)[0]);
      if (line.contains("837") && Files.isRegularFile(file) && Files.size(file) < 400_000) {
        files.add(file);
      }
    }
    int compared = 0;
    for (Path file : files) {
      // many have claims of the same numbers, which in one practice would be settled together
      aPractice();
      compared += sameAsParsed(Files.readAllBytes(file));
    }
    assertThat(compared).as("claims of %s files", files.size()).isGreaterThan(100);
  }

  @Test
  void anAuditRowStandsForEachPatient() {
    load(
        Bills.claims(
                1,
                "20260301",
                List.of(Bills.Bill.of("C-1"), Bills.Bill.of("C-2").of("HAZEL", "MOSS")))
            .getBytes(StandardCharsets.US_ASCII));
    assertThat(
            count(
                """
                select count(distinct patient_id) from audit_event
                where action = 'ADD' and subject_type = 'Submission'
                """))
        .isEqualTo(2);
  }

  @Test
  void aLoadThatFailsInTheMiddleLeavesNothing() {
    UUID file = received();
    Actor.job("test", practice)
        .call(
            () -> {
              try (ClaimLoad load = claims.load(file)) {
                Parsed parsed = new Parsed();
                read(text("C-1", "C-2"), parsed);
                load.start(parsed.submissions.get(0));
                parsed.claims.get(0).forEach(each -> load.claim(parsed.submissions.get(0), each));
                // the reader fails here: close comes without end
              }
              return true;
            });
    assertThat(count("select count(*) from claim")).isZero();
    assertThat(load(text("C-1", "C-2")).get(0).outcome()).isEqualTo(SetOutcome.Outcome.LOADED);
  }

  @Test
  void aCharacterThatPostgresCannotKeepDoesNotLoseTheClaim() {
    byte[] x12 =
        Bills.claims(1, "20260301", "C-1")
            .replace("*TANSY*", "*TAN\u0000SY\\\t*")
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(load(x12).get(0).outcome()).isEqualTo(SetOutcome.Outcome.LOADED);
    assertThat(count("select count(*) from claim where patient_name like '%\u2400%'")).isOne();
  }

  @Test
  void anotherPracticeSeesNoClaim() {
    SubmissionOutcome loaded = load(text("C-1")).get(0);
    practice = users.practice("Other");
    for (String table :
        Stream.of("submission", "claim", "billed_word", "acknowledgement", "claim_event")
            .toList()) {
      assertThat(count("select count(*) from " + table)).as(table).isZero();
    }
    assertThat(
            Actor.job("test", practice)
                .call(() -> claims.ofSubmission(loaded.submissionId(), 0, 10)))
        .isEmpty();
    assertThat(load(text("C-1")).get(0))
        .isEqualTo(
            new SubmissionOutcome(
                loaded.transactionSet(),
                SetOutcome.Outcome.LOADED,
                loaded.submissionId(),
                1,
                null));
  }
}
