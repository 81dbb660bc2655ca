package org.openrcm.identity;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Consumer;
import org.openrcm.vault.Vault;

/**
 * Whether the secrets can be opened by which people and programs sign in: authenticators, and the
 * key of tokens. Nothing is written.
 */
public final class SecretsVerification {
  private static final String SECRETS =
      """
      select 'staff' as kept, id, totp_secret, null as jwk from staff where totp_secret is not null
      union all
      select 'patient_login', id, totp_secret, null from patient_login where totp_secret is not null
      union all
      select 'signing_key', null, null, jwk from signing_key
      """;

  private static final int FETCH = 1_000;

  private SecretsVerification() {}

  /**
   * Opens each of them.
   *
   * @param connection in a transaction
   * @param fault told what is wrong
   * @return how many there are
   */
  public static long of(Connection connection, Vault vault, Consumer<String> fault)
      throws SQLException {
    long secrets = 0;
    try (Statement query = connection.createStatement()) {
      query.setFetchSize(FETCH);
      try (ResultSet rows = query.executeQuery(SECRETS)) {
        while (rows.next()) {
          secrets++;
          open(vault, rows, fault);
        }
      }
    }
    return secrets;
  }

  /** Those from before there was a vault are open; the server's next start closes them. */
  private static void open(Vault vault, ResultSet row, Consumer<String> fault) throws SQLException {
    String jwk = row.getString(4);
    String place =
        jwk == null
            ? KeptSecrets.place(row.getString(1), row.getObject(2, UUID.class))
            : SigningKey.PLACE;
    try {
      if (jwk == null) {
        byte[] kept = row.getBytes(3);
        if (kept.length != KeptSecrets.OPEN_AUTHENTICATOR) {
          vault.open(kept, place);
        }
      } else if (!jwk.startsWith("{")) {
        vault.open(Base64.getDecoder().decode(jwk.getBytes(StandardCharsets.US_ASCII)), place);
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      fault.accept(place + ": " + e.getMessage());
    }
  }
}
