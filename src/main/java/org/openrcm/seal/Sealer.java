package org.openrcm.seal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openrcm.jobs.Failures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Seals as long as the server runs, and signs in the folder how far each chain has come. A
 * checkpoint that could not be written is owed until it is; those of a server that died are written
 * when it is back.
 */
@Component
@EnableConfigurationProperties(SealSettings.class)
class Sealer implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

  /** After the jobs, whose last entries are to be sealed too. */
  private static final int LAST = Integer.MIN_VALUE;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Sealing sealing;
  private final SealSettings settings;
  private final Clock clock;
  private final SealFolder folder;
  private final Map<String, Checkpoint> owed = new LinkedHashMap<>();

  private volatile CountDownLatch stopping = new CountDownLatch(0);
  private volatile @Nullable Thread thread;
  private @Nullable SealKeys keys;

  /** Held as long as the server runs. */
  private @Nullable FileChannel lock;

  Sealer(Sealing sealing, SealSettings settings, Clock clock) {
    this.sealing = sealing;
    this.settings = settings;
    this.clock = clock;
    this.folder = new SealFolder(settings.folder());
  }

  @Override
  public int getPhase() {
    return LAST;
  }

  @Override
  public void start() {
    CountDownLatch end = new CountDownLatch(1);
    Thread sealer = new Thread(() -> work(end), "audit-sealer");
    sealer.setDaemon(true);
    sealer.start();
    stopping = end;
    thread = sealer;
  }

  /** Seals once more what waits. */
  @Override
  public void stop() {
    Thread sealer = thread;
    thread = null;
    try {
      if (sealer != null) {
        stopping.countDown();
        sealer.join(PATIENCE.toMillis());
      }
      letGo();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("the folder of the audit record is still taken: {}", Failures.describe(e));
    }
  }

  private synchronized void letGo() throws IOException {
    if (lock != null) {
      lock.close();
      lock = null;
      keys = null;
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  private void work(CountDownLatch end) {
    try {
      boolean last;
      do {
        last = end.await(settings.every().toMillis(), TimeUnit.MILLISECONDS);
        try {
          round();
        } catch (IOException e) {
          // of the folder: it tells of files, and of no entry
          LOG.error("the audit record could not be sealed: {}", e.getMessage());
        } catch (RuntimeException e) {
          LOG.error("the audit record could not be sealed: {}", Failures.describe(e));
        }
      } while (!last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Seals all that waits now. */
  synchronized void round() throws IOException {
    SealKeys signing = keys();
    Sealing.Round round;
    do {
      round = sealing.seal();
      owe(round.heads());
      pay(signing);
    } while (round.more());
  }

  /** Taken with all that is owed since the last start; what fails is tried again in full. */
  private SealKeys keys() throws IOException {
    if (lock == null) {
      lock = folder.take();
    }
    if (keys == null) {
      SealKeys opened = SealKeys.open(folder, clock.instant());
      owe(sealing.heads());
      keys = opened;
    }
    return keys;
  }

  private void owe(List<Checkpoint> heads) {
    heads.forEach(head -> owed.put(head.chain(), head));
  }

  private void pay(SealKeys signing) throws IOException {
    if (!owed.isEmpty()) {
      signing.renew(clock.instant(), settings.keyAge());
      String day = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate().toString();
      folder.addCheckpoints(day, owed.values().stream().map(signing::sign).toList());
      owed.clear();
    }
  }
}
