package org.openrcm.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.ProviderAdjustment;
import org.openrcm.remittance.Remittance;
import org.openrcm.remittance.RemittanceHandler;
import org.openrcm.remittance.RemittanceLoad;
import org.openrcm.remittance.RemittanceReader;
import org.openrcm.remittance.Remittances;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.StreamingEngine;

/**
 * How fast remittances go into the database: reading alone, the store's load, and as the limit a
 * plain COPY of the very same rows. Each round measures all three on new rows of a new practice.
 */
final class LoadBench {
  private static final int BYTES_OF_A_CLAIM = 700;
  private static final int AIM_PERCENT = 50;
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

  private final Mappings mappings = Mappings.bundled();

  private LoadBench() {}

  static void measure(Size size, Figures figures) throws Exception {
    try (ServedPractice first = ServedPractice.start()) {
      new LoadBench().rounds(first, size.of(5, 2), size.of(50_000, 2_000), figures);
    }
  }

  private void rounds(ServedPractice first, int rounds, int claims, Figures figures)
      throws Exception {
    Table table =
        new Table(
            "round",
            "claims",
            "reading alone, claims/s",
            "load, claims/s",
            "plain COPY, claims/s",
            "load / COPY");
    List<Double> shares = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      Remittances835.Written written =
          new Remittances835(round).write(text, (long) claims * BYTES_OF_A_CLAIM);
      byte[] bytes = text.toByteArray();
      ServedPractice practice = first.another();
      UUID file = file(practice);
      long reading = Latencies.nanos(() -> read(bytes, new Nothing()));
      long load = Latencies.nanos(() -> load(practice, file, bytes));
      long copy = PlainCopy.nanos(practice, TABLES);
      if (round == 0) {
        continue; // it has warmed all of them up
      }
      double share = (double) copy / load;
      shares.add(share);
      table.row(
          String.valueOf(round),
          Figure.count(written.claims()),
          Figure.rate(written.claims() * 1e9 / reading),
          Figure.rate(written.claims() * 1e9 / load),
          Figure.rate(written.claims() * 1e9 / copy),
          Figure.percent(share));
    }
    shares.sort(null);
    double median = shares.get(shares.size() / 2);
    figures.table(table);
    figures.say(
        "The median is %s of the limit (%s)."
            .formatted(Figure.percent(median), Figure.aim("half", 100 * median >= AIM_PERCENT)));
  }

  private void read(byte[] bytes, RemittanceHandler into) {
    StreamingEngine.checking(mappings)
        .read(
            new ByteArrayInputStream(bytes),
            "bench.835",
            new RemittanceReader("bench.835", "", into, finding -> {}),
            finding -> {});
  }

  /** What rows of a remittance point to. */
  private static UUID file(ServedPractice practice) throws Exception {
    UUID file = UUID.randomUUID();
    practice.ask(
        () ->
            practice
                .sql()
                .sql(
                    """
                    insert into received_file (practice_id, id, name, sha256, size, state, via,
                      received_by)
                    values (?, ?, 'bench.835', '', 1, 'READING', 'API', 'bench')
                    """)
                .params(practice.id(), file)
                .update());
    return file;
  }

  private void load(ServedPractice practice, UUID file, byte[] bytes) throws Exception {
    practice
        .actor()
        .call(
            () -> {
              try (RemittanceLoad load = practice.bean(Remittances.class).load(file)) {
                read(bytes, load);
                return load.outcomes().size();
              }
            });
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
