package org.openrcm.identity;

import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes in people who were invited, and the first administrator, whom nobody could invite. */
@Component
class Welcome {
  private final Staff staff;
  private final Practices practices;
  private final Memberships memberships;
  private final PasswordEncoder passwords;
  private final AuditTrail trail;
  private final JdbcClient database;

  Welcome(
      Staff staff,
      Practices practices,
      Memberships memberships,
      PasswordEncoder passwords,
      AuditTrail trail,
      JdbcClient database) {
    this.staff = staff;
    this.practices = practices;
    this.memberships = memberships;
    this.passwords = passwords;
    this.trail = trail;
    this.database = database;
  }

  /**
   * The first practice and its administrator.
   *
   * @throws IllegalStateException when somebody came first
   */
  @Transactional
  public UUID first(String practice, String name, String email) {
    // Two who hold a link at once come one after the other
    database
        .sql("select pg_advisory_xact_lock(hashtext('first administrator'))")
        .query()
        .listOfRows();
    if (!staff.isEmpty()) {
      throw new IllegalStateException("there is an administrator already");
    }
    UUID office = practices.create(practice, false);
    UUID person = staff.create(email, name);
    memberships.grant(person, office, Role.ADMINISTRATOR);
    return person;
  }

  /** Keeps what a person will sign in with; their sessions end. */
  @Transactional
  public void keep(UUID person, String password, byte[] secret, long usedStep) {
    staff.keepPassword(person, SignIn.hash(passwords, password));
    staff.keepAuthenticator(person, secret, usedStep);
    trail.record(Action.CHANGE, Subject.of("Staff", person));
  }

  /** A new password; all sessions end. */
  @Transactional
  public void changePassword(UUID person, String password) {
    staff.keepPassword(person, SignIn.hash(passwords, password));
    trail.record(Action.CHANGE, Subject.of("Staff", person));
  }

  /** A new authenticator app, whose first code is used up; all sessions end. */
  @Transactional
  public void changeAuthenticator(UUID person, byte[] secret, long usedStep) {
    staff.keepAuthenticator(person, secret, usedStep);
    trail.record(Action.CHANGE, Subject.of("Staff", person));
  }
}
