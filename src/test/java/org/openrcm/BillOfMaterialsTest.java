package org.openrcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of libraries that each build makes (OWASP ASVS 5.0 15.1.2). */
class BillOfMaterialsTest {
  private static final String LIST = "/META-INF/sbom/application.cdx.json";
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "(?s)<dependency>\\s*(?:<!--.*?-->\\s*)?<groupId>([^<]+)</groupId>\\s*"
              + "<artifactId>([^<]+)</artifactId>(.*?)</dependency>");

  /** As {@code pkg:maven/group/name@version?type=jar}. */
  private static Set<String> listed() throws IOException {
    // Maven makes it online only; a build that was made offline from the first file on has none
    assumeThat(BillOfMaterialsTest.class.getResource(LIST)).isNotNull();
    Set<String> listed = new TreeSet<>();
    try (InputStream list = BillOfMaterialsTest.class.getResourceAsStream(LIST);
        JsonParser json = new JsonFactory().createParser(list)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME && json.currentName().equals("purl")) {
          listed.add(json.nextTextValue());
        }
      }
    }
    return listed;
  }

  @Test
  void everyLibraryThatIsAskedForIsListedWithItsVersionAndThoseOfTestsAreNot() throws IOException {
    Set<String> listed = listed();
    String pom = Files.readString(Path.of("pom.xml"));
    String asked = pom.substring(pom.indexOf("</dependencyManagement>"), pom.indexOf("<build>"));
    Matcher dependency = DEPENDENCY.matcher(asked);
    int found = 0;
    while (dependency.find()) {
      String library = "pkg:maven/" + dependency.group(1) + "/" + dependency.group(2) + "@";
      boolean ofTests = dependency.group(3).contains("<scope>test</scope>");
      assertThat(listed.stream().anyMatch(each -> each.startsWith(library)))
          .as(library)
          .isEqualTo(!ofTests);
      found++;
    }
    assertThat(found).isGreaterThan(30);
    assertThat(listed).hasSizeGreaterThan(found).allMatch(each -> each.matches(".*@\\d.*"));
  }

  /** What comes along with those: some that are known to have had weaknesses. */
  @Test
  void whatComesAlongIsListedToo() throws IOException {
    for (String library :
        new String[] {
          "org.apache.tomcat.embed/tomcat-embed-core",
          "org.springframework/spring-core",
          "com.nimbusds/nimbus-jose-jwt",
          "org.apache.pdfbox/pdfbox",
          "ch.qos.logback/logback-core"
        }) {
      assertThat(listed()).anyMatch(each -> each.startsWith("pkg:maven/" + library + "@"));
    }
  }
}
