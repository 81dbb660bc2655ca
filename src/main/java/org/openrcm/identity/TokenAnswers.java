package org.openrcm.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;

/** Refuses at the token endpoint as RFC 6749 5.2 says, and puts it on the record. */
@Component
class TokenAnswers implements AuthenticationFailureHandler {
  private static final String BASIC = "Basic ";

  private final ApiClients clients;
  private final AuditTrail trail;

  TokenAnswers(ApiClients clients, AuditTrail trail) {
    this.clients = clients;
    this.trail = trail;
  }

  /** What is asked for must lie within what the client was given. */
  static void checkScopes(OAuth2ClientCredentialsAuthenticationContext context) {
    OAuth2ClientCredentialsAuthenticationToken asked = context.getAuthentication();
    if (!Scopes.covers(context.getRegisteredClient().getScopes(), asked.getScopes())) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_SCOPE);
    }
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    String code =
        failure instanceof OAuth2AuthenticationException known
            ? known.getError().getErrorCode()
            : OAuth2ErrorCodes.INVALID_REQUEST;
    ApiClient named = claimed(request).flatMap(clients::find).orElse(null);
    Actors.nobody(request, named == null ? null : named.practice())
        .run(
            () ->
                trail.denied(
                    Action.SIGN_IN,
                    named == null ? Subject.list("ApiClient") : Subject.of("ApiClient", named.id()),
                    code));
    boolean unknown = code.equals(OAuth2ErrorCodes.INVALID_CLIENT);
    if (unknown) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"OpenRCM\"");
    }
    response.setStatus((unknown ? HttpStatus.UNAUTHORIZED : HttpStatus.BAD_REQUEST).value());
    response.setContentType("application/json");
    response
        .getOutputStream()
        .write("{\"error\":\"%s\"}".formatted(code).getBytes(StandardCharsets.UTF_8));
  }

  /** Who the caller says it is, in the header or in the form. */
  private static Optional<String> claimed(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return Optional.ofNullable(request.getParameter("client_id"));
    }
    try {
      byte[] pair = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
      String text = new String(pair, StandardCharsets.UTF_8);
      return Optional.of(text.substring(0, Math.max(text.indexOf(':'), 0)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
