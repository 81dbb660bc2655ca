package org.openrcm.x12;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder of mappings wins over those of the jar, and what is not understood is refused. */
class MappingCompilerTest {
  private static final String NAME = "835-005010X221A1";
  private static final String SET = NAME + Mappings.SUFFIX;
  private static final String SEGMENTS = "x12-segments" + Mappings.SUFFIX;
  private static final String GROUND = "x12" + Mappings.SUFFIX;
  private static final String FILE = Corpus.text("deductible");

  @TempDir private Path folder;

  private static String bundled(String file) {
    return Corpus.text(Path.of("edi-mappings", file));
  }

  /** The line on which a text stands. */
  private static long line(String all, String text) {
    return all.substring(0, all.indexOf(text)).chars().filter(c -> c == '\n').count() + 1;
  }

  private Mappings folderWith(String file, String content) throws IOException {
    Files.write(folder.resolve(file), Corpus.bytes(content));
    return Mappings.withFolder(folder);
  }

  private static Transcript read(Mappings mappings, String text) {
    Transcript transcript = new Transcript();
    StreamingEngine.checking(mappings)
        .read(new ByteArrayInputStream(Corpus.bytes(text)), "remit.835", transcript, transcript);
    return transcript;
  }

  @Test
  void aMappingOfTheFolderWinsOverTheBundledOne() throws IOException {
    String changed =
        Corpus.changed(
            bundled(SET),
            "<xs:element name=\"LX\" type=\"x12:LX\"/>",
            "<xs:element name=\"LX-Ours\" type=\"x12:LX\"/>");
    Transcript transcript = read(folderWith(SET, changed), FILE);
    assertThat(transcript.lines).anyMatch(line -> line.contains(" 2000.LX-Ours "));
    assertThat(transcript.findings).isEmpty();
    assertThat(read(Mappings.bundled(), FILE).lines).noneMatch(line -> line.contains("LX-Ours"));
  }

  @Test
  void aSharedFileOfTheFolderIsUsedByTheBundledMapping() throws IOException {
    String text = Corpus.changed(FILE, "CLP*LFP-1010*1*", "CLP*LFP-1010*24*");
    assertThat(read(Mappings.bundled(), text).found()).hasSize(1);
    String changed =
        Corpus.changed(
            bundled(SEGMENTS),
            "<xs:enumeration value=\"23\"/>\n      <xs:enumeration value=\"25\"/>",
            "<xs:enumeration value=\"24\"/>");
    assertThat(read(folderWith(SEGMENTS, changed), text).found()).isEmpty();
  }

  @Test
  void onlyTheMappingThatIsAskedForIsUsed() {
    String old = Corpus.changed(FILE, "005010X221A1", "004010X091A1");
    assertThat(read(Mappings.bundled().only(NAME), old).found()).isEmpty();
    assertThatThrownBy(() -> Mappings.bundled().only("820-005010X218"))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining("820-005010X218");
    assertThatThrownBy(() -> Mappings.withFolder(folder.resolve("nowhere")))
        .isInstanceOf(MappingException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "<xs:element name=\"LX\" type=\"x12:LX\"/>|<xs:choice><xs:element name=\"LX\"/></xs:choice>"
            + "|xs:choice is not understood",
        "<dfdl:discriminator testKind=\"pattern\" testPattern=\"LX.\"/>|<dfdl:assert"
            + " testKind=\"pattern\" testPattern=\"LX.\"/>|dfdl:assert is not understood",
        "<dfdl:discriminator testKind=\"pattern\" testPattern=\"LX.\"/>"
            + "|<dfdl:discriminator test=\"{ 1 eq 1 }\"/>|dfdl:discriminator is not understood",
        "testPattern=\"LX.\"|testPattern=\"LX.[0-9]+.\"|has a testPattern that is not",
        "testPattern=\"LX.\"|testPattern=\"TS3.\"|discriminator for another segment than LX",
        "name=\"PLB\" type=\"x12:PLB\"|name=\"PLB\" type=\"x12:PLB\""
            + " dfdl:occursCountKind=\"stopValue\"|dfdl:occursCountKind, which is not understood",
        "name=\"PLB\" type=\"x12:PLB\"|name=\"PLB\" type=\"x12:PLC\"|refers to PLC",
        "name=\"PLB\" type=\"x12:PLB\"|type=\"x12:PLB\"|needs the attribute name",
        "maxOccurs=\"999\"|maxOccurs=\"many\"|has a number that is none: many",
        "maxOccurs=\"999\"|maxOccurs=\"999\" x12:usage=\"sometimes\"|has a usage that is not"
            + " understood",
        "<xs:element name=\"X12\">|<xs:element name=\"Y12\"/><xs:element name=\"X12\">|is a second"
            + " root",
        "schemaLocation=\"x12-segments.|schemaLocation=\"nowhere.|nowhere.dfdl.xsd",
        "schemaLocation=\"x12-segments.|schemaLocation=\"../x12.|../x12.dfdl.xsd",
        "</xs:schema>|</xs:scheme>|not well-formed XML",
      })
  void whatIsNotUnderstoodIsRefusedWithItsLine(String from, String to, String why)
      throws IOException {
    String good = bundled(SET);
    Mappings mappings = folderWith(SET, Corpus.changed(good, from, to));
    long line = line(good, from);
    String place = why.startsWith("nowhere") || why.startsWith("..") ? why : SET + ":" + line;
    assertThatThrownBy(() -> read(mappings, FILE))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining(why)
        .hasMessageStartingWith(why.contains("another segment") ? SET : place);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "<xs:pattern value=\"-?[0-9]+\"/>|<xs:pattern value=\"-?[0-9+\"/>|is not a pattern",
        "<xs:pattern value=\"-?[0-9]+\"/>|<xs:minInclusive value=\"0\"/>|is not understood inside",
        "<xs:sequence dfdl:ref=\"x12:segment\" dfdl:initiator=\"GE\">"
            + "|<xs:sequence dfdl:ref=\"x12:fixed\" dfdl:initiator=\"GE\">|must have dfdl:ref",
        "<xs:sequence dfdl:ref=\"x12:segment\" dfdl:initiator=\"GE\">"
            + "|<xs:sequence dfdl:ref=\"x12:segment\" dfdl:initiator=\"GE\" dfdl:separator=\"!\">"
            + "|dfdl:separator, which is not understood",
        "<xs:complexType name=\"GE\">|<xs:complexType name=\"GS\">|there already",
      })
  void aSharedFileThatIsNotUnderstoodIsRefusedWithItsLine(String from, String to, String why)
      throws IOException {
    String good = bundled(GROUND);
    Files.write(folder.resolve(GROUND), Corpus.bytes(Corpus.changed(good, from, to)));
    long line = line(good, from);
    assertThatThrownBy(() -> Mappings.withFolder(folder))
        .isInstanceOf(MappingException.class)
        .hasMessageStartingWith(GROUND + ":" + line)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "x12:codes=\"BHT01=0019 |x12:codes=\"BPR01=0019 |no element of BHT",
        "x12:codes=\"BHT01=0019 |x12:codes=\"BHT07=0019 |an element that is not there",
        "x12:codes=\"BHT01=0019 |x12:codes=\"BHT01-1=0019 |a component that is not there",
        "x12:codes=\"BHT01=0019 |x12:codes=\"BHT01 |codes without an equals sign",
        "x12:codes=\"BHT01=0019 |x12:needs=\"BHT01=0019 |x12:needs, which is not understood",
        "x12:when=\"SBR02=18\"|x12:when=\"SBR02\"|a condition that is not such as",
        "x12:when=\"SBR02=18\"|x12:when=\"CLM01=18\"|a segment that does not stand before it",
        "testPattern=\"HI.(ABK|testPattern=\"HI.(TOOLONGACODE|more than 8 characters",
        "\\w*\\W\\w*\\W23.|\\w*\\W\\w*\\W\\w*\\W\\w*\\W23.|behind the last element",
        "type=\"Loop2440\"|type=\"Loop2450\"|refers to Loop2450",
      })
  void aRuleOfASlotThatIsNotUnderstoodIsRefusedWithItsLine(String from, String to, String why)
      throws IOException {
    String file = "837-005010X222A1" + Mappings.SUFFIX;
    String good = bundled(file);
    int at = good.indexOf(from);
    assertThat(at).isPositive();
    String bad = good.substring(0, at) + to + good.substring(at + from.length());
    Mappings mappings = folderWith(file, bad);
    assertThatThrownBy(() -> read(mappings, MadeUpSets.PROFESSIONAL))
        .isInstanceOf(MappingException.class)
        .hasMessageStartingWith(file + ":")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "x12:syntax=\"P0102 P1011|x12:syntax=\"P0102 Q1011|a syntax note that is not such as",
        "x12:syntax=\"P0102 P1011|x12:syntax=\"P0102 P1012|a syntax note that is not such as",
        "x12:format=\"DTP02\"|x12:format=\"the other\"|a format by what is no element",
      })
  void aRuleOfASegmentThatIsNotUnderstoodIsRefusedWithItsLine(String from, String to, String why)
      throws IOException {
    Mappings mappings = folderWith(SEGMENTS, Corpus.changed(bundled(SEGMENTS), from, to));
    assertThatThrownBy(() -> read(mappings, MadeUpSets.PROFESSIONAL))
        .isInstanceOf(MappingException.class)
        .hasMessageStartingWith(SEGMENTS + ":")
        .hasMessageContaining(why);
  }

  @Test
  void theMappingsOfTheJarAreThoseOfTheirFolder() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("edi-mappings"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.matches("\\d{3}-.*"))
          .map(name -> name.substring(0, name.length() - Mappings.SUFFIX.length()))
          .containsExactlyInAnyOrderElementsOf(Mappings.BUNDLED_NAMES);
    }
  }

  @Test
  void aMappingOfTheFolderMaySayForWhichGuidesItIs() throws IOException {
    String own = bundled("837-005010X222A1" + Mappings.SUFFIX);
    Mappings mappings =
        folderWith(
            "837-005010X299" + Mappings.SUFFIX,
            Corpus.changed(own, "x12:guides=\"", "x12:guides=\"005010X300 "));
    String sent = MadeUpSets.PROFESSIONAL.replace("005010X222A1", "005010X300");
    assertThat(read(mappings, sent).found()).isEmpty();
    assertThat(read(Mappings.bundled(), sent).findings)
        .extracting(Finding::rule)
        .containsExactly(Syntax.NO_MAPPING);
  }

  @Test
  void aSchemaThatReachesOutsideIsRefused() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "a secret");
    String good = bundled(SET);
    for (String declaration :
        List.of(
            "<!DOCTYPE xs:schema>",
            "<!DOCTYPE xs:schema [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>",
            "<!DOCTYPE xs:schema SYSTEM \"" + secret.toUri() + "\">")) {
      String bad =
          good.replaceFirst("\\?>\n", "?>" + declaration + "\n").replace("The payer.", "&e;");
      Mappings mappings = folderWith(SET, bad);
      assertThatThrownBy(() -> read(mappings, FILE))
          .isInstanceOf(MappingException.class)
          .hasMessageStartingWith(SET + ":")
          .hasMessageNotContaining("a secret");
    }
  }

  @Test
  void aDocumentTypeAloneIsRefused() throws IOException {
    String bad = bundled(SET).replaceFirst("\\?>\n", "?>\n<!DOCTYPE xs:schema>\n");
    Mappings mappings = folderWith(SET, bad);
    assertThatThrownBy(() -> read(mappings, FILE))
        .isInstanceOf(MappingException.class)
        .hasMessageStartingWith(SET + ":2");
  }
}
