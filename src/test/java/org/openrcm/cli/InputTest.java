package org.openrcm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands take, what they answer, and what they say when they cannot. */
class InputTest {
  static final Path CASES = Path.of("src/test/resources/cases");
  static final Path VISIT = CASES.resolve("contractual-adjustment/remit.835");
  private static final Path UNBALANCED = CASES.resolve("unbalanced/remit.835");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"convert", "validate", "show", "transform"})
  void aCleanFileGivesZero(String command) {
    CommandRun run = CommandRun.over(VISIT, command);
    assertThat(run.exitCode()).isZero();
    assertThat(run.errors()).isEmpty();
    assertThat(run.output()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"convert,unbalanced", "validate,unbalanced", "show,unbalanced", "transform,mixed"})
  void findingsGiveOne(String command, String what) throws IOException {
    Path file = folder.resolve("mixed.835");
    Files.writeString(file, Files.readString(VISIT).replace("SE*30*", "SE*31*"));
    CommandRun run = CommandRun.over(what.equals("mixed") ? file : UNBALANCED, command);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.text() + run.errors()).contains("error level");
  }

  @ParameterizedTest
  @ValueSource(strings = {"convert", "validate", "show", "transform"})
  void whatIsNoX12GivesTwo(String command) throws IOException {
    Path file = Files.writeString(folder.resolve("letter.txt"), "Dear Sir or Madam,\n");
    CommandRun run = CommandRun.over(file, command);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.text() + run.errors()).contains("no-interchange").doesNotContain("Dear");
  }

  @ParameterizedTest
  @ValueSource(strings = {"convert", "validate", "show", "transform"})
  void anEmptyFileGivesTwo(String command) throws IOException {
    Path file = Files.createFile(folder.resolve("empty.835"));
    CommandRun run = CommandRun.over(file, command);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.text() + run.errors()).contains("no-interchange");
  }

  @ParameterizedTest
  @ValueSource(strings = {"convert", "validate", "show", "transform"})
  void aMissingFileIsNamedInOneLine(String command) {
    Path file = folder.resolve("nowhere.835");
    oneLine(CommandRun.over(file, command), file + ": no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"convert", "validate", "show", "transform"})
  void aFolderInPlaceOfAFileIsNamedInOneLine(String command) {
    oneLine(CommandRun.over(folder, command), folder.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"convert", "validate", "show", "transform"})
  void aFileThatCannotBeReadIsNamedInOneLine(String command) throws IOException {
    // a link to itself: even a user who may read everything cannot read it
    Path file = folder.resolve("circle.835");
    Files.createSymbolicLink(file, file);
    oneLine(CommandRun.over(file, command), file.toString());
  }

  @Test
  void theFilesBeforeAMissingOneAreStillConverted() {
    CommandRun run = CommandRun.of("convert", VISIT.toString(), folder.resolve("no").toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.text()).contains("\"ExplanationOfBenefit\"");
  }

  @Test
  void anUnknownOptionGivesTwoAndTheUsage() {
    CommandRun run = CommandRun.of("convert", "--fast", VISIT.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors()).contains("--fast").contains("Usage: openrcm convert");
    assertThat(run.output()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"convert", "validate", "show", "transform"})
  void aCommandWithoutAFileGivesTwo(String command) {
    CommandRun run = CommandRun.of(command);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors()).contains("FILE");
  }

  @Test
  void anUnknownCommandGivesTwo() {
    assertThat(CommandRun.of("invent").exitCode()).isEqualTo(2);
  }

  @Test
  void helpNamesEachCommand() {
    assertThat(CommandRun.of("--help").text()).contains("convert", "validate", "show", "transform");
    assertThat(CommandRun.of().text()).isEqualTo(CommandRun.of("--help").text());
    assertThat(CommandRun.of("--version").text()).startsWith("openrcm ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"convert", "validate", "show", "transform"})
  void gzipIsReadLikeThePlainFile(String command) throws IOException {
    Path zipped = folder.resolve("remit.835");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      Files.copy(UNBALANCED, out);
    }
    CommandRun run = CommandRun.over(zipped, command);
    CommandRun plain = CommandRun.over(UNBALANCED, command);
    assertThat(run.exitCode()).isEqualTo(plain.exitCode());
    assertThat(withoutHash(run.text())).isEqualTo(withoutHash(plain.text()));
    assertThat(run.errors()).isEqualTo(plain.errors());
  }

  @Test
  void aDamagedGzipIsAFinding() throws IOException {
    Path zipped = folder.resolve("remit.835.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      Files.copy(CASES.resolve("everything/remit.835"), out);
    }
    byte[] bytes = Files.readAllBytes(zipped);
    Files.write(zipped, Arrays.copyOf(bytes, bytes.length / 2));
    CommandRun run = CommandRun.over(zipped, "validate");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.text()).contains("unreadable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"convert", "validate", "show", "transform"})
  void aDashReadsStandardInput(String command) throws IOException {
    CommandRun run = reading(Files.readAllBytes(UNBALANCED), command, "-");
    CommandRun file = CommandRun.over(UNBALANCED, command);
    assertThat(run.exitCode()).isEqualTo(file.exitCode());
    assertThat(run.text()).isEqualTo(file.text().replace("remit.835", "standard-input"));
  }

  private static CommandRun reading(byte[] input, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input));
    try {
      return CommandRun.of(arguments);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aByteOrderMarkAndBlanksBeforeIsaDoNoHarm() throws IOException {
    Path file = folder.resolve("remit.835");
    Files.writeString(file, "\uFEFF \r\n" + Files.readString(VISIT), StandardCharsets.UTF_8);
    CommandRun run = CommandRun.over(file, "validate");
    assertThat(run.text()).isEqualTo("nothing found\n");
  }

  static String withoutHash(String text) {
    return text.replaceAll("urn:sha256:[0-9a-f]{64}", "urn:sha256:");
  }

  static void oneLine(CommandRun run, String message) {
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors().lines()).singleElement().asString().startsWith("openrcm: ");
    assertThat(run.errors()).contains(message);
  }
}
