package org.openrcm.server;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openrcm.TestSession;

/** A poster who looks at checks, posts those that wait, and takes some of it back. */
final class EndurancePosting implements Runnable {
  private static final int PAUSE_MILLIS = 60;
  private static final Pattern CHECK =
      Pattern.compile("href=\"/remittances/([0-9a-f-]{36})/posting\"");
  private static final Pattern TOAST = Pattern.compile("class=\"toast\">\\s*<p>([^<]*)</p>");

  private final EnduranceLoad load;
  private final TestSession session;
  private final Random random;

  /** Checks without which nobody would be in the queue. */
  private final Collection<UUID> leave;

  /** Commands by the check, such as {@code POST 7c1f...}. */
  private final EnduranceLedger done;

  EndurancePosting(
      EnduranceLoad load,
      TestSession session,
      EnduranceLedger done,
      Collection<UUID> leave,
      long seed) {
    this.load = load;
    this.leave = leave;
    this.session = session;
    this.done = done;
    this.random = new Random(seed);
  }

  @Override
  public void run() {
    while (!load.isOver()) {
      boolean undo = random.nextInt(4) == 0;
      List<String> checks = checks(undo ? "posted" : random.nextInt(4) == 0 ? "undone" : "waiting");
      if (!checks.isEmpty()) {
        String check = checks.get(random.nextInt(checks.size()));
        look(check);
        act(check, undo);
      }
      load.pause(random.nextInt(PAUSE_MILLIS));
    }
  }

  private List<String> checks(String state) {
    List<String> checks = new ArrayList<>();
    Matcher check = CHECK.matcher(get("/posting?state=" + state).body());
    while (check.find()) {
      if (!leave.contains(UUID.fromString(check.group(1)))) {
        checks.add(check.group(1));
      }
    }
    return checks;
  }

  private HttpResponse<String> get(String path) {
    HttpResponse<String> answer = load.insist("posting", "GET", path, () -> session.get(path));
    if (answer.statusCode() != 200) {
      throw load.unexpected("GET", path, answer);
    }
    return answer;
  }

  private void look(String check) {
    get("/remittances/" + check + "/posting");
  }

  /** Presses the button again as long as nobody says what came of it. */
  private void act(String check, boolean undo) {
    String command = (undo ? "UNDO " : "POST ") + check;
    String path = "/remittances/" + check + (undo ? "/undo" : "/post");
    while (true) {
      Optional<HttpResponse<String>> answer =
          load.once("posting", "POST", path, () -> session.post(path));
      if (answer.isEmpty()) {
        done.unknown(command);
        load.pause(random.nextInt(PAUSE_MILLIS));
        continue;
      }
      if (answer.get().statusCode() != 302) {
        throw load.unexpected("POST", path, answer.get());
      }
      Matcher toast = TOAST.matcher(get("/remittances/" + check + "/posting").body());
      if (!toast.find()) {
        // left to a job, or it was said in an answer that was cut off
        done.unknown(command);
      } else if (toast.group(1).startsWith(undo ? "Undone" : "Posted")) {
        done.told(command);
      } else {
        load.count("refused");
      }
      return;
    }
  }
}
