package org.openrcm.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * Tokens of API clients: what stands in them, and what is asked of one that comes back. They are
 * JWTs signed by {@link SigningKey}, for this server and no other, for five minutes.
 */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {
  static final String ISSUER = "urn:openrcm";
  static final String AUDIENCE = "urn:openrcm:api";
  static final String CLIENT = "client";
  static final String PRACTICE = "practice";

  private static final Duration VALID = Duration.ofMinutes(5);
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);

  @Bean
  AuthorizationServerSettings authorizationServerSettings() {
    return AuthorizationServerSettings.builder().build();
  }

  @Bean
  RegisteredClientRepository registeredClients(ApiClients clients) {
    return new RegisteredClientRepository() {
      @Override
      public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("clients are made by administrators");
      }

      @Override
      public @Nullable RegisteredClient findById(String id) {
        return clients.find(UUID.fromString(id)).map(TokenConfiguration::registered).orElse(null);
      }

      @Override
      public @Nullable RegisteredClient findByClientId(String clientId) {
        return clients
            .find(clientId)
            .filter(client -> client.revokedAt() == null)
            .map(TokenConfiguration::registered)
            .orElse(null);
      }
    };
  }

  private static RegisteredClient registered(ApiClient client) {
    return RegisteredClient.withId(client.id().toString())
        .clientId(client.clientId())
        .clientSecret(client.secretHash())
        .clientName(client.name())
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .scopes(scopes -> scopes.addAll(client.scopes()))
        .tokenSettings(
            TokenSettings.builder()
                .accessTokenFormat(OAuth2TokenFormat.SELF_CONTAINED)
                .accessTokenTimeToLive(VALID)
                .build())
        .build();
  }

  @Bean
  OAuth2TokenGenerator<?> tokenGenerator(SigningKey key, ApiClients clients, Clock clock) {
    JwtGenerator generator = new JwtGenerator(new NimbusJwtEncoder(key));
    generator.setClock(clock);
    generator.setJwtCustomizer(
        context -> {
          UUID id = UUID.fromString(context.getRegisteredClient().getId());
          ApiClient client = clients.find(id).orElseThrow();
          context.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
          context
              .getClaims()
              .issuer(ISSUER)
              .audience(List.of(AUDIENCE))
              .claim(CLIENT, client.id().toString())
              .claim(PRACTICE, client.practice().toString());
        });
    return generator;
  }

  @Bean
  JwtDecoder tokens(SigningKey key, Clock clock) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, key));
    // The validators below look at the claims
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    // a name and no address: by default all libraries are searched, each time, for one that knows
    // addresses that begin with urn
    decoder.setClaimSetConverter(
        MappedJwtClaimSetConverter.withDefaults(Map.of(JwtClaimNames.ISS, issuer -> issuer)));
    JwtTimestampValidator time = new JwtTimestampValidator(CLOCKS_DIFFER);
    time.setClock(clock);
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            time, new JwtIssuerValidator(ISSUER), new JwtAudienceValidator(AUDIENCE)));
    return decoder;
  }

  /** Who a valid token belongs to now: a client that was revoked meanwhile is nobody. */
  static Converter<Jwt, AbstractAuthenticationToken> owner(ApiClients clients) {
    return token -> {
      String id = token.getClaimAsString(CLIENT);
      ApiClient client = id == null ? null : clients.find(UUID.fromString(id)).orElse(null);
      if (client == null
          || client.revokedAt() != null
          || token.getExpiresAt() == null
          || !client.practice().toString().equals(token.getClaimAsString(PRACTICE))) {
        throw new InvalidBearerTokenException("The client was revoked");
      }
      List<String> scopes = token.getClaimAsStringList("scope");
      Set<String> held = new HashSet<>(scopes == null ? List.of() : scopes);
      held.removeIf(scope -> !Scopes.covers(client.scopes(), Set.of(scope)));
      return new ClientAuthentication(client, held);
    };
  }
}
