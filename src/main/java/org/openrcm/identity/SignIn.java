package org.openrcm.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.Actor;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.identity.Attempts.Attempt;
import org.openrcm.vault.Vault;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Signs people in: a password, then a code that works once. Each attempt is on the record, and
 * counted ({@link Attempts}).
 */
@Component
class SignIn {
  private final Staff staff;
  private final Codes codes;
  private final PasswordEncoder passwords;
  private final Vault vault;
  private final JdbcClient database;
  private final TransactionTemplate transaction;
  private final AuditTrail trail;
  private final Attempts attempts;

  /** Checked when there is no such person, so that the time an answer takes tells nothing. */
  private final String nobodysHash;

  SignIn(
      Staff staff,
      Codes codes,
      PasswordEncoder passwords,
      Vault vault,
      JdbcClient database,
      TransactionTemplate transaction,
      AuditTrail trail,
      Clock clock) {
    this.staff = staff;
    this.codes = codes;
    this.passwords = passwords;
    this.vault = vault;
    this.database = database;
    this.transaction = transaction;
    this.trail = trail;
    this.attempts = new Attempts("staff", database, clock);
    this.nobodysHash = SecurityConfiguration.hashOfNobody();
  }

  static String hash(PasswordEncoder passwords, String password) {
    String hash = passwords.encode(password);
    if (hash == null) {
      throw new IllegalStateException("no hash of a password");
    }
    return hash;
  }

  /** The first step; empty when address or password is wrong, or the person is locked out. */
  Optional<StaffMember> password(HttpServletRequest request, String email, String password) {
    StaffMember person = staff.find(email).orElse(null);
    if (person == null) {
      passwords.matches(password, nobodysHash);
      Actors.nobody(request, null)
          .run(() -> trail.denied(Action.SIGN_IN, Subject.list("Staff"), "unknown address"));
      return Optional.empty();
    }
    Attempt attempt = attempts.attempt(person.id(), () -> matches(person.id(), password));
    if (attempt != Attempt.RIGHT) {
      refuse(request, person, attempt, "wrong password");
      return Optional.empty();
    }
    if (person.home() == null) {
      refuse(request, person, attempt, "works for no practice");
      return Optional.empty();
    }
    onRecord(Actors.nobody(request, home(person)), Subject.of("StaffPassword", person.id()));
    return Optional.of(person);
  }

  /** The second step, by a person whose password was right: whether the code was. */
  boolean code(HttpServletRequest request, StaffMember person, String code) {
    Attempt attempt = attempts.attempt(person.id(), () -> useCode(person.id(), code));
    if (attempt != Attempt.RIGHT) {
      refuse(request, person, attempt, "wrong or used code");
      return false;
    }
    attempts.forgive(person.id());
    signedIn(request, person);
    return true;
  }

  /** Puts a whole sign-in on the record. */
  void signedIn(HttpServletRequest request, StaffMember person) {
    StaffMember.Work work = person.home();
    if (work == null) {
      throw new IllegalArgumentException("works for no practice");
    }
    onRecord(Actors.staff(request, person, work), Subject.of("Staff", person.id()));
  }

  /** Whether this is the password of who is signed in, counted like an attempt to sign in. */
  boolean isPassword(HttpServletRequest request, StaffMember person, String password) {
    Attempt attempt = attempts.attempt(person.id(), () -> matches(person.id(), password));
    if (attempt != Attempt.RIGHT) {
      refuse(request, person, attempt, "wrong password");
    }
    return attempt == Attempt.RIGHT;
  }

  private boolean matches(UUID person, String password) {
    String hash = passwordHash(person);
    return passwords.matches(password, hash == null ? nobodysHash : hash) && hash != null;
  }

  private void refuse(
      HttpServletRequest request, StaffMember person, Attempt attempt, String reason) {
    Actors.nobody(request, home(person))
        .run(
            () ->
                trail.denied(
                    Action.SIGN_IN,
                    Subject.of("Staff", person.id()),
                    attempt == Attempt.LOCKED ? "locked after too many wrong attempts" : reason));
  }

  private void onRecord(Actor actor, Subject subject) {
    actor.run(() -> transaction.executeWithoutResult(tx -> trail.record(Action.SIGN_IN, subject)));
  }

  private static @Nullable UUID home(StaffMember person) {
    StaffMember.Work home = person.home();
    return home == null ? null : home.practice().id();
  }

  private boolean useCode(UUID person, String code) {
    byte[] secret = secret(person);
    if (secret == null) {
      return false;
    }
    return attempts.use(person, codes.step(secret, code));
  }

  private @Nullable String passwordHash(UUID person) {
    return database
        .sql("select password_hash from staff where id = ?")
        .param(person)
        .query((row, number) -> Optional.ofNullable(row.getString("password_hash")))
        .single()
        .orElse(null);
  }

  private byte @Nullable [] secret(UUID person) {
    return database
        .sql("select totp_secret from staff where id = ?")
        .param(person)
        .query((row, number) -> Optional.ofNullable(row.getBytes("totp_secret")))
        .single()
        .map(kept -> vault.open(kept, KeptSecrets.place("staff", person)))
        .orElse(null);
  }
}
