package org.openrcm.identity;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What an administrator does with the people of the practice. One who works for other practices too
 * is not theirs alone: such a person can be let in and put out here, and nothing else, or an
 * administrator of one practice would hold the keys of another.
 */
@Component
class Administration {
  private static final Duration INVITATION = Duration.ofDays(3);

  private final Staff staff;
  private final Memberships memberships;
  private final OneTimeLinks links;
  private final AuditTrail trail;
  private final JdbcClient database;

  Administration(
      Staff staff,
      Memberships memberships,
      OneTimeLinks links,
      AuditTrail trail,
      JdbcClient database) {
    this.staff = staff;
    this.memberships = memberships;
    this.links = links;
    this.trail = trail;
    this.database = database;
  }

  /** Why something was not done. */
  enum Refusal {
    NOT_HERE("There is no such person in this practice."),
    LAST_ADMINISTRATOR("A practice needs an administrator: make somebody else one first."),
    WORKS_ELSEWHERE(
        "This person works for other practices too, so a new invitation cannot be made here.");

    private final String text;

    Refusal(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /**
   * What came of it.
   *
   * @param link the path of an invitation, when there is one to pass on
   */
  record Outcome(@Nullable Refusal refusal, @Nullable String link) {
    static final Outcome DONE = new Outcome(null, null);

    static Outcome refused(Refusal refusal) {
      return new Outcome(refusal, null);
    }
  }

  /** Lets a person in: with an invitation, or at once who has signed in elsewhere before. */
  @Transactional
  public Outcome invite(String name, String email, Set<Role> roles) {
    StaffMember known = staff.find(email).orElse(null);
    UUID id = known == null ? staff.create(email, name) : known.id();
    memberships.set(id, Actor.currentPractice(), roles);
    return known == null ? invitation(id) : Outcome.DONE;
  }

  private Outcome invitation(UUID person) {
    trail.record(Action.PRIVILEGE, Subject.of("Staff", person));
    return new Outcome(null, OneTimeLinks.path(links.create(person, INVITATION)));
  }

  /** A new invitation, for who forgot the password or lost the telephone; their sessions end. */
  @Transactional
  public Outcome inviteAgain(UUID id) {
    StaffMember person = here(id).orElse(null);
    if (person == null || person.disabledAt() != null) {
      return Outcome.refused(Refusal.NOT_HERE);
    }
    if (worksElsewhere(person)) {
      return Outcome.refused(Refusal.WORKS_ELSEWHERE);
    }
    staff.endSessions(id);
    return invitation(id);
  }

  @Transactional
  public Outcome setRoles(UUID id, Set<Role> roles) {
    StaffMember person = here(id).orElse(null);
    if (person == null || person.disabledAt() != null) {
      return Outcome.refused(Refusal.NOT_HERE);
    }
    if (!roles.contains(Role.ADMINISTRATOR) && isLastAdministrator(person)) {
      return Outcome.refused(Refusal.LAST_ADMINISTRATOR);
    }
    memberships.set(id, Actor.currentPractice(), roles);
    return Outcome.DONE;
  }

  /** Puts a person out, at once; one who works elsewhere goes on there. */
  @Transactional
  public Outcome disable(UUID id) {
    StaffMember person = here(id).orElse(null);
    if (person == null) {
      return Outcome.refused(Refusal.NOT_HERE);
    }
    if (isLastAdministrator(person)) {
      return Outcome.refused(Refusal.LAST_ADMINISTRATOR);
    }
    if (worksElsewhere(person)) {
      memberships.set(id, Actor.currentPractice(), EnumSet.noneOf(Role.class));
    } else {
      staff.disable(id);
    }
    return Outcome.DONE;
  }

  private Optional<StaffMember> here(UUID id) {
    // Two administrators who put each other out at once come one after the other
    database
        .sql("select pg_advisory_xact_lock(hashtextextended(?::text, 0))")
        .param(Actor.currentPractice())
        .query()
        .listOfRows();
    return staff.find(id).filter(person -> person.at(Actor.currentPractice()) != null);
  }

  private static boolean worksElsewhere(StaffMember person) {
    return person.works().size() > 1;
  }

  private boolean isLastAdministrator(StaffMember person) {
    UUID practice = Actor.currentPractice();
    return isAdministrator(person, practice)
        && staff.of(practice).stream()
            .noneMatch(
                other -> !other.id().equals(person.id()) && isAdministrator(other, practice));
  }

  private static boolean isAdministrator(StaffMember person, UUID practice) {
    StaffMember.Work work = person.at(practice);
    return person.disabledAt() == null && work != null && work.roles().contains(Role.ADMINISTRATOR);
  }
}
