package org.openrcm.identity;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/** Lets tests in as a patient: who it is stands in a cookie. */
@Configuration(proxyBeanMethods = false)
public class TestPatients implements SecurityContextRepository {
  public static final String COOKIE = "test-patient";

  /** The cookie of a patient. */
  public static String cookie(UUID practice, long account, boolean guest) {
    return practice + "_" + account + "_" + guest;
  }

  @Bean
  @Order(3)
  SecurityFilterChain patientsOfTests(
      HttpSecurity http, Gate gate, Refusals refusals, CsrfTokenRepository csrfTokens)
      throws Exception {
    return SecurityConfiguration.gated(SecurityConfiguration.shared(http), gate, refusals)
        .securityMatcher("/my", "/my/**")
        .securityContext(context -> context.securityContextRepository(this))
        .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens))
        .build();
  }

  @Override
  @SuppressWarnings("deprecation")
  public SecurityContext loadContext(HttpRequestResponseHolder held) {
    HttpServletRequest request = held.getRequest();
    if (request.getCookies() != null) {
      for (Cookie cookie : request.getCookies()) {
        if (cookie.getName().equals(COOKIE)) {
          String[] parts = cookie.getValue().split("_");
          boolean guest = Boolean.parseBoolean(parts[2]);
          return new SecurityContextImpl(
              new PatientAuthentication(
                  new SignedInPatient(
                      UUID.fromString(parts[0]),
                      Long.parseLong(parts[1]),
                      guest ? null : new UUID(0, 7),
                      "Tansy Quillby")));
        }
      }
    }
    return SecurityContextHolder.createEmptyContext();
  }

  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    // who it is comes with each request
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return false;
  }
}
