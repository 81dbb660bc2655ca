package org.openrcm.remittance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrcm.ServerTest;
import org.openrcm.x12.Corpus;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ServerTest
class RemittancesTest {
  @Autowired private Remittances remittances;
  @Autowired private JdbcClient sql;
  @Autowired private TransactionTemplate transaction;
  private Loading here;

  @BeforeEach
  void aPractice() {
    here = new Loading(sql, transaction, remittances);
  }

  static List<Path> files() {
    return Stream.concat(Corpus.ours().stream(), Corpus.entries().stream().map(Corpus.Entry::file))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatIsLoadedBackEqualsWhatWasParsed(Path file) {
    loadsBack(Corpus.text(file));
  }

  /** Odd numbers, lost and doubled segments, other delimiters. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void whatIsLoadedOfASpoiltFileEqualsWhatWasParsedOfIt(long seed) {
    List<String> texts = Corpus.ours().stream().map(Corpus::text).toList();
    Random random = new Random(seed);
    for (int i = 0; i < 5; i++) {
      String text = texts.get(random.nextInt(texts.size()));
      loadsBack(new Spoiler(random, texts).spoil(text));
      here = new Loading(sql, transaction, remittances);
    }
  }

  private void loadsBack(String text) {
    Received parsed = Received.of(text);
    List<SetOutcome> outcomes = here.load(text);
    assertThat(outcomes).hasSameSizeAs(parsed.checks);
    for (int i = 0; i < outcomes.size(); i++) {
      SetOutcome outcome = outcomes.get(i);
      if (outcome.outcome() == SetOutcome.Outcome.LOADED) {
        equal(parsed.checks.get(i), outcome.remittanceId());
      } else {
        assertThat(outcome.outcome()).isEqualTo(SetOutcome.Outcome.DUPLICATE);
      }
    }
  }

  private void equal(Received.Check parsed, UUID id) {
    here.ask(
        () -> {
          StoredRemittance stored = remittances.find(id).orElseThrow();
          assertThat(stored.remittance()).isEqualTo(parsed.remittance());
          assertThat(stored.totals()).isEqualTo(parsed.totals().get(0));
          assertThat(remittances.claims(stored.number(), 0, Integer.MAX_VALUE))
              .extracting(StoredClaim::claim)
              .isEqualTo(parsed.claims());
          assertThat(
                  remittances
                      .adjustments(List.of(stored.number()))
                      .getOrDefault(stored.number(), List.of()))
              .isEqualTo(parsed.adjustments());
          return id;
        });
  }
}
