package org.openrcm.collections;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.openrcm.TestDatabase;

/** Accounts that wait, made in the database: as many as one wants in a moment. */
final class MadeUpQueue {
  private MadeUpQueue() {}

  /** So many accounts with a patient each, worked out today. */
  static void fill(TestDatabase database, UUID practice, int accounts) {
    try (Connection connection = database.asSuperuser()) {
      for (String statement :
          new String[] {
            """
            insert into account (practice_id, number, id, last_name, first_name, sort_name, said)
            select ?, n, gen_random_uuid(), 'QUILLBY' || n, 'TANSY', 'QUILLBY' || n, '{}'
            from generate_series(1, ?) n
            """,
            """
            insert into account_claim (practice_id, claim_number, account_number, claim_id,
              patient_id, control, on_day)
            select ?, n, n, gen_random_uuid(), gen_random_uuid(), 'Q' || n, current_date - 200
            from generate_series(1, ?) n
            """,
            """
            insert into collection_entry (practice_id, account_number, state, eligible, owed_cents,
              asked_on, priority, stale, worked_out_on)
            select ?, n, 'WAITING', true, 500 + n % 90000, current_date - 90 - n % 300,
              (n * 7919) % 20011, false, current_date + 1
            from generate_series(1, ?) n
            """
          }) {
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
          insert.setObject(1, practice);
          insert.setInt(2, accounts);
          insert.executeUpdate();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
