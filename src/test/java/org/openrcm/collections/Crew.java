package org.openrcm.collections;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.openrcm.identity.Role;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Collectors, each a thread, who take accounts of a practice and finish them until none is left.
 */
final class Crew {
  private static final String LEFT =
      "select count(*) from collection_entry where state <> 'SNOOZED'";

  private final HandingOut handingOut;
  private final Leases leases;
  private final Steps steps;
  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final UUID practice;
  private final Runnable taken;
  private final BooleanSupplier mayFinish;

  /**
   * Of one process.
   *
   * @param taken told of each account that one of them has taken
   * @param mayFinish whether they finish what they hold, or put it back
   */
  Crew(ApplicationContext server, UUID practice, Runnable taken, BooleanSupplier mayFinish) {
    this.handingOut = server.getBean(HandingOut.class);
    this.leases = server.getBean(Leases.class);
    this.steps = server.getBean(Steps.class);
    this.sql = server.getBean(JdbcClient.class);
    this.transaction = server.getBean(TransactionTemplate.class);
    this.practice = practice;
    this.taken = taken;
    this.mayFinish = mayFinish;
  }

  /** Sets all of them to work. */
  List<Future<?>> start(ExecutorService threads, List<UUID> people, long seed) {
    List<Future<?>> working = new ArrayList<>();
    for (UUID person : people) {
      Actor actor =
          TestUsers.actor(
              practice, new TestUsers.Person(person, "", "Collector " + person), Role.COLLECTOR);
      Random choices = new Random(seed + working.size());
      working.add(
          threads.submit(
              () -> {
                while (left() > 0) {
                  actor.call(() -> turn(choices));
                }
                return null;
              }));
    }
    return working;
  }

  long left() {
    return Actor.job("test", practice)
        .call(() -> transaction.execute(status -> sql.sql(LEFT).query(Long.class).single()));
  }

  private boolean turn(Random choices) throws InterruptedException {
    Optional<Lease> next = handingOut.next(List.of(WorkQueue.REST.number()));
    if (next.isEmpty()) {
      Thread.sleep(50);
      return false;
    }
    taken.run();
    Thread.sleep(choices.nextInt(60));
    try {
      if (mayFinish.getAsBoolean()) {
        finish(next.get());
      } else {
        leases.putBack(next.get().id());
      }
    } catch (Refused e) {
      if (e.reason() != Refused.Reason.LEASE_RAN_OUT) {
        throw e;
      }
    }
    return true;
  }

  private void finish(Lease lease) {
    transaction.executeWithoutResult(
        status -> {
          Lease held = leases.require(lease.id());
          leases.finished(held, LocalDate.now().plusDays(9));
          steps.add(held.number(), Step.Kind.SNOOZED, held.id(), "");
        });
  }
}
