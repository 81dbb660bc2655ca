package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openrcm.MovableClock;
import org.openrcm.ServerTest;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.account.FlagKind;
import org.openrcm.billing.Procedure;
import org.openrcm.collections.CollectorsFloor;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * Calls every endpoint that {@code rules/permissions.tsv} opens to collectors, and searches whole
 * responses for the diagnoses and procedures of the patients, in codes and in words (45 CFR
 * 164.502(b), 164.514(d)).
 */
@ServerTest
@Import(MovableClock.InServer.class)
class CollectorsSeeNoServicesTest {
  private static final Path MATRIX = Path.of("src/main/resources/rules/permissions.tsv");
  private static final Path STORY =
      Path.of("src/test/resources/cases-posting/discount-and-coinsurance");
  private static final Pattern SERVICE = Pattern.compile("SV[12]\\*(?:\\w+\\*)?HC:(\\w+)");
  private static final Pattern DIAGNOSIS = Pattern.compile("A(?:BK|BF|BJ|PR):([A-Z]\\w+)");

  /** Ends the session that the test goes on with, or is another person's. */
  private static final Set<String> LEFT_OUT =
      Set.of("POST /sign-out", "POST /practice", "POST /me/password", "POST /me/code");

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private MovableClock clock;

  private record Call(String method, String path) {}

  private static Set<String> codes(Pattern pattern) throws IOException {
    Set<String> codes = new TreeSet<>();
    try (Stream<Path> files = Files.list(STORY)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".837")).toList()) {
        Matcher found = pattern.matcher(Files.readString(file));
        while (found.find()) {
          codes.add(found.group(1));
        }
      }
    }
    assertThat(codes).isNotEmpty();
    return codes;
  }

  private static List<Call> collectorsCalls() throws IOException {
    List<Call> calls = new ArrayList<>();
    for (String line : Files.readAllLines(MATRIX)) {
      String[] columns = line.split("\t");
      if (columns.length < 4 || !columns[0].matches("GET|POST")) {
        continue;
      }
      Set<String> who = Set.of(columns[2].split(" "));
      boolean open = who.contains("collector") || who.contains("staff");
      if (open && !LEFT_OUT.contains(columns[0] + " " + columns[1])) {
        calls.add(new Call(columns[0], columns[1]));
      }
    }
    // what is posted changes what the others show
    calls.sort((one, other) -> one.method().compareTo(other.method()));
    return calls;
  }

  @Test
  void noDiagnosisAndNoProcedureReachesACollector() throws Exception {
    CollectorsFloor.moveTo(clock, CollectorsFloor.NOON);
    CollectorsFloor floor = CollectorsFloor.unbilled(server, 0);
    floor.books.loadCase("discount-and-coinsurance");
    floor.books.postAll();
    floor.areAt("6025550142", "AZ", "85004");
    long account = floor.bills.account("LFP-6011");
    floor.billThrough(account);
    floor.pays(account, "7.48");
    floor.settled();
    TestSession collector = users.signedIn(floor.practice(), Role.COLLECTOR);
    Map<String, String> ids = ids(floor, account, collector);

    Set<String> codes = new TreeSet<>(codes(DIAGNOSIS));
    Set<String> words = new TreeSet<>();
    for (String code : codes(SERVICE)) {
      codes.add(code);
      for (Language language : Language.values()) {
        words.add(
            ServiceKinds.of(new Procedure("HC", code, List.of(), null), null, language)
                .toLowerCase(language.locale()));
      }
    }
    // those who may see them do: what is searched for is there
    String paper = "/statements/" + ids.get("statement") + "/paper";
    TestSession biller = users.signedIn(floor.practice(), Role.BILLER);
    assertThat(biller.get(paper).body().toLowerCase(Locale.ROOT))
        .contains(words.stream().filter(word -> word.contains("visit")).findFirst().orElseThrow());
    assertThat(collector.get("/statements/" + ids.get("statement") + ".pdf").statusCode())
        .isEqualTo(403);

    int searched = 0;
    for (Call call : collectorsCalls()) {
      String path = path(call, ids);
      HttpResponse<String> answer =
          call.method().equals("GET") ? collector.get(path) : post(collector, path, ids);
      if (call.method().equals("GET")) {
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
      } else {
        assertThat(answer.statusCode()).as("POST %s", path).isIn(200, 302, 303, 400, 404, 422);
      }
      searched++;
      String body = answer.body();
      for (String code : codes) {
        assertThat(Pattern.compile("(?<![\\w-])" + code + "(?![\\w-])").matcher(body).find())
            .as("%s %s shows %s", call.method(), path, code)
            .isFalse();
      }
      for (String word : words) {
        assertThat(body.toLowerCase(Locale.ROOT))
            .as("%s %s", call.method(), path)
            .doesNotContain(word);
      }
    }
    assertThat(searched).isGreaterThan(30);
  }

  private Map<String, String> ids(CollectorsFloor floor, long account, TestSession collector) {
    Map<String, String> ids = new HashMap<>();
    ids.put("account", floor.id(account).toString());
    ids.put("statement", floor.bills.paper(account).id().toString());
    ids.put("payment", floor.text("select id::text from patient_payment"));
    collector.post("/queue/next");
    String work = collector.post("/queue/next").headers().firstValue("Location").orElseThrow();
    ids.put("lease", URI.create(work).getPath().replaceAll(".*/", ""));
    collector.get(URI.create(work).getPath());
    collector.post("/queue/drafts/" + ids.get("account"), "note", "Called", "act", "spoke");
    ids.put("decision", floor.text("select id::text from contact_decision limit 1"));
    floor.flag(account, FlagKind.RETURNED_MAIL);
    ids.put("flag", floor.text("select id::text from account_flag"));
    return ids;
  }

  private static String path(Call call, Map<String, String> ids) {
    String path = call.path();
    String own =
        path.startsWith("/statements")
            ? "statement"
            : path.startsWith("/payments") ? "payment" : "account";
    return path.replace("{id}", ids.get(own))
        .replace("{account}", ids.get("account"))
        .replace("{lease}", ids.get("lease"))
        .replace("{decision}", ids.get("decision"))
        .replace("{flag}", ids.get("flag"))
        .replaceAll("\\{step}", "1")
        .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
  }

  /** With a form that is wrong where it can be, so that the page comes again. */
  private static HttpResponse<String> post(
      TestSession session, String path, Map<String, String> ids) {
    return session.post(
        path,
        "key",
        UUID.randomUUID().toString(),
        "account",
        ids.get("account"),
        "act",
        "promise",
        "amount",
        "many",
        "total",
        "many",
        "kind",
        "none",
        "method",
        "cash",
        "day",
        "2020-01-01");
  }
}
