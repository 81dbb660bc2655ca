package org.openrcm.intake;

import jakarta.servlet.FilterChain;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns away an upload that says itself that it is too large, before a byte of it is read: later
 * on, whoever looks for a form's CSRF token would read it all.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + UploadLimit.EARLY)
class UploadLimit extends OncePerRequestFilter {
  /** Behind the filters of character sets and metrics, before those of sessions and security. */
  static final int EARLY = 1_000;

  private static final Set<String> PATHS = Set.of("/files", "/api/files");
  private static final long FORM = 1 << 16;

  private final long most;

  UploadLimit(IntakeSettings settings) {
    this.most = settings.maxSize().toBytes();
  }

  /** The same limit for forms that do not say how long they are. */
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(IntakeSettings.class)
  static class Forms {
    @Bean
    MultipartConfigElement multipartConfigElement(IntakeSettings settings) {
      long most = settings.maxSize().toBytes();
      return new MultipartConfigElement("", most, most + FORM, 0);
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    if (!request.getMethod().equals(HttpMethod.POST.name())
        || !PATHS.contains(path)
        || request.getContentLengthLong() <= most + (isForm(request) ? FORM : 0)) {
      chain.doFilter(request, response);
    } else if (path.startsWith("/api/")) {
      response.setStatus(HttpStatus.CONTENT_TOO_LARGE.value());
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      String problem =
          "{\"title\":\"Content Too Large\",\"status\":413,\"detail\":\"%s\",\"instance\":\"%s\"}";
      byte[] body =
          problem
              .formatted(FileProblems.tooLarge(most).getDetail(), path)
              .getBytes(StandardCharsets.UTF_8);
      response.getOutputStream().write(body);
    } else {
      response.sendError(HttpStatus.CONTENT_TOO_LARGE.value());
    }
  }

  private static boolean isForm(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.startsWith(MediaType.MULTIPART_FORM_DATA_VALUE);
  }
}
