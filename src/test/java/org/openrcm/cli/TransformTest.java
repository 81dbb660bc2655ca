package org.openrcm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** Mappings and engines: either engine, one of our mappings or one's own, gives the same. */
class TransformTest {
  private static final Path EVERYTHING = InputTest.CASES.resolve("everything/remit.835");
  private static final Path MAPPINGS = Path.of("edi-mappings");

  @TempDir private Path folder;

  private static Document xml(CommandRun run) {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(run.output()));
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new AssertionError(run.text(), e);
    }
  }

  @Test
  void theXmlIsWellFormedAndHasEveryClaim() {
    CommandRun run = CommandRun.over(EVERYTHING, "transform");
    assertThat(run.exitCode()).isZero();
    Document document = xml(run);
    assertThat(document.getElementsByTagName("CLP").getLength()).isEqualTo(12);
    assertThat(document.getElementsByTagName("Transaction").getLength()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xml", "json"})
  void bothEnginesPutOutTheSame(String form) {
    CommandRun ours = CommandRun.over(EVERYTHING, "transform", "--to", form);
    CommandRun smooks =
        CommandRun.over(EVERYTHING, "transform", "--to", form, "--engine", "smooks");
    assertThat(ours.exitCode()).isZero();
    assertThat(smooks.exitCode()).isZero();
    assertThat(smooks.text()).isEqualTo(ours.text());
  }

  @Test
  void theJsonIsOneObject() throws IOException {
    CommandRun run = CommandRun.over(EVERYTHING, "transform", "--to", "JSON");
    JsonNode json = new ObjectMapper().readTree(run.output());
    assertThat(json.isObject()).isTrue();
    assertThat(json.findValues("CLP")).isNotEmpty();
  }

  @Test
  void smooksConvertsToTheSameResources() {
    CommandRun ours = CommandRun.over(EVERYTHING, "convert");
    CommandRun smooks = CommandRun.over(EVERYTHING, "convert", "--engine", "smooks");
    assertThat(smooks.exitCode()).isZero();
    assertThat(smooks.text()).isEqualTo(ours.text());
  }

  @Test
  void aMappingIsChosenByName() {
    CommandRun run = CommandRun.over(EVERYTHING, "transform", "--mapping", "835-005010X221A1");
    assertThat(run.text()).isEqualTo(CommandRun.over(EVERYTHING, "transform").text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"streaming", "smooks"})
  void aMappingIsChosenByFile(String engine) {
    Path schema = MAPPINGS.resolve("835-005010X221A1.dfdl.xsd");
    CommandRun run =
        CommandRun.over(
            EVERYTHING, "transform", "--engine", engine, "--mapping", schema.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.text()).isEqualTo(CommandRun.over(EVERYTHING, "transform").text());
  }

  @Test
  void aMappingThatIsNotThereIsSaidInOneLine() {
    InputTest.oneLine(
        CommandRun.over(EVERYTHING, "transform", "--mapping", "999-9"), "999-9: there is no such");
    CommandRun file =
        CommandRun.over(
            EVERYTHING, "transform", "--mapping", folder.resolve("x.dfdl.xsd").toString());
    assertThat(file.exitCode()).isEqualTo(2);
    assertThat(file.errors()).contains("no such mapping file");
  }

  @Test
  void aMappingsFolderComesBeforeWhatOpenRcmHas() throws IOException {
    String name = "835-005010X221A1.dfdl.xsd";
    String schema = Files.readString(MAPPINGS.resolve(name));
    assertThat(schema).contains("\"Loop2100\"");
    Files.writeString(folder.resolve(name), schema.replace("\"Loop2100\"", "\"PaidClaim\""));
    for (String engine : new String[] {"streaming", "smooks"}) {
      CommandRun run =
          CommandRun.over(
              InputTest.VISIT, "transform", "--engine", engine, "--mappings", folder.toString());
      assertThat(run.exitCode()).as(run.errors()).isZero();
      assertThat(run.text()).contains("PaidClaim").doesNotContain("Loop2100");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"convert", "validate", "show", "transform"})
  void aMappingsFolderThatIsNoneIsSaidInOneLine(String command) {
    CommandRun run =
        CommandRun.over(InputTest.VISIT, command, "--mappings", folder.resolve("no").toString());
    InputTest.oneLine(run, "is no folder of mappings");
  }

  @ParameterizedTest
  @ValueSource(strings = {"convert", "validate", "show", "transform"})
  void aMappingThatIsNoSchemaIsSaidInOneLine(String command) throws IOException {
    Files.writeString(folder.resolve("835-005010X221A1.dfdl.xsd"), "<schema");
    CommandRun run = CommandRun.over(InputTest.VISIT, command, "--mappings", folder.toString());
    InputTest.oneLine(run, "835-005010X221A1.dfdl.xsd");
  }

  @Test
  void aSmooksConfigurationOfOnesOwnDecidesWhatComesOut() throws IOException {
    Path configuration =
        Files.writeString(
            folder.resolve("smooks.xml"),
            """
            <smooks-resource-list xmlns="https://www.smooks.org/xsd/smooks-2.0.xsd"
                xmlns:edi="https://www.smooks.org/xsd/smooks/edi-2.0.xsd">
              <edi:parser schemaUri="/edi-mappings/835-005010X221A1.dfdl.xsd"/>
            </smooks-resource-list>
            """);
    CommandRun run =
        CommandRun.over(InputTest.VISIT, "transform", "--smooks", configuration.toString());
    assertThat(run.errors()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(xml(run).getElementsByTagName("CLP").getLength()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<smooks-resource-list", ""})
  void aSmooksConfigurationThatCannotBeReadIsSaidInOneLine(String text) throws IOException {
    Path configuration = Files.writeString(folder.resolve("smooks.xml"), text);
    InputTest.oneLine(
        CommandRun.over(InputTest.VISIT, "transform", "--smooks", configuration.toString()),
        "smooks.xml");
  }

  @Test
  void aSmooksConfigurationThatIsNotThereIsSaidInOneLine() {
    Path configuration = folder.resolve("nowhere.xml");
    InputTest.oneLine(
        CommandRun.over(InputTest.VISIT, "transform", "--smooks", configuration.toString()),
        "nowhere.xml");
  }

  @Test
  void transformTakesOneFile() {
    CommandRun run = CommandRun.of("transform", EVERYTHING.toString(), InputTest.VISIT.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors()).contains("one file");
  }
}
