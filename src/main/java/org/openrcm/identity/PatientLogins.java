package org.openrcm.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.openrcm.vault.Vault;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The sign-ins that patients make for themselves: an e-mail address, a password, an authenticator
 * app, and the accounts that they open. The address is kept as a hash alone: nothing is sent to it,
 * and who reads the table learns nobody's name.
 */
@Component
public class PatientLogins {
  static final String SUBJECT = "PatientLogin";

  private static final int MOST_BILLS = 20;

  private final JdbcClient database;
  private final Vault vault;
  private final PasswordEncoder passwords;
  private final Codes codes;
  private final AuditTrail trail;
  private final Clock clock;

  PatientLogins(
      JdbcClient database,
      Vault vault,
      PasswordEncoder passwords,
      Codes codes,
      AuditTrail trail,
      Clock clock) {
    this.database = database;
    this.vault = vault;
    this.passwords = passwords;
    this.codes = codes;
    this.trail = trail;
    this.clock = clock;
  }

  /** An account that a login opens. */
  public record Bill(UUID practice, long account) {}

  /**
   * A sign-in, as of now.
   *
   * @param renewedAt when a statement's code made a new password, last
   * @param bills the accounts that it opens, in the order in which they were added
   * @param version what a session remembers: it ends when this moves on
   */
  public record Login(
      UUID id,
      Instant madeAt,
      @Nullable Instant renewedAt,
      @Nullable Instant removedAt,
      long version,
      List<Bill> bills) {

    boolean opens(UUID practice, long account) {
      return bills.contains(new Bill(practice, account));
    }

    /** The practice on whose record the sign-ins stand; null when it opens no account. */
    @Nullable UUID home() {
      return bills.isEmpty() ? null : bills.get(0).practice();
    }
  }

  /** What somebody wants to sign in with; nobody compares two. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Wish(String email, String password, byte[] secret, String code) {}

  /**
   * What came of a wish.
   *
   * @param login null when it was refused
   * @param renewed whether there was such a sign-in, which has a new password and app now
   * @param troubles what is wrong, by field: a word for each, as the keys of messages have it
   */
  public record Made(@Nullable UUID login, boolean renewed, Map<String, String> troubles) {}

  /** For an authenticator app that is not set up yet. */
  public byte[] newSecret() {
    return codes.newSecret();
  }

  /** How a secret is shown to who sets up an app. */
  public Authenticator authenticator(byte[] secret, String label) {
    return Authenticator.of(secret, label);
  }

  /**
   * Makes a sign-in for the account that a guest has open. With the address of one that opens this
   * account already it is renewed: password and app are new, its sessions end, and its other
   * accounts have to be added again with codes of their own, so that one person's letters never
   * open what another person's letters opened.
   */
  @Transactional
  public Made make(SignedInPatient guest, Wish wish) {
    Map<String, String> troubles = new LinkedHashMap<>();
    String email = wish.email().strip();
    if (!WelcomePages.isAddress(email)) {
      troubles.put("email", "invalid");
    }
    PasswordRules.Trouble trouble = PasswordRules.find(wish.password(), email, guest.name());
    if (trouble != null) {
      troubles.put("password", trouble.name().toLowerCase(Locale.ROOT));
    }
    OptionalLong step = codes.step(wish.secret(), wish.code());
    if (step.isEmpty()) {
      troubles.put("code", "wrong");
    }
    if (!troubles.isEmpty()) {
      return new Made(null, false, troubles);
    }
    Login known = find(email).orElse(null);
    if (known != null && known.opens(guest.practice(), guest.account())) {
      renew(known.id(), wish, step.getAsLong());
      bind(known.id(), guest.practice(), guest.account());
      trail.record(Action.CHANGE, Subject.of(SUBJECT, known.id()));
      return new Made(known.id(), true, Map.of());
    }
    UUID id = UUID.randomUUID();
    if (known != null || !insert(id, email, wish, step.getAsLong())) {
      trail.denied(Action.ADD, Subject.list(SUBJECT), "the address has a sign-in");
      return new Made(null, false, Map.of("email", "taken"));
    }
    bind(id, guest.practice(), guest.account());
    trail.record(Action.ADD, Subject.of(SUBJECT, id));
    return new Made(id, false, Map.of());
  }

  private boolean insert(UUID id, String email, Wish wish, long usedStep) {
    return database
            .sql(
                """
                insert into patient_login (id, email_hash, password_hash, totp_secret,
                  totp_last_step, made_at)
                values (?, ?, ?, ?, ?, ?) on conflict (email_hash) do nothing
                """)
            .params(
                id,
                hash(email),
                SignIn.hash(passwords, wish.password()),
                closed(id, wish),
                usedStep,
                now())
            .update()
        == 1;
  }

  private byte[] closed(UUID id, Wish wish) {
    return vault.close(wish.secret(), KeptSecrets.place("patient_login", id));
  }

  private void renew(UUID id, Wish wish, long usedStep) {
    database
        .sql(
            """
            update patient_login set password_hash = ?, totp_secret = ?, totp_last_step = ?,
              failed_attempts = 0, locked_until = null, renewed_at = ?, version = version + 1
            where id = ?
            """)
        .params(SignIn.hash(passwords, wish.password()), closed(id, wish), usedStep, now(), id)
        .update();
    unbind(id);
  }

  /**
   * Lets a login open another account, of the actor's practice.
   *
   * @return false when it opens as many as one person can have
   */
  @Transactional
  public boolean add(UUID login, UUID practice, long account) {
    if (find(login).orElseThrow().bills().size() >= MOST_BILLS) {
      return false;
    }
    bind(login, practice, account);
    return true;
  }

  private void bind(UUID login, UUID practice, long account) {
    database
        .sql(
            """
            insert into patient_login_account (login_id, practice_id, account_number, bound_at)
            values (?, ?, ?, ?) on conflict do nothing
            """)
        .params(login, practice, account, now())
        .update();
  }

  private void unbind(UUID login) {
    database.sql("delete from patient_login_account where login_id = ?").param(login).update();
  }

  /**
   * A new password; all other sessions end.
   *
   * @return what is wrong with it, as the keys of messages have it; null when it was changed
   */
  @Transactional
  public @Nullable String changePassword(SignedInPatient patient, String password) {
    PasswordRules.Trouble trouble = PasswordRules.find(password, "", patient.name());
    if (trouble != null) {
      return trouble.name().toLowerCase(Locale.ROOT);
    }
    UUID login = Objects.requireNonNull(patient.login());
    database
        .sql(
            """
            update patient_login set password_hash = ?, failed_attempts = 0, locked_until = null,
              version = version + 1
            where id = ?
            """)
        .params(SignIn.hash(passwords, password), login)
        .update();
    trail.record(Action.CHANGE, Subject.of(SUBJECT, login));
    return null;
  }

  /** Ends a login and its sessions, for good. Its id stays on the record, its address is free. */
  @Transactional
  public void remove(UUID login) {
    database
        .sql(
            """
            update patient_login set email_hash = null, password_hash = null, totp_secret = null,
              removed_at = ?, version = version + 1
            where id = ? and removed_at is null
            """)
        .params(now(), login)
        .update();
    unbind(login);
    trail.record(Action.DELETE, Subject.of(SUBJECT, login));
  }

  /** Since when other logins open an account, the oldest first: its patient is to know. */
  public List<Instant> others(SignedInPatient patient) {
    return database
        .sql(
            """
            select bound_at from patient_login_account
            where practice_id = :practice and account_number = :account
              and login_id is distinct from :login
            order by bound_at
            """)
        .param("practice", patient.practice())
        .param("account", patient.account())
        .param("login", patient.login())
        .query(OffsetDateTime.class)
        .list()
        .stream()
        .map(OffsetDateTime::toInstant)
        .toList();
  }

  public Optional<Login> find(UUID id) {
    return database
        .sql("select * from patient_login where id = ?")
        .param(id)
        .query(this::read)
        .optional();
  }

  Optional<Login> find(String email) {
    return database
        .sql("select * from patient_login where email_hash = ?")
        .param(hash(email))
        .query(this::read)
        .optional();
  }

  private Login read(ResultSet row, int at) throws SQLException {
    UUID id = Objects.requireNonNull(row.getObject("id", UUID.class));
    return new Login(
        id,
        row.getTimestamp("made_at").toInstant(),
        instant(row.getTimestamp("renewed_at")),
        instant(row.getTimestamp("removed_at")),
        row.getLong("version"),
        bills(id));
  }

  private List<Bill> bills(UUID login) {
    return database
        .sql(
            """
            select practice_id as practice, account_number as account from patient_login_account
            where login_id = ? order by bound_at, practice_id, account_number
            """)
        .param(login)
        .query(Bill.class)
        .list();
  }

  private static byte[] hash(String email) {
    return Tokens.hash(email.strip().toLowerCase(Locale.ROOT));
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }
}
