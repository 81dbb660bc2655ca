package org.openrcm.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@ServerTest
class AuditPagesTest {
  private static final int MANY = 120;

  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;
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
        .contains("Audit event")
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
  void whatTheProgramNamesIsShownAndFoundInWords() {
    Actor.job("WORK_OUT_QUEUE", practice)
        .run(
            () ->
                transaction.executeWithoutResult(
                    status -> trail.record(Action.CHANGE, Subject.list("CollectionEntry"))));
    for (String typed : List.of("work+out", "WORK_OUT", "queue")) {
      assertThat(get("/audit?action=CHANGE&who=" + typed))
          .as(typed)
          .contains("Work out queue", "Collection entry");
    }
    assertThat(get("/audit.csv?who=work+out")).contains("WORK_OUT_QUEUE", "CollectionEntry");
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

  /** 45 CFR 170.315(d)(3), rule O5: by each element, both ways, as a plain sort would. */
  @Test
  void entriesCanBeSortedByEachOfTheirElements() {
    for (int i = 0; i < 40; i++) {
      entry(practice, "sorted " + (i * 7 % 13), List.of(UUID.randomUUID()));
      Actor visitor =
          new Actor(
              i % 2 == 0 ? Actor.Kind.STAFF : Actor.Kind.CLIENT,
              UUID.randomUUID(),
              "sorted " + (char) ('Z' - i % 5) + "\u00e9",
              i % 3 == 0 ? Set.of("poster") : Set.of("Biller", "poster"),
              practice,
              i % 4 == 0 ? Actor.PATIENT_REQUEST : Actor.PAYMENT,
              i % 5 == 0 ? null : "203.0.113." + i,
              UUID.randomUUID().toString());
      int at = i;
      visitor.run(
          () ->
              transaction.executeWithoutResult(
                  status -> {
                    trail.record(Action.values()[at % 5], Subject.of("Account", "id" + at % 7));
                    trail.record(Action.QUERY, Subject.search("Patient", "name=" + at % 9));
                  }));
      visitor.run(() -> trail.denied(Action.CHANGE, Subject.list("Claim"), "no reason " + at % 3));
    }
    Map<String, Integer> columns = new LinkedHashMap<>();
    columns.put("when", 0);
    columns.put("kind", 2);
    columns.put("who", 3);
    columns.put("roles", 4);
    columns.put("action", 5);
    columns.put("what", 6);
    columns.put("id", 7);
    columns.put("patient", 8);
    columns.put("query", 9);
    columns.put("purpose", 10);
    columns.put("address", 11);
    columns.put("request", 12);
    columns.put("outcome", 13);
    columns.put("why", 14);
    assertThat(columns.keySet())
        .hasSameElementsAs(Arrays.stream(AuditElement.values()).map(AuditElement::key).toList());
    columns.forEach(
        (element, column) -> {
          List<String[]> ascending = rows(element, "asc");
          assertThat(ascending).hasSize(160);
          List<String[]> sorted = new ArrayList<>(ascending);
          Comparator<String[]> plain = Comparator.comparing(row -> row[column]);
          Comparator<String[]> byId = Comparator.comparingLong(row -> Long.parseLong(row[0]));
          sorted.sort(element.equals("when") ? byId : plain.thenComparing(byId));
          assertThat(ids(ascending)).as(element).isEqualTo(ids(sorted));
          Collections.reverse(sorted);
          assertThat(ids(rows(element, ""))).as(element + " descending").isEqualTo(ids(sorted));
          assertThat(pagedIds(element))
              .as(element + " by pages")
              .hasSize(160)
              .doesNotHaveDuplicates();
        });
  }

  private List<String[]> rows(String element, String order) {
    return get("/audit.csv?who=sorted&sort=" + element + "&order=" + order)
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .toList();
  }

  private static List<String> ids(List<String[]> rows) {
    return rows.stream().map(row -> row[0]).toList();
  }

  private List<String> pagedIds(String element) {
    List<String> cells = new ArrayList<>();
    String path = "/audit?who=sorted&sort=" + element;
    while (path != null) {
      String page = get(path);
      for (String row : page.split("<tr>", -1)) {
        if (row.contains("<time ")) {
          cells.add(row.replaceAll("\\s+", " "));
        }
      }
      int next = page.indexOf("hx-get=\"");
      path =
          next < 0
              ? null
              : page.substring(next + 8, page.indexOf('"', next + 8)).replace("&amp;", "&");
    }
    return cells;
  }

  /** A day of the record is one of the practice's, wherever the server is. */
  @Test
  void daysAndTimesAreThePracticesOwn() {
    // two hours behind the first of July in the east is the last of June in the west
    entry(practice, "job at night", List.of());
    move("job at night", "2026-07-01 04:30:05+00");
    assertThat(get("/audit?who=night&from=2026-07-01&until=2026-07-01"))
        .contains("Jul 1, 2026, 12:30:05 AM", "Times are in Eastern Time");
    assertThat(get("/audit?who=night&from=2026-06-30&until=2026-06-30")).contains("No entry fits");
    TestSession manager = users.signedIn(practice, Role.MANAGER, Role.ADMINISTRATOR);
    assertThat(
            manager
                .post("/contact/policy", "role", "FIRST_PARTY", "zone", "America/Los_Angeles")
                .statusCode())
        .isBetween(300, 399);
    assertThat(get("/audit?who=night&from=2026-07-01&until=2026-07-01")).contains("No entry fits");
    assertThat(get("/audit?who=night&from=2026-06-30&until=2026-06-30"))
        .contains("Jun 30, 2026, 9:30:05 PM", "Times are in Pacific Time");
    assertThat(get("/audit.csv?who=night&until=2026-06-30")).contains("job at night");
  }

  private void move(String job, String to) {
    try (Connection connection = database.asSuperuser();
        Statement sql = connection.createStatement()) {
      sql.execute("set session_replication_role = replica");
      sql.execute(
          "update audit_event set recorded_at = '%s' where actor_name = '%s'".formatted(to, job));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
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
