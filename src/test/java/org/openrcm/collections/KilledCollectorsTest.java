package org.openrcm.collections;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

/**
 * Sixty-four collectors, half of whom work in processes that are killed amid it, one after the
 * other, while the rest go on: every account is finished once in the end, none was held by two, and
 * whatever was handed out is on record. {@code -Dopenrcm.load.seed=S} for the same choices again.
 */
@ServerTest
@TestPropertySource(properties = "openrcm.collections.lease=" + KilledCollectorsTest.LEASE)
class KilledCollectorsTest {
  static final String LEASE = "1500ms";

  private static final int ACCOUNTS = 1_200;
  private static final int KEPT_UNTIL_ALL_ARE_KILLED = 400;
  private static final int HALF = 32;
  private static final int KILLS = 3;
  private static final long PATIENCE_MINUTES = 10;

  @Autowired private ApplicationContext server;
  @Autowired private TestDatabase database;
  @Autowired private TestUsers users;

  @TempDir private Path folder;

  private List<UUID> people(UUID practice) {
    List<UUID> people = new ArrayList<>();
    for (int i = 0; i < HALF; i++) {
      people.add(users.person(practice, Role.COLLECTOR).id());
    }
    return people;
  }

  @Test
  void noAccountIsLostOrGivenTwiceWhenTheProcessesOfHalfOfThemAreKilled() throws Exception {
    long seed = Long.getLong("openrcm.load.seed", new Random().nextInt(100_000));
    Random choices = new Random(seed);
    CollectorsFloor floor = CollectorsFloor.unbilled(server, 0);
    MadeUpQueue.fill(database, floor.practice(), ACCOUNTS);
    Map<String, String> settings = new HashMap<>(database.properties());
    settings.put("openrcm.collections.lease", LEASE);
    settings.put("openrcm.jobs.workers", "0");
    settings.put("spring.datasource.hikari.maximum-pool-size", "16");
    List<CrewProcess> others = new ArrayList<>();
    AtomicBoolean killed = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(HALF);
    long held = 0;
    try {
      List<UUID> theirs = people(floor.practice());
      for (int i = 0; i < KILLS; i++) {
        others.add(CrewProcess.start(folder, settings, floor.practice(), theirs));
      }
      for (CrewProcess other : others) {
        other.awaitReady();
      }
      Crew here =
          new Crew(
              server,
              floor.practice(),
              () -> {},
              () -> killed.get() || left(floor) > KEPT_UNTIL_ALL_ARE_KILLED);
      List<Future<?>> working = here.start(threads, people(floor.practice()), seed);
      for (CrewProcess other : others) {
        other.begin();
        other.awaitTaken(HALF + choices.nextInt(HALF));
        Thread.sleep(choices.nextInt(100));
        other.kill();
        held += held(theirs);
      }
      killed.set(true);
      for (Future<?> each : working) {
        each.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
      }
    } finally {
      for (CrewProcess other : others) {
        other.kill();
      }
      threads.shutdownNow();
    }
    assertThat(held).as("what the killed held, seed %d", seed).isPositive();
    assertThat(left(floor)).as("lost, or still held").isZero();
    assertThat(
            floor.count(
                "select count(distinct account_number) from collection_step where kind = 'TAKEN'"))
        .isEqualTo(ACCOUNTS);
    assertThat(floor.count("select count(*) from collection_step where kind = 'RAN_OUT'"))
        .as("what the killed held came back")
        .isPositive();
    assertThat(floor.count(NOT_FINISHED_ONCE)).as("finished never or twice").isZero();
    assertThat(floor.count(GIVEN_TO_TWO)).as("given while somebody held it").isZero();
    assertThat(floor.count(TAKEN_TOO_EARLY)).as("came back before it ran out").isZero();
    assertThat(behindTheBack(NOT_ON_RECORD)).as("handed out without an audit row").isZero();
  }

  private static final String NOT_FINISHED_ONCE =
      """
      select count(*) from (
        select account_number from collection_step
        group by account_number having count(*) filter (where kind = 'SNOOZED') <> 1) n
      """;

  /** Between two times that an account is taken it is finished, put back or ran out. */
  private static final String GIVEN_TO_TWO =
      """
      select count(*) from (
        select kind, lag(kind) over (partition by account_number order by number) as before
        from collection_step) n
      where (kind = 'TAKEN') = (before is not null and before = 'TAKEN')
      """;

  private static final String TAKEN_TOO_EARLY =
      """
      select count(*) from collection_step lost
      join collection_step taken on taken.lease = lost.lease and taken.kind = 'TAKEN'
      where lost.kind = 'RAN_OUT' and lost.at < taken.at + interval '1500 ms'
      """;

  /** In the transaction in which it was handed out, by whom it was handed out to. */
  private static final String NOT_ON_RECORD =
      """
      select count(*) from collection_step s
      join account a on a.practice_id = s.practice_id and a.number = s.account_number
      where s.kind = 'TAKEN' and not exists (
        select from audit_event e where e.xmin = s.xmin and e.practice_id = s.practice_id
          and e.actor_id = s.staff_id and e.action = 'CHANGE'
          and e.subject_type = 'CollectionEntry' and e.subject_id = a.id::text
          and e.patient_id in (select c.patient_id from account_claim c
            where c.practice_id = a.practice_id and c.account_number = a.number))
      """;

  private static long left(CollectorsFloor floor) {
    return floor.count("select count(*) from collection_entry where state <> 'SNOOZED'");
  }

  private long held(List<UUID> people) throws SQLException {
    return behindTheBack(
        "select count(*) from collection_entry where holder_id in ('%s')"
            .formatted(String.join("', '", people.stream().map(UUID::toString).toList())));
  }

  private long behindTheBack(String query) throws SQLException {
    try (Connection connection = database.asSuperuser();
        ResultSet rows = connection.createStatement().executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
