package org.openrcm.remittance;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Actor;
import org.openrcm.billing.ContentId;

/**
 * Puts the remittances of one file into the database while they are read: each check in one
 * transaction, whole or not at all. A check that is there already is passed over; one that a file
 * leaves off in the middle is loaded as far as it goes, with totals that say so.
 *
 * <p>Rows are made on the thread that reads and written on a second one, a few thousand claims
 * behind at most. What goes wrong there is thrown at the reader's next call.
 */
public final class RemittanceLoad implements RemittanceHandler, AutoCloseable {
  private static final int CLAIMS_AT_ONCE = 500;
  private static final int WAITING = 3;
  private static final int KNOWN = 100_000;

  private static final String SAME_CONTROL_NUMBERS =
      "It is there already: the same sender, control numbers, payer and check number.";
  private static final String SAME_TRACE =
      "It is there already: a check of the same number, payer id and amount.";
  private static final String VALUE_TOO_LONG =
      "It holds a value that is too long or too large to be kept.";

  private final UUID fileId;
  private final CheckWriter writer;
  private final Actor actor = Actor.current();
  private final ExecutorService second =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "remittance-load");
            thread.setDaemon(true);
            return thread;
          });
  private final Deque<Future<?>> waiting = new ArrayDeque<>();
  private final Set<String> known = new HashSet<>();
  private final Reversals reversals = new Reversals();

  private final Guard guard;
  private CheckRows rows;
  private String key = "";
  private UUID id = new UUID(0, 0);
  private String payerId = "";
  private ClaimGroup group = ClaimGroup.NONE;
  private int groups;
  private int adjustments;

  // of the second thread
  private final List<SetOutcome> outcomes = new ArrayList<>();
  private @Nullable SetOutcome passedOver;
  private volatile boolean broken;

  RemittanceLoad(UUID fileId, CheckWriter writer, Guard guard) {
    this.fileId = fileId;
    this.writer = writer;
    this.guard = guard;
    this.rows = new CheckRows(guard);
  }

  /** Something that the database may refuse. */
  private interface Work {
    void write() throws SQLException;
  }

  @Override
  public void start(Remittance remittance) {
    known.clear();
    reversals.clear();
    groups = 0;
    adjustments = 0;
    key = Identities.key(remittance);
    String text = Identities.paymentId(remittance, 1);
    id = ContentId.uuid(text);
    payerId = Identities.payerId(remittance);
    CheckRows check = new CheckRows(guard);
    check.check(remittance, text, fileId, payerId, Identities.payeeId(remittance));
    rows = new CheckRows(guard);
    UUID started = id;
    later(() -> begin(remittance, started, check));
  }

  @Override
  public void claim(Remittance remittance, ClaimPayment claim) {
    if (groups == 0 || !claim.group().equals(group)) {
      group = claim.group();
      groups++;
      rows.group(groups, group);
    }
    ClaimParties parties = ClaimParties.of(claim, payerId);
    String claimId = Identities.claimId(key, claim);
    rows.claim(claim, claimId, groups, parties, reversals.prior(claim));
    if (known.size() > KNOWN) {
      known.clear();
    }
    rows.named(claim, parties, known);
    if (rows.claims() >= CLAIMS_AT_ONCE) {
      flush(remittance);
    }
  }

  @Override
  public void adjustment(Remittance remittance, ProviderAdjustment adjustment) {
    rows.adjustment(++adjustments, adjustment);
    if (adjustments % CLAIMS_AT_ONCE == 0) {
      flush(remittance);
    }
  }

  @Override
  public void end(Remittance remittance, Totals totals) {
    rows.payments(remittance, Identities.payments(totals.claims() + adjustments));
    flush(remittance);
    UUID ended = id;
    later(() -> finish(remittance, ended, totals));
  }

  private void flush(Remittance remittance) {
    CheckRows full = rows;
    rows = new CheckRows(guard);
    if (!full.isEmpty()) {
      later(() -> add(remittance, full));
    }
  }

  /** What came of each set that was read so far, in the order of the file. */
  public List<SetOutcome> outcomes() {
    await(0);
    return List.copyOf(outcomes);
  }

  private void later(Runnable work) {
    await(WAITING);
    waiting.add(
        second.submit(
            () -> {
              if (!broken) {
                actor.run(work);
              }
            }));
  }

  private void await(int left) {
    while (waiting.size() > left) {
      try {
        waiting.remove().get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while a check is written", e);
      }
    }
  }

  // on the second thread

  private void begin(Remittance remittance, UUID started, CheckRows check) {
    passedOver = null;
    doing(
        remittance,
        () -> {
          if (!writer.start(check)) {
            UUID existing = writer.existing(started, remittance);
            writer.rollBack();
            passedOver =
                new SetOutcome(
                    remittance.source().set(),
                    SetOutcome.Outcome.DUPLICATE,
                    existing,
                    0,
                    existing.equals(started) ? SAME_CONTROL_NUMBERS : SAME_TRACE);
          }
        });
  }

  private void add(Remittance remittance, CheckRows more) {
    if (passedOver == null) {
      doing(remittance, () -> writer.write(more));
    }
  }

  private void finish(Remittance remittance, UUID ended, Totals totals) {
    if (passedOver == null) {
      doing(remittance, () -> writer.end(ended, totals));
    }
    SetOutcome instead = passedOver;
    outcomes.add(
        instead != null
            ? instead
            : new SetOutcome(
                remittance.source().set(),
                SetOutcome.Outcome.LOADED,
                ended,
                totals.claims(),
                null));
  }

  private void doing(Remittance remittance, Work work) {
    try {
      work.write();
    } catch (SQLException | RuntimeException e) {
      try {
        writer.rollBack();
      } catch (RuntimeException lost) {
        // a connection that is gone cannot be rolled back either: the server has done so
        e.addSuppressed(lost);
      }
      if (!SetOutcome.isRefusedValue(e)) {
        broken = true;
        throw new IllegalStateException("a check cannot be written to the database", e);
      }
      passedOver =
          new SetOutcome(
              remittance.source().set(), SetOutcome.Outcome.NOT_LOADED, null, 0, VALUE_TOO_LONG);
    }
  }

  /** Undoes a check that has begun and not ended, and lets the connection go. */
  @Override
  public void close() {
    broken = true;
    second.execute(() -> actor.run(writer::rollBack));
    second.shutdown();
    boolean interrupted = false;
    while (!second.isTerminated()) {
      try {
        second.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        // the connection must not stay behind: wait on
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
