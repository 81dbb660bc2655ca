package org.openrcm.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/**
 * The cookie of a session, for this server's own eyes. Over https it is Secure, and has a name that
 * browsers take from this host alone (OWASP ASVS 5.0 3.3.1, 3.3.3): no other host of the domain can
 * put one of its own there, nor can who listens where there is no https. A browser that came
 * without https has one without.
 */
final class SessionCookie implements CookieSerializer {
  static final String NAME = "openrcm";
  static final String SAFE_NAME = "__Host-" + NAME;

  private static final List<String> DRAWN = List.of("/static/", "/webjars/");

  private final DefaultCookieSerializer plain = cookie(NAME);
  private final DefaultCookieSerializer safe = cookie(SAFE_NAME);

  SessionCookie() {
    safe.setUseSecureCookie(true);
    safe.setCookiePath("/");
  }

  private static DefaultCookieSerializer cookie(String name) {
    DefaultCookieSerializer cookie = new DefaultCookieSerializer();
    cookie.setCookieName(name);
    cookie.setUseHttpOnlyCookie(true);
    cookie.setSameSite("Lax");
    return cookie;
  }

  private CookieSerializer of(HttpServletRequest request) {
    return request.isSecure() ? safe : plain;
  }

  /** What pages are drawn with is the same for all: no session is looked up for it, or begun. */
  private static boolean isWithoutSession(HttpServletRequest request) {
    return DRAWN.stream().anyMatch(request.getRequestURI()::startsWith);
  }

  @Override
  public void writeCookieValue(CookieValue value) {
    if (!isWithoutSession(value.getRequest())) {
      of(value.getRequest()).writeCookieValue(value);
    }
  }

  @Override
  public List<String> readCookieValues(HttpServletRequest request) {
    return isWithoutSession(request) ? List.of() : of(request).readCookieValues(request);
  }
}
