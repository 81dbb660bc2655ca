package org.openrcm.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/**
 * Answers requests that may not go on, in the form that the caller reads, and puts them on the
 * record: a page for people, problem+json (RFC 9457) under /api, an OperationOutcome under /fhir.
 */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
  /** The session's memory of where somebody was going before the sign-in. */
  static final String DESTINATION = "destination";

  private static final int LONGEST_PATH = 200;

  private final AuditTrail trail;
  private final Permissions permissions;

  Refusals(AuditTrail trail, Permissions permissions) {
    this.trail = trail;
    this.permissions = permissions;
  }

  /** Not signed in, or with a token that is not valid. */
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
      throws IOException {
    record(request, "not signed in");
    if (isForPrograms(request)) {
      response.setHeader("WWW-Authenticate", "Bearer");
      write(request, response, HttpStatus.UNAUTHORIZED, "login", "Sign in first, or send a token.");
      return;
    }
    boolean patients = isForPatients(request);
    if (request.getMethod().equals("GET") && request.getHeader("HX-Request") == null) {
      request
          .getSession()
          .setAttribute(
              patients ? PatientSessions.DESTINATION : DESTINATION, path(request) + query(request));
    }
    toSignIn(request, response, patients ? "/my/sign-in" : "/sign-in");
  }

  private static String query(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null ? "" : "?" + query;
  }

  /** Signed in, and not allowed. */
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
      throws IOException {
    boolean forged = reason instanceof CsrfException;
    record(request, forged ? "without the token of a form of ours" : "not allowed");
    if (isForPrograms(request)) {
      write(
          request,
          response,
          HttpStatus.FORBIDDEN,
          "forbidden",
          forged ? "The request lacks its CSRF token." : "You are not allowed to do this.");
      return;
    }
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who instanceof StaffAuthentication staff && !Factor.isWhole(staff)) {
      toSignIn(request, response, "/sign-in/code");
    } else if (forged && path(request).startsWith("/sign-in")) {
      // The page had been open for longer than its session: nothing was done, so begin again
      toSignIn(request, response, "/sign-in");
    } else if (forged && isForPatients(request) && !(who instanceof PatientAuthentication)) {
      toSignIn(request, response, "/my/sign-in");
    } else if (!forged && who instanceof PatientAuthentication && needsSignIn(request)) {
      // A guest by code finds here how to get a sign-in
      toSignIn(request, response, "/my/account/new");
    } else {
      response.sendError(HttpStatus.FORBIDDEN.value());
    }
  }

  private boolean needsSignIn(HttpServletRequest request) {
    Permissions.Permission permission = permissions.of(request);
    return permission != null && permission.needsSignIn();
  }

  private static void toSignIn(
      HttpServletRequest request, HttpServletResponse response, String page) throws IOException {
    if (request.getHeader("HX-Request") == null) {
      response.setStatus(HttpStatus.SEE_OTHER.value());
      response.setHeader("Location", request.getContextPath() + page);
    } else {
      // A part of a page cannot show the sign-in: let the browser go there
      response.setHeader("HX-Redirect", request.getContextPath() + page);
      response.setStatus(HttpStatus.UNAUTHORIZED.value());
    }
  }

  private void record(HttpServletRequest request, String reason) {
    Permissions.Permission permission = permissions.of(request);
    Actor bound = Actor.current();
    Actor actor =
        bound.kind() == Actor.Kind.NOBODY
            ? Actors.of(request, SecurityContextHolder.getContext().getAuthentication())
            : bound;
    String path = path(request);
    String endpoint =
        request.getMethod()
            + " "
            + (permission != null
                ? permission.path().getPatternString()
                : path.substring(0, Math.min(path.length(), LONGEST_PATH)));
    Action action = permission == null ? Action.VIEW : permission.action();
    actor.run(() -> trail.denied(action, Subject.of("Endpoint", endpoint), reason));
  }

  private static String path(HttpServletRequest request) {
    return request.getRequestURI().substring(request.getContextPath().length());
  }

  /** Whether it is one of the patients' own pages. */
  static boolean isForPatients(HttpServletRequest request) {
    String path = path(request);
    return path.equals("/my") || path.startsWith("/my/");
  }

  /** Whether the caller wants an answer that programs read. */
  static boolean isForPrograms(HttpServletRequest request) {
    String path = path(request);
    return isFhir(request) || path.startsWith("/api/") || path.startsWith("/oauth2/");
  }

  private static boolean isFhir(HttpServletRequest request) {
    String path = path(request);
    return path.equals("/fhir") || path.startsWith("/fhir/");
  }

  /**
   * Writes an answer for programs.
   *
   * @param code of FHIR's issue types
   */
  static void write(
      HttpServletRequest request,
      HttpServletResponse response,
      HttpStatus status,
      String code,
      String text)
      throws IOException {
    response.setStatus(status.value());
    response.setHeader("Cache-Control", "no-store");
    String body;
    if (isFhir(request)) {
      response.setContentType("application/fhir+json;charset=UTF-8");
      body =
          """
          {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"%s",\
          "diagnostics":"%s"}]}"""
              .formatted(code, text);
    } else {
      response.setContentType("application/problem+json");
      body =
          """
          {"title":"%s","status":%d,"detail":"%s"}"""
              .formatted(status.getReasonPhrase(), status.value(), text);
    }
    response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
  }
}
