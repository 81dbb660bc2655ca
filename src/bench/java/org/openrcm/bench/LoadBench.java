package org.openrcm.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.openrcm.audit.Actor;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.ProviderAdjustment;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.RemittanceHandler;
import org.openrcm.remittance.RemittanceLoad;
import org.openrcm.remittance.RemittanceReader;
import org.openrcm.remittance.Remittances;
import org.openrcm.server.Server;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.StreamingEngine;
import org.postgresql.PGConnection;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How fast remittances go into the database, in claims a second: reading alone, the store's load,
 * and as the limit a plain COPY of the very same rows by the tables' owner into tables of the same
 * columns and indexes without row-level security. Each round measures all three on new rows.
 */
public final class LoadBench {
  private static final int ROUNDS = 5;
  private static final int BYTES_OF_A_CLAIM = 700;
  private static final List<String> TABLES =
      List.of(
          "remittance",
          "claim_group",
          "claim_payment",
          "service_payment",
          "adjustment",
          "provider_adjustment",
          "named",
          "named_word");

  private final ConfigurableApplicationContext server;
  private final int claims;
  private final Mappings mappings = Mappings.bundled();

  private LoadBench(ConfigurableApplicationContext server, int claims) {
    this.server = server;
    this.claims = claims;
  }

  /** The one argument is the number of claims in a round, 100,000 without. */
  public static void main(String[] args) throws Exception {
    Path data = Files.createDirectories(Path.of("target", "bench", "load-" + UUID.randomUUID()));
    int claims = args.length == 0 ? 100_000 : Integer.parseInt(args[0]);
    try (ConfigurableApplicationContext server =
        Server.start(
            "--openrcm.data=" + data,
            "--server.port=0",
            "--management.server.port=-1",
            "--logging.level.root=warn")) {
      new LoadBench(server, claims).run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    System.out.println("| round | claims | reading | load | plain COPY | load / COPY |");
    System.out.println("|---|---|---|---|---|---|");
    List<Long> shares = new ArrayList<>();
    for (int round = 0; round <= ROUNDS; round++) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      Remittances835.Written written =
          new Remittances835(round).write(text, (long) claims * BYTES_OF_A_CLAIM);
      byte[] bytes = text.toByteArray();
      long reading = time(() -> read(bytes, new Nothing()));
      UUID practice = UUID.randomUUID();
      UUID file = receive(practice);
      long load = time(() -> load(practice, file, bytes));
      long copy = copy(practice);
      if (round > 0) {
        shares.add(100 * copy / load);
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %,d | %,d | %,d | %,d | %d %% |%n",
          round == 0 ? "warm-up" : round,
          written.claims(),
          perSecond(written.claims(), reading),
          perSecond(written.claims(), load),
          perSecond(written.claims(), copy),
          100 * copy / load);
    }
    shares.sort(null);
    System.out.printf("median of load / COPY: %d %%%n", shares.get(shares.size() / 2));
  }

  private static long perSecond(long claims, long nanos) {
    return claims * 1_000_000_000L / nanos;
  }

  /** Something that takes time. */
  private interface Work {
    void run() throws Exception;
  }

  private static long time(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }

  private void read(byte[] bytes, RemittanceHandler into) {
    StreamingEngine.checking(mappings)
        .read(
            new ByteArrayInputStream(bytes),
            "bench.835",
            new RemittanceReader("bench.835", "", into, finding -> {}),
            finding -> {});
  }

  private UUID receive(UUID practice) {
    JdbcClient sql = server.getBean(JdbcClient.class);
    sql.sql("insert into practice (id, name) values (?, 'Bench')").param(practice).update();
    UUID file = UUID.randomUUID();
    Actor.job("bench", practice)
        .run(
            () ->
                server
                    .getBean(TransactionTemplate.class)
                    .executeWithoutResult(
                        status ->
                            sql.sql(
                                    """
                                    insert into received_file (practice_id, id, name, sha256, size,
                                      state, via, received_by)
                                    values (?, ?, 'bench.835', '', 1, 'READING', 'API', 'bench')
                                    """)
                                .param(practice)
                                .param(file)
                                .update()));
    return file;
  }

  private void load(UUID practice, UUID file, byte[] bytes) throws Exception {
    Actor.job("bench", practice)
        .call(
            () -> {
              try (RemittanceLoad load = server.getBean(Remittances.class).load(file)) {
                read(bytes, load);
                return load.outcomes().size();
              }
            });
  }

  /** Takes the practice's rows out and measures putting them into tables beside. */
  private long copy(UUID practice) throws SQLException, IOException {
    FlywayConnectionDetails owner = server.getBean(FlywayConnectionDetails.class);
    try (Connection connection =
            DriverManager.getConnection(
                owner.getJdbcUrl(), owner.getUsername(), owner.getPassword());
        Statement sql = connection.createStatement()) {
      sql.execute("select set_config('app.practice', '" + practice + "', false)");
      var copy = connection.unwrap(PGConnection.class).getCopyAPI();
      byte[][] rows = new byte[TABLES.size()][];
      for (int i = 0; i < rows.length; i++) {
        String table = TABLES.get(i);
        sql.execute(
            "create table if not exists plain_%1$s (like %1$s including all)".formatted(table));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        copy.copyOut("copy (select * from " + table + ") to stdout", out);
        rows[i] = out.toByteArray();
      }
      long start = System.nanoTime();
      connection.setAutoCommit(false);
      for (int i = 0; i < rows.length; i++) {
        copy.copyIn(
            "copy plain_" + TABLES.get(i) + " from stdin",
            new ByteArrayInputStream(rows[i]),
            1 << 16);
      }
      connection.commit();
      long nanos = System.nanoTime() - start;
      if (Boolean.getBoolean("bench.sizes")) {
        System.out.println("  MB: " + Arrays.stream(rows).map(r -> r.length >> 20).toList());
      }
      return nanos;
    }
  }

  /** Reads and lets go. */
  private static final class Nothing implements RemittanceHandler {
    @Override
    public void start(Remittance remittance) {}

    @Override
    public void claim(Remittance remittance, ClaimPayment claim) {}

    @Override
    public void adjustment(Remittance remittance, ProviderAdjustment adjustment) {}

    @Override
    public void end(Remittance remittance, Totals totals) {}
  }
}
