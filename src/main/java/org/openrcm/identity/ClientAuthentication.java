package org.openrcm.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** A program that came with a token. */
final class ClientAuthentication extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  private final transient ApiClient client;
  private final transient Set<String> scopes;

  ClientAuthentication(ApiClient client, Set<String> scopes) {
    super(AuthorityUtils.NO_AUTHORITIES);
    this.client = client;
    this.scopes = Set.copyOf(scopes);
    setAuthenticated(true);
  }

  ApiClient client() {
    return client;
  }

  /** Those of the token. */
  Set<String> scopes() {
    return scopes;
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public Object getPrincipal() {
    return client;
  }

  @Override
  public String getName() {
    return client.clientId();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
