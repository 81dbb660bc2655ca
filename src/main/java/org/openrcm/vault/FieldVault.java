package org.openrcm.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.openrcm.audit.Actor;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Encrypts single values of a practice's data before the database gets them (AES-256-GCM), under a
 * key of that practice, which the {@link Vault} encrypts. Works for the practice of the current
 * {@link Actor}.
 */
@Component
public class FieldVault {
  private static final String CLOSED = "closed:";
  private static final String MARKED = "mark:";
  private static final int KEY = 32;
  private static final String HMAC = "HmacSHA256";

  private final JdbcClient database;
  private final TransactionTemplate apart;
  private final Vault vault;
  private final SecureRandom random = new SecureRandom();
  private final Map<UUID, Keys> keys = new ConcurrentHashMap<>();

  FieldVault(JdbcClient database, PlatformTransactionManager transactions, Vault vault) {
    this.database = database;
    this.apart = new TransactionTemplate(transactions);
    this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.vault = vault;
  }

  /** What a practice's key gives: one that encrypts, and one that makes marks. */
  private record Keys(SecretKey encrypts, SecretKey marks) {
    static Keys of(byte[] secret) {
      return new Keys(
          new SecretKeySpec(hmac(new SecretKeySpec(secret, HMAC), "encrypt"), "AES"),
          new SecretKeySpec(hmac(new SecretKeySpec(secret, HMAC), "mark"), HMAC));
    }

    /** Not the keys: records print themselves into logs. */
    @Override
    public String toString() {
      return "Keys";
    }
  }

  /**
   * A value as the database may have it.
   *
   * @param field what it is; it opens as nothing else
   */
  public String close(String value, String field) {
    byte[] nonce = new byte[Vault.NONCE];
    random.nextBytes(nonce);
    byte[] closed =
        Vault.encrypt(keys().encrypts(), nonce, field, value.getBytes(StandardCharsets.UTF_8));
    byte[] kept = ByteBuffer.allocate(nonce.length + closed.length).put(nonce).put(closed).array();
    return CLOSED + Base64.getUrlEncoder().withoutPadding().encodeToString(kept);
  }

  /**
   * The value; one that was kept before values were closed is itself.
   *
   * @throws IllegalStateException when it was changed, or is another field's or practice's
   */
  public String open(String kept, String field) {
    if (!isClosed(kept)) {
      return kept;
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(kept.substring(CLOSED.length()));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("a closed value of " + field + " was changed", e);
    }
    return new String(
        Vault.decrypt(keys().encrypts(), field, ByteBuffer.wrap(bytes)), StandardCharsets.UTF_8);
  }

  /** Whether it looks like what {@link #close} makes. */
  public static boolean isClosed(String text) {
    return text.startsWith(CLOSED);
  }

  /** Whether something that is closed can be in a text. */
  public static boolean mayHold(String text) {
    return text.contains(CLOSED);
  }

  /** By what a closed value can be found: of the same value always the same, and nothing else. */
  public String mark(String value) {
    return MARKED
        + Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(keys().marks(), value));
  }

  /** Under the newest key of the vault are those of all practices once the server has started. */
  @EventListener(ApplicationStartedEvent.class)
  public void renew() {
    database.sql("select id from practice").query(UUID.class).list().forEach(this::renew);
  }

  void renew(UUID practice) {
    Actor.job("vault", practice).run(() -> apart.executeWithoutResult(status -> renewCurrent()));
  }

  private void renewCurrent() {
    String place = place(Actor.currentPractice());
    database
        .sql("select kept from field_key")
        .query(byte[].class)
        .optional()
        .filter(kept -> !vault.isFresh(kept))
        .ifPresent(
            kept ->
                database
                    .sql("update field_key set kept = ? where kept = ?")
                    .params(vault.close(vault.open(kept, place), place), kept)
                    .update());
  }

  static String place(UUID practice) {
    return "field_key/" + practice;
  }

  private Keys keys() {
    return keys.computeIfAbsent(Actor.currentPractice(), this::read);
  }

  /** In a transaction of its own: a key that values are closed with must not be rolled back. */
  private Keys read(UUID practice) {
    byte[] fresh = new byte[KEY];
    random.nextBytes(fresh);
    byte[] kept =
        apart.execute(
            status -> {
              database
                  .sql(
                      "insert into field_key (practice_id, kept) values (?, ?) on conflict do nothing")
                  .params(practice, vault.close(fresh, place(practice)))
                  .update();
              return database
                  .sql("select kept from field_key where practice_id = ?")
                  .param(practice)
                  .query(byte[].class)
                  .single();
            });
    return Keys.of(vault.open(kept, place(practice)));
  }

  private static byte[] hmac(SecretKey key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }
}
