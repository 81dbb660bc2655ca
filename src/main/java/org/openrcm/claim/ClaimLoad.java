package org.openrcm.claim;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.remittance.GuardedNumbers;
import org.openrcm.remittance.SetOutcome;

/**
 * Puts the submissions of one file into the database while they are read: each in one transaction,
 * whole or not at all. One that is there already is passed over; of one that repeats only some
 * claims the others are loaded; one that a file leaves off in the middle is loaded as far as it
 * goes.
 */
public final class ClaimLoad implements ClaimHandler, AutoCloseable {
  private static final int CLAIMS_AT_ONCE = 500;

  private static final String SAME =
      "It is there already: the same sender, control numbers and claims.";
  private static final String CANNOT_BE_KEPT =
      "A value in it is longer, or a number larger, than can be kept. Nothing of it was loaded.";

  private final SubmissionWriter writer;
  private final GuardedNumbers numbers;
  private final List<SubmissionOutcome> outcomes = new ArrayList<>();
  private @Nullable ClaimRows rows;
  private @Nullable SubmissionOutcome passedOver;

  ClaimLoad(SubmissionWriter writer, GuardedNumbers numbers) {
    this.writer = writer;
    this.numbers = numbers;
  }

  /** Something that the database may refuse. */
  private interface Work {
    void write() throws SQLException;
  }

  @Override
  public void start(Submission submission) {
    passedOver = null;
    rows = new ClaimRows(submission, numbers);
    doing(submission, writer::start);
  }

  @Override
  public void claim(Submission submission, Claim claim) {
    ClaimRows current = rows;
    if (passedOver != null || current == null) {
      return;
    }
    current.add(claim);
    if (current.waiting() >= CLAIMS_AT_ONCE) {
      flush(submission, current);
    }
  }

  private void flush(Submission submission, ClaimRows full) {
    doing(submission, () -> writer.write(full));
    full.written();
  }

  @Override
  public void end(Submission submission, Totals totals) {
    ClaimRows last = rows;
    rows = null;
    if (passedOver == null && last != null) {
      flush(submission, last);
      finish(submission, totals, last.submissionId());
    }
    if (passedOver != null) {
      outcomes.add(passedOver);
    }
  }

  private void finish(Submission submission, Totals totals, UUID id) {
    if (passedOver != null) {
      return;
    }
    doing(
        submission,
        () -> {
          int loaded = writer.end(submission, id, totals);
          passedOver =
              loaded < 0
                  ? new SubmissionOutcome(
                      submission.source().set(), SetOutcome.Outcome.DUPLICATE, id, 0, SAME)
                  : new SubmissionOutcome(
                      submission.source().set(),
                      SetOutcome.Outcome.LOADED,
                      id,
                      loaded,
                      repeated(totals.claims() - loaded));
        });
  }

  private static @Nullable String repeated(int claims) {
    return claims <= 0
        ? null
        : claims == 1
            ? "One of its claims was there before."
            : claims + " of its claims were there before.";
  }

  /** What came of each set that was read so far, in the order of the file. */
  public List<SubmissionOutcome> outcomes() {
    return List.copyOf(outcomes);
  }

  private void doing(Submission submission, Work work) {
    if (passedOver != null) {
      return;
    }
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
        throw new IllegalStateException("a submission cannot be written to the database", e);
      }
      passedOver =
          new SubmissionOutcome(
              submission.source().set(), SetOutcome.Outcome.NOT_LOADED, null, 0, CANNOT_BE_KEPT);
    }
  }

  /** Undoes a submission that has begun and not ended. */
  @Override
  public void close() {
    writer.rollBack();
  }
}
