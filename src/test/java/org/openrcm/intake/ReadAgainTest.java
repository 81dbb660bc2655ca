package org.openrcm.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.TestFiles;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.openrcm.jobs.Jobs;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A file whose reading was broken off once all of it was there, but before it said so. */
@ServerTest
class ReadAgainTest {
  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;
  @Autowired private Arrivals arrivals;
  @Autowired private Jobs jobs;
  @Autowired private TransactionTemplate transaction;

  @Test
  void whatItsFirstReadingLoadedIsItsOwn() throws SQLException {
    for (String name :
        new String[] {
          "family-practice.835",
          "month/claims.837",
          "month/answers/2026-06-16/claims.837.999",
          "month/answers/2026-06-16/claims.837.ta1",
          "month/answers/2026-06-17/claims.837.277"
        }) {
      UUID practice = users.practice("Larkmoor");
      TestFiles files = new TestFiles(users, practice);
      UUID file = files.sample(name);
      assertThat(files.state(file)).as(name).isEqualTo("LOADED");
      users.settled(practice);
      readAgain(practice, file);
      users.settled(practice);
      assertThat(arrivals.now(practice, file).state()).as(name).isEqualTo(FileState.LOADED);
    }
  }

  private void readAgain(UUID practice, UUID file) throws SQLException {
    try (Connection connection = database.asSuperuser();
        PreparedStatement update =
            connection.prepareStatement(
                "update received_file set state = 'READING' where id = ?")) {
      update.setObject(1, file);
      update.executeUpdate();
    }
    Actor.job("test", practice)
        .run(() -> transaction.executeWithoutResult(status -> jobs.enqueue(ReadFile.KIND, file)));
  }
}
