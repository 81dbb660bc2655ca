package org.openrcm.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A process that holds one contender, warm between its passes, with a heap of its own.
 *
 * <p>Invariant: a pass that comes back has counted what is truly in the file; a wrong count is an
 * {@link IllegalStateException}. A process that dies or overstays is an empty answer.
 */
final class Lane implements AutoCloseable {
  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "watch");
            thread.setDaemon(true);
            return thread;
          });

  private final Contender contender;
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter orders;

  private Lane(Contender contender, Process process) {
    this.contender = contender;
    this.process = process;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.orders =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
  }

  /** Starts the process; what it says on standard error goes to a file in the folder. */
  static Lane start(Contender contender, int heapMegabytes, Path folder) throws IOException {
    String log =
        (contender.document() + "-" + contender.name()).replaceAll("[^A-Za-z0-9]+", "-")
            + "-"
            + heapMegabytes
            + "m.log";
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-Xmx" + heapMegabytes + "m",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            Runner.class.getName(),
            contender.document().name(),
            contender.name());
    File said = folder.resolve(log).toFile();
    return new Lane(contender, new ProcessBuilder(command).redirectError(said).start());
  }

  Contender contender() {
    return contender;
  }

  /** Waits until the contender has done what it does once; false if it died or overstayed. */
  boolean ready(Duration limit) {
    return answer(limit).filter("ready"::equals).isPresent();
  }

  /** One pass over the sample, in nanoseconds. */
  Optional<Long> pass(Sample sample, Duration limit) {
    try {
      orders.write(sample.file().toAbsolutePath() + "\n");
      orders.flush();
    } catch (IOException e) {
      return Optional.empty(); // it has died
    }
    String[] answer = answer(limit).orElse("").split(" ", -1);
    if (!answer[0].equals("pass")) {
      return Optional.empty(); // nothing, or the virtual machine's last words
    }
    long count = Long.parseLong(answer[2]);
    if (count != sample.expected(contender)) {
      throw new IllegalStateException(
          contender.name() + " counted " + count + ", not " + sample.expected(contender));
    }
    return Optional.of(Long.parseLong(answer[1]));
  }

  private Optional<String> answer(Duration limit) {
    Future<?> end =
        WATCH.schedule(process::destroyForcibly, limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return Optional.ofNullable(answers.readLine());
    } catch (IOException e) {
      return Optional.empty(); // the pipe went with the process
    } finally {
      end.cancel(false);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
