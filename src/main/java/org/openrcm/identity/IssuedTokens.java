package org.openrcm.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts each token that is given out on the record, before it is given. The token itself is not
 * kept: it proves itself by its signature, and its client is looked at whenever it is used.
 */
@Component
class IssuedTokens implements OAuth2AuthorizationService {
  private final ApiClients clients;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  IssuedTokens(ApiClients clients, AuditTrail trail, TransactionTemplate transaction) {
    this.clients = clients;
    this.trail = trail;
    this.transaction = transaction;
  }

  @Override
  public void save(OAuth2Authorization authorization) {
    ApiClient client =
        clients.find(UUID.fromString(authorization.getRegisteredClientId())).orElseThrow();
    Actor caller = Actor.current();
    new Actor(
            Actor.Kind.CLIENT,
            client.id(),
            client.name(),
            authorization.getAuthorizedScopes(),
            client.practice(),
            Actor.PAYMENT,
            caller.address(),
            caller.request())
        .run(
            () ->
                transaction.executeWithoutResult(
                    tx -> trail.record(Action.SIGN_IN, Subject.of("ApiClient", client.id()))));
  }

  @Override
  public void remove(OAuth2Authorization authorization) {
    throw new UnsupportedOperationException("tokens are not kept");
  }

  @Override
  public @Nullable OAuth2Authorization findById(String id) {
    return null;
  }

  @Override
  public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
    return null;
  }
}
