package org.openrcm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openrcm.collections.CollectorsFloor;
import org.openrcm.identity.Role;
import org.openrcm.payment.Desk;
import org.openrcm.portal.Letters;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Every endpoint of {@code rules/permissions.tsv} with an id in its address, asked by somebody of
 * another practice who may do everything there, for one thing of each table: the answer is that to
 * an id that nothing has, letter by letter, and nothing of the other practice has changed (OWASP
 * ASVS 5.0 8.2.2, 8.4.1). What is in those answers: {@link TwoPracticesTest}.
 */
@ServerTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OthersIdsTest {
  private static final Path MATRIX = Path.of("src/main/resources/rules/permissions.tsv");
  private static final String UUIDS = "[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}";
  private static final long NO_NUMBER = 987_654_321L;

  /** What is done in the background goes on meanwhile. */
  private static final String IN_THE_BACKGROUND =
      "audit_.*|unusual_day|job|collection_(entry|day).*|task|report_.*";

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;

  private final List<UUID> theirs = new ArrayList<>();
  private TestSession us;

  @BeforeAll
  void practicesWithAllSortsOfThings() throws IOException {
    theirs.add(new Letters(server).sent().get(0).practice());
    CollectorsFloor floor = CollectorsFloor.open(server, 3);
    theirs.add(floor.practice());
    Desk desk = Desk.open(server, "Theirs");
    desk.cash("12");
    theirs.add(desk.practice());
    UUID files = users.practice("Theirs with files");
    new TestFiles(users, files).sample("family-practice.835");
    new TestFiles(users, files)
        .load("theirs.837", MadeUpClaims.of("THEIRS", 2).getBytes(StandardCharsets.US_ASCII));
    users.client(files, "system/*.rs");
    users.person(files, Role.BILLER);
    theirs.add(files);
    theirs.forEach(users::settled);
    us = users.signedIn(users.practice("Ours"), Role.values());
  }

  private String ofTheirs() {
    return of(theirs);
  }

  private static String of(List<UUID> practices) {
    return " where practice_id in ('"
        + String.join("', '", practices.stream().map(UUID::toString).toList())
        + "')";
  }

  private List<String> tablesWith(String column, String type) {
    return database.column(
        "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
            + " join pg_attribute p on p.attrelid = c.oid and p.attname = 'practice_id'"
            + " where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"
            + " and a.attname = '"
            + column
            + "' and a.atttypid = '"
            + type
            + "'::regtype order by 1");
  }

  /** One id of each table, by its name. */
  private Map<String, String> ids(List<UUID> of) {
    Map<String, String> ids = new TreeMap<>();
    for (String table : tablesWith("id", "uuid")) {
      database
          .column("select id::text from " + table + of(of) + " order by id limit 1")
          .forEach(id -> ids.put(table, id));
    }
    database
        .column("select staff_id::text from membership" + of(of) + " limit 1")
        .forEach(id -> ids.put("staff", id));
    return ids;
  }

  /** The numbers of the first thing in each table: most begin with 1. */
  private Set<String> numbers() {
    Set<String> numbers = new TreeSet<>();
    for (String table : tablesWith("number", "bigint")) {
      numbers.addAll(
          database.column(
              "select number::text from " + table + ofTheirs() + " order by number limit 1"));
    }
    return numbers;
  }

  private String state() {
    List<String> hashes = new ArrayList<>();
    for (String table : tablesWith("practice_id", "uuid")) {
      if (!table.matches(IN_THE_BACKGROUND)) {
        hashes.add(
            table
                + database.column(
                    "select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '')"
                        + " from "
                        + table
                        + " t"
                        + ofTheirs()));
      }
    }
    return String.join("\n", hashes);
  }

  private static String answer(TestSession session, String method, String path, String id) {
    HttpRequest.Builder request = session.request(path.replaceAll("\\{[^}]+}", id));
    HttpResponse<String> answer =
        session.send(
            method.equals("GET")
                ? request
                : session
                    .withCsrf(request)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .method(method, HttpRequest.BodyPublishers.ofString("key=" + new UUID(0, 7))));
    return answer.statusCode()
        + " "
        + (answer.headers().firstValue("Location").orElse("") + "\n" + answer.body())
            .replaceAll("(csrf-token\" content|_csrf\" value)=\"[^\"]+\"", "")
            .replaceAll(UUIDS, "UUID")
            .replaceAll("[0-9]+", "N");
  }

  @Test
  void anIdOfAnotherPracticeIsAnsweredAsOneThatNothingHas() throws IOException {
    Map<String, String> ids = ids(theirs);
    Set<String> numbers = numbers();
    assertThat(ids.keySet())
        .contains("account", "claim", "remittance", "received_file", "statement", "staff")
        .contains("patient_payment", "api_client");
    String before = state();
    int asked = 0;
    List<String> different = new ArrayList<>();
    for (String line : Files.readAllLines(MATRIX)) {
      String[] row = line.split("\t", -1);
      if (line.startsWith("#") || row.length < 4 || !row[1].contains("{") || isLeftOut(row[1])) {
        continue;
      }
      String ofNone = answer(us, row[0], row[1], UUID.randomUUID().toString());
      assertThat(ofNone).as("%s %s", row[0], row[1]).doesNotStartWith("5");
      for (Map.Entry<String, String> id : ids.entrySet()) {
        asked++;
        if (!answer(us, row[0], row[1], id.getValue()).equals(ofNone)) {
          different.add(row[0] + " " + row[1] + " with an id of " + id.getKey());
        }
      }
      String ofNoNumber = answer(us, row[0], row[1], Long.toString(NO_NUMBER));
      assertThat(ofNoNumber).as("%s %s", row[0], row[1]).doesNotStartWith("5");
      for (String number : numbers) {
        asked++;
        if (!answer(us, row[0], row[1], number).equals(ofNoNumber)) {
          different.add(row[0] + " " + row[1] + " with the number " + number);
        }
      }
    }
    System.out.println("OthersIdsTest: " + asked + " cells");
    assertThat(different).isEmpty();
    assertThat(asked).isGreaterThan(1000);
    assertThat(state()).isEqualTo(before);
  }

  /** Patients' own: PatientSeesOnlyTheirOwnTest. The test gateway is a company of its own. */
  private static boolean isLeftOut(String path) {
    return path.startsWith("/my/") || path.startsWith("/test-gateway/");
  }

  /** That the comparison can tell: who has these things is answered otherwise. */
  @Test
  void whoseTheyAreIsAnsweredOtherwise() throws IOException {
    int reached = 0;
    for (UUID practice : theirs.subList(2, 4)) {
      TestSession they = users.signedIn(practice, Role.values());
      Map<String, String> ids = ids(List.of(practice));
      for (String line : Files.readAllLines(MATRIX)) {
        String[] row = line.split("\t", -1);
        if (row[0].equals("GET") && row[1].contains("{") && !isLeftOut(row[1])) {
          String ofNone = answer(they, row[0], row[1], UUID.randomUUID().toString());
          for (String id : ids.values()) {
            reached += answer(they, row[0], row[1], id).equals(ofNone) ? 0 : 1;
          }
        }
      }
    }
    assertThat(reached).isGreaterThan(20);
  }
}
