package org.openrcm.server;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openrcm.TestApi;
import org.openrcm.TestUsers;
import org.openrcm.identity.ApiClients;

/** A program that calls in, and gets a new token when one has run out: they last five minutes. */
final class EnduranceProgram {
  private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

  private final EnduranceLoad load;
  private final TestUsers users;
  private final URI address;
  private final ApiClients.Credentials client;
  private final String scope;
  private TestApi api;

  EnduranceProgram(
      EnduranceLoad load,
      TestUsers users,
      URI address,
      ApiClients.Credentials client,
      String[] scopes) {
    this.load = load;
    this.users = users;
    this.address = address;
    this.client = client;
    this.scope = String.join(" ", scopes);
  }

  /** Asks until there is an answer; {@code request} makes the same one each time. */
  HttpResponse<String> ask(
      String kind, String method, String path, Function<TestApi, HttpRequest.Builder> request) {
    while (true) {
      if (api == null) {
        api = new TestApi(address, token());
      }
      HttpResponse<String> answer =
          load.insist(kind, method, path, () -> api.send(request.apply(api)));
      if (answer.statusCode() != 401) {
        return answer;
      }
      api = null;
    }
  }

  private String token() {
    HttpResponse<String> answer =
        load.insist(
            "tokens", "POST", "/oauth2/token", () -> users.askForToken(address, client, scope));
    Matcher token = TOKEN.matcher(answer.body());
    if (!token.find()) {
      throw load.unexpected("POST", "/oauth2/token", answer);
    }
    return token.group(1);
  }
}
