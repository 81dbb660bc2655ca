package org.openrcm.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Answers 503 when the database does not answer: nobody can be known then, nothing recorded, and so
 * nothing done. Stands before the session, which is kept there too.
 */
@Component
@Order(Integer.MIN_VALUE + 40)
class DatabaseDown extends OncePerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseDown.class);
  private static final String TEXT = "The database does not answer. Try again in a minute.";
  private static final String RETRY_SECONDS = "60";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (IOException | ServletException | RuntimeException e) {
      if (!LostDatabase.isBehind(e) || (response.isCommitted() && !isDecided(response))) {
        throw e;
      }
      LOG.warn("the database does not answer");
      // of a refusal that a page was to tell of: Tomcat would take it for unhandled and answer 500
      WebUtils.clearErrorRequestAttributes(request);
      if (response.isCommitted()) {
        return;
      }
      response.resetBuffer();
      response.setHeader("Retry-After", RETRY_SECONDS);
      response.setHeader("X-Content-Type-Options", "nosniff");
      if (Refusals.isForPrograms(request)) {
        Refusals.write(request, response, HttpStatus.SERVICE_UNAVAILABLE, "transient", TEXT);
      } else {
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("text/plain;charset=UTF-8");
        write(response);
      }
    }
  }

  /**
   * A redirect, or an error: what was sent is done or refused, and only the session cannot be kept.
   * Of a page there may be half, and who gets it has to see that it is cut off.
   */
  private static boolean isDecided(HttpServletResponse response) {
    return !HttpStatus.valueOf(response.getStatus()).is2xxSuccessful();
  }

  /** Pages have begun to write when a part of them asks the database and is not answered. */
  private static void write(HttpServletResponse response) throws IOException {
    try {
      response.getOutputStream().write(TEXT.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalStateException e) {
      response.getWriter().write(TEXT);
    }
  }
}
