package org.openrcm.remittance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openrcm.x12.Corpus;
import org.openrcm.x12.Finding;
import org.openrcm.x12.Segment;
import org.openrcm.x12.SegmentHandler;
import org.openrcm.x12.SetEnd;
import org.openrcm.x12.StreamingEngine;
import org.openrcm.x12.Syntax;

/**
 * Spoilt files never crash or hang the reader, every byte of them is accounted for, and the good
 * files before and after a spoilt one come out as if it were not there.
 *
 * <p>Ten seconds in the build; {@code -Dopenrcm.fuzz.seconds=7200} for longer, from a new seed;
 * {@code -Dopenrcm.fuzz.seed=S} reads again what failed.
 */
class FuzzTest {
  private static final int SECONDS = 10;
  private static final int SECONDS_A_FILE = 20;
  private static final int LARGEST = 20_000;
  private static final int BUFFER = 1 << 16;
  private static final long ALLOCATED_AT_MOST = 256L << 20;

  private final List<String> files =
      Stream.concat(Corpus.ours().stream(), Corpus.received().stream())
          .map(Corpus::text)
          .filter(text -> text.length() < LARGEST)
          .toList();

  @Test
  void spoiltFilesCostNothingButThemselves() throws Exception {
    String replay = System.getProperty("openrcm.fuzz.seed");
    String asked = System.getProperty("openrcm.fuzz.seconds");
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      if (replay != null) {
        round(Long.parseLong(replay), reader);
        return;
      }
      long seed = asked == null ? 1 : System.currentTimeMillis();
      long seconds = asked == null ? SECONDS : Long.parseLong(asked);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      while (System.nanoTime() < end) {
        round(seed++, reader);
      }
    } finally {
      reader.shutdownNow();
    }
  }

  private void round(long seed, ExecutorService reader) {
    Future<?> done = reader.submit(() -> read(seed));
    try {
      done.get(SECONDS_A_FILE, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("read it again with -Dopenrcm.fuzz.seed=" + seed, e);
    }
  }

  private void read(long seed) {
    Random random = new Random(seed);
    String before = any(random);
    if (random.nextInt(10) == 0) {
      // so long that what is spoilt stands across the reader's buffers
      before = before.repeat((BUFFER - random.nextInt(1000)) / before.length());
    }
    String spoilt = new Spoiler(random, files).spoil(any(random));
    String after = any(random);
    String all = before + spoilt + after;

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    Received received = new Received();
    Account account =
        new Account(all, new RemittanceReader(Received.FILE, "", received, received), received);
    StreamingEngine.checking(Received.MAPPINGS)
        .read(new Drops(account.bytes, random), Received.FILE, account, received);
    assertThat(threads.getCurrentThreadAllocatedBytes() - allocated).isLessThan(ALLOCATED_AT_MOST);

    account.end();
    List<String> told = told(received, 0);
    assertThat(told).startsWith(told(Received.of(before), 0).toArray(new String[0]));
    assertThat(told)
        .endsWith(told(Received.of(after), all.length() - after.length()).toArray(new String[0]));
  }

  private String any(Random random) {
    return files.get(random.nextInt(files.size()));
  }

  /** Checks as text, as if their file started {@code offset} bytes later. */
  private static List<String> told(Received received, long offset) {
    List<String> told = new ArrayList<>();
    for (Received.Check check : received.checks) {
      // how often the file has the same control numbers is the one thing that may differ
      told.add(check.remittance().toString().replaceFirst("occurrence=\\d+", ""));
      for (ClaimPayment claim : check.claims()) {
        String text = claim.toString().replaceFirst("byteOffset=\\d+", "");
        told.add(text + " at " + (claim.byteOffset() + offset));
      }
      check.adjustments().forEach(adjustment -> told.add(adjustment.toString()));
      check.totals().forEach(totals -> told.add(totals.toString()));
    }
    return told;
  }

  /** A stream that gives its bytes in pieces of chance. */
  private static final class Drops extends ByteArrayInputStream {
    private final Random random;

    Drops(byte[] bytes, Random random) {
      super(bytes);
      this.random = random;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      return super.read(
          into, offset, Math.min(length, 1 + random.nextInt(1 << random.nextInt(15))));
    }
  }

  /** Holds that segments are where they say, and that no byte is passed over without a word. */
  private static final class Account implements SegmentHandler {
    private final byte[] bytes;
    private final SegmentHandler next;
    private final Received received;
    private long reached;
    private int said;

    Account(String text, SegmentHandler next, Received received) {
      this.bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      this.next = next;
      this.received = received;
    }

    @Override
    public void segment(Segment segment) {
      passedOver(segment.byteOffset());
      reached = segment.byteOffset() + segment.byteLength();
      byte[] there = Arrays.copyOfRange(bytes, (int) segment.byteOffset(), (int) reached);
      assertThat(segment.raw())
          .isIn(
              new String(there, StandardCharsets.ISO_8859_1).replace('\0', '\u2400'),
              new String(there, StandardCharsets.UTF_8).replace('\0', '\u2400'));
      next.segment(segment);
    }

    @Override
    public void endOfSet(SetEnd end) {
      next.endOfSet(end);
    }

    void end() {
      passedOver(bytes.length);
    }

    /** Between segments stand a terminator and blanks, or what a finding speaks of. */
    private void passedOver(long to) {
      assertThat(to).isGreaterThanOrEqualTo(reached);
      boolean junk = false;
      for (; said < received.findings.size(); said++) {
        Finding finding = received.findings.get(said);
        junk |=
            finding.rule() == Syntax.OUTSIDE_INTERCHANGE
                && finding.place().byteOffset() >= reached
                && finding.place().byteOffset() < to;
      }
      for (long at = reached + 1; at < to && !junk; at++) {
        assertThat(" \t\r\n\u000b\f".indexOf(bytes[(int) at])).as("byte %s", at).isNotNegative();
      }
    }
  }
}
