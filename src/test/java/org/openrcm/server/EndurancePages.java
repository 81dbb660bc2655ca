package org.openrcm.server;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openrcm.TestSession;
import org.springframework.web.util.HtmlUtils;

/** Somebody who opens page after page: links that they find, filters, and what is to download. */
final class EndurancePages implements Runnable {
  private static final int LONGEST_WALK = 12;
  private static final int PAUSE_MILLIS = 20;
  private static final Pattern LINK = Pattern.compile("\\b(?:href|hx-get)=\"(/[^\"#]*)\"");
  private static final Pattern LEADS_NOWHERE =
      Pattern.compile("/(static|webjars|sign-out|openapi)\\b.*");

  /** Filters with names in them: they are sent, and not in an address. */
  private static final Set<String> SENT_FILTERS = Set.of("/claims", "/accounts");

  private final EnduranceLoad load;
  private final TestSession session;
  private final String home;
  private final Random random;

  /**
   * Whoever is signed in.
   *
   * @param home where they begin, again and again
   */
  EndurancePages(EnduranceLoad load, TestSession session, String home, long seed) {
    this.load = load;
    this.session = session;
    this.home = home;
    this.random = new Random(seed);
  }

  @Override
  public void run() {
    while (!load.isOver()) {
      String at = home;
      for (int step = 0; step < LONGEST_WALK && at != null && !load.isOver(); step++) {
        at = follow(at);
        load.pause(random.nextInt(PAUSE_MILLIS));
      }
    }
  }

  /** Opens it, and answers where to go on; null for nowhere. */
  private String follow(String path) {
    HttpResponse<String> answer =
        load.insist("pages", "GET", path, () -> session.get(path.replace(" ", "%20")));
    if (answer.statusCode() == 302) {
      return redirect(path, answer);
    }
    if (answer.statusCode() != 200) {
      load.unexpected("GET", path, answer);
      return null;
    }
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (!type.startsWith("text/html")) {
      load.count("downloads");
      return null;
    }
    return next(answer.body());
  }

  private String redirect(String path, HttpResponse<String> answer) {
    String to = EnduranceLoad.path(answer.headers().firstValue("Location").orElse(""));
    if (to.contains("sign-in")) {
      load.unexpected("GET", path, answer);
      return null;
    }
    return to;
  }

  private String next(String page) {
    int from = page.indexOf("<main");
    int to = page.indexOf("</main>");
    String main = from >= 0 && to > from && random.nextInt(6) > 0 ? page.substring(from, to) : page;
    List<EnduranceForm> filters =
        EnduranceForm.of(main).stream()
            .filter(form -> form.isSearch() || SENT_FILTERS.contains(form.action()))
            .toList();
    if (!filters.isEmpty() && random.nextInt(4) == 0) {
      return filter(filters.get(random.nextInt(filters.size())).chosen(random));
    }
    List<String> links = new ArrayList<>();
    Matcher link = LINK.matcher(main);
    while (link.find()) {
      String path = HtmlUtils.htmlUnescape(link.group(1));
      if (path.startsWith(home) && !LEADS_NOWHERE.matcher(path).matches()) {
        links.add(path);
      }
    }
    return links.isEmpty() ? null : links.get(random.nextInt(links.size()));
  }

  private String filter(EnduranceForm form) {
    if (form.isSearch()) {
      return form.address();
    }
    HttpResponse<String> answer =
        load.insist(
            "pages", "POST", form.action(), () -> session.post(form.action(), form.pairs()));
    if (answer.statusCode() == 200) {
      return null;
    }
    if (answer.statusCode() != 302 && answer.statusCode() != 303) {
      load.unexpected("POST", form.action(), answer);
      return null;
    }
    return redirect(form.action(), answer);
  }
}
