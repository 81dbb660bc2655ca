package org.openrcm.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;

/** Who sees files, which segments they see, and what the audit record says of it. */
@ServerTest
class FileRecordTest {
  private static final String X12 = "application/edi-x12";
  private static final int CLAIMS = 120;

  @Autowired private TestUsers users;
  @Autowired private Arrivals arrivals;

  private UUID practice;
  private TestSession poster;
  private UUID file;
  private String text;

  @BeforeEach
  void aFile() {
    practice = users.practice("Larkmoor");
    poster = users.signedIn(practice, Role.POSTER);
    byte[] bytes = Checks.file(1, 2, CLAIMS);
    text = new String(bytes, StandardCharsets.US_ASCII);
    file = add(bytes);
  }

  private UUID add(byte[] bytes) {
    TestApi program = users.api(practice, "system/files.write");
    HttpResponse<String> answer = program.post("/api/files", X12, bytes);
    UUID id = UUID.fromString(answer.body().replaceFirst(".*\"id\":\"([^\"]+)\".*", "$1"));
    arrivals.settled(practice, id);
    return id;
  }

  private List<String> record(String action) {
    return arrivals.texts(
        practice,
        """
        select concat_ws(' ', actor_kind, outcome, subject_id,
          case when patient_id is not null then 'patient' end)
        from audit_event where action = ? and subject_type = 'ReceivedFile' order by id
        """,
        action);
  }

  @Test
  void receivingAndReadingAreOnRecord() {
    assertThat(record("ADD")).containsExactly("CLIENT 0 " + file);
    assertThat(record("CHANGE")).containsExactly("JOB 0 " + file);
  }

  @Test
  void listsAndStatesLeaveNoRecordAndPagesDo() {
    poster.get("/files");
    HttpResponse<String> state = poster.get("/files/" + file + "/state");
    assertThat(state.body()).contains("file-" + file, "Loaded").doesNotContain("<html", "hx-get");
    HttpResponse<String> head = poster.get("/files/" + file + "/state?of=page");
    assertThat(head.headers().firstValue("HX-Refresh")).hasValue("true");
    assertThat(record("VIEW")).isEmpty();
    poster.get("/files/" + file);
    poster.get("/api/files/" + file);
    assertThat(record("VIEW")).containsExactly("STAFF 0 " + file, "STAFF 0 " + file);
  }

  @Test
  void segmentsAreOnRecordForThePatientsAmongThem() {
    int claim = text.indexOf("CLP*C1-60*");
    String html = poster.get("/files/%s/raw?at=%d&segment=305".formatted(file, claim)).body();
    assertThat(html).contains("C1-60", "C1-57").doesNotContain("C1-40*", "C1-90*");
    // 20 segments before and 40 from there on: a dozen claims, each of another patient
    List<String> rows = record("VIEW");
    assertThat(rows).hasSizeBetween(11, 14).allMatch(row -> row.endsWith(" patient"));
    assertThat(
            arrivals.count(
                practice,
                """
                select count(distinct patient_id) from audit_event e where action = 'VIEW'
                  and exists (select from named n where n.id = e.patient_id and kind = 'Patient')
                """))
        .isEqualTo(rows.size());
  }

  @Test
  void aSegmentIsFoundByItsNumberBehindAPlace() {
    int first = text.indexOf("CLP*C2-1*");
    // LX is segment 9 of the set, so the CAS of its third claim is segment 24
    String html =
        poster.get("/files/%s/raw?at=%d&segment=24&element=CAS03".formatted(file, first)).body();
    assertThat(html).contains("id=\"s24\"", "aria-current=\"true\"", "title=\"CAS03\">20</mark>");
    String none = poster.get("/files/%s/raw?at=%d&segment=99999".formatted(file, first)).body();
    assertThat(none).contains("Segment 99999 does not follow this place");
  }

  @Test
  void theWholeFileCanBeWalkedThrough() {
    String address = "/files/" + file + "/raw";
    int pages = 0;
    int last = text.indexOf("IEA*1*000000002");
    String html = poster.get(address).body();
    while (!html.contains("title=\"byte " + last + "\"")) {
      String next = html.replaceFirst("(?s).*rel=\"next\" href=\"([^\"]+)\".*", "$1");
      assertThat(next).startsWith(address);
      html = poster.get(next).body();
      assertThat(++pages).isLessThan(200);
    }
    assertThat(html).contains("rel=\"prev\"").doesNotContain("rel=\"next\"");
  }

  @Test
  void segmentsOfACompressedFileAreShownToo() {
    byte[] plain = Checks.file(7, 1, 4_000);
    String content = new String(plain, StandardCharsets.US_ASCII);
    UUID compressed = add(Checks.gzip(plain));
    int claim = content.indexOf("CLP*C7-3800*");
    String html = poster.get("/files/%s/raw?at=%d".formatted(compressed, claim)).body();
    assertThat(html).contains("C7-3800");
    int number = 10 + 3_799 * 5;
    assertThat(html).contains("id=\"s" + number + "\"");
  }

  @Test
  void aDownloadIsOnRecordForEachPatientOfTheFile() {
    HttpResponse<byte[]> answer = poster.getBytes("/files/" + file + "/content");
    assertThat(new String(answer.body(), StandardCharsets.US_ASCII)).isEqualTo(text);
    assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
        .startsWith("attachment");
    assertThat(record("COPY")).hasSize(50).allMatch(row -> row.endsWith(" patient"));
  }

  @Test
  void anotherPracticeIsToldThatThereIsNoSuchFileAndTheAttemptIsOnRecord() {
    UUID elsewhere = users.practice("Elsewhere");
    TestSession other = users.signedIn(elsewhere, Role.POSTER);
    for (String path : List.of("", "/state", "/raw", "/content")) {
      HttpResponse<String> answer = other.get("/files/" + file + path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.body()).doesNotContain("unnamed", "LARKMOOR");
    }
    assertThat(other.post("/files/" + file + "/retry").statusCode()).isEqualTo(404);
    assertThat(other.get("/api/files/" + file).statusCode()).isEqualTo(404);
    assertThat(other.get("/api/files/not-an-id").statusCode()).isEqualTo(404);
    assertThat(other.get("/files/not-an-id").statusCode()).isEqualTo(404);
    assertThat(
            arrivals.count(
                elsewhere,
                "select count(*) from audit_event where outcome = 8 and subject_id = ?",
                file.toString()))
        .isEqualTo(6);
    assertThat(record("VIEW")).isEmpty();
  }
}
