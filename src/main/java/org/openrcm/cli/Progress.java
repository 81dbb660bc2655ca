package org.openrcm.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openrcm.claim.Claim;
import org.openrcm.claim.ClaimHandler;
import org.openrcm.claim.Submission;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.ProviderAdjustment;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.RemittanceHandler;

/** A line on a terminal's standard error (Linux tells) that counts what was done; else silent. */
final class Progress implements Closeable {
  private static final long EVERY_NANOS = 200_000_000;
  private static final int CHECK_EVERY = 64;

  private final boolean shown;
  private final String what;
  private final PrintStream terminal = System.err;
  private final long started = System.nanoTime();
  private long last = started;
  private long count;

  private Progress(boolean shown, String what) {
    this.shown = shown;
    this.what = what;
  }

  static Progress onTerminal(String what) {
    return new Progress(isTerminal(), what);
  }

  private static boolean isTerminal() {
    try {
      String error = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return error.startsWith("/dev/pts/") || error.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException notLinux) {
      return false;
    }
  }

  /** Counts the claims that pass through to {@code next}. */
  RemittanceHandler counting(RemittanceHandler next) {
    return new RemittanceHandler() {
      @Override
      public void start(Remittance remittance) {
        next.start(remittance);
      }

      @Override
      public void claim(Remittance remittance, ClaimPayment claim) {
        next.claim(remittance, claim);
        add();
      }

      @Override
      public void adjustment(Remittance remittance, ProviderAdjustment adjustment) {
        next.adjustment(remittance, adjustment);
      }

      @Override
      public void end(Remittance remittance, RemittanceHandler.Totals totals) {
        next.end(remittance, totals);
      }
    };
  }

  /** Counts the claims that pass through to {@code next}. */
  ClaimHandler counting(ClaimHandler next) {
    return new ClaimHandler() {
      @Override
      public void start(Submission submission) {
        next.start(submission);
      }

      @Override
      public void claim(Submission submission, Claim claim) {
        next.claim(submission, claim);
        add();
      }

      @Override
      public void end(Submission submission, ClaimHandler.Totals totals) {
        next.end(submission, totals);
      }
    };
  }

  /** One more. */
  void add() {
    count++;
    if (shown && count % CHECK_EVERY == 0) {
      long now = System.nanoTime();
      if (now - last > EVERY_NANOS) {
        last = now;
        print(now);
      }
    }
  }

  private void print(long now) {
    double seconds = (now - started) / 1e9;
    terminal.printf("\r%,d %s, %,.0f/s ", count, what, count / seconds);
    terminal.flush();
  }

  @Override
  public void close() {
    if (shown && last != started) {
      print(System.nanoTime());
      terminal.println();
    }
  }
}
