package org.openrcm.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Logs requests that end in a fault of ours, by the endpoint and never by what was sent. (Tomcat
 * would repeat the exception's message, which {@link PlainTrace} withholds: its log is switched
 * off.)
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class FailedRequests extends OncePerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(FailedRequests.class);

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
      if (response.getStatus() == HttpStatus.INTERNAL_SERVER_ERROR.value()) {
        LOG.error("{} {} answered a fault of ours", request.getMethod(), endpoint(request));
      }
    } catch (ClientAbortException | AsyncRequestNotUsableException e) {
      throw e;
    } catch (IOException | ServletException | RuntimeException | Error e) {
      LOG.error("{} {} failed", request.getMethod(), endpoint(request), e);
      throw e;
    }
  }

  private static String endpoint(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return pattern == null ? request.getHttpServletMapping().getPattern() : pattern.toString();
  }
}
