package org.openrcm.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.openrcm.TestDatabase;

/** What stands on the audit record, seen from behind row-level security. */
final class Recorded {
  private Recorded() {}

  /** Of one subject, oldest first: action, outcome and why. */
  static List<String> about(TestDatabase database, String type, UUID id) {
    return rows(
        database,
        "select action || ' ' || outcome || coalesce(' ' || outcome_text, '') from audit_event"
            + " where subject_type = ? and subject_id = ? order by id",
        type,
        id.toString());
  }

  /** Refusals at endpoints for people and programs of a practice, oldest first. */
  static List<String> refused(TestDatabase database, UUID practice) {
    return rows(
        database,
        "select subject_id || ': ' || outcome_text from audit_event"
            + " where subject_type = 'Endpoint' and outcome = 8 and practice_id = ?::uuid"
            + " order by id",
        practice.toString());
  }

  static List<String> rows(TestDatabase database, String sql, Object... parameters) {
    try (Connection connection = database.asSuperuser();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<String> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(row.getString(1));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
