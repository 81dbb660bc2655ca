package org.openrcm.collections;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.openrcm.bench.Latencies;
import org.openrcm.bench.ServedPractice;

/** The bare queries by PostgreSQL's own client in C: it times taking and putting away as one. */
final class Pgbench {
  private Pgbench() {}

  /** What it says of itself, such as {@code pgbench (PostgreSQL) 18.1}; empty without it. */
  static Optional<String> version() throws InterruptedException, IOException {
    try {
      Process asked = new ProcessBuilder("pgbench", "--version").start();
      String said =
          new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return asked.waitFor() == 0 ? Optional.of(said) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // it is not on the PATH
    }
  }

  static Latencies run(ServedPractice practice, int clients, int handOuts) throws Exception {
    Path folder = Files.createTempDirectory("pgbench");
    String begin =
        "begin;\nselect set_config('app.practice', '" + practice.id() + "', true) \\gset\n";
    Path script =
        Files.writeString(
            folder.resolve("next.sql"),
            begin
                + Collector.BARE.strip().replace("= ?", "= gen_random_uuid()")
                + " \\gset\ncommit;\n"
                + begin
                + Collector.BARE_END.strip().replace("?", ":account_number")
                + ";\ncommit;\n");
    HikariDataSource pool = practice.bean(DataSource.class).unwrap(HikariDataSource.class);
    // it needs the connections that the pool would keep
    pool.setMinimumIdle(0);
    pool.getHikariPoolMXBean().softEvictConnections();
    URI database = URI.create(pool.getJdbcUrl().substring("jdbc:".length()));
    ProcessBuilder command =
        new ProcessBuilder(
            "pgbench",
            "--no-vacuum",
            "--client=" + clients,
            "--jobs=2",
            "--transactions=" + handOuts / clients,
            "--protocol=prepared",
            "--log",
            "--file=" + script,
            "--host=" + database.getHost(),
            "--port=" + database.getPort(),
            "--username=" + pool.getUsername(),
            database.getPath().substring(1));
    command.environment().put("PGPASSWORD", Objects.requireNonNullElse(pool.getPassword(), ""));
    command.directory(folder.toFile()).redirectErrorStream(true);
    command.redirectOutput(folder.resolve("said").toFile());
    long start = System.nanoTime();
    if (command.start().waitFor() != 0) {
      throw new IllegalStateException(Files.readString(folder.resolve("said")));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Latencies(nanos(folder), seconds);
  }

  /** From its logs, a line for each transaction: client, transaction, microseconds, ... */
  private static long[] nanos(Path folder) throws IOException {
    List<Path> logs;
    try (Stream<Path> files = Files.list(folder)) {
      logs = files.filter(file -> file.getFileName().toString().startsWith("pgbench_log")).toList();
    }
    List<Long> nanos = new ArrayList<>();
    for (Path log : logs) {
      for (String line : Files.readAllLines(log)) {
        nanos.add(1000 * Long.parseLong(line.split(" ", 4)[2]));
      }
    }
    return nanos.stream().mapToLong(Long::longValue).toArray();
  }
}
