package org.openrcm.simulator;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openrcm.money.Money;

/**
 * {@code intended.tsv}: what each claim is meant to end as. The sum of CLP04 over all 835s of a
 * claim's number is {@code paid}, the sum of its PR adjustments {@code patientOwes}.
 */
final class Intended implements Closeable {
  private static final List<String> COLUMNS =
      List.of(
          "patientControlNumber",
          "answeredAs",
          "set",
          "scenario",
          "state",
          "payer",
          "payerClaimControlNumber",
          "charged",
          "paid",
          "interest",
          "takenBack",
          "patientOwes");

  private final Writer out;

  /**
   * A row.
   *
   * @param answeredAs CLP01 of the answers: the original's number, for a claim that replaces it
   * @param set {@code ISA13/GS06/ST02} that it came in; empty for a claim that nobody sent
   * @param paid CLP04 of all answers together, reversals too
   * @param interest paid by PLB
   * @param takenBack by PLB
   * @param patientOwes PR of all answers together
   */
  record Row(
      String patientControlNumber,
      String answeredAs,
      String set,
      Scenario scenario,
      ClaimState state,
      String payer,
      String payerClaimControlNumber,
      Money charged,
      Money paid,
      Money interest,
      Money takenBack,
      Money patientOwes) {

    /** The same claim when all that was decided of it has been taken back. */
    Row undone(ClaimState itsState) {
      return new Row(
          patientControlNumber,
          answeredAs,
          set,
          scenario,
          itsState,
          payer,
          payerClaimControlNumber,
          charged,
          Money.ZERO,
          Money.ZERO,
          Money.ZERO,
          Money.ZERO);
    }
  }

  Intended(OutFiles files) throws IOException {
    out =
        new BufferedWriter(
            new OutputStreamWriter(files.open("intended.tsv"), StandardCharsets.UTF_8));
    out.write(String.join("\t", COLUMNS) + "\n");
  }

  void add(Row row) {
    try {
      out.write(
          String.join(
              "\t",
              row.patientControlNumber(),
              row.answeredAs(),
              row.set(),
              row.scenario().title(),
              row.state().title(),
              row.payer(),
              row.payerClaimControlNumber(),
              row.charged().toString(),
              row.paid().toString(),
              row.interest().toString(),
              row.takenBack().toString(),
              row.patientOwes() + "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
