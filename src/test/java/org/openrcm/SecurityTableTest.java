package org.openrcm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the tables of {@code src/docs/security.md} to the tests and files that they name. */
class SecurityTableTest {
  private static final Path PAGE = Path.of("src/docs/security.md");

  /** Requirements of level 1 and 2 in each chapter of OWASP ASVS 5.0.0, V1 to V17. */
  private static final List<Integer> PER_CHAPTER =
      List.of(27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7);

  private static final Pattern ROW =
      Pattern.compile("\\| (\\d+\\.\\d+\\.\\d+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");
  private static final Pattern COUNTS =
      Pattern.compile("Met (\\d+), not applicable (\\d+), open (\\d+)\\.");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern TEST = Pattern.compile("([A-Z]\\w*Test)(?:\\.([a-z]\\w*))?");
  private static final Pattern FILE =
      Pattern.compile("\\.dockerignore|[\\w./-]+\\.(java|md|tsv|xml|xsd|yml|html|js)");
  private static final List<Path> ROOTS =
      List.of(
          Path.of(""),
          Path.of("src/main/java/org/openrcm"),
          Path.of("src/main/resources"),
          Path.of("src/docs"));

  private record Row(String id, String asks, String state, String evidence) {}

  private static final Map<String, List<Row>> CHAPTERS = new LinkedHashMap<>();
  private static final Map<String, String> COUNTED = new TreeMap<>();
  private static final Map<String, String> TESTS = new TreeMap<>();

  @BeforeAll
  static void readThePageAndTheTests() throws IOException {
    String chapter = "";
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (line.startsWith("## V")) {
        chapter = line.substring(3, line.indexOf(' ', 3));
        CHAPTERS.put(chapter, new ArrayList<>());
      } else if (COUNTS.matcher(line).matches()) {
        COUNTED.put(chapter, line);
      } else if (row.matches()) {
        CHAPTERS.get(chapter).add(new Row(row.group(1), row.group(2), row.group(3), row.group(4)));
      } else {
        assertThat(line).as("a row that is none").doesNotContainPattern("^\\| \\d");
      }
    }
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        TESTS.merge(name, Files.readString(file), (one, other) -> one + other);
      }
    }
  }

  private static Stream<Row> rows() {
    return CHAPTERS.values().stream().flatMap(List::stream);
  }

  @Test
  void everyRequirementHasARowInItsPlace() {
    List<Integer> counts = CHAPTERS.values().stream().map(List::size).toList();
    assertThat(counts).isEqualTo(PER_CHAPTER);
    int number = 0;
    for (Map.Entry<String, List<Row>> chapter : CHAPTERS.entrySet()) {
      number++;
      assertThat(chapter.getKey()).isEqualTo("V" + number);
      String start = number + ".";
      assertThat(chapter.getValue()).allMatch(row -> row.id().startsWith(start));
    }
    assertThat(rows().map(Row::id))
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(SecurityTableTest::compare);
  }

  private static int compare(String one, String other) {
    String[] left = one.split("\\.", -1);
    String[] right = other.split("\\.", -1);
    for (int i = 0; i < left.length; i++) {
      int difference = Integer.compare(Integer.parseInt(left[i]), Integer.parseInt(right[i]));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private static String counted(Stream<Row> rows) {
    Map<String, Integer> counts = new TreeMap<>(Map.of("met", 0, "not applicable", 0, "open", 0));
    rows.forEach(row -> counts.merge(row.state(), 1, Integer::sum));
    assertThat(counts).as("states").hasSize(3);
    return "Met %d, not applicable %d, open %d."
        .formatted(counts.get("met"), counts.get("not applicable"), counts.get("open"));
  }

  @Test
  void countsAreThoseOfTheRows() throws IOException {
    CHAPTERS.forEach(
        (chapter, rows) ->
            assertThat(COUNTED.get(chapter)).as(chapter).isEqualTo(counted(rows.stream())));
    Matcher all = COUNTS.matcher(counted(rows()));
    assertThat(all.matches()).isTrue();
    assertThat(Files.readString(PAGE))
        .contains(
            "Of %d requirements %s are met, %s not applicable, %s open."
                .formatted(rows().count(), all.group(1), all.group(2), all.group(3)));
  }

  @Test
  void whatIsMetNamesATestOrAFileThatIsThere() {
    TreeSet<String> missing = new TreeSet<>();
    rows()
        .forEach(
            row -> {
              int named = 0;
              Matcher quoted = QUOTED.matcher(row.evidence());
              while (quoted.find()) {
                String what = quoted.group(1);
                Matcher test = TEST.matcher(what);
                if (test.matches()) {
                  named++;
                  if (!isThere(test.group(1), test.group(2))) {
                    missing.add(row.id() + " " + what);
                  }
                } else if (FILE.matcher(what).matches()) {
                  named++;
                  if (ROOTS.stream().noneMatch(root -> Files.exists(root.resolve(what)))) {
                    missing.add(row.id() + " " + what);
                  }
                }
              }
              if (row.state().equals("met") && named == 0) {
                missing.add(row.id() + " names neither test nor file");
              }
              assertThat(row.evidence()).as(row.id()).isNotBlank();
            });
    assertThat(missing).isEmpty();
  }

  private static boolean isThere(String type, String method) {
    String source = TESTS.get(type);
    return source != null && (method == null || source.contains(" void " + method + "("));
  }
}
