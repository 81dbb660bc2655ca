package org.openrcm.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The headers that keep a browser safe, on every answer: it stands before whoever refuses a request
 * early, an upload that is too large or an address that the firewall does not like.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class SafeHeaders extends OncePerRequestFilter {
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; font-src 'self'; form-action 'self'%s; frame-ancestors 'none';"
          + " base-uri 'none'";
  private static final String FEATURES =
      "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()";
  private static final long A_YEAR = 365L * 24 * 60 * 60;

  private final String policy;

  SafeHeaders(@Value("${openrcm.payment.pages:}") String pages) {
    this.policy = policy(pages);
  }

  /**
   * Browsers follow a form's answer only to where forms may lead: the pages on which a card is
   * charged are those of {@code openrcm.payment.pages}, such as {@code https://checkout.example}.
   */
  static String policy(String set) {
    StringBuilder pages = new StringBuilder();
    for (String page : set.split("[\\s,]+", -1)) {
      if (page.matches("https://[a-z0-9.-]+(:[0-9]+)?")) {
        pages.append(' ').append(page);
      } else if (!page.isEmpty()) {
        throw new IllegalStateException("openrcm.payment.pages: " + page + " is no https origin");
      }
    }
    return CONTENT_SECURITY_POLICY.formatted(pages);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader("Content-Security-Policy", policy);
    // Always: behind a proxy the server does not see the https; browsers that came by http pay no
    // attention to it (RFC 6797 8.1)
    response.setHeader("Strict-Transport-Security", "max-age=" + A_YEAR + " ; includeSubDomains");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Permissions-Policy", FEATURES);
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    chain.doFilter(request, response);
  }
}
