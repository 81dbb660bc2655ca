package org.openrcm.bench;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Everybody in the table, in its order; the names double as keys between the processes. */
final class Contenders {
  static final String SCAN = "plain byte scan, counting terminators";
  static final String OURS = "OpenRCM, ";
  static final String RECORDS = OURS + "to records";
  static final String CONVERT = OURS + "convert to NDJSON";
  static final String HAPI = "HAPI's encoder, same resources";
  static final String EDI_READER = "EDIReader";
  static final String IMSWEB = "imsweb x12-parser";

  static final List<Contender> OF_REMITTANCES =
      List.of(
          scan(Document.REMITTANCE),
          remittances(OURS + "segments in loops", OurReadings::segments),
          remittances(OURS + "the same, elements checked", OurReadings::checkedSegments),
          remittances(RECORDS, OurReadings::records),
          remittances(CONVERT, OurReadings::convert),
          remittances(HAPI, OurReadings::hapi),
          remittances(EDI_READER, () -> new EdiReaderPeer("CLP")),
          remittances("StAEDI, no schema", () -> StaediPeer.withoutSchema("CLP")),
          remittances("StAEDI, 835 schema", () -> StaediPeer.withSchema()),
          remittances(IMSWEB, () -> ImswebPeer.ofRemittances()),
          remittances("Smooks EDI cartridge, our DFDL", () -> new SmooksPeer()));

  static final List<Contender> OF_CLAIMS =
      List.of(
          scan(Document.CLAIMS),
          claims(OURS + "segments in loops", ClaimReadings::segments),
          claims(OURS + "the same, elements checked", ClaimReadings::checkedSegments),
          claims(RECORDS, ClaimReadings::records),
          claims(OURS + "TA1 and 999 written", ClaimReadings::acknowledge),
          claims(EDI_READER, () -> new EdiReaderPeer("CLM")),
          claims("StAEDI, no schema", () -> StaediPeer.withoutSchema("CLM")),
          claims(IMSWEB, () -> ImswebPeer.ofClaims()));

  private Contenders() {}

  private static Contender scan(Document document) {
    return new Contender(document, SCAN, Contender.Counts.SEGMENTS, () -> Contenders::terminators);
  }

  private static Contender remittances(String name, Callable<Contender.Reading> open) {
    return Contender.claims(Document.REMITTANCE, name, open);
  }

  private static Contender claims(String name, Callable<Contender.Reading> open) {
    return Contender.claims(Document.CLAIMS, name, open);
  }

  static Contender named(Document document, String name) {
    return document.contenders().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
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
