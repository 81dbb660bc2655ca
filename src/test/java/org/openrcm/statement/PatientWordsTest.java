package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrcm.billing.CodeList;

/** All that patients read from files: complete in both languages, plain, and without codes. */
class PatientWordsTest {
  private static final Pattern PLACE = Pattern.compile("\\{[a-z0-9]+}");
  private static final Pattern CODE = Pattern.compile("\\b[A-Z]{1,3}-?[0-9]{1,4}\\b");
  // The formulas mean nothing for shorter ones, such as "Saved."
  private static final int FEWEST_WORDS = 4;

  private record Pair(String where, String english, String spanish) {}

  @ParameterizedTest
  @ValueSource(strings = {"patient-reason", "patient-remark", "service-kind", "dunning-stage"})
  void everyRowHasBothLanguages(String name) throws IOException {
    assertThat(pairs(name))
        .isNotEmpty()
        .allSatisfy(
            pair -> {
              assertThat(pair.english().isEmpty()).isEqualTo(pair.spanish().isEmpty());
              assertThat(pair.english().endsWith(".")).isEqualTo(pair.spanish().endsWith("."));
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patient-reason",
        "patient-remark",
        "service-kind",
        "dunning-stage",
        "letter",
        "statement",
        "portal"
      })
  void bothLanguagesHaveTheSamePlaces(String name) throws IOException {
    assertThat(pairs(name))
        .allSatisfy(pair -> assertThat(places(pair.spanish())).isEqualTo(places(pair.english())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patient-reason",
        "patient-remark",
        "service-kind",
        "dunning-stage",
        "letter",
        "statement",
        "portal"
      })
  void noTextShowsACode(String name) throws IOException {
    assertThat(pairs(name))
        .allSatisfy(
            pair ->
                assertThat(pair.english() + " " + pair.spanish())
                    .doesNotContainPattern(CODE)
                    .doesNotContain("CARC", "RARC", "CPT", "X12", "EOB"));
    assertThat(pairs(name).stream().filter(pair -> pair.english().contains("{code}")))
        .allSatisfy(pair -> assertThat(pair.where()).startsWith("ANY"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patient-reason",
        "patient-remark",
        "service-kind",
        "dunning-stage",
        "letter",
        "statement",
        "portal"
      })
  void apostrophesAreTypographicAndBlanksSingle(String name) throws IOException {
    assertThat(pairs(name))
        .allSatisfy(
            pair ->
                assertThat(pair.english() + "|" + pair.spanish())
                    .doesNotContain("'", "\"", "  ")
                    .doesNotContainPattern("\\s\\||\\|\\s|^\\s|\\s$"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patient-reason",
        "patient-remark",
        "dunning-stage",
        "letter",
        "statement",
        "portal"
      })
  void englishIsAboutSixthGrade(String name) throws IOException {
    List<String> sentences = sentences(name, Pair::english);
    assertThat(mean(sentences, Readability::grade)).isLessThanOrEqualTo(6.5);
    assertThat(sentences)
        .isNotEmpty()
        .allSatisfy(
            sentence ->
                assertThat(Readability.grade(sentence)).as(sentence).isLessThanOrEqualTo(9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patient-reason",
        "patient-remark",
        "dunning-stage",
        "letter",
        "statement",
        "portal"
      })
  void spanishIsEasyToRead(String name) throws IOException {
    List<String> sentences = sentences(name, Pair::spanish);
    assertThat(mean(sentences, Readability::fernandezHuerta)).isGreaterThanOrEqualTo(65);
    assertThat(mean(sentences, Readability::inflesz)).isGreaterThanOrEqualTo(65);
  }

  @Test
  void datedRowsLieWithinTheLifeOfTheirCodes() {
    CodeList codes = CodeList.load("claim-adjustment-reason");
    assertThat(CodeList.load("patient-reason").rows())
        .hasSizeGreaterThan(200)
        .filteredOn(row -> !List.of("ANY", "NONE", "SELF").contains(row.code()))
        .allSatisfy(
            row -> {
              assertThat(row.code()).matches("(PR|CO|OA|PI)[A-Z0-9]{1,4}");
              CodeList.Row code = codes.row(row.code().substring(2), row.to()).orElseThrow();
              assertThat(row.to()).isEqualTo(code.to());
              assertThat(row.from()).isEqualTo(code.from());
            });
    assertThat(CodeList.load("patient-remark").rows())
        .hasSizeGreaterThan(40)
        .allSatisfy(row -> assertThat(row.code()).matches("(M|MA|N)\\d{1,3}"));
  }

  @Test
  void everyRemarkThatProtectsPatientsTellsThem() {
    assertThat(CodeList.load("patient-protection").rows())
        .allSatisfy(
            row -> assertThat(CodeList.load("patient-remark").row(row.code(), null)).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"statement", "portal"})
  void theFixedWordsHaveTheSameKeysOnceEach(String name) throws IOException {
    List<String> english = keys(name);
    assertThat(english)
        .hasSizeGreaterThan(80)
        .doesNotHaveDuplicates()
        .allSatisfy(key -> assertThat(key).matches("[a-z0-9]+(\\.[a-z0-9]+)+"))
        .isEqualTo(keys(name + "_es"));
    assertThat(fixed(name + "_es").keySet()).isEqualTo(fixed(name).keySet());
    assertThat(pairs(name))
        .allSatisfy(
            pair -> {
              assertThat(pair.english()).isNotBlank();
              assertThat(pair.spanish()).isNotBlank();
            });
  }

  /** Both are one source of messages: the first would hide the second. */
  @Test
  void noKeyIsInBothFiles() throws IOException {
    assertThat(keys("portal")).doesNotContainAnyElementsOf(keys("statement"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"statement", "portal"})
  void theFixedWordsAreMessageFormatsOfTheirPlaces(String name) throws IOException {
    Object[] values = {"a", "b", "c", "d", "e"};
    assertThat(pairs(name))
        .allSatisfy(
            pair -> {
              assertThat(MessageFormat.format(pair.english(), values)).doesNotContain("{");
              assertThat(MessageFormat.format(pair.spanish(), values)).doesNotContain("{");
            });
  }

  @Test
  void whatTheLawWantsOnABillIsThere() throws IOException {
    Map<String, String> fixed = fixed("statement");
    assertThat(fixed)
        .containsKeys(
            "bill.account",
            "bill.date",
            "bill.pay.by",
            "bill.hours",
            "pay.online.page",
            "pay.online.code",
            "pay.phone.how",
            "pay.mail.how",
            "help.title",
            "help.phone",
            "help.online",
            "dispute.text",
            "itemized.text",
            "estimate.text",
            "slip.payable");
    assertThat(fixed.get("waiting.text")).contains("owe nothing");
  }

  private static List<String> sentences(String name, Function<Pair, String> language)
      throws IOException {
    return pairs(name).stream()
        .flatMap(pair -> Readability.sentences(language.apply(pair)).stream())
        .filter(sentence -> Readability.words(sentence) >= FEWEST_WORDS)
        .distinct()
        .toList();
  }

  private static double mean(List<String> sentences, ToDoubleFunction<String> measure) {
    return sentences.stream().mapToDouble(measure).average().orElseThrow();
  }

  private static TreeSet<String> places(String text) {
    return new TreeSet<>(PLACE.matcher(text).results().map(MatchResult::group).toList());
  }

  /** Each text of a file with its other language. */
  private static List<Pair> pairs(String name) throws IOException {
    return name.equals("statement") || name.equals("portal") ? ofPages(name) : ofRules(name);
  }

  private static List<Pair> ofPages(String name) throws IOException {
    Map<String, String> spanish = fixed(name + "_es");
    List<Pair> pairs = new ArrayList<>();
    fixed(name)
        .forEach((key, text) -> pairs.add(new Pair(key, text, spanish.getOrDefault(key, ""))));
    return pairs;
  }

  private static List<Pair> ofRules(String name) throws IOException {
    List<Pair> pairs = new ArrayList<>();
    List<String> header = List.of();
    for (String line : text("/rules/" + name + ".tsv").lines().toList()) {
      List<String> fields = List.of(line.split("\t", -1));
      if (line.startsWith("#")) {
        continue;
      }
      if (header.isEmpty()) {
        header = fields;
        continue;
      }
      for (String column : header) {
        int spanish = header.indexOf(column + "_es");
        if (spanish >= 0) {
          String where = fields.get(0) + " " + fields.get(1) + " " + column;
          pairs.add(new Pair(where, fields.get(header.indexOf(column)), fields.get(spanish)));
        }
      }
    }
    return pairs;
  }

  private static Map<String, String> fixed(String name) throws IOException {
    try (InputStream in = open("/messages/" + name + ".properties")) {
      Properties properties = new Properties();
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      Map<String, String> fixed = new LinkedHashMap<>();
      properties.stringPropertyNames().forEach(key -> fixed.put(key, properties.getProperty(key)));
      return fixed;
    }
  }

  private static List<String> keys(String name) throws IOException {
    return text("/messages/" + name + ".properties")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.substring(0, line.indexOf('=')))
        .toList();
  }

  private static String text(String file) throws IOException {
    try (InputStream in = open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream open(String file) {
    return Objects.requireNonNull(PatientWordsTest.class.getResourceAsStream(file), file);
  }
}
