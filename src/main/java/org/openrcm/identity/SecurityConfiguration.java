package org.openrcm.identity;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/** What each request passes before it reaches a page: closed, unless {@link Gate} opens it. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityConfiguration {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int LANES = 1;
  private static final int KIBIBYTES = 19 * 1024;
  private static final int PASSES = 2;

  /** Argon2id, as strong as OWASP ASVS 5.0 asks of it (appendix C); weaker hashes open still. */
  @Bean
  PasswordEncoder passwordEncoder() {
    return new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, KIBIBYTES, PASSES);
  }

  /** Takes as long to check as a real one, and is no password's: for when there is nobody. */
  static String hashOfNobody() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            KIBIBYTES,
            PASSES,
            LANES,
            base64.encodeToString(Tokens.bytes(SALT_BYTES)),
            base64.encodeToString(Tokens.bytes(HASH_BYTES)));
  }

  @Bean
  CsrfTokenRepository csrfTokens() {
    return new FormTokens();
  }

  /** Health and metrics, on their own port, which is not for the world. */
  @Bean
  @Order(0)
  SecurityFilterChain operations(HttpSecurity http) throws Exception {
    return http.securityMatcher(EndpointRequest.toAnyEndpoint())
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .build();
  }

  @Bean
  @Order(1)
  SecurityFilterChain tokenEndpoint(
      HttpSecurity http, TokenAnswers answers, PasswordEncoder passwords) throws Exception {
    shared(http).securityMatcher("/oauth2/token");
    http.oauth2AuthorizationServer(
        server ->
            server
                .clientAuthentication(
                    client ->
                        client
                            .errorResponseHandler(answers)
                            .authenticationProviders(
                                each(
                                    ClientSecretAuthenticationProvider.class,
                                    secrets ->
                                        secrets.setPasswordEncoder(new ProgramSecrets(passwords)))))
                .tokenEndpoint(
                    token ->
                        token
                            .errorResponseHandler(answers)
                            .authenticationProviders(
                                each(
                                    OAuth2ClientCredentialsAuthenticationProvider.class,
                                    credentials ->
                                        credentials.setAuthenticationValidator(
                                            TokenAnswers::checkScopes)))));
    return http.csrf(AbstractHttpConfigurer::disable).build();
  }

  /** Sets up those of this kind among Spring's own. */
  private static <T extends AuthenticationProvider> Consumer<List<AuthenticationProvider>> each(
      Class<T> kind, Consumer<T> how) {
    return providers -> providers.stream().filter(kind::isInstance).map(kind::cast).forEach(how);
  }

  @Bean
  @Order(2)
  SecurityFilterChain programs(HttpSecurity http, Gate gate, Refusals refusals, ApiClients clients)
      throws Exception {
    return gated(shared(http), gate, refusals)
        .securityMatcher(SecurityConfiguration::hasToken)
        .oauth2ResourceServer(
            server ->
                server
                    .authenticationEntryPoint(refusals)
                    .accessDeniedHandler(refusals)
                    .jwt(jwt -> jwt.jwtAuthenticationConverter(TokenConfiguration.owner(clients))))
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .build();
  }

  /** Gateways sign what they send: no session, and no form's token. */
  @Bean
  @Order(3)
  SecurityFilterChain signedEvents(HttpSecurity http, Gate gate, Refusals refusals)
      throws Exception {
    return gated(shared(http), gate, refusals)
        .securityMatcher("/webhooks/**")
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .build();
  }

  private static boolean hasToken(HttpServletRequest request) {
    String credentials = request.getHeader("Authorization");
    return credentials != null
        && credentials.toLowerCase(Locale.ROOT).startsWith("bearer ")
        && Refusals.isForPrograms(request);
  }

  /**
   * The patients' own pages: a session of the office opens nothing here, and theirs nothing else.
   */
  @Bean
  @Order(4)
  SecurityFilterChain patientsOwn(
      HttpSecurity http,
      Gate gate,
      Refusals refusals,
      PatientSessions sessions,
      CsrfTokenRepository csrfTokens)
      throws Exception {
    return gated(shared(http), gate, refusals)
        .securityMatcher(Refusals::isForPatients)
        .securityContext(context -> context.securityContextRepository(sessions))
        .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens))
        .build();
  }

  @Bean
  @Order(5)
  SecurityFilterChain people(
      HttpSecurity http,
      Gate gate,
      Refusals refusals,
      StaffSessions sessions,
      CsrfTokenRepository csrfTokens)
      throws Exception {
    return gated(shared(http), gate, refusals)
        .securityContext(context -> context.securityContextRepository(sessions))
        .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens))
        .build();
  }

  private static HttpSecurity gated(HttpSecurity http, Gate gate, Refusals refusals)
      throws Exception {
    return http.addFilterAfter(new EmergencyFilter(), AuthorizationFilter.class)
        .authorizeHttpRequests(
            requests ->
                requests
                    // What is under way was let in before; an error page says nothing secret
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                    .permitAll()
                    .anyRequest()
                    .access(gate))
        .exceptionHandling(
            exceptions ->
                exceptions.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
  }

  /** {@link SafeHeaders} wrote the other headers before. */
  private static HttpSecurity shared(HttpSecurity http) throws Exception {
    return http.addFilterBefore(new ActorFilter(), ExceptionTranslationFilter.class)
        .requestCache(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable);
  }
}
