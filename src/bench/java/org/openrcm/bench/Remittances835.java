package org.openrcm.bench;

import static org.openrcm.bench.MadeUp.date;
import static org.openrcm.bench.MadeUp.padded;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.Random;

/**
 * Made-up 005010X221A1 remittances of any size: interchanges of groups of payments, one transaction
 * set a payer's payment, 500 to 2,000 claims each.
 *
 * <p>Invariant: the same seed and size give the same bytes; every service line, claim and
 * transaction set balances to the cent; SE, GE and IEA count truly. One transaction set is held in
 * memory at a time.
 */
public final class Remittances835 {
  private static final int BYTES_OF_A_CLAIM = 700;
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 5);

  /** What was written; the counts that a reader of the file must arrive at. */
  public record Written(
      long bytes,
      int interchanges,
      int groups,
      int transactionSets,
      long claims,
      long lines,
      long segments) {}

  private final MadeUp madeUp;
  private final SegmentText envelope = new SegmentText();

  public Remittances835(long seed) {
    this.madeUp = new MadeUp(new Random(seed));
  }

  /**
   * Writes whole interchanges until about so many bytes are written (to within a few claims); the
   * stream is left open.
   */
  public Written write(OutputStream out, long aboutBytes) throws IOException {
    long bytes = 0;
    int interchanges = 0;
    int groups = 0;
    int sets = 0;
    long claims = 0;
    long lines = 0;
    long segments = 0;
    while (interchanges == 0 || bytes < aboutBytes - BYTES_OF_A_CLAIM) {
      String interchangeNumber = padded(++interchanges, 9);
      LocalDate day = FIRST_DAY.plusDays(interchanges % 250);
      bytes += isa(out, interchangeNumber, day);
      int groupsHere = 0;
      int groupsWanted = madeUp.between(1, 2);
      do {
        String groupNumber = String.valueOf(++groups);
        bytes += gs(out, groupNumber, day);
        int setsHere = 0;
        int setsWanted = madeUp.between(3, 8);
        do {
          setsHere++;
          sets++;
          RemittanceSet set = new RemittanceSet(madeUp, padded(setsHere, 4), day, sets);
          set.write(claimsThatFit(aboutBytes - bytes));
          set.text().writeTo(out);
          bytes += set.text().length();
          claims += set.claims();
          lines += set.lines();
          segments += set.text().segments();
        } while (setsHere < setsWanted && bytes < aboutBytes - BYTES_OF_A_CLAIM);
        bytes += envelope(out, "GE", String.valueOf(setsHere), groupNumber);
      } while (++groupsHere < groupsWanted && bytes < aboutBytes - BYTES_OF_A_CLAIM);
      bytes += envelope(out, "IEA", String.valueOf(groupsHere), interchangeNumber);
    }
    segments += 2L * (interchanges + groups);
    return new Written(bytes, interchanges, groups, sets, claims, lines, segments);
  }

  private int claimsThatFit(long bytesLeft) {
    int wanted = madeUp.between(500, 2_000);
    return (int) Math.max(1, Math.min(wanted, bytesLeft / BYTES_OF_A_CLAIM));
  }

  private int isa(OutputStream out, String number, LocalDate day) throws IOException {
    return envelope(
        out,
        "ISA",
        "00",
        " ".repeat(10),
        "00",
        " ".repeat(10),
        "ZZ",
        "MADEUPPAYERHUB ",
        "ZZ",
        "MADEUPPRACTICE ",
        date(day).substring(2),
        "0415",
        "^",
        "00501",
        number,
        "0",
        "T",
        ":");
  }

  private int gs(OutputStream out, String number, LocalDate day) throws IOException {
    String version = "005010X221A1";
    return envelope(
        out, "GS", "HP", "MADEUPPAYERHUB", "PRACTICE", date(day), "0415", number, "X", version);
  }

  private int envelope(OutputStream out, String id, String... elements) throws IOException {
    envelope.clear();
    envelope.add(id, elements);
    envelope.writeTo(out);
    return envelope.length();
  }
}
