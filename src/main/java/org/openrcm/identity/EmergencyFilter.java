package org.openrcm.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.openrcm.audit.Actor;
import org.springframework.web.filter.OncePerRequestFilter;

/** What the {@link Gate} let in for an emergency alone is on the record as that. */
final class EmergencyFilter extends OncePerRequestFilter {
  private static final String EMERGENCY = "openrcm.emergency";

  /** Says that nothing else opened it. */
  static void mark(HttpServletRequest request) {
    request.setAttribute(EMERGENCY, true);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getAttribute(EMERGENCY) == null;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      Actor.current()
          .forPurpose(Emergencies.PURPOSE)
          .call(
              () -> {
                chain.doFilter(request, response);
                return response;
              });
    } catch (ServletException | IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }
}
