package org.openrcm.collections;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestDatabase;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sixty-four collectors who take accounts and finish them, of whom one in eight vanishes with what
 * they hold, while somebody cuts the database's connections amid it all: every account is finished
 * in the end, and none is ever held by two. {@code -Dopenrcm.load.accounts=N} for more, {@code
 * -Dopenrcm.load.seed=S} for the same choices again.
 */
@ServerTest
@TestPropertySource(properties = "openrcm.collections.lease=1500ms")
class QueueUnderLoadTest {
  private static final int ACCOUNTS = 2_000;
  private static final int WORKERS = 64;
  private static final long PATIENCE_MINUTES = 60;
  private static final String LEFT =
      "select count(*) from collection_entry where state <> 'SNOOZED'";

  @Autowired private ApplicationContext server;
  @Autowired private TestDatabase database;
  @Autowired private TestUsers users;
  @Autowired private HandingOut handingOut;
  @Autowired private Leases leases;
  @Autowired private Steps steps;
  @Autowired private JdbcClient sql;
  @Autowired private TransactionTemplate transaction;

  /** Who believes to hold which account, and until when; by the account. */
  private final Map<Long, Lease> held = new ConcurrentHashMap<>();

  /** Those of whom the database said that they are done. */
  private final Set<Long> finished = ConcurrentHashMap.newKeySet();

  private final List<String> wrong = new ArrayList<>();
  private final AtomicLong vanished = new AtomicLong();
  private final AtomicLong cut = new AtomicLong();
  private volatile boolean over;

  @Test
  void everyAccountIsGivenInTheEndAndNoneToTwoAtOnce() throws Exception {
    long seed = Long.getLong("openrcm.load.seed", new Random().nextInt(100_000));
    int accounts = Integer.getInteger("openrcm.load.accounts", ACCOUNTS);
    CollectorsFloor floor = CollectorsFloor.unbilled(server, 0);
    MadeUpQueue.fill(database, floor.practice(), accounts);
    ExecutorService people = Executors.newFixedThreadPool(WORKERS + 1);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        TestUsers.Person person = users.person(floor.practice(), Role.COLLECTOR);
        Random choices = new Random(seed + i);
        all.add(people.submit(() -> work(floor, person, choices)));
      }
      Future<?> trouble = people.submit(() -> cutConnections(floor, new Random(seed)));
      for (Future<?> each : all) {
        each.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
      }
      over = true;
      trouble.get(1, TimeUnit.MINUTES);
    } finally {
      over = true;
      people.shutdownNow();
    }
    assertThat(wrong).as("seed %d", seed).isEmpty();
    assertThat(vanished.get()).as("who vanished").isPositive();
    assertThat(cut.get()).as("connections that were cut").isPositive();
    assertThat(floor.count(LEFT)).as("lost, or still held").isZero();
    assertThat(
            floor.count(
                """
                select count(*) from (
                  select account_number from collection_step where kind = 'SNOOZED'
                  group by account_number having count(*) <> 1) n
                """))
        .as("finished twice")
        .isZero();
    assertThat(floor.count("select count(distinct account_number) from collection_step"))
        .isEqualTo(accounts);
  }

  private void work(CollectorsFloor floor, TestUsers.Person me, Random choices) {
    while (!over) {
      try {
        Optional<Lease> next = floor.as(me, () -> handingOut.next(List.of(0L)));
        if (next.isPresent()) {
          finish(floor, me, next.get(), choices);
        } else if (floor.as(me, () -> left() == 0)) {
          return;
        } else {
          Thread.sleep(50);
        }
      } catch (DataAccessException | TransactionException e) {
        // the connection was cut: as if the collector's server had died
        cut.incrementAndGet();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private long left() {
    return transaction.execute(status -> sql.sql(LEFT).query(Long.class).single());
  }

  private void finish(CollectorsFloor floor, TestUsers.Person me, Lease lease, Random choices)
      throws InterruptedException {
    Lease before = held.put(lease.number(), lease);
    // Now, and not when the lease says that it began: that was read before the account was taken,
    // and the one before it may have run out between the two
    if (before != null
        && !before.id().equals(lease.id())
        && Instant.now().isBefore(before.until())) {
      note("given to two: " + before + " and " + lease);
    }
    if (finished.contains(lease.number())) {
      note("given after it was finished: " + lease);
    }
    switch (choices.nextInt(8)) {
      case 0 -> {
        vanished.incrementAndGet();
        // nothing is heard of them for longer than the lease
        Thread.sleep(1_600);
      }
      case 1 -> {
        gone(lease);
        floor.as(me, () -> done(() -> skip(lease)));
      }
      default -> {
        if (choices.nextInt(10) == 0) {
          Thread.sleep(choices.nextInt(40));
        }
        LocalDate later = floor.today().plusDays(9);
        if (floor.as(me, () -> done(() -> finish(lease, later)))) {
          finished.add(lease.number());
        }
      }
    }
  }

  private void skip(Lease lease) {
    transaction.executeWithoutResult(status -> leases.skipped(leases.require(lease.id())));
  }

  private void finish(Lease lease, LocalDate later) {
    transaction.executeWithoutResult(
        status -> {
          Lease held = leases.require(lease.id());
          leases.finished(held, later);
          steps.add(held.number(), Step.Kind.SNOOZED, held.id(), "");
        });
  }

  /** It is given up of one's own will: from now on somebody else may have it. */
  private void gone(Lease lease) {
    held.remove(lease.number(), lease);
  }

  private static boolean done(Runnable verb) {
    try {
      verb.run();
      return true;
    } catch (Refused e) {
      assertThat(e.reason()).isEqualTo(Refused.Reason.LEASE_RAN_OUT);
      return false;
    }
  }

  private void note(String what) {
    synchronized (wrong) {
      wrong.add(what);
    }
  }

  /** As if a server had died: the database is told to end some of its connections. */
  private void cutConnections(CollectorsFloor floor, Random choices) {
    while (!over) {
      try (Connection connection = database.asSuperuser();
          PreparedStatement kill =
              connection.prepareStatement(
                  """
                  select pg_terminate_backend(pid) from pg_stat_activity
                  where usename = ? and datname = current_database() and state <> 'idle'
                  order by pid offset ? limit 2
                  """)) {
        kill.setString(1, TestDatabase.APPLICATION);
        kill.setInt(2, choices.nextInt(4));
        kill.execute();
        Thread.sleep(150);
      } catch (SQLException e) {
        note("the superuser was refused: " + e.getSQLState());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
