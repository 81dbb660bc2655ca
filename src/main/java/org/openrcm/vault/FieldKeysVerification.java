package org.openrcm.vault;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Whether the key of a practice can be opened, under which social security numbers and bank
 * accounts are encrypted. Nothing is written.
 */
public final class FieldKeysVerification {
  static final String KEYS =
      "select practice_id, kept from field_key"
          + " where practice_id = current_setting('app.practice')::uuid";

  private FieldKeysVerification() {}

  /**
   * Opens the key of the practice that {@code app.practice} names.
   *
   * @param fault told what is wrong
   * @return how many there are: one, or none yet
   */
  public static long of(Connection connection, Vault vault, Consumer<String> fault)
      throws SQLException {
    long keys = 0;
    try (Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery(KEYS)) {
      while (rows.next()) {
        keys++;
        String place = FieldVault.place(rows.getObject(1, UUID.class));
        try {
          vault.open(rows.getBytes(2), place);
        } catch (IllegalStateException e) {
          fault.accept(place + ": " + e.getMessage());
        }
      }
    }
    return keys;
  }
}
