package org.openrcm.identity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.openrcm.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The secrets that the database has, and under which key: at each start those that are not under
 * the newest one are encrypted again, and those from before there was a vault for the first time.
 */
@Component
class KeptSecrets {
  /** Of authenticators: twenty bytes are a secret as it was kept before. */
  static final int OPEN_AUTHENTICATOR = 20;

  private static final Logger LOG = LoggerFactory.getLogger(KeptSecrets.class);
  private static final List<String> TABLES = List.of("staff", "patient_login");

  private final JdbcClient database;
  private final Vault vault;

  KeptSecrets(JdbcClient database, Vault vault) {
    this.database = database;
    this.vault = vault;
  }

  @EventListener(ApplicationStartedEvent.class)
  @Transactional
  public void renew() {
    int renewed = 0;
    for (String table : TABLES) {
      for (Map.Entry<UUID, byte[]> stale : stale(table).entrySet()) {
        byte[] kept = stale.getValue();
        String place = place(table, stale.getKey());
        byte[] secret = kept.length == OPEN_AUTHENTICATOR ? kept : vault.open(kept, place);
        renewed +=
            database
                .sql("update " + table + " set totp_secret = ? where id = ? and totp_secret = ?")
                .params(vault.close(secret, place), stale.getKey(), kept)
                .update();
      }
    }
    if (renewed > 0) {
      LOG.info("{} secrets are under the newest key now", renewed);
    }
  }

  private Map<UUID, byte[]> stale(String table) {
    Map<UUID, byte[]> stale = new HashMap<>();
    database
        .sql("select id, totp_secret from " + table + " where totp_secret is not null")
        .query(
            row -> {
              stale.put(row.getObject(1, UUID.class), row.getBytes(2));
            });
    stale.values().removeIf(vault::isFresh);
    return stale;
  }

  /** Where the secret of a row is. */
  static String place(String table, UUID id) {
    return table + "/" + id;
  }
}
