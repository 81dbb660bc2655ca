package org.openrcm.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import org.openrcm.jobs.JobRun;

/** Bytes on their way to be read: tells how many went by, and stops when the job is to stop. */
final class Watched extends FilterInputStream {
  private static final long BETWEEN_NANOS = 1_000_000_000;

  private final JobRun run;
  private final LongConsumer progress;
  private long count;
  private long told = System.nanoTime();

  /**
   * Watches {@code in}.
   *
   * @param progress told the number of bytes at most once a second
   */
  Watched(InputStream in, JobRun run, LongConsumer progress) {
    super(in);
    this.run = run;
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    int read = in.read();
    passed(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] to, int at, int length) throws IOException {
    int read = in.read(to, at, length);
    passed(Math.max(read, 0));
    return read;
  }

  private void passed(int bytes) {
    run.goOn();
    count += bytes;
    long now = System.nanoTime();
    if (now - told >= BETWEEN_NANOS) {
      told = now;
      progress.accept(count);
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
