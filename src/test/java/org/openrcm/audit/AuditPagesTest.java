package org.openrcm.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@ServerTest
class AuditPagesTest {
  private static final int MANY = 120;

  @Autowired private TestUsers users;
  @Autowired private AuditTrail trail;
  @Autowired private TransactionTemplate transaction;

  private UUID practice;
  private TestSession reader;

  @BeforeEach
  void aReader() {
    practice = users.practice("Larkfield");
    reader = users.signedIn(practice, Role.COMPLIANCE);
  }

  private void entry(UUID ofPractice, String name, List<UUID> patients) {
    Actor.job(name, ofPractice)
        .run(
            () ->
                transaction.executeWithoutResult(
                    status -> trail.record(Action.VIEW, Subject.list("Remittance"), patients)));
  }

  private String get(String path) {
    return reader.get(path).body();
  }

  @Test
  void readingTheRecordIsOnRecordItself() {
    reader.get("/audit?who=marker-of-the-first-look");
    assertThat(get("/audit?action=QUERY"))
        .contains("AuditEvent")
        .contains("who=marker-of-the-first-look");
  }

  @Test
  void aCopyIsOnRecordBeforeItsFirstLine() {
    entry(practice, "night job", List.of(UUID.randomUUID()));
    String csv = get("/audit.csv");
    assertThat(csv.lines().skip(1).findFirst().orElseThrow())
        .contains("COPY")
        .contains("AuditEvent");
    assertThat(csv).contains("night job");
  }

  @Test
  void anotherPracticesEntriesAreNeitherShownNorCopied() {
    UUID patient = UUID.randomUUID();
    entry(users.practice("Elsewhere"), "their job", List.of(patient));
    entry(practice, "our job", List.of(UUID.randomUUID()));
    for (String path : List.of("/audit", "/audit.csv", "/audit?who=job")) {
      assertThat(get(path)).as(path).contains("our job").doesNotContain("their job");
    }
    assertThat(get("/audit?patient=" + patient)).doesNotContain("their job");
  }

  @Test
  void filtersNarrowAndPatientsOfTheFilterAreOnRecord() {
    UUID patient = UUID.randomUUID();
    entry(practice, "job one", List.of(patient));
    entry(practice, "job two", List.of(UUID.randomUUID()));
    assertThat(get("/audit?patient=" + patient)).contains("job one").doesNotContain("job two");
    assertThat(get("/audit.csv?action=QUERY&patient=" + patient).lines().skip(1)).hasSize(1);
    assertThat(get("/audit?who=JOB+TWO")).contains("job two").doesNotContain("job one");
    assertThat(get("/audit?who=job&until=2001-01-01")).contains("No entry fits");
  }

  @Test
  void eachEntryIsOnExactlyOneOfThePages() {
    for (int i = 0; i < MANY; i++) {
      entry(practice, "job no. " + i + ".", List.of());
    }
    StringBuilder all = new StringBuilder();
    String path = "/audit?action=VIEW";
    int pages = 0;
    while (path != null) {
      String page = get(path);
      all.append(page);
      pages++;
      int next = page.indexOf("hx-get=\"");
      path =
          next < 0
              ? null
              : page.substring(next + 8, page.indexOf('"', next + 8)).replace("&amp;", "&");
    }
    assertThat(pages).isEqualTo(3);
    for (int i = 0; i < MANY; i++) {
      assertThat(all.toString().split("job no. " + i + "\\.", -1)).as("job %d", i).hasSize(2);
    }
  }

  @Test
  void whatCannotBeUnderstoodIsSaidAtItsField() {
    assertThat(reader.get("/audit?patient=x&from=today").statusCode()).isEqualTo(400);
    assertThat(get("/audit?patient=x&from=today"))
        .contains("id=\"patient-error\"")
        .contains("id=\"from-error\"")
        .contains("value=\"today\"");
    assertThat(reader.get("/audit.csv?from=today").statusCode()).isEqualTo(400);
  }

  @Test
  void onlyComplianceReadsTheRecord() {
    TestSession poster = users.signedIn(practice, Role.POSTER, Role.ADMINISTRATOR);
    assertThat(poster.get("/audit").statusCode()).isEqualTo(403);
    assertThat(poster.get("/audit.csv").statusCode()).isEqualTo(403);
  }
}
