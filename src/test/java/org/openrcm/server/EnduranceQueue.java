package org.openrcm.server;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openrcm.TestSession;

/**
 * A collector who takes the next account, notes what came of it, and undoes most of it, so that
 * there is something in the queue for as long as it takes.
 */
final class EnduranceQueue implements Runnable {
  private static final int PAUSE_MILLIS = 60;
  private static final int NOTHING_WAITS_MILLIS = 300;
  private static final String WORK = "/queue/work/";
  private static final Pattern UNDO =
      Pattern.compile("action=\"(/queue/entries/[0-9a-f-]{36}/undo/\\d+)\"");

  /** Those that can be undone are more frequent: the others let an account rest for days. */
  private static final List<String> ACTS =
      List.of(
          "promise",
          "promise",
          "snooze",
          "snooze",
          "plan",
          "plan",
          "dispute",
          "hold",
          "hold",
          "assistance",
          "transfer",
          "note",
          "note",
          "skip",
          "left-message");

  private final EnduranceLoad load;
  private final TestSession session;
  private final EnduranceLedger steps;
  private final Random random;

  /**
   * Whoever is signed in.
   *
   * @param steps by the keys of forms
   */
  EnduranceQueue(EnduranceLoad load, TestSession session, EnduranceLedger steps, long seed) {
    this.load = load;
    this.session = session;
    this.steps = steps;
    this.random = new Random(seed);
  }

  @Override
  public void run() {
    while (!load.isOver()) {
      String at = post("/queue/next");
      while (at.startsWith(WORK) && !load.isOver()) {
        at = work(at);
        load.pause(random.nextInt(PAUSE_MILLIS));
      }
      undone(get("/queue"));
      load.pause(random.nextInt(NOTHING_WAITS_MILLIS));
    }
  }

  /** Sends it until it is answered, and answers where it leads. */
  private String post(String path, String... fields) {
    HttpResponse<String> answer =
        load.insist("queue", "POST", path, () -> session.post(path, fields));
    if (answer.statusCode() != 302) {
      throw load.unexpected("POST", path, answer);
    }
    return location(answer);
  }

  private static String location(HttpResponse<String> answer) {
    return EnduranceLoad.path(answer.headers().firstValue("Location").orElse(""));
  }

  private HttpResponse<String> get(String path) {
    HttpResponse<String> answer = load.insist("queue", "GET", path, () -> session.get(path));
    if (answer.statusCode() != 200 && answer.statusCode() != 302) {
      throw load.unexpected("GET", path, answer);
    }
    return answer;
  }

  private String work(String at) {
    HttpResponse<String> page = get(at);
    if (page.statusCode() == 302) {
      // it ran out, or a supervisor took it back
      return location(page);
    }
    if (undone(page)) {
      return at;
    }
    Optional<EnduranceForm> form =
        EnduranceForm.of(page.body()).stream()
            .filter(each -> each.action().equals(at) && each.fields().containsKey("key"))
            .findFirst();
    if (form.isEmpty()) {
      load.fault("GET " + EnduranceLoad.pattern(at) + " has no form");
      throw new EnduranceLoad.GivenUp();
    }
    return note(at, form.get());
  }

  /** Mostly, when the page offers it. */
  private boolean undone(HttpResponse<String> page) {
    Matcher undo = UNDO.matcher(page.body());
    boolean does = undo.find() && random.nextInt(8) > 0;
    if (does) {
      post(undo.group(1));
    }
    return does;
  }

  private String note(String at, EnduranceForm form) {
    Map<String, String> fields = new HashMap<>(form.fields());
    String act = ACTS.get(random.nextInt(ACTS.size()));
    fields.put("act", act);
    fields.put("note", "by a test, " + random.nextInt(100));
    List<String> colleagues = form.choices().getOrDefault("to", List.of(""));
    fields.put("to", colleagues.get(random.nextInt(colleagues.size())));
    if (act.equals("transfer") && fields.get("to").isEmpty()) {
      fields.put("act", "note");
    }
    String key = fields.get("key");
    String[] pairs = new EnduranceForm("post", at, fields, Map.of()).pairs();
    while (true) {
      Optional<HttpResponse<String>> answer =
          load.once("queue", "POST", at, () -> session.post(at, pairs));
      if (answer.isEmpty()) {
        steps.unknown(key);
        load.pause(random.nextInt(PAUSE_MILLIS));
        continue;
      }
      if (answer.get().statusCode() == 422) {
        load.count("refused " + act);
        return post(at + "/put-back");
      }
      if (answer.get().statusCode() != 302) {
        throw load.unexpected("POST", at, answer.get());
      }
      String to = location(answer.get());
      if (to.startsWith("/queue/drafts/")) {
        load.count("came too late");
        return to;
      }
      steps.told(key);
      return to;
    }
  }
}
