package org.openrcm.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.stereotype.Component;

/**
 * Which patient is signed in, drawn anew for each request: a session holds the account that is
 * open, and for who has a sign-in its id and version; all else is asked of the database, so that
 * what is taken away is gone at the next request. A session is a patient's or the office's, and
 * never both.
 */
@Component
public class PatientSessions implements SecurityContextRepository {
  /** The session's memory of where a patient was going before the sign-in. */
  static final String DESTINATION = "patient.destination";

  /** What a patient chose before the sign-in and keeps; pages know by it which words to use. */
  public static final String LANGUAGE = "patient.language";

  private static final String PRACTICE = "patient.practice";
  private static final String ACCOUNT = "patient.account";
  private static final String LOGIN = "patient.login";
  private static final String VERSION = "patient.version";
  private static final String SINCE = "patient.since";
  private static final String SEEN = "patient.seen";
  private static final String HALF = "patient.half";
  private static final Set<String> KEPT = Set.of(DESTINATION, LANGUAGE);

  /** Who has shown a password shows the code soon, or begins again. */
  private static final Duration HALF_WAY = Duration.ofMinutes(5);

  /** The time of the last request is written down no more often than this. */
  private static final Duration GRAIN = Duration.ofSeconds(10);

  private final PatientLogins logins;
  private final PatientNames names;
  private final Clock clock;
  private final CsrfTokenRepository tokens;
  private final Duration idle;
  private final Duration absolute;
  private final Duration guest;

  PatientSessions(
      PatientLogins logins,
      PatientNames names,
      Clock clock,
      CsrfTokenRepository tokens,
      @Value("${openrcm.session.idle:15m}") Duration idle,
      @Value("${openrcm.session.absolute:12h}") Duration absolute,
      @Value("${openrcm.session.guest:1h}") Duration guest) {
    this.logins = logins;
    this.names = names;
    this.clock = clock;
    this.tokens = tokens;
    this.idle = idle;
    this.absolute = absolute;
    this.guest = guest;
  }

  /** A password was right: a new session that opens nothing but the page for the code. */
  public void half(HttpServletRequest request, HttpServletResponse response, UUID login) {
    HttpSession session = fresh(request, response);
    session.setAttribute(HALF, login.toString());
    session.setAttribute(SINCE, clock.millis());
  }

  /** The login of a session that has shown its password and nothing more yet; null otherwise. */
  public @Nullable UUID halfWay(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null || !(session.getAttribute(HALF) instanceof String login)) {
      return null;
    }
    Instant since = time(session, SINCE);
    return since == null || !clock.instant().isBefore(since.plus(HALF_WAY))
        ? null
        : UUID.fromString(login);
  }

  /** All was shown: a new session, in which nothing of an earlier one is left. */
  public void begin(
      HttpServletRequest request, HttpServletResponse response, SignedInPatient patient) {
    HttpSession session = fresh(request, response);
    long now = clock.millis();
    session.setAttribute(SINCE, now);
    session.setAttribute(SEEN, now);
    open(session, patient);
  }

  private HttpSession fresh(HttpServletRequest request, HttpServletResponse response) {
    HttpSession session = request.getSession();
    // Whoever knew the session's id before does not know it now
    request.changeSessionId();
    tokens.saveToken(null, request, response);
    for (String name : Collections.list(session.getAttributeNames())) {
      if (!KEPT.contains(name)) {
        session.removeAttribute(name);
      }
    }
    return session;
  }

  private void open(HttpSession session, SignedInPatient patient) {
    session.setAttribute(PRACTICE, patient.practice().toString());
    session.setAttribute(ACCOUNT, patient.account());
    UUID login = patient.login();
    session.setAttribute(LOGIN, login == null ? null : login.toString());
    session.setAttribute(
        VERSION, login == null ? null : (Long) logins.find(login).orElseThrow().version());
  }

  /** From the next request on the session has another account of the same login open. */
  public void choose(HttpServletRequest request, SignedInPatient patient) {
    open(request.getSession(), patient);
  }

  /** Goes on with a login whose version moved on by the patient's own hand. */
  public void renew(
      HttpServletRequest request, HttpServletResponse response, SignedInPatient patient) {
    request.changeSessionId();
    tokens.saveToken(null, request, response);
    open(request.getSession(), patient);
  }

  public void end(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }

  /** Where the patient was going, a page below {@code /my}; asked for once. */
  public String destination(HttpServletRequest request) {
    HttpSession session = request.getSession();
    Object wanted = session.getAttribute(DESTINATION);
    session.removeAttribute(DESTINATION);
    return wanted instanceof String path && path.startsWith("/my/") ? path : "/my";
  }

  private @Nullable SignedInPatient patient(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null
        || !(session.getAttribute(PRACTICE) instanceof String practice)
        || !(session.getAttribute(ACCOUNT) instanceof Long account)) {
      return null;
    }
    SignedInPatient patient = patient(session, UUID.fromString(practice), account);
    if (patient == null) {
      session.invalidate();
    }
    return patient;
  }

  private @Nullable SignedInPatient patient(HttpSession session, UUID practice, long account) {
    UUID login =
        session.getAttribute(LOGIN) instanceof String id ? UUID.fromString(id) : (UUID) null;
    Instant now = clock.instant();
    Instant seen = time(session, SEEN);
    Instant since = time(session, SINCE);
    if (seen == null
        || since == null
        || !now.isBefore(seen.plus(idle))
        || !now.isBefore(since.plus(login == null ? guest : absolute))
        || (login != null && !opens(session, login, practice, account))) {
      return null;
    }
    if (now.isAfter(seen.plus(GRAIN))) {
      session.setAttribute(SEEN, now.toEpochMilli());
    }
    return names
        .find(practice, account)
        .map(name -> new SignedInPatient(practice, account, login, name))
        .orElse(null);
  }

  private boolean opens(HttpSession session, UUID id, UUID practice, long account) {
    PatientLogins.Login login = logins.find(id).orElse(null);
    return login != null
        && login.removedAt() == null
        && Long.valueOf(login.version()).equals(session.getAttribute(VERSION))
        && login.opens(practice, account);
  }

  private static @Nullable Instant time(HttpSession session, String attribute) {
    return session.getAttribute(attribute) instanceof Long millis
        ? Instant.ofEpochMilli(millis)
        : null;
  }

  @Override
  public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
    return new StaffSessions.Deferred(() -> load(request));
  }

  private SecurityContext load(HttpServletRequest request) {
    SecurityContextHolderStrategy holder = SecurityContextHolder.getContextHolderStrategy();
    SecurityContext context = holder.createEmptyContext();
    SignedInPatient patient = patient(request);
    context.setAuthentication(patient == null ? null : new PatientAuthentication(patient));
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
    return session != null && session.getAttribute(PRACTICE) != null;
  }
}
