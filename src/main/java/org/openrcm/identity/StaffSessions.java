package org.openrcm.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.stereotype.Component;

/**
 * Who is signed in, drawn anew for each request: a session holds the id of a person, the factors
 * shown and the practice chosen, and all else is asked of the database, so that what is taken away
 * is gone at the next request. A session ends after a time without requests, after a time in all,
 * and when the person's version moves on.
 */
@Component
class StaffSessions implements SecurityContextRepository {
  private static final String STAFF = "staff";
  private static final String VERSION = "version";
  private static final String PRACTICE = "practice";
  private static final String SEEN = "seen";
  private static final String FACTOR = "factor.";

  /** Who has shown a password shows the code soon, or begins again. */
  private static final Duration HALF_WAY = Duration.ofMinutes(5);

  /** The time of the last request is written down no more often than this. */
  private static final Duration GRAIN = Duration.ofSeconds(10);

  private final Staff staff;
  private final Clock clock;
  private final CsrfTokenRepository tokens;
  private final Duration idle;
  private final Duration absolute;

  StaffSessions(
      Staff staff,
      Clock clock,
      CsrfTokenRepository tokens,
      @Value("${openrcm.session.idle:15m}") Duration idle,
      @Value("${openrcm.session.absolute:12h}") Duration absolute) {
    this.staff = staff;
    this.clock = clock;
    this.tokens = tokens;
    this.idle = idle;
    this.absolute = absolute;
  }

  /** A password was right: a new session that opens nothing but the page for the code. */
  void begin(HttpServletRequest request, HttpServletResponse response, StaffMember person) {
    start(request, response, person, Set.of(Factor.PASSWORD));
  }

  /** The code was right too. */
  void complete(HttpServletRequest request, HttpServletResponse response, StaffMember person) {
    start(request, response, person, Set.of(Factor.PASSWORD, Factor.CODE));
  }

  /** A link of a made-up practice was used. */
  void completeByLink(
      HttpServletRequest request, HttpServletResponse response, StaffMember person) {
    start(request, response, person, Set.of(Factor.LINK));
  }

  private void start(
      HttpServletRequest request,
      HttpServletResponse response,
      StaffMember person,
      Set<Factor> factors) {
    StaffMember.Work home = person.home();
    if (home == null) {
      throw new IllegalArgumentException("works for no practice");
    }
    HttpSession session = request.getSession();
    // Whoever knew the session's id before does not know it now
    request.changeSessionId();
    tokens.saveToken(null, request, response);
    // Nor does anybody find what somebody else began here: an app's key, an emergency
    for (String name : Collections.list(session.getAttributeNames())) {
      if (!name.equals(Refusals.DESTINATION)) {
        session.removeAttribute(name);
      }
    }
    long now = clock.millis();
    session.setAttribute(STAFF, person.id().toString());
    session.setAttribute(VERSION, person.version());
    session.setAttribute(PRACTICE, home.practice().id().toString());
    session.setAttribute(SEEN, now);
    for (Factor factor : Factor.values()) {
      session.setAttribute(FACTOR + factor, factors.contains(factor) ? (Long) now : null);
    }
  }

  /** Goes on with a person whose version moved on by their own hand. */
  void renew(HttpServletRequest request, HttpServletResponse response, StaffMember person) {
    HttpSession session = request.getSession();
    request.changeSessionId();
    tokens.saveToken(null, request, response);
    session.setAttribute(VERSION, person.version());
  }

  /** From the next request on the session sees another practice. */
  void choose(HttpServletRequest request, UUID practice) {
    request.getSession().setAttribute(PRACTICE, practice.toString());
  }

  void end(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }

  /** The person of a session that has shown its password and nothing more yet; null otherwise. */
  @Nullable StaffMember halfWay(HttpServletRequest request) {
    StaffAuthentication who = authentication(request);
    return who == null || Factor.isWhole(who) ? null : who.person();
  }

  private @Nullable StaffAuthentication authentication(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null || !(session.getAttribute(STAFF) instanceof String id)) {
      return null;
    }
    StaffAuthentication who = authentication(session, UUID.fromString(id));
    if (who == null) {
      session.invalidate();
    }
    return who;
  }

  private @Nullable StaffAuthentication authentication(HttpSession session, UUID id) {
    Instant now = clock.instant();
    Map<Factor, Instant> factors = factors(session);
    boolean halfWay = factors.size() == 1 && factors.containsKey(Factor.PASSWORD);
    Instant seen = time(session, SEEN);
    if (seen == null
        || !now.isBefore(seen.plus(idle))
        || factors.isEmpty()
        || factors.values().stream()
            .anyMatch(shown -> !now.isBefore(shown.plus(halfWay ? HALF_WAY : absolute)))) {
      return null;
    }
    StaffMember person = staff.find(id).orElse(null);
    if (person == null
        || person.disabledAt() != null
        || !Long.valueOf(person.version()).equals(session.getAttribute(VERSION))
        || !(session.getAttribute(PRACTICE) instanceof String practice)) {
      return null;
    }
    StaffMember.Work work = person.at(UUID.fromString(practice));
    if (work == null) {
      return null;
    }
    if (now.isAfter(seen.plus(GRAIN))) {
      session.setAttribute(SEEN, now.toEpochMilli());
    }
    List<GrantedAuthority> authorities = new ArrayList<>();
    factors.forEach(
        (factor, shown) ->
            authorities.add(
                FactorGrantedAuthority.withAuthority(factor.authority()).issuedAt(shown).build()));
    return new StaffAuthentication(person, work, authorities);
  }

  private static Map<Factor, Instant> factors(HttpSession session) {
    Map<Factor, Instant> factors = new EnumMap<>(Factor.class);
    for (Factor factor : Factor.values()) {
      Instant shown = time(session, FACTOR + factor);
      if (shown != null) {
        factors.put(factor, shown);
      }
    }
    return factors;
  }

  private static @Nullable Instant time(HttpSession session, String attribute) {
    return session.getAttribute(attribute) instanceof Long millis
        ? Instant.ofEpochMilli(millis)
        : null;
  }

  @Override
  public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
    return new Deferred(() -> load(request));
  }

  private SecurityContext load(HttpServletRequest request) {
    SecurityContextHolderStrategy holder = SecurityContextHolder.getContextHolderStrategy();
    SecurityContext context = holder.createEmptyContext();
    context.setAuthentication(authentication(request));
    return context;
  }

  @Override
  @Deprecated
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    return load(holder.getRequest());
  }

  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    // Sessions are begun by a sign-in and by nothing else
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null && session.getAttribute(STAFF) != null;
  }

  /** Asked once, when something wants to know. */
  static final class Deferred implements DeferredSecurityContext {
    private final Supplier<SecurityContext> load;
    private @Nullable SecurityContext context;

    Deferred(Supplier<SecurityContext> load) {
      this.load = load;
    }

    @Override
    public SecurityContext get() {
      SecurityContext known = context;
      if (known == null) {
        known = load.get();
        context = known;
      }
      return known;
    }

    @Override
    public boolean isGenerated() {
      return get().getAuthentication() == null;
    }
  }
}
