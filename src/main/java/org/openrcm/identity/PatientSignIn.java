package org.openrcm.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.identity.Attempts.Attempt;
import org.openrcm.vault.Vault;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Signs patients in who made a sign-in for themselves, as {@link SignIn} does people of the office:
 * a password, then a code that works once, each attempt counted and on the record.
 */
@Component
public class PatientSignIn {
  private final PatientLogins logins;
  private final PatientNames names;
  private final Codes codes;
  private final PasswordEncoder passwords;
  private final Vault vault;
  private final JdbcClient database;
  private final TransactionTemplate transaction;
  private final AuditTrail trail;
  private final Attempts attempts;

  /** Checked when there is no such login, so that the time an answer takes tells nothing. */
  private final String nobodysHash;

  PatientSignIn(
      PatientLogins logins,
      PatientNames names,
      Codes codes,
      PasswordEncoder passwords,
      Vault vault,
      JdbcClient database,
      TransactionTemplate transaction,
      AuditTrail trail,
      Clock clock) {
    this.logins = logins;
    this.names = names;
    this.codes = codes;
    this.passwords = passwords;
    this.vault = vault;
    this.database = database;
    this.transaction = transaction;
    this.trail = trail;
    this.attempts = new Attempts("patient_login", database, clock);
    this.nobodysHash = SecurityConfiguration.hashOfNobody();
  }

  /** The first step; empty when address or password is wrong, or the login is locked. */
  public Optional<UUID> password(HttpServletRequest request, String email, String password) {
    PatientLogins.Login login = logins.find(email).orElse(null);
    if (login == null) {
      passwords.matches(password, nobodysHash);
      Actors.nobody(request, null)
          .run(
              () ->
                  trail.denied(
                      Action.SIGN_IN, Subject.list(PatientLogins.SUBJECT), "unknown address"));
      return Optional.empty();
    }
    Attempt attempt = attempts.attempt(login.id(), () -> matches(login.id(), password));
    if (attempt != Attempt.RIGHT) {
      refuse(request, login, attempt, "wrong password");
      return Optional.empty();
    }
    if (login.home() == null) {
      refuse(request, login, attempt, "opens no account");
      return Optional.empty();
    }
    Actors.nobody(request, login.home())
        .run(() -> onRecord(Subject.of("PatientPassword", login.id())));
    return Optional.of(login.id());
  }

  /** The second step, by a login whose password was right; the account that is open then. */
  public Optional<SignedInPatient> code(HttpServletRequest request, UUID id, String code) {
    PatientLogins.Login login = logins.find(id).orElseThrow();
    Attempt attempt = attempts.attempt(id, () -> useCode(id, code));
    if (attempt != Attempt.RIGHT || login.home() == null) {
      refuse(request, login, attempt, "wrong or used code");
      return Optional.empty();
    }
    attempts.forgive(id);
    PatientLogins.Bill first = login.bills().get(0);
    SignedInPatient patient =
        new SignedInPatient(
            first.practice(),
            first.account(),
            id,
            names.find(first.practice(), first.account()).orElse(""));
    patient
        .actor(Actors.nobody(request, null))
        .run(() -> onRecord(Subject.of(PatientLogins.SUBJECT, id)));
    return Optional.of(patient);
  }

  /** Whether this is the password of who is signed in, counted like an attempt to sign in. */
  public boolean isPassword(HttpServletRequest request, SignedInPatient patient, String password) {
    UUID id = Objects.requireNonNull(patient.login());
    Attempt attempt = attempts.attempt(id, () -> matches(id, password));
    if (attempt != Attempt.RIGHT) {
      refuse(request, logins.find(id).orElseThrow(), attempt, "wrong password");
    }
    return attempt == Attempt.RIGHT;
  }

  private boolean matches(UUID login, String password) {
    String hash =
        database
            .sql("select password_hash from patient_login where id = ?")
            .param(login)
            .query((row, number) -> Optional.ofNullable(row.getString(1)))
            .single()
            .orElse(null);
    return passwords.matches(password, hash == null ? nobodysHash : hash) && hash != null;
  }

  private boolean useCode(UUID login, String code) {
    byte[] secret =
        database
            .sql("select totp_secret from patient_login where id = ?")
            .param(login)
            .query((row, number) -> Optional.ofNullable(row.getBytes(1)))
            .single()
            .map(kept -> vault.open(kept, KeptSecrets.place("patient_login", login)))
            .orElse(null);
    return secret != null && attempts.use(login, codes.step(secret, code));
  }

  private void refuse(
      HttpServletRequest request, PatientLogins.Login login, Attempt attempt, String reason) {
    Actors.nobody(request, login.home())
        .run(
            () ->
                trail.denied(
                    Action.SIGN_IN,
                    Subject.of(PatientLogins.SUBJECT, login.id()),
                    attempt == Attempt.LOCKED ? "locked after too many wrong attempts" : reason));
  }

  private void onRecord(Subject subject) {
    transaction.executeWithoutResult(tx -> trail.record(Action.SIGN_IN, subject));
  }
}
