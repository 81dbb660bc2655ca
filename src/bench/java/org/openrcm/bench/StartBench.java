package org.openrcm.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged jar as its user has it: how long its commands take, and the heap of convert. */
final class StartBench {
  static final Path JAR = Path.of("target", "openrcm.jar");
  private static final Path FOLDER = Path.of("target", "bench");
  private static final String READY = "OpenRCM is ready: ";
  private static final int HEAP_MEGABYTES = 128;

  private StartBench() {}

  static void measure(Size size, Figures figures) throws Exception {
    figures.say(
        "The jar was made at %s."
            .formatted(Files.getLastModifiedTime(JAR).toInstant().truncatedTo(ChronoUnit.SECONDS)));
    Table table = new Table("from the command to its answer", "seconds");
    try (Scratch data = Scratch.make()) {
      table.row("`serve` on an empty folder, with the made-up practice", serve(data.folder()));
      for (int again = 0; again < size.of(3, 1); again++) {
        table.row("`serve` again", serve(data.folder()));
      }
    }
    int times = size.of(9, 3);
    table.row("`--version`, median of " + times, median(times, "--version"));
    table.row(
        "`show` of a small file, median of " + times,
        median(times, "show", Path.of("samples", "family-practice.835").toString()));
    figures.table(table);
    convert(Sample.generated(Document.REMITTANCE, FOLDER, size.of(200, 2)), figures);
  }

  /** Until it prints its address. */
  private static String serve(Path data) throws Exception {
    Process server =
        start("serve", "--port", "0", "--management-port", "0", "--data", data.toString());
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      long nanos =
          Latencies.nanos(
              () -> {
                for (String line = said.readLine();
                    line == null || !line.startsWith(READY);
                    line = said.readLine()) {
                  if (line == null) {
                    throw new IOException("the server did not start");
                  }
                }
              });
      return "%.1f".formatted(nanos / 1e9);
    } finally {
      server.destroy();
      if (!server.waitFor(1, TimeUnit.MINUTES)) {
        server.destroyForcibly();
      }
    }
  }

  private static String median(int times, String... arguments) throws Exception {
    Latencies each =
        Latencies.of(
            1,
            times,
            () -> {
              Process command = start(arguments);
              command.getInputStream().readAllBytes();
              end(command);
            });
    return "%.1f".formatted(each.nanos(50) / 1e9);
  }

  private static void convert(Sample sample, Figures figures) throws Exception {
    long[] written = new long[1];
    long nanos =
        Latencies.nanos(
            () -> {
              Process command =
                  start("-Xmx" + HEAP_MEGABYTES + "m", "convert", sample.file().toString());
              try (InputStream out = command.getInputStream()) {
                written[0] = out.transferTo(OutputStream.nullOutputStream());
              }
              end(command);
            });
    figures.say(
        "%s claims, %s MB, become %s MB of NDJSON under `-Xmx%dm` in %s."
            .formatted(
                Figure.count(sample.claims()),
                Figure.rate(sample.bytes() / 1e6),
                Figure.rate(written[0] / 1e6),
                HEAP_MEGABYTES,
                Figure.seconds(nanos / 1e9)));
  }

  /** Java's options first, where there are any. */
  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    List<String> said = new ArrayList<>(Arrays.asList(arguments));
    while (said.get(0).startsWith("-X")) {
      command.add(said.remove(0));
    }
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(said);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void end(Process command) throws InterruptedException {
    if (command.waitFor() != 0) {
      throw new IllegalStateException("a command ended with " + command.exitValue());
    }
  }
}
