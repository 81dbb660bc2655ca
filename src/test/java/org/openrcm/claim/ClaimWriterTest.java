package org.openrcm.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrcm.x12.Corpus;
import org.openrcm.x12.X12Writer;

/** What is read can be written, and comes out as it went in. */
class ClaimWriterTest {
  private static final int ROUNDS = 60;
  private static final Path LISTED = Path.of("src/test/resources/corpus/rewritten.tsv");

  static List<String> stories() throws IOException {
    try (Stream<Path> stories = Files.list(ClaimReaderTest.CASES)) {
      return stories.map(story -> story.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("stories")
  void aCaseComesOutAsItWentIn(String story) {
    String text = ClaimReaderTest.text(story);
    byte[] written = Rewritten.file(Submitted.of(text).batches);
    assertThat(Rewritten.segments(written)).isEqualTo(Rewritten.segments(text));
  }

  @ParameterizedTest
  @EnumSource(ClaimKind.class)
  void whatIsWrittenIsReadAgainAsItWas(ClaimKind kind) {
    for (int seed = 1; seed <= ROUNDS; seed++) {
      Random random = new Random(seed);
      Submitted.Batch batch = batch(new MadeUpClaims(random, kind), random);
      Submitted read = Submitted.of(Rewritten.file(List.of(batch)));
      assertThat(read.batches).as("seed %s", seed).hasSize(1);
      Submitted.Batch again = read.batches.get(0);
      assertThat(told(read)).as("seed %s", seed).isEqualTo(told(batch.claims()));
      assertThat(again.submission().submitter()).isEqualTo(batch.submission().submitter());
      assertThat(again.submission().receiver()).isEqualTo(batch.submission().receiver());
      assertThat(again.submission().time()).isEqualTo(batch.submission().time());
    }
  }

  private static Submitted.Batch batch(MadeUpClaims madeUp, Random random) {
    List<Claim> claims = new ArrayList<>();
    for (int provider = 0; provider < 2; provider++) {
      Billing billing = madeUp.billing();
      for (int subscriber = 0; subscriber < 2; subscriber++) {
        boolean isPatient = random.nextBoolean();
        Subscriber insured = madeUp.subscriber(isPatient);
        for (int i = 0; i < 2; i++) {
          claims.add(madeUp.claim(billing, insured, isPatient ? null : madeUp.patient()));
        }
      }
    }
    return new Submitted.Batch(madeUp.submission(), claims, List.of());
  }

  private static List<String> told(Submitted submitted) {
    return told(submitted.claims());
  }

  /** Claims as text, but for where they stand. */
  private static List<String> told(List<Claim> claims) {
    return claims.stream()
        .map(Claim::toString)
        .map(text -> text.replaceAll("(segment|byteOffset|byteLength|ordinal)=-?\\d+", ""))
        .toList();
  }

  /** Files that do not come out as they went in are listed, each with its reason. */
  @Test
  void filesOfTheCorpusComeOutAsTheyWentIn() throws IOException {
    assumeTrue(Corpus.isThere(), Corpus.ABSENT);
    Map<String, String> differing = new TreeMap<>();
    int accepted = 0;
    for (Corpus.Entry file : ClaimReaderTest.corpus()) {
      String text = Corpus.text(file.file());
      Submitted submitted = Submitted.of(text);
      byte[] written = Rewritten.file(submitted.batches);
      List<String> differences =
          Rewritten.differences(Rewritten.segments(text), Rewritten.segments(written));
      boolean isKept =
          submitted.claims().stream().anyMatch(claim -> !claim.unmapped().isEmpty())
              || submitted.batches.stream().anyMatch(b -> !b.submission().unmapped().isEmpty());
      if (!differences.isEmpty()) {
        differing.put(file.path(), String.join(" | ", differences));
        assertThat(isKept || told(Submitted.of(written)).equals(told(submitted)))
            .as("%s loses %s", file, differences)
            .isTrue();
      } else {
        accepted++;
      }
    }
    Map<String, String> listed =
        Files.readAllLines(LISTED).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("\t", -1))
            .collect(Collectors.toMap(row -> row[0], row -> row[1]));
    assertThat(differing.keySet()).as("%s", differing).isEqualTo(new TreeMap<>(listed).keySet());
    assertThat(accepted).isGreaterThan(40);
  }

  @Test
  void claimsShareTheLevelsThatAreEqual() {
    Submitted.Batch family = Submitted.of(ClaimReaderTest.text("dependent-child")).batches.get(0);
    Submitted.Batch again = Submitted.of(ClaimReaderTest.text("dependent-child")).batches.get(0);
    List<Claim> claims = new ArrayList<>(family.claims());
    claims.addAll(again.claims());
    Submitted.Batch twice = new Submitted.Batch(family.submission(), claims, List.of());
    List<String> levels =
        Rewritten.segments(Rewritten.file(List.of(twice))).stream()
            .filter(segment -> segment.startsWith("HL"))
            .toList();
    assertThat(levels)
        .containsExactly(
            "HL*1**20*1",
            "HL*2*1*22*1",
            "HL*3*2*23*0",
            "HL*4*2*23*0",
            "HL*5*2*23*0",
            "HL*6*2*23*0");
  }

  @Test
  void negativeChargesAndUnitsAreRefused() {
    String text = ClaimReaderTest.text("office-visit");
    for (String spoilt :
        List.of(
            Corpus.changed(text, "*187.5*", "*-187.5*"),
            Corpus.changed(text, "*140*UN*1*", "*-140*UN*1*"),
            Corpus.changed(text, "*140*UN*1*", "*140*UN*-1*"))) {
      Submitted.Batch batch = Submitted.of(spoilt).batches.get(0);
      ClaimWriter writer = new ClaimWriter(new X12Writer(new ByteArrayOutputStream()));
      writer.begin(batch.submission(), "0001");
      assertThatThrownBy(() -> writer.write(batch.claims().get(0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("below zero")
          .hasMessageNotContaining("LM-2026");
    }
  }
}
