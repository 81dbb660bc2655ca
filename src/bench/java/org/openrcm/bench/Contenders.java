package org.openrcm.bench;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Everybody in the table, in its order; the names double as keys between the processes. */
final class Contenders {
  static final String SCAN = "plain byte scan, counting terminators";
  static final String HAPI = "HAPI's encoder, same resources";
  static final String EDI_READER = "EDIReader";
  static final String IMSWEB = "imsweb x12-parser";

  static final List<Contender> ALL =
      List.of(
          new Contender(SCAN, Contender.Counts.SEGMENTS, () -> Contenders::terminators),
          Contender.claims("OpenRCM, segments in loops", OurReadings::segments),
          Contender.claims("OpenRCM, the same, elements checked", OurReadings::checkedSegments),
          Contender.claims("OpenRCM, to records", OurReadings::records),
          Contender.claims("OpenRCM, convert to NDJSON", OurReadings::convert),
          Contender.claims(HAPI, OurReadings::hapi),
          Contender.claims(EDI_READER, () -> new EdiReaderPeer()),
          Contender.claims("StAEDI, no schema", () -> StaediPeer.withoutSchema()),
          Contender.claims("StAEDI, 835 schema", () -> StaediPeer.withSchema()),
          Contender.claims(IMSWEB, () -> new ImswebPeer()),
          Contender.claims("Smooks EDI cartridge, our DFDL", () -> new SmooksPeer()));

  private Contenders() {}

  static Contender named(String name) {
    return ALL.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  private static long terminators(Path file) throws Exception {
    byte[] block = new byte[1 << 16];
    long terminators = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        terminators += terminators(block, read);
      }
    }
    return terminators;
  }

  /** A method of its own, so that the compiler treats it alike in every run. */
  private static int terminators(byte[] block, int bytes) {
    int terminators = 0;
    for (int i = 0; i < bytes; i++) {
      if (block[i] == '~') {
        terminators++;
      }
    }
    return terminators;
  }
}
