package org.openrcm.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Emergency access (45 CFR 164.312(a)(2)(ii)): a member of the staff looks at patients' data beyond
 * their roles for an hour, with a reason that somebody else reviews. What it opens are the rows of
 * {@link Permissions} with the word {@code emergency}; it lives in the session and ends with it.
 */
@Component
public class Emergencies {
  static final String SUBJECT = "EmergencyAccess";

  /** HL7 v3 ActReason: break the glass. */
  static final String PURPOSE = "BTG";

  private static final Duration LASTS = Duration.ofHours(1);
  private static final String OPEN = "emergency";

  private final JdbcClient sql;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Emergencies(JdbcClient sql, AuditTrail audit, ApplicationEventPublisher events, Clock clock) {
    this.sql = sql;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /** Somebody looks beyond their roles from now on: published in the transaction that notes it. */
  public record Begun(UUID id, UUID staff, String name, Instant at) {}

  /** What a session has once it has begun. */
  record Open(UUID practice, Instant until) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Notes it and raises the alarm; it opens nothing until this is committed. */
  @Transactional
  public Open begin(StaffMember person, String reason) {
    UUID practice = Actor.currentPractice();
    UUID id = UUID.randomUUID();
    sql.sql(
            """
            insert into emergency_access (practice_id, id, staff_id, staff_name, reason, until_at)
            values (?, ?, ?, ?, ?, clock_timestamp() + ? * interval '1 second')
            """)
        .params(practice, id, person.id(), person.name(), reason, LASTS.toSeconds())
        .update();
    audit.record(Action.PRIVILEGE, Subject.of(SUBJECT, id));
    Instant now = clock.instant();
    events.publishEvent(new Begun(id, person.id(), person.name(), now));
    return new Open(practice, now.plus(LASTS));
  }

  /** From now on the session looks further. */
  static void open(HttpServletRequest request, Open begun) {
    request.getSession().setAttribute(OPEN, begun);
  }

  /** Ends it before its time. */
  @Transactional
  public void end(HttpServletRequest request) {
    request.getSession().removeAttribute(OPEN);
    audit.record(Action.PRIVILEGE, Subject.list(SUBJECT));
  }

  /** Until when it lasts for this practice; null when there is none. */
  @Nullable Instant until(HttpServletRequest request, UUID practice) {
    HttpSession session = request.getSession(false);
    return session != null
            && session.getAttribute(OPEN) instanceof Open open
            && open.practice().equals(practice)
            && clock.instant().isBefore(open.until())
        ? open.until()
        : null;
  }
}
