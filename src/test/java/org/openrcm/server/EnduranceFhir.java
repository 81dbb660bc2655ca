package org.openrcm.server;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that searches all there is in FHIR, goes on to next pages, and reads what it found. */
final class EnduranceFhir implements Runnable {
  static final String[] SCOPES = {"system/*.rs", "system/AuditEvent.rs"};

  private static final int PAUSE_MILLIS = 50;
  private static final Pattern TYPE = Pattern.compile("\"type\"\\s*:\\s*\"([A-Z][A-Za-z]+)\"");
  private static final Pattern FOUND = Pattern.compile("\"fullUrl\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern NEXT =
      Pattern.compile("\"relation\"\\s*:\\s*\"next\"\\s*,\\s*\"url\"\\s*:\\s*\"([^\"]+)\"");

  private final EnduranceLoad load;
  private final EnduranceProgram program;
  private final Random random;

  EnduranceFhir(EnduranceLoad load, EnduranceProgram program, long seed) {
    this.load = load;
    this.program = program;
    this.random = new Random(seed);
  }

  @Override
  public void run() {
    Set<String> types = new LinkedHashSet<>();
    matches(TYPE, get("/fhir/metadata").body()).forEach(types::add);
    // is read, and not searched
    types.remove("Binary");
    List<String> all = new ArrayList<>(types);
    while (!load.isOver()) {
      String search =
          "/fhir/" + all.get(random.nextInt(all.size())) + "?_count=" + (1 + random.nextInt(50));
      String page = get(search).body();
      List<String> next = matches(NEXT, page);
      if (!next.isEmpty()) {
        page = get(EnduranceLoad.path(next.get(0)).replace("\\/", "/")).body();
      }
      List<String> found = matches(FOUND, page);
      for (int i = 0; i < 3 && !found.isEmpty(); i++) {
        String one = found.get(random.nextInt(found.size()));
        if (one.startsWith("http")) {
          get(EnduranceLoad.path(one));
        }
      }
      load.pause(random.nextInt(PAUSE_MILLIS));
    }
  }

  private static List<String> matches(Pattern pattern, String text) {
    List<String> matches = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      matches.add(matcher.group(1));
    }
    return matches;
  }

  private HttpResponse<String> get(String path) {
    HttpResponse<String> answer = program.ask("fhir", "GET", path, api -> api.request(path));
    if (answer.statusCode() != 200) {
      throw load.unexpected("GET", path, answer);
    }
    return answer;
  }
}
