package org.openrcm.bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser with its cookies, as far as a bench needs one. */
public final class Browser {
  private static final Pattern HIDDEN =
      Pattern.compile("name=\"(_csrf|token)\" value=\"([^\"]+)\"");

  private final URI address;
  private final HttpClient http =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  public Browser(URI address) {
    this.address = address;
  }

  /**
   * The page.
   *
   * @throws IllegalStateException when the answer is no page
   */
  public String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(address.resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + " answers " + answer.statusCode());
    }
    return answer.body();
  }

  /**
   * Sends a form of this page, with what is hidden in it.
   *
   * @param fields what is filled in, as {@code name=value&name=value}
   * @throws IllegalStateException when it does not lead on to another page
   */
  public void send(String path, String page, String fields)
      throws IOException, InterruptedException {
    StringBuilder form = new StringBuilder(fields);
    for (Matcher hidden = HIDDEN.matcher(page); hidden.find(); ) {
      form.append(form.isEmpty() ? "" : "&")
          .append(hidden.group(1))
          .append('=')
          .append(URLEncoder.encode(hidden.group(2), StandardCharsets.UTF_8));
    }
    HttpResponse<Void> answer =
        http.send(
            HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
                .build(),
            HttpResponse.BodyHandlers.discarding());
    if (answer.statusCode() / 100 != 3) {
      throw new IllegalStateException(path + " answers " + answer.statusCode());
    }
  }
}
