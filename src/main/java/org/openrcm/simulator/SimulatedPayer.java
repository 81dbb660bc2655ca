package org.openrcm.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrcm.claim.ClaimReader;
import org.openrcm.x12.FindingSink;
import org.openrcm.x12.StreamingEngine;
import org.openrcm.x12.X12File;

/**
 * A payer in a box: answers 837s of anybody with all that a clearinghouse and its payers send back
 * over the weeks that follow, a folder for each day.
 *
 * <p>Files are read twice, a claim at a time; the answers come on {@link #close}. The same files,
 * seed and scenarios give the same bytes.
 */
public final class SimulatedPayer implements Closeable {
  /** Where control numbers start, so that two runs are not taken for one sent twice. */
  private static final int FIRST_CONTROLS = 900_000_000;

  /**
   * What is asked for.
   *
   * @param scenarios which claims get by lot; none for a believable mix
   * @param date on which the claims come; null for the day that each set names (BHT04)
   */
  public record Settings(long seed, List<Scenario> scenarios, @Nullable LocalDate date) {}

  /** What came of the claims so far; those that nobody sent are not among {@code claims}. */
  public record Summary(long claims, long checks, Map<ClaimState, Long> states) {}

  private final Settings settings;
  private final StreamingEngine engine;
  private final OutFiles files;
  private final Intended intended;
  private final Adjudicator adjudicator;
  private final ScenarioChoice choice;
  private final Map<ClaimState, Long> states = new EnumMap<>(ClaimState.class);
  private @Nullable Checks checks;

  /** A payer whose answers go to this folder. */
  public SimulatedPayer(Path folder, Settings settings, StreamingEngine engine) throws IOException {
    this.settings = settings;
    this.engine = engine;
    this.files = new OutFiles(folder);
    this.intended = new Intended(files);
    this.adjudicator = new Adjudicator(settings.seed());
    this.choice = new ScenarioChoice(settings.seed(), settings.scenarios());
  }

  /**
   * Takes a file in.
   *
   * @param findings gets what is wrong with it
   * @param eachClaim runs after each claim, for those who count
   */
  public void answer(X12File file, FindingSink findings, Runnable eachClaim) throws IOException {
    Checks open = checks;
    if (open == null) {
      Dice dice = Dice.of(settings.seed(), "controls", file.sha256());
      open = new Checks(files, dice.below(FIRST_CONTROLS));
      checks = open;
    }
    Survey survey = new Survey(choice);
    Acknowledging acknowledging =
        new Acknowledging(
            files,
            file.name(),
            settings.date(),
            choice,
            Dice.of(settings.seed(), "acknowledgements", file.name()).below(FIRST_CONTROLS),
            engine,
            new ClaimReader(file.name(), "", survey, findings),
            findings);
    engine.read(file, acknowledging, acknowledging);
    acknowledging.end();
    try (Answering answering = new Answering(this, file, open, survey, acknowledging, eachClaim)) {
      FindingSink heard = finding -> {};
      engine.read(file, new ClaimReader(file.name(), "", answering, heard), heard);
    }
  }

  Settings settings() {
    return settings;
  }

  OutFiles files() {
    return files;
  }

  Adjudicator adjudicator() {
    return adjudicator;
  }

  ScenarioChoice choice() {
    return choice;
  }

  void intend(Intended.Row row) {
    intended.add(row);
    states.merge(row.state(), 1L, Long::sum);
  }

  /** What came of the claims. */
  public Summary summary() {
    long all = states.values().stream().mapToLong(Long::longValue).sum();
    long claims = all - states.getOrDefault(ClaimState.UNKNOWN, 0L);
    return new Summary(claims, checks == null ? 0 : checks.written(), Map.copyOf(states));
  }

  /** Writes the checks that are still open. */
  @Override
  public void close() throws IOException {
    Checks open = checks;
    if (open != null) {
      open.closeAll();
    }
    intended.close();
  }
}
