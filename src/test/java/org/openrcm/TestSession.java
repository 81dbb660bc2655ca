package org.openrcm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a browser does, without the browser: keeps cookies, and sends the CSRF token of the last
 * page it got with what it posts. It follows no redirects: tests look at them.
 */
public final class TestSession {
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private final URI address;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient client = HttpClient.newBuilder().cookieHandler(cookies).build();
  private String csrf;

  public TestSession(URI address) {
    this.address = address;
  }

  public HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(address.resolve(path)));
  }

  public HttpResponse<byte[]> getBytes(String path) {
    return exchange(
        HttpRequest.newBuilder(address.resolve(path)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  /** A form of names and values by turns. */
  public HttpResponse<String> post(String path, String... fields) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      form.append(i == 0 ? "" : "&")
          .append(URLEncoder.encode(fields[i], StandardCharsets.UTF_8))
          .append('=')
          .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
    }
    return send(
        withCsrf(HttpRequest.newBuilder(address.resolve(path)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form.toString())));
  }

  /** A body as it is, such as {@code application/edi-x12}. */
  public HttpResponse<String> post(String path, String contentType, byte[] body) {
    return send(
        withCsrf(HttpRequest.newBuilder(address.resolve(path)))
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /** Files as a form sends them, under one field: names and contents by turns. */
  public HttpResponse<String> upload(String path, String field, Object... namesAndContents) {
    String boundary = UUID.randomUUID().toString();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      String head =
          "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
              + "Content-Type: application/octet-stream\r\n\r\n";
      body.writeBytes(
          head.formatted(boundary, field, namesAndContents[i]).getBytes(StandardCharsets.UTF_8));
      body.writeBytes((byte[]) namesAndContents[i + 1]);
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return post(path, "multipart/form-data; boundary=" + boundary, body.toByteArray());
  }

  /** A request of any kind to this server: {@code request("/files").method(...)}. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path));
  }

  /** With the CSRF token, as pages of ours send it. */
  public HttpRequest.Builder withCsrf(HttpRequest.Builder request) {
    if (csrf == null) {
      // Every page of who is signed in has a form; so has the sign-in
      String page = get("/me").body();
      if (csrf == null) {
        get("/sign-in");
      }
      if (csrf == null) {
        throw new AssertionError("no page with a CSRF token; /me is: " + page);
      }
    }
    return request.header("X-CSRF-TOKEN", csrf);
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    HttpResponse<String> response = exchange(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.headers().firstValue("Set-Cookie").isPresent()) {
      // A new session has a new token
      csrf = null;
    }
    Matcher token = CSRF.matcher(response.body());
    if (token.find()) {
      csrf = token.group(1);
    }
    return response;
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The session's cookie, when there is one. */
  public Optional<HttpCookie> cookie() {
    return cookies.getCookieStore().getCookies().stream().findFirst();
  }

  /** Carries the cookie of a session of another instance on to this address. */
  public TestSession at(URI otherAddress) {
    TestSession other = new TestSession(otherAddress);
    cookie().ifPresent(cookie -> other.cookies.getCookieStore().add(otherAddress, cookie));
    return other;
  }
}
