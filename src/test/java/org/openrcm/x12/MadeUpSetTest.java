package org.openrcm.x12;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mapping dropped into a folder is enough to read a set that nobody here ever heard of. */
class MadeUpSetTest {
  /** A set of our own making: questions with answers that repeat, asked by one of two parties. */
  private static final String MADE_UP =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
                 xmlns:dfdl="http://www.ogf.org/dfdl/dfdl-1.0/"
                 xmlns:x12="http://openrcm.org/x12"
                 targetNamespace="http://openrcm.org/x12">
        <xs:include schemaLocation="x12.dfdl.xsd"/>
        <xs:annotation><xs:appinfo source="http://www.ogf.org/dfdl/">
          <dfdl:format ref="x12:loop"/>
        </xs:appinfo></xs:annotation>
        <xs:complexType name="C901"><xs:sequence dfdl:ref="x12:composite">
          <xs:element name="C901-1" type="x12:ID"/>
          <xs:element name="C901-2" type="x12:AN" minOccurs="0"/>
        </xs:sequence></xs:complexType>
        <xs:complexType name="QP"><xs:sequence dfdl:ref="x12:segment" dfdl:initiator="QP">
          <xs:element name="QP01" type="x12:ID"/>
          <xs:element name="QP02" type="x12:AN" minOccurs="0"/>
        </xs:sequence></xs:complexType>
        <xs:complexType name="QA"><xs:sequence dfdl:ref="x12:segment" dfdl:initiator="QA">
          <xs:element name="QA01" type="x12:N0"/>
          <xs:sequence dfdl:ref="x12:repetition">
            <xs:element name="QA02" type="x12:ID" maxOccurs="3"/>
          </xs:sequence>
          <xs:element name="QA03" type="x12:C901" minOccurs="0"/>
        </xs:sequence></xs:complexType>
        <xs:element name="X12"><xs:complexType><xs:sequence dfdl:ref="x12:loop">
          <xs:element name="Interchange" maxOccurs="unbounded" dfdl:occursCountKind="implicit">
            <xs:annotation><xs:appinfo source="http://www.ogf.org/dfdl/">
              <dfdl:discriminator testKind="pattern" testPattern="\\s*ISA"/>
            </xs:appinfo></xs:annotation>
            <xs:complexType><xs:sequence dfdl:ref="x12:loop">
              <xs:annotation><xs:appinfo source="http://www.ogf.org/dfdl/">
                <dfdl:newVariableInstance ref="x12:elementSeparator"/>
                <dfdl:newVariableInstance ref="x12:repetitionSeparator"/>
                <dfdl:newVariableInstance ref="x12:componentSeparator"/>
                <dfdl:newVariableInstance ref="x12:segmentTerminator"/>
              </xs:appinfo></xs:annotation>
              <xs:element name="ISA" type="x12:ISA"/>
              <xs:element name="Group" minOccurs="0" maxOccurs="unbounded">
                <xs:annotation><xs:appinfo source="http://www.ogf.org/dfdl/">
                  <dfdl:discriminator testKind="pattern" testPattern="GS."/>
                </xs:appinfo></xs:annotation>
                <xs:complexType><xs:sequence dfdl:ref="x12:loop">
                  <xs:element name="GS" type="x12:GS"/>
                  <xs:element name="Transaction" minOccurs="0" maxOccurs="unbounded">
                    <xs:annotation><xs:appinfo source="http://www.ogf.org/dfdl/">
                      <dfdl:discriminator testKind="pattern" testPattern="ST.901."/>
                    </xs:appinfo></xs:annotation>
                    <xs:complexType><xs:sequence dfdl:ref="x12:loop">
                      <xs:element name="ST" type="x12:ST"/>
                      <xs:element name="LoopASKER" maxOccurs="2">
                        <xs:annotation><xs:appinfo source="http://www.ogf.org/dfdl/">
                          <dfdl:discriminator testKind="pattern" testPattern="QP.(A|B)."/>
                        </xs:appinfo></xs:annotation>
                        <xs:complexType><xs:sequence dfdl:ref="x12:loop">
                          <xs:element name="QP" type="x12:QP"/>
                          <xs:element name="QA" type="x12:QA" minOccurs="0" maxOccurs="unbounded">
                            <xs:annotation><xs:appinfo source="http://www.ogf.org/dfdl/">
                              <dfdl:discriminator testKind="pattern" testPattern="QA."/>
                            </xs:appinfo></xs:annotation>
                          </xs:element>
                        </xs:sequence></xs:complexType>
                      </xs:element>
                      <xs:element name="LoopOTHER" minOccurs="0">
                        <xs:annotation><xs:appinfo source="http://www.ogf.org/dfdl/">
                          <dfdl:discriminator testKind="pattern" testPattern="QP.Z9."/>
                        </xs:appinfo></xs:annotation>
                        <xs:complexType><xs:sequence dfdl:ref="x12:loop">
                          <xs:element name="QP" type="x12:QP"/>
                        </xs:sequence></xs:complexType>
                      </xs:element>
                      <xs:element name="SE" type="x12:SE"/>
                    </xs:sequence></xs:complexType>
                  </xs:element>
                  <xs:element name="GE" type="x12:GE"/>
                </xs:sequence></xs:complexType>
              </xs:element>
              <xs:element name="IEA" type="x12:IEA"/>
            </xs:sequence></xs:complexType>
          </xs:element>
        </xs:sequence></xs:complexType></xs:element>
      </xs:schema>
      """;

  private static final String QUESTIONS =
      """
      ISA*00*          *00*          *ZZ*ASKER          *ZZ*ANSWERER       \
      *260717*0615*^*00501*000000901*0*P*:~
      GS*XX*ASKER*ANSWERER*20260717*0615*1*X*000000X901~
      ST*901*0001~
      QP*A*FIRST~
      QA*1*X1^X2^X3*C:TEXT~
      QA*2*X1~
      QP*B~
      QA*3*X2^X2*D~
      QP*Z9*OTHER~
      SE*8*0001~
      GE*1*1~
      IEA*1*000000901~
      """;

  @TempDir private Path folder;
  private Mappings mappings;

  @BeforeEach
  void dropTheMappingIntoTheFolder() throws IOException {
    Files.write(folder.resolve("901-000000X901" + Mappings.SUFFIX), Corpus.bytes(MADE_UP));
    mappings = Mappings.withFolder(folder);
  }

  private Transcript read(String text) {
    Transcript transcript = new Transcript();
    StreamingEngine.checking(mappings)
        .read(new ByteArrayInputStream(Corpus.bytes(text)), "q.901", transcript, transcript);
    return transcript;
  }

  @Test
  void aMadeUpSetIsReadByItsMapping() {
    assertThat(read(QUESTIONS).found()).isEmpty();
    List<String> events = new ArrayList<>();
    SegmentElements elements = new SegmentElements(recorder(events));
    StreamingEngine.structural(mappings)
        .read(new ByteArrayInputStream(Corpus.bytes(QUESTIONS)), "q.901", elements, f -> {});
    elements.finish();
    int first = events.indexOf("LoopASKER");
    assertThat(events.subList(first, events.indexOf("SE")))
        .containsExactly(
            "LoopASKER",
            "QP",
            "QP01=A",
            "QP02=FIRST",
            "/QP",
            "QA",
            "QA01=1",
            "QA02=X1",
            "QA02=X2",
            "QA02=X3",
            "QA03",
            "C901-1=C",
            "C901-2=TEXT",
            "/QA03",
            "/QA",
            "QA",
            "QA01=2",
            "QA02=X1",
            "/QA",
            "/LoopASKER",
            "LoopASKER",
            "QP",
            "QP01=B",
            "/QP",
            "QA",
            "QA01=3",
            "QA02=X2",
            "QA02=X2",
            "QA03",
            "C901-1=D",
            "/QA03",
            "/QA",
            "/LoopASKER",
            "LoopOTHER",
            "QP",
            "QP01=Z9",
            "QP02=OTHER",
            "/QP",
            "/LoopOTHER");
    assertThat(events).startsWith("X12", "Interchange", "ISA").endsWith("/Interchange", "/X12");
  }

  /** Events as {@code name}, {@code name=text} and {@code /name}. */
  private static ElementEvents recorder(List<String> events) {
    return new ElementEvents() {
      private boolean simple;

      @Override
      public void start(String name) {
        events.add(name);
      }

      @Override
      public void text(String text) {
        events.set(events.size() - 1, events.get(events.size() - 1) + "=" + text);
        simple = true;
      }

      @Override
      public void end(String name) {
        if (!simple) {
          events.add("/" + name);
        }
        simple = false;
      }

      @Override
      public void unmapped(String raw) {
        events.add("unmapped " + raw);
      }

      @Override
      public void finish() {}
    };
  }

  @Test
  void aMadeUpSetIsCheckedByItsMapping() {
    String bad =
        QUESTIONS
            .replace("X1^X2^X3", "X1^X2^X3^X4")
            .replace("QA*2*X1", "QA*two*x")
            .replace("QP*B~\n", "QP*B~\nQP*A~\n")
            .replace("QP*Z9", "QP*Q");
    assertThat(read(bad).findings)
        .extracting(finding -> finding.code() + " " + finding.place().element())
        .containsExactly(
            "too-many-repeats QA02",
            "element-type QA01",
            "element-type QA02",
            "too-many-repeats null",
            "unexpected-segment null",
            "envelope-count SE01");
  }

  @Test
  void theOtherEngineReadsAMadeUpSetAlike() throws IOException {
    Path file = Files.write(folder.resolve("questions.901"), Corpus.bytes(QUESTIONS));
    Transcript expected = Transcript.of(StreamingEngine.structural(mappings), file);
    try (SmooksEngine smooks = new SmooksEngine(mappings)) {
      Transcript actual = Transcript.of(smooks, file);
      assertThat(actual.found()).isEmpty();
      assertThat(repeats(actual.lines)).isEqualTo(repeats(expected.lines));
    }
  }

  /** The engines tell repeats by separators of their own. */
  private static List<String> repeats(List<String> lines) {
    return lines.stream().map(line -> line.replace('\u001e', '^')).toList();
  }
}
