package org.openrcm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands put out, and what becomes of them when nobody can take it. */
class OutputTest {
  private static final Path EVERYTHING = InputTest.CASES.resolve("everything/remit.835");
  private static final Path UNBALANCED = InputTest.CASES.resolve("unbalanced/remit.835");

  @TempDir private Path folder;

  private static IParser strict() {
    return FhirContext.forR4Cached()
        .newJsonParser()
        .setParserErrorHandler(new StrictErrorHandler());
  }

  private static List<String> ids(Stream<Resource> resources) {
    return resources.map(of -> of.fhirType() + "/" + of.getIdPart()).sorted().toList();
  }

  private static Stream<Resource> lines(String ndjson) {
    return ndjson.lines().map(line -> (Resource) strict().parseResource(line));
  }

  @Test
  void eachLineOnStandardOutputIsAResource() {
    CommandRun run = CommandRun.over(EVERYTHING, "convert");
    assertThat(run.text()).endsWith("}\n");
    assertThat(lines(run.text())).hasSizeGreaterThan(40);
  }

  @Test
  void aFolderGetsAFileForEachResourceType() throws IOException {
    Path out = folder.resolve("new/fhir");
    CommandRun run = CommandRun.over(EVERYTHING, "convert", "-o", out.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).isEmpty();
    List<Resource> resources = new ArrayList<>();
    try (Stream<Path> files = Files.list(out)) {
      for (Path file : files.toList()) {
        List<Resource> ofFile = lines(Files.readString(file)).toList();
        assertThat(ofFile)
            .isNotEmpty()
            .allSatisfy(resource -> assertThat(file).hasFileName(resource.fhirType() + ".ndjson"));
        resources.addAll(ofFile);
      }
    }
    assertThat(ids(resources.stream()))
        .isEqualTo(ids(lines(CommandRun.over(EVERYTHING, "convert").text())));
  }

  @Test
  void aFolderGetsABundleForEachInputFile() throws IOException {
    CommandRun run =
        CommandRun.of(
            "convert",
            "--format",
            "bundle",
            "--output",
            folder.toString(),
            EVERYTHING.toString(),
            "samples/dental.835");
    assertThat(run.exitCode()).isZero();
    assertThat(ids(entries(Files.readString(folder.resolve("remit.835.json")))))
        .isEqualTo(ids(lines(CommandRun.over(EVERYTHING, "convert").text())));
    assertThat(entries(Files.readString(folder.resolve("dental.835.json")))).isNotEmpty();
  }

  @Test
  void twoInputsOfTheSameNameBothReachTheFolder() throws IOException {
    Path denial = InputTest.CASES.resolve("denial/remit.835");
    CommandRun run =
        CommandRun.of(
            "convert",
            "--format",
            "bundle",
            "-o",
            folder.toString(),
            EVERYTHING.toString(),
            denial.toString());
    assertThat(run.exitCode()).isZero();
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        all.addAll(ids(entries(Files.readString(file))));
      }
    }
    assertThat(all)
        .containsAll(ids(lines(CommandRun.over(EVERYTHING, "convert").text())))
        .containsAll(ids(lines(CommandRun.over(denial, "convert").text())));
  }

  private static Stream<Resource> entries(String json) {
    Bundle bundle = strict().parseResource(Bundle.class, json);
    assertThat(bundle.getType()).isEqualTo(Bundle.BundleType.COLLECTION);
    return bundle.getEntry().stream().map(Bundle.BundleEntryComponent::getResource);
  }

  @Test
  void aBundleWithoutAnyResourceIsStillABundle() throws IOException {
    Path file = folder.resolve("claim.837");
    String x12 = Files.readString(InputTest.VISIT).replace("ST*835*", "ST*837*");
    Files.writeString(file, x12);
    CommandRun run = CommandRun.over(file, "convert", "--format", "bundle");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(entries(run.text())).isEmpty();
  }

  @Test
  void provenanceNamesTheBytesOfEachClaim() {
    CommandRun run = CommandRun.over(EVERYTHING, "convert", "--provenance");
    long claims =
        run.text().lines().filter(line -> line.contains("\"ClaimResponse\",\"id\"")).count();
    assertThat(lines(run.text()))
        .filteredOn(resource -> resource.fhirType().equals("Provenance"))
        .hasSize((int) claims);
    assertThat(claims).isPositive();
  }

  @Test
  void findingsInJsonAreAnObjectOnALine() throws IOException {
    CommandRun run = CommandRun.over(UNBALANCED, "validate", "--json");
    List<JsonNode> findings = new ArrayList<>();
    for (String line : run.text().lines().toList()) {
      findings.add(new ObjectMapper().readTree(line));
    }
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).isEmpty();
    assertThat(findings).hasSize(3);
    JsonNode claim = findings.get(1);
    assertThat(claim.get("code").asText()).isEqualTo("claim-balance");
    assertThat(claim.get("severity").asText()).isEqualTo("error");
    assertThat(claim.get("level").asInt()).isEqualTo(3);
    assertThat(claim.get("file").asText()).isEqualTo("remit.835");
    assertThat(claim.get("transactionSet").asText()).isEqualTo("000001011/1011/0001");
    assertThat(claim.get("segment").asInt()).isEqualTo(22);
    assertThat(claim.get("tag").asText()).isEqualTo("CLP");
    assertThat(claim.get("loop").asText()).isEqualTo("2100");
    assertThat(claim.get("element").asText()).isEqualTo("CLP04");
    assertThat(claim.get("byteOffset").asInt())
        .isEqualTo(Files.readString(UNBALANCED).indexOf("CLP*LFP-1102"));
    assertThat(claim.get("message").asText()).contains("5.00 more");
  }

  @Test
  void aCleanFileHasNoJsonFindings() {
    assertThat(CommandRun.over(InputTest.VISIT, "validate", "--json").output()).isEmpty();
  }

  /** Takes so many bytes, then no more, like a full disk or a pipe that nobody reads. */
  private static final class Full extends OutputStream {
    private long left;

    Full(long bytes) {
      this.left = bytes;
    }

    @Override
    public void write(int b) throws IOException {
      if (--left < 0) {
        throw new IOException("No space left on device");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "convert,0",
    "convert,70000",
    "validate,0",
    "show,0",
    "show,9000",
    "transform,0",
    "transform,9000"
  })
  void aFullDiskIsSaidInOneLine(String command, long bytes) {
    CommandRun run = CommandRun.to(new Full(bytes), command, EVERYTHING.toString());
    InputTest.oneLine(run, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ndjson", "bundle"})
  void aFullDiskIsSaidInOneLineByEitherEngine(String format) {
    String[] command = {"convert", "--engine", "smooks", "--format", format, EVERYTHING.toString()};
    InputTest.oneLine(CommandRun.to(new Full(10_000), command), "No space left");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ndjson", "bundle"})
  void aFileWhereTheFolderShouldBeIsSaidInOneLine(String format) throws IOException {
    Path file = Files.createFile(folder.resolve("taken"));
    CommandRun run =
        CommandRun.over(EVERYTHING, "convert", "--format", format, "-o", file.toString());
    InputTest.oneLine(run, "taken");
  }
}
