package org.openrcm.vault;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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

  private final JdbcClient database;
  private final TransactionTemplate apart;
  private final Vault vault;
  private final SecureRandom random = new SecureRandom();
  private final Map<UUID, FieldKeys> keys = new ConcurrentHashMap<>();

  FieldVault(JdbcClient database, PlatformTransactionManager transactions, Vault vault) {
    this.database = database;
    this.apart = new TransactionTemplate(transactions);
    this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.vault = vault;
  }

  /**
   * A value as the database may have it.
   *
   * @param field what it is; it opens as nothing else
   */
  public String close(String value, String field) {
    byte[] kept = keys().close(value.getBytes(StandardCharsets.UTF_8), field);
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
    return new String(keys().open(bytes, field), StandardCharsets.UTF_8);
  }

  /** The keys of the practice, for many values at once. */
  public FieldKeys keys() {
    return keys.computeIfAbsent(Actor.currentPractice(), this::read);
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
    return MARKED + Base64.getUrlEncoder().withoutPadding().encodeToString(keys().mark(value));
  }

  /**
   * Those of all practices are under the newest key of the vault once the server has started, and
   * at hand: who needs one within a transaction would need a second connection to read it.
   */
  @EventListener(ApplicationStartedEvent.class)
  public void renew() {
    database.sql("select id from practice").query(UUID.class).list().forEach(this::renew);
  }

  void renew(UUID practice) {
    Actor.job("vault", practice)
        .run(
            () -> {
              apart.executeWithoutResult(status -> renewCurrent());
              keys();
            });
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

  /** In a transaction of its own: a key that values are closed with must not be rolled back. */
  private FieldKeys read(UUID practice) {
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
    return FieldKeys.of(vault.open(kept, place(practice)));
  }
}
