package org.openrcm.x12;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The streaming engine and Smooks read one mapping alike: same segments, places and texts. */
class BothEnginesTest {
  private static final StreamingEngine STREAMING = StreamingEngine.structural(Transcript.MAPPINGS);
  private static SmooksEngine smooks;

  @BeforeAll
  static void compileTheSchemaOnce() {
    smooks = new SmooksEngine(Transcript.MAPPINGS);
  }

  @AfterAll
  static void close() throws IOException {
    smooks.close();
  }

  static final List<String> SETS = MadeUpSets.ALL;

  static List<Path> ours() {
    return Corpus.ours();
  }

  @ParameterizedTest
  @MethodSource("ours")
  void bothEnginesTellTheSameOfOurFiles(Path file) throws IOException {
    Transcript expected = Transcript.of(STREAMING, file);
    Transcript actual = Transcript.of(smooks, file);
    assertThat(expected.lines).contains("set ends CLOSED");
    assertThat(actual.lines).isEqualTo(expected.lines);
    assertThat(actual.found()).isEmpty();
  }

  /** One file of each set, since Smooks takes seconds to compile a mapping. */
  @ParameterizedTest
  @FieldSource("SETS")
  void bothEnginesTellTheSameOfClaimsAndAcknowledgments(String set, @TempDir Path folder)
      throws IOException {
    Path file = Files.write(folder.resolve("made-up.x12"), Corpus.bytes(set));
    Transcript expected = Transcript.of(STREAMING, file);
    Transcript actual = Transcript.of(smooks, file);
    assertThat(expected.lines).contains("set ends CLOSED");
    assertThat(actual.lines).isEqualTo(expected.lines);
    assertThat(actual.found()).isEmpty();
  }

  /**
   * The known difference: DFDL has a place for each segment, so Smooks wants those of one tag in
   * the order of the mapping (its unordered sequences would give them out in another order than the
   * file's). The streaming engine lets them be.
   */
  @Test
  void onlyTheStreamingEngineTakesSegmentsOfOnePlaceInAnyOrder(@TempDir Path folder)
      throws IOException {
    String turned =
        Corpus.changed(
            MadeUpSets.PROFESSIONAL,
            "REF*G1*AUTH1~\nREF*D9*TRACE1",
            "REF*D9*TRACE1~\nREF*G1*AUTH1");
    Path file = Files.write(folder.resolve("turned.837"), Corpus.bytes(turned));
    assertThat(Transcript.of(STREAMING, file).found()).isEmpty();
    assertThat(Transcript.of(smooks, file).findings)
        .extracting(Finding::rule)
        .containsExactly(Syntax.ENGINE_REFUSED);
  }

  @Test
  void bothEnginesTellTheSameOfTheCorpus() throws IOException {
    assumeTrue(Corpus.isThere(), Corpus.ABSENT);
    List<Path> files = Corpus.received();
    assertThat(files).hasSizeGreaterThan(40);
    SoftAssertions each = new SoftAssertions();
    for (Path file : files) {
      Transcript expected = Transcript.of(STREAMING, file);
      Transcript actual = Transcript.of(smooks, file);
      each.assertThat(expected.lines).as(file.toString()).contains("set ends CLOSED");
      each.assertThat(actual.lines).as(file.toString()).isEqualTo(expected.lines);
      each.assertThat(actual.found()).as(file.toString()).isEmpty();
    }
    each.assertAll();
  }
}
