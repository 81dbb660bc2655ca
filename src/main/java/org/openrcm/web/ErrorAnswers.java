package org.openrcm.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * What Spring MVC itself refuses: programs that call {@code /api} get problem+json (RFC 9457),
 * people get the error page ({@code templates/error.html}).
 */
@ControllerAdvice
class ErrorAnswers extends ResponseEntityExceptionHandler {
  private static final String API = "/api/";

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception exception,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ServletWebRequest web = (ServletWebRequest) request;
    HttpServletResponse response = web.getResponse();
    if (web.getRequest().getRequestURI().startsWith(API)) {
      return super.handleExceptionInternal(exception, body, headers, status, request);
    }
    if (response == null || response.isCommitted()) {
      return null;
    }
    try {
      headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
      response.sendError(status.value());
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
